"""Matters: what stances are about, gathered across wordings by the curated patterns of ``matters.tsv``.

«وقف إطلاق النار», «وقف فوري وشامل لإطلاق النار» and «لوقف إطلاق النار» are one matter. The
notation of the patterns is that of `qawl.positions.patterns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from qawl.arabic.tables import read_table
from qawl.model import DataError, Sign
from qawl.positions.patterns import Found, Patterns

__all__ = ["Match", "Matter", "find_matters", "matter", "matters", "matters_of"]

_PHRASE = 12  # tokens of a phrase whose words count wherever they stand


@dataclass(frozen=True, slots=True)
class Matter:
    """A question of policy on which one can stand for or against.

    Parameters
    ----------
    id : str
        Its id, stable between versions (``ceasefire``).
    parent : str
        The id of the broader matter that it belongs to; ``""`` for a field («الاقتصاد»).
    ar, en : str
        Its label: what one is for or against.
    counts : str
        How being for it counts for its parent: ``+`` for it, ``-`` against it, ``""`` not at all.
    """

    id: str
    parent: str
    ar: str
    en: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Words that name a matter.

    Parameters
    ----------
    first, last : int
        Indices of the words, ``[first, last)``.
    matter : str
        Id of the matter.
    sign : Sign
        ``+`` where wanting what the words name is being for the matter, ``-`` where it is being against it.
    pattern : str
        As it stands in ``matters.tsv``.
    """

    first: int
    last: int
    matter: str
    sign: Sign
    pattern: str


@cache
def matters() -> dict[str, Matter]:
    """All curated matters by id, in the order of ``matters.tsv``.

    Raises
    ------
    DataError
        If an id comes twice or a parent is missing.
    """
    rows = read_table("matters")
    out = {row["id"]: Matter(row["id"], row["parent"], row["ar"], row["en"], row["counts"]) for row in rows}
    if len(out) != len(rows):
        raise DataError("matters.tsv: an id comes twice")
    for m in out.values():
        if m.parent and m.parent not in out:
            raise DataError(f"matters.tsv: {m.id}: no such parent: {m.parent!r}")
        if m.counts not in ("", "+", "-"):
            raise DataError(f"matters.tsv: {m.id}: counts is +, - or empty")
        above = m
        for _ in out:
            if not above.parent:
                break
            above = out[above.parent]
        else:
            raise DataError(f"matters.tsv: {m.id}: its parents go round in a circle")
    return out


def matter(id_: str) -> Matter:
    """The matter with an id.

    Raises
    ------
    KeyError
        If there is none.
    """
    return matters()[id_]


@cache
def _patterns() -> Patterns[tuple[str, Sign, str]]:
    """The patterns, each with its matter, its sign and itself."""
    out: Patterns[tuple[str, Sign, str]] = Patterns("matters.tsv")
    for row in read_table("matters"):
        for pattern in _parts(row["patterns"]):
            out.add(pattern, (row["id"], "+", pattern))
        for pattern in _parts(row["against"]):
            out.add(pattern, (row["id"], "-", pattern))
    return out


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def find_matters(forms: Sequence[str]) -> list[Match]:
    """The matters that some words name; of matches that overlap, the one of more words, then of the narrower matter.

    Parameters
    ----------
    forms : sequence of str
        Folded tokens, punctuation among them.

    Returns
    -------
    list of Match
        In the order of the words; no two share a word.
    """
    return _best(_patterns().find(forms))


def matters_of(forms: Sequence[str]) -> list[Match]:
    """The matters that a phrase names by words anywhere in it: for phrases in which `find_matters` finds none.

    Parameters
    ----------
    forms : sequence of str
        Its folded tokens.
    """
    return _best(_patterns().scattered(forms)) if len(forms) <= _PHRASE else []


def _best(candidates: Iterable[Found[tuple[str, Sign, str]]]) -> list[Match]:
    """Of matches that overlap the one of more words, then the closer one, then that of the narrower matter."""
    found = sorted(candidates, key=lambda f: (-f.words, f.last - f.first, -_depth(f.value[0]), f.first))
    taken: set[int] = set()
    out = []
    for f in found:
        words = range(f.first, f.last)
        if taken.isdisjoint(words):
            taken.update(words)
            out.append(Match(f.first, f.last, *f.value))
    return sorted(out, key=lambda m: m.first)


@cache
def _depth(id_: str) -> int:
    """How many broader matters hold a matter."""
    parent = matters()[id_].parent
    return 1 + _depth(parent) if parent else 0
