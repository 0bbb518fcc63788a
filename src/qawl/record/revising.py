"""Keeping people's corrections: requires a statement of the record, finds what was said again as it was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from qawl.model import InputError, Span
from qawl.record import schema as t
from qawl.record.adding import unlink
from qawl.record.corrections import Correction, checked
from qawl.record.load import Loaded, by_id, load
from qawl.record.parties import Parties
from qawl.record.sayings import kept_of, link, relink
from qawl.record.storable import storable
from qawl.record.writing import Ids, insert_rows, now

__all__ = ["correct", "in_force", "undo"]


def correct(connection: Connection, loaded: Loaded, number: int, correction: Mapping[str, Any]) -> Correction:
    """Keeps a correction.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    loaded : Loaded
        The article's current reading.
    number : int
        Of the statement in it.
    correction : mapping
        ``field``, ``value``, ``by`` and ``note``; see `Correction`.

    Raises
    ------
    InputError
        If there is no such statement, or the value is none for the field.
    """
    _refuse_unstorable(correction["by"], correction["note"])
    statement = next((s for s in loaded.reading.statements if s.id == number), None)
    if statement is None or not statement.content:
        raise InputError(f"article {loaded.article_id} has no statement {number}")
    value = checked(correction["field"], correction["value"], loaded.reading.article.text)
    where = Span(statement.content[0].start, statement.content[-1].end)
    made = Correction(where, correction["field"], value, correction["by"], correction["note"], now())
    ids = Ids(connection)
    row = {
        "id": ids.take(t.correction), "article_id": loaded.article_id, "start": where.start, "end": where.end,
        "field": made.field, "value": value, "by": made.by, "note": made.note, "made": made.made,
    }  # fmt: skip
    insert_rows(connection, t.correction, [row])
    _relink(connection, ids, loaded.article_id)
    return replace(made, id=row["id"])


def undo(connection: Connection, correction: int, by: str, note: str) -> None:
    """Takes a correction back; both stay.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    correction : int
        Its row.
    by, note : str
        Who takes it back, and why.

    Raises
    ------
    InputError
        If there is none, or it was taken back before.
    """
    _refuse_unstorable(by, note)
    rows = by_id(connection, t.correction, "id", [correction])
    if not rows or rows[0]["undone_by"] is not None or rows[0]["field"] == "undo":
        raise InputError(f"the record has no correction {correction} that could be taken back")
    ids = Ids(connection)
    new = {**rows[0], "id": ids.take(t.correction), "field": "undo", "value": correction, "by": by, "note": note}
    connection.execute(insert(t.correction), [{**new, "made": now(), "undone_by": None}])
    connection.execute(update(t.correction).where(t.correction.c.id == correction).values(undone_by=new["id"]))
    _relink(connection, ids, rows[0]["article_id"])


def _refuse_unstorable(*texts: str) -> None:
    if not all(storable(x) for x in texts):
        raise InputError("who corrects and why may hold no NUL and no half of a surrogate pair")


def _relink(connection: Connection, ids: Ids, article: int) -> None:
    """Links the statements of an article anew, as they are corrected now."""
    current = [r["id"] for r in by_id(connection, t.reading, "article_id", [article]) if r["current"]]
    parties = Parties(connection, ids)
    freed = unlink(connection, current)
    link(connection, ids, parties, [kept_of(x) for x in load(connection, current)])
    relink(connection, ids, parties, freed)


def in_force(connection: Connection, article: int | None) -> list[tuple[int, Correction]]:
    """The corrections in force, each with its article's row; of one article, or all.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    article : int or None
        Its row.
    """
    c = t.correction.c
    asked = select(t.correction).where(c.undone_by.is_(None), c.field != "undo").order_by(c.id)
    rows = connection.execute(asked if article is None else asked.where(c.article_id == article)).mappings()
    return [(r["article_id"], Correction.of(dict(r))) for r in rows]
