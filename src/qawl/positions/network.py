"""The network of acts and stances in numpy: it reads each statement once more, on the extractor's vectors.

Convolutions over the statement's words, from which two heads read: one tags the targets of stances (BIO tags with the
sign, decoded by Viterbi), one pools the words by attention and tells the act. Several networks, alike but for the seed
they were trained from, are averaged. Trained by ``training/train_positions.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from qawl.model import ACTS, MODES, DataError
from qawl.positions.windows import DISTANCES, ROLES, Window
from qawl.statements.learned_net import beside, normal
from qawl.statements.parsed import Vectors

__all__ = ["FORMAT", "TAGS", "Network", "network", "targets"]

FORMAT = 2
TAGS = 5
"""Outside, first and further words of a target that is wanted, the same of one that is rejected."""

_FILE = "positions.npz"
_LEAST = np.float32(1e-12)  # chance of a tag
_STEPS = (1, 2, 4, 1)  # dilations
_APART = max(_STEPS)  # rows of zeros between two statements
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
        return np.split(tags, laid[0][1:]), acts


_Laid = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]


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
        net = self._net
        starts, tokens, owner, keep = laid
        rows = np.flatnonzero(keep)
        whole = net["mode"][[w.mode for w in windows]] + net["known"][list(known)]
        role = np.concatenate([w.role for w in windows])
        z = np.zeros((len(keep), whole.shape[1]), np.float32)
        # Windows overlap: each word of the article is projected once.
        words = vectors.within @ net["within"]
        words += vectors.alone @ net["alone"]
        z[rows] = words[tokens]
        z[rows] += net["role"][role] + net["distance"][np.concatenate([w.distance for w in windows])] + whole[owner]
        np.maximum(z, 0, out=z)
        for n, d in enumerate(_STEPS):
            y = beside((normal(z) * keep[:, None])[None], d)[0] @ net[f"step{n}"] + net[f"step{n}_bias"]
            z += np.maximum(y, 0) * keep[:, None]
        z = z[rows]
        tags = _log_softmax(z @ net["tag"] + net["tag_bias"])
        pooled = self._pooled(z, starts, owner, (role == 1) | (role == 2))
        hidden = np.maximum(np.concatenate([pooled, whole], 1) @ net["hidden"] + net["hidden_bias"], 0)
        acts: Floats = hidden @ net["act"] + net["act_bias"]
        return tags, acts

    def _pooled(self, z: Floats, starts: NDArray[np.int64], owner: NDArray[np.int64], own: NDArray[np.bool_]) -> Floats:
        """Each statement's words in one vector: by attention, and the greatest of each number."""
        score = np.where(own[:, None], z @ self._net["look"] + self._net["look_bias"], np.float32(-1e4))
        score = np.exp(score - np.maximum.reduceat(score, starts)[owner])
        score /= np.add.reduceat(score, starts)[owner]
        seen = [np.add.reduceat(z * score[:, k, None], starts) for k in range(score.shape[1])]
        most = np.maximum.reduceat(np.where(own[:, None], z, np.float32(-1e4)), starts)
        return np.concatenate([*seen, most], 1)


def targets(tags: Floats, bias: float) -> list[tuple[int, int, int, float]]:
    """The likeliest targets of a statement: first word, word after the last, sign, and how likely it is.

    Parameters
    ----------
    tags : array, shape (words, `TAGS`)
        Log chances.
    bias : float
        What is taken from the log chance of being outside: the greater, the more targets.
    """
    scores = tags.astype(np.float64)
    scores[:, 0] -= bias
    if not (scores[:, 1:].max(1) > scores[:, 0]).any():
        return []  # being outside is the likeliest everywhere, so it is altogether
    best = scores[0] + _OPENS
    back = []
    for row in scores[1:]:
        step = best[:, None] + _FOLLOWS
        came = step.argmax(0)
        back.append(came)
        best = step[came, np.arange(TAGS)] + row
    path = [int(best.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    path.reverse()
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


_NEVER = -1e9
# A further word follows a first or a further word of its sign only.
_OPENS = np.array([0, 0, _NEVER, 0, _NEVER])
_FOLLOWS = np.array(
    [[0, 0, _NEVER, 0, _NEVER], [0, 0, 0, 0, _NEVER], [0, 0, 0, 0, _NEVER], [0, 0, _NEVER, 0, 0], [0, 0, _NEVER, 0, 0]]
)


def _laid_out(windows: Sequence[Window]) -> _Laid:
    """All windows in one row: where each begins among the words, the words' tokens, whose they are, which are real."""
    sizes = [w.last - w.first for w in windows]
    starts = np.cumsum([0, *sizes[:-1]]).astype(np.int64)
    tokens = np.concatenate([np.arange(w.first, w.last) for w in windows])
    owner = np.repeat(np.arange(len(windows)), sizes)
    keep = np.concatenate([np.concatenate([np.ones(n, np.float32), np.zeros(_APART, np.float32)]) for n in sizes])
    return starts, tokens, owner, keep


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
