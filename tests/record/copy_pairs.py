"""How well copies of the invented stories are recognized: counts over all pairs of texts of one part of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from stories import Story, common_share, copies, stories

from qawl.record.copies import SHARED, fingerprints, is_copy

COPIES = 31  # of each story
_MAINLY = 0.6  # two copies are a pair if so much of the shorter comes from paragraphs that both took

Print = tuple[int, ...]


@dataclass
class Figures:
    """Counts of pairs: true ones and those found, by what they are; false ones and those taken for copies, likewise."""

    pairs: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    mistaken: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    candidates: float = 0.0  # other texts that share enough fingerprints with a text, copies of its story not counted

    @property
    def recall(self) -> float:
        return self.found.total() / self.pairs.total()

    @property
    def precision(self) -> float:
        return self.found.total() / (self.found.total() + self.mistaken.total())


@cache
def figures(part: str) -> Figures:
    """The figures of one part of the stories, the same in every run."""
    families = [(s, [s, *copies(s, COPIES)] if s.kind == "story" else [s]) for s in stories() if s.part == part]
    printed = [[fingerprints(text.body) for text in texts] for _, texts in families]
    out = Figures()
    for (_, texts), prints in zip(families, printed, strict=True):
        _count_family(out, texts, prints)
    met = 0
    for ((one, _), prints), ((other, _), more) in combinations(zip(families, printed, strict=True), 2):
        kind = _kind(one, other)
        out.others[kind] += len(prints) * len(more)
        for a, b in _candidates(prints, more):
            met += 2
            out.mistaken[kind] += is_copy(a, b)
    out.texts = sum(map(len, printed))
    out.candidates = met / out.texts
    return out


def _count_family(out: Figures, texts: list[Story], prints: list[Print]) -> None:
    for (n, a), (k, b) in combinations(enumerate(texts), 2):
        if n == 0 or common_share(a, b) >= _MAINLY:
            kind = "story and copy" if n == 0 else "copy and copy"
            out.pairs[kind] += 1
            out.found[kind] += is_copy(prints[n], prints[k])


def _candidates(some: list[Print], others: list[Print]) -> Iterator[tuple[Print, Print]]:
    """The pairs that share enough to be worth comparing; no other is taken for a copy."""
    sets = [set(b) for b in others]
    for a in some:
        for b, as_set in zip(others, sets, strict=True):
            if len(as_set.intersection(a)) >= SHARED:
                yield a, b


def _kind(a: Story, b: Story) -> str:
    if a.event != b.event:
        return "other stories"
    kinds = {a.kind, b.kind}
    return "template" if kinds == {"template"} else "follow-up" if "follow" in kinds else "same event"
