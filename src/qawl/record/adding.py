"""Adding: readings in, rows out, a batch at a time; the same article comes in once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from qawl.model import Article, InputError, Reading
from qawl.record import schema as t
from qawl.record.database import Database
from qawl.record.load import by_id, load, pages_of
from qawl.record.parties import Parties
from qawl.record.rows import article_row, reading_digest, to_rows
from qawl.record.sayings import Kept, dissolve, kept_of, link, relink
from qawl.record.storable import refuse_long, refuse_unstorable
from qawl.record.stories import link_stories, unlink_stories
from qawl.record.writing import Ids, Names, day_number, insert_rows, now

__all__ = ["OUTCOMES", "Added", "Outcome", "add", "known", "place_of"]

Outcome = Literal["new", "updated", "reread", "known", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("new", "updated", "reread", "known", "refused")

_STATEMENTS = 2000  # of one batch, at least, if there are so many
_CAME = ("new", "updated")
_ARTICLES = 500  # of one batch, at most
_TRACKERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one reading. It is in the record once this is there.

    Parameters
    ----------
    outcome : Outcome
        ``new``; ``updated``: another text at a URL that was known, which is kept beside it; ``reread``: a known article
        read by another version; ``known``: nothing to do; ``refused``: it cannot be stored.
    article : int
        Its id in the record; 0 if it was refused.
    reading : Reading
        As given.
    reason : str
        Why it was refused; ``""`` otherwise.
    copy_of : int
        The first article of the story that a new one tells in the same words (a wire copy); 0 if it tells its own.
    """

    outcome: Outcome
    article: int
    reading: Reading
    reason: str = ""
    copy_of: int = 0


def place_of(article: Article) -> str:
    """What makes an article the same when it comes again: its URL in a common form, or, without one, its outlet.

    Parameters
    ----------
    article : Article
        With or without URL.

    Returns
    -------
    str
        The URL without parameters that only count visits and without a fragment, unless that names a page (``#/…``,
        ``#!…``); ``outlet:`` and the outlet without a URL.
    """
    if not article.url:
        return f"outlet:{article.outlet}"
    try:
        parts = urlsplit(article.url)
    except ValueError:
        return article.url
    # As written: decoded, «%C7» and «%E1» of a page in windows-1256 would be the same.
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    kept = "&".join(p for p in parts.query.split("&") if not p.startswith(_TRACKERS))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", kept, fragment))


def add(database: Database, readings: Iterable[Reading], model: str = "") -> Iterator[Added]:
    """Adds readings.

    Parameters
    ----------
    database : Database
        To add to.
    readings : iterable of Reading
        Any number; they are taken in as they come.
    model : str
        Version of the data that they were read with; ``""`` if unknown.

    Yields
    ------
    Added
        For each reading, in order, after the transaction that holds it was committed.

    Raises
    ------
    RecordError
        If the database cannot be written to. What was yielded stays.
    """
    batch: list[Reading] = []
    statements = 0
    for reading in readings:
        batch.append(reading)
        statements += len(reading.statements)
        if statements >= _STATEMENTS or len(batch) >= _ARTICLES:
            yield from _kept(database, batch, model)
            batch, statements = [], 0
    if batch:
        yield from _kept(database, batch, model)


def known(connection: Connection, articles: Sequence[Article], extractor: str, model: str) -> list[int]:
    """The rows of articles that need not be read: 0 for each that a version has not read yet.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    articles : sequence of Article
        Any.
    extractor, model : str
        Of the version.
    """
    a, r = t.article.c, t.reading.c
    rows: dict[tuple[str, str], int] = {}
    for page in pages_of(sorted({x.sha256 for x in articles})):
        for id_, place, sha256 in connection.execute(select(a.id, a.place, a.sha256).where(a.sha256.in_(page))):
            rows[place, sha256] = id_
    ids = [rows.get((place_of(x), x.sha256), 0) for x in articles]
    read: set[int] = set()
    for page in pages_of(sorted(set(ids) - {0})):
        found = connection.execute(select(r.article_id, r.extractor, r.model).where(r.article_id.in_(page))).mappings()
        read |= {row["article_id"] for row in found if _same_version(dict(row), extractor, model)}
    return [id_ if id_ in read else 0 for id_ in ids]


def _kept(database: Database, batch: Sequence[Reading], model: str) -> list[Added]:
    with database.writing() as connection:
        return _Batch(connection, model).take(batch)


class _Batch:
    """One batch of readings, in one transaction."""

    def __init__(self, connection: Connection, model: str) -> None:
        self._connection = connection
        self._model = model
        self._ids = Ids(connection)
        self._made = now()
        self._rows: dict[Table, list[dict[str, Any]]] = {x: [] for x in t.FACTS}
        self._known: dict[tuple[str, str], int] = {}
        self._current: dict[str, int] = {}
        self._read: dict[int, list[dict[str, Any]]] = {}
        self._replaced: list[dict[str, int]] = []
        self._old: set[int] = set()
        self._outdated: list[int] = []
        self._fresh: dict[int, Kept] = {}
        self._again: list[int] = []
        self._bodies: list[tuple[int, int, str]] = []

    def take(self, batch: Sequence[Reading]) -> list[Added]:
        """Adds them all."""
        refused = {n: reason for n, r in enumerate(batch) if (reason := _refusal(r))}
        given = [r for n, r in enumerate(batch) if n not in refused]
        places = [place_of(r.article) for r in given]
        self._look_up(given, places)
        outlets = Names(self._connection, t.outlet, self._ids).of({r.article.outlet for r in given})
        done = iter([self._one(r, p, outlets[r.article.outlet]) for r, p in zip(given, places, strict=True)])
        self._write()
        self._link()
        told = by_id(self._connection, t.article_print, "article_id", (id_ for id_, _, _ in self._bodies))
        copied = {r["article_id"]: r["story"] for r in told if r["story"] != r["article_id"]}
        done = iter([replace(x, copy_of=copied.get(x.article, 0)) if x.outcome in _CAME else x for x in done])
        return [Added("refused", 0, r, refused[n]) if n in refused else next(done) for n, r in enumerate(batch)]

    def _look_up(self, given: Sequence[Reading], places: Sequence[str]) -> None:
        """What the record has of these articles."""
        urls = {p for r, p in zip(given, places, strict=True) if r.article.url}
        rows = {r["id"]: r for r in by_id(self._connection, t.article, "sha256", (r.article.sha256 for r in given))}
        rows |= {r["id"]: r for r in by_id(self._connection, t.article, "place", urls)}
        for id_, row in rows.items():
            self._known[row["place"], row["sha256"]] = id_
            if row["url"] and row["replaced_by"] is None:
                self._current[row["place"]] = id_
            if row["replaced_by"] is not None:
                self._old.add(id_)
        for row in by_id(self._connection, t.reading, "article_id", rows):
            self._read.setdefault(row["article_id"], []).append(dict(row))

    def _one(self, reading: Reading, place: str, outlet: int) -> Added:
        key = (place, reading.article.sha256)
        known = self._known.get(key)
        if known is not None:
            if any(_same_version(r, reading.extractor, self._model) for r in self._read.get(known, ())):
                return Added("known", known, reading)
            self._outdated += [r["id"] for r in self._read.get(known, ()) if r["current"]]
            again = self._reading(known, reading)[0]
            if known not in self._old:
                self._again.append(again)
            return Added("reread", known, reading)
        id_ = self._ids.take(t.article)
        self._known[key] = id_
        before = self._current.get(place) if reading.article.url else None
        if before is not None:
            self._replaced.append({"old": before, "new": id_})
            self._old.add(before)
            self._outdated += [r["id"] for r in self._read.get(before, ()) if r["current"]]
        self._current[place] = id_
        row = self._article(id_, reading.article, place, outlet)
        reading_id, statements, sources = self._reading(id_, reading)
        self._fresh[reading_id] = Kept.of(row, reading, statements, sources)
        return Added("new" if before is None else "updated", id_, reading)

    def _article(self, id_: int, article: Article, place: str, outlet: int) -> dict[str, Any]:
        day = day_number(article.published) or day_number(article.reference)
        row = {"id": id_, "place": place, "outlet_id": outlet, "day": day, "added": self._made, **article_row(article)}
        self._rows[t.article].append(row)
        self._bodies.append((id_, day, article.body or article.text))
        return row

    def _reading(self, article: int, reading: Reading) -> tuple[int, dict[int, int], dict[str, int]]:
        """The rows of a reading, which becomes the current one of its article, unless a newer text replaced that.

        Gives its id and those of its statements and sources.
        """
        id_ = self._ids.take(t.reading)
        sources, statements, events = rows = to_rows(reading)
        row = {
            "id": id_, "article_id": article, "extractor": reading.extractor, "model": self._model, "made": self._made,
            "current": article not in self._old, "digest": reading_digest(rows),
        }  # fmt: skip
        self._rows[t.reading].append(row)
        self._read.setdefault(article, []).append(dict(row))
        source_ids = {s["key"]: self._ids.take(t.source) for s in sources}
        self._rows[t.source] += [{**s, "id": source_ids[s["key"]], "reading_id": id_} for s in sources]
        ids = self._hang(t.statement, statements, id_, ("stances", t.stance, ("abouts", t.about, None)))
        self._hang(t.event, events, id_, ("participants", t.participant, None))
        return id_, {s["number"]: row for s, row in zip(statements, ids, strict=True)}, source_ids

    def _hang(self, table: Table, rows: Iterable[dict[str, Any]], on: int, below: Any) -> list[int]:
        """Gives rows their ids, and those below them."""
        ids = []
        to = {t.stance: "statement_id", t.about: "stance_id", t.participant: "event_id"}.get(table, "reading_id")
        for row in rows:
            id_ = self._ids.take(table)
            row = {**row, "id": id_, to: on}
            if below:
                name, inner, more = below
                self._hang(inner, row.pop(name), id_, more)
            self._rows[table].append(row)
            ids.append(id_)
        return ids

    def _write(self) -> None:
        outdated, gone = self._outdated, set(self._outdated)
        if outdated:
            # A reading of this very batch may be outdated by a later one of it.
            for row in self._rows[t.reading]:
                row["current"] = row["current"] and row["id"] not in gone
        for table, rows in self._rows.items():
            insert_rows(self._connection, table, rows)
        if self._replaced:
            changed = update(t.article).where(t.article.c.id == bindparam("old")).values(replaced_by=bindparam("new"))
            self._connection.execute(changed, self._replaced)
        if outdated:
            self._connection.execute(update(t.reading).where(t.reading.c.id.in_(outdated)).values(current=False))

    def _link(self) -> None:
        """Ties what is new to what is there."""
        parties = Parties(self._connection, self._ids)
        gone = set(self._outdated)
        freed = unlink(self._connection, sorted(gone))
        for page in pages_of([r["id"] for r in by_id(self._connection, t.source, "reading_id", gone)]):
            self._connection.execute(delete(t.sighted).where(t.sighted.c.source_id.in_(page)))
        # An article that was there may have been corrected.
        again = [id_ for id_ in self._again if id_ not in gone]
        kept = [k for id_, k in self._fresh.items() if id_ not in gone]
        kept += [kept_of(x) for x in load(self._connection, again)]
        unlink_stories(self._connection, [x["old"] for x in self._replaced])
        link_stories(self._connection, [x for x in self._bodies if x[0] not in self._old])
        link(self._connection, self._ids, parties, kept)
        relink(self._connection, self._ids, parties, freed)


def _refusal(reading: Reading) -> str:
    try:
        refuse_unstorable(reading)
        refuse_long(reading, place_of(reading.article))
    except InputError as e:
        return e.message
    return ""


def _same_version(row: dict[str, Any], extractor: str, model: str) -> bool:
    return bool(row["extractor"] == extractor) and (not model or row["model"] in ("", model))


def unlink(connection: Connection, reading_ids: Sequence[int]) -> list[int]:
    """Takes readings out of the sayings.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    reading_ids : sequence of int
        Readings that are not current any more.

    Returns
    -------
    list of int
        Rows of the statements of other readings that stood in these sayings, to be linked anew.
    """
    if not reading_ids:
        return []
    gone = {r["id"] for r in by_id(connection, t.statement, "reading_id", reading_ids)}
    sayings = {r["saying_id"] for r in by_id(connection, t.member, "statement_id", gone)}
    freed = dissolve(connection, sayings)
    return [row for row in freed if row not in gone]
