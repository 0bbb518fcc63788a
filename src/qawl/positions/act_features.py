"""What of a statement tells its act, as rows of a table of weights: its cue, complement, mode and words.

Features are hashed (the hashing trick of Weinberger et al. 2009), so that the weights need no vocabulary.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from qawl.arabic.words import Tokens, as_tokens
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


def features(text: str | Tokens, s: Statement, known: Act) -> set[str]:
    """What tells the act of a statement.

    Parameters
    ----------
    text : str or Tokens
        The article's; its tokens, if they are at hand.
    s : Statement
        The statement.
    known : Act
        Its act by the lexicon alone.
    """
    tok = as_tokens(text)
    lemma, form = _cue(tok, s)
    return {f"LEX:{known}", f"M:{s.mode}", *_of_cue(tok, s, lemma, form), *_of_content(tok, s, lemma)}


def rows(found: set[str]) -> list[int]:
    """The rows of features, in a fixed order."""
    return sorted(map(_row, found))


@lru_cache(maxsize=1 << 14)
def _row(feature: str) -> int:
    return zlib.crc32(feature.encode()) % ROWS


def _cue(tok: Tokens, s: Statement) -> tuple[str, str]:
    """Lemma and form of a cue."""
    if s.cue is None:
        return "none", ""
    word = next(iter(tok.forms(s.cue.start, s.cue.end)), "")
    readings = lookup(word)
    return (readings[0][0].lemma, readings[0][0].form) if readings else (word, "")


def _of_cue(tok: Tokens, s: Statement, lemma: str, form: str) -> Iterator[str]:
    yield f"L:{lemma}"
    yield f"F:{lemma}:{form}"
    yield f"ML:{s.mode}:{lemma}"
    between: list[str] = []
    if s.cue is not None and s.content[0].start >= s.cue.end:
        between = _words(tok, s.cue.end, s.content[0].start)[-_BETWEEN:]
    for word in between:
        yield f"B:{word}"
    yield f"LB:{lemma}:{between[-1] if between and between[-1] in _TIES else ''}"


def _of_content(tok: Tokens, s: Statement, lemma: str) -> Iterator[str]:
    text = tok.text
    words = _words(tok, s.content[0].start, min(s.content[-1].end, s.content[0].start + _FAR))
    for place, word in enumerate(words[:_FIRST]):
        yield f"P{place}:{word}"
        yield f"LP:{lemma}:{word}"
    for one, two in pairwise(words[: _PAIRS + 1]):
        yield f"2:{one}:{two}"
    for word in words[:_WORDS]:
        yield from _of_word(word)
    if text[s.content[0].start : s.content[-1].end].rstrip().endswith(("؟", "?")):
        yield "?"
    yield f"N:{min(len(words) // 5, 6)}"
    yield "headline" if s.content[0].start < text.find("\n") else "body"


def _words(tok: Tokens, start: int, end: int) -> list[str]:
    return [f for f in tok.forms(start, end) if f[0].isalnum()]


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> tuple[str, str]:
    return f"W:{word}", f"S:{_stem(word)}"


def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    return word
