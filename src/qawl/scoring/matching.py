"""Pairs of gold and predicted statements: by the letters that their contents share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from qawl.scoring.names import fold

__all__ = ["EXACT", "FOUND", "Pair", "overlap", "pairs"]

FOUND = 0.5
"""Jaccard index of letters from which a statement counts as found."""
EXACT = 0.9
"""Jaccard index of letters from which it counts as found exactly."""

Pair = tuple[int, int]
"""Index of the gold statement, index of the predicted one."""

_COMPLEMENTIZERS = frozenset({"ان", "بان", "وان", "فان"})
_FIRST_WORD = re.compile(r"\W*(\w+)\s")
# A pair whose cues overlap wins over an equal one whose cues do not.
_SAME_CUE = 0.001


def overlap(a: Sequence[int] | None, b: Sequence[int] | None) -> bool:
    """Whether two ``[start, end)`` offsets, either of which may be missing, share a character."""
    return bool(a and b) and min(a[1], b[1]) > max(a[0], b[0])  # type: ignore[index]


def _letters(text: str, content: Sequence[Sequence[int]]) -> frozenset[int]:
    """Offsets of the letters and digits of a content; a leading complementizer («أن») does not count."""
    offsets: set[int] = set()
    for start, end in content:
        first = _FIRST_WORD.match(text[start:end])
        if first and fold(first.group(1)) in _COMPLEMENTIZERS:
            start += first.end()
        offsets.update(i for i in range(max(start, 0), min(end, len(text))) if text[i].isalnum())
    return frozenset(offsets)


def _one_to_one(candidates: Sequence[tuple[float, int, int]]) -> list[Pair]:
    gold: set[int] = set()
    predicted: set[int] = set()
    chosen: list[Pair] = []
    for _, i, j in candidates:
        if i not in gold and j not in predicted:
            gold.add(i)
            predicted.add(j)
            chosen.append((i, j))
    return chosen


def pairs(
    text: str, gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]]
) -> tuple[list[Pair], list[Pair]]:
    """Match statements one to one, the best overlap first; of equal ones the first in their order.

    Parameters
    ----------
    text : str
        The article that all offsets point into.
    gold, predicted : sequence of dict
        Statements in the standoff format.

    Returns
    -------
    found, exact : list of Pair
        Matched independently at `FOUND` and at `EXACT`, the best first.
    """
    gold_letters = [_letters(text, s["content"]) for s in gold]
    predicted_letters = [_letters(text, s["content"]) for s in predicted]
    found: list[tuple[float, int, int]] = []
    exact: list[tuple[float, int, int]] = []
    for i, a in enumerate(gold_letters):
        for j, b in enumerate(predicted_letters):
            shared = len(a & b)
            # The union is len(a) + len(b) - shared: no need to build it.
            if not shared or (jaccard := shared / (len(a) + len(b) - shared)) < FOUND:
                continue
            rank = jaccard + _SAME_CUE * overlap(gold[i].get("cue"), predicted[j].get("cue"))
            found.append((rank, i, j))
            if jaccard >= EXACT:
                exact.append((rank, i, j))
    for candidates in (found, exact):
        candidates.sort(key=lambda c: -c[0])
    return _one_to_one(found), _one_to_one(exact)
