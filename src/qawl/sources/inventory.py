"""Who stands in a sentence: the mentions that may be the unexpressed subject of a later verb."""

from __future__ import annotations

from dataclasses import dataclass

from qawl.arabic.gazetteer import gazetteer
from qawl.sources.mentions import Mention, parse_mention
from qawl.statements.mentions import classes, is_stop, mention_end
from qawl.statements.parsed import Parsed
from qawl.statements.people import people

__all__ = ["Standing", "mentions_in"]

_NAMES = frozenset({"place", "body", "medium"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A mention and where it stands, by token indices ``[first, last)``."""

    first: int
    last: int
    mention: Mention


def mentions_in(p: Parsed, first: int, last: int) -> list[Standing]:
    """The mentions of people, offices and bodies in tokens ``[first, last)``, in order, none inside another."""
    out: list[Standing] = []
    form = p.tok.form
    k = first
    while k < last:
        f = form[k]
        if f[0].isalpha() and _opens(p, k):
            end = mention_end(p, k, last)
            if end > k:
                m = parse_mention(p, p.tok.span(k, end))
                if m.name or m.definite:
                    out.append(Standing(k, end, m))
                    k = end
                    continue
        k += 1
    return out


def _opens(p: Parsed, k: int) -> bool:
    """Whether a mention begins at token `k`."""
    f = p.tok.form[k]
    everyone = people(p)
    if f in everyone.words or everyone.begins(k) is not None:
        return True
    if is_stop(f):
        return False
    known = classes(f)
    if "title" in known or known & _NAMES or any(c.startswith("source:") for c in known):
        return True
    return gazetteer().longest_body(p.tok.form, k) is not None
