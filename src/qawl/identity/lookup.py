"""Which parties a person means by a name, in Arabic or English, whole or in part."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from qawl.arabic.entries import bodies, media, places
from qawl.identity.clusters import class_of
from qawl.identity.names import body_name, person_words
from qawl.identity.party import Party
from qawl.sources.offices import offices
from qawl.sources.wikidata import english_key

__all__ = ["english_name", "find"]


def find(parties: Iterable[Party], query: str) -> list[Party]:
    """The parties that a person may mean, those with the most statements first.

    Parameters
    ----------
    parties : iterable of Party
        All.
    query : str
        An id, present or former; a name, in Arabic or, of what is in the knowledge base, in English.

    Returns
    -------
    list of Party
        Those whose id it is; if there is none, those that are called so; if there is none, those whose name has all
        its words.
    """
    query = query.strip()
    persons, whole, english = person_words(query), body_name(query).words, tuple(english_key(query).split())
    found: list[list[Party]] = [[], [], [], []]
    for p in parties:
        names = _names(p)
        if query and query in (p.id, p.qid):
            found[0].append(p)
        elif query in p.aliases:
            found[1].append(p)
        elif any(q and q in names for q in (persons, whole, english)):
            found[2].append(p)
        elif any(q and set(q) <= set(name) for q in (persons, whole, english) for name in names):
            found[3].append(p)
    best = next((group for group in found if group), [])
    return sorted(best, key=lambda p: (-p.statements, -p.articles, p.id))


def english_name(identity: str) -> str:
    """The English name of an identity of the knowledge base; ``""`` if it has none.

    Parameters
    ----------
    identity : str
        As `qawl.model.Source.identity`.
    """
    what, _, name = identity.partition(":")
    if what == "person":
        return offices().people[name].en if name in offices().people else ""
    return _english().get(identity, "")


@cache
def _english() -> dict[str, str]:
    found = {f"state:{p.iso2 or p.name}": p.en for p in places() if p.kind in ("state", "territory")}
    found |= {f"body:{b.name}": b.en for b in bodies()}
    return found | {f"media:{m.name}": m.en for m in media()}


def _names(p: Party) -> set[tuple[str, ...]]:
    """The words of all its names; of one without a name, of its roles."""
    body = class_of(p.members[0]) == "body"
    texts = [p.known_as, *(name for name, _ in p.names)]
    texts = [t for t in texts if t] or [r.text for r in p.roles]
    found = {body_name(t).words if body else person_words(t) for t in texts}
    return (found | {_english_words(p.identity)}) - {()}


@lru_cache(maxsize=65536)
def _english_words(identity: str) -> tuple[str, ...]:
    return tuple(english_key(english_name(identity)).split()) if identity else ()
