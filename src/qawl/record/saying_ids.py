"""The ids of sayings, which tell the day, the source's kind, the mode and the act."""

from __future__ import annotations

from qawl.model import ACTS, KINDS, MODES, Act, Kind, Mode

__all__ = ["CODES", "DAY", "FIELDS", "act_of_id", "code", "codes", "day_of_id", "first_id", "number"]

# The bits of an id, from the right: what the statement does, its mode, the kind of its source, its number among the
# sayings of its day, its day. So the newest come first without sorting, and what is asked for most is tested without
# looking anything up. An id has 51 bits: a double, which is what JavaScript counts with, holds it.
_ACT, _MODE, _KIND, _NUMBER = 4, 2, 3, 22
CODES = _ACT + _MODE + _KIND
DAY = CODES + _NUMBER  # bits below the day: four million sayings a day
FIELDS = {"act": (0, _ACT), "mode": (_ACT, _MODE), "kind": (_ACT + _MODE, _KIND)}
"""Of the codes in an id: how far from the right they begin, and how many bits they have."""


def code(ids: str, field: str) -> str:
    """The code of a field in an id, in SQL.

    Parameters
    ----------
    ids : str
        A column of ids.
    field : str
        One of `FIELDS`.
    """
    at, size = FIELDS[field]
    return f"(({ids} >> {at}) & {(1 << size) - 1})"


def number(ids: str) -> str:
    """The number of a saying among those of its day, in SQL."""
    return f"(({ids} >> {CODES}) & {(1 << _NUMBER) - 1})"


def first_id(day: int) -> int:
    """The first id that a saying of a day may have; those of the next day come after."""
    return day << DAY


def day_of_id(id_: int) -> int:
    """The number of the day on which it was said, or, if that is unknown, published; 0 if unknown."""
    return id_ >> DAY


def codes(act: Act, mode: Mode, kind: Kind | None) -> int:
    """The codes of an id; a statement without a source has a kind of its own."""
    of = len(KINDS) if kind is None else KINDS.index(kind)
    return of << _ACT + _MODE | MODES.index(mode) << _ACT | ACTS.index(act)


def act_of_id(id_: int) -> Act:
    """What the source of a saying does."""
    return ACTS[id_ & (1 << _ACT) - 1]
