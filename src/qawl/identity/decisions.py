"""What a person decided on parties: merge, split, lock, undo; kept apart from the evidence, a line each, never changed.

A line of the file is a JSON object::

    {"at": "2024-03-05T10:00:00+00:00", "by": "سلمى", "do": "merge", "parties": ["p-1…", "p-2…"], "note": "…"}
    {"at": …, "by": …, "do": "split", "parties": ["p-1…"], "sources": [["<sha256>", "A"], …], "note": "…"}
    {"at": …, "by": …, "do": "lock", "parties": ["p-1…"], "sources": [["<sha256>", "A"], …], "note": "…"}
    {"at": …, "by": …, "do": "undo", "line": 3, "note": "…"}

The ``sources`` of a split are those that leave. Those of a lock are the ones that rules had joined to the party and
that it keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

from qawl.identity.party import Party, Ref
from qawl.identity.registry import own_id
from qawl.model import InputError

__all__ = ["Decision", "Decisions", "Do", "locking"]

Do = Literal["merge", "split", "lock", "undo"]

_LEAST = {"merge": 2, "split": 1, "lock": 1, "undo": 0}  # ids


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person.

    Parameters
    ----------
    do : Do
        What to do.
    parties : tuple of str
        Ids: of a merge two or more, of a split and a lock one, of an undo none.
    sources : tuple of Ref
        Of a split, what leaves the party; of a lock, what it keeps of what is not its own.
    line : int
        Of an undo: the number of the line that it takes back; else 0.
    at : str
        When, ISO 8601.
    by : str
        Who.
    note : str
        Why.
    number : int
        Its line in the file, from 1; 0 before it is there.
    """

    do: Do
    parties: tuple[str, ...] = ()
    sources: tuple[Ref, ...] = ()
    line: int = 0
    at: str = ""
    by: str = ""
    note: str = ""
    number: int = 0

    def as_json(self) -> str:
        """Its line in the file, without a line feed."""
        shown: dict[str, Any] = {"at": self.at, "by": self.by, "do": self.do}
        if self.do == "undo":
            shown["line"] = self.line
        else:
            shown["parties"] = list(self.parties)
        if self.do in ("split", "lock"):
            shown["sources"] = [list(ref) for ref in self.sources]
        # ASCII only: U+2028 and the like would end the line for some readers.
        return json.dumps(shown | {"note": self.note})


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, in their order.

    Parameters
    ----------
    all : tuple of Decision
        Numbered by their lines.
    """

    all: tuple[Decision, ...] = ()

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Decisions:
        """The decisions of the lines of a file.

        Parameters
        ----------
        lines : iterable of str
            JSON Lines; empty lines count, but say nothing.

        Raises
        ------
        InputError
            If a line is no decision; its message begins with the line's number.
        """
        found: dict[int, Decision] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                decision = _parsed(line, number)
                if decision.do == "undo" and decision.line not in found:
                    raise InputError(f"'undo' of line {decision.line}, which is no earlier decision")
            except InputError as e:
                raise InputError(f"line {number}: {e.message}") from None
            found[number] = decision
        return cls(tuple(found.values()))

    def in_force(self) -> tuple[Decision, ...]:
        """Those that no other takes back, without what takes back; an undo that is undone takes nothing back."""
        undone: set[int] = set()
        kept = []
        for d in reversed(self.all):
            if d.number in undone:
                continue
            if d.do == "undo":
                undone.add(d.line)
            else:
                kept.append(d)
        return tuple(reversed(kept))


def locking(party: Party, *, at: str, by: str, note: str = "") -> Decision:
    """The decision that no rule may join a party with another any more.

    Parameters
    ----------
    party : Party
        As it is now: what rules and people have joined to it, it keeps.
    at, by, note : str
        As for `Decision`.
    """
    kept = tuple(m.ref for m in party.members if own_id(m) != party.base)
    return Decision("lock", (party.id,), kept, at=at, by=by, note=note)


def _parsed(line: str, number: int) -> Decision:
    try:
        obj = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("is broken JSON; correct it") from None
    if not isinstance(obj, Mapping):
        raise InputError("is no JSON object")
    at, by, do, note = (_string(obj, name) for name in ("at", "by", "do", "note"))
    if do not in get_args(Do):
        raise InputError(f"'do' is not one of {', '.join(get_args(Do))}")
    _check_time(at)
    undone = obj.get("line", 0)
    if do == "undo" and (not isinstance(undone, int) or isinstance(undone, bool) or undone < 1):
        raise InputError("'line' of an undo is not the number of a line")
    parties = _ids(obj, do)
    sources = _refs(obj)
    if do == "split" and not sources:
        raise InputError("'sources' of a split is empty; give those that leave the party")
    return Decision(cast("Do", do), parties, sources, undone if do == "undo" else 0, at, by, note, number)


def _string(obj: Mapping[str, Any], name: str) -> str:
    value = obj.get(name, "" if name == "note" else None)
    if not isinstance(value, str):
        raise InputError(f"'{name}' is not a string")
    return value


def _check_time(at: str) -> None:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise InputError("'at' is not a time as in ISO 8601, e.g. 2024-03-05T10:00:00+00:00") from None


def _ids(obj: Mapping[str, Any], do: str) -> tuple[str, ...]:
    value = obj.get("parties", [])
    if not isinstance(value, list) or not all(isinstance(x, str) and x for x in value):
        raise InputError("'parties' is not a list of ids")
    least = _LEAST[do]
    if do == "undo":
        return ()
    if len(set(value)) < least or (do != "merge" and len(value) > 1):
        raise InputError(f"'parties' of a {do} must be {'two ids or more' if do == 'merge' else 'one id'}")
    return tuple(dict.fromkeys(value))


def _refs(obj: Mapping[str, Any]) -> tuple[Ref, ...]:
    value = obj.get("sources", [])
    pairs = isinstance(value, list) and all(
        isinstance(x, list) and len(x) == 2 and all(isinstance(y, str) and y for y in x) for x in value
    )
    if not pairs:
        raise InputError("'sources' is not a list of pairs of a SHA-256 and a key")
    return tuple((x[0], x[1]) for x in value)
