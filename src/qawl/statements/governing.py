"""What a complement is, and the small tests by which it is found: prepositions, new cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qawl.arabic.fold import fold
from qawl.statements.lexicon import Cue, lookup
from qawl.statements.mentions import classes, is_ali
from qawl.statements.parsed import Parsed, function_words, has_letters, initials

__all__ = ["Complement", "Kind", "is_new_cue", "preposition_at", "prepositions"]

Kind = Literal["ann", "colon", "quote", "prep", "np"]

# Adverbs written with a joined ب, and nouns with a joined preposition that are no complement of a cue.
_ADVERBIAL = frozenset(
    (
        "بدوره بدورها بدورهم بدورهما بشده بقوه بشكل بوضوح بصراحه باسم باسمه باسمها بالفعل بالتالي بالطبع "
        "بحضور بمناسبه بعد بعدما بعيد بين بينما بسبب بشان برفقه بلهجه بحسب بحسبما بعض بدل بدلا بدون بقيه بحق "
        "بصفته بصفتها بان بانه بانها ليس لها له لهم لدي لكن لكنه لكنها لقد لم لن لما لذلك لهذا لنحو ليل ليلا "
        "لاول لدي لدى لهجه ليله ليبيا لبنان لندن لصحيفه لوكاله لقناه لبرنامج للصحيفه للصحفيين للصحافيين "
        "لرويترز للجزيره للاناضول لموقع لاذاعه لوسايل للقناه لتلفزيون للموقع للوكاله"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Complement:
    """Where the content of a cue begins.

    Parameters
    ----------
    kind : Kind
        ``ann`` a clause, ``colon``, ``quote``, ``prep`` a phrase after a preposition, ``np`` an object.
    start : int
        Token index where the content begins (of the opening mark for ``quote``).
    trigger : int
        Token index of what introduces it; the speaker stands before it, if after the cue at all.
    prep : str
        The preposition, if one introduces it: ``إلى``, ``ب`` …
    """

    kind: Kind
    start: int
    trigger: int
    prep: str = ""


@lru_cache(maxsize=65536)
def _strong(form: str) -> str:
    """What new cue a word is by itself: ``verb``, ``participle`` or nothing.

    A finite verb with و («وأضاف») and an indefinite accusative participle («مؤكدا») open a new statement
    wherever they stand; other forms depend on what surrounds them.
    """
    for reading, clitic in lookup(form):
        entry = reading.entry
        if reading.form in ("past", "present") and clitic in ("و", "ف") and entry.strength >= 0.5:
            return "verb" if reading.person == 3 else ""
        indefinite = reading.accusative or (reading.gender == "f" and reading.number == "s") or form.endswith("ين")
        if reading.form == "participle" and clitic in ("", "و") and entry.strength >= 0.5 and indefinite:
            return "participle"
    return ""


def is_new_cue(p: Parsed, k: int) -> str:
    """``verb`` or ``participle`` if token `k` opens a statement of its own there, else an empty string."""
    kind = _strong(p.tok.form[k])
    if not kind:
        return ""
    before = p.tok.form[k - 1] if k else "\n"
    if kind == "participle":
        # «، مؤكدة أن»; a bare «مشيرة» after a noun is often its adjective («كلمات مؤثرة»).
        clear = p.tok.form[k].endswith("ا") or _leads_to_clause(p, k)
        return kind if not has_letters(before) or clear or k - 1 in p.closes else ""
    return kind


def _leads_to_clause(p: Parsed, k: int) -> bool:
    """Whether a clause follows at once: «مشيرة إلى أن», «مؤكدين أن»."""
    words = function_words()["comp"] | function_words()["comp_pron"]
    return any(f in words for f in p.tok.form[k + 1 : k + 3])


def preposition_at(p: Parsed, k: int, preps: frozenset[str]) -> tuple[str, int]:
    """A preposition of `preps` at token `k`, and where what it governs begins; ``("", k)`` if none is there."""
    f = p.tok.form[k]
    if f in preps:
        return ("", k) if is_ali(p, k) else (f, k + 1)
    if (
        f[0] in "بل" and f[0] in preps and len(f) > 2 and f not in _ADVERBIAL and f not in initials()
        and not (classes(f) & {"given_m", "given_f", "given_u", "place"})
    ):  # fmt: skip
        return f[0], k
    return "", k


@lru_cache(maxsize=4096)
def prepositions(entry: Cue) -> frozenset[str]:
    """The prepositions that a cue governs, folded."""
    return frozenset(fold(c.rpartition("prep:")[2]) for c in entry.complements if "prep:" in c)
