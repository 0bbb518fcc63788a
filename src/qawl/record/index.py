"""The index of words, which SQLite (FTS5) and PostgreSQL (tsvector) keep each in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, column, table, text
from sqlalchemy.sql.expression import literal_column

from qawl.record.query import Query, fts5, tsquery

__all__ = ["BETWEEN", "add", "clear", "matching", "remove", "words_table"]

BETWEEN = "‖"
"""Stands between two wordings, so that no phrase runs over both. It is no key."""

words_table = table("saying_index", column("rowid"), column("id"), column("words"))


def _sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Indexes words that stand in ``saying_words``.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    rows : sequence of mapping
        With ``id`` and ``words``.
    """
    if not rows:
        return
    if _sqlite(connection):
        sql = "INSERT INTO saying_index (rowid, words) VALUES (?, ?)"
        connection.exec_driver_sql(sql, [(r["id"], r["words"]) for r in rows])
    else:
        vectors = [{"id": r["id"], "words": _vector(r["words"])} for r in rows]
        connection.execute(text("INSERT INTO saying_index (id, words) VALUES (:id, CAST(:words AS tsvector))"), vectors)


def remove(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Takes words out of the index.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    rows : sequence of mapping
        As they were given to `add`.
    """
    if not rows:
        return
    if _sqlite(connection):
        sql = "INSERT INTO saying_index (saying_index, rowid, words) VALUES ('delete', :id, :words)"
        connection.execute(text(sql), rows)
    else:
        connection.execute(text("DELETE FROM saying_index WHERE id = :id"), [{"id": r["id"]} for r in rows])


def clear(connection: Connection) -> None:
    """Takes everything out of the index."""
    sql = "INSERT INTO saying_index (saying_index) VALUES ('delete-all')"
    connection.execute(text(sql if _sqlite(connection) else "TRUNCATE saying_index"))


def matching(connection: Connection, query: Query) -> tuple[FromClause, ColumnElement[int], ColumnElement[bool]]:
    """What to select from, the column of ids in it, and the condition that the words match.

    Parameters
    ----------
    connection : Connection
        For its dialect.
    query : Query
        As parsed.
    """
    if _sqlite(connection):
        condition = text("saying_index MATCH :asked").bindparams(asked=fts5(query))
        return words_table, literal_column("saying_index.rowid"), condition  # type: ignore[return-value]
    condition = text("saying_index.words @@ CAST(:asked AS tsquery)").bindparams(asked=tsquery(query))
    return words_table, literal_column("saying_index.id"), condition  # type: ignore[return-value]


def _vector(words: str) -> str:
    """The text form of a tsvector: every key with its positions; PostgreSQL knows positions up to 16383."""
    places: dict[str, list[int]] = {}
    for n, key in enumerate(words.split(), 1):
        places.setdefault(key, []).append(min(n, 16383))
    return " ".join(f"{_quoted(key)}:{','.join(map(str, at[:255]))}" for key, at in places.items())


def _quoted(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def unlike(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of words that PostgreSQL's index does not have as they are.

    Parameters
    ----------
    connection : Connection
        To PostgreSQL.
    rows : sequence of mapping
        As they were given to `add`.
    """
    asked = text(
        "SELECT x.id FROM unnest(CAST(:ids AS bigint[]), CAST(:words AS text[])) AS x(id, words) LEFT JOIN saying_index"
        " i ON i.id = x.id WHERE i.words IS DISTINCT FROM CAST(x.words AS tsvector) ORDER BY 1"
    )
    values = {"ids": [r["id"] for r in rows], "words": [_vector(r["words"]) for r in rows]}
    return list(connection.execute(asked, values).scalars())


def optimised(connection: Connection, commands: Iterable[str] = ("optimize",)) -> None:
    """Joins the parts of which SQLite's index is made."""
    if _sqlite(connection):
        for command in commands:
            connection.execute(text("INSERT INTO saying_index (saying_index) VALUES (:c)"), {"c": command})
