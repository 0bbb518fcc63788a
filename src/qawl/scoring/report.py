"""Figures over all articles, their uncertainty, and their breakdown."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qawl.scoring.standoff import same_text
from qawl.scoring.tally import Miss, Tally, count

__all__ = ["FIGURES", "Group", "Report", "score"]

_Ratio = tuple[str, str]

# Each figure is a count over another; the F1 figures combine two of them.
_RATIOS: dict[str, _Ratio] = {
    "attribution P": ("right", "pred"),
    "attribution R": ("right", "gold"),
    "found P": ("found", "pred"),
    "found R": ("found", "gold"),
    "source accuracy": ("right", "found"),
    "source accuracy, explicit": ("right explicit", "found explicit"),
    "source accuracy, implicit": ("right implicit", "found implicit"),
    "attribution recall, direct": ("right direct", "gold direct"),
    "attribution recall, indirect": ("right indirect", "gold indirect"),
    "attribution recall, mixed": ("right mixed", "gold mixed"),
    "cue accuracy": ("cue right", "found"),
    "mode accuracy": ("mode right", "found"),
    "act accuracy": ("act right", "found"),
    "nesting recall": ("nested right", "nested gold"),
    "stance P": ("stances right", "stances pred"),
    "stance R": ("stances right", "stances gold"),
}
_F1: dict[str, tuple[str, str, str]] = {
    "attribution F1": ("right", "pred", "gold"),
    "exact attribution F1": ("exact right", "pred", "gold"),
    "found F1": ("found", "pred", "gold"),
    "found exactly F1": ("exact", "pred", "gold"),
    "stance F1": ("stances right", "stances pred", "stances gold"),
}
FIGURES: tuple[str, ...] = (
    "attribution P", "attribution R", "attribution F1", "exact attribution F1",
    "found P", "found R", "found F1", "found exactly F1",
    "source accuracy", "source accuracy, explicit", "source accuracy, implicit",
    "attribution recall, direct", "attribution recall, indirect", "attribution recall, mixed",
    "cue accuracy", "mode accuracy", "act accuracy", "nesting recall",
    "stance P", "stance R", "stance F1",
)  # fmt: skip
"""The names of the figures, in the order in which they are shown."""

_RESAMPLES = 500
_SEED = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of the gold articles that share the value of a field.

    Parameters
    ----------
    value : str
        The value; ``""`` for articles without the field.
    articles, statements : int
        Number of gold articles and gold statements.
    figures : dict of str to float
        By the names of `FIGURES`, each from 0 to 1.
    """

    value: str
    articles: int
    statements: int
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """The accuracy of a prediction.

    Parameters
    ----------
    articles, gold, predicted : int
        Number of gold articles, gold statements and predicted statements.
    figures : dict of str to float
        By the names of `FIGURES`, each from 0 to 1; 0 where there is nothing to take it over.
    interval : tuple of float
        Lower and upper end of the 95% interval of *attribution F1*, by bootstrap over articles.
    groups : tuple of Group
        By the field asked for, in the order of its values; empty if none was asked for.
    errors : tuple of Miss
        Every disagreement, in the order of the articles; empty if not asked for.
    missing, unknown, differing : tuple of str
        ``doc`` of gold articles without prediction, of predictions without gold article, and of predictions
        whose ``sha256`` or ``text`` says that they were made from another text (their offsets mean nothing).
    """

    articles: int
    gold: int
    predicted: int
    figures: dict[str, float]
    interval: tuple[float, float]
    groups: tuple[Group, ...] = ()
    errors: tuple[Miss, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The figures, rounded to four places, with the counts and the interval; for JSON."""
        return {
            **_rounded(self.figures),
            "articles": self.articles,
            "gold statements": self.gold,
            "predicted": self.predicted,
            "attribution F1 95%": [round(end, 4) for end in self.interval],
        }


def score(
    gold: Iterable[Mapping[str, Any]],
    pred: Mapping[str, Mapping[str, Any]],
    *,
    by: str | None = None,
    errors: bool = False,
) -> Report:
    """Compare predictions with annotated articles.

    Parameters
    ----------
    gold : iterable of mapping
        Standoff dicts with their ``text``, as `qawl.scoring.parsed` gives them; read once.
    pred : mapping of str to mapping
        Standoff dicts by ``doc``. An article that is not in it counts as empty.
    by : str, optional
        A field of the gold articles (``outlet``) to break the figures down by.
    errors : bool
        Whether to list every disagreement.

    Returns
    -------
    Report
        The same for the same input, the bootstrap included (it is seeded).
    """
    misses: list[Miss] | None = [] if errors else None
    tallies: list[Tally] = []
    groups: defaultdict[str, list[Tally]] = defaultdict(list)
    docs: set[str] = set()
    missing: list[str] = []
    differing: list[str] = []
    for article in gold:
        doc = article["doc"]
        guess = pred.get(doc)
        if guess is None:
            missing.append(doc)
        elif not same_text(article, guess):
            differing.append(doc)
        docs.add(doc)
        tallies.append(count(article, guess or {}, misses))
        if by is not None:
            value = article.get(by)
            groups["" if value is None else str(value)].append(tallies[-1])
    total = _sum(tallies)
    return Report(
        articles=len(tallies),
        gold=total["gold"],
        predicted=total["pred"],
        figures=_figures(total),
        interval=_bootstrap(tallies),
        groups=tuple(_group(value, groups[value]) for value in sorted(groups)),
        errors=tuple(misses or ()),
        missing=tuple(missing),
        unknown=tuple(doc for doc in pred if doc not in docs),
        differing=tuple(differing),
    )


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.update(tally)
    return total


def _group(value: str, tallies: Sequence[Tally]) -> Group:
    total = _sum(tallies)
    return Group(value, len(tallies), total["gold"], _figures(total))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(right: int, predicted: int, gold: int) -> float:
    # Through precision and recall, not 2·right/(predicted + gold): equal but for the last bit, and the
    # figures are to be those of earlier measurements bit for bit.
    p, r = _ratio(right, predicted), _ratio(right, gold)
    return 2 * p * r / (p + r) if p + r else 0.0


def _figures(total: Tally) -> dict[str, float]:
    values = {name: _ratio(total[part], total[whole]) for name, (part, whole) in _RATIOS.items()}
    values |= {name: _f1(total[right], total[p], total[g]) for name, (right, p, g) in _F1.items()}
    return {name: values[name] for name in FIGURES}


def _bootstrap(tallies: Sequence[Tally]) -> tuple[float, float]:
    """The 95% interval of attribution F1 when articles are drawn anew with replacement (Efron 1979)."""
    counts = [(t["right"], t["pred"], t["gold"]) for t in tallies]
    draw = random.Random(_SEED).randrange
    samples = []
    for _ in range(_RESAMPLES):
        right = predicted = gold = 0
        for _ in counts:
            r, p, g = counts[draw(len(counts))]
            right, predicted, gold = right + r, predicted + p, gold + g
        samples.append(_f1(right, predicted, gold))
    samples.sort()
    # The ends of the middle 95%, by nearest rank: 13th and 488th of 500.
    low = _RESAMPLES * 25 // 1000
    return samples[low], samples[_RESAMPLES - 1 - low]
