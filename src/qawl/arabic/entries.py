"""The entries of the gazetteer: the rows of its data files as types, and the functions that read them, once each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from qawl.arabic.tables import read_table
from qawl.model import DataError, Kind

__all__ = [
    "Body", "Forms", "GivenName", "Medium", "Place", "SourceNoun", "Title",
    "bodies", "given_names", "media", "places", "source_nouns", "titles",
]  # fmt: skip

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office, rank, honour, faith, profession or kinship; the fields are the columns of ``titles.tsv``."""

    title: str
    variants: Forms
    feminine: Forms
    plural: Forms
    kind: str
    takes_name: bool
    needs: str
    en: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """A state, territory, city, region or continent; the fields are the columns of ``places.tsv``."""

    name: str
    variants: Forms
    kind: str
    state: str
    nisba_m: Forms
    nisba_f: Forms
    nisba_plural: Forms
    gender: str
    metonym: bool
    iso2: str
    en: str
    weak: Forms
    note: str
    qid: str


@dataclass(frozen=True, slots=True)
class Body:
    """A named body; the fields are the columns of ``bodies.tsv``. Its `kind` is organization, state or group."""

    name: str
    variants: Forms
    kind: str
    state: str
    gender: str
    en: str
    weak: Forms
    note: str
    qid: str


@dataclass(frozen=True, slots=True)
class Medium:
    """A news outlet; the fields are the columns of ``media.tsv``."""

    name: str
    variants: Forms
    kind: str
    state: str
    en: str
    weak: Forms
    note: str


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name; `gender` is m, f or u (both)."""

    name: str
    variants: Forms
    gender: str


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A head noun that makes a mention a source of `kind`; the fields are the columns of ``source_nouns.tsv``."""

    noun: str
    plural: Forms
    feminine: Forms
    kind: Kind
    gender: str
    note: str


_Row = TypeVar("_Row")
# Columns of several forms parted by «|», and columns of yes and no.
_LISTS = frozenset({"variants", "feminine", "plural", "nisba_m", "nisba_f", "nisba_plural", "weak"})
_FLAGS = frozenset({"takes_name", "metonym"})
_RENAMED = {"class": "kind"}  # «class» cannot name a field


def _load(file: str, row: Callable[..., _Row], names: tuple[str, ...]) -> tuple[_Row, ...]:
    """The rows of `file` as `row`, whose fields are called `names`, in the order of the columns."""
    table = read_table(file)
    columns = tuple(_RENAMED.get(c, c) for c in table[0]) if table else names
    if columns != names:
        raise DataError(f"{file}.tsv: its columns are {', '.join(columns)} where {', '.join(names)} are expected")
    lists = [i for i, c in enumerate(columns) if c in _LISTS]
    flags = [i for i, c in enumerate(columns) if c in _FLAGS]
    rows: list[_Row] = []
    for cells in table:
        values: list[object] = [*cells.values()]
        for i in lists:
            cell = str(values[i])
            values[i] = tuple(cell.split("|")) if cell else ()
        for i in flags:
            values[i] = values[i] == "yes"
        rows.append(row(*values))
    return tuple(rows)


@cache
def titles() -> tuple[Title, ...]:
    """The rows of ``titles.tsv``, in the order of the file (as do the functions after this one)."""
    return _load("titles", Title, Title.__match_args__)


@cache
def places() -> tuple[Place, ...]:
    """The rows of ``places.tsv``."""
    return _load("places", Place, Place.__match_args__)


@cache
def bodies() -> tuple[Body, ...]:
    """The rows of ``bodies.tsv``."""
    return _load("bodies", Body, Body.__match_args__)


@cache
def media() -> tuple[Medium, ...]:
    """The rows of ``media.tsv``."""
    return _load("media", Medium, Medium.__match_args__)


@cache
def given_names() -> tuple[GivenName, ...]:
    """The rows of ``given_names.tsv``."""
    return _load("given_names", GivenName, GivenName.__match_args__)


@cache
def source_nouns() -> tuple[SourceNoun, ...]:
    """The rows of ``source_nouns.tsv``."""
    return _load("source_nouns", SourceNoun, SourceNoun.__match_args__)
