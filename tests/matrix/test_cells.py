"""One cell: its side, how sure it is, its changes over days and its conditions."""

from __future__ import annotations

from typing import Any

import pytest

from qawl.matrix import Cell, Evidence, Holder, Matrix, Subject, Tie

MARCH, APRIL, MAY = "2031-03-04", "2031-04-04", "2031-05-04"
AFTER, NOW, IF = Tie("after", "بعد الحصاد"), Tie("now", "فورا"), Tie("if", "بشرط الحراسة")


def ev(sign: Any, day: str = "", confidence: float = 0.5, *ties: Tie, **more: Any) -> Evidence:
    base: dict[str, Any] = {
        "sha256": "0" * 64, "doc": "n1", "url": "", "outlet": "", "title": "", "statement": 1,
        "speaker": "سالم الراوي", "act": "demand", "target": "ردم الخندق", "start": 0, "end": 10,
        "words": "ردم الخندق", "degree": "plain", "why": "",
    }  # fmt: skip
    return Evidence(day=day, sign=sign, ties=ties, confidence=confidence, **(base | more))


def cell(*evidence: Evidence) -> Cell:
    return Cell("p-1", "ceasefire", evidence)


def changes(*evidence: Evidence) -> list[tuple[str, str, str, str]]:
    return [(c.before.day, c.before.sign, c.after.day, c.after.sign) for c in cell(*evidence).changes]


# -- side ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["+", "-"])
def test_all_on_one_side(sign: str) -> None:
    assert cell(ev(sign)).side == sign
    assert cell(ev(sign, MARCH), ev(sign, APRIL, 0.1)).side == sign


@pytest.mark.parametrize("major", ["+", "-"])
def test_the_other_side_counts_from_a_third_of_the_evidence(major: str) -> None:
    minor = "-" if major == "+" else "+"
    three = [ev(major) for _ in range(2)]
    assert cell(*three, ev(minor, "", 0.52)).side == "±"
    assert cell(*three, ev(minor, "", 0.5)).side == major


def test_as_much_on_each_side_is_both() -> None:
    assert cell(ev("+"), ev("-")).side == "±"
    assert cell(ev("-", MARCH), ev("+", MARCH)).side == "±"


def test_after_a_change_the_side_is_the_later_though_it_weighs_less() -> None:
    assert cell(ev("+", MARCH), ev("+", MARCH), ev("-", APRIL)).side == "-"
    assert cell(ev("-", MARCH), ev("-", MARCH), ev("+", APRIL)).side == "+"
    assert cell(ev("+", MARCH), ev("-", APRIL), ev("+", MAY)).side == "+"


def test_a_change_tells_the_side_however_much_was_said_before() -> None:
    """A cell does not say «for», and that it changed from for to against, at once."""
    c = cell(*(ev("+", MARCH) for _ in range(9)), ev("-", APRIL))
    assert (c.side, len(c.changes)) == ("-", 1)


def test_a_hint_is_no_change() -> None:
    c = cell(*(ev("+", MARCH) for _ in range(9)), ev("-", APRIL, 0.25))
    assert (c.side, c.changes) == ("+", ())
    assert changes(ev("+", MARCH), ev("-", APRIL, 0.2), ev("+", MAY)) == []
    # Two hints on one side are as much as one plain statement.
    assert changes(ev("+", MARCH), ev("-", APRIL, 0.2), ev("-", MAY, 0.2)) == [(MARCH, "+", APRIL, "-")]


def test_one_slip_on_a_day_does_not_hide_its_side() -> None:
    day = [ev("-", APRIL, 0.9), ev("+", APRIL, 0.2), ev("-", APRIL, 0.9)]
    assert changes(ev("+", MARCH), *day) == [(MARCH, "+", APRIL, "-")]


# -- changes ------------------------------------------------------------------------------------------------------


def test_a_change_holds_the_last_before_and_the_first_after() -> None:
    a, b = ev("+", MARCH, statement=1), ev("+", APRIL, statement=2)
    c, d = ev("-", MAY, statement=3), ev("-", MAY, statement=4)
    (change,) = cell(a, b, c, d).changes
    assert (change.before, change.after) == (b, c)


def test_every_turn_is_a_change() -> None:
    assert changes(ev("+", MARCH), ev("-", APRIL), ev("+", MAY)) == [
        (MARCH, "+", APRIL, "-"),
        (APRIL, "-", MAY, "+"),
    ]


def test_no_change_without_two_sides_or_two_days() -> None:
    assert changes(ev("+", MARCH), ev("+", APRIL)) == []
    assert changes(ev("+", MARCH), ev("-", MARCH)) == []
    assert changes(ev("+"), ev("-", APRIL)) == []
    assert changes(ev("+"), ev("-")) == []


def test_a_day_with_both_sides_is_the_end_of_no_change() -> None:
    assert changes(ev("+", MARCH), ev("-", MARCH), ev("+", APRIL)) == []
    assert changes(ev("+", MARCH), ev("-", APRIL), ev("+", APRIL)) == []
    assert changes(ev("+", MARCH), ev("+", APRIL), ev("-", APRIL), ev("-", MAY)) == [(MARCH, "+", MAY, "-")]


def test_evidence_without_a_day_does_not_hide_a_change() -> None:
    assert changes(ev("-"), ev("+", MARCH), ev("-", APRIL)) == [(MARCH, "+", APRIL, "-")]


@pytest.mark.parametrize(
    ("early", "late"), [("2031-03", "2031-03-04"), ("2031", "2031-03"), ("2031-03", "2031-04"), ("2031", "2032-03-04")]
)
def test_only_what_is_known_to_the_day_shows_a_change(early: str, late: str) -> None:
    assert changes(ev("+", early), ev("-", late)) == []
    assert cell(ev("+", early), ev("-", late)).side == "±"


# -- enough -------------------------------------------------------------------------------------------------------


def test_confidence_is_the_chance_that_one_piece_holds() -> None:
    assert cell(ev("+", "", 0.4)).confidence == pytest.approx(0.4)
    assert cell(ev("+", "", 0.4), ev("+", "", 0.5)).confidence == pytest.approx(0.7)


def test_confidence_is_of_the_side_alone_and_of_all_where_it_is_both() -> None:
    assert cell(ev("+", "", 0.8), ev("-", "", 0.1)).confidence == pytest.approx(0.8)
    assert cell(ev("+", "", 0.5), ev("-", "", 0.5)).confidence == pytest.approx(0.75)
    assert cell(ev("+", MARCH, 0.9), ev("-", APRIL, 0.5)).confidence == pytest.approx(0.5)


def test_enough_is_more_than_a_hint() -> None:
    assert not cell(ev("+", "", 0.29)).enough
    assert cell(ev("+", "", 0.31)).enough
    assert cell(ev("-", "", 0.2), ev("-", "", 0.2)).enough
    assert not cell(ev("+", "", 0.28), ev("-", "", 0.05)).enough


# -- ties ---------------------------------------------------------------------------------------------------------


def test_ties_stand_once_in_the_order_of_the_evidence() -> None:
    assert cell(ev("+", "", 0.5, NOW, AFTER), ev("+", "", 0.5, IF, NOW)).ties == (NOW, AFTER, IF)
    assert cell(ev("+")).ties == ()


def test_ties_are_those_of_the_side() -> None:
    assert cell(ev("+", "", 0.8, NOW), ev("-", "", 0.1, AFTER)).ties == (NOW,)
    assert cell(ev("+", MARCH, 0.5, NOW), ev("-", APRIL, 0.5, AFTER)).ties == (AFTER,)
    assert cell(ev("+", "", 0.5, NOW), ev("-", "", 0.5, AFTER)).ties == (NOW, AFTER)


# -- matrix -------------------------------------------------------------------------------------------------------


def test_cells_and_rows_of_a_matrix() -> None:
    holders = (Holder("p-2", "سلمى الراوي", "person"), Holder("p-1", "سالم الراوي", "person"))
    cells = {(h, "ceasefire"): Cell(h, "ceasefire", (ev("+"),)) for h in ("p-1", "p-2")}
    m = Matrix(holders, (Subject("ceasefire", "وقف إطلاق النار", "Ceasefire"),), cells)
    assert m.cell("p-1", "ceasefire") is cells["p-1", "ceasefire"]
    assert m.cell("p-1", "siege") is None
    assert [c.holder for c in m.row("ceasefire")] == ["p-2", "p-1"]
    assert list(m.row("siege")) == []


def test_curated_subjects() -> None:
    assert Subject("ceasefire", "وقف إطلاق النار", "Ceasefire").curated
    assert not Subject("~ردم الخندق", "ردم الخندق", "").curated
