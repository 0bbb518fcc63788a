"""Facets: what is found, counted by who said it, where, when and what it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from qawl.model import ACTS, KINDS, MODES
from qawl.positions import matters
from qawl.record import schema as t
from qawl.record.asked import Asked, Condition, conditions
from qawl.record.load import by_id, pages_of
from qawl.record.query import parse
from qawl.record.saying_ids import DAY, FIELDS, day_of_id, number
from qawl.record.search import Selection, selected
from qawl.record.writing import day_text

__all__ = ["FACETS", "Facet", "Facets", "count"]

FACETS = ("by", "of", "kind", "act", "mode", "on", "outlet", "year")
"""What is counted by; all but ``year`` are fields of `Asked`."""

_COUNTED = 10_000  # sayings up to which every one is counted; of more a sample, spread evenly, is
_MOST_SAMPLED = 10  # the sample is one in 2 to this power at least


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of what is counted by.

    Parameters
    ----------
    value : str
        To be given in a field of `Asked`; of matters with the sign (``+ceasefire``), of years the year.
    label : str
        For people, in Arabic.
    count : int
        Sayings.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How much was found, and what it is.

    Parameters
    ----------
    total : int
        Sayings that were found.
    exact : bool
        Whether each was looked at. If not, the counts of `by` are estimated from a sample; `total` is always counted.
    sampled : int
        Sayings that were looked at.
    by : dict of str to tuple of Facet
        For each of `FACETS` the commonest values.
    """

    total: int
    exact: bool
    sampled: int
    by: dict[str, tuple[Facet, ...]]


def count(connection: Connection, asked: Asked, most: int = 12) -> Facets:
    """Counts what is found.

    Parameters
    ----------
    connection : Connection
        In a transaction that reads.
    asked : Asked
        Words and filters.
    most : int
        Values of each facet; the commonest.

    Raises
    ------
    InputError
        If the query or a filter is not understood.

    Notes
    -----
    Up to 10,000 sayings each is looked at. Of more, every second, fourth, eighth … of each day is: a systematic sample.
    """
    query = parse(asked.words) if asked.words.strip() else None
    wanted = conditions(connection, asked)
    total = int(connection.execute(selected(connection, query, wanted).statement("count(*)")).scalar_one())
    power = 0
    while total >> power > _COUNTED and power < _MOST_SAMPLED:
        power += 1
    if power:
        # By the day, too, or the first sayings of each day would always be looked at.
        spread = f"(({number('s.id')} + (s.id >> {DAY})) & :every) = 0"
        wanted = [Condition(spread, {"every": (1 << power) - 1}), *wanted]
    rows = _rows(connection, selected(connection, query, wanted))
    scale = total / len(rows) if power and len(rows) else 1.0
    return Facets(total, not power, len(rows), _counted(connection, rows, scale, most))


_COLUMNS = "s.id, s.party_id, s.affiliation_id, s.outlet_id"
_Rows = np.ndarray[tuple[int, int], np.dtype[np.int64]]


def _rows(connection: Connection, selection: Selection) -> _Rows:
    found = connection.execute(selection.statement(_COLUMNS)).fetchall()
    return np.array([tuple(r) for r in found], np.int64).reshape(-1, 4)


def _counted(connection: Connection, rows: _Rows, scale: float, most: int) -> dict[str, tuple[Facet, ...]]:
    def top(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[int, int]]:
        found, counts = np.unique(values, return_counts=True)
        order = np.lexsort((found, -counts))[:most]
        return [(int(found[k]), round(int(counts[k]) * scale)) for k in order]

    parties = top(rows[rows[:, 1] > 0, 1])
    names = {r["id"]: r for r in by_id(connection, t.party, "id", [p for p, _ in parties])}
    years = Counter(day_text(day_of_id(int(i)))[:4] for i in rows[:, 0])
    return {
        "by": tuple(Facet(names[p]["key"], names[p]["name"], n) for p, n in parties if p in names),
        "of": _labelled(connection, t.affiliation, top(rows[:, 2])),
        "kind": tuple(Facet(KINDS[k], KINDS[k], n) for k, n in top(_codes(rows, "kind")) if k < len(KINDS)),
        "act": tuple(Facet(ACTS[k], ACTS[k], n) for k, n in top(_codes(rows, "act"))),
        "mode": tuple(Facet(MODES[k], MODES[k], n) for k, n in top(_codes(rows, "mode"))),
        "on": _matters(connection, rows[:, 0].tolist(), scale, most),
        "outlet": _labelled(connection, t.outlet, top(rows[:, 3])),
        "year": tuple(Facet(y, y, round(n * scale)) for y, n in sorted(years.items()) if y),
    }


def _codes(rows: _Rows, field: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    at, size = FIELDS[field]
    return (rows[:, 0] >> at) & ((1 << size) - 1)


def _labelled(connection: Connection, table: object, found: Sequence[tuple[int, int]]) -> tuple[Facet, ...]:
    names = {r["id"]: r["name"] for r in by_id(connection, table, "id", [k for k, _ in found])}  # type: ignore[arg-type]
    return tuple(Facet(names[k], names[k], n) for k, n in found if names.get(k))


def _matters(connection: Connection, ids: Sequence[int], scale: float, most: int) -> tuple[Facet, ...]:
    m, counts, known = t.saying_matter.c, Counter[str](), matters()
    for page in pages_of(ids, 5000):
        for matter, sign in connection.execute(select(m.matter, m.sign).where(m.saying_id.in_(page))):
            counts[sign + matter] += 1
    ranked = sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:most]
    return tuple(Facet(v, known[v[1:]].ar if v[1:] in known else v[1:], round(n * scale)) for v, n in ranked)
