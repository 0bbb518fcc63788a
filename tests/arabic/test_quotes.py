"""Quotation pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.quotes import quotations


@pytest.mark.parametrize(
    "quoted",
    [
        "«نعم»",
        '"نعم"',
        "“نعم”",
        "”نعم“",
        "„نعم“",
        "‹نعم›",
        "‘نعم’",
        "{نعم}",
        "((نعم))",
        "»نعم«",
        "<<نعم>>",
        "'نعم'",
        "''نعم''",
    ],
)
def test_every_style(quoted: str) -> None:
    text = f"قال {quoted} ومضى"
    (q,) = quotations(text)
    assert q.closed
    assert q.span.of(text) == quoted
    assert q.inner.of(text) == "نعم"


def test_nested_pairs_have_a_depth() -> None:
    text = 'قال: «قرأت "البيان" كله» وسكت'
    assert [(q.inner.of(text), q.depth) for q in quotations(text)] == [('قرأت "البيان" كله', 0), ("البيان", 1)]


def test_straight_marks_alternate() -> None:
    text = 'قال "نعم" ثم قال "لا"، و"ربما".'
    assert [q.inner.of(text) for q in quotations(text)] == ["نعم", "لا", "ربما"]


def test_an_apostrophe_is_no_quotation() -> None:
    assert quotations("صحيفة L'Opinion ومجلة D'accord") == []


def test_a_lost_mark_ends_with_its_paragraph() -> None:
    text = "قال «لن نقبل\nوأضاف «سنرد» لاحقا\nخاتمة بلا علامات\nوأخرى"
    found = quotations(text)
    assert [(q.inner.of(text), q.closed) for q in found] == [("لن نقبل", False), ("سنرد", True)]


def test_a_quotation_may_run_over_paragraphs() -> None:
    text = "قال: «الفقرة الأولى.\nالفقرة الثانية».\nخاتمة"
    (q,) = quotations(text)
    assert q.closed
    assert q.inner.of(text) == "الفقرة الأولى.\nالفقرة الثانية"


@given(st.text(alphabet="قال نعم\n«»\"“”„‹›‘’'{}()<>.", max_size=60))
def test_unbalanced_marks_are_survived(text: str) -> None:
    for q in quotations(text):
        assert 0 <= q.span.start <= q.inner.start <= q.inner.end <= q.span.end <= len(text)
        assert q.depth >= 0
        if not q.closed:
            assert "\n" not in q.inner.of(text)
