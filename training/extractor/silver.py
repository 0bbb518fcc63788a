"""Annotates articles with a trained extractor, for another to learn from."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import numpy as np
from corpus import Example, article_of, example_of

from qawl.statements.learned import find_statements_learned
from qawl.statements.learned_net import Network

__all__ = ["annotate", "pick"]

_DOUBT = 0.12  # confidence from which a word that was not taken for a cue is left out of the learning
_LONGEST, _SHORTEST = 5000, 500  # characters of an article


def pick(raw: Path, known: set[str], count: int, seed: int = 3) -> list[dict[str, str]]:
    """Unannotated articles at random, none of those in `known` (keys)."""
    with lzma.open(raw, "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r["key"] not in known and _SHORTEST < len(r["text"]) < _LONGEST]
    random.Random(seed).shuffle(rows)
    return rows[:count]


def annotate(rows: list[dict[str, str]], arrays: dict[str, np.ndarray], sure: float) -> list[Example]:
    """Examples whose targets are what an extractor finds with a confidence of `sure`; less sure ones are doubtful."""
    net = Network({**arrays, "calibration": [_DOUBT, *arrays["calibration"][1:]]})
    out = []
    for row in rows:
        d = {**row, "doc": row["key"], "statements": []}
        found = find_statements_learned(article_of(d), net=net)
        d["statements"] = [
            {
                "cue": [s.cue.start, s.cue.end] if s.cue else None,
                "speaker": [s.speaker.start, s.speaker.end] if s.speaker else None,
                "content": [[c.start, c.end] for c in s.content],
                "doubtful": s.confidence < sure,
            }
            for s in found
        ]  # fmt: skip
        out.append(example_of(d))
    return out
