"""Finding: words and filters in, pages of sayings out, the newest first without sorting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, TextClause, bindparam, text

from qawl.model import InputError, Reading, Source, Span, Statement
from qawl.record import schema as t
from qawl.record.asked import BY, SORTS, Asked, Condition, Sort, conditions
from qawl.record.load import Loaded, by_id, load
from qawl.record.match import And
from qawl.record.query import Query, fts5, highlights, parse, tsquery
from qawl.record.saying_ids import day_of_id
from qawl.record.writing import day_text

__all__ = ["MOST", "Found", "Hit", "Selection", "find", "hits_of", "selected"]

MOST = 1000
"""Hits of one page, at most."""

_PLAIN = re.compile(r"[^\"“”„«»()|*\-−]+")
_CURSOR = re.compile(r"([12]):(-?\d{1,19}):(\d{1,19})")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found, once for all outlets that carry it.

    Parameters
    ----------
    saying : int
        What is shown once.
    row, article : int
        Rows of the statement (in the outlet that had it first) and of its article.
    reading : Reading
        Of the article, with people's corrections. Of other statements it may have none; `Record.article` gives all.
    statement : Statement
        One of `reading`.
    party : str
        Who said it across articles, as `qawl who` calls the party; ``""`` if nobody.
    day : str
        When it was said or, if that is unknown, published; ``""`` if unknown.
    outlets, articles : int
        That carry it.
    highlights : tuple of Span
        Of the article's text: what of the content matched the words.
    """

    saying: int
    row: int
    article: int
    reading: Reading
    statement: Statement
    party: str
    day: str
    outlets: int
    articles: int
    highlights: tuple[Span, ...] = ()

    @property
    def source(self) -> Source | None:
        """Whose words they are."""
        return self.reading.source_of(self.statement)

    @property
    def content(self) -> str:
        """What was said, exactly."""
        return self.reading.content_of(self.statement)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found.

    Parameters
    ----------
    hits : tuple of Hit
        In the order that was asked for.
    next : str
        Where the next page begins, to be given as ``after``; ``""`` if this is the last.
    """

    hits: tuple[Hit, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The sayings that a query and its conditions select, for statements of SQL.

    Parameters
    ----------
    where : tuple of str
        All have to hold. Sayings are called ``s``.
    values : tuple of Condition
        Whose values have to be bound.
    words : str
        ``""`` where no words are asked for, else how the dialect writes that the index ``i`` matches.
    sqlite : bool
        The dialect.
    """

    where: tuple[str, ...]
    values: tuple[Condition, ...]
    words: str
    sqlite: bool

    def statement(self, columns: str, rest: str = "", **values: object) -> TextClause:
        """A statement that selects columns of the sayings.

        Parameters
        ----------
        columns, rest : str
            What stands between SELECT and FROM, and after the conditions.
        values : object
            Of the parameters in `rest`.
        """
        parts = [columns, rest, *self.where]
        source = "saying s"
        if self.words and self.sqlite:
            # The index gives rows in the order of their ids, and knows how to begin at one. Sayings are looked up only
            # where more is asked for; CROSS JOIN keeps SQLite from beginning with them.
            parts = [_ID.sub("i.rowid", p.replace(BY, _BY_INDEX)) for p in parts]
            source = "saying_index i"
            if any(_SAYING.search(p) for p in parts):
                source += " CROSS JOIN saying s ON s.id = i.rowid"
            parts.append("saying_index MATCH :asked")
        elif self.words:
            source = "saying_index i JOIN saying s ON s.id = i.id"
            parts.append("i.words @@ CAST(:asked AS tsquery)")
        columns, rest, *where = parts
        condition = f"WHERE {' AND '.join(where)}" if where else ""
        bound = [p for c in self.values for p in c.parameters()]
        bound += [bindparam(k, v) for k, v in values.items()]
        if self.words:
            bound.append(bindparam("asked", self.words))
        return text(f"SELECT {columns} FROM {source} {condition} {rest}").bindparams(*bound)


_ID = re.compile(r"\bs\.id\b")
_SAYING = re.compile(r"\bs\.")
_BY_INDEX = f"+s.id IN (SELECT id FROM saying WHERE {BY.removeprefix('s.')})"


def selected(connection: Connection, query: Query | None, wanted: Sequence[Condition]) -> Selection:
    """What to select from.

    Parameters
    ----------
    connection : Connection
        For its dialect.
    query : Query or None
        Words, if any.
    wanted : sequence of Condition
        All have to hold.
    """
    sqlite = connection.dialect.name == "sqlite"
    words = "" if query is None else fts5(query) if sqlite else tsquery(query)
    return Selection(tuple(c.sql for c in wanted), tuple(wanted), words, sqlite)


def find(connection: Connection, asked: Asked, sort: Sort = "best", limit: int = 20, after: str = "") -> Found:
    """A page of what was said.

    Parameters
    ----------
    connection : Connection
        In a transaction that reads.
    asked : Asked
        Words and filters.
    sort : Sort
        ``best``: where several plain words are asked for, those that stand side by side first; the newest first among
        equals. ``newest``, ``oldest``: by the day. ``carried``: what most outlets carry first.
    limit : int
        Hits of a page, from 1 to `MOST`.
    after : str
        ``next`` of the page before; ``""`` for the first. What is added between two pages moves
        nothing but statements of which it is an earlier report.

    Raises
    ------
    InputError
        If the query, a filter or the cursor is not understood.
    """
    if sort not in SORTS:
        raise InputError(f"sort is one of {', '.join(SORTS)}, not {sort!r}")
    if type(limit) is not int or not isinstance(after, str):
        raise InputError(f"limit is a whole number and after a string, not {limit!r} and {after!r}")
    if not 1 <= limit <= MOST:
        raise InputError(f"limit is from 1 to {MOST:,}, not {limit}")
    query = parse(asked.words) if asked.words.strip() else None
    wanted = conditions(connection, asked)
    tier, rank, last = _cursor(after)
    rows: list[tuple[int, int, int]] = []
    steps = _tiers(query) if sort == "best" else [query]
    for n, part in enumerate(steps, 1):
        if n >= tier and len(rows) <= limit:
            at = (rank, last) if n == tier and after else None
            more = _page(connection, part, wanted, sort, limit + 1 - len(rows), at)
            rows += [(n, outlets, id_) for id_, outlets in more]
    shown, rest = rows[:limit], rows[limit:]
    following = "{}:{}:{}".format(*shown[-1]) if rest else ""
    return Found(tuple(hits_of(connection, [id_ for _, _, id_ in shown], query)), following)


def _tiers(query: Query | None) -> list[Query | None]:
    """The query in parts: first with its words side by side, as far as it has several plain ones, then without."""
    words = query.text if query else ""
    if (
        query is None
        or len(words.split()) < 2
        or not _PLAIN.fullmatch(words)
        or re.search(r"\b(OR|NOT|أو|او)\b", words)
    ):
        return [query]
    phrase = parse(f'"{words}"')
    if phrase.root == query.root:
        return [query]
    both = Query(words, And((query.root, phrase.root)))
    return [both, Query(words, And((query.root,), (phrase.root,)))]


def _cursor(after: str) -> tuple[int, int, int]:
    if not after:
        return 1, 0, 0
    match = _CURSOR.fullmatch(after)
    if match is None or int(match[3]) >= 1 << 63 or abs(int(match[2])) >= 1 << 63:
        raise InputError("no such page: give what 'next' of the page before said")
    return int(match[1]), int(match[2]), int(match[3])


def _page(
    connection: Connection, query: Query | None, wanted: Sequence[Condition], sort: Sort, limit: int,
    after: tuple[int, int] | None,
) -> list[tuple[int, int]]:  # fmt: skip
    """Ids of sayings in order, with the number of outlets where it is by that."""
    order, beyond = {
        "oldest": ("s.id ASC", "s.id > :last"),
        "carried": ("s.outlets DESC, s.id DESC", "(s.outlets < :rank OR s.outlets = :rank AND s.id < :last)"),
    }.get(sort, ("s.id DESC", "s.id < :last"))
    if after is not None:
        values = {"last": after[1]} | ({"rank": after[0]} if sort == "carried" else {})
        wanted = [*wanted, Condition(beyond, values)]
    columns = "s.id, s.outlets" if sort == "carried" else "s.id, 0"
    selection = selected(connection, query, wanted)
    found = connection.execute(selection.statement(columns, f"ORDER BY {order} LIMIT :most", most=limit))
    return [(row[0], row[1]) for row in found]


def hits_of(connection: Connection, sayings: Sequence[int], query: Query | None = None) -> list[Hit]:
    """Sayings as hits, in their order.

    Parameters
    ----------
    connection : Connection
        In a transaction that reads.
    sayings : sequence of int
        Ids.
    query : Query, optional
        To highlight.
    """
    rows = {r["id"]: r for r in by_id(connection, t.saying, "id", sayings)}
    if gone := [i for i in sayings if i not in rows]:
        raise InputError(f"the record has no saying {gone[0]}; search again")
    leads = by_id(connection, t.statement, "id", (r["lead"] for r in rows.values()))
    number = {r["id"]: (r["reading_id"], r["number"]) for r in leads}
    wanted = sorted({reading for reading, _ in number.values()})
    readings = {x.reading_id: x for x in load(connection, wanted, only=number)}
    keys = {r["id"]: r["key"] for r in by_id(connection, t.party, "id", (r["party_id"] for r in rows.values()))}
    out = []
    for id_ in sayings:
        row = rows[id_]
        reading_id, n = number[row["lead"]]
        out.append(_hit(row, readings[reading_id], n, keys.get(row["party_id"], ""), query))
    return out


def _hit(row: object, loaded: Loaded, number: int, party: str, query: Query | None) -> Hit:
    r = dict(row)  # type: ignore[call-overload]
    reading = loaded.corrected()
    statement = next(s for s in reading.statements if s.id == number)
    marks = [
        Span(c.start + m.start, c.start + m.end)
        for c in statement.content
        for m in (highlights(query, c.of(reading.article.text)) if query else ())
    ]
    day = day_text(day_of_id(r["id"]))
    return Hit(
        r["id"], r["lead"], loaded.article_id, reading, statement, party, day, r["outlets"], r["articles"], tuple(marks)
    )  # fmt: skip


def wordings(connection: Connection, saying: int) -> list[Hit]:
    """How each article words a saying, in the order of their days.

    Parameters
    ----------
    connection : Connection
        In a transaction that reads.
    saying : int
        Its id.
    """
    hit = hits_of(connection, [saying])
    members = by_id(connection, t.member, "saying_id", [saying])
    rows = by_id(connection, t.statement, "id", (m["statement_id"] for m in members))
    readings = {x.reading_id: x for x in load(connection, sorted({r["reading_id"] for r in rows}))}
    out = []
    for r in rows:
        loaded = readings[r["reading_id"]]
        reading = loaded.corrected()
        statement = next(s for s in reading.statements if s.id == r["number"])
        out.append(
            (
                loaded.article["day"] or 1 << 30,
                replace(hit[0], row=r["id"], article=loaded.article_id, reading=reading, statement=statement),
            )
        )
    return [h for _, h in sorted(out, key=lambda x: (x[0], x[1].row))]


def articles(connection: Connection, asked: Asked) -> list[int]:
    """The articles that carry a statement that is found so."""
    query = parse(asked.words) if asked.words.strip() else None
    selection = selected(connection, query, conditions(connection, asked))
    ids = connection.execute(selection.statement("s.id")).scalars().all()
    return sorted({m["article_id"] for m in by_id(connection, t.member, "saying_id", ids)})
