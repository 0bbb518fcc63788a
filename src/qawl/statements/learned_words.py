"""Words as the learned extractor sees them: a key for the vocabulary and the buckets of their affixes."""

from __future__ import annotations

import re
from zlib import crc32

__all__ = ["AFFIXES", "BUCKETS", "affix_ids", "word_key"]

AFFIXES = 8  # affixes of a word: its first and last one to four letters
BUCKETS = 8192  # rows that affixes are hashed to; row 0 is no affix
_DIGIT = re.compile(r"\d")
_LONGEST = 24  # letters of a word that count


def word_key(form: str) -> str:
    """The vocabulary's key of a folded form: its digits made one («2015» and «1948» are the same word)."""
    return _DIGIT.sub("0", form)[:_LONGEST]


def affix_ids(key: str) -> list[int]:
    """The buckets of a word's first and last one to four letters; 0 where the word is too short.

    A word shares affixes with its inflected forms («وأكدت», «أكد»), which is what carries over to words that
    the vocabulary does not hold.
    """
    out = []
    for size in range(1, 5):
        if len(key) < size:
            out += [0, 0]
            continue
        out.append(1 + crc32(b"^" + key[:size].encode("utf-8", "replace")) % (BUCKETS - 1))
        out.append(1 + crc32(b"$" + key[-size:].encode("utf-8", "replace")) % (BUCKETS - 1))
    return out
