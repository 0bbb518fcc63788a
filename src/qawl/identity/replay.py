"""Replays what a person decided over freshly computed parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qawl.identity.decisions import Decision, Decisions
from qawl.identity.party import Candidate, Party, Ref
from qawl.identity.registry import hashed, own_id

__all__ = ["Applied", "Problem", "apply"]

_SHOWN = 12  # digits of a SHA-256 in messages
_FEW = 3
_KEPT_OUT = 0.5  # that a source which a lock keeps out belongs to the locked party all the same


@dataclass(frozen=True, slots=True)
class Problem:
    """A decision that could not be carried out as it stands. It stays in force, for when its parties are back.

    Parameters
    ----------
    number : int
        Its line.
    message : str
        What is wrong, in one line.
    """

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Applied:
    """Parties after what a person decided.

    Parameters
    ----------
    parties : tuple of Party
        By id.
    problems : tuple of Problem
        In the order of the decisions.
    """

    parties: tuple[Party, ...]
    problems: tuple[Problem, ...]


def apply(decisions: Decisions, parties: Iterable[Party]) -> Applied:
    """Parties as the decisions that are in force make them.

    Parameters
    ----------
    decisions : Decisions
        In their order; each stands on what those before it made.
    parties : iterable of Party
        As `Registry.parties` gives them, or as this function did: it begins anew from what the rules had made.

    Returns
    -------
    Applied
        The same from the same decisions and sources.
    """
    state = _State({fresh.id: fresh for p in parties for fresh in (p.origin or (p,))})
    for decision in decisions.in_force():
        state.carry_out(decision)
    return Applied(state.parties(), tuple(state.problems))


class _State:
    """Which source is in which party, while decisions are replayed."""

    def __init__(self, fresh: dict[str, Party]) -> None:
        self.fresh = fresh
        self.groups: dict[str, set[Ref]] = {id_: set(p.sources) for id_, p in fresh.items()}
        self.group_of = {ref: id_ for id_, p in fresh.items() for ref in p.sources}
        self.home = dict(self.group_of)
        self.member = {m.ref: m for p in fresh.values() for m in p.members}
        self.merged_into: dict[str, str] = {}
        self.locked: set[str] = set()
        self.kept_out: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._bearers: dict[str, set[Ref]] | None = None

    def carry_out(self, d: Decision) -> None:
        """Does what one decision says, or notes why it cannot."""
        {"merge": self._merge, "split": self._split, "lock": self._lock}[d.do](d)

    # -- the decisions ----------------------------------------------------------------------------------------

    def _merge(self, d: Decision) -> None:
        found = list(dict.fromkeys(g for x in d.parties if (g := self._find(x, d)) is not None))
        if len(found) < 2:
            return
        known = [g for g in found if ":" in g]
        # An identity of the knowledge base stays; of several, or without any, the party that is named first.
        into = known[0] if len(known) == 1 else found[0]
        for g in found:
            if g != into:
                self._move(self.groups[g], into)
                self.merged_into[g] = into
                if g in self.locked:
                    self.locked.add(into)

    def _split(self, d: Decision) -> None:
        g = self._find(d.parties[0], d)
        if g is None:
            return
        gone = [ref for ref in d.sources if ref not in self.group_of]
        if gone:
            shown = ", ".join(f"{sha[:_SHOWN]}:{key}" for sha, key in gone[:_FEW]) + (", …" if len(gone) > _FEW else "")
            self._problem(d, f"no source is called {shown}")
        out = {ref for ref in d.sources if self.group_of.get(ref) == g}
        if out and out == self.groups[g]:
            self._problem(d, f"nothing of '{g}' would be left")
        elif out:
            self._part(g, out)

    def _lock(self, d: Decision) -> None:
        wanted = d.parties[0]
        g = self._find(wanted, d)
        if g is None:
            return
        kept = set(d.sources)
        if wanted not in self.groups and wanted not in self.merged_into:
            # The rules have joined it to another since.
            out = {ref for ref in self.groups[g] if ref in kept or own_id(self.member[ref]) == wanted}
            if out != self.groups[g]:
                self._create(wanted, out)
                self.kept_out[wanted] = g
                g = wanted
        else:
            self._expel(g, kept)
        self.locked.add(g)

    def _expel(self, g: str, kept: set[Ref]) -> None:
        """Takes out of a party what rules have joined to it and it does not keep."""
        own = {self.fresh[self.home[ref]].base for ref in self.groups[g]}
        out: dict[str, set[Ref]] = {}
        for ref in self.groups[g]:
            its = own_id(self.member[ref])
            if its not in own and ref not in kept:
                out.setdefault(its, set()).add(ref)
        for its in sorted(out):
            id_ = its if its not in self.groups else _part_id(its, out[its])
            self._create(id_, out[its])
            self.kept_out[id_] = g

    # -- parties in the making --------------------------------------------------------------------------------

    def _find(self, id_: str, d: Decision) -> str | None:
        """The party that an id means now; None, and a problem, if there is none or there are several."""
        while id_ not in self.groups and id_ in self.merged_into:
            id_ = self.merged_into[id_]
        if id_ in self.groups:
            return id_
        found = sorted({self.group_of[ref] for ref in self._bearing(id_)})
        if len(found) == 1:
            return found[0]
        several = ", ".join(found[:_FEW]) + (", …" if len(found) > _FEW else "")
        self._problem(d, f"'{id_}' is now several parties: {several}" if found else f"no party is called '{id_}' now")
        return None

    def _bearing(self, id_: str) -> set[Ref]:
        """The sources that have an id alone, or had it as the rules made the parties."""
        if self._bearers is None:
            self._bearers = {}
            for ref, m in self.member.items():
                for x in {own_id(m), self.home[ref]}:
                    self._bearers.setdefault(x, set()).add(ref)
        return self._bearers.get(id_, set())

    def _problem(self, d: Decision, message: str) -> None:
        self.problems.append(Problem(d.number, message))

    def _move(self, refs: Iterable[Ref], to: str) -> None:
        for ref in list(refs):
            left = self.groups[self.group_of[ref]]
            left.discard(ref)
            if not left:
                del self.groups[self.group_of[ref]]
            self.groups.setdefault(to, set()).add(ref)
            self.group_of[ref] = to

    def _create(self, id_: str, refs: set[Ref]) -> None:
        self.merged_into.pop(id_, None)
        self._move(refs, id_)

    def _part(self, g: str, out: set[Ref]) -> None:
        """Takes sources out of a party; what was joined by a merge gets its old id back."""
        rest = self.groups[g] - out
        left, mine = self._homes(rest), self._homes(out)
        id_ = self._free({h: n for h, n in mine.items() if h not in left}, g) or _part_id("|".join(sorted(mine)), out)
        if id_ == g:
            self._create(self._free(left, "") or _part_id("|".join(sorted(left)), rest), rest)
        else:
            self._create(id_, out)

    def _homes(self, refs: Iterable[Ref]) -> Counter[str]:
        """The parties in which the rules had put sources, with their number."""
        return Counter(self.home[ref] for ref in refs)

    def _free(self, homes: Mapping[str, int], g: str) -> str:
        """Which of some ids the sources with these homes may have: an identity, else that of most; ``""`` for none."""
        free = [h for h in homes if h == g or h not in self.groups]
        return min(free, key=lambda h: (":" not in h, -homes[h], h), default="")

    # -- the outcome ------------------------------------------------------------------------------------------

    def parties(self) -> tuple[Party, ...]:
        """All parties as they are now, by id."""
        return tuple(self._party(id_) for id_ in sorted(self.groups))

    def _party(self, id_: str) -> Party:
        homes = self._homes(self.groups[id_])
        origin = tuple(self.fresh[h] for h in sorted(homes))
        members = tuple(sorted(self.member[ref] for ref in self.groups[id_]))
        if homes.keys() == {id_} and len(members) == len(origin[0].members):
            aliases, base = origin[0].aliases, origin[0].base
        else:
            aliases = tuple(sorted(({own_id(m) for m in members} | homes.keys()) - {id_}))
            base = self.fresh[self._main(homes)].base
        candidates = self._candidates(id_, origin)
        return Party(id_, members, candidates, aliases, base, id_ in self.locked, origin)

    def _main(self, homes: Mapping[str, int]) -> str:
        return min(homes, key=lambda h: (-homes[h], h))

    def _candidates(self, id_: str, origin: Sequence[Party]) -> tuple[Candidate, ...]:
        """The candidates of the parties that one was made of, as what they are now."""
        found: dict[str, float] = {}
        if id_ in self.kept_out and self.kept_out[id_] in self.groups:
            found[self.kept_out[id_]] = _KEPT_OUT
        for c in (c for p in origin for c in p.candidates):
            if c.id in self.groups or c.id not in self.fresh:
                now = {c.id}
            else:
                now = {self.group_of[ref] for ref in self.fresh[c.id].sources}
            for x in now - {id_}:
                found[x] = max(found.get(x, 0.0), c.confidence)
        return tuple(Candidate(x, sure) for x, sure in sorted(found.items(), key=lambda x: (-x[1], x[0])))


def _part_id(of: str, refs: Iterable[Ref]) -> str:
    """The id of sources that leave a party, which stays as long as they are the same."""
    return f"s-{hashed(of, *(part for ref in sorted(refs) for part in ref))}"
