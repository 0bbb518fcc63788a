"""The registry: readings in, one party per real-world person or body out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from qawl.identity.clusters import Cluster, class_of, lasting, name_words, state
from qawl.identity.party import Candidate, Party, Ref, Sighting, sightings
from qawl.identity.rules import Maybe, clusters_of
from qawl.model import Reading

__all__ = ["Registry", "aliases_of", "hashed", "own_id"]

_LENGTH = 12  # hexadecimal digits of an id: 48 bits, and ids that meet all the same are told apart
_MOST = 10  # candidates of one party
_NARROWED = 0.5  # what one identity has to which the knowledge base narrowed a source down; several share it


class Registry:
    """Sources of many articles, and the parties that they are.

    No text is kept: of each source its name, its role, its statements' number and their first words.
    """

    def __init__(self) -> None:
        self._articles: dict[str, tuple[Sighting, ...]] = {}

    def __len__(self) -> int:
        """Number of articles."""
        return len(self._articles)

    def add(self, reading: Reading) -> None:
        """Takes in an article with its sources. The same text counts once, however often it is added.

        Parameters
        ----------
        reading : Reading
            Its sources need not be identified.
        """
        self.take(reading.article.sha256, sightings(reading))

    def take(self, sha256: str, found: Sequence[Sighting]) -> None:
        """Takes in the sources of an article, as `sightings` gives them: for those who keep them.

        Parameters
        ----------
        sha256 : str
            Of its text.
        found : sequence of Sighting
            Each with this text in its reference.
        """
        known = self._articles.get(sha256)
        if known is None or _rank(found) < _rank(known):
            self._articles[sha256] = tuple(found)

    def parties(self) -> tuple[Party, ...]:
        """One party per real-world person or body, by id; the same whatever the order in which articles were added.

        Returns
        -------
        tuple of Party
            Every source is in exactly one.

        Raises
        ------
        DataError
            If a data file of the package is missing or malformed.
        """
        clusters, maybes = clusters_of(m for ms in self._articles.values() for m in ms)
        ids = _ids(clusters)
        party_of = {m.ref: id_ for c, (id_, _) in zip(clusters, ids, strict=True) for m in c.members}
        candidates = _candidates(party_of, maybes)
        made = (
            Party(id_, tuple(c.members), _of(c, id_, candidates), aliases_of(id_, c.members), base)
            for c, (id_, base) in zip(clusters, ids, strict=True)
        )
        return tuple(sorted(made, key=lambda p: p.id))


def _rank(found: Sequence[Sighting]) -> tuple[bool, str, tuple[Sighting, ...]]:
    """Which of two readings of one text to keep: that with the earliest day, then in an order of no meaning."""
    day = min((m.day for m in found if m.day), default="~")
    return not found, day, tuple(found)


def hashed(*parts: str) -> str:
    """The digits of an id."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def own_id(m: Sighting) -> str:
    """The id of a source if it were a party alone.

    Parameters
    ----------
    m : Sighting
        The source.

    Returns
    -------
    str
        Its identity; else, of a full name, what comes of kind, name and state; else what comes of its reference.
    """
    what, words = class_of(m), name_words(m)
    if what == "single":
        return _bound(m)
    if m.identity:
        return m.identity
    return _named(what, words, state(m)) if lasting(m) else _bound(m)


def _named(what: str, words: Sequence[str], of: str) -> str:
    return f"{what[0]}-{hashed(what, ' '.join(words), of)}"


def _bound(m: Sighting) -> str:
    return f"{'u' if class_of(m) == 'single' else class_of(m)[0]}-{hashed(m.kind, *m.ref)}"


def aliases_of(id_: str, members: Iterable[Sighting]) -> tuple[str, ...]:
    """The ids that the sources of a party would have alone, other than its own."""
    return tuple(sorted({own_id(m) for m in members} - {id_}))


def _ids(clusters: Sequence[Cluster]) -> list[tuple[str, str]]:
    """The id of each cluster, and what it is before namesakes are told apart.

    The namesake who is seen first keeps the plain id, so that one who comes up later does not change it.
    """
    bases = [_base(c) for c in clusters]
    sharing: dict[str, list[int]] = {}
    for n, base in enumerate(bases):
        sharing.setdefault(base, []).append(n)
    ids = list(bases)
    for base, numbers in sharing.items():
        if len(numbers) > 1:
            numbers.sort(key=lambda n: _earliest(clusters[n]))
            for n in numbers[1:]:
                ids[n] = f"{base[:2]}{hashed(base, *_earliest(clusters[n])[1])}"
    return list(zip(ids, bases, strict=True))


def _base(c: Cluster) -> str:
    if c.identity:
        return c.identity
    named = [m for m in c.members if lasting(m)]
    if not named:
        return _bound(c.members[0])
    first = min(named, key=lambda m: (m.day or "~", m.ref))
    of = next(iter(c.states)) if len(c.states) == 1 else ""
    return _named(class_of(first), name_words(first), of)


def _earliest(c: Cluster) -> tuple[str, Ref]:
    return min((m.day or "~", m.ref) for m in c.members)


def _candidates(party_of: Mapping[Ref, str], maybes: Iterable[Maybe]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for a, b, sure in maybes:
        mine, other = party_of[a], party_of[b]
        if mine != other:
            known = found.setdefault(mine, {})
            known[other] = max(sure, known.get(other, 0.0))
    return found


def _of(c: Cluster, id_: str, candidates: Mapping[str, Mapping[str, float]]) -> tuple[Candidate, ...]:
    """The candidates of a party: other parties, and identities to which the knowledge base narrowed it down."""
    found = dict(candidates.get(id_, {}))
    if not c.identity:
        for x in sorted(c.asked):
            found[x] = max(found.get(x, 0.0), round(_NARROWED / len(c.asked), 2))
    ranked = sorted(found.items(), key=lambda x: (-x[1], x[0]))
    return tuple(Candidate(x, sure) for x, sure in ranked[:_MOST])
