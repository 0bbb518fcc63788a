"""What a person asks the record for, and what that is in its rows."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.sql.elements import BindParameter

from qawl.arabic.fold import fold
from qawl.formats.labels import plain
from qawl.matrix.find import find_matter, near_matters
from qawl.model import ACTS, KINDS, MODES, InputError
from qawl.positions import matters
from qawl.record import schema as t
from qawl.record.parties import name_words
from qawl.record.saying_ids import code, first_id
from qawl.record.storable import storable
from qawl.record.writing import day_number

__all__ = ["BY", "SORTS", "Asked", "Condition", "Sort", "conditions", "day_asked", "named", "parties_called"]

Sort = Literal["best", "newest", "oldest", "carried"]
SORTS: tuple[Sort, ...] = get_args(Sort)

BY = "s.party_id IN :by"
"""The condition on who said it."""

_NEAREST = 3
_MOST_PARTIES = 5000  # that one name may mean


@dataclass(frozen=True, slots=True)
class Asked:
    """What to find. What is left empty asks for nothing; of several values of one field any will do.

    Parameters
    ----------
    words : str
        A query (`qawl.record.query`); ``""`` for all statements.
    by : tuple of str
        Who said it: names, whole or in part, in Arabic or, of what is in the knowledge base, in English; or ids.
    of : tuple of str
        States and bodies that the source speaks for.
    on : tuple of str
        Matters, by id or by words of a label; those below them count, too.
    sign : str
        ``+`` or ``-``: only stances for or against (`on`, or any matter).
    act, mode, kind : tuple of str
        Speech acts, modes, and kinds of sources.
    outlet : tuple of str
        Outlets that carry it, by name.
    since, until : str
        First and last day on which it was said, ISO 8601; where that is not known, was published.
    published_since, published_until : str
        First and last day on which its first report was published.
    confidence : float
        From 0 to 1: only what is at least as sure.
    """

    words: str = ""
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    sign: str = ""
    act: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    published_since: str = ""
    published_until: str = ""
    confidence: float = 0.0

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            strings = isinstance(value, tuple | list) and all(isinstance(x, str) for x in value)
            if isinstance(f.default, tuple) and not strings:
                raise InputError(f"{f.name} is a tuple of strings, not {value!r}")
            if isinstance(f.default, str) and not isinstance(value, str):
                raise InputError(f"{f.name} is a string, not {value!r}")
        if isinstance(self.confidence, bool) or not isinstance(self.confidence, int | float):
            raise InputError(f"confidence is a number, not {self.confidence!r}")
        if not 0 <= self.confidence <= 1:
            raise InputError(f"a confidence is from 0 to 1, not {self.confidence}")
        if self.sign not in ("", "+", "-"):
            raise InputError(f"sign is + or -, not {self.sign!r}")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on rows of ``saying``, called ``s``, in SQL, with its values."""

    sql: str
    values: dict[str, Any]

    def parameters(self) -> list[BindParameter[Any]]:
        """The values as parameters; lists are spread."""
        return [bindparam(k, v, expanding=isinstance(v, list)) for k, v in self.values.items()]


def conditions(connection: Connection, asked: Asked) -> list[Condition]:
    """What is asked for beside words, as conditions.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    asked : Asked
        As a person gave it.

    Raises
    ------
    InputError
        If a name, a matter or a day is not understood, with the nearest that are.
    """
    found = [*_days(asked), *_codes(asked)]
    if asked.by:
        ids = sorted({p for name in asked.by for p in parties_called(connection, name)})
        found.append(Condition(BY, {"by": ids}))
    if asked.of:
        ids = named(connection, t.affiliation, asked.of, "of")
        found.append(Condition("s.affiliation_id IN :of", {"of": ids}))
    if asked.on or asked.sign:
        found.append(_matters(asked))
    if asked.outlet:
        ids = named(connection, t.outlet, asked.outlet, "outlet")
        sql = "EXISTS (SELECT 1 FROM member m WHERE m.saying_id = s.id AND m.outlet_id IN :outlet)"
        found.append(Condition(sql, {"outlet": ids}))
    return found


def _days(asked: Asked) -> list[Condition]:
    found = []
    since, until = day_asked(asked.since, "since"), day_asked(asked.until, "until")
    if since and until and since > until:
        raise InputError(f"since {asked.since} is after until {asked.until}; exchange them")
    if since:
        found.append(Condition("s.id >= :since", {"since": first_id(since)}))
    if until:
        # Of an unknown day it is not known whether it is before.
        found.append(
            Condition("s.id < :until AND s.id >= :known", {"until": first_id(until + 1), "known": first_id(1)})
        )
    since, until = (
        day_asked(asked.published_since, "published_since"),
        day_asked(asked.published_until, "published_until"),
    )
    if since:
        found.append(Condition("s.published >= :psince", {"psince": since}))
    if until:
        found.append(Condition("s.published BETWEEN 1 AND :puntil", {"puntil": until}))
    return found


def day_asked(given: str, field: str) -> int:
    """The number of the first or last day that a person means by a day, a month or a year; 0 for ``""``.

    Parameters
    ----------
    given : str
        ISO 8601, as exact as wanted.
    field : str
        What it is for; with ``until`` in it the last day is meant.

    Raises
    ------
    InputError
        If it is none.
    """
    if not given:
        return 0
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", given):
        raise InputError(f"{field} is a day, as 2024-03-31, not '{plain(given)}'")
    full = given + {4: "-12-31" if "until" in field else "-01-01", 7: "-01"}.get(len(given), "")
    number = day_number(full)
    if not number:
        raise InputError(f"{field} is a day, as 2024-03-31, not '{given}'")
    if len(given) == 7 and "until" in field:
        number += monthrange(int(given[:4]), int(given[5:]))[1] - 1
    return number


def _codes(asked: Asked) -> list[Condition]:
    found = []
    for name, values, known in (("act", asked.act, ACTS), ("mode", asked.mode, MODES), ("kind", asked.kind, KINDS)):
        for value in values:
            if value not in known:
                raise InputError(f"{name} is one of {', '.join(known)}, not '{value}'")
        if values:
            codes = sorted(known.index(v) for v in set(values))
            found.append(Condition(f"{code('s.id', name)} IN :{name}", {name: codes}))
    if asked.confidence:
        found.append(Condition("s.confidence >= :least", {"least": math.ceil(100 * asked.confidence - 1e-9)}))
    return found


def _matters(asked: Asked) -> Condition:
    wanted = sorted({below for words in asked.on for below in _below(_matter(words))})
    parts, values = ["m.saying_id = s.id"], dict[str, Any]()
    if wanted:
        parts.append("m.matter IN :on")
        values["on"] = wanted
    if asked.sign:
        parts.append("m.sign = :sign")
        values["sign"] = asked.sign
    return Condition(f"EXISTS (SELECT 1 FROM saying_matter m WHERE {' AND '.join(parts)})", values)


@lru_cache(maxsize=1024)
def _matter(words: str) -> str:
    found = find_matter(words)
    if len(found) == 1:
        return found[0].id
    shown = ", ".join(f"{m.id} ({m.ar})" for m in (found or near_matters(words))[:8])
    if found:
        raise InputError(f"matter '{words}' may mean {shown}; give an id")
    raise InputError(f"no matter is called '{words}'" + (f"; the nearest: {shown}" if shown else ""))


def _below(matter: str) -> set[str]:
    """A matter and those below it."""
    out, more = {matter}, {matter}
    while more := {m.id for m in matters().values() if m.parent in more} - out:
        out |= more
    return out


def named(connection: Connection, table: Any, names: tuple[str, ...], field: str) -> list[int]:
    """The rows that some names mean: those called so, else those with all their words.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    table : Table
        Of names.
    names : tuple of str
        As a person gave them.
    field : str
        What they are, for messages.

    Raises
    ------
    InputError
        If a name means none, with the nearest.
    """
    known = {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name)) if row.name}
    out: set[int] = set()
    for name in names:
        same = {i for i, n in known.items() if fold(n).casefold() == fold(name).casefold()}
        words = name_words(name)
        found = same or {i for i, n in known.items() if words and words <= name_words(n)}
        if not found:
            near = get_close_matches(name, list(known.values()), _NEAREST, 0.5)
            hint = f"; the nearest: {', '.join(near)}" if near else ""
            raise InputError(plain(f"{field} '{name}' is not in the record{hint}"))
        out |= found
    return sorted(out)


def parties_called(connection: Connection, name: str) -> list[int]:
    """The parties that a name or an id may mean.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    name : str
        An id, or words of a name.

    Raises
    ------
    InputError
        If there is none, with the nearest names.
    """
    alias = t.party_alias.c
    if storable(name):
        known = connection.execute(select(alias.party_id).where(alias.key == name.strip())).scalars().all()
        if known:
            return list(known)
    words = sorted(name_words(name))
    c = t.party_name.c
    if words:
        asked = select(c.party_id).where(c.word.in_(words)).group_by(c.party_id)
        found = connection.execute(asked.having(func.count() == len(words)).limit(_MOST_PARTIES + 1)).scalars().all()
        if len(found) > _MOST_PARTIES:
            raise InputError(f"over {_MOST_PARTIES:,} in the record are called '{plain(name)}'; give more of the name")
        if found:
            return sorted(found)
    raise InputError(plain(f"nobody in the record is called '{name}'{_near_names(connection, words)}"))


def _near_names(connection: Connection, words: list[str]) -> str:
    if not words:
        return ""
    longest = max(words, key=len)
    like = select(t.party_name.c.word).where(t.party_name.c.word.like(longest[:2].replace("%", "") + "%")).distinct()
    near = get_close_matches(longest, connection.execute(like.limit(5000)).scalars().all(), _NEAREST, 0.6)
    if not near:
        return ""
    n, p = t.party_name.c, t.party.c
    named = select(func.min(p.name)).join_from(t.party, t.party_name, n.party_id == p.id).where(n.word.in_(near))
    names = connection.execute(named.group_by(n.word)).scalars()
    return f"; the nearest: {', '.join(sorted(names))}"
