"""Copies of one article: the same wire story cut, re-titled or lightly reworded in several outlets.

An article is kept as the lowest hashes of its runs of three words, the more the longer it is. Which runs those are
hangs on the words alone, not on where they stand, so that moving and cutting paragraphs does not hide a copy. Two
articles are compared by the runs that both would have kept: those below the highest hash of either.

The share from which articles are copies was chosen on invented stories. Texts by one formula with other names in it
(telegrams of congratulation, reports of the weather) can share as much. Copies appear within days of each other, so
whoever searches a record for copies should look at articles of the same few days only.

Sources: A. Z. Broder, "On the resemblance and containment of documents", 1997 (containment of samples by lowest
hashes); U. Manber, "Finding similar files in a large file system", 1994 (more of a longer text).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qawl.arabic.words import tokenize

__all__ = ["SHARED", "copy_score", "fingerprints", "is_copy"]

SHARED = 3
"""The least number of shared fingerprints for two articles to be worth comparing."""

_RUN = 3  # words of a shingle
_ALL = 40  # runs up to which all are kept
_MORE = 15  # words for which one run more is kept
_MOST = 400  # fingerprints of a text
_LEAST = 5  # fingerprints below which the share of a set says too little
_COPY = 0.48  # share of the smaller set from which two texts are copies

_Hashes: TypeAlias = NDArray[np.uint64]


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def fingerprints(body: str) -> tuple[int, ...]:
    """Selected hashes of the runs of words of an article, to find and compare its copies by.

    Parameters
    ----------
    body : str
        The article without its headline, which every outlet writes anew.

    Returns
    -------
    tuple of int
        Sorted and distinct, from 0 to 2**63 - 1: all runs of a text of some forty words, 60 for 300 words, never more
        than 400, none for fewer than three words. The same in every process.
    """
    words = [form for form in tokenize(body).form if form[0].isalnum()]
    runs = len(words) - _RUN + 1
    if runs < 1:
        return ()
    hashed = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    mixed = hashed[:runs]
    for at in range(1, _RUN):
        mixed = _scattered(mixed) + hashed[at : at + runs]
    mixed = np.unique(_scattered(mixed) >> np.uint64(1))
    kept: list[int] = mixed[: min(_ALL + len(words) // _MORE, _MOST)].tolist()
    return tuple(kept)


def _scattered(values: _Hashes) -> _Hashes:
    """One to one on 64 bits; every bit of the result hangs on many of the value."""
    values = (values ^ (values >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return values ^ (values >> np.uint64(29))


def copy_score(a: Collection[int], b: Collection[int]) -> float:
    """How much of the shorter of two articles stands in the other.

    Parameters
    ----------
    a, b : collection of int
        Their fingerprints.

    Returns
    -------
    float
        From 0 to 1: the share that the other has of those of the smaller set that it would have kept. Fewer than five
        count as five, so that two shared phrases do not make a copy.
    """
    shared, smaller = _compared(a, b)
    return shared / max(smaller, _LEAST)


def is_copy(a: Collection[int], b: Collection[int]) -> bool:
    """Whether two articles tell one story in the same words, as copies of one text do.

    Parameters
    ----------
    a, b : collection of int
        Their fingerprints.
    """
    shared, smaller = _compared(a, b)
    return shared >= SHARED and shared >= _COPY * max(smaller, _LEAST)


def _compared(a: Collection[int], b: Collection[int]) -> tuple[int, int]:
    """How many fingerprints two articles share, and how many of the smaller set both would have kept.

    A set of more than forty may have been cut: above its highest hash nothing is known of its text.
    """
    one, other = set(a), set(b)
    highest = min((max(s) for s in (one, other) if len(s) >= _ALL), default=None)
    if highest is not None:
        one, other = ({x for x in s if x <= highest} for s in (one, other))
    return len(one & other), min(len(one), len(other))
