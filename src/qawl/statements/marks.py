"""Contents as a person reads them: no white space at their ends, and no quotation mark without its other half."""

from __future__ import annotations

from dataclasses import replace

from qawl.arabic.quotes import Quotation
from qawl.model import Span, Statement
from qawl.statements.parsed import Parsed, function_words, has_letters

__all__ = ["tidied"]

_TIES = frozenset({"في", "عن", "من", "الي", "علي", "ل", "ب"})


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
        speaker = _without_preposition(p, s.speaker)
        if speaker is not None and s.mode == "indirect":
            spans = (_after_speaker(p, spans[0], speaker), *spans[1:])
        out.append(s if spans == s.content and speaker is s.speaker else replace(s, content=spans, speaker=speaker))
    return tuple(out)


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
