"""Sources that are taken together, what is known of them, and what speaks against their being one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

from qawl.identity.names import body_name, person_words, role_words, state_of, telling
from qawl.identity.party import Sighting

__all__ = ["Class", "Cluster", "class_of", "conflict", "lasting", "merged", "name_words", "parted", "state"]

Class = Literal["person", "body", "single"]

_CLASSES: dict[str, Class] = {
    "person": "person", "organization": "body", "state": "body", "group": "body", "media": "body",
}  # fmt: skip
_EVER = ("", "~")  # the days of what has no day: "~" stands after all digits


def class_of(m: Sighting) -> Class:
    """What a source is to the rules: unnamed sources and documents are bound to their article, ``single``."""
    return _CLASSES.get(m.kind, "single")


def name_words(m: Sighting) -> tuple[str, ...]:
    """The words of a source's name to compare."""
    return _words(class_of(m), m.name)


def lasting(m: Sighting) -> bool:
    """Whether a source's name may stand for it in other articles, too: no last name alone, no «الشركة»."""
    return _lasting(class_of(m), m.name)


def _words(what: Class, name: str) -> tuple[str, ...]:
    return body_name(name).words if what == "body" else person_words(name)


def _lasting(what: Class, name: str) -> bool:
    if what == "body":
        return body_name(name).tells != "nothing"
    return what == "person" and len(person_words(name)) > 1


def state(m: Sighting) -> str:
    """The state of a source; ``""`` if it is not known."""
    return _state(class_of(m), m.name, m.role, m.of)


@lru_cache(maxsize=65536)
def _state(what: Class, name: str, role: str, of: str) -> str:
    if what == "body":
        its = body_name(name)
        # A body that is no state's belongs to itself.
        return its.state or state_of("" if body_name(of).words == its.words else of, role_words(role))
    return state_of(of, role_words(role))


class Cluster:
    """Sources that are one person or body.

    Parameters
    ----------
    members : iterable of Sighting
        At least one.
    identity : str
        In the knowledge base; ``""`` if unresolved.

    Attributes
    ----------
    states : set of str
        Their states.
    offices : dict of str to tuple of str
        Their offices, with the first and the last day on which they are given.
    roles : set of frozenset of str
        Those roles that tell.
    asked : frozenset of str
        Identities to which the knowledge base narrowed them down; empty if it did not.
    """

    __slots__ = ("asked", "identity", "members", "offices", "roles", "states")

    def __init__(self, members: Iterable[Sighting], identity: str = "") -> None:
        self.members = sorted(members)
        self.identity = identity
        self.states = {x for m in self.members if (x := state(m))}
        self.roles = {words for m in self.members if (words := telling(m.role))}
        self.offices: dict[str, tuple[str, str]] = {}
        for m in self.members:
            if m.office:
                _widen(self.offices, m.office, (m.day, m.day + "~") if m.day else _EVER)
        asked = [frozenset(m.candidates) for m in self.members if m.candidates]
        self.asked = frozenset.union(*asked) if asked else frozenset()

    @property
    def names(self) -> set[tuple[str, ...]]:
        """The names that may stand for it in other articles, too, that in the knowledge base among them."""
        what = class_of(self.members[0])
        known = {m.known_as for m in self.members if m.known_as and m.identity == self.identity}
        return {_words(what, name) for name in known | {m.name for m in self.members} if _lasting(what, name)}

    def shares(self, other: Cluster) -> bool:
        """Whether both have an office or a telling role in common."""
        return not (self.roles.isdisjoint(other.roles) and self.offices.keys().isdisjoint(other.offices))


_Tie = Callable[[Cluster], object]


def merged(clusters: Sequence[Cluster]) -> Cluster:
    """All of them as one."""
    identity = next((c.identity for c in clusters if c.identity), "")
    return Cluster((m for c in clusters for m in c.members), identity)


def conflict(clusters: Sequence[Cluster]) -> bool:
    """Whether something speaks against clusters of one name being one.

    Two identities; different states; different offices on overlapping days; an identity that is none of those to
    which the knowledge base narrowed another down. What one identity has is no conflict: a person may hold two offices.
    """
    known = [c for c in clusters if c.identity]
    if len({c.identity for c in known}) > 1:
        return True
    others = [c for c in clusters if not c.identity]
    states = {x for c in others for x in c.states}
    own = known[0].states if known else set[str]()
    if len(states) > 1 or (own and not states <= own):
        return True
    if known and any(c.asked and known[0].identity not in c.asked for c in others):
        return True
    return _overlapping(others, known)


def _overlapping(others: Sequence[Cluster], known: Sequence[Cluster]) -> bool:
    days: dict[str, tuple[str, str]] = {}
    for c in (*others, *known):
        for office, span in c.offices.items():
            _widen(days, office, span)
    sure = {office for c in known for office in c.offices}
    pairs = combinations(sorted(days), 2)
    return any(_meet(days[a], days[b]) for a, b in pairs if not (a in sure and b in sure))


def _widen(days: dict[str, tuple[str, str]], office: str, span: tuple[str, str]) -> None:
    first, last = days.get(office, span)
    days[office] = (min(first, span[0]), max(last, span[1]))


def _meet(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def parted(clusters: Sequence[Cluster], *, persons: bool, trusting: bool = True) -> list[Cluster]:
    """Clusters of one name as one if nothing speaks against it; else apart, tied by what tells namesakes apart.

    Once two bear the name, a bare name could be of either: it stays alone unless its state, its office or a telling
    role is that of one of them only.

    Parameters
    ----------
    clusters : sequence of Cluster
        All of one name.
    persons : bool
        Whether of people, who have offices and roles.
    trusting : bool
        Whether the name alone tells enough where nothing speaks against it.
    """
    ties: tuple[_Tie, ...] = (_by_state, _by_office, _by_role) if persons else (_by_state,)
    groups = _split(list(clusters), ties, trusting)
    if len(groups) == 1:
        return [merged(groups[0])]
    return _attached([merged(g) for g in groups])


def _split(clusters: list[Cluster], ties: Sequence[_Tie], trusting: bool) -> list[list[Cluster]]:
    if trusting and not conflict(clusters):
        return [clusters]
    if not ties:
        return [[one] for c in clusters for one in _singles(c)]
    tied: dict[object, list[Cluster]] = {}
    loose: list[Cluster] = []
    for c in clusters:
        key = ties[0](c)
        (tied.setdefault(key, []) if key else loose).append(c)
    groups = [g for key in tied for g in _split(tied[key], ties[1:], True)]
    return groups + (_split(loose, ties[1:], False) if loose else [])


def _singles(c: Cluster) -> list[Cluster]:
    return [c] if c.identity else [Cluster([m]) for m in c.members]


def _by_state(c: Cluster) -> object:
    return next(iter(c.states)) if len(c.states) == 1 else ""


def _by_office(c: Cluster) -> object:
    return next(iter(c.offices)) if len(c.offices) == 1 else ""


def _by_role(c: Cluster) -> object:
    return next(iter(c.roles)) if len(c.roles) == 1 else frozenset()


def _attached(clusters: list[Cluster]) -> list[Cluster]:
    """Joins those whose state is not known to the only other one that has their office or role."""
    placed = [c for c in clusters if c.states or c.identity]
    joins: dict[int, list[Cluster]] = {}
    left = []
    for c in clusters:
        if c.states or c.identity:
            continue
        fitting = [k for k, p in enumerate(placed) if p.shares(c) and not conflict([p, c])]
        if len(fitting) == 1:
            joins.setdefault(fitting[0], []).append(c)
        else:
            left.append(c)
    out: list[Cluster] = []
    for k, p in enumerate(placed):
        mine = [p, *joins.get(k, ())]
        out += mine if conflict(mine) else [merged(mine)]
    return out + left
