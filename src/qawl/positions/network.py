"""The network of acts and stances in numpy: it reads each statement once more, on the extractor's vectors.

Convolutions over the statement's words, from which two heads read: one tags the targets of stances (BIO tags with the
sign, decoded by Viterbi), one pools the words by attention and tells the act. Several networks, alike but for the seed
they were trained from, are averaged. Trained by ``training/train_positions.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from qawl.model import ACTS, MODES, DataError
from qawl.positions.windows import DISTANCES, ROLES, Window
from qawl.statements.learned_net import Row, convolved, normal
from qawl.statements.parsed import Vectors

__all__ = ["FORMAT", "TAGS", "Network", "network", "targets"]

FORMAT = 2
TAGS = 5
"""Outside, first and further words of a target that is wanted, the same of one that is rejected."""

_FILE = "positions.npz"
_LEAST = np.float32(1e-12)  # chance of a tag
_STEPS = (1, 2, 4, 1)  # dilations
Floats = NDArray[np.float32]


class Network:
    """The network, ready to read statements.

    Parameters
    ----------
    arrays : mapping of str to array
        As ``training/train_positions.py`` writes them; those of the n-th member begin with its number.

    Raises
    ------
    DataError
        If an array is missing or the format is another one.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        try:
            if int(arrays["format"]) != FORMAT:
                raise DataError(f"{_FILE}: format {int(arrays['format'])}, but {FORMAT} is read")
            floats = {k: v.astype(np.float32) for k, v in arrays.items() if "." in k}
            self.bias, self.linear = float(arrays["bias"]), float(arrays["linear"])
            self._members = [_Member(floats, f"{n}.") for n in range(int(arrays["members"]))]
        except (KeyError, ValueError, TypeError, IndexError) as e:
            raise DataError(f"{_FILE}: {e}") from None
        if not self._members:
            raise DataError(f"{_FILE}: it holds no network")

    def read(self, windows: Sequence[Window], known: Sequence[int], vectors: Vectors) -> tuple[list[Floats], Floats]:
        """Log chances of tags and scores of acts.

        Parameters
        ----------
        windows : sequence of Window
            The statements, at least one.
        known : sequence of int
            Of each the act that the lexicon gives it, as its place in `ACTS`.
        vectors : Vectors
            Those of the article.

        Returns
        -------
        tuple of (list of array, array)
            For each window (words, `TAGS`); (windows, acts).
        """
        laid = _laid_out(windows)
        read = [member.read(windows, known, vectors, laid) for member in self._members]
        tags: Floats = np.log(np.maximum(np.mean([np.exp(t) for t, _ in read], 0), _LEAST))
        acts: Floats = np.mean([a for _, a in read], 0)
        return np.split(tags, laid.row.starts[1:]), acts


@dataclass(frozen=True, slots=True)
class _Laid:
    """All windows in one row, and of each of their words its token, role and distance."""

    row: Row
    tokens: NDArray[np.int64]
    role: NDArray[np.int64]
    distance: NDArray[np.int64]


def _laid_out(windows: Sequence[Window]) -> _Laid:
    row = Row(np.array([w.last - w.first for w in windows]))
    first = np.array([w.first for w in windows]) - row.starts
    role = np.concatenate([w.role for w in windows])
    distance = np.concatenate([w.distance for w in windows])
    return _Laid(row, np.arange(len(role)) + first[row.owner], role, distance)


class _Member:
    """One of the networks; its arrays are those whose names begin with `prefix`."""

    def __init__(self, floats: Mapping[str, Floats], prefix: str) -> None:
        self._net = {k.removeprefix(prefix): v for k, v in floats.items() if k.startswith(prefix)}
        if self._net["distance"].shape[0] != DISTANCES or self._net["act"].shape[1] != len(ACTS):
            raise ValueError("made for another version")
        self._tried()

    def _tried(self) -> None:
        """Reads one word, so that weights that are cut short or missing are found before an article is read."""
        one = np.zeros(1, np.int64)
        width = self._net["within"].shape[0]
        vectors = Vectors(np.zeros((1, width), np.float32), np.zeros((1, width), np.float32))
        windows = [Window(0, 1, np.ones(1, np.int64), one, mode) for mode in range(len(MODES))]
        for known in range(len(ACTS)):
            tags, _ = self.read(windows, [known] * len(windows), vectors, _laid_out(windows))
        role = self._net["role"]
        if tags.shape[1] != TAGS or len(role) != ROLES or role.shape[1] != self._net["distance"].shape[1]:
            raise ValueError("made for another version")

    def read(
        self, windows: Sequence[Window], known: Sequence[int], vectors: Vectors, laid: _Laid
    ) -> tuple[Floats, Floats]:
        """Log chances of the tags of all words, and scores of acts."""
        net, row = self._net, laid.row
        whole = net["mode"][[w.mode for w in windows]] + net["known"][list(known)]
        # Windows overlap: each word of the article is projected once.
        words = vectors.within @ net["within"]
        words += vectors.alone @ net["alone"]
        z: Floats = words.take(laid.tokens, 0)
        z += net["role"].take(laid.role, 0) + net["distance"].take(laid.distance, 0) + whole.take(row.owner, 0)
        np.maximum(z, 0, out=z)
        for n, d in enumerate(_STEPS):
            z += convolved(normal(z), d, net[f"step{n}"], net[f"step{n}_bias"], row)
        tags = _log_softmax(z @ net["tag"] + net["tag_bias"])
        pooled = self._pooled(z, row, (laid.role == 1) | (laid.role == 2))
        hidden = np.maximum(np.concatenate([pooled, whole], 1) @ net["hidden"] + net["hidden_bias"], 0)
        acts: Floats = hidden @ net["act"] + net["act_bias"]
        return tags, acts

    def _pooled(self, z: Floats, row: Row, own: NDArray[np.bool_]) -> Floats:
        """Each statement's own words in one vector (all, if none is): by attention, and the greatest of each number."""
        kept = np.flatnonzero(own | ~np.logical_or.reduceat(own, row.starts)[row.owner])
        z, owner, starts = z[kept], row.owner[kept], np.searchsorted(kept, row.starts)
        score = z @ self._net["look"] + self._net["look_bias"]
        score = np.exp(score - np.maximum.reduceat(score, starts)[owner])
        score /= np.add.reduceat(score, starts)[owner]
        seen = [np.add.reduceat(z * score[:, k, None], starts) for k in range(score.shape[1])]
        return np.concatenate([*seen, np.maximum.reduceat(z, starts)], 1)


def targets(tags: Floats, bias: float) -> list[tuple[int, int, int, float]]:
    """The likeliest targets of a statement: first word, word after the last, sign, and how likely it is.

    Parameters
    ----------
    tags : array, shape (words, `TAGS`)
        Log chances.
    bias : float
        What is taken from the log chance of being outside: the greater, the more targets.
    """
    scores = [[outside - bias, *inside] for outside, *inside in tags.tolist()]
    if all(row[0] >= max(row) for row in scores):
        return []  # being outside is the likeliest everywhere, so it is altogether
    path = _likeliest(scores)
    out = []
    at = 0
    while at < len(path):
        tag, end = path[at], at + 1
        if tag in (1, 3):
            while end < len(path) and path[end] == tag + 1:
                end += 1
            chance = np.exp(tags[at:end, tag : tag + 2]).sum(1).mean()
            out.append((at, end, 1 if tag == 1 else -1, float(chance)))
        at = end
    return out


def _likeliest(scores: list[list[float]]) -> list[int]:
    """The best path through the scores of tags, where further words follow a first or further word of their sign."""
    outside, wanted, _, rejected, _ = scores[0]
    best = [outside, wanted, _NEVER, rejected, _NEVER]
    back: list[tuple[int, int, int]] = []
    for row in scores[1:]:
        any_, of_wanted, of_rejected = best.index(max(best)), 1 + (best[2] > best[1]), 3 + (best[4] > best[3])
        back.append((any_, of_wanted, of_rejected))
        top = best[any_]
        best = [top + row[0], top + row[1], best[of_wanted] + row[2], top + row[3], best[of_rejected] + row[4]]
    path = [best.index(max(best))]
    for any_, of_wanted, of_rejected in reversed(back):
        path.append((any_, any_, of_wanted, any_, of_rejected)[path[-1]])
    return path[::-1]


_NEVER = -1e9


def _log_softmax(x: Floats) -> Floats:
    y = x - x.max(1, keepdims=True)
    return y - np.log(np.exp(y).sum(1, keepdims=True))  # type: ignore[no-any-return]


@cache
def network() -> Network:
    """The network that ships with the package.

    Raises
    ------
    DataError
        If the weights are missing or cannot be read.
    """
    path = files("qawl").joinpath("data", _FILE)
    try:
        with path.open("rb") as f, np.load(f, allow_pickle=False) as stored:
            return Network({k: stored[k] for k in stored.files})
    except (OSError, ValueError, EOFError, BadZipFile) as e:
        raise DataError(f"{_FILE}: cannot be read: reinstall qawl ({e})") from None
