"""Learn the weights by which the sources of statements without a mention are ranked.

    python training/rank_sources.py src/qawl/data/source_weights.tsv ARTICLES.jsonl…

ARTICLES.jsonl are in the standoff format with text, as `corpus.py` joins them.

For each annotated statement without a mention the candidates are listed as `qawl.sources` lists them, with the right
source of every earlier statement. A log-linear model of the right candidate is fitted to their features (softmax over
the candidates, L2 penalty; the penalty is chosen by cross-validation over articles).
"""

from __future__ import annotations

import collections
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qawl.arabic.fold import fold
from qawl.model import Article, Block, Span, Statement
from qawl.scoring.names import same_source
from qawl.sources.entities import Entity
from qawl.sources.implicit import Candidate, candidates
from qawl.sources.resolve import Resolver
from qawl.statements.lexicon import lookup
from qawl.statements.parsed import Parsed

MIN_SEEN = 3  # instances that a feature must stand in
PENALTIES = (1.0, 3.0, 8.0, 16.0)
FOLDS = 5
STEPS = 300
RATE = 0.1


@dataclass(slots=True)
class Choice:
    """One statement: the features of its candidates, and which of them are right."""

    article: int
    features: list[list[str]]
    right: list[bool]


class Teacher(Resolver):
    """A resolver that is told the right source, and notes what it had to choose from."""

    def __init__(self, parsed: Parsed, names: dict[int, str]) -> None:
        super().__init__(parsed)
        self.names = names
        self.choices: list[tuple[list[Candidate], list[bool]]] = []

    def _implicit(self, s: Statement, statements: tuple[Statement, ...], who: dict[int, Entity]) -> Entity | None:
        found = candidates(self, s, statements, who)
        if not found:
            return None
        right = [same_source(_name(c), self.names[s.id]) for c in found]
        if any(right):
            self.choices.append((found, right))
        best = max(zip(found, right, strict=True), key=lambda x: (x[1], x[0].score))[0]
        return best.entity or (self.place(best.mention, at=(s.cue or s.content[0]).start) if best.mention else None)


def _name(c: Candidate) -> str:
    if c.entity is not None:
        return c.entity.name or (c.entity.mentions[0].text if c.entity.mentions else "")
    return (c.mention.name or c.mention.text) if c.mention is not None else ""


def statements_of(gold: dict[str, Any]) -> tuple[Statement, ...]:
    """The annotated statements of an article."""
    ids = {g["id"]: n for n, g in enumerate(gold["statements"], 1)}
    out = []
    for n, g in enumerate(gold["statements"], 1):
        cue = Span(*g["cue"]) if g["cue"] else None
        words = fold(cue.of(gold["text"])).split() if cue else []
        readings = lookup(words[0]) if len(words) == 1 else ()
        speaker = Span(*g["speaker"]) if g["speaker"] else None
        content = tuple(Span(*c) for c in g["content"])
        lemma = readings[0][0].lemma if readings else ""
        out.append(Statement(n, cue, lemma, speaker, content, g["mode"], ids.get(g["parent"])))
    return tuple(out)


def article_of(text: str) -> Article:
    """An article whose first line is its headline."""
    blocks, at = [], 0
    for n, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line)), "body" if n else "headline"))
        at += len(line) + 1
    return Article(text, tuple(blocks))


def collect(paths: list[str]) -> list[Choice]:
    """Every statement without a mention of the annotated articles, with its candidates."""
    out: list[Choice] = []
    lines = [line for path in paths for line in Path(path).read_text("utf-8").split("\n") if line.strip()]
    for n, gold in enumerate(map(json.loads, lines)):
        article = article_of(gold["text"])
        names = {i: gold["sources"][g["who"]]["name"] for i, g in enumerate(gold["statements"], 1)}
        teacher = Teacher(Parsed(article), names)
        teacher.run(statements_of(gold))
        out += [Choice(n, [sorted(c.features) for c in found], right) for found, right in teacher.choices]
    return out


def fit(choices: list[Choice], penalty: float) -> dict[str, float]:
    """The weights that make the right candidates likeliest."""
    seen = collections.Counter(f for c in choices for f in {f for row in c.features for f in row})
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= MIN_SEEN))}
    rows = [[index[f] for f in row if f in index] for c in choices for row in c.features]
    flat = np.array([i for row in rows for i in row])
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    start = np.cumsum([0, *(len(c.features) for c in choices)])[:-1]
    group = np.repeat(np.arange(len(choices)), [len(c.features) for c in choices])
    right = np.array([r for c in choices for r in c.right])
    w = np.zeros(len(index))
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        score = np.bincount(owner, w[flat], len(rows)).astype(np.float64)
        p = _softmax(score, start, group)
        q = _softmax(np.where(right, score, -1e9), start, group)
        g = np.bincount(flat, (p - q)[owner], len(w)) + penalty * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {f: float(w[i]) for f, i in index.items()}


def _softmax(score: NDArray[np.float64], start: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    top = np.maximum.reduceat(score, start)
    e = np.exp(score - top[group])
    return np.asarray(e / np.add.reduceat(e, start)[group])


def accuracy(choices: list[Choice], weights: dict[str, float]) -> float:
    """The share of statements whose likeliest candidate is right."""
    good = 0
    for c in choices:
        scores = [sum(weights.get(f, 0.0) for f in row) for row in c.features]
        good += c.right[scores.index(max(scores))]
    return good / max(1, len(choices))


def main(out: str, paths: list[str]) -> None:
    choices = collect(paths)
    docs = sorted({c.article for c in choices})
    random.Random(0).shuffle(docs)
    fold_of = {d: i % FOLDS for i, d in enumerate(docs)}
    best = (0.0, PENALTIES[0])
    for penalty in PENALTIES:
        parts = []
        for k in range(FOLDS):
            weights = fit([c for c in choices if fold_of[c.article] != k], penalty)
            parts.append(accuracy([c for c in choices if fold_of[c.article] == k], weights))
        mean = sum(parts) / FOLDS
        print(f"penalty {penalty}: {mean:.4f} of {len(choices)} by cross-validation")
        best = max(best, (mean, penalty))
    weights = fit(choices, best[1])
    with Path(out).open("w", encoding="utf-8") as f:
        f.write(
            "# Weights of the ranker of sources for statements without a mention.\n"
            "# Provenance: learnt by training/rank_sources.py from the annotated articles; numbers only, no text.\n"
            "# feature: as qawl.sources.implicit names it; weight: its share in the log-odds of a candidate\n"
            "feature\tweight\n"
        )
        f.writelines(f"{name}\t{round(w, 3)}\n" for name, w in sorted(weights.items()) if abs(w) >= 0.01)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
