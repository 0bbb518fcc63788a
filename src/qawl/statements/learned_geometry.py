"""How a word stands to the cue it may belong to: distance, sentence, quotation, other cues between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["AFTER", "BEFORE", "DISTANCES", "RELATIONS", "distance_rows", "relations", "windows"]

BEFORE, AFTER = 32, 120  # tokens before and after a cue where its content and speaker are sought
_EXACT = 10  # distances that have a row of their own; longer ones share rows
RELATIONS = 10


def _bucket(distance: int) -> int:
    size = abs(distance)
    row = size if size <= _EXACT else _EXACT + 1 + int(np.log2(size / _EXACT) * 3)
    return 2 * row + (distance < 0)


_ROWS = np.array([_bucket(d) for d in range(-BEFORE, AFTER + 1)], np.int64)
DISTANCES = int(_ROWS.max()) + 2


def distance_rows(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row of the distance table for each distance in tokens (negative: before the cue)."""
    return _ROWS[np.clip(distance, -BEFORE, AFTER) + BEFORE]


def windows(anchors: NDArray[np.int64], bounds: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The positions around each anchor in its paragraph, and which of them are real.

    Parameters
    ----------
    anchors : array of int, shape (n,)
        Positions of cues.
    bounds : array of int, shape (length, 2)
        First and last (exclusive) position of the paragraph of each position.

    Returns
    -------
    tuple of arrays, shape (n, width)
        Positions, those beyond the window repeated from its last, and False for these.
    """
    low = np.maximum(bounds[anchors, 0], anchors - BEFORE)
    high = np.minimum(bounds[anchors, 1], anchors + AFTER + 1)
    width = int((high - low).max()) if len(anchors) else 1
    at = low[:, None] + np.arange(width)
    real = at < high[:, None]
    return np.minimum(at, high[:, None] - 1).astype(np.int64), real


def relations(
    anchors: NDArray[np.int64],
    at: NDArray[np.int64],
    sentence: NDArray[np.int32],
    quote: NDArray[np.int32],
    chance: NDArray[np.float32],
) -> NDArray[np.float32]:
    """How each position of each window stands to its anchor, as `RELATIONS` numbers.

    Parameters
    ----------
    anchors, at : arrays
        As in and from `windows`.
    sentence, quote : arrays of int, shape (length,)
        Sentence and innermost quotation (-1: none) of each position.
    chance : array of float, shape (length,)
        How likely each position is a cue.
    """
    n, width = at.shape
    out = np.zeros((n, width, RELATIONS), np.float32)
    i = anchors[:, None]
    step = sentence[at] - sentence[i]
    out[..., 0] = step == 0
    out[..., 1] = step == 1
    out[..., 2] = step > 1
    out[..., 3] = step < 0
    same = quote[at] == quote[i]
    out[..., 4] = same & (quote[i] >= 0)
    out[..., 5] = ~same & (quote[i] >= 0)
    total = np.cumsum(chance, dtype=np.float64)
    before = total - chance
    after = at > i
    between = np.where(after, total[at] - total[i], before[i] - before[at])
    out[..., 6] = np.minimum(between, 3.0) / 3.0
    out[..., 7] = between > 0.5
    out[..., 8] = at == i
    out[..., 9] = after
    return out
