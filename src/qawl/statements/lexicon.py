"""The lexicon of reporting cues: what words attribute other words to a source, and how.

Single words (`qawl.statements.cue_words`, ``cues.tsv``) and phrases (here, ``cue_phrases.tsv``); both are data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, cast

from qawl.arabic.fold import fold
from qawl.model import Act, DataError
from qawl.statements.cue_words import (
    CLASSES,
    SUFFIXES,
    Cue,
    CueForm,
    cue_forms,
    cues,
    lookup,
    read_act,
    read_rows,
    read_strength,
)

__all__ = [
    "CLASSES", "Cue", "CueForm", "CuePhrase", "cue_forms", "cues", "lookup", "phrases", "phrases_at",
]  # fmt: skip

_PHRASE_COLUMNS = ("phrase", "kind", "who_follows", "position", "act", "strength", "note")


@dataclass(frozen=True, slots=True, eq=False)
class CuePhrase:
    """A cue of several words, or a single word that is no verb («بحسب»).

    Parameters
    ----------
    phrase : str
        As in ``cue_phrases.tsv``.
    slots : tuple of str
        One per word, folded: a word; ``{V:lemma}`` any form of that verb, ``{V:*}`` of any verb of the
        lexicon; ``word{P}`` the word with a pronoun suffix; ``ل+`` the next word begins with it.
    kind : str
        ``phrase``, ``verbal`` (built on a verb) or ``document`` («جاء في البيان»).
    who_follows : bool
        Whether the source stands right after it («بحسب الوزير»).
    position : str
        Where its content stands seen from it: ``before``, ``after`` or ``either``.
    act : Act
        Its default act.
    strength : float
        Chance from 0 to 1 that it is a reporting cue.

    Notes
    -----
    The subject may stand between a verb and what follows it: ``{V:وجه} انتقادات`` is also found in «وجه
    رئيس الاتحاد انتقادات» (see `phrases_at`).
    """

    phrase: str
    slots: tuple[str, ...]
    kind: Literal["phrase", "verbal", "document"]
    who_follows: bool
    position: Literal["before", "after", "either"]
    act: Act
    strength: float


@cache
def phrases() -> tuple[CuePhrase, ...]:
    """The cues of several words, and the single words that are no verbs, the longest first.

    Raises
    ------
    DataError
        If the data file is missing or malformed.
    """
    return tuple(
        sorted((_phrase(row) for row in read_rows("cue_phrases.tsv", _PHRASE_COLUMNS)), key=lambda p: -len(p.slots))
    )


def _phrase(row: dict[str, str]) -> CuePhrase:
    where = f"cue_phrases.tsv: {row['phrase']}"
    if row["kind"] not in ("phrase", "verbal", "document"):
        raise DataError(f"{where}: no such kind: {row['kind']!r}")
    if row["who_follows"] not in ("yes", "no"):
        raise DataError(f"{where}: who_follows is yes or no, not {row['who_follows']!r}")
    if row["position"] not in ("before", "after", "either"):
        raise DataError(f"{where}: no such position: {row['position']!r}")
    return CuePhrase(
        phrase=row["phrase"],
        # The lemma of a verb slot stays as it is written, to be compared with `CueForm.lemma`.
        slots=tuple(slot if slot.startswith("{V:") else fold(slot) for slot in row["phrase"].split()),
        kind=cast(Literal["phrase", "verbal", "document"], row["kind"]),
        who_follows=row["who_follows"] == "yes",
        position=cast(Literal["before", "after", "either"], row["position"]),
        act=read_act(row["act"], where),
        strength=read_strength(row["strength"], where),
    )


@cache
def _phrase_index() -> dict[str, tuple[CuePhrase, ...]]:
    """The phrases by their first slot, its lemma if it is a verb."""
    index: dict[str, list[CuePhrase]] = {}
    for phrase in phrases():
        first = phrase.slots[0]
        index.setdefault(first[3:-1] if first.startswith("{V:") else first, []).append(phrase)
    return {key: tuple(found) for key, found in index.items()}


@lru_cache(maxsize=1 << 16)
def _starting(word: str) -> tuple[tuple[CuePhrase, str, int], ...]:
    """The phrases whose first slot `word` fills, with or without a leading و or ف.

    Each with a word that must stand among the next ones, and how many these are; ``""`` if it has several forms.
    """
    index = _phrase_index()
    found: dict[CuePhrase, None] = {}
    for form, _ in lookup(word):
        if form.form != "masdar":
            found.update(dict.fromkeys(p for p in index.get(form.lemma, ()) if p.slots[0][0] == "{"))
    for rest in (word, word[1:] if word[:1] in ("و", "ف") else ""):
        found.update(dict.fromkeys(p for p in index.get(rest, ()) if p.slots[0][0] != "{"))
        for suffix in SUFFIXES:
            if rest.endswith(suffix):
                found.update(dict.fromkeys(index.get(rest[: -len(suffix)] + "{P}", ())))
    return tuple((p, *_second(p)) for p in sorted(found, key=lambda p: -len(p.slots)))


def _second(phrase: CuePhrase) -> tuple[str, int]:
    """The word that must follow the first of a phrase, and within how many words; ``""`` if it has several forms."""
    second = phrase.slots[1] if len(phrase.slots) > 1 else "{"
    if second[0] == "{" or second.endswith(("}", "+")):
        return "", 0
    return second, _GAP + 1 if phrase.kind == "verbal" and phrase.slots[0].startswith("{V:") else 1


@lru_cache(maxsize=1 << 16)
def _fills(slot: str, word: str) -> bool:
    """Whether a word can stand in a slot."""
    if slot.startswith("{V:"):
        lemma = slot[3:-1]
        finite = [form for form, _ in lookup(word) if form.form in ("past", "present")]
        if lemma == "*":
            return any(form.strength >= _SURE for form in finite)
        return any(form.lemma == lemma for form in finite)
    if slot.endswith("{P}"):
        stem = slot[:-3]
        return word.startswith(stem) and word[len(stem) :] in SUFFIXES
    if slot.endswith("+"):
        return word.startswith(slot[:-1])
    return word == slot


# A verb of this strength can stand for any verb of saying: «على ما أكد», but not «على ما يبلغ».
_SURE = 0.3
# Between a verb and its complement: the subject with its title, but no other clause.
_GAP = 8
_BREAKS = frozenset("،,.:؛;؟?!\n")


def phrases_at(words: Sequence[str], start: int) -> tuple[tuple[CuePhrase, tuple[int, ...]], ...]:
    """The phrases that begin at a word.

    Parameters
    ----------
    words : sequence of str
        Words and punctuation of a sentence, folded.
    start : int
        Index in `words`.

    Returns
    -------
    tuple of (CuePhrase, tuple of int)
        Each with the index of the word that fills each of its slots; the phrase with most slots first. After a
        verb up to eight words without punctuation are passed over; other slots, and those of ``document``
        phrases («جاء في بيان»), stand next to each other.
    """
    found: list[tuple[CuePhrase, tuple[int, ...]]] = []
    for phrase, second, reach in _starting(words[start]):
        near = not second or second in words[start + 1 : start + 1 + reach]
        if near and (places := _places(phrase, words, start)):
            found.append((phrase, places))
    return tuple(found)


def _places(phrase: CuePhrase, words: Sequence[str], start: int) -> tuple[int, ...]:
    """Where the slots are filled from `start` on; empty if they are not."""
    places = [start]
    for before, slot in pairwise(phrase.slots):
        at = places[-1] + 1
        last = at + _GAP if phrase.kind == "verbal" and before.startswith("{V:") else at
        while at < len(words) and not _fills(slot, words[at]):
            if at >= last or words[at] in _BREAKS:
                return ()
            at += 1
        if at >= len(words):
            return ()
        places.append(at)
    return tuple(places)
