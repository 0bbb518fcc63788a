"""Learns the weights by which the acts of statements are told.

    python training/learn_acts.py src/qawl/data/acts.npz ARTICLES.jsonl…

ARTICLES.jsonl are in the standoff format with text, as `corpus.py` joins them. A softmax regression over hashed
features (`qawl.positions.act_features`) with an L2 penalty, fitted by Adam (Kingma and Ba 2015) on all statements at
once; the weights are rounded to bytes. First it is measured on articles left out.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_sources import statements_of

from qawl.model import ACTS
from qawl.positions.act_features import ROWS, features, rows
from qawl.positions.acts import lexicon_act

PENALTY = 3.0
STEPS = 100
RATE = 0.05
LEFT_OUT = 400  # articles

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Case:
    """One statement: its article, its rows, its act, and its act by the lexicon."""

    article: int
    rows: list[int]
    act: int
    known: int


def collect(articles: list[dict[str, Any]]) -> list[Case]:
    """The annotated statements of articles."""
    out = []
    for n, gold in enumerate(articles):
        for s, g in zip(statements_of(gold), gold["statements"], strict=True):
            known = lexicon_act(gold["text"], s)
            found = rows(features(gold["text"], s, known))
            out.append(Case(n, found, ACTS.index(g["act"]), ACTS.index(known)))
    return out


def scores(cases: list[Case], weights: Floats) -> Floats:
    """The score of each act for each statement, shape (statements, acts)."""
    flat = np.concatenate([np.asarray(c.rows) for c in cases])
    starts = np.cumsum([0, *(len(c.rows) for c in cases)])[:-1]
    return np.stack([np.add.reduceat(weights[flat, k], starts) for k in range(weights.shape[1])], 1)


def fit(cases: list[Case]) -> Floats:
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


def main(out: str, paths: list[str]) -> None:
    lines = [line for path in paths for line in Path(path).read_text("utf-8").split("\n") if line.strip()]
    cases = collect([json.loads(line) for line in lines])
    left_out = set(random.Random(0).sample(range(len(lines)), LEFT_OUT))
    test = [c for c in cases if c.article in left_out]
    weights = bytes_of(fit([c for c in cases if c.article not in left_out]))
    guess = scores(test, weights.astype(np.float32)).argmax(1)
    right = np.mean([c.act == k for c, k in zip(test, guess, strict=True)])
    known = np.mean([c.act == c.known for c in test])
    print(f"{len(test)} statements of {LEFT_OUT} articles left out: {right:.3f}, the lexicon alone {known:.3f}")
    np.savez_compressed(out, weights=bytes_of(fit(cases)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
