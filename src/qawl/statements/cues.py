"""Which words of an article are cues: candidates from the lexicon, decided by their context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from qawl.arabic.tables import read_table
from qawl.statements.complements import find_complement
from qawl.statements.governing import Complement, is_new_cue
from qawl.statements.lexicon import CueForm, CuePhrase, lookup, phrases_at
from qawl.statements.mentions import names_a_source
from qawl.statements.parsed import Parsed, Sentence, function_words, has_letters
from qawl.statements.speakers import speaker_before

__all__ = ["Candidate", "candidates"]

# Chance of being a cue that a word needs where a clause or a quotation follows it, and elsewhere.
_ENOUGH = {"ann": 0.22, "colon": 0.22, "quote": 0.22, "prep": 0.4, "np": 0.4}
_HOPELESS = 0.06
_PRIOR_WEIGHT = 3.0  # occurrences that the lexicon's estimate counts for against the counted ones
# «رفض التعليق»: speech that did not take place.
_SILENCE = frozenset("التعليق الافصاح الكشف الادلاء الرد الخوض الاجابه التحدث الحديث تسميه ذكر الافصاح".split())


@dataclass(slots=True)
class Candidate:
    """A word or phrase taken for a cue.

    Parameters
    ----------
    first, last : int
        Its tokens ``[first, last)``.
    kind : str
        ``verb``, ``participle``, ``noun`` or ``phrase``.
    reading : CueForm or None
        Its reading in the lexicon; None for a phrase.
    phrase : CuePhrase or None
        The phrase.
    complement : Complement or None
        What it governs; None if its content stands before it.
    clitic : str
        Proclitics that were taken off.
    strength : float
        Chance that it is a cue, before its context is seen.
    """

    first: int
    last: int
    kind: str
    reading: CueForm | None
    phrase: CuePhrase | None
    complement: Complement | None
    clitic: str
    strength: float


@cache
def _rates() -> dict[str, tuple[int, int]]:
    return {row["form"]: (int(row["seen"]), int(row["cues"])) for row in read_table("cue_rates")}


def _strength(form: str, reading: CueForm) -> float:
    """Chance that a surface form is a cue: counted, smoothed by the lexicon's estimate."""
    seen, cues = _rates().get(form, (0, 0))
    return (cues + _PRIOR_WEIGHT * reading.strength) / (seen + _PRIOR_WEIGHT)


def candidates(p: Parsed, s: Sentence) -> list[Candidate]:
    """The cues of a sentence, in order."""
    found: list[Candidate] = []
    k = s.first
    while k < s.last:
        f = p.tok.form[k]
        c = None
        if has_letters(f):
            c = _phrase(p, k, s, "phrase") or _word(p, k, s) or _phrase(p, k, s, "verbal")
        if c is not None and not (found and _doubles(p, found[-1], c)):
            found.append(c)
            k = c.last if c.phrase is None or c.phrase.kind == "phrase" else k + 1
        else:
            k += 1
    return found


def _doubles(p: Parsed, a: Candidate, b: Candidate) -> bool:
    """Whether `b` only doubles the cue `a`, whose complement it shares.

    «وأضافت قائلة» is one statement, and so is «قال عن سبب رفض الهدنة إن …»: the first cue governs.
    """
    return a.complement is not None and b.complement is not None and a.complement.start == b.complement.start


def _phrase(p: Parsed, k: int, s: Sentence, kind: str) -> Candidate | None:
    """A phrase that begins at token `k`: ``phrase`` («بحسب»), or one built on a verb or a document."""
    for phrase, places in phrases_at(p.tok.form, k):
        if (phrase.kind == "phrase") != (kind == "phrase") or places[-1] >= s.last or phrase.strength < 0.3:
            continue
        if "{V:*}" in phrase.slots:
            continue  # «كما قال»: the verb is found by itself
        if kind == "phrase":
            return Candidate(k, places[-1] + 1, "phrase", None, phrase, None, "", phrase.strength)
        c = _after(p, places[-1] + 1, s) if _plain(p, k, s) else None
        if c is not None:
            verb = next((at for slot, at in zip(phrase.slots, places, strict=True) if slot.startswith("{V:")), k)
            return Candidate(verb, verb + 1, "verb", _finite(p.tok.form[verb]), phrase, c, "", phrase.strength)
    return None


def _after(p: Parsed, k: int, s: Sentence) -> Complement | None:
    """What follows a light-verb phrase: «وجه انتقادات إلى …», «جاء في البيان أن …»."""
    words = function_words()
    stop = min(s.last, k + 25)
    for m in range(k, stop):
        f = p.tok.form[m]
        if f in words["comp"] and m + 1 < s.last:
            return Complement("ann", m + 1, m)
        if f in words["comp_pron"]:
            return Complement("ann", m, m)
        if f == ":" and m + 1 < s.last:
            return Complement("quote" if m + 1 in p.opens else "colon", m + 1, m)
        if m in p.opens:
            return Complement("quote", m, m)
    return None


def _finite(form: str) -> CueForm | None:
    return next((r for r, _ in lookup(form) if r.form in ("past", "present")), None)


def _plain(p: Parsed, k: int, s: Sentence) -> bool:
    """Whether a verb at `k` is asserted: not negated, wished, planned or supposed."""
    words = function_words()
    if k == s.first:
        return True
    before = p.tok.form[k - 1]
    if before in words["neg"] or before in words["hypo"]:
        return False
    return not (before in words["aux"] and k - 2 >= s.first and p.tok.form[k - 2] in words["neg"])


def _word(p: Parsed, k: int, s: Sentence) -> Candidate | None:
    """The best reading of a word as a cue, if its context allows one."""
    best: Candidate | None = None
    form = p.tok.form[k]
    for reading, clitic in lookup(form):
        if reading.suffix == "ه" and p.text[p.tok.end[k] - 1] == "ة":
            continue  # «بائعة» is no verb with a pronoun («بايعه»), though they fold alike
        strength = _strength(form, reading)
        if strength < _HOPELESS or reading.entry.kind in ("impersonal", "light"):
            continue
        found = None
        if reading.form in ("past", "present"):
            found = _verb(p, k, s, reading, clitic)
        elif reading.form == "participle":
            found = _participle(p, k, s, reading, clitic)
        elif reading.suffix:
            found = _noun(p, k, s, reading, clitic)
        if found is None or strength < _ENOUGH[found.kind if found else "np"]:
            continue
        kind = {"past": "verb", "present": "verb", "participle": "participle"}.get(reading.form, "noun")
        if p.inside[k] >= 0 and not _reported_inside(p, k, s, found, strength):
            continue
        if best is None or strength > best.strength:
            before = found if found.start > k else None
            best = Candidate(k, k + 1, kind, reading, None, before, clitic, strength)
    return best


def _verb(p: Parsed, k: int, s: Sentence, reading: CueForm, clitic: str) -> Complement | None:
    """What a finite verb governs where it stands; None if it is no cue there."""
    entry = reading.entry
    if (
        clitic not in ("", "و", "ف")
        or reading.person != 3
        or _is_first_person(p, k, reading, clitic)
        or reading.suffix in _FIRST
        or not _plain(p, k, s)
    ):
        return None  # «نؤكد أن»: the speaker's own performative, or the reporter's we
    before = p.tok.form[k - 1] if k > s.first else ""
    if not clitic and before in _PREPOSITIONS:
        return None  # a noun after a preposition: «من بين», «في حديث»
    subject = not clitic and any(x.startswith("np") for x in entry.complements) and speaker_before(p, k, s) is not None
    gender = reading.gender if reading.number == "s" else ""
    c = find_complement(p, k, s.last, entry, suffixed=bool(reading.suffix), subject=subject, gender=gender)
    if c is not None and c.kind == "np" and (p.tok.form[c.start] in _SILENCE or p.inside[k] >= 0):
        return None
    if c is not None and entry.requires and not _meets(c, entry.requires):
        c = None
    if c is not None and c.kind != "np":
        # «وأضافت الوزيرة ⟨قائلة⟩ إن»: the participle doubles the cue and bounds its subject.
        double = next((m for m in range(k + 1, c.trigger) if is_new_cue(p, m) == "participle"), None)
        c = c if double is None else replace(c, trigger=double)
    bare = c is None or (c.kind == "np" and entry.kind == "say")
    if bare and not clitic and entry.complements & {"quote", "colon"} and _quotation_before(p, k, s):
        return Complement("quote", s.first, k)
    return c


def _is_first_person(p: Parsed, k: int, reading: CueForm, clitic: str) -> bool:
    """Whether a written hamza tells «أعتذر» (I apologise) from «اعتذر» (he apologised), which fold alike."""
    at = p.tok.start[k] + len(clitic)
    return p.text[at : at + 1] == "أ" and reading.lemma.startswith("ا") and reading.form == "past"


def _reported_inside(p: Parsed, k: int, s: Sentence, c: Complement, strength: float) -> bool:
    """Whether a cue inside a quotation reports another's words: it is a sure one, with a speaker and a clause."""
    if strength < _SURE or c.kind not in ("ann", "colon", "quote"):
        return False
    return names_a_source(p, k + 1) or speaker_before(p, k, s) is not None


_SURE = 0.6
_FIRST = ("نا", "ني")  # «تحدثنا», «أخبرني»: the speaker's own words
_PREPOSITIONS = frozenset(
    "عدم دون بدون تم يتم وتم ويتم في من عن علي الي بين بعد قبل خلال هذا هذه اي كل عقب اثر بسبب رغم".split()
)


def _meets(c: Complement, requires: frozenset[str]) -> bool:
    kinds = {r.split("+")[-1].split(":")[0] for r in requires}
    return c.kind in kinds or (c.kind == "quote" and "colon" in kinds) or (c.prep != "" and "prep" in kinds)


def _quotation_before(p: Parsed, k: int, s: Sentence) -> bool:
    """Whether a quotation ends right before the verb: «"…"، يقول فلان»."""
    m = k - 1
    while m >= s.first and k - m <= 3:
        if m in p.closes:
            return p.length(p.closes[m]) > 2
        if has_letters(p.tok.form[m]) and p.tok.form[m] not in ("كما", "هكذا", "بهذه", "و"):
            return False
        m -= 1
    return False


def _participle(p: Parsed, k: int, s: Sentence, reading: CueForm, clitic: str) -> Complement | None:
    form = p.tok.form
    entry = reading.entry
    if clitic not in ("", "و") or p.inside[k] >= 0 or (k == s.first and not reading.accusative):
        return None
    before = form[k - 1] if k > s.first else ""
    after_break = not before or not has_letters(before) or k - 1 in p.closes or clitic == "و"
    if not (reading.accusative or (after_break and (reading.gender == "f" or form[k].endswith("ين")))):
        return None
    c = find_complement(p, k, s.last, entry, subject=True)
    if c is None or (entry.requires and not _meets(c, entry.requires)) or c.trigger - k > 20:
        return None
    return None if c.kind == "np" and not after_break else c


def _noun(p: Parsed, k: int, s: Sentence, reading: CueForm, clitic: str) -> Complement | None:
    """A verbal noun with its speaker as a pronoun: «عن الوزير قوله إن», «في إعلانه أن»."""
    if clitic not in ("", "و", "ب", "ل", "ك") or reading.suffix in ("ي", "نا", "ني", "ك", "كم") or p.inside[k] >= 0:
        return None
    c = find_complement(p, k, s.last, reading.entry)
    if c is None or c.kind not in ("ann", "colon", "quote") or c.trigger - k > 6:
        return None
    return c
