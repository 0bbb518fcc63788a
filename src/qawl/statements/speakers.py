"""The mention of the speaker that a cue attaches to."""

from __future__ import annotations

from qawl.model import Span
from qawl.statements.complements import Complement, is_new_cue
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import mention_end, names_a_source, phrase_end
from qawl.statements.parsed import Parsed, Sentence, function_words, has_letters

__all__ = ["speaker_after", "speaker_before", "speaker_of_phrase"]

_LONGEST_BEFORE = 14  # tokens of a subject that stands before its verb


def speaker_after(p: Parsed, i: int, c: Complement | None, last: int, *, takes_object: bool) -> Span | None:
    """The speaker that stands between the cue at token `i` and its complement."""
    form = p.tok.form
    words = function_words()
    stop = c.trigger if c is not None else last
    k = i + 1
    # «قال أمس الوزير», «قال، في القاهرة، الوزير»: the setting may stand first.
    while k < stop and (form[k] in words["adverb"] or form[k] in "،,"):
        k += 1
    if k >= stop:
        return None
    if form[k] in words["stop"] and form[k] not in ("بعض", "غير"):
        return _after_setting(p, k, stop)
    end = mention_end(p, k, stop) if takes_object and c is not None and c.kind in ("np", "prep") else phrase_end(p, k, stop)
    return _as_span(p, k, end)


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
    k = i - 1
    while k >= s.first and form[k] in words["aux"]:
        k -= 1
    if k < s.first:
        return None
    end = k + 1
    relative = form[k] in words["rel"]
    if relative:
        end = k
        k -= 1
        while k >= s.first and form[k] in "،,":
            end = k
            k -= 1
    while k >= s.first and end - k <= _LONGEST_BEFORE:
        f = form[k]
        if k in p.closes:
            begin = p.tok.start.index(p.quotes[p.closes[k]].span.start, 0, k + 1)
            if k - begin > 6:
                break
            k = begin - 1
            continue
        if not has_letters(f) or f in words["comp"] or f in words["conj"] or f in words["neg"]:
            break
        if f in words["rel"] or is_new_cue(p, k) or _finite(f):
            break
        k -= 1
    k += 1
    while k < end and form[k] in words["stop"] | words["adverb"]:
        # «في نورية الوزير يؤكد» leaves what follows the setting; too rare to unravel: no subject.
        return None
    if k >= end or not names_a_source(p, k):
        return None
    stop = phrase_end(p, k, end)
    if relative:
        # The antecedent is the last phrase before الذي.
        return _as_span(p, k, stop) if stop == end else None
    return _as_span(p, k, stop)


def _finite(form: str) -> bool:
    """Whether a word can only be read as a finite cue verb."""
    readings = lookup(form)
    return bool(readings) and all(r.form in ("past", "present") and r.entry.strength >= 0.5 for r, _ in readings)


def speaker_of_phrase(p: Parsed, k: int, last: int) -> tuple[Span | None, int]:
    """The source right after a phrase such as «بحسب», and the token after it."""
    form = p.tok.form
    words = function_words()
    if k < last and form[k] in ("ما", "لما"):
        k += 1
        while k < last and (form[k] in words["aux"] or lookup(form[k])):
            k += 1
            if k - 1 >= 0 and form[k - 1] not in words["aux"]:
                break
        if k < last and form[k] in ("عن", "في", "به"):
            k += 1
    if k >= last or form[k] in words["stop"] - {"بعض"}:
        return None, k
    end = phrase_end(p, k, last)
    return _as_span(p, k, end), max(end, k)


