"""The mention of the speaker that a cue attaches to."""

from __future__ import annotations

from qawl.model import Span
from qawl.statements.governing import Complement, is_new_cue
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import (
    classes,
    is_family,
    is_given,
    is_name,
    is_stop,
    is_verbal,
    mention_end,
    names_a_source,
    phrase_end,
)
from qawl.statements.parsed import Parsed, Sentence, function_words, has_letters, initials, nouns
from qawl.statements.people import is_imam, people

__all__ = ["after_auxiliary", "issuer", "speaker_after", "speaker_before", "speaker_of_noun", "speaker_of_phrase"]

_UNKNOWN = 4  # tokens of a phrase that is taken for a speaker though nothing tells that it is one
_QUOTED_NAME = 6  # tokens of a quoted name with its marks: «حركة "المسار الجديد" تؤكد»
_LONGEST_BEFORE = 14  # tokens of a subject that stands before its verb


def speaker_after(
    p: Parsed, i: int, c: Complement | None, last: int, *, takes_object: bool, gender: str = ""
) -> Span | None:
    """The speaker that stands between the cue at token `i` and its complement."""
    form = p.tok.form
    words = function_words()
    stop = c.trigger if c is not None else last
    k = i + 1
    # «قال أمس الوزير», «قال، في القاهرة، الوزير»: the setting may stand first.
    while k < stop and (form[k] in words["adverb"] or form[k] in "،,-–") and not _addressee(p, k):
        k += 1
    if k < stop and _addressee(p, k):
        # «قال لوكالة الأفق مصدر أمني»: the speaker stands after the addressee, if at all.
        k = k + 2 if k + 1 in p.opens else phrase_end(p, k, stop)
        if k - 1 in p.opens:
            k = p.close_of(p.opens[k - 1]) + 1
        if k >= stop or not names_a_source(p, k):
            return None
    if k >= stop:
        return None
    if form[k] in words["stop"] and form[k] not in ("بعض", "غير") and not _points_to(p, k, stop) and not is_imam(p, k):
        return _after_setting(p, k, stop)
    objects = takes_object and c is not None and c.kind in ("np", "prep")
    known = names_a_source(p, k) or (gender == "f" and form[k].startswith("ال") and form[k].endswith(("ه", "ات")))
    if not known and not _could_speak(p, k):
        return None
    if not known:
        # «وأفاد القحطي خلال لقاء …»: a short phrase that something closes.
        end = phrase_end(p, k, stop)
        closed = end < len(form) and (not has_letters(form[end]) or is_stop(form[end]) or end == stop)
        if end - k > _UNKNOWN or not closed or (objects and not form[k].startswith("ال")):
            return None
    if objects:
        return _as_span(p, k, mention_end(p, k, stop))
    end = phrase_end(p, k, stop)
    if people(p).begins(k) is None:
        end = _to_the_name(p, end, stop) or end
    return _as_span(p, k, end)


def _points_to(p: Parsed, k: int, stop: int) -> bool:
    """Whether a demonstrative begins a speaker: «وأكد هؤلاء أن», «وذكرت هذه التقارير أن»."""
    form = p.tok.form
    if form[k] not in function_words()["dem"]:
        return False
    return k + 1 >= stop or (form[k + 1].startswith("ال") and names_a_source(p, k))


def _to_the_name(p: Parsed, k: int, stop: int) -> int:
    """Where a title ends that goes on past a preposition to its name: «منسق السلام في الشمال سالم الراوي إن».

    0 if it does not: a mark, a verb or an occasion stands between.
    """
    form = p.tok.form
    occasions = function_words()["occasion"]
    for m in range(k, min(stop, k + _LONGEST_BEFORE)):
        f = form[m]
        if m > k and (is_given(f) or (is_name(f) and m + 1 < stop and is_name(form[m + 1]))):
            end = m + 1
            while end < stop and (is_name(form[end]) or is_family(form[end], after_given=True)):
                end += 1
            return end
        if not has_letters(f) or f in occasions or f in function_words()["adverb"] or _finite(f):
            return 0
    return 0


def _could_speak(p: Parsed, k: int) -> bool:
    """Whether a phrase that nothing marks as a source may be one: «قال اقتصاديون», not «قال بهذا الشأن»."""
    f = p.tok.form[k]
    if f[0] in "بلكو" and f not in initials() and (f[1:].startswith("ال") or f[1:] in nouns() or f[1:] in _points()):
        return False
    # «موقفه», «تصريحاتها»: a noun with a pronoun is what was said; «امرأة» has a ta marbuta.
    written = p.text[p.tok.end[k] - 1]
    return not (written == "ه" or f.endswith(("ها", "هم", "نا")))


def _points() -> frozenset[str]:
    return function_words()["dem"]


def _addressee(p: Parsed, k: int) -> bool:
    """Whether a phrase at `k` is who was spoken to: «قال لوكالة الأفق», «للصحفيين»."""
    f = p.tok.form[k]
    if f == "ل" and k + 1 in p.opens:
        return True
    return f.startswith("لل") or (f.startswith("ل") and len(f) > 3 and f not in initials() and bool(classes(f[1:])))


def _after_setting(p: Parsed, k: int, stop: int) -> Span | None:
    """A speaker after a setting closed by a comma: «قال، خلال لقاء في نورية، الوزير إن»."""
    form = p.tok.form
    while k < stop and form[k] not in "،,":
        k += 1
    k += 1
    if k >= stop or not names_a_source(p, k):
        return None
    return _as_span(p, k, phrase_end(p, k, stop))


def _as_span(p: Parsed, k: int, end: int) -> Span | None:
    """The span of a phrase, without quotation marks that enclose all of it."""
    if end <= k:
        return None
    if k in p.opens and p.close_of(p.opens[k]) == end - 1:
        inner = p.quotes[p.opens[k]].inner
        return inner if inner.end > inner.start else None
    if end - 1 in p.closes and p.quotes[p.closes[end - 1]].span.start < p.tok.start[k]:
        end -= 1
    return p.tok.span(k, end) if end > k else None


def speaker_before(p: Parsed, i: int, s: Sentence) -> Span | None:
    """The subject that stands before the verb at token `i`: «الوزير يؤكد», «إن قادة الحزب قالوا»."""
    form = p.tok.form
    words = function_words()
    after_aux = after_auxiliary(p, i, s)
    if after_aux is not None:
        return after_aux
    k = i - 1
    while k >= s.first and form[k] in words["aux"]:
        k -= 1
    if k < s.first:
        return None
    end = k + 1
    relative = form[k] in words["rel"]
    if relative:
        end = k
        while end > s.first and form[end - 1] in "،,":
            end -= 1
    k = _clause_start(p, s.first, end)
    if relative:
        return _antecedent(p, k, end)
    # «في نورية الوزير يؤكد»: too rare to unravel; «في أيلول 2021 قال»: no subject.
    if k >= end or is_stop(form[k]) or (k > s.first and form[k - 1] == "/") or not names_a_source(p, k):
        return None
    return _as_span(p, k, phrase_end(p, k, end))


def _clause_start(p: Parsed, first: int, end: int) -> int:
    """Where the phrase before token `end` begins: after the last mark, particle or verb from token `first` on."""
    form = p.tok.form
    words = function_words()
    k = end - 1
    while k >= first and end - k <= _LONGEST_BEFORE:
        f = form[k]
        if k in p.closes:
            begin = p.tok.start.index(p.quotes[p.closes[k]].span.start, 0, k + 1)
            if k - begin > _QUOTED_NAME:
                break
            k = begin - 1
            continue
        if not has_letters(f) or f in words["comp"] or f in words["conj"] or f in words["neg"]:
            break
        if f in words["rel"] or is_new_cue(p, k) or _finite(f) or (is_verbal(f) and not is_name(f)):
            break
        k -= 1
    return k + 1


def _antecedent(p: Parsed, first: int, end: int) -> Span | None:
    """What a relative clause after token `end` is about: the last phrase before it that can speak.

    «التقى المرشح ⟨سالم الراوي⟩ الذي رفض», «بيان ⟨الوزارة⟩ التي قالت».
    """
    person = people(p).at(max(first, end - 1), end)
    if person and person[0].last == end:
        return _as_span(p, max(first, person[0].title), end)
    for k in range(first, end):
        if is_stop(p.tok.form[k]) or (p.tok.form[k][0] in "بل" and p.tok.form[k] not in initials()):
            continue
        if names_a_source(p, k) and phrase_end(p, k, end) == end:
            return _as_span(p, k, end)
    return None


def after_auxiliary(p: Parsed, i: int, s: Sentence) -> Span | None:
    """The subject between كان and its verb: «وكان سالم الراوي، رئيس البلدية، قد أكد»."""
    form = p.tok.form
    for k in range(i - 1, max(s.first - 1, i - 25), -1):
        if form[k] in _BE and k + 1 < i and p.inside[k] == p.inside[i]:
            return _as_span(p, k + 1, phrase_end(p, k + 1, i)) if names_a_source(p, k + 1) else None
        if is_new_cue(p, k) or _finite(form[k]):
            return None
    return None


_BE = frozenset("كان وكان كانت وكانت كانوا وكانوا فكان".split())


def _finite(form: str) -> bool:
    """Whether a word can only be read as a finite cue verb."""
    readings = lookup(form)
    return bool(readings) and all(r.form in ("past", "present") and r.entry.strength >= 0.5 for r, _ in readings)


def speaker_of_phrase(p: Parsed, k: int, last: int) -> tuple[Span | None, int]:
    """The source right after a phrase such as «بحسب», and the token after it.

    A verb between them is passed over: «بحسب ما ذكر الوزير», «حسبما أعلنت الوزارة».
    """
    form = p.tok.form
    words = function_words()
    if k < last and form[k] in ("ما", "لما"):
        k += 1
    while k < last and form[k] in words["aux"]:
        k += 1
    if k < last and any(r.form in ("past", "present") for r, _ in lookup(form[k])) and not classes(form[k]):
        k += 1
        if k < last and form[k] in ("عن", "في", "به"):
            k += 1
    if k >= last or form[k] in words["stop"] - {"بعض"}:
        return None, k
    end = phrase_end(p, k, last)
    if end < last and has_letters(form[end]):
        end = max(mention_end(p, k, last), k + 1)
    return _as_span(p, k, end), max(end, k)


def speaker_of_noun(p: Parsed, i: int, s: Sentence) -> tuple[Span | None, Span | None]:
    """The speaker of a noun with a pronoun, and the carrier: «نقلت ⟨الوكالة⟩ عن ⟨الوزير⟩ قوله»."""
    form = p.tok.form
    for k in range(i - 1, max(s.first - 1, i - 25), -1):
        if form[k] in ("عن", "الي") and k + 1 < i:
            end = phrase_end(p, k + 1, i)
            speaker = _as_span(p, k + 1, end)
            for m in range(k - 1, max(s.first - 1, k - 15), -1):
                if any(r.lemma in ("نقل", "نسب") for r, _ in lookup(form[m])):
                    return speaker, _as_span(p, m + 1, phrase_end(p, m + 1, k))
            return speaker, None
        ascribed = (r.lemma == "نسب" for m in range(max(s.first, k - 8), k) for r, _ in lookup(form[m]))
        if form[k].startswith("لل") and k + 1 < i and any(ascribed):
            return _as_span(p, k, phrase_end(p, k, i)), None
        if not has_letters(form[k]) and form[k] in "،.؛" and k < i - 1:
            return None, None
    return None, None


def issuer(p: Parsed, k: int, stop: int) -> Span | None:
    """The source of a document phrase: «جاء في بيان ⟨الوزارة⟩», «بيان صادر عن ⟨الوزارة⟩», «جاء في ⟨التقرير⟩»."""
    form = p.tok.form
    while k < stop and form[k] in ("في", "ب"):
        k += 1
    end = phrase_end(p, k, stop)
    if form[k : k + 1] and form[k] in _ISSUED and end - k > 1:
        k += 1
        if k < end and form[k] in ("صادر", "اصدرته", "نشرته", "مشترك"):
            k += 1
        if k < end and form[k] in ("عن", "ل"):
            k += 1
        span = _as_span(p, k, end)
        joined = form[k][0] == "ل" and form[k][1] != "ل" if k < end and len(form[k]) > 3 else False
        return Span(span.start + 1, span.end) if span is not None and joined else span
    return _as_span(p, k, end)


_ISSUED = frozenset("بيان تصريح رساله كلمه خطاب بلاغ".split())
