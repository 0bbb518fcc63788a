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

__all__ = [
    "Holding", "Late", "Office", "OfficeHolder", "groups", "holding_of", "index", "office_of_row", "person_of", "table",
]  # fmt: skip

_Raw = TypeVar("_Raw")
_Made = TypeVar("_Made")


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


class Late(Mapping[str, _Made], Generic[_Raw, _Made]):
    """Values by key, each made of its raw one when it is looked up.

    Parameters
    ----------
    raw : dict
        What the values are made of.
    make : callable
        Makes one.
    """

    def __init__(self, raw: dict[str, _Raw], make: Callable[[_Raw], _Made]) -> None:
        self._raw = raw
        self._make = make
        self._made: dict[str, _Made] = {}

    def __getitem__(self, key: str) -> _Made:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(self._raw[key])
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def table(name: str, columns: int, make: Callable[[list[str]], _Made]) -> Late[str, _Made]:
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
    raw = {line.partition("\t")[0]: line for line in _lines(name)}
    return Late(raw, lambda line: make(_cells(line, columns, name)))


def groups(column: int) -> Late[list[str], list[Holding]]:
    """The rows of ``holders.tsv`` by one of their first two columns: 0 the office, 1 the person."""
    raw: dict[str, list[str]] = {}
    for line in _lines("holders"):
        raw.setdefault(line.split("\t", 2)[column], []).append(line)
    size = len(Holding._fields)
    return Late(raw, lambda lines: [holding_of(_cells(line, size, "holders")) for line in lines])


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
