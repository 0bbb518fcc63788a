"""How well queries find inflected, joined and misspelt words, and how seldom they find look-alikes.

``search_pairs.jsonl`` was written before the analysis was tuned, and is what it was tuned on;
``search_pairs_held_out.jsonl`` was written afterwards. All texts are invented.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from qawl.record.query import fts5, parse
from qawl.record.terms import term_keys

HERE = Path(__file__).parent


class Pair(NamedTuple):
    query: str
    text: str
    match: bool


class Figures(NamedTuple):
    recall: float
    precision: float
    missed: list[Pair]
    wrong: list[Pair]


def read_pairs(name: str) -> list[Pair]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [Pair(row["query"], row["text"], row["match"]) for row in map(json.loads, lines)]


def measure(pairs: list[Pair]) -> Figures:
    """Recall and precision over the labelled pairs, with all texts in one table."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(keys, tokenize='ascii')")
    ids = {text: i for i, text in enumerate(dict.fromkeys(pair.text for pair in pairs))}
    entries = [(i, " ".join(term_keys(text))) for text, i in ids.items()]
    database.executemany("INSERT INTO texts(rowid, keys) VALUES (?, ?)", entries)
    found = set()
    for query in {pair.query for pair in pairs}:
        hits = database.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (fts5(parse(query)),))
        found |= {(query, i) for (i,) in hits}
    database.close()
    missed = [pair for pair in pairs if pair.match and (pair.query, ids[pair.text]) not in found]
    wrong = [pair for pair in pairs if not pair.match and (pair.query, ids[pair.text]) in found]
    right = sum(pair.match for pair in pairs) - len(missed)
    return Figures(right / (right + len(missed)), right / (right + len(wrong)), missed, wrong)


@pytest.mark.parametrize(
    ("name", "matches", "others"), [("search_pairs.jsonl", 130, 90), ("search_pairs_held_out.jsonl", 35, 20)]
)
def test_the_pairs_are_many_and_each_is_there_once(name: str, matches: int, others: int) -> None:
    pairs = read_pairs(name)
    assert len({(pair.query, pair.text) for pair in pairs}) == len(pairs)
    assert sum(pair.match for pair in pairs) >= matches
    assert sum(not pair.match for pair in pairs) >= others


@pytest.mark.parametrize("name", ["search_pairs.jsonl", "search_pairs_held_out.jsonl"])
def test_queries_find_what_they_should_and_little_else(name: str) -> None:
    figures = measure(read_pairs(name))
    assert figures.recall >= 0.97, figures.missed
    assert figures.precision >= 0.95, figures.wrong


def test_words_as_written_would_not_be_enough() -> None:
    """The pairs measure the analysis: most of those that match share no word as written."""
    pairs = [pair for pair in read_pairs("search_pairs.jsonl") if pair.match]
    plain = [pair for pair in pairs if set(pair.query.split()) <= set(pair.text.split())]
    assert len(plain) < 0.1 * len(pairs)
