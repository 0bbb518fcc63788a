"""Sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.quotes import quotations
from qawl.arabic.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال نعم. ثم مضى.", ["قال نعم.", "ثم مضى."]),
        ("هل يقبل؟ لا!", ["هل يقبل؟", "لا!"]),
        ("قال د. سالم الراوي ذلك. ومضى.", ["قال د. سالم الراوي ذلك.", "ومضى."]),
        ("بنسبة 3.5 في المئة. ثم", ["بنسبة 3.5 في المئة.", "ثم"]),
        ("اتفقوا.. ثم اختلفوا", ["اتفقوا..", "ثم اختلفوا"]),
        ("سكت... ثم قال نعم.", ["سكت... ثم قال نعم."]),
        ("قال «نعم. ثم لا. أبدا». وسكت.", ["قال «نعم. ثم لا. أبدا».", "وسكت."]),
        ('قال "نعم." ومضى.', ['قال "نعم." ومضى.']),
        ("سطر\nسطر آخر", ["سطر", "سطر آخر"]),
        ("زوروا example.com اليوم. شكرا", ["زوروا example.com اليوم.", "شكرا"]),
        ("قال ذلك (في نورية). ثم", ["قال ذلك (في نورية).", "ثم"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected


@given(st.text(alphabet='قال نعم د12.؟!\n«»"()', max_size=80))
def test_sentences_hold_every_letter_and_never_end_in_a_quotation(text: str) -> None:
    found = sentences(text)
    covered = {i for s in found for i in range(s.start, s.end)}
    assert all(i in covered or c.isspace() for i, c in enumerate(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in quotations(text):
        if q.closed and "\n" not in q.inner.of(text):
            assert not any(q.inner.start < s.end < q.inner.end and text[s.end : q.inner.end].strip() for s in found)
