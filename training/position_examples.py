"""Annotated statements as the network of acts and stances learns from them."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_sources import article_of, statements_of

from qawl.model import ACTS, Span, Statement
from qawl.positions.act_features import features, rows
from qawl.positions.acts import lexicon_act
from qawl.positions.windows import Window, token_range, window
from qawl.statements import Parsed
from qawl.statements.learned import find_statements_learned
from qawl.statements.learned_net import Network

__all__ = ["Example", "Read", "collect", "labelled"]

OURS, THEIRS = 1, 0
"""How an article was annotated: in full by our annotators, who marked fewer stances, or as the corpus is."""


@dataclass
class Read:
    """An article's vectors."""

    alone: NDArray[np.float16]
    within: NDArray[np.float16]


@dataclass
class Example:
    """One statement: its article's place and key, its window, and what was annotated."""

    article: int
    key: str
    window: Window
    tags: NDArray[np.int64]
    act: int
    known: int  # its act by the lexicon
    style: int
    rows: list[int]  # those of the linear model
    stances: list[tuple[int, int, str]]  # words of the window, [first, last)
    missing: int  # stances that stand outside the window


def labelled(annotations: Path, corpus: Path) -> Iterator[dict[str, Any]]:
    """Articles of which only some statements were labelled, with their text (``stances.jsonl``: offsets only).

    Raises
    ------
    ValueError
        If a raw article is missing or its text is not the one that was labelled.
    """
    wanted = {d["key"]: d for d in map(json.loads, annotations.open(encoding="utf-8"))}
    with lzma.open(corpus / "raw.jsonl.xz", "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            d = wanted.pop(raw["key"], None)
            if d is not None:
                if hashlib.sha256(raw["text"].encode()).hexdigest() != d["sha256"]:
                    raise ValueError(f"{d['key']}: the raw article has another text")
                yield {**d, "text": raw["text"]}
    if wanted:
        raise ValueError(f"{len(wanted)} articles are not among the raw ones: {sorted(wanted)[0]}")


def collect(articles: Iterable[tuple[dict[str, Any], int]], net: Network) -> tuple[list[Example], list[Read]]:
    """The statements of annotated articles, and the articles' vectors.

    Parameters
    ----------
    articles : iterable of (dict, int)
        In the standoff format with text, and how each was annotated (`OURS` or `THEIRS`).
    net : Network
        The extractor whose vectors are used.
    """
    examples: list[Example] = []
    read: list[Read] = []
    for gold, style in articles:
        article = article_of(gold["text"])
        p = Parsed(article)
        find_statements_learned(article, p, net=net)
        if p.vectors is None:
            continue
        for s, g in zip(statements_of(gold), gold["statements"], strict=True):
            example = _example(p, s, g, len(read), gold["key"], style)
            if example is not None:
                examples.append(example)
        read.append(Read(p.vectors.alone.astype(np.float16), p.vectors.within.astype(np.float16)))
    return examples, read


def _example(p: Parsed, s: Statement, g: dict[str, Any], article: int, key: str, style: int) -> Example | None:
    w = window(p, s)
    if w is None:
        return None
    tags = np.zeros(w.last - w.first, np.int64)
    stances = []
    for start, end, sign in g["stances"]:
        found = token_range(p, Span(start, end))
        if found is None or found[0] < w.first or found[1] > w.last:
            continue
        first, last = found[0] - w.first, found[1] - w.first
        tags[first:last] = 2 if sign == "+" else 4
        tags[first] -= 1
        stances.append((first, last, sign))
    known = lexicon_act(p.text, s)
    return Example(
        article=article, key=key, window=w, tags=tags, act=ACTS.index(g["act"]), known=ACTS.index(known), style=style,
        rows=rows(features(p.text, s, known)), stances=stances, missing=len(g["stances"]) - len(stances),
    )  # fmt: skip
