"""The event type of a statement in PLOVER, the ontology of political events that POLECAT is coded in.

``plover.tsv`` maps each act to one, and single cues to another. It is a reading of act and cue, not of the content:
a coder who reads the article may choose otherwise.
"""

from __future__ import annotations

from functools import cache

from qawl.arabic.tables import read_table
from qawl.model import ACTS, DataError, Statement

__all__ = ["EVENT_TYPES", "event_type"]

EVENT_TYPES: tuple[str, ...] = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
"""All event types of PLOVER; most of the material ones are no acts of speech and never given."""


def event_type(statement: Statement) -> str:
    """The PLOVER event type that a statement is, by its act and its cue's lemma.

    Parameters
    ----------
    statement : Statement
        With its act.

    Returns
    -------
    str
        One of `EVENT_TYPES`; ``""`` where none fits: PLOVER does not code comments, news or forecasts.

    Raises
    ------
    DataError
        If ``plover.tsv`` is missing or a row of it is wrong.
    """
    table = _table()
    found = table.get((statement.act, statement.lemma))
    return table[statement.act, ""] if found is None else found


@cache
def _table() -> dict[tuple[str, str], str]:
    """From act and lemma to event type; the lemma is ``""`` for the act's default."""
    out: dict[tuple[str, str], str] = {}
    for row in read_table("plover"):
        act, lemma, event = row["act"], row["lemma"], row["event"]
        if act not in ACTS:
            raise DataError(f"plover.tsv: no such act: {act!r}")
        if event and event not in EVENT_TYPES:
            raise DataError(f"plover.tsv: {act} {lemma}: no such event type: {event!r}")
        if (act, lemma) in out:
            raise DataError(f"plover.tsv: a row comes twice: {act} {lemma}")
        out[act, lemma] = event
    missing = [act for act in ACTS if (act, "") not in out]
    if missing:
        raise DataError(f"plover.tsv: acts without a default row: {', '.join(missing)}")
    return out
