"""The learned extractor's network in numpy: vectors of words, dilated convolutions, scores of cues and edges.

The weights come from ``training/extractor``. Every article is read by itself, so that what else is read beside
it cannot change a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qawl.model import DataError
from qawl.statements.learned_features import form_features
from qawl.statements.learned_geometry import distance_rows
from qawl.statements.learned_words import affix_ids, word_key

__all__ = ["FORMAT", "Floats", "Network", "network"]

Floats = NDArray[np.float32]
FORMAT = 1
_FILE = "extractor.npz"
_REMEMBERED = 1 << 15  # forms whose vectors are kept


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

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
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
        self.rules = any(name.startswith("rule:") for name in names)
        self._net = floats
        self._vectors: dict[str, Floats] = {}

    def _vector(self, form: str) -> Floats:
        """A form's vector: word, affixes and the features it has everywhere."""
        found = self._vectors.get(form)
        if found is not None:
            return found
        key = word_key(form)
        row = self._row.get(key)
        if row is not None:
            vector = self._word[row] * self._word_scale[row]
        else:
            ids = [i for i in affix_ids(key) if i]
            vector = (self._affix[ids] * self._affix_scale[ids][:, None]).sum(0) + self._net["net.unknown"]
        rows = [r for r in map(self._feature.get, form_features(form)) if r is not None]
        vector = (vector + self._feature_vectors[rows].sum(0)).astype(np.float32)
        if len(self._vectors) >= _REMEMBERED:
            self._vectors.clear()
        self._vectors[form] = vector
        return vector

    def embed(self, forms: list[str], context: list[list[str]]) -> Floats:
        """Vectors of tokens out of context; a form ``"\\n"`` parts paragraphs."""
        out = np.empty((len(forms), self._feature_vectors.shape[1]), np.float32)
        parting = self._net["net.parting"]
        feature = self._feature
        rows: list[int] = []
        places: list[int] = []
        for k, form in enumerate(forms):
            if form == "\n":
                out[k] = parting
                continue
            out[k] = self._vector(form)
            for name in context[k]:
                row = feature.get(name)
                if row is not None:
                    places.append(k)
                    rows.append(row)
        if rows:
            np.add.at(out, places, self._feature_vectors[rows])
        return out

    def encode(self, x: Floats) -> Floats:
        """Vectors of tokens in context."""
        net = self._net
        x = x.copy()
        for n, d in enumerate(self._dilations):
            y = _normal(x)
            z = y @ net[f"net.block{n}.mid"]
            if d < len(x):
                z[d:] += y[:-d] @ net[f"net.block{n}.left"]
                z[:-d] += y[d:] @ net[f"net.block{n}.right"]
            z += net[f"net.block{n}.bias"]
            np.maximum(z, 0, out=z)
            x += z @ net[f"net.block{n}.out"]
            x += net[f"net.block{n}.out_bias"]
        return _normal(x)

    def cues(self, h: Floats) -> Floats:
        """Chances of each token being no cue, a cue, and the mark before an uncued quotation."""
        net = self._net
        y = np.maximum(h @ net["net.cue_in"] + net["net.cue_in_bias"], 0)
        return _softmax(y @ net["net.cue_out"] + net["net.cue_out_bias"])

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
        z = (h @ net["net.there"])[at]
        z += (own @ net["net.here"] + net["net.here_bias"])[:, None]
        z += net["net.distance"][distance_rows(at - anchors[:, None])]
        z += related @ net["net.relation"]
        np.maximum(z, 0, out=z)
        keep = real[..., None].astype(np.float32)
        z *= keep
        width = z.shape[1]
        for n, d in enumerate(self._steps):
            y = z @ net[f"net.step{n}.mid"]
            if d < width:
                y[:, d:] += z[:, :-d] @ net[f"net.step{n}.left"]
                y[:, :-d] += z[:, d:] @ net[f"net.step{n}.right"]
            y += net[f"net.step{n}.bias"]
            np.maximum(y, 0, out=y)
            y *= keep
            z += y
        edges = z @ net["net.edges"] + net["net.edges_bias"]
        silent = own @ net["net.silent"] + net["net.silent_bias"]
        pooled = np.where(real[..., None], z, np.float32(-1e4)).max(1)
        held = pooled @ net["net.held"] + own @ net["net.held_here"] + net["net.held_bias"]
        return edges, silent[:, 0], held[:, 0]


def _normal(x: Floats) -> Floats:
    """Each row with mean 0 and variance 1."""
    y = x - x.mean(1, keepdims=True)
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
