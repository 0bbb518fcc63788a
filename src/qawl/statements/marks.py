"""Contents as a person reads them: no white space at their ends, and no quotation mark without its other half."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from qawl.arabic.quotes import Quotation
from qawl.model import Span, Statement
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import classes, disagrees
from qawl.statements.objects import pairs
from qawl.statements.parsed import Parsed, function_words, has_letters
from qawl.statements.personal_names import to_whom

__all__ = ["tidied"]

_TIES = frozenset({"في", "عن", "من", "الي", "علي", "ل", "ب"})
_TO = frozenset({"الي", "ب", "ان", "بان", "علي"})  # what may stand between a party and what it is asked for
_OBLIQUE = 7  # letters from which «ال…ين» is a plural that is no subject


def tidied(p: Parsed, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The same statements with tidy contents and mentions.

    A content that holds one mark of a pair, and stands right at the other, takes it in: «بلاده "لا تتهم أحدا"».
    The marks around a whole quotation stay outside.

    Parameters
    ----------
    p : Parsed
        The article.
    statements : tuple of Statement
        As found in it.
    """
    closing = {p.quotes[q].inner.end: p.quotes[q] for q in p.closes.values()}
    opening = {p.quotes[q].inner.start: p.quotes[q] for q in p.opens.values()}
    out = []
    for s in statements:
        spans = tuple(_stripped(p.text, x) for x in s.content)
        if s.mode != "direct":
            spans = tuple(_balanced(x, opening, closing) for x in spans)
        speaker = _alone(p, s, _without_preposition(p, s.speaker))
        if speaker is not None and s.cue is not None and _is_asked(p, s.cue, speaker):
            # «طالب ⟨الشركات⟩ بخفض الأسعار»: the party that is asked belongs to what is asked.
            if speaker.end <= spans[0].start and _TO.issuperset(p.tok.form[p.at(speaker.end) : p.at(spans[0].start)]):
                spans = (Span(speaker.start, spans[0].end), *spans[1:])
            speaker = None
        if speaker is not None and s.mode == "indirect":
            spans = (_after_speaker(p, spans[0], speaker), *spans[1:])
        named = s.named if speaker is not None and s.named is not None and speaker.holds(s.named) else None
        same = spans == s.content and speaker is s.speaker and named is s.named
        out.append(s if same else replace(s, content=spans, speaker=speaker, named=named))
    return tuple(out)


def _is_asked(p: Parsed, cue: Span, speaker: Span) -> bool:
    """Whether the phrase right after a verb that governs a party can only be that party: it does not agree as subject.

    «حث ⟨المواطنين⟩ على …» (the subject would be المواطنون), «طالب ⟨شركات⟩ … بـ» (the verb would be طالبت).
    """
    k = p.at(cue.start)
    first = p.at(speaker.start)
    if first != k + 1:
        return False
    readings = [r for r, _ in lookup(p.tok.form[k]) if r.form == "past" and pairs(r.entry)]
    if not readings or any(r.gender != readings[0].gender for r in readings):
        return False
    head, gender = p.tok.form[first], readings[0].gender
    oblique = head.startswith("ال") and head.endswith("ين") and len(head) >= _OBLIQUE and not classes(head)
    plural = gender == "m" and head.endswith("ات") and len(head) > len("ذات") and not classes(head)
    return oblique or plural or disagrees(gender, head)


def _after_speaker(p: Parsed, span: Span, speaker: Span) -> Span:
    """A content that took in its own speaker, without it: «دعا ⟨سالم الراوي الأطراف إلى …⟩»."""
    if not (span.start == speaker.start and speaker.end < span.end):
        return span
    words = function_words()
    k = p.at(speaker.end)
    while k < len(p.tok) and (p.tok.form[k] in words["adverb"] or not has_letters(p.tok.form[k])) and k not in p.opens:
        k += 1
    if k < len(p.tok) and p.tok.form[k] in _TIES:
        k += 1
    return Span(p.tok.start[k], span.end) if k < len(p.tok) and p.tok.start[k] < span.end else span


def _without_preposition(p: Parsed, speaker: Span | None) -> Span | None:
    """A mention without the preposition that ties it to its cue: «جاء في ⟨التقرير⟩»."""
    if speaker is None:
        return None
    k = p.at(speaker.start)
    if k + 1 < len(p.tok) and p.tok.form[k] in _TIES and p.tok.start[k + 1] < speaker.end:
        return Span(p.tok.start[k + 1], speaker.end)
    return speaker


def _alone(p: Parsed, s: Statement, speaker: Span | None) -> Span | None:
    """A mention without those spoken to, None if none is left: «قال المصدر ⟨لصحفيين⟩», «دعا الراوي ⟨نظيره النوري⟩».

    After the word of saying one who is named with ل hears; with a phrase he speaks: «وفقا لمسؤول».
    """
    if speaker is None or s.cue is None:
        return speaker
    first, last = p.at(speaker.start), p.at(speaker.end)
    finite = s.cue.end <= speaker.start and _finite(p.tok.form[p.at(s.cue.start)])
    for k in range(first, last):
        form = p.tok.form[k]
        named = s.named is not None and s.named.start <= p.tok.start[k] < s.named.end
        heard = finite and not named and (to_whom(form) or (k == first and form.startswith("لل")))
        if heard or (k > first and form.startswith("نظي") and form.endswith(("ه", "ها", "هم"))):
            return Span(speaker.start, p.tok.end[k - 1]) if k > first else None
    return speaker


@lru_cache(maxsize=8192)
def _finite(form: str) -> bool:
    """Whether a cue is a verb, by its likeliest reading."""
    readings = lookup(form)
    return bool(readings) and max(readings, key=lambda r: r[0].strength)[0].form in ("past", "present")


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _balanced(span: Span, opening: dict[int, Quotation], closing: dict[int, Quotation]) -> Span:
    """A span widened by the mark right after it whose pair it holds, or by the mark right before it."""
    after, before = closing.get(span.end), opening.get(span.start)
    start, end = span.start, span.end
    if after is not None and span.start <= after.span.start:
        end = after.span.end
    if before is not None and before.span.end <= span.end:
        start = before.span.start
    return Span(start, end)
