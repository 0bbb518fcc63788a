"""Annotated articles as arrays: features of tokens, which of them are cues, and what each cue governs."""

from __future__ import annotations

import json
import lzma
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from qawl.arabic.words import Tokens
from qawl.model import Article, Block, Span
from qawl.statements.learned_features import context_features, form_features, paragraphs
from qawl.statements.learned_words import affix_ids, word_key
from qawl.statements.parsed import Parsed, has_letters

__all__ = ["Example", "Target", "article_of", "example_of", "load"]


@dataclass
class Target:
    """A gold statement in positions of its example: anchor (cue or mark), content and speaker (None: none)."""

    anchor: int
    cued: bool
    content: tuple[int, int] | None
    speaker: tuple[int, int] | None


@dataclass
class Example:
    """An article ready for training; positions count its sequence, in which a row parts paragraphs."""

    gold: dict[str, Any]
    article: Article
    where: np.ndarray  # token of each position, -1 for a parting row
    words: list[str]
    features: list[list[str]]
    affixes: np.ndarray
    bounds: np.ndarray  # of the paragraph of each position: first, last (exclusive)
    letters: np.ndarray
    sentence: np.ndarray
    quote: np.ndarray
    names: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int8))
    """For each position 1 if it is part of a person's name, 0 if not, -1 if that is not known."""
    targets: list[Target] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)  # positions that may or may not be cues: not learned from


def article_of(d: dict[str, Any]) -> Article:
    """An annotated article with its first line as headline and the others as body."""
    blocks, at = [], 0
    for i, line in enumerate(d["text"].split("\n")):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line)), "headline" if i == 0 else "body"))
        at += len(line) + 1
    return Article(text=d["text"], blocks=tuple(blocks), doc=d["doc"], outlet=d["outlet"])


def _words(text: str, parts: list[Any]) -> str:
    """A name kept as offsets of its parts, put together again."""
    return " ".join(x if isinstance(x, str) else text[slice(*x)] for x in parts)


def load(corpus: Path, annotations: Path) -> list[dict[str, Any]]:
    """The annotated articles: those of the corpus, and the others joined to the text they stand off from."""
    out = [json.loads(line) for line in (corpus / "train.jsonl").open(encoding="utf-8")]
    extra = {d["key"]: d for d in map(json.loads, annotations.open(encoding="utf-8"))}
    with lzma.open(corpus / "raw.jsonl.xz", "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            d = extra.get(raw["key"])
            if d is not None:
                out.append(_joined(d, raw["text"]))
    return out


def _joined(d: dict[str, Any], text: str) -> dict[str, Any]:
    """An annotated article with its text, and with names and roles that stand as offsets spelt out."""
    sources = {
        key: {k: _words(text, v) if isinstance(v, list) else v for k, v in source.items()}
        for key, source in d["sources"].items()
    }
    return {**d, "doc": d.get("doc", d["key"]), "text": text, "sources": sources}


def example_of(d: dict[str, Any]) -> Example:
    """An article's features and, if it is annotated, its targets."""
    article = article_of(d)
    p = Parsed(article)
    found = paragraphs(p)
    context = context_features(p, found)
    sentence_of = [0] * len(p.tok)
    for n, s in enumerate(p.sentences):
        sentence_of[s.first : s.last] = [n] * (s.last - s.first)
    where: list[int] = []
    bounds: list[tuple[int, int]] = []
    for paragraph in found:
        where.append(-1)
        bounds.append((0, 0))
        at = len(where)
        size = paragraph.last - paragraph.first
        where += range(paragraph.first, paragraph.last)
        bounds += [(at, at + size)] * size
    place = {t: i for i, t in enumerate(where) if t >= 0}
    form = p.tok.form
    words = [word_key(form[t]) if t >= 0 else "\n" for t in where]
    example = Example(
        gold=d,
        article=article,
        where=np.asarray(where, np.int32),
        words=words,
        features=[[*form_features(form[t]), *context[t]] if t >= 0 else [] for t in where],
        affixes=np.asarray([affix_ids(w) if w != "\n" else [0] * 8 for w in words], np.int32).reshape(-1, 8),
        bounds=np.asarray(bounds, np.int32).reshape(-1, 2),
        letters=np.asarray([t >= 0 and has_letters(form[t]) for t in where], bool),
        sentence=np.asarray([sentence_of[t] if t >= 0 else -1 for t in where], np.int32),
        quote=np.asarray([p.inside[t] if t >= 0 else -1 for t in where], np.int32),
    )
    example.names = _names(p, place, example, d)
    for s in d.get("statements", ()):
        target = _target(p, place, example, s)
        if target is not None and s.get("doubtful"):
            example.doubtful.append(target.anchor)
        elif target is not None:
            example.targets.append(target)
    return example


def _names(p: Parsed, place: dict[int, int], e: Example, d: dict[str, Any]) -> np.ndarray:
    """Which positions are personal names: known of the speakers' mentions, and of full names wherever they stand."""
    out = np.full(len(e.where), -1, np.int8)
    form = p.tok.form
    for s in d.get("statements", ()):
        span = _range(p, place, e, *s["speaker"]) if s["speaker"] is not None else None
        if span is None:
            continue
        out[span[0] : span[1] + 1] = 0
        source = d["sources"][s["who"]]
        if source["kind"] != "person":
            continue
        words = set(Tokens(source["name"]).form)
        runs = [0]  # lengths of the runs of name words that end at each position
        for k in range(span[0], span[1] + 1):
            runs.append(runs[-1] + 1 if e.where[k] >= 0 and form[e.where[k]] in words else 0)
        longest = max(runs)
        last = span[0] + runs.index(longest)
        out[last - longest : last] = 1
    for source in d.get("sources", {}).values():
        words = Tokens(source["name"]).form if source["kind"] == "person" else []
        for k in range(len(form) - len(words) + 1 if len(words) > 1 else 0):
            if form[k : k + len(words)] == words and k in place and k + len(words) - 1 in place:
                out[place[k] : place[k + len(words) - 1] + 1] = 1
    return out


def _range(p: Parsed, place: dict[int, int], e: Example, start: int, end: int) -> tuple[int, int] | None:
    """Positions of the first and last word of a stretch of the text."""
    first, last = bisect_left(p.tok.end, start + 1), bisect_left(p.tok.start, end) - 1
    while first <= last and not has_letters(p.tok.form[first]):
        first += 1
    while last >= first and not has_letters(p.tok.form[last]):
        last -= 1
    if last < first or first not in place or last not in place:
        return None
    return place[first], place[last]


def _target(p: Parsed, place: dict[int, int], e: Example, s: dict[str, Any]) -> Target | None:
    parts = [r for r in (_range(p, place, e, a, b) for a, b in s["content"]) if r is not None]
    if s["cue"] is not None:
        t = bisect_left(p.tok.end, s["cue"][0] + 1)
        if t not in place:
            return None
        anchor = place[t]
    elif parts:
        anchor = parts[0][0]
        if not e.letters[anchor - 1] and e.where[anchor - 1] >= 0:
            anchor -= 1
    else:
        return None
    low, high = e.bounds[anchor]
    parts = [r for r in parts if low <= r[0] and r[1] < high]
    content = (min(r[0] for r in parts), max(r[1] for r in parts)) if parts else None
    speaker = _range(p, place, e, *s["speaker"]) if s["speaker"] is not None else None
    if speaker is not None and not (low <= speaker[0] and speaker[1] < high):
        speaker = None
    return Target(anchor, s["cue"] is not None, content, speaker)
