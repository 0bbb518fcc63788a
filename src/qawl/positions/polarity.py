"""For or against: the sign that the words of a content give to what some of them name.

The words before a phrase pass its sign on, turn it («⟨منع⟩ التهجير», «⟨لا⟩ نقبل …») or take a stand on it («⟨ضرورة⟩ …»,
«⟨نرفض⟩ …»); so do predicates after it («التهجير ⟨خط أحمر⟩»). They are rows of ``polarity.tsv`` and ``verdicts.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import DataError
from qawl.positions.patterns import Found, Patterns
from qawl.positions.stems import stems
from qawl.statements.mentions import classes

__all__ = ["Polarity", "Stand", "names_own_side"]

_OPENING = ("noun", "modal", "pred", "verb")
_KINDS = (*_OPENING, "no", "neg")
_NEAR = 3  # words between a governor and what it governs: «منع أي محاولة جديدة لـ …»
_FAR = 6  # words between an opening governor and what it governs
_LIST = 40  # words back to the governor of a list: «ضرورة إيصال الغذاء … وفتح المعابر»
_AFTER = 8  # words between a subject and its predicate
_SIDE = 2  # words of such a mention: «بلاده القاطع» is two words taken together by mistake
_HEAD = 4  # words before the verb of a content that can be its subject
_STOPS = frozenset(".؛;:!?؟…")
_NAMING = frozenset(["place", "body", "medium"])  # classes of words that name a subject
_FIRST_PERSON = ("ن", "ا", "سن", "سا")


@dataclass(frozen=True, slots=True)
class _Governor:
    turns: int
    opens: str


@dataclass(frozen=True, slots=True)
class Stand:
    """What the words around a phrase say of it.

    Parameters
    ----------
    sign : int
        1 or -1: what wanting the head of its clause means for the phrase.
    opened : bool
        Whether the content itself takes a stand on it.
    reached : bool
        Whether the content's head governs it, so that a cue that takes a stand («دعا إلى …») takes it on the phrase.
    turned : tuple of int
        Indices of the words that turn the sign, from left to right.
    denied : bool
        Whether the word that takes the stand is itself negated: «⟨لا⟩ نرفض …».
    """

    sign: int
    opened: bool
    reached: bool
    turned: tuple[int, ...]
    denied: bool = False


@cache
def _class(name: str) -> frozenset[str]:
    """The words of a class of ``clause_words.tsv``, folded."""
    rows = (row["words"].split() for row in read_table("clause_words") if row["class"] == name)
    return frozenset(fold(word) for words in rows for word in words)


def names_own_side(name: str) -> bool:
    """Whether a mention only says that it is the speaker's own side: «بلاده», «حزبه»."""
    words = fold(name).split()
    return 0 < len(words) <= _SIDE and words[0] in _class("side")


@cache
def _governors() -> Patterns[_Governor]:
    out: Patterns[_Governor] = Patterns("polarity.tsv")
    for row in read_table("polarity"):
        if row["turns"] not in ("+", "-") or row["opens"] not in _KINDS:
            raise DataError(f"polarity.tsv: {row['words']}: turns is + or -, opens is one of {', '.join(_KINDS)}")
        out.add(row["words"], _Governor(1 if row["turns"] == "+" else -1, row["opens"]))
    return out


@cache
def _verdicts() -> Patterns[int]:
    out: Patterns[int] = Patterns("verdicts.tsv")
    for row in read_table("verdicts"):
        if row["sign"] not in ("+", "-"):
            raise DataError(f"verdicts.tsv: {row['words']}: the sign is + or -")
        out.add(row["words"], 1 if row["sign"] == "+" else -1)
    return out


class Polarity:
    """The governors and predicates of one content.

    Parameters
    ----------
    forms : sequence of str
        Its folded tokens, punctuation among them.
    own : set of str
        Folded words that name the speaker, his office and his side: «⟨الأردن⟩ يرفض» said by its minister is his stand.
    """

    def __init__(self, forms: Sequence[str], own: frozenset[str] = frozenset()) -> None:
        self._forms = forms
        self._own = own
        self._ending: dict[int, Found[_Governor]] = {}
        for f in _governors().find(forms):
            known = self._ending.get(f.last)
            if known is None or f.words > known.words or (f.words == known.words and f.first < known.first):
                self._ending[f.last] = f
        self._verdicts = list(_verdicts().find(forms))
        self._named: frozenset[int] = frozenset()

    def name(self, matches: Iterable[tuple[int, int]]) -> None:
        """Tells which words ``[first, last)`` name something by themselves: «وقف» of a ceasefire turns nothing else."""
        self._named = frozenset(k for first, last in matches for k in range(first, last))

    def of(self, first: int, last: int) -> Stand:
        """What is said of the words ``[first, last)``."""
        before = self._before(first)
        if not before.opened:
            verdict = self._after(last, first)
            if verdict:
                return Stand(before.sign * verdict, True, before.reached, before.turned)
        return before

    def turns_within(self, start: int, first: int) -> tuple[int, tuple[int, ...]]:
        """How the words ``[start, first)`` turn the sign of what follows, and which of them do."""
        sign, turned, at = 1, [], first
        while at > start:
            found = self._ending.get(at)
            if found is None or found.first < start:
                at -= 1
                continue
            if found.value.turns < 0 and (at == first or not self._joined(first) or self._definite(first)):
                sign = -sign
                turned.append(found.first)
            at = found.first
        return sign, tuple(reversed(turned))

    def past_openers(self, first: int, last: int) -> tuple[int, int]:
        """Where what a stand is taken on begins, and the stand's sign: «⟨رفض بلاده⟩ التهجير» is -1 on the last word.

        Returns
        -------
        tuple of (int, int)
            `first` and 0 if the words ``[first, last)`` do not begin with one that takes a stand.
        """
        opening = (f for f in self._ending.values() if f.value.opens in _OPENING and f.last <= last)
        starting = {f.first: f for f in sorted(opening, key=lambda f: f.last)}
        found = starting.get(first)
        if found is None:
            return first, 0
        at = found.last
        while at < last and not _class("side").isdisjoint(stems(self._forms[at])):
            at += 1
        return at, found.value.turns

    def only_governs(self, first: int, last: int) -> bool:
        """Whether some words name nothing by themselves: «أي», «الإسراع في»."""
        found = self._ending.get(last)
        while last > first and found is not None and found.value.opens in ("no", "neg") and found.first >= first:
            last = found.first
            found = self._ending.get(last)
        return last <= first

    def head(self) -> tuple[int, int]:
        """How many words at the head only govern what follows («⟨منع⟩ التهجير»), and how they turn its sign."""
        governors = (f for f in self._ending.values() if f.value.opens in ("no", "noun", "neg", "modal"))
        starting = {f.first: f for f in sorted(governors, key=lambda f: f.last)}
        at, sign = 0, 1
        while at in starting and starting[at].last < len(self._forms):
            sign *= starting[at].value.turns
            at = starting[at].last
        return at, sign

    def _before(self, first: int) -> Stand:
        """What the words before `first` say of it."""
        forms, sign, at, gap = self._forms, 1, first, 0
        turned: list[int] = []
        joined = int(self._joined(first))
        parallel = self._definite(first)
        breaks, links, adjuncts = _class("break"), _class("link"), _class("adjunct")
        while at > 0:
            word = forms[at - 1]
            if word in _STOPS or word in breaks or first - at > _LIST or (word in adjuncts and not joined):
                return Stand(sign, False, False, tuple(reversed(turned)))
            found = self._ending.get(at)
            if found is None or not self._governs(found, gap, joined, parallel=parallel):
                joined += self._joined(at - 1)
                gap += word[0].isalnum() and word not in links
                at -= 1
                continue
            governor = found.value
            if governor.turns < 0:
                sign = -sign
                turned.append(found.first)
            if governor.opens in _OPENING:
                denied = self._denied(found.first)
                if denied:
                    sign = -sign
                    turned.append(found.first - 1)
                return Stand(sign, True, True, tuple(reversed(turned)), denied)
            at, gap = found.first, 0
            joined += self._joined(at)
            parallel = self._definite(at)
        return Stand(sign, False, joined > 0 or gap <= _FAR, tuple(reversed(turned)))

    def _governs(self, found: Found[_Governor], gap: int, joined: int, *, parallel: bool) -> bool:
        """Whether a governor reaches a phrase so many words away, past so many coordinations."""
        kind = found.value.opens
        if kind == "verb" and not self._spoken(found.first):
            return False
        if kind in _OPENING:
            return gap <= _FAR or joined > 0
        if found.first in self._named:
            return False
        # «منع القتل ⟨وحماية⟩ المدنيين»: what is joined is parallel to the governor; in «منع القتل ⟨والتهجير⟩» it is
        # parallel to what the governor governs.
        if joined and not (parallel and joined == 1):
            return False
        return gap <= (1 if kind == "neg" else _NEAR)

    def _spoken(self, at: int) -> bool:
        """Whether a verb is the speaker's own: in the first person, or with his side as its subject."""
        form = self._forms[at]
        bare = form[1:] if form[0] in "وف" else form
        if bare.startswith(_FIRST_PERSON) and not bare.startswith("ان"):
            return True
        but = tuple(sorted(_class("resume")))
        following = self._forms[at + 1] if at + 1 < len(self._forms) else ""
        if classes(following) & _NAMING and self._own.isdisjoint(stems(following)):
            return False  # «تريد ⟨إسرائيل⟩ …»: somebody else's
        subject: list[str] = []
        for k in range(at - 1, max(-1, at - 2 - _HEAD), -1):
            if not self._forms[k][0].isalnum() or self._forms[k] in _class("break"):
                break
            subject.append(self._forms[k])
            if self._forms[k].startswith(but):
                break
        mine = _class("own") | _class("side") | _class("link")
        return len(subject) <= _HEAD and all(
            f in mine or f.startswith(but) or not self._own.isdisjoint(stems(f)) for f in subject
        )

    def _denied(self, at: int) -> bool:
        """Whether a negation stands right before a governor."""
        found = self._ending.get(at)
        return found is not None and found.value.opens == "neg"

    def _after(self, last: int, first: int) -> int:
        """The sign of a predicate after a subject that ends at `last`; 0 if there is none."""
        if first > _LIST // 2:
            return 0
        for f in self._verdicts:
            between = self._forms[last : f.first]
            # «إيقاف … يسمح بإدخال المساعدات، ⟨وهو أمر ضروري⟩»: the pronoun takes up the head from afar.
            taken_up = not _class("pronoun").isdisjoint(stems(self._forms[f.first]))
            if taken_up and last <= f.first <= last + _LIST and _STOPS.isdisjoint(between):
                return f.value
            if not self._named.isdisjoint(range(last, f.first)):
                continue  # it is said of what stands nearer to it
            if f.first >= last and f.first - last <= _AFTER and _STOPS.isdisjoint(between) and "،" not in between:
                return f.value
        return 0

    def _joined(self, at: int) -> bool:
        """Whether a word is joined to what stands before it by و."""
        form = self._forms[at]
        return form == "و" or (form.startswith("و") and len(form) > 3 and at > 0)

    def _definite(self, at: int) -> bool:
        return self._forms[at].startswith(("ال", "وال", "لل", "ولل"))
