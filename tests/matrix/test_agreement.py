"""Verdicts: who agrees, who differs, who spoke alone, who is silent."""

from __future__ import annotations

from typing import Any

import pytest

from qawl.matrix import VERDICTS, Cell, Evidence, Holder, Matrix, Subject, Tie, Verdict, verdicts

PLAIN, WEAK = 0.8, 0.2
AFTER, NOW, IF = Tie("after", "بعد الحصاد"), Tie("now", "فورا"), Tie("if", "بشرط الحراسة")
ALWAYS, PART = Tie("unconditional", "دون شرط"), Tie("limited", "جزئيا")
TRENCH, ROAD = Subject("~ردم الخندق", "ردم الخندق", ""), Subject("~رصف الطريق", "رصف الطريق", "")


def position(side: str, confidence: float = PLAIN, *ties: Tie) -> tuple[Evidence, ...]:
    """Evidence for one side, or for both."""
    base: dict[str, Any] = {
        "day": "", "sha256": "0" * 64, "doc": "n1", "url": "", "outlet": "", "title": "", "statement": 1,
        "speaker": "", "act": "demand", "target": "ردم الخندق", "start": 0, "end": 10, "words": "ردم الخندق",
        "degree": "plain", "why": "", "confidence": confidence, "ties": ties,
    }  # fmt: skip
    return tuple(Evidence(sign=sign, **base) for sign in ("+-" if side == "±" else side))  # type: ignore[arg-type]


def matrix(
    *holders: str, trench: dict[str, tuple[Evidence, ...]], road: dict[str, tuple[Evidence, ...]] | None = None
) -> Matrix:
    said = {TRENCH: trench} | ({ROAD: road} if road else {})
    cells = {(h, s.id): Cell(h, s.id, e) for s, by in said.items() for h, e in by.items()}
    return Matrix(tuple(Holder(h, f"اسم {h}", "person") for h in holders), tuple(said), cells)


def verdict(**by: tuple[Evidence, ...]) -> Verdict:
    """On what `by` says; D never speaks."""
    (one,) = verdicts(matrix("A", "B", "C", "D", trench=by))
    assert one.subject == TRENCH
    return one


# -- kinds --------------------------------------------------------------------------------------------------------


def test_the_kinds_are_listed() -> None:
    assert VERDICTS == ("agree", "agree_on_condition", "differ", "alone", "little")


@pytest.mark.parametrize("side", ["+", "-"])
def test_all_on_one_side_agree(side: str) -> None:
    v = verdict(A=position(side), B=position(side), C=position(side))
    assert v.kind == "agree"
    assert (v.for_, v.against) == ((("A", "B", "C"), ()) if side == "+" else ((), ("A", "B", "C")))
    assert (v.both, v.hints, v.silent, v.ties) == ((), (), ("D",), ())


@pytest.mark.parametrize("tie", [AFTER, IF, PART])
def test_one_with_and_one_without_a_condition(tie: Tie) -> None:
    v = verdict(A=position("+", PLAIN, tie), B=position("+"))
    assert v.kind == "agree_on_condition"
    assert v.for_ == ("A", "B")
    assert v.ties == (("A", (tie,)),)


def test_two_kinds_of_conditions() -> None:
    v = verdict(A=position("-", PLAIN, AFTER), B=position("-", PLAIN, ALWAYS))
    assert v.kind == "agree_on_condition"
    assert v.against == ("A", "B")
    assert v.ties == (("A", (AFTER,)), ("B", (ALWAYS,)))


def test_the_same_condition_is_no_difference() -> None:
    assert verdict(A=position("+", PLAIN, AFTER), B=position("+", PLAIN, AFTER)).kind == "agree"
    pointed = Tie("after", "بَعد الحصاد")
    assert verdict(A=position("+", PLAIN, AFTER), B=position("+", PLAIN, pointed)).kind == "agree"


def test_conditions_of_one_kind_differ_by_their_words() -> None:
    v = verdict(A=position("+", PLAIN, AFTER), B=position("+", PLAIN, Tie("after", "بعد القطاف")))
    assert v.kind == "agree_on_condition"


@pytest.mark.parametrize("tie", [NOW, ALWAYS])
def test_at_once_or_expressly_without_conditions_is_none_on_which_to_part(tie: Tie) -> None:
    v = verdict(A=position("+", PLAIN, tie), B=position("+"))
    assert v.kind == "agree"
    assert v.ties == (("A", (tie,)),)


def test_different_sides_differ_whatever_the_conditions() -> None:
    v = verdict(A=position("+", PLAIN, IF), B=position("-", PLAIN, IF), C=position("+"))
    assert v.kind == "differ"
    assert (v.for_, v.against, v.both) == (("A", "C"), ("B",), ())


def test_one_of_both_sides_differs_from_one_of_one() -> None:
    v = verdict(A=position("±"), B=position("+"))
    assert v.kind == "differ"
    assert (v.for_, v.against, v.both) == (("B",), (), ("A",))


def test_two_of_both_sides_do_not_agree() -> None:
    v = verdict(A=position("±"), B=position("±"))
    assert v.kind == "differ"
    assert v.both == ("A", "B")


def test_one_alone() -> None:
    v = verdict(A=position("+"))
    assert (v.kind, v.for_, v.hints, v.silent) == ("alone", ("A",), (), ("B", "C", "D"))


def test_one_hint_alone_is_too_little() -> None:
    v = verdict(A=position("+", WEAK))
    assert (v.kind, v.for_, v.hints, v.silent) == ("little", (), ("A",), ("B", "C", "D"))


def test_too_little_where_fewer_than_two_are_plain() -> None:
    v = verdict(A=position("+"), B=position("-", WEAK), C=position("+", WEAK))
    assert v.kind == "little"
    assert (v.for_, v.against, v.hints, v.silent) == (("A",), (), ("B", "C"), ("D",))
    assert verdict(A=position("+", WEAK), B=position("+", WEAK)).kind == "little"


def test_a_hint_does_not_spoil_an_agreement() -> None:
    v = verdict(A=position("+"), B=position("+"), C=position("-", WEAK, AFTER))
    assert v.kind == "agree"
    assert (v.for_, v.against, v.hints) == (("A", "B"), (), ("C",))
    assert v.ties == ()


# -- whose --------------------------------------------------------------------------------------------------------


def test_only_the_chosen_are_compared_in_the_order_given() -> None:
    m = matrix("A", "B", "C", "D", trench={"A": position("+"), "B": position("-"), "C": position("+")})
    (v,) = verdicts(m, ["D", "C", "A", "C"])
    assert (v.kind, v.for_, v.against, v.silent) == ("agree", ("C", "A"), (), ("D",))
    (v,) = verdicts(m, iter(["A", "B"]))
    assert (v.kind, v.for_, v.against, v.silent) == ("differ", ("A",), ("B",), ())


def test_a_subject_on_which_none_of_the_chosen_spoke_has_no_verdict() -> None:
    m = matrix("A", "B", trench={"A": position("+"), "B": position("+")}, road={"B": position("-")})
    assert [(v.subject, v.kind) for v in verdicts(m)] == [(TRENCH, "agree"), (ROAD, "alone")]
    assert [(v.subject, v.kind) for v in verdicts(m, ["A"])] == [(TRENCH, "alone")]
    assert verdicts(m, []) == ()


def test_a_holder_that_is_not_there() -> None:
    m = matrix("A", trench={"A": position("+")})
    with pytest.raises(KeyError, match="سلمى"):
        verdicts(m, ["A", "سلمى"])


def test_an_empty_matrix() -> None:
    assert verdicts(Matrix((), (), {})) == ()
