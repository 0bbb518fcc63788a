"""Objects and parties: what stands between a verb and what it governs, or is governed directly."""

from __future__ import annotations

from functools import lru_cache

from qawl.statements.governing import Complement, is_new_cue
from qawl.statements.lexicon import Cue
from qawl.statements.mentions import disagrees, mention_end, names_a_source
from qawl.statements.parsed import Parsed, function_words, has_letters, nouns

__all__ = ["find_object", "in_relative", "is_noun", "is_object", "object_begins", "pairs", "with_party"]

_TERM = 2  # a quoted word or two is a term
_SETTING = 8  # tokens between a subject and the comma that closes the setting


def pairs(entry: Cue) -> bool:
    """Whether a cue governs an object and a preposition together («اتهم … بـ»)."""
    return any(c.startswith("np+prep:") for c in entry.complements)


def takes_object(entry: Cue) -> bool:
    return any(c == "np" or c.startswith("np+np") for c in entry.complements) and entry.kind != "say"


def object_begins(p: Parsed, i: int, quote: int, entry: Cue) -> bool:
    """Whether an object stands between a cue and a quotation that it only holds: «أعلن الجيش تعيين قائد "الفجر"»."""
    if not takes_object(entry) or quote <= i + 1:
        return False
    words = function_words()
    k = mention_end(p, i + 1, quote) if names_a_source(p, i + 1) else i + 1
    while k < quote and (p.tok.form[k] in words["adverb"] or p.tok.form[k] in "،,-–"):
        k += 1
    if k >= quote or k == i + 1:
        return False
    f = p.tok.form[k]
    return has_letters(f) and f not in words["stop"] and not f.endswith("ا") and is_noun(f)


def in_relative(p: Parsed, i: int, k: int, entry: Cue) -> bool:
    """Whether the أن at token `k` stands in a clause about the object: «شرح الخطة التي سبق أن أعلنها»."""
    if not takes_object(entry):
        return False
    words = function_words()
    between = p.tok.form[i + 1 : k]
    at = next((n for n, f in enumerate(between) if f in words["rel"]), None)
    return at is not None and at >= 1 and "،" not in between[at:] and not names_a_source(p, i + 1)


@lru_cache(maxsize=65536)
def is_noun(form: str) -> bool:
    """Whether a word is a common noun, with or without article and pronoun."""
    bare = form[2:] if form.startswith("ال") else form
    return bare in nouns() or any(bare.endswith(x) and (bare[: -len(x)] in nouns()) for x in ("ه", "ها", "هم"))


def is_object(p: Parsed, i: int, gender: str) -> bool:
    """Whether the phrase right after a verb can only be its object, since they do not agree."""
    return i + 1 < len(p.tok) and disagrees(gender, p.tok.form[i + 1])


def with_party(p: Parsed, i: int, found: Complement, entry: Cue, *, suffixed: bool, subject: bool) -> Complement:
    """Widens a complement to the party before the preposition: «دعا الوزير ⟨الأطراف إلى …⟩»."""
    if not pairs(entry) or suffixed or (found.kind == "ann" and found.trigger == i + 1):
        return found
    between = found.trigger - (i + 1)
    if between <= 0:
        return found
    end = i + 1 if subject else mention_end(p, i + 1, found.trigger)
    if end >= found.trigger and end > i + 1 and entry.kind in ("accuse", "evaluate"):
        # One phrase alone: whom one accuses or describes must be said, who speaks need not.
        return Complement(found.kind, i + 1, i + 1, found.prep)
    if (end <= i + 1 and not subject) or end >= found.trigger:
        return found
    words = function_words()
    f = p.tok.form[end]
    if not has_letters(f) or f in words["stop"] or f in words["adverb"]:
        return found
    return Complement(found.kind, end, end, found.prep)


def find_object(p: Parsed, i: int, last: int, entry: Cue, *, subject: bool, gender: str) -> Complement | None:
    """A direct object as content: «رفض الوزير ⟨أي تدخل⟩», «ورفض ⟨أي تدخل⟩»."""
    if not any(c == "np" or c.startswith("np+np") for c in entry.complements):
        return None
    form = p.tok.form
    words = function_words()
    if i + 1 >= last:
        return None
    speaks = not subject and _may_be_subject(p, i + 1, gender)
    if i + 1 in p.opens and not speaks:
        return Complement("quote" if p.length(p.opens[i + 1]) > _TERM else "np", i + 1, i + 1)
    at = _past_setting(p, mention_end(p, i + 1, last), last) if speaks else i + 1
    if at in p.opens and at < last:
        return Complement("quote" if p.length(p.opens[at]) > _TERM else "np", at, at)
    if i + 1 < at < last and has_letters(form[at]) and form[at] not in words["stop"] and not is_new_cue(p, at):
        return Complement("np", at, at)
    # Only one phrase: the object of an unexpressed subject.
    if has_letters(form[i + 1]) and form[i + 1] not in words["stop"] - {"ما", "من", "اي", "لا"}:
        return Complement("np", i + 1, i + 1)
    return None


def _may_be_subject(p: Parsed, k: int, gender: str) -> bool:
    """Whether the phrase after a verb is its subject: «أكد ⟨الوزير⟩ التزامه», not «أكد ⟨التزام الحكومة⟩ بـ …»."""
    form = p.tok.form
    return names_a_source(p, k) or (gender == "f" and form[k].startswith("ال") and form[k].endswith(("ه", "ات")))


def _past_setting(p: Parsed, at: int, last: int) -> int:
    """Where an object begins after the setting of speech: «نفى المتحدث، في بيان أمس، ⟨وجود …⟩»."""
    form = p.tok.form
    words = function_words()
    while at < last and at not in p.opens and (form[at] in words["adverb"] or form[at] in "،,-–"):
        at += 1
    if at < last and form[at] in words["stop"]:
        comma = next((m for m in range(at, min(last, at + _SETTING)) if form[m] in "،,"), None)
        at = comma + 1 if comma is not None else at
    return at
