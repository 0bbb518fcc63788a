"""From token ranges to exact spans and modes: quotation marks, colons, contents that their cue interrupts."""

from __future__ import annotations

from qawl.model import Mode, Span
from qawl.statements.contents import trim
from qawl.statements.parsed import Parsed, has_letters

__all__ = ["content_spans"]

_TERM = 2  # a quoted piece of one or two words is a term, not a quotation (guidelines, mode)


def _joined_quotations(p: Parsed, first: int, last: int) -> list[Span]:
    """The quotations that make up all of ``[first, last)``: «"…" و"…"»; none if other words stand between them."""
    spans: list[Span] = []
    k = first
    while k < last:
        if k in p.opens and p.close_of(p.opens[k]) < last:
            inner = p.quotes[p.opens[k]].inner
            if inner.end > inner.start:
                spans.append(inner)
            k = p.close_of(p.opens[k])
        elif has_letters(p.tok.form[k]) and p.tok.form[k] != "و":
            return []
        k += 1
    return spans


def _part(p: Parsed, first: int, last: int) -> tuple[tuple[Span, ...], Mode]:
    """Spans and mode of one stretch of tokens ``[first, last)`` that begins and ends with words."""
    low, high = first, last
    # Marks that stand right outside: they are the content's own if their partner is there as well.
    if low - 1 in p.opens:
        low -= 1
    if high in p.closes:
        high += 1
    spans = _joined_quotations(p, low, high)
    if spans:
        return tuple(spans), "direct"
    before = first - 1
    while before >= 0 and p.text[p.tok.end[before] : p.tok.start[first]].count("\n") == 0 and before in p.opens:
        before -= 1
    if before >= 0 and p.tok.form[before] == ":" and "\n" not in p.text[p.tok.end[before] : p.tok.start[first]]:
        return (p.tok.span(first, last),), "direct"
    quoted = (k for k in range(low, high) if k in p.opens and p.close_of(p.opens[k]) < high)
    mode: Mode = "mixed" if any(p.length(p.opens[k]) > _TERM for k in quoted) else "indirect"
    if mode == "mixed" and low in p.opens and p.close_of(p.opens[low]) > last:
        mode = "indirect"
    a, b = trim(p, low, high)
    if mode == "mixed" and b - 1 in p.closes:
        return (Span(p.tok.start[a], p.quotes[p.closes[b - 1]].inner.end),), mode
    return (p.tok.span(first, last),), mode


def content_spans(
    p: Parsed, first: int, last: int, cue: tuple[int, int] | None, speaker: tuple[int, int] | None
) -> tuple[tuple[Span, ...], Mode]:
    """The exact spans and the mode of a content.

    Parameters
    ----------
    p : Parsed
        The article.
    first, last : int
        Tokens ``[first, last)`` of the content, from its first to its last word.
    cue, speaker : pair of int, optional
        Tokens ``[first, last)``; where they stand within the content they interrupt it
        («"لن نقبل"، قال الوزير، "بهذا"»).
    """
    if cue is not None and first < cue[0] and cue[1] < last:
        a, b = cue
        if speaker is not None and first < speaker[0] and speaker[1] < last:
            a, b = min(a, speaker[0]), max(b, speaker[1])
        opening = next((k for k in range(b, last) if k in p.opens), None)
        b = opening if opening is not None else b
        head, tail = _words(p, first, a), _words(p, b, last)
        if head is not None and tail is not None:
            one, mode = _part(p, *head)
            two, other = _part(p, *tail)
            return (*one, *two), mode if mode == other else "mixed"
    return _part(p, first, last)


def _words(p: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """A range without marks at its ends; None if no word is in it."""
    while first < last and not has_letters(p.tok.form[first]):
        first += 1
    while last > first and not has_letters(p.tok.form[last - 1]):
        last -= 1
    return (first, last) if first < last else None
