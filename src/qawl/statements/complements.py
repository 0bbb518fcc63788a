"""What a cue governs: the clause, quotation or phrase that is its content, and where that begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qawl.statements.lexicon import Cue, lookup
from qawl.statements.mentions import classes, disagrees, is_ali, mention_end, names_a_source
from qawl.statements.parsed import Parsed, function_words, has_letters, initials, nouns

__all__ = ["Complement", "Kind", "find_complement", "is_new_cue", "preposition_at"]

Kind = Literal["ann", "colon", "quote", "prep", "np"]

_WINDOW = 45  # tokens between a cue and its complement: a long subject with its setting
_TERM = 2  # a quoted word or two is a term
_NAME_IN_QUOTES = 4  # tokens: «قالت "حركة الغد" إن» quotes a name, not words
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
        if reading.form == "participle" and clitic in ("", "و") and entry.strength >= 0.5:
            if reading.accusative or (reading.gender == "f" and reading.number == "s") or form.endswith("ين"):
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
def _prepositions(entry: Cue) -> frozenset[str]:
    from qawl.arabic.fold import fold

    return frozenset(fold(c.rpartition("prep:")[2]) for c in entry.complements if "prep:" in c)


def _after_preposition(p: Parsed, k: int, start: int, last: int, prep: str) -> Complement | None:
    """The complement that a preposition at `k` introduces: a clause, a quotation or a phrase from `start`."""
    words = function_words()
    if start >= last:
        return None
    f = p.tok.form[start]
    if start > k and (f in words["occasion"] or f in ("هامش", "راس", "جانب")):
        return None  # «على هامش الاجتماع», «إلى جانب الوزير»
    if start > k and f in words["comp"]:
        return Complement("ann", start + 1, k, prep)
    if start > k and start in p.opens:
        return Complement("quote", start, k, prep)
    return Complement("prep", start, k, prep)


def find_complement(
    p: Parsed, i: int, last: int, entry: Cue, *, suffixed: bool = False, subject: bool = False, gender: str = ""
) -> Complement | None:
    """The complement of the cue at token `i`, sought up to token `last`.

    Parameters
    ----------
    p : Parsed
        The article.
    i, last : int
        Token of the cue, end of its sentence.
    entry : Cue
        The cue's entry in the lexicon: what it can govern.
    suffixed : bool
        Whether a pronoun suffix is its object already («اتهمه بـ»).
    subject : bool
        Whether its subject stands before it, so that what follows is its object («الوزير يرفض التمديد»).
    gender : str
        ``m`` or ``f`` of a singular finite verb, which a subject after it shares; ``""`` otherwise.
    """
    form = p.tok.form
    words = function_words()
    preps = _prepositions(entry)
    clause = any("ann" in c for c in entry.complements) or bool(preps)
    talks = "colon" in entry.complements or "quote" in entry.complements
    k, stop = i + 1, min(last, i + _WINDOW)
    while k < stop:
        f = form[k]
        if k in p.opens:
            quote = p.opens[k]
            if not (_quotes_a_name(p, k) and _goes_on(p, p.close_of(quote) + 1, stop)):
                if not (talks or clause) or _object_begins(p, i, k, entry):
                    break
                return Complement("quote", k, k)
            k = p.close_of(quote) + 1
            continue
        if f == ":" and (talks or clause):
            at = k + 1
            if at >= last:
                return None
            if form[at] in words["comp"]:
                return Complement("ann", at + 1, k)
            return Complement("quote" if at in p.opens else "colon", at, k)
        if (f in words["comp_pron"] or f in words["comp"]) and clause and _in_relative(p, i, k, entry):
            break
        if f in words["comp_pron"] and clause:
            return Complement("ann", k, k)
        if f in words["comp"] and clause:
            return Complement("ann", k + 1, k) if k + 1 < last else None
        prep, start = preposition_at(p, k, preps) if preps and k > i else ("", k)
        if prep:
            found = _after_preposition(p, k, start, last, prep)
            if found is not None:
                return _with_party(p, i, found, entry, suffixed=suffixed, subject=subject or _is_object(p, i, gender))
        new = is_new_cue(p, k)
        # «وأضافت الوزيرة قائلة إن»: a participle without a comma doubles the cue, whose complement follows.
        if (new and not (new == "participle" and has_letters(form[k - 1]))) or (k > i + 2 and _another_speaks(p, k)):
            break
        k += 1
    return _object(p, i, last, entry, subject=subject or _is_object(p, i, gender), gender=gender)


def _takes_object(entry: Cue) -> bool:
    return any(c == "np" or c.startswith("np+np") for c in entry.complements) and entry.kind != "say"


def _object_begins(p: Parsed, i: int, quote: int, entry: Cue) -> bool:
    """Whether an object stands between a cue and a quotation that it only holds: «أعلن الجيش تعيين قائد "الفجر"»."""
    if not _takes_object(entry) or quote <= i + 1:
        return False
    words = function_words()
    k = mention_end(p, i + 1, quote) if names_a_source(p, i + 1) else i + 1
    while k < quote and (p.tok.form[k] in words["adverb"] or p.tok.form[k] in "،,-–"):
        k += 1
    if k >= quote or k == i + 1:
        return False
    f = p.tok.form[k]
    return has_letters(f) and f not in words["stop"] and not f.endswith("ا") and is_noun(f)


def _in_relative(p: Parsed, i: int, k: int, entry: Cue) -> bool:
    """Whether the أن at token `k` stands in a clause about the object: «شرح الخطة التي سبق أن أعلنها»."""
    if not _takes_object(entry):
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


_SETS_IN = frozenset("اذ حيث فيما بينما كما وفيما وبينما حين ثم".split())


def _another_speaks(p: Parsed, k: int) -> bool:
    """Whether a cue verb at token `k` opens a clause of its own: «…، إذ قالت اللجنة إن»."""
    before = p.tok.form[k - 1]
    if has_letters(before) and before not in _SETS_IN and before not in function_words()["aux"]:
        return False
    return any(
        r.form in ("past", "present") and not clitic and r.strength >= _SURE for r, clitic in lookup(p.tok.form[k])
    )


_SURE = 0.85


def _quotes_a_name(p: Parsed, k: int) -> bool:
    """Whether the quotation that opens at token `k` may hold a name: it is short, with no particle in it."""
    if p.length(p.opens[k]) > _NAME_IN_QUOTES:
        return False
    words = function_words()
    inner = p.tok.form[k + 1 : p.close_of(p.opens[k])]
    return not any(f in words["stop"] or f in words["comp"] or f in words["comp_pron"] for f in inner)


def _goes_on(p: Parsed, k: int, stop: int) -> bool:
    """Whether what follows a short quotation shows that it quoted a name: a complement comes later."""
    words = function_words()
    for m in range(k, stop):
        f = p.tok.form[m]
        if f in words["comp"] or f in words["comp_pron"] or f == ":" or m in p.opens:
            return True
        if is_new_cue(p, m):
            return False
    return False


def _is_object(p: Parsed, i: int, gender: str) -> bool:
    """Whether the phrase right after a verb can only be its object, since they do not agree."""
    return i + 1 < len(p.tok) and disagrees(gender, p.tok.form[i + 1])


def _with_party(
    p: Parsed, i: int, found: Complement, entry: Cue, *, suffixed: bool, subject: bool
) -> Complement:
    """Widens a complement to the party before the preposition: «دعا الوزير ⟨الأطراف إلى …⟩»."""
    pair = any(c.startswith("np+prep:") for c in entry.complements)
    if not pair or suffixed or (found.kind == "ann" and found.trigger == i + 1):
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


def _object(p: Parsed, i: int, last: int, entry: Cue, *, subject: bool, gender: str) -> Complement | None:
    """A direct object as content: «رفض الوزير ⟨أي تدخل⟩», «ورفض ⟨أي تدخل⟩»."""
    if not any(c == "np" or c.startswith("np+np") for c in entry.complements):
        return None
    form = p.tok.form
    words = function_words()
    # «أكد التزام الحكومة بـ …»: a common noun that cannot speak is the object of an unexpressed subject.
    speaks = not subject and i + 1 < last and (
        names_a_source(p, i + 1) or (gender == "f" and form[i + 1].startswith("ال") and form[i + 1].endswith(("ه", "ات")))
    )
    if i + 1 in p.opens and not speaks:
        return Complement("quote" if p.length(p.opens[i + 1]) > _TERM else "np", i + 1, i + 1)
    at = mention_end(p, i + 1, last) if speaks else i + 1
    # Skip the setting between speaker and object: «نفى المتحدث، في بيان، وجود …» and «أمس».
    while at < last and (not has_letters(form[at]) or form[at] in words["adverb"]) and form[at] not in ".؟!":
        if at in p.opens:
            return Complement("quote", at, at) if p.length(p.opens[at]) > 2 else Complement("np", at, at)
        if not has_letters(form[at]) and form[at] not in "،,-–":
            break
        at += 1
    if speaks and at < last and form[at] in words["stop"]:
        # «أعلنت السلطات في نورية، افتتاح …»: the object stands after the comma that closes the setting.
        comma = next((m for m in range(at, min(last, at + 8)) if form[m] in "،,"), None)
        at = comma + 1 if comma is not None else at
    if at < last and at > i + 1 and has_letters(form[at]) and form[at] not in words["stop"] and not is_new_cue(p, at):
        return Complement("np", at, at)
    # Only one phrase: the object of an unexpressed subject.
    if i + 1 < last and has_letters(form[i + 1]) and form[i + 1] not in words["stop"] - {"ما", "من", "اي", "لا"}:
        return Complement("np", i + 1, i + 1)
    return None
