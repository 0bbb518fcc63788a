"""What a speaker does with a statement. All people and places are invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Reader
from qawl.model import ACTS, Article, Span, Statement
from qawl.pages import from_text
from qawl.positions import take_positions
from qawl.positions.act_features import ROWS, features, rows
from qawl.positions.acts import lexicon_act
from qawl.statements import Parsed


def act(text: str) -> str:
    """The act of the first statement of an article."""
    return Reader().read(from_text(text)).statements[0].act


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نفى وزير النقل سالم الراوي أن يكون الجسر قد انهار.", "deny"),
        ("رحبت وزيرة النقل سلمى الراوي بفتح الجسر أمام السيارات.", "support"),
        ("طالب سالم الراوي الحكومة بفتح الجسر فورا.", "demand"),
        ("أكد سالم الراوي ضرورة فتح الجسر أمام السيارات.", "demand"),
        ("حذر سالم الراوي من انهيار الجسر في الشتاء.", "warn"),
        ("توقع سالم الراوي أن ترتفع الأسعار في الشتاء المقبل.", "predict"),
        ("أدانت سلمى الراوي الهجوم على السوق بشدة.", "condemn"),
        ("تعهد سالم الراوي بإصلاح الجسر خلال شهر.", "commit"),
    ],
)
def test_plain_acts(text: str, expected: str) -> None:
    assert act(text) == expected


def statement(text: str, cue: str, content: str) -> Statement:
    a, b = text.index(cue), text.index(content)
    return Statement(1, Span(a, a + len(cue)), "", None, (Span(b, b + len(content)),), "indirect")


def test_the_lexicon_alone_is_asked_where_nothing_is_to_be_learned() -> None:
    text = "قال سالم الراوي إن الجسر مغلق."
    s = statement(text, "قال", "الجسر مغلق")
    (found,) = take_positions(Parsed(Article(text)), (s,), {}, learned=False)
    assert found.act == lexicon_act(text, s)


@given(st.text(max_size=80), st.sampled_from(ACTS))
def test_rows_are_rows_of_the_table_whatever_the_text(content: str, known: str) -> None:
    text = f"قال إن {content}."
    s = Statement(1, Span(0, 3), "", None, (Span(7, 7 + len(content)),), "indirect")
    found = rows(features(text, s, known))  # type: ignore[arg-type]
    assert found == sorted(found)
    assert all(0 <= r < ROWS for r in found)
    assert np.asarray(found).size
