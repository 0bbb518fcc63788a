"""What a cue governs: the clause, quotation or phrase that is its content, and where that begins."""

from __future__ import annotations

from qawl.statements.governing import Complement, is_new_cue, preposition_at, prepositions
from qawl.statements.lexicon import Cue, lookup
from qawl.statements.objects import find_object, in_relative, is_object, object_begins, pairs, with_party
from qawl.statements.parsed import Parsed, function_words, has_letters

__all__ = ["find_complement"]

_WINDOW = 45  # tokens between a cue and its complement: a long subject with its setting
_NAME_IN_QUOTES = 4  # tokens: «قالت "حركة الغد" إن» quotes a name, not words


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
    words = function_words()
    clause = any("ann" in c for c in entry.complements) or bool(prepositions(entry))
    talks = clause or bool(entry.complements & {"colon", "quote"})
    is_subject = subject or is_object(p, i, gender)
    k, stop = i + 1, min(last, i + _WINDOW)
    while k < stop:
        f = p.tok.form[k]
        if k in p.opens:
            if not (_quotes_a_name(p, k) and _goes_on(p, p.close_of(p.opens[k]) + 1, stop)):
                if not talks or object_begins(p, i, k, entry):
                    break
                return Complement("quote", k, k)
            k = p.close_of(p.opens[k]) + 1
            continue
        if f == ":" and talks:
            return _after_colon(p, k, last)
        if clause and (f in words["comp"] or f in words["comp_pron"]):
            if in_relative(p, i, k, entry):
                break
            at = k if f in words["comp_pron"] else k + 1
            return Complement("ann", at, k) if at < last else None
        found = _at_preposition(p, k, last, entry)
        if found is not None and found.kind == "prep" and not pairs(entry) and object_begins(p, i, k, entry):
            break  # «أكد الوزير الحرص على السلم»: the preposition belongs to the object
        if found is not None:
            return with_party(p, i, found, entry, suffixed=suffixed, subject=is_subject)
        if _breaks_off(p, i, k):
            break
        k += 1
    return find_object(p, i, last, entry, subject=is_subject, gender=gender)


def _after_colon(p: Parsed, k: int, last: int) -> Complement | None:
    """What a colon at token `k` introduces: a quotation, a clause («وقال: إن …») or words without marks."""
    at = k + 1
    if at >= last:
        return None
    if p.tok.form[at] in function_words()["comp"]:
        return Complement("ann", at + 1, k)
    return Complement("quote" if at in p.opens else "colon", at, k)


def _at_preposition(p: Parsed, k: int, last: int, entry: Cue) -> Complement | None:
    """The complement that a preposition of `entry` at token `k` introduces."""
    preps = prepositions(entry)
    if not preps:
        return None
    prep, start = preposition_at(p, k, preps)
    return _after_preposition(p, k, start, last, prep) if prep else None


def _breaks_off(p: Parsed, i: int, k: int) -> bool:
    """Whether another statement begins at token `k`, so that the cue at `i` governs nothing after it."""
    new = is_new_cue(p, k)
    # «وأضافت الوزيرة قائلة إن»: a participle without a comma doubles the cue, whose complement follows.
    if new == "participle" and has_letters(p.tok.form[k - 1]):
        return False
    return bool(new) or (k > i + 2 and _another_speaks(p, k))


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
