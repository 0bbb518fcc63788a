"""The vocabulary of the extractor: words by count over the unannotated articles, and their affixes by hash."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qawl.arabic.words import Tokens
from qawl.statements.learned_words import AFFIXES, affix_ids, word_key

__all__ = ["SPECIAL", "affix_table", "count_words", "raw_texts", "stream"]

SPECIAL = 3  # rows before the words: unknown, paragraph, mask


def raw_texts(path: Path) -> Iterator[str]:
    """The texts of the unannotated articles."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def paragraphs(text: str) -> Iterator[list[str]]:
    """The word keys of each paragraph of a text."""
    for line in text.split("\n"):
        if line.strip():
            yield [word_key(form) for form in Tokens(line).form]


def count_words(path: Path, least: int) -> tuple[list[str], list[list[list[str]]]]:
    """Words seen `least` times or more, the commonest first, and the articles as paragraphs of words."""
    counts: Counter[str] = Counter()
    articles = []
    for text in raw_texts(path):
        article = list(paragraphs(text))
        for paragraph in article:
            counts.update(paragraph)
        articles.append(article)
    kept = sorted((w for w, n in counts.items() if n >= least), key=lambda w: (-counts[w], w))
    return kept, articles


def stream(articles: list[list[list[str]]], vocabulary: list[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """All articles as one stream: vocabulary row of each token, its row in a table of all words, and that table."""
    index = {w: i + SPECIAL for i, w in enumerate(vocabulary)}
    every: dict[str, int] = {}
    rows: list[int] = []
    forms: list[int] = []
    for article in articles:
        for paragraph in article:
            rows.append(1)
            forms.append(every.setdefault("\n", len(every)))
            for word in paragraph:
                rows.append(index.get(word, 0))
                forms.append(every.setdefault(word, len(every)))
    return np.asarray(rows, np.int32), np.asarray(forms, np.int32), list(every)


def affix_table(forms: list[str]) -> np.ndarray:
    """The affix buckets of each form, one row a form."""
    out = np.zeros((len(forms), AFFIXES), np.int32)
    for i, form in enumerate(forms):
        if form != "\n":
            out[i] = affix_ids(form)
    return out
