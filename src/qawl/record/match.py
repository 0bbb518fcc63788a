"""What a query asks for, and how each database and a reader's eye are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qawl.model import Span
from qawl.record.terms import Term, terms

__all__ = ["And", "Node", "Or", "Phrase", "Query", "fts5", "highlights", "tsquery"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; a single word is a phrase of one.

    Parameters
    ----------
    wordings : tuple of tuple of str
        The sequences of keys that it may be, the likeliest first; none is empty.
    prefix : bool
        Whether the last key need only be how the word's key starts.
    """

    wordings: tuple[tuple[str, ...], ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`, at least one, and none of `but`."""

    parts: tuple[Node, ...]
    but: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `parts`."""

    parts: tuple[Node, ...]


Node = Phrase | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query, parsed.

    Parameters
    ----------
    text : str
        As the user wrote it.
    root : Phrase or And or Or
        What it asks for; negation stands only in `And.but`.
    """

    text: str
    root: Node


def fts5(query: Query) -> str:
    """The query for SQLite.

    Parameters
    ----------
    query : Query
        From `parse`.

    Returns
    -------
    str
        The right side of ``MATCH`` for an FTS5 table of one column with ``tokenize='ascii'``, whose rows are the keys
        of a text joined by spaces (SQLite documentation, "FTS5 Extension", section 3). Every key stands in double
        quotes.
    """
    return _fts5(query.root)[0]


# How close the operators of FTS5 bind, an operand closest.
_OR, _AND, _NOT, _OPERAND = range(4)


def _fts5(node: Node) -> tuple[str, int]:
    """The expression, and what binds it.

    The parser of SQLite has a stack of 100 entries: so what nests deepest goes first, where it needs the fewest, and no
    parentheses are written that can be left out.
    """
    if isinstance(node, Phrase):
        star = " *" if node.prefix else ""
        wordings = [" + ".join(f'"{key}"' for key in keys) + star for keys in node.wordings]
        return " OR ".join(wordings), _OR if len(wordings) > 1 else _OPERAND
    parts = sorted(node.parts, key=_depth, reverse=True)
    if isinstance(node, Or):
        return " OR ".join(_fts5(part)[0] for part in parts), _OR
    if not node.but:
        return " AND ".join(_within(part, _AND) for part in parts), _AND
    but = _within(node.but[0] if len(node.but) == 1 else Or(node.but), _OPERAND)
    # NOT binds closest: «a NOT b AND c» is «(a NOT b) AND c», which is the same as «(a AND c) NOT b».
    first, *others = [_within(part, _OPERAND if i == 0 else _AND) for i, part in enumerate(parts)]
    return " AND ".join([f"{first} NOT {but}", *others]), _AND if others else _NOT


def _within(node: Node, least: int) -> str:
    """The expression, in parentheses if it binds less than `least`."""
    expression, binds = _fts5(node)
    return expression if binds >= least else f"({expression})"


def _depth(node: Node) -> int:
    if isinstance(node, Phrase):
        return int(len(node.wordings) > 1)
    below = (*node.parts, *node.but) if isinstance(node, And) else node.parts
    return 1 + max(map(_depth, below))


def tsquery(query: Query) -> str:
    """The query for PostgreSQL.

    Parameters
    ----------
    query : Query
        From `parse`.

    Returns
    -------
    str
        What a cast to ``tsquery`` reads (PostgreSQL documentation, section 8.11.2), to be matched with a ``tsvector``
        of a text's keys at their positions, counted from 1. Every key stands in single quotes.
    """
    return _tsquery(query.root)


def _tsquery(node: Node) -> str:
    if isinstance(node, Phrase):
        star = ":*" if node.prefix else ""
        return _either([_either([f"'{key}'" for key in keys], " <-> ", star) for keys in node.wordings], " | ")
    if isinstance(node, Or):
        return _either([_tsquery(part) for part in node.parts], " | ")
    parts = [_tsquery(part) for part in node.parts] + [f"!{_tsquery(part)}" for part in node.but]
    return _either(parts, " & ")


def _either(parts: list[str], joint: str, last: str = "") -> str:
    """The parts joined, in parentheses if they are several; `last` follows the last part."""
    joined = joint.join(parts) + last
    return f"({joined})" if len(parts) > 1 else joined


def highlights(query: Query, text: str) -> list[Span]:
    """What of a text a query matched.

    Parameters
    ----------
    query : Query
        From `parse`.
    text : str
        The text, as it was given to `terms`.

    Returns
    -------
    list of Span
        Whole words as written, a phrase as one span, without what is asked not to be there; in order, none overlapping
        another. A part of the query is shown wherever it stands, whether or not the whole query matches.
    """
    found = terms(text)
    by_key: dict[str, list[int]] = {}
    for i, term in enumerate(found):
        by_key.setdefault(term.key, []).append(i)
    ranges = sorted({r for phrase in _wanted(query.root) for r in _occurrences(phrase, found, by_key)})
    spans: list[Span] = []
    last = -1  # the last word of the last span
    for first, end in ranges:
        if first <= last:
            spans[-1] = Span(spans[-1].start, found[max(last, end - 1)].end)
        else:
            spans.append(Span(found[first].start, found[end - 1].end))
        last = max(last, end - 1)
    return spans


def _wanted(node: Node) -> Iterator[Phrase]:
    """The phrases asked to be there."""
    if isinstance(node, Phrase):
        yield node
    else:
        for part in node.parts:
            yield from _wanted(part)


def _occurrences(phrase: Phrase, found: list[Term], by_key: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """Where the phrase stands: first word, and the one after the last."""
    for keys in phrase.wordings:
        starts: list[int] = by_key.get(keys[0], [])
        if phrase.prefix and len(keys) == 1:
            starts = [i for key, places in by_key.items() if key.startswith(keys[0]) for i in places]
        for i in starts:
            here = [term.key for term in found[i : i + len(keys)]]
            if phrase.prefix and len(here) == len(keys) and here[-1].startswith(keys[-1]):
                here[-1] = keys[-1]
            if here == list(keys):
                yield i, i + len(keys)
