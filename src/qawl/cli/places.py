"""Where parties come from, and where decisions on them are kept: files, or a record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from qawl.cli.console import Console
from qawl.cli.decided import decisions_of
from qawl.model import InputError, Reading

if TYPE_CHECKING:
    from qawl.identity import Applied, Decision, Decisions, Party
    from qawl.record import Record

__all__ = ["Files", "Kept", "Place"]

_GIVE = "is no reading; read the articles first: qawl read FILE --format jsonl --out said.jsonl"
_NEAREST = 3


class Place(Protocol):
    """Parties, and what people decided on them.

    Attributes
    ----------
    name : str
        What to call it.
    skipped : int
        Lines that hold no reading.
    applied : Applied or None
        All parties, if they were asked for.
    """

    name: str
    skipped: int
    applied: Applied | None

    @property
    def known(self) -> Decisions:
        """What was decided."""

    def parties(self) -> Applied:
        """All of them, with every decision carried out."""

    def find(self, words: str) -> Sequence[Party]:
        """Those that a name or an id may mean; none if nobody is called so."""

    def hint(self, words: str) -> str:
        """What to say where nobody is called so."""

    def candidates(self, party: Party) -> Sequence[Party]:
        """Parties, among them those that one may also be."""

    def keep(self, decision: Decision) -> None:
        """Add a decision."""

    def close(self) -> None:
        """Let go of what is open."""


class Files:
    """Readings of files, and a file of decisions.

    Parameters
    ----------
    inputs : sequence of str
        Files of readings, ``-`` for standard input.
    path : str or None
        Of the decisions.
    new : bool
        Whether that file need not be there yet.
    console : Console
        Where problems are said.
    """

    def __init__(self, inputs: Sequence[str], path: str | None, new: bool, console: Console) -> None:
        self.name = path or ""
        self.known = decisions_of(path, new=new)
        self.skipped = 0
        self._inputs, self._path, self._console = inputs, path, console
        self.applied: Applied | None = None

    def parties(self) -> Applied:
        """All of them."""
        if self.applied is None:
            self.applied = self._read()
        return self.applied

    def _read(self) -> Applied:
        from qawl.identity import Registry, apply

        registry = Registry()
        for where, reading in _readings(self._inputs):
            if isinstance(reading, InputError):
                self.skipped += 1
                self._console.problem(where, reading.message)
            else:
                registry.add(reading)
        if not len(registry):
            raise InputError("there is no reading in " + ", ".join(self._inputs))
        return apply(self.known, registry.parties())

    def find(self, words: str) -> Sequence[Party]:
        """Those that may be meant."""
        from qawl.identity import find

        return find(self.parties().parties, words)

    def hint(self, words: str) -> str:
        """The nearest names."""
        from difflib import get_close_matches

        names = sorted({name for p in self.parties().parties for name, _ in p.names})
        near = get_close_matches(words, names, _NEAREST)
        return f"the nearest: {', '.join(near)}" if near else "'qawl who --in FILE' lists all"

    def candidates(self, party: Party) -> Sequence[Party]:
        """All parties."""
        return self.parties().parties

    def keep(self, decision: Decision) -> None:
        """Add a line to the file."""
        from qawl.identity import apply

        number = self._written(decision)
        self._console.note(f"{self.name}: decision {number} ({decision.do}) was added; --undo {number} takes it back")
        self.known = decisions_of(self._path)
        if self.applied is not None:
            self.applied = apply(self.known, self.applied.parties)

    def _written(self, decision: Decision) -> int:
        try:
            with open(self.name, "a+b") as file:
                file.seek(0)
                before = file.read()
                start = b"" if not before or before.endswith(b"\n") else b"\n"
                file.write(start + decision.as_json().encode("ascii") + b"\n")
        except OSError as e:
            raise InputError(f"cannot be written ({e.strerror or e}); give another --decisions", self.name) from None
        return before.count(b"\n") + len(start) + 1

    def close(self) -> None:
        """Nothing is open."""


class Kept:
    """The parties and decisions of a record.

    Parameters
    ----------
    record : Record
        Is closed with this.
    console : Console
        Where problems are said.
    """

    def __init__(self, record: Record, console: Console) -> None:
        self.name = record.name
        self.skipped = 0
        self._record, self._console = record, console
        self.applied: Applied | None = None

    @property
    def known(self) -> Decisions:
        """What was decided."""
        return self._record.decisions()

    def parties(self) -> Applied:
        """All of them."""
        if self.applied is None:
            self.applied = self._record.parties()
        return self.applied

    def find(self, words: str) -> Sequence[Party]:
        """Those that may be meant."""
        try:
            return self._record.who(words)
        except InputError:
            return []

    def hint(self, words: str) -> str:
        """The nearest names."""
        try:
            self._record.who(words)
        except InputError as e:
            _, _, near = e.message.partition("; ")
            return near or "'qawl who' lists all"
        return ""

    def candidates(self, party: Party) -> Sequence[Party]:
        """Those that it may also be."""
        return [p for c in party.candidates for p in self.find(c.id)]

    def keep(self, decision: Decision) -> None:
        """Add it to the record, and settle all parties by it."""
        self.applied = self._record.decide(decision)
        number = self.known.all[-1].number
        self._console.note(f"{self.name}: decision {number} ({decision.do}) was added; --undo {number} takes it back")

    def close(self) -> None:
        """Close the record."""
        self._record.close()


def _readings(inputs: Sequence[str]) -> Iterator[tuple[str, Reading | InputError]]:
    """Readings one after the other, or what is wrong with a line."""
    from qawl.cli.streams import opened

    for path in inputs:
        try:
            with opened(path) as stream:
                for number, line in stream.lines():
                    where = f"{path}:{number}"
                    if isinstance(line, InputError):
                        yield where, line
                    elif line.strip():
                        yield where, _reading(line)
        except InputError as e:
            raise InputError(e.message, path) from None


def _reading(line: bytes) -> Reading | InputError:
    from qawl.formats import from_dict

    try:
        obj = json.loads(line)
        if not isinstance(obj, dict) or "schema" not in obj:
            return InputError(_GIVE)
        return from_dict(obj)
    except InputError as e:
        return e
    except (ValueError, RecursionError):
        return InputError(_GIVE)
