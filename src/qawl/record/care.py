"""Care of the record: whether it is sound, copies of it, its size, its views made anew."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.exc import DatabaseError

from qawl.model import InputError, RecordError
from qawl.record import identities, index
from qawl.record import schema as t
from qawl.record.database import Database
from qawl.record.load import Loaded, load, pages_of
from qawl.record.parties import Parties
from qawl.record.rows import reading_digest, to_rows
from qawl.record.sayings import kept_of, link
from qawl.record.stories import link_stories
from qawl.record.writing import Ids

__all__ = ["Problem", "Sizes", "backup", "check", "reindex", "sizes", "vacuum"]

_AT_ONCE = 200  # articles in memory
_ROWS = 5000

Told = Callable[[int, int], None]
"""Takes how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the record that is not as it should be.

    Parameters
    ----------
    where : str
        ``article 12``, ``saying 4``, ``database``.
    message : str
        What is wrong.
    """

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is in the record, and how much room it takes.

    Parameters
    ----------
    rows : dict of str to int
        Rows of each table.
    bytes : int
        Of the database, with its log.
    text_bytes : int
        Of the articles' texts, in UTF-8.
    """

    rows: dict[str, int]
    bytes: int
    text_bytes: int

    @property
    def per_statement(self) -> float:
        """Bytes for a statement beyond the articles' texts; 0 without statements."""
        statements = self.rows["statement"]
        return max(0, self.bytes - self.text_bytes) / statements if statements else 0.0


# -- is it sound? -------------------------------------------------------------------------------------------------


def check(database: Database, told: Told = lambda done, of: None) -> Iterator[Problem]:
    """What is wrong with a record: nothing, if all is well.

    Parameters
    ----------
    database : Database
        The record.
    told : callable, optional
        Is called now and then with articles done and their number.

    Yields
    ------
    Problem
        Texts that do not fit their SHA-256, spans whose characters are others than when they were stored, readings of
        which a row was changed, statements that cannot be found, words that are not indexed as they are, and what the
        database itself finds.
    """
    if database.sqlite:
        yield from _index(database)
    if database.stale:
        yield Problem("database", f"its views are of another version of Qawl; {_MENDED}")
    with database.reading() as connection:
        yield from _database(connection)
        ids = connection.execute(select(t.reading.c.id).order_by(t.reading.c.id)).scalars().all()
        for n, page in enumerate(pages_of(ids, _AT_ONCE)):
            yield from _readings(connection, page)
            told(min(len(ids), (n + 1) * _AT_ONCE), len(ids))
        yield from _views(connection)


def _index(database: Database) -> Iterator[Problem]:
    # For SQLite this is a write; within a transaction that has read, one that somebody else made would stop it.
    told = ""
    with database.writing() as connection:
        try:
            connection.execute(text("INSERT INTO saying_index (saying_index, rank) VALUES ('integrity-check', 1)"))
        except DatabaseError as e:
            told = str(e.orig)
    if told:
        yield Problem("database", f"the index of words does not fit the words: {told}; {_MENDED}")


def _database(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name != "sqlite":
        w, count = t.saying_words, 0
        for part in connection.execute(select(w.c.id, w.c.words)).mappings().partitions(_ROWS):
            count += len(part)
            for id_ in index.unlike(connection, [dict(r) for r in part]):
                yield Problem(f"saying {id_}", f"its words are not indexed as they are; {_MENDED}")
        indexed = connection.execute(text("SELECT count(*) FROM saying_index")).scalar_one()
        if indexed > count:
            yield Problem("database", f"the index of words has {indexed - count:,} too many; {_MENDED}")
        return
    for (message,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if message != "ok":
            yield Problem("database", message)
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem("database", f"row {row} of {table} names a row of {parent} that is not there")


def _readings(connection: Connection, ids: Sequence[int]) -> Iterator[Problem]:
    try:
        loaded = load(connection, ids)
    except (RecordError, DatabaseError) as e:
        if len(ids) == 1:
            # A database's own error: SQLite cannot decode what stands in a row.
            yield Problem(f"reading {ids[0]}", " ".join(str(getattr(e, "orig", e)).split()))
            return
        # One of them is damaged: each by itself.
        for id_ in ids:
            yield from _readings(connection, [id_])
        return
    for x in loaded:
        where, row = f"article {x.article_id}", x.article
        if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
            yield Problem(where, "its text is not the one that was stored (SHA-256)")
        elif reading_digest(to_rows(x.reading)) != bytes(x.row["digest"]):
            yield Problem(where, f"a row of what {x.row['extractor']} read in it was changed")


_MENDED = "'qawl record reindex' mends it"
_VIEWS = (
    ("a statement that no saying has", "statement x JOIN reading r ON r.id = x.reading_id JOIN article a ON a.id ="
     " r.article_id WHERE r.current AND a.replaced_by IS NULL AND x.content <> '' AND a.id NOT IN (SELECT article_id"
     " FROM correction) AND NOT EXISTS (SELECT 1 FROM member m WHERE m.statement_id = x.id)", "x.id"),
    ("a saying without its first report", "saying s WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.statement_id ="
     " s.lead AND m.saying_id = s.id)", "s.id"),
    ("a saying without words", "saying s WHERE NOT EXISTS (SELECT 1 FROM saying_words w WHERE w.id = s.id)", "s.id"),
    ("a report of a saying that is not there", "member m WHERE NOT EXISTS (SELECT 1 FROM saying s WHERE s.id ="
     " m.saying_id)", "m.statement_id"),
    ("a report in a reading that is not current", "member m JOIN statement x ON x.id = m.statement_id JOIN reading r"
     " ON r.id = x.reading_id WHERE NOT r.current", "m.statement_id"),
    ("a source without a party", "source o JOIN reading r ON r.id = o.reading_id JOIN article a ON a.id = r.article_id"
     " WHERE r.current AND a.replaced_by IS NULL AND a.id NOT IN (SELECT article_id FROM correction) AND NOT EXISTS"
     " (SELECT 1 FROM sighted g WHERE g.source_id = o.id)", "o.id"),
    ("a saying of a party that is not there", "saying s WHERE s.party_id <> 0 AND NOT EXISTS (SELECT 1 FROM party p"
     " WHERE p.id = s.party_id)", "s.id"),
    ("a source of a party that is not there", "sighted g WHERE NOT EXISTS (SELECT 1 FROM party p WHERE p.id ="
     " g.party_id)", "g.source_id"),
)  # fmt: skip


def _views(connection: Connection) -> Iterator[Problem]:
    for what, where, column in _VIEWS:
        found = connection.execute(text(f"SELECT {column} FROM {where} ORDER BY 1 LIMIT 20")).scalars().all()
        for id_ in found:
            yield Problem(f"row {id_}", f"{what}; {_MENDED}")


# -- copies -------------------------------------------------------------------------------------------------------


def backup(database: Database, path: Path) -> None:
    """Copies the record into a SQLite file, while others may read and write.

    Parameters
    ----------
    database : Database
        In SQLite or PostgreSQL.
    path : Path
        Of a file that is not there yet; it appears when it is whole.

    Raises
    ------
    InputError
        If the file is there, or cannot be written.
    """
    if os.path.lexists(path):
        raise InputError(f"{path} is there already; give another name")
    if not path.parent.is_dir():
        raise InputError(f"the folder {path.parent} does not exist; make it first")
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half.touch()
        if database.sqlite:
            _copied_pages(database, half)
        else:
            _copied_rows(database, half)
        half.replace(path)
    except (OSError, sqlite3.Error) as e:
        raise InputError(f"{path} cannot be written: {getattr(e, 'strerror', None) or e}") from None
    finally:
        for left in (half, *(half.with_name(half.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):
                left.unlink()


def _copied_pages(database: Database, path: Path) -> None:
    with database.alone() as connection:
        to = sqlite3.connect(path)
        try:
            # In one step: in several it would begin anew whenever another program writes.
            connection.connection.driver_connection.backup(to)  # type: ignore[union-attr]
            to.execute("PRAGMA journal_mode = DELETE")
        finally:
            to.close()


def _copied_rows(database: Database, path: Path) -> None:
    copy = Database(f"sqlite:///{path}", create=True)
    try:
        with database.reading() as source, copy.writing() as to:
            to.execute(delete(t.setting))
            for table in t.metadata.sorted_tables:
                rows = source.execute(select(table), execution_options={"yield_per": _ROWS}).mappings()
                for part in rows.partitions(_ROWS):
                    to.execute(insert(table), [dict(r) for r in part])
            _index_words(to)
        with copy.alone() as plain:
            plain.execute(text("PRAGMA journal_mode = DELETE"))
    finally:
        copy.close()


def _index_words(connection: Connection) -> None:
    w = t.saying_words
    rows = connection.execute(select(w.c.id, w.c.words)).mappings()
    for part in rows.partitions(_ROWS):
        index.add(connection, [dict(r) for r in part])


# -- size and order -----------------------------------------------------------------------------------------------


def sizes(database: Database) -> Sizes:
    """How much is in the record, and how much room it takes."""
    with database.reading() as connection:
        rows = {
            x.name: connection.execute(select(func.count()).select_from(x)).scalar_one()
            for x in t.metadata.sorted_tables
        }
        length = "length(CAST(text AS BLOB))" if database.sqlite else "octet_length(text)"
        texts = connection.execute(text(f"SELECT coalesce(sum({length}), 0) FROM article")).scalar_one()
        if not database.sqlite:
            whole = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
            return Sizes(rows, int(whole), int(texts))
    path = str(database.url.database)
    files = (Path(path), Path(path + "-wal"))
    return Sizes(rows, sum(f.stat().st_size for f in files if f.exists()), int(texts))


def vacuum(database: Database) -> None:
    """Gives unused room back and brings the index of words in order. Others have to wait."""
    with database.writing() as connection:
        index.optimised(connection)
    with database.alone() as connection:
        connection.execute(text("VACUUM"))
        connection.execute(text("ANALYZE"))
        if database.sqlite:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def reindex(database: Database, told: Told = lambda done, of: None) -> None:
    """Makes all views anew from facts, corrections and decisions, in one transaction.

    Parameters
    ----------
    database : Database
        The record.
    told : callable, optional
        Is called now and then with articles done and their number.
    """
    with database.writing() as connection:
        index.clear(connection)
        for table in t.VIEWS:
            connection.execute(delete(table))
        r, a = t.reading.c, t.article.c
        asked = select(r.id).join_from(t.reading, t.article, r.article_id == a.id)
        # In the order of their days, so that the first report of a saying leads it.
        asked = asked.where(r.current, a.replaced_by.is_(None)).order_by(a.day == 0, a.day, a.published, a.place, a.id)
        ids = connection.execute(asked).scalars().all()
        parties, done = Parties(connection, Ids(connection)), 0
        for page in pages_of(ids, _AT_ONCE):
            loaded = load(connection, page)
            _linked(connection, parties, loaded)
            done += len(page)
            told(done, len(ids))
        connection.execute(delete(t.setting).where(t.setting.c.key == "views"))
        connection.execute(insert(t.setting), [{"key": "views", "value": t.VIEWS_VERSION}])
        identities.settle(connection)


def _linked(connection: Connection, parties: Parties, loaded: Sequence[Loaded]) -> None:
    link_stories(
        connection, [(x.article_id, x.article["day"], x.reading.article.body or x.reading.article.text) for x in loaded]
    )
    link(connection, Ids(connection), parties, [kept_of(x) for x in loaded])
