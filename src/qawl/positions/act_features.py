"""What of a statement tells its act, as rows of a table of weights: its cue, complement, mode and words.

Features are hashed (the hashing trick of Weinberger et al. 2009), so that the weights need no vocabulary.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from qawl.arabic.words import tokenize
from qawl.model import Act, Statement
from qawl.statements.lexicon import lookup

__all__ = ["ROWS", "features", "rows"]

ROWS = 1 << 16
"""How many rows the table has."""

_FIRST = 4  # words of the content that count by their place
_PAIRS = 5  # pairs of neighbouring words at its head
_WORDS = 30  # words of the content that count
_FAR = 500  # characters of the content within which these stand
_BETWEEN = 2  # words between cue and content that count, from its end
_TIES = frozenset("ان بان الي عن علي من في ب".split())
_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "س")
_SHORTEST = 3  # letters that a stem keeps


def features(text: str, s: Statement, known: Act) -> set[str]:
    """What tells the act of a statement.

    Parameters
    ----------
    text : str
        The article's.
    s : Statement
        The statement.
    known : Act
        Its act by the lexicon alone.
    """
    lemma, form = _cue(text, s)
    return {f"LEX:{known}", f"M:{s.mode}", *_of_cue(text, s, lemma, form), *_of_content(text, s, lemma)}


def rows(found: set[str]) -> list[int]:
    """The rows of features, in a fixed order."""
    return sorted(zlib.crc32(feature.encode()) % ROWS for feature in found)


def _cue(text: str, s: Statement) -> tuple[str, str]:
    """Lemma and form of a cue."""
    if s.cue is None:
        return "none", ""
    word = next(iter(tokenize(text, s.cue.start, s.cue.end).form), "")
    readings = lookup(word)
    return (readings[0][0].lemma, readings[0][0].form) if readings else (word, "")


def _of_cue(text: str, s: Statement, lemma: str, form: str) -> Iterator[str]:
    yield f"L:{lemma}"
    yield f"F:{lemma}:{form}"
    yield f"ML:{s.mode}:{lemma}"
    between: list[str] = []
    if s.cue is not None and s.content[0].start >= s.cue.end:
        between = _words(text, s.cue.end, s.content[0].start)[-_BETWEEN:]
    for word in between:
        yield f"B:{word}"
    yield f"LB:{lemma}:{between[-1] if between and between[-1] in _TIES else ''}"


def _of_content(text: str, s: Statement, lemma: str) -> Iterator[str]:
    words = _words(text, s.content[0].start, min(s.content[-1].end, s.content[0].start + _FAR))
    for place, word in enumerate(words[:_FIRST]):
        yield f"P{place}:{word}"
        yield f"LP:{lemma}:{word}"
    for one, two in pairwise(words[: _PAIRS + 1]):
        yield f"2:{one}:{two}"
    for word in words[:_WORDS]:
        yield f"W:{word}"
        yield f"S:{_stem(word)}"
    if text[s.content[0].start : s.content[-1].end].rstrip().endswith(("؟", "?")):
        yield "?"
    yield f"N:{min(len(words) // 5, 6)}"
    yield "headline" if s.content[0].start < text.find("\n") else "body"


def _words(text: str, start: int, end: int) -> list[str]:
    return [f for f in tokenize(text, start, end).form if f[0].isalnum()]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    return word
