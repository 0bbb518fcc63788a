"""Whether two names are the same source: word sets after folding, one within the other.

This folding is the scorer's own and does not change: `qawl.arabic.fold` may learn more spelling variants, and
figures taken before and after must stay comparable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "same_source"]

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` with hamza carriers, ى/ي and ة/ه folded, and marks and tatweel dropped."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


_TITLES = frozenset(
    {
        "السيد", "الدكتور", "د", "معالي", "سعاده", "سمو", "الامير", "الشيخ", "الاستاذ", "المهندس", "اللواء", "العميد",
        "العقيد", "الجنرال", "صاحب", "السمو", "الملكي", "فخامه", "جلاله", "الملك",
    }
)  # fmt: skip
"""Folded words that are part of a title and not of a name."""


@lru_cache(maxsize=8192)
def _words(name: str) -> frozenset[str]:
    """The words of `name` that count: titles and the article ال left out, unless nothing else is there."""
    found = _WORD.findall(fold(name))
    kept = frozenset(w[2:] if len(w) > 4 and w.startswith("ال") else w for w in found if w not in _TITLES)
    return kept or frozenset(found)


def same_source(predicted: str | None, gold: str | None) -> bool:
    """Whether two names have the same words, or one holds all of the other's.

    Parameters
    ----------
    predicted, gold : str or None
        Names as written; None or an empty name is never right.

    Returns
    -------
    bool
        True for «الوزير سالم النجار» and «سالم النجّار», whichever is which.
    """
    a, b = _words(predicted or ""), _words(gold or "")
    return bool(a and b) and (a <= b or b <= a)
