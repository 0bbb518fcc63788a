"""The learned extractor's network in numpy: vectors of words, dilated convolutions, scores of cues and edges.

The weights come from ``training/extractor``. Every article is read by itself, so that what else is read beside
it cannot change a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from qawl.model import DataError
from qawl.statements.learned_features import form_features
from qawl.statements.learned_geometry import distance_rows
from qawl.statements.learned_words import affix_ids, word_key

__all__ = ["FORMAT", "Floats", "Network", "Row", "convolved", "network", "normal"]

Floats = NDArray[np.floating[Any]]
FORMAT = 2
_FILE = "extractor.npz"
_REMEMBERED = 1 << 16  # forms whose vectors are kept
_FIRST = 1 << 12  # rows of a table at first
Key = TypeVar("Key", bound=Hashable)


class _Rows(Generic[Key]):
    """Vectors of keys, made once each and kept in one table, so that those of a text are taken at a stroke.

    Parameters
    ----------
    make : callable
        Makes the vectors of some keys, a row each.
    width : int
        Their length.
    """

    def __init__(self, make: Callable[[list[Key]], Floats], width: int) -> None:
        self._make = make
        self.width = width
        self._lock = Lock()
        self._empty()

    def _empty(self) -> None:
        self._known: dict[Key, int] = {}
        self._table = np.zeros((_FIRST, self.width), np.float32)

    def of(self, keys: Sequence[Key]) -> Floats:
        """The vectors of some keys, a row each, to keep and to change."""
        with self._lock:
            if len(self._known) > _REMEMBERED:
                self._empty()
            rows: list[Any] = list(map(self._known.get, keys))
            if None in rows:
                self._add([key for key in dict.fromkeys(keys) if key not in self._known])
                rows = list(map(self._known.get, keys))
            return self._table[rows]

    def _add(self, keys: list[Key]) -> None:
        first = len(self._known)
        while first + len(keys) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first : first + len(keys)] = self._make(keys)
        self._known.update((key, first + n) for n, key in enumerate(keys))


class Network:
    """The network, ready to score articles.

    Parameters
    ----------
    arrays : mapping of str to array
        As ``training/extractor/export.py`` writes them.

    Raises
    ------
    DataError
        If an array is missing or the format is another one.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        try:
            if int(arrays["format"]) != FORMAT:
                raise DataError(f"{_FILE}: format {int(arrays['format'])}, but {FORMAT} is read")
            keys = bytes(arrays["vocabulary"].tobytes()).decode("utf-8").split("\n")
            self._row = {key: n for n, key in enumerate(keys)}
            self._word, self._word_scale = arrays["word"], arrays["word_scale"].astype(np.float32)
            self._affix, self._affix_scale = arrays["affix"], arrays["affix_scale"].astype(np.float32)
            names = bytes(arrays["features"].tobytes()).decode("utf-8").split("\n")
            self._feature = {name: n for n, name in enumerate(names)}
            floats = {k: v.astype(np.float32) for k, v in arrays.items() if k.startswith("net.")}
            self._feature_vectors = floats["net.features"]
            self._dilations = tuple(int(d) for d in arrays["dilations"])
            self._steps = tuple(int(d) for d in arrays["steps"])
            self.calibration = tuple(float(x) for x in arrays["calibration"])
        except KeyError as e:
            raise DataError(f"{_FILE}: no {e.args[0]}") from None
        for n in range(len(self._dilations)):
            _join(floats, f"net.block{n}")
        for n in range(len(self._steps)):
            _join(floats, f"net.step{n}")
        self._net = floats
        width = floats["net.unknown"].shape[0]
        self._forms: _Rows[str] = _Rows(self._vectors, width)
        self._places: _Rows[tuple[str, ...]] = _Rows(self._features, width)

    def _vectors(self, forms: list[str]) -> Floats:
        """Vectors of forms: word, affixes and the features they have everywhere; ``"\\n"`` parts paragraphs."""
        keys = [word_key(form) for form in forms]
        rows = np.array([self._row.get(key, -1) for key in keys])
        known = rows >= 0
        out = np.zeros((len(forms), self._forms.width), np.float32)
        out[known] = self._word[rows[known]] * self._word_scale[rows[known]][:, None].astype(np.float32)
        for n in np.flatnonzero(~known).tolist():
            ids = [i for i in affix_ids(keys[n]) if i]
            out[n] = (self._affix[ids] * self._affix_scale[ids][:, None]).sum(0) + self._net["net.unknown"]
        out += self._features([form_features(form) for form in forms])
        for n, form in enumerate(forms):
            if form == "\n":
                out[n] = self._net["net.parting"]
        return out

    def _features(self, names: list[tuple[str, ...]]) -> Floats:
        """The sum of the vectors of some features, a row for each set of them."""
        found = [[r for r in map(self._feature.get, some) if r is not None] for some in names]
        out = np.zeros((len(names), self._forms.width), np.float32)
        sizes = np.array([len(rows) for rows in found])
        filled = np.flatnonzero(sizes)
        if len(filled):
            flat = [r for rows in found for r in rows]
            starts = np.concatenate([[0], np.cumsum(sizes[filled])[:-1]])
            out[filled] = np.add.reduceat(self._feature_vectors[flat], starts, axis=0)
        return out

    def embed(self, forms: list[str], context: list[tuple[str, ...]]) -> Floats:
        """Vectors of tokens out of context; a form ``"\\n"`` parts paragraphs."""
        if not forms:
            return np.zeros((0, self._forms.width), np.float32)
        x = self._forms.of(forms)
        x += self._places.of(context)
        return x

    def encode(self, x: Floats) -> Floats:
        """Vectors of tokens in context."""
        net = self._net
        x = x.copy()
        for n, d in enumerate(self._dilations):
            z = convolved(normal(x), d, net[f"net.block{n}.taps"], net[f"net.block{n}.bias"])
            x += z @ net[f"net.block{n}.out"]
            x += net[f"net.block{n}.out_bias"]
        return normal(x)

    def cues(self, h: Floats) -> Floats:
        """Chances of each token being no cue, a cue, and the mark before an uncued quotation."""
        net = self._net
        y = np.maximum(h @ net["net.cue_in"] + net["net.cue_in_bias"], 0)
        return _softmax(y @ net["net.cue_out"] + net["net.cue_out_bias"])

    def names(self, h: Floats) -> Floats:
        """Log odds of each token being part of a person's name."""
        scores: Floats = (h @ self._net["net.name"])[:, 0] + self._net["net.name_bias"]
        return scores

    def govern(
        self, h: Floats, anchors: NDArray[np.int64], at: NDArray[np.int64], real: NDArray[np.bool_], related: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Scores of edges in each window, of no speaker being named, and of there being a statement.

        Returns
        -------
        tuple of arrays
            (n, width, 6): start, end and inside of the content, the same of the speaker; (n,); (n,).
        """
        net = self._net
        own = h[anchors]
        row = Row(real.sum(1))
        z = (h @ net["net.there"]).take(at[real], 0)
        z += (own @ net["net.here"] + net["net.here_bias"]).take(row.owner, 0)
        z += net["net.distance"].take(distance_rows((at - anchors[:, None])[real]), 0)
        z += related[real] @ net["net.relation"]
        np.maximum(z, 0, out=z)
        for n, d in enumerate(self._steps):
            z += convolved(z, d, net[f"net.step{n}.taps"], net[f"net.step{n}.bias"], row)
        edges = np.zeros((*real.shape, net["net.edges"].shape[1]), np.float32)
        edges[real] = z @ net["net.edges"] + net["net.edges_bias"]
        silent = own @ net["net.silent"] + net["net.silent_bias"]
        pooled = np.maximum.reduceat(z, row.starts)
        held = pooled @ net["net.held"] + own @ net["net.held_here"] + net["net.held_bias"]
        return edges, silent[:, 0], held[:, 0]


class Row:
    """Sequences of unequal length, laid out one after the other, so that no padding is computed.

    Parameters
    ----------
    sizes : array of int, shape (n,)
        Their lengths, none of them 0.

    Attributes
    ----------
    starts : array of int, shape (n,)
        Where each begins.
    owner : array of int
        Whose each place is.
    """

    __slots__ = ("_after", "_before", "owner", "starts")

    def __init__(self, sizes: NDArray[np.int64]) -> None:
        ends = np.cumsum(sizes)
        self.starts = ends - sizes
        self.owner = np.repeat(np.arange(len(sizes)), sizes)
        place = np.arange(ends[-1])
        self._before = place - self.starts[self.owner]
        self._after = ends[self.owner] - place - 1

    def edges(self, distance: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places that have none of their sequence so far before them, and those that have none so far after."""
        return np.flatnonzero(self._before < distance), np.flatnonzero(self._after < distance)


def _join(floats: dict[str, Floats], name: str) -> None:
    """The three taps of a convolution as one matrix: one product is quicker than three."""
    floats[f"{name}.taps"] = np.concatenate([floats.pop(f"{name}.{side}") for side in ("left", "mid", "right")])


def convolved(x: Floats, distance: int, taps: Floats, bias: Floats, row: Row | None = None) -> Floats:
    """A convolution of three taps and what of it is above 0.

    Parameters
    ----------
    x : array, shape (length, width)
        A sequence, or several; beyond their ends are zeros.
    distance : int
        Rows between the taps.
    taps : array, shape (3 * width, out)
        Weights of the row so far before, of the row itself, and of the row so far after it.
    bias : array, shape (out,)
        Added to every row.
    row : Row, optional
        How several sequences are laid out in `x`.
    """
    length, width = x.shape
    near = min(distance, length)
    rows = np.empty((length, 3 * width), np.float32)
    rows[near:, :width] = x[: length - near]
    rows[:, width : 2 * width] = x
    rows[: length - near, 2 * width :] = x[near:]
    first, last = (slice(near), slice(length - near, None)) if row is None else row.edges(distance)
    rows[first, :width] = 0
    rows[last, 2 * width :] = 0
    y: Floats = rows @ taps
    np.maximum(y, -bias, out=y)  # as max(y + bias, 0), but numpy is slow at the maximum of an array and a number
    y += bias
    return y


def normal(x: Floats) -> Floats:
    """Each row with mean 0 and variance 1."""
    y: Floats = x - x.mean(1, keepdims=True)
    variance = np.einsum("ij,ij->i", y, y) / np.float32(x.shape[1])
    y *= (1 / np.sqrt(variance + np.float32(1e-5)))[:, None]
    return y


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)  # type: ignore[no-any-return]


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
    except (OSError, ValueError) as e:
        raise DataError(f"{_FILE}: {e}") from None
