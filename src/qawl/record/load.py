"""From rows to readings: what was read, and what it is after people's corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from qawl.model import Reading, RecordError
from qawl.record import schema as t
from qawl.record.corrections import Correction, corrected
from qawl.record.rows import Row, article_of, event_of, source_of, statement_of

__all__ = ["Loaded", "by_id", "load", "pages_of"]

_AT_ONCE = 500  # ids of one query


@dataclass(frozen=True, slots=True)
class Loaded:
    """A reading as it is kept.

    Parameters
    ----------
    article_id, reading_id : int
        Of its rows.
    reading : Reading
        As it was read.
    statements : dict of int to int
        Rows of its statements, by their number.
    sources : dict of str to int
        Rows of its sources, by their key.
    corrections : tuple of Correction
        In force.
    article, row : Row
        Rows of the article and the reading.
    """

    article_id: int
    reading_id: int
    reading: Reading
    statements: dict[int, int]
    sources: dict[str, int]
    corrections: tuple[Correction, ...]
    article: Row
    row: Row

    def corrected(self) -> Reading:
        """The reading with people's corrections."""
        return corrected(self.reading, self.corrections) if self.corrections else self.reading


def pages_of(ids: Sequence[Any], size: int = _AT_ONCE) -> Iterator[Sequence[Any]]:
    """Stretches of a sequence: a statement of SQL takes only so many values."""
    for at in range(0, len(ids), size):
        yield ids[at : at + size]


def by_id(connection: Connection, table: Table, column: str, ids: Iterable[Any]) -> list[Mapping[str, Any]]:
    """The rows of a table whose column has one of some values, in the order of the table's primary key."""
    wanted = sorted(set(ids))
    key = list(table.primary_key.columns)
    found: list[Mapping[str, Any]] = []
    for page in pages_of(wanted):
        rows = connection.execute(select(table).where(table.c[column].in_(page)).order_by(*key))
        found += [row._mapping for row in rows]  # type: ignore[misc]
    return found


def load(connection: Connection, reading_ids: Sequence[int], only: Iterable[int] | None = None) -> list[Loaded]:
    """Readings by the ids of their rows.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    reading_ids : sequence of int
        Each once; some hundreds at most, all are held in memory.
    only : iterable of int, optional
        Rows of the statements that are wanted: of articles that nobody corrected no others are loaded, and no events.

    Returns
    -------
    list of Loaded
        In the order of their ids.

    Raises
    ------
    RecordError
        If a row was changed from outside so that it no longer fits the text.
    """
    try:
        return _load(connection, reading_ids, only)
    except (KeyError, ValueError) as e:
        raise RecordError(f"a row is damaged: {e}; see 'qawl record check'") from e


def _load(connection: Connection, reading_ids: Sequence[int], only: Iterable[int] | None) -> list[Loaded]:
    found = {r["id"]: r for r in by_id(connection, t.reading, "id", reading_ids)}
    articles = {r["id"]: r for r in by_id(connection, t.article, "id", (r["article_id"] for r in found.values()))}
    outlets = {
        r["id"]: r["name"] for r in by_id(connection, t.outlet, "id", (r["outlet_id"] for r in articles.values()))
    }
    fixes = _corrections(connection, list(articles))
    whole = [id_ for id_, row in found.items() if only is None or row["article_id"] in fixes]
    parts = _Parts(connection, list(found), whole, only or ())
    loaded = []
    for id_, row in found.items():
        kept = articles[row["article_id"]]
        try:
            article = article_of(kept, outlets[kept["outlet_id"]])
            reading = parts.reading(id_, row, article)
        except (KeyError, ValueError, TypeError, IndexError) as e:
            where = kept["url"] or kept["doc"] or kept["sha256"][:12]
            raise RecordError(f"article {kept['id']} ({where}) is damaged: {e}; see 'qawl record check'") from e
        loaded.append(
            Loaded(
                kept["id"], id_, reading, parts.statement_ids[id_], parts.source_ids[id_],
                tuple(fixes.get(kept["id"], ())), kept, row,
            )
        )  # fmt: skip
    return loaded


class _Parts:
    """The rows that hang on some readings, by what they hang on."""

    def __init__(self, connection: Connection, ids: Sequence[int], whole: Sequence[int], only: Iterable[int]) -> None:
        self.sources = _grouped(by_id(connection, t.source, "reading_id", ids), "reading_id")
        rows = {r["id"]: r for r in by_id(connection, t.statement, "reading_id", whole)}
        rows |= {r["id"]: r for r in by_id(connection, t.statement, "id", only)}
        self.statements = _grouped(rows.values(), "reading_id")
        self.events = _grouped(by_id(connection, t.event, "reading_id", whole), "reading_id")
        its = [s["id"] for rows in self.statements.values() for s in rows]
        self.stances = _grouped(by_id(connection, t.stance, "statement_id", its), "statement_id")
        its = [x["id"] for rows in self.stances.values() for x in rows]
        self.abouts = _grouped(by_id(connection, t.about, "stance_id", its), "stance_id")
        its = [e["id"] for rows in self.events.values() for e in rows]
        self.participants = _grouped(by_id(connection, t.participant, "event_id", its), "event_id")
        self.statement_ids = {i: {s["number"]: s["id"] for s in self.statements[i]} for i in ids}
        self.source_ids = {i: {s["key"]: s["id"] for s in self.sources[i]} for i in ids}

    def reading(self, id_: int, row: Row, article: Any) -> Reading:
        """One reading, put together."""
        statements = (
            statement_of(s, [(x, self.abouts[x["id"]]) for x in self.stances[s["id"]]], article.text)
            for s in self.statements[id_]
        )
        sources = (source_of(s) for s in self.sources[id_])
        return Reading(
            article=article,
            statements=tuple(statements),
            sources={s.key: s for s in sources},
            extractor=row["extractor"],
            events=tuple(event_of(e, self.participants[e["id"]]) for e in self.events[id_]),
        )


def _grouped(rows: Iterable[Mapping[str, Any]], by: str) -> defaultdict[int, list[Mapping[str, Any]]]:
    groups: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[by]].append(row)
    return groups


def _corrections(connection: Connection, articles: Sequence[int]) -> dict[int, list[Correction]]:
    groups: dict[int, list[Correction]] = {}
    for row in by_id(connection, t.correction, "article_id", articles):
        if row["undone_by"] is None and row["field"] != "undo":
            groups.setdefault(row["article_id"], []).append(Correction.of(row))
    return groups
