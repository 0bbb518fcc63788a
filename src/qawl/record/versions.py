"""Which version's reading of an article counts: all are kept, one is current."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Select, func, select, update

from qawl.record import schema as t
from qawl.record.adding import unlink
from qawl.record.database import Database
from qawl.record.load import load, pages_of
from qawl.record.parties import Parties
from qawl.record.sayings import kept_of, link, relink
from qawl.record.writing import Ids

__all__ = ["outdated", "return_to"]

_AT_ONCE = 200  # articles of one transaction


def outdated(connection: Connection, extractor: str, model: str) -> list[int]:
    """The current readings of the articles that a version has not read.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    extractor, model : str
        Of the version.
    """
    r = t.reading.c
    # As `adding.add` takes a reading of which the model is unknown for one of this model.
    done = select(r.article_id).where(r.extractor == extractor, r.model.in_(("", model)))
    asked = select(r.id).where(r.current, r.article_id.not_in(done)).order_by(r.id)
    return list(connection.execute(asked).scalars())


def return_to(database: Database, extractor: str, model: str) -> Iterator[int]:
    """Makes what a version has read current again where another version's reading is.

    Parameters
    ----------
    database : Database
        The record.
    extractor, model : str
        Of the version.

    Yields
    ------
    int
        The row of each article, once this is kept.
    """
    with database.reading() as connection:
        found = [(row[0], row[1]) for row in connection.execute(_former(extractor, model))]
    for page in pages_of(found, _AT_ONCE):
        with database.writing() as connection:
            _return(connection, dict(page))
        yield from (article for article, _ in page)


def _former(extractor: str, model: str) -> Select[int, int]:
    """Articles with the newest reading of a version, where another's is current."""
    r, now = t.reading.c, t.reading.alias("now").c
    asked = select(r.article_id, func.max(r.id)).join_from(t.reading, now.id.table, now.article_id == r.article_id)
    asked = asked.where(now.current, ~r.current, r.extractor == extractor, r.model.in_(("", model)))
    other = (now.extractor != extractor) | now.model.not_in(("", model))
    return asked.where(other).group_by(r.article_id).order_by(r.article_id)


def _return(connection: Connection, reading_of: dict[int, int]) -> None:
    r, wanted = t.reading.c, list(reading_of.values())
    asked = select(r.id).where(r.article_id.in_(reading_of), r.current)
    before = list(connection.execute(asked).scalars())
    connection.execute(update(t.reading).where(r.id.in_(before)).values(current=False))
    connection.execute(update(t.reading).where(r.id.in_(wanted)).values(current=True))
    ids = Ids(connection)
    parties = Parties(connection, ids)
    freed = unlink(connection, before)
    link(connection, ids, parties, [kept_of(x) for x in load(connection, wanted)])
    relink(connection, ids, parties, freed)
