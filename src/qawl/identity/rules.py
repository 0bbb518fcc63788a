"""The rules that make sources of many articles one, surest first; their outcome does not hang on any order.

Each rule looks at all that the rule before it left, and joins only where exactly one way is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from qawl.identity.clusters import Cluster, class_of, conflict, lasting, merged, name_words, parted, state
from qawl.identity.names import body_name, same_spelling, sound, telling
from qawl.identity.party import Ref, Sighting

__all__ = ["Maybe", "clusters_of"]

Maybe = tuple[Ref, Ref, float]
"""That the party of one source may be the party of another, and how sure that is."""

Words = tuple[str, ...]

# Confidence of candidates; set by hand, in the order of what speaks for them.
_APART, _UNTOLD = 0.2, 0.5  # one name: something speaks against it; nothing does, but there are several
_SPELLING = 0.4
_LAST_AND_ROLE, _LAST = 0.6, 0.3
_MOST = 5  # candidates of one party


def clusters_of(sources: Iterable[Sighting]) -> tuple[list[Cluster], list[Maybe]]:
    """Sources as people and bodies.

    Parameters
    ----------
    sources : iterable of Sighting
        In any order.

    Returns
    -------
    list of Cluster
        Each source is in exactly one.
    list of Maybe
        What could not be told.
    """
    anchors: dict[str, list[Sighting]] = {}
    singles: list[Cluster] = []
    people: list[Sighting] = []
    bodies: list[Sighting] = []
    lasts: list[Sighting] = []
    for m in sorted(sources):
        what, words = class_of(m), name_words(m)
        if m.identity and what != "single":
            anchors.setdefault(m.identity, []).append(m)
        elif lasting(m):
            (bodies if what == "body" else people).append(m)
        elif what == "person" and words:
            lasts.append(m)
        else:
            singles.append(Cluster([m]))
    known = [Cluster(ms, identity) for identity, ms in sorted(anchors.items())]
    maybes: list[Maybe] = []
    persons = [c for c in known if class_of(c.members[0]) == "person"]
    others = [c for c in known if class_of(c.members[0]) != "person"]
    found = _of_one_name(persons, people, maybes)
    found = _with_last_names(_respelt(found, maybes), lasts, maybes)
    return [*singles, *found, *_of_one_name(others, bodies, maybes)], maybes


def _may_be(a: Cluster, b: Cluster, sure: float, maybes: list[Maybe]) -> None:
    maybes.append((a.members[0].ref, b.members[0].ref, sure))


# -- the same full name -------------------------------------------------------------------------------------------


def _of_one_name(known: Sequence[Cluster], named: Sequence[Sighting], maybes: list[Maybe]) -> list[Cluster]:
    """Joins sources of one name with each other, and with the identity that bears it."""
    bearers: dict[Words, list[Cluster]] = {}
    for c in known:
        for name in sorted(c.names):
            bearers.setdefault(name, []).append(c)
    by_name: dict[Words, dict[object, list[Sighting]]] = {}
    for m in named:
        told = (state(m), m.office, telling(m.role), m.candidates)
        by_name.setdefault(name_words(m), {}).setdefault(told, []).append(m)
    joining: dict[str, list[Cluster]] = {}
    fresh: list[Cluster] = []
    for name in sorted(by_name):
        alike = [*bearers.get(name, ()), *map(Cluster, by_name[name].values())]
        persons = class_of(alike[-1].members[0]) == "person"
        texts = {m.name for ms in by_name[name].values() for m in ms}
        found = parted(alike, persons=persons, trusting=persons or all(body_name(x).tells == "alone" for x in texts))
        for c in found:
            if c.identity:
                joining.setdefault(c.identity, []).append(c)
            else:
                fresh.append(c)
        _may_be_each_other(found, persons, maybes)
    whole = [c for k in known for c in _joined(k, joining.get(k.identity, ()))]
    return [*whole, *fresh]


def _joined(known: Cluster, joining: Sequence[Cluster]) -> list[Cluster]:
    """An identity with the sources of all its names; the identity and they, if they do not go together."""
    own = {m.ref for m in known.members}
    rests = [[m for m in c.members if m.ref not in own] for c in joining]
    others = [Cluster(rest) for rest in rests if rest]
    return [known, *others] if conflict([known, *others]) else [merged([known, *others])]


def _may_be_each_other(group: Sequence[Cluster], persons: bool, maybes: list[Maybe]) -> None:
    """Namesakes are candidates of each other; not so the ministries of two states."""
    ranked = sorted(group, key=lambda c: (-len(c.members), c.members[0]))
    for c in ranked:
        for other in [x for x in ranked[: _MOST + 1] if x is not c][:_MOST]:
            apart = conflict([c, other])
            if persons or not apart:
                _may_be(c, other, _APART if apart else _UNTOLD, maybes)


# -- spellings of one name ----------------------------------------------------------------------------------------


def _respelt(people: Sequence[Cluster], maybes: list[Maybe]) -> list[Cluster]:
    """Joins people whose names are spellings of one, and who have the same office or role."""
    tied: list[tuple[int, int]] = []
    for a, b in _spelt_alike(people):
        if people[a].shares(people[b]):
            tied.append((a, b))
        sure = _APART if conflict([people[a], people[b]]) else _SPELLING
        _may_be(people[a], people[b], sure, maybes)
        _may_be(people[b], people[a], sure, maybes)
    out: list[Cluster] = []
    for numbers in _connected(len(people), tied):
        group = [people[n] for n in numbers]
        out += group if len(group) == 1 or conflict(group) else [merged(group)]
    return out


def _spelt_alike(people: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """The numbers of two people who have names that differ in their spelling only."""
    by_sound: dict[Words, list[tuple[int, Words]]] = {}
    for n, c in enumerate(people):
        for name in sorted(c.names):
            by_sound.setdefault(sound(name), []).append((n, name))
    found: set[tuple[int, int]] = set()
    for bearers in by_sound.values():
        spellings: dict[Words, list[int]] = {}
        for n, name in bearers:
            spellings.setdefault(name, []).append(n)
        for x, y in combinations(sorted(spellings), 2):
            if same_spelling(x, y):
                found |= {(min(a, b), max(a, b)) for a in spellings[x] for b in spellings[y] if a != b}
    yield from sorted(found)


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers below `count` in groups that pairs connect."""
    head = list(range(count))

    def top(n: int) -> int:
        while head[n] != n:
            head[n] = n = head[head[n]]
        return n

    for a, b in pairs:
        a, b = top(a), top(b)
        head[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for n in range(count):
        groups.setdefault(top(n), []).append(n)
    return list(groups.values())


# -- last names ---------------------------------------------------------------------------------------------------


def _with_last_names(people: Sequence[Cluster], lasts: Sequence[Sighting], maybes: list[Maybe]) -> list[Cluster]:
    """Joins each source whose name is one word to the only person with that last name and its office or role."""
    bearers: dict[str, list[tuple[int, str]]] = {}
    for n, c in enumerate(people):
        for last in sorted({name[-1] for name in c.names}):
            bearers.setdefault(sound((last,))[0], []).append((n, last))
    joins: dict[int, list[Cluster]] = {}
    alone: list[Cluster] = []
    for alike in _told_alike(lasts):
        first = alike[0]
        near = bearers.get(sound(name_words(first.members[0]))[0], ())
        fitting, same = _bearers_of(first, people, near)
        if len(same) == 1:
            joins.setdefault(same[0], []).extend(alike)
            continue
        alone += alike
        ranked = sorted(same or fitting, key=lambda n: (-len(people[n].members), people[n].members[0]))
        sure = round((_LAST_AND_ROLE if same else _LAST) / max(1, len(ranked)), 2)
        for n in ranked[:_MOST]:
            for c in alike:
                _may_be(c, people[n], sure, maybes)
    out: list[Cluster] = []
    for n, p in enumerate(people):
        joining = joins.get(n, [])
        if joining and not conflict([p, *joining]):
            out.append(merged([p, *joining]))
            continue
        out += [p, *joining]
        for c in joining:
            _may_be(c, p, _LAST_AND_ROLE, maybes)
    return [*out, *alone]


def _told_alike(lasts: Sequence[Sighting]) -> Iterator[list[Cluster]]:
    """Sources of which the same is told, each as a cluster: who may be one of them may be each."""
    found: dict[object, list[Cluster]] = {}
    for m in lasts:
        told = (name_words(m), state(m), m.office, m.day if m.office else "", telling(m.role), m.candidates)
        found.setdefault(told, []).append(Cluster([m]))
    yield from found.values()


def _bearers_of(c: Cluster, people: Sequence[Cluster], near: Iterable[tuple[int, str]]) -> tuple[list[int], list[int]]:
    """The numbers of those who may have the last name of `c`, and of those among them who have its office or role."""
    word = name_words(c.members[0])
    alike = sorted({n for n, last in near if same_spelling(word, (last,))})
    fitting = [n for n in alike if not conflict([people[n], c])]
    return fitting, [n for n in fitting if people[n].shares(c)]
