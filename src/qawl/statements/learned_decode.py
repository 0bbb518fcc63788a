"""From scores to stretches: the content and the speaker that fit a cue best, as whole segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qawl.statements.learned_net import Floats

__all__ = ["Segments", "best_segments", "likeliest_or_none"]

_NONE = np.float32(-1e4)
_STARTS, _ENDS = 5, 9  # edges that are weighed against each other
_FOUND, _EXACT = (
    (1, 2),
    (9, 10),
)  # Jaccard index, as a fraction, from which a content counts as found, and as found exactly


class Segments:
    """The best stretch of each window and its chances.

    Attributes
    ----------
    first, last : array of int, shape (n,)
        Columns of its first and last word; 0, -1 where the window has none.
    found, exact : array of float, shape (n,)
        Chance that it overlaps the true one by half, and by nine tenths.
    """

    __slots__ = ("exact", "first", "found", "last")

    def __init__(
        self, first: NDArray[np.int64], last: NDArray[np.int64], found: NDArray[np.float64], exact: NDArray[np.float64]
    ) -> None:
        self.first, self.last, self.found, self.exact = first, last, found, exact


def _edges(scores: Floats, allowed: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Scores of starts and ends such that a stretch scores their sum (what lies between is in them)."""
    inside = np.where(allowed, scores[..., 2], 0)
    total = np.cumsum(inside, 1)
    a = np.where(allowed, scores[..., 0] - (total - inside), _NONE)
    b = np.where(allowed, scores[..., 1] + total, _NONE)
    return a.astype(np.float64), b.astype(np.float64)


def best_segments(scores: Floats, allowed: NDArray[np.bool_], letters: NDArray[np.int64]) -> Segments:
    """The stretch of each window that most likely overlaps the true one well.

    Stretches are weighed by their chance: one between two likely ones can be the best guess though neither of
    them is certain (a minimum-risk choice for the two thresholds of the scorer).

    Parameters
    ----------
    scores : array of float, shape (n, width, 3)
        Of starting, ending and lying inside.
    allowed : array of bool, shape (n, width)
        Where a stretch may start and end.
    letters : array of int, shape (n, width)
        Letters of each word: what overlap is counted in; at least 1 where `allowed`.
    """
    a, b = _edges(scores, allowed)
    n = len(a)
    upto = np.logaddexp.accumulate(a, axis=1)
    norm = np.logaddexp.reduce(b + upto, axis=1)
    onward = np.logaddexp.accumulate(b[:, ::-1], axis=1)[:, ::-1]
    starts = np.argsort(-(a + onward), axis=1, kind="stable")[:, :_STARTS]
    ends = np.argsort(-(b + upto), axis=1, kind="stable")[:, :_ENDS]
    row = np.arange(n)[:, None]
    s = np.repeat(starts, ends.shape[1], 1)
    e = np.tile(ends, (1, starts.shape[1]))
    log_p = a[row, s] + b[row, e] - norm[:, None]
    real = (s <= e) & allowed[row, s] & allowed[row, e]
    p = np.where(real, np.exp(np.minimum(log_p, 0)), 0)
    size = np.cumsum(letters, 1)
    left, right = (size - letters)[row, starts], size[row, ends]
    found = _overlapping(left, right, p, *_FOUND)
    exact = _overlapping(left, right, p, *_EXACT)
    # The chance itself breaks ties, so that the likeliest edge is kept among nearly equal stretches.
    choice = np.argmax(np.where(real, found + exact + 0.3 * p, -1), axis=1)
    pick = np.arange(n), choice
    none = ~real[pick]
    return Segments(
        np.where(none, 0, s[pick]),
        np.where(none, -1, e[pick]),
        np.where(none, 0, found[pick]),
        np.where(none, 0, exact[pick]),
    )


def _overlapping(
    left: NDArray[np.int64], right: NDArray[np.int64], p: NDArray[np.float64], part: int, whole: int
) -> NDArray[np.float64]:
    """For each start with each end the chance of all stretches whose Jaccard index with it is ``part / whole`` or more.

    Two stretches share the letters from the later start to the earlier end, and cover those from the earlier start to
    the later end: that shared / covered is great enough is a sum of what the ends say and what the starts say.
    """
    by_ends = whole * np.minimum(right[:, :, None], right[:, None]) - part * np.maximum(
        right[:, :, None], right[:, None]
    )
    by_starts = whole * np.maximum(left[:, :, None], left[:, None]) - part * np.minimum(left[:, :, None], left[:, None])
    # Laid out so that the longest stretch of numbers is compared at a stroke.
    by_ends, by_starts = np.tile(by_ends, left.shape[1]), np.repeat(by_starts, right.shape[1], 2)
    enough = (by_ends[:, None] >= by_starts[:, :, None]).reshape(*p.shape, -1)
    return (enough.astype(np.float64) @ p[:, :, None])[:, :, 0]


def likeliest_or_none(
    scores: Floats, allowed: NDArray[np.bool_], none: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last column of the likeliest stretch of each window; 0, -1 where none at all is likelier.

    Parameters
    ----------
    scores, allowed : arrays
        As in `best_segments`.
    none : array of float, shape (n,)
        Score of there being none.
    """
    a, b = _edges(scores, allowed)
    upto = np.logaddexp.accumulate(a, axis=1)
    norm = np.logaddexp.reduce(b + upto, axis=1)
    best = np.maximum.accumulate(a, axis=1)
    last = np.argmax(b + best, axis=1)
    pick = np.arange(len(a)), last
    row = np.arange(a.shape[1])
    first = np.argmax(np.where(row[None] <= last[:, None], a, -np.inf), axis=1)
    silent = (norm < none) | ~allowed[pick]
    return np.where(silent, 0, first), np.where(silent, -1, last)
