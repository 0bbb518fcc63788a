"""Who stands in a sentence: the mentions that may be the unexpressed subject of a later verb."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.gazetteer import gazetteer
from qawl.model import Span
from qawl.sources.keys import body_key, portfolio
from qawl.sources.mentions import Mention, parse_mention
from qawl.statements.mentions import classes, is_stop, mention_end
from qawl.statements.parsed import Parsed, initials
from qawl.statements.people import People, people

__all__ = ["Standing", "Standings", "headed_before"]

_WINDOW = 3  # words: names that differ from no word before the fourth are rare
_LONGEST_BODY = 8  # tokens
_NAMES = frozenset({"place", "body", "medium"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A mention and where it stands, by token indices ``[first, last)``."""

    first: int
    last: int
    mention: Mention


class Standings:
    """The mentions of people, offices and bodies in tokens ``[first, last)``, found as far as they are asked for."""

    __slots__ = ("_found", "_k", "_last", "_p", "_people")

    def __init__(self, p: Parsed, first: int, last: int) -> None:
        self._p = p
        self._people = people(p)
        self._k = first
        self._last = last
        self._found: list[Standing] = []

    def before(self, token: int) -> list[Standing]:
        """Those that end at `token` or before it, in order, none inside another."""
        while self._k < min(token, self._last):
            self._step()
        return [x for x in self._found if x.last <= token]

    def first(self, n: int) -> list[Standing]:
        """The first `n`."""
        while self._k < self._last and len(self._found) < n:
            self._step()
        return self._found[:n]

    def _step(self) -> None:
        p, k = self._p, self._k
        self._k = k + 1
        if p.tok.form[k][0].isalpha() and _opens(p, self._people, k) and (end := mention_end(p, k, self._last)) > k:
            m = parse_mention(p, p.tok.span(k, end))
            if m.name or m.definite:
                self._found.append(Standing(k, end, m))
                self._k = end


def headed_before(p: Parsed, m: Mention, at: int) -> Mention | None:
    """The last body before offset `at` that a lone noun heads: «الوزارة» after «مقر وزارة النقل النورية»."""
    form = p.tok.form
    head = m.name_words[0]
    for k in range(p.at(at) - 1, -1, -1):
        if not form[k][0].isalpha() or k + 1 >= len(form) or head not in _stems(form[k]):
            continue
        if portfolio(form[k]) and "nisba" not in classes(form[k + 1]):
            continue  # «التعليم» alone is no ministry
        span = p.tok.span(k, max(mention_end(p, k, min(len(form), k + _LONGEST_BODY)), k + 1))
        joined = form[k][0] in "وبل" and form[k] not in initials()
        found = parse_mention(p, Span(span.start + joined, span.end))
        if found.kind == "organization" and len(found.name_words) > 1 and found.name_words[0] == head:
            return found
    return None


@lru_cache(maxsize=65536)
def _stems(form: str) -> tuple[str, ...]:
    """The words that `body_key` can make the first of a body whose mention begins with a word."""
    bare = form[1:] if form[0] in "وبل" and form not in initials() and classes(form[1:]) else form
    if bare.endswith(("ها", "هم", "ته", "نا")):
        return ()
    return () if bare == form and form.startswith("ال") and not portfolio(form) else body_key([bare])[:1]


def _opens(p: Parsed, everyone: People, k: int) -> bool:
    """Whether a mention begins at token `k`."""
    f = p.tok.form[k]
    if f in everyone.words or _heads(tuple(p.tok.form[k : k + _WINDOW])):
        return True
    return everyone.begins(k) is not None


@lru_cache(maxsize=65536)
def _heads(forms: tuple[str, ...]) -> bool:
    """Whether the first of some words is the head of a mention, or begins a name that the gazetteer knows."""
    if is_stop(forms[0]):
        return False
    known = classes(forms[0])
    if "title" in known or known & _NAMES or any(c.startswith("source:") for c in known):
        return True
    return gazetteer().longest_body(forms, 0) is not None
