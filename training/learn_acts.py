"""The linear model of acts: a softmax regression over hashed features (`qawl.positions.act_features`).

With an L2 penalty, fitted by Adam (Kingma and Ba 2015) on all statements at once; the weights are rounded to bytes.
`train_positions.py` fits it beside the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qawl.model import ACTS
from qawl.positions.act_features import ROWS

__all__ = ["Case", "bytes_of", "fit", "scores"]

PENALTY = 3.0
STEPS = 100
RATE = 0.05

Floats = NDArray[np.float32]


class Case(Protocol):
    """One statement: its rows and its act."""

    rows: list[int]
    act: int


def scores(cases: Sequence[Case], weights: Floats) -> Floats:
    """The score of each act for each statement, shape (statements, acts)."""
    flat = np.concatenate([np.asarray(c.rows) for c in cases])
    starts = np.cumsum([0, *(len(c.rows) for c in cases)])[:-1]
    return np.stack([np.add.reduceat(weights[flat, k], starts) for k in range(weights.shape[1])], 1)


def fit(cases: Sequence[Case]) -> Floats:
    """Weights of shape (ROWS, acts)."""
    flat = np.concatenate([np.asarray(c.rows) for c in cases])
    owner = np.repeat(np.arange(len(cases)), [len(c.rows) for c in cases])
    wanted = np.eye(len(ACTS), dtype=np.float32)[[c.act for c in cases]]
    w = np.zeros((ROWS, len(ACTS)), np.float32)
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        z = scores(cases, w)
        p = np.exp(z - z.max(1, keepdims=True))
        miss = p / p.sum(1, keepdims=True) - wanted
        g = np.stack([np.bincount(flat, miss[owner, k], ROWS) for k in range(len(ACTS))], 1) + PENALTY * w
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= (RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-6)).astype(np.float32)
    return w


def bytes_of(weights: Floats) -> NDArray[np.int8]:
    """The weights as bytes; the likeliest act stays the same but for near ties."""
    return np.round(weights / np.abs(weights).max() * 127).astype(np.int8)
