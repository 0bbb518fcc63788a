"""Patterns of words, found whatever is joined to the words: the notation of ``matters.tsv`` and its like.

A pattern is words without article or joined particles; ``/`` parts alternatives of a word, ``_`` stands for up to three
words of any kind: ``وقف _ إطلاق نار`` finds «لوقف فوري وشامل لإطلاق النار».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from qawl.model import DataError
from qawl.positions.stems import stems, word_key
from qawl.statements.parsed import verbs

__all__ = ["GAP", "Found", "Patterns"]

GAP = 3
"""How many words of any kind ``_`` may stand for."""

Value = TypeVar("Value")
_ANY: frozenset[str] = frozenset(["_"])  # the slot of a gap
_REMEMBERED = 1 << 16  # words whose patterns are kept


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """Words that match a pattern.

    Parameters
    ----------
    first, last : int
        Indices of the words, ``[first, last)``.
    words : int
        How many of them the pattern names; the others fill its gaps.
    value : Value
        What the pattern was added with.
    """

    first: int
    last: int
    words: int
    value: Value


class Patterns(Generic[Value]):
    """Patterns, kept by what they begin with, so that a text is read once for all of them.

    Parameters
    ----------
    table : str
        The file that they come from, for messages.
    """

    def __init__(self, table: str) -> None:
        self._table = table
        self._by_first: dict[str, list[tuple[tuple[frozenset[str], ...], int, Value]]] = {}
        self._by_form: dict[str, list[tuple[tuple[frozenset[str], ...], int, Value]]] = {}

    def add(self, pattern: str, value: Value) -> None:
        """Adds a pattern.

        Raises
        ------
        DataError
            If it or one of its slots is empty, or it begins or ends with a gap.
        """
        slots = tuple(_slot(slot) for slot in pattern.split())
        empty = any(slot is not _ANY and not slot for slot in slots)
        if not slots or slots[0] is _ANY or slots[-1] is _ANY or empty:
            raise DataError(f"{self._table}: not a pattern: {pattern!r}")
        for word in sorted(slots[0]):
            self._by_first.setdefault(word, []).append((slots[1:], sum(slot is not _ANY for slot in slots), value))

    def find(self, forms: Sequence[str]) -> Iterator[Found[Value]]:
        """All matches, those that overlap too, by their first word and in the order in which they were added.

        Parameters
        ----------
        forms : sequence of str
            Folded tokens, punctuation among them.
        """
        known = self._by_form
        for first, form in enumerate(forms):
            beginning = known[form] if form in known else self._beginning(form)
            if not beginning:
                continue
            following = stems(forms[first + 1]) if first + 1 < len(forms) else ()
            for slots, words, value in beginning:
                if slots and slots[0] is not _ANY and slots[0].isdisjoint(following):
                    continue  # most patterns fail at their second word
                last = _match(slots, forms, first + 1)
                if last:
                    yield Found(first, last, words, value)

    def scattered(self, forms: Sequence[str]) -> Iterator[Found[Value]]:
        """Matches whose words stand anywhere in a phrase, in any order: «مشاركة أوسع وأكثر فاعلية للمرأة».

        Only patterns of two words or more; for short phrases, in which words that go together stand together.

        Parameters
        ----------
        forms : sequence of str
            The folded tokens of the phrase.
        """
        for first, form in enumerate(forms):
            for slots, words, value in self._beginning(form):
                places = [_place(slot, forms) for slot in slots if slot is not _ANY]
                if words > 1 and first not in places and -1 not in places and len(set(places)) == len(places):
                    yield Found(min(first, *places), max(first, *places) + 1, words, value)

    def _beginning(self, form: str) -> Sequence[tuple[tuple[frozenset[str], ...], int, Value]]:
        """The patterns that may begin with a word."""
        found = self._by_form.get(form)
        if found is None:
            if len(self._by_form) > _REMEMBERED:
                self._by_form.clear()
            found = [pattern for stem in stems(form) for pattern in self._by_first.get(stem, ())]
            self._by_form[form] = found
        return found


@lru_cache(maxsize=1 << 14)
def _slot(slot: str) -> frozenset[str]:
    return _ANY if slot == "_" else frozenset(word_key(word) for word in slot.split("/") if word)


def _place(slot: frozenset[str], forms: Sequence[str]) -> int:
    """The index of the first word that fills a slot; -1 if none does."""
    return next((n for n, f in enumerate(forms) if f[0].isalnum() and not slot.isdisjoint(stems(f))), -1)


def _parts(form: str) -> bool:
    """Whether a token cannot stand in a gap: a mark, or a verb joined on («وقف العمل ⟨وأدان⟩ …»)."""
    return not form[0].isalnum() or (form[0] in "وف" and form[1:] in verbs())


def _match(slots: tuple[frozenset[str], ...], forms: Sequence[str], at: int) -> int:
    """The index after the words that match slots from `at` on, the nearest ones; 0 if none do."""
    for n, slot in enumerate(slots):
        if slot is _ANY:
            following = slots[n + 1]
            for here in range(at, min(at + GAP + 1, len(forms))):
                if not following.isdisjoint(stems(forms[here])):
                    last = _match(slots[n + 2 :], forms, here + 1)
                    if last:
                        return last
                if _parts(forms[here]):
                    break
            return 0
        if at >= len(forms) or slot.isdisjoint(stems(forms[at])):
            return 0
        at += 1
    return at
