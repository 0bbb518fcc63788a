"""The PLOVER event types of statements. All people and places are invented."""

from __future__ import annotations

from collections import Counter

import pytest

from qawl.arabic.tables import parse_table, read_table
from qawl.model import ACTS, DataError, Span, Statement
from qawl.positions import event_type, plover
from qawl.statements.lexicon import cues

ROWS = read_table("plover")
TYPES = {
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
}  # fmt: skip


def statement(act: str, lemma: str = "") -> Statement:
    return Statement(1, None, lemma, None, (Span(0, 1),), "indirect", act=act)  # type: ignore[arg-type]


def test_every_act_has_one_default_row() -> None:
    assert Counter(r["act"] for r in ROWS if not r["lemma"]) == dict.fromkeys(ACTS, 1)


def test_events_are_those_of_plover() -> None:
    assert set(plover.EVENT_TYPES) == TYPES
    assert len(plover.EVENT_TYPES) == len(TYPES)
    assert {r["event"] for r in ROWS} <= TYPES | {""}


def test_lemmas_are_known_cues() -> None:
    assert {r["lemma"] for r in ROWS if r["lemma"]} <= {c.lemma for c in cues()}


def test_every_row_says_why() -> None:
    assert [r for r in ROWS if not r["note"]] == []


@pytest.mark.parametrize(
    ("act", "lemma", "expected"),
    [
        ("demand", "طالب", "REQUEST"),  # «طالب سالم الراوي بفتح الجسر»
        ("demand", "", "REQUEST"),
        ("demand", "أمهل", "THREATEN"),
        ("condemn", "أدان", "ACCUSE"),
        ("condemn", "انتقد", "ACCUSE"),
        ("accuse", "اتهم", "ACCUSE"),
        ("commit", "تعهد", "AGREE"),
        ("commit", "هدد", "THREATEN"),
        ("support", "رحب", "SUPPORT"),
        ("support", "وافق", "AGREE"),
        ("announce", "اتفق", "AGREE"),
        ("announce", "أعلن", ""),
        ("reject", "رفض", "REJECT"),
        ("reject", "أكد", "REJECT"),  # «أكدت سلمى الراوي رفضها»
        ("reject", "احتج", "ACCUSE"),
        ("warn", "هدد", "THREATEN"),
        ("warn", "حذر", ""),
        ("deny", "نفى", ""),
        ("express", "اعتذر", "CONCEDE"),
        ("judge", "اتفق", ""),
        ("inform", "قال", ""),
        ("predict", "توقع", ""),
        ("ask", "تساءل", ""),
    ],
)
def test_event_types(act: str, lemma: str, expected: str) -> None:
    assert event_type(statement(act, lemma)) == expected


@pytest.mark.parametrize("act", ACTS)
def test_a_cue_without_a_row_has_the_default_of_its_act(act: str) -> None:
    assert event_type(statement(act, "دندن")) == event_type(statement(act))


DEFAULTS = "".join(f"{act}\t\t\t\n" for act in ACTS)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (DEFAULTS + "sing\t\t\t\n", "no such act: 'sing'"),
        (DEFAULTS + "warn\tهدد\tSHOUT\t\n", "no such event type: 'SHOUT'"),
        (DEFAULTS + "warn\t\tTHREATEN\t\n", "comes twice: warn"),
        (DEFAULTS.replace("ask\t\t\t\n", ""), "without a default row: ask"),
    ],
)
def test_a_bad_row_is_a_data_error(rows: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plover, "read_table", lambda name: parse_table(f"act\tlemma\tevent\tnote\n{rows}", name))
    with pytest.raises(DataError, match=message):
        plover._table.__wrapped__()
