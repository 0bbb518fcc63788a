"""What writers of the record share: ids, names in their tables, days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, insert, select

from qawl.model import Moment, RecordError
from qawl.record.load import by_id

__all__ = ["Ids", "Names", "day_number", "day_text", "insert_rows", "now", "stretches"]


class Ids:
    """The next ids of tables. One writer at a time has the record, so that nobody else gives them out.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[str, int] = {}

    def take(self, table: Table) -> int:
        """A new id."""
        last = self._last.get(table.name)
        if last is None:
            last = self._connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        self._last[table.name] = last + 1
        return last + 1

    def take_below(self, table: Table, first: int, bound: int, free: int) -> int:
        """A new id from `first` up to, not including, `bound`, its last `free` bits 0, to be filled."""
        name = f"{table.name}:{first}"
        last = self._last.get(name)
        if last is None:
            asked = select(func.coalesce(func.max(table.c.id), first - 1)).where(table.c.id.between(first, bound - 1))
            last = self._connection.execute(asked).scalar_one() >> free
        if last + 1 << free >= bound:
            raise RecordError(f"the record has as many rows of {table.name} for one day as it can number")
        self._last[name] = last + 1
        return last + 1 << free


class Names:
    """The ids of names in a table of names; new names are added.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    table : Table
        With ``id`` and ``name``.
    ids : Ids
        Of the same transaction.
    """

    def __init__(self, connection: Connection, table: Table, ids: Ids) -> None:
        self._connection, self._table, self._ids = connection, table, ids
        self._known: dict[str, int] = {}

    def of(self, names: Iterable[str]) -> dict[str, int]:
        """The ids of all of them."""
        wanted = set(names)
        asked = wanted - self._known.keys()
        self._known |= {row["name"]: row["id"] for row in by_id(self._connection, self._table, "name", asked)}
        new = {name: self._ids.take(self._table) for name in sorted(asked - self._known.keys())}
        if new:
            self._connection.execute(insert(self._table), [{"id": id_, "name": name} for name, id_ in new.items()])
            self._known |= new
        return {name: self._known[name] for name in wanted}


def stretches(wanted: Iterable[tuple[int, Iterable[int]]], near: int) -> list[tuple[int, int, set[int]]]:
    """What is looked up near some days, in stretches of days that do not overlap: what is far apart is asked apart.

    Parameters
    ----------
    wanted : iterable of (int, iterable of int)
        Numbers of days, each with what is looked up near it.
    near : int
        Days before and after each that count.

    Returns
    -------
    list of (int, int, set of int)
        First and last day of each stretch, and what is looked up in it; the unknown day, 0, is in none.
    """
    found: list[tuple[int, int, set[int]]] = []
    for day, values in sorted((d, v) for d, v in wanted if d):
        if found and day - near <= found[-1][1]:
            found[-1] = (found[-1][0], day + near, found[-1][2] | set(values))
        else:
            found.append((day - near, day + near, set(values)))
    return found


def now() -> str:
    """The present moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def day_number(moment: Moment | str | None) -> int:
    """The number of a day (see `schema`); 0 if no day is known.

    Parameters
    ----------
    moment : Moment or str or None
        A moment, or the ISO 8601 form of one.
    """
    iso = moment.iso if isinstance(moment, Moment) else moment or ""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if len(iso) >= 10 else 0
    except ValueError:
        return 0


def day_text(number: int) -> str:
    """The day of a number, ``YYYY-MM-DD``; ``""`` for 0."""
    return date.fromordinal(number).isoformat() if number > 0 else ""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows by the driver's own bulk call: SQLAlchemy's care for each value costs more than the insertion.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    table : Table
        To insert into.
    rows : sequence of mapping
        By columns; what is missing is null.
    """
    if not rows:
        return
    names, as_json = _columns(table)
    values = [tuple(map(row.get, names)) for row in rows]
    if as_json:
        values = [tuple(_json(v) if n in as_json else v for n, v in enumerate(row)) for row in values]
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    listed = ", ".join(map(quote, names))
    sql = f"INSERT INTO {quote(table.name)} ({listed}) VALUES ({', '.join([mark] * len(names))})"
    connection.exec_driver_sql(sql, values)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _columns(table: Table) -> tuple[tuple[str, ...], frozenset[int]]:
    """The names of a table's columns, and which of them hold JSON."""
    columns = list(table.columns)
    return tuple(c.name for c in columns), frozenset(n for n, c in enumerate(columns) if isinstance(c.type, JSON))
