"""Parties: real-world people and bodies over many articles, and the sources that they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from qawl.identity.names import is_nameless
from qawl.model import Kind, Reading, Source

__all__ = ["Candidate", "Party", "Ref", "Role", "Sighting", "sightings"]

Ref = tuple[str, str]
"""A source: the SHA-256 of its article's text, and its key there."""

_WORDS = 8  # of its first statement that are kept of a source


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A source of one article, without the article's text.

    Parameters
    ----------
    ref : Ref
        Which source.
    day : str
        The article's day, ISO 8601 as exact as known; ``""`` if unknown.
    doc, url, outlet : str
        Of the article.
    kind : Kind
        Of the source.
    name : str
        ``""`` for one that has an office or description only.
    role : str
        Office or description.
    office, of, identity, known_as, qid, candidates, confidence
        As for `qawl.model.Source`.
    statements : int
        How many are attributed to it.
    words : str
        The first words of the first of them; ``""`` without any.
    """

    ref: Ref
    day: str
    doc: str
    url: str
    outlet: str
    kind: Kind
    name: str
    role: str
    office: str = ""
    of: str = ""
    identity: str = ""
    known_as: str = ""
    qid: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 0.5
    statements: int = 0
    words: str = ""


def sightings(reading: Reading) -> tuple[Sighting, ...]:
    """The sources of an article, by their keys.

    Parameters
    ----------
    reading : Reading
        As read.
    """
    a = reading.article
    day = a.reference.iso[:10] if a.reference is not None else ""
    counts = Counter(s.who for s in reading.statements)
    first = {s.who: s for s in reversed(reading.statements)}
    found = []
    for key, source in sorted(reading.sources.items()):
        name, role = _name_and_role(source)
        said = first.get(key)
        words = "" if said is None else _start(reading.content_of(said))
        found.append(
            Sighting(
                (a.sha256, key), day, a.doc, a.url, a.outlet, source.kind, name, role, source.office, source.of,
                source.identity, source.known_as, source.qid, source.candidates, source.confidence, counts[key], words,
            )
        )  # fmt: skip
    return tuple(found)


def _name_and_role(source: Source) -> tuple[str, str]:
    # One who is named by his office only has it as his name in the article.
    if source.kind == "person" and not source.role and is_nameless(source.name):
        return "", source.name
    return source.name, source.role


def _start(text: str) -> str:
    words = text.split(None, _WORDS)
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


@dataclass(frozen=True, slots=True)
class Role:
    """A role that articles give to a party, and when.

    Parameters
    ----------
    text : str
        As the articles give it.
    office : str
        Its id in the knowledge base; ``""`` if it is none of those.
    first, last : str
        Days of the first and the last article that gives it; ``""`` if no day is known.
    articles : int
        How many give it.
    """

    text: str
    office: str
    first: str
    last: str
    articles: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who a party may be, too.

    Parameters
    ----------
    id : str
        Of another party, or an identity of the knowledge base.
    confidence : float
        From 0 to 1, set by hand in the order of what speaks for it.
    """

    id: str
    confidence: float


@dataclass(frozen=True)
class Party:
    """One real-world person or body over many articles. What is not a parameter is worked out of its sources.

    Parameters
    ----------
    id : str
        Its identity in the knowledge base (``person:ID``), or a letter and a hash of what it was made of.
    members : tuple of Sighting
        Its sources, in the order of their references.
    candidates : tuple of Candidate
        Who it may be, too, the likeliest first.
    aliases : tuple of str
        Other ids that its sources have or would have alone.
    base : str
        What its own sources have as id, before namesakes were told apart; a lock keeps by it.
    locked : bool
        Whether a person said that no rule may join it with another.
    origin : tuple of Party
        Where a person decided: the parties, as the rules made them, that its sources come from.
    """

    id: str
    members: tuple[Sighting, ...]
    candidates: tuple[Candidate, ...] = ()
    aliases: tuple[str, ...] = ()
    base: str = ""
    locked: bool = False
    origin: tuple[Party, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def identity(self) -> str:
        """Its identity in the knowledge base; ``""`` if unresolved."""
        return self.id if ":" in self.id else ""

    @cached_property
    def known_as(self) -> str:
        """Its name in the knowledge base; ``""`` if unresolved."""
        return _commonest(m.known_as for m in self._identified)

    @cached_property
    def qid(self) -> str:
        """Its Wikidata item; ``""`` if unresolved."""
        return _commonest(m.qid for m in self._identified)

    @cached_property
    def name(self) -> str:
        """What to call it: its name in the knowledge base, else the commonest in the articles, else a role."""
        return self.known_as or next((n for n, _ in self.names), "") or _commonest(m.role for m in self.members)

    @cached_property
    def kind(self) -> Kind:
        """What it is, in most articles."""
        counts = Counter(m.kind for m in self.members)
        return min(counts, key=lambda k: (-counts[k], k))

    @cached_property
    def names(self) -> tuple[tuple[str, int], ...]:
        """Its names in the articles, each with the number of articles, the commonest first."""
        counts = Counter(name for name, _ in {(m.name, m.ref[0]) for m in self.members if m.name})
        return tuple(sorted(counts.items(), key=lambda x: (-x[1], -len(x[0].split()), x[0])))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Its offices and roles over time, by their first day."""
        seen: dict[tuple[str, str], list[Sighting]] = {}
        for m in self.members:
            if m.role:
                seen.setdefault((m.role, m.office), []).append(m)
        roles = (Role(text, office, *_days(ms), len({m.ref[0] for m in ms})) for (text, office), ms in seen.items())
        return tuple(sorted(roles, key=lambda r: (r.first or "~", r.last, r.text, r.office)))

    @cached_property
    def of(self) -> tuple[str, ...]:
        """The states and bodies that it speaks for or belongs to, the commonest first."""
        counts = Counter(m.of for m in self.members if m.of)
        return tuple(sorted(counts, key=lambda x: (-counts[x], x)))

    @cached_property
    def sources(self) -> tuple[Ref, ...]:
        """References of its sources."""
        return tuple(m.ref for m in self.members)

    @cached_property
    def first(self) -> str:
        """Day of its first article; ``""`` if no day is known."""
        return _days(self.members)[0]

    @cached_property
    def last(self) -> str:
        """Day of its last article; ``""`` if no day is known."""
        return _days(self.members)[1]

    @cached_property
    def articles(self) -> int:
        """How many articles have it."""
        return len({m.ref[0] for m in self.members})

    @cached_property
    def statements(self) -> int:
        """How many statements are attributed to it."""
        return sum(m.statements for m in self.members)

    @cached_property
    def _identified(self) -> tuple[Sighting, ...]:
        return tuple(m for m in self.members if m.identity and m.identity == self.identity)


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v), default="")


def _days(members: Iterable[Sighting]) -> tuple[str, str]:
    days = sorted(m.day for m in members if m.day)
    return (days[0], days[-1]) if days else ("", "")
