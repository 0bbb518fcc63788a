"""What an inflected word can be in a dictionary, and phrases that are looked up by it.

Words are folded with `qawl.arabic.fold.fold`. Readings come the plainest first: «والي» is a governor before it is «و»
and something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from qawl.arabic.entries import Forms
from qawl.arabic.fold import fold

__all__ = ["DUAL", "Phrases", "bare", "keys", "same_spelling", "unended", "unjoined"]

_Row = TypeVar("_Row")

_REMEMBERED = 1 << 15  # words whose phrases are kept
_SHORTEST = 3  # letters that a stem must keep when something is taken off it: fewer, and every word is a title
_SAME = (("اميرك", "امريك"), ("ديموقراط", "ديمقراط"), ("صحافي", "صحفي"))
_NO_ARTICLE = frozenset(fold(w) for w in ("الله", "الآن", "الذي", "التي"))
# Endings of number, which a definite noun takes too («الوزيران»), and what the dictionary form has instead.
DUAL = (("تان", "ه"), ("تين", "ه"), ("ان", ""), ("ين", ""))
# Endings of possession, of case and of the construct state («نظيرته», «سفيرا», «متحدثو», «مسؤولي»).
_BOUND = (
    ("تهما", "ه"), ("تهم", "ه"), ("تهن", "ه"), ("تها", "ه"), ("تنا", "ه"), ("ته", "ه"), ("تي", "ه"), ("تا", "ه"),
    ("هما", ""), ("هم", ""), ("هن", ""), ("ها", ""), ("نا", ""), ("ه", ""), ("ا", ""), ("و", "ون"), ("ي", "ين"),
)  # fmt: skip
_LAST = tuple({ending[-1] for ending, _ in DUAL + _BOUND})


def same_spelling(word: str) -> str:
    """`word` with the spelling pairs that run through many names made one: أميركي = أمريكي, صحافي = صحفي."""
    for one, other in _SAME:
        if one in word:
            word = word.replace(one, other)
    return word


def bare(word: str) -> str:
    """`word` without its article."""
    return word[2:] if word.startswith("ال") and len(word) > _SHORTEST and word not in _NO_ARTICLE else word


def unjoined(word: str) -> Iterator[str]:
    """What `word` can be once its joined particles (و ف ب ل ك) are taken off; never `word` itself."""
    first = word[:1]
    if not first or first not in "وفبلك" or len(word) <= _SHORTEST:
        return
    if word.startswith("لل"):
        yield "ال" + word[2:]  # للامارات: ل + الامارات
        yield "ال" + word[1:]  # للجنه: ل + اللجنه
    yield word[1:]
    if first in "وف":
        yield from unjoined(word[1:])


def unended(word: str) -> Iterator[str]:
    """What `word` can be once an ending of number, case or possession is taken off."""
    stem = bare(word)
    if not stem.endswith(_LAST):
        return
    for ending, instead in DUAL if stem != word else DUAL + _BOUND:
        if stem.endswith(ending) and len(stem) - len(ending) + len(instead) >= _SHORTEST:
            yield stem[: -len(ending)] + instead


def _readings(word: str) -> Iterator[str]:
    """Dictionary forms that `word` can be, without article, the plainest first."""
    whole = [word, *unjoined(word)]
    for w in whole:
        yield w
        yield bare(w)
    for w in whole:
        yield from unended(w)


def keys(forms: Sequence[str]) -> list[str]:
    """`forms` folded, as they are looked up; folded in one go, which is what makes loading quick."""
    return same_spelling(fold("|".join(forms))).split("|")


class Phrases(Generic[_Row]):
    """Words and phrases that are looked up without their articles, the first word in any inflection."""

    __slots__ = ("_by_first", "_starting")

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[Forms, _Row]]] = {}
        self._starting: dict[str, list[tuple[Forms, _Row]]] = {}

    def add(self, forms: Sequence[str], row: _Row) -> None:
        self._starting.clear()
        for form in keys(forms):
            first, *rest = [bare(w) for w in form.split()]
            known = self._by_first.setdefault(first, [])
            # The longest first, then the earlier row of the file.
            place = next((n for n, (r, _) in enumerate(known) if len(r) < len(rest)), len(known))
            known.insert(place, (tuple(rest), row))

    def find(self, words: Sequence[str], i: int) -> tuple[int, _Row] | None:
        """The longest phrase at `i` with the number of its words."""
        known = self._starting.get(words[i])
        for rest, row in self._beginning(words[i]) if known is None else known:
            after = words[i + 1 : i + 1 + len(rest)]
            if len(after) == len(rest) and all(bare(same_spelling(w)) == r for w, r in zip(after, rest, strict=True)):
                return len(rest) + 1, row
        return None

    def _beginning(self, word: str) -> list[tuple[Forms, _Row]]:
        """The phrases that may begin with a word, in the order in which they are tried; most words begin none."""
        if len(self._starting) > _REMEMBERED:
            self._starting.clear()
        found = [phrase for r in _readings(same_spelling(word)) for phrase in self._by_first.get(r, ())]
        self._starting[word] = found
        return found

    def __contains__(self, reading: str) -> bool:
        """Whether a word or phrase begins with `reading`."""
        return reading in self._by_first

    def all_of(self, reading: str) -> Iterator[_Row]:
        """Every row that has `reading` as a form of one word."""
        return (row for rest, row in self._by_first.get(reading, ()) if not rest)
