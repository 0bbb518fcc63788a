"""The tables of the knowledge base of offices, read as far as they are asked for.

They are large, and an article asks for few of their rows: a table is cut into lines, and a line becomes an object when
it is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Generic, NamedTuple, TypeVar

from qawl.model import DataError

__all__ = ["Groups", "Holding", "Office", "OfficeHolder", "Table", "holding_of", "index", "office_of_row", "person_of"]

_Row = TypeVar("_Row")


class OfficeHolder(NamedTuple):
    """A person of ``people.tsv``; the fields are its columns, lists as tuples."""

    id: str
    name: str
    variants: tuple[str, ...]
    short: tuple[str, ...]
    gender: str
    en: str
    qid: str
    source: str


class Office(NamedTuple):
    """An office of ``offices.tsv``; the fields are its columns, lists as tuples, `one` for seats."""

    id: str
    kind: str
    of: str
    phrases: tuple[str, ...]
    one: bool
    as_of: str
    en: str
    qid: str
    source: str


class Holding(NamedTuple):
    """That a person held an office.

    Parameters
    ----------
    office, person : str
        Their ids.
    start, end : str
        ISO 8601, as exact as known; ``""`` for an open end.
    acting : bool
        Whether as a caretaker.
    source : str
        Where the row comes from.
    """

    office: str
    person: str
    start: str
    end: str
    acting: bool
    source: str


class Table(Mapping[str, _Row], Generic[_Row]):
    """The rows of a table by their first column.

    Parameters
    ----------
    name : str
        Of the file under ``qawl.data``, without suffix.
    columns : int
        How many it has.
    make : callable
        Makes an object of the cells of a row.

    Raises
    ------
    DataError
        If the file is missing or, when it is looked up, a row has another number of columns.
    """

    def __init__(self, name: str, columns: int, make: Callable[[list[str]], _Row]) -> None:
        self._name = name
        self._columns = columns
        self._make = make
        self._lines = {line.partition("\t")[0]: line for line in _lines(name)}
        self._made: dict[str, _Row] = {}

    def __getitem__(self, key: str) -> _Row:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(_cells(self._lines[key], self._columns, self._name))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class Groups(Mapping[str, list[Holding]]):
    """The rows of ``holders.tsv`` by one of their first two columns: 0 the office, 1 the person."""

    def __init__(self, column: int) -> None:
        self._lines: dict[str, list[str]] = {}
        for line in _lines("holders"):
            self._lines.setdefault(line.split("\t", 2)[column], []).append(line)
        self._made: dict[str, list[Holding]] = {}

    def __getitem__(self, key: str) -> list[Holding]:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = [holding_of(_cells(line, 6, "holders")) for line in self._lines[key]]
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def person_of(cells: list[str]) -> OfficeHolder:
    """A person from the cells of a row."""
    id_, name, variants, short, gender, en, qid, source = cells
    return OfficeHolder(id_, name, _list(variants), _list(short), gender, en, qid, source)


def office_of_row(cells: list[str]) -> Office:
    """An office from the cells of a row."""
    id_, kind, of, phrases, seats, as_of, en, qid, source = cells
    return Office(id_, kind, of, _list(phrases), seats == "one", as_of, en, qid, source)


def holding_of(cells: list[str]) -> Holding:
    """A holding from the cells of a row."""
    office, person, start, end, acting, source = cells
    return Holding(office, person, start, end, acting == "yes", source)


@cache
def index() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """``office_index.tsv``: the ids of the offices of each title, and of the people of each short name.

    A title is its words as `qawl.sources.keys.role_key` gives them, sorted and parted by |; a name its words as
    `qawl.sources.keys.name_key` gives them, parted by spaces.
    """
    titles: dict[str, list[str]] = {}
    called: dict[str, list[str]] = {}
    for line in _lines("office_index"):
        kind, key, ids = _cells(line, 3, "office_index")
        (titles if kind == "title" else called)[key] = ids.split("|")
    return titles, called


def _lines(name: str) -> list[str]:
    """The rows of a table as lines, without comments and header."""
    try:
        text = resources.files("qawl.data").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise DataError(f"{name}.tsv: the data file is missing: reinstall qawl") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{name}.tsv: not UTF-8 at byte {error.start}") from error
    return [line for line in text.split("\n") if line and line[0] != "#"][1:]


def _cells(line: str, columns: int, name: str) -> list[str]:
    cells = line.split("\t")
    if len(cells) != columns:
        raise DataError(f"{name}.tsv: {len(cells)} columns where {columns} are expected: {line[:60]}")
    return cells


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
