"""From token ranges to exact spans and modes: quotation marks, colons, contents that their cue interrupts."""

from __future__ import annotations

from qawl.model import Mode, Span
from qawl.statements.contents import trim
from qawl.statements.parsed import Parsed, has_letters

__all__ = ["content_spans"]

_TERM = 2  # a quoted piece of one or two words is a term, not a quotation (guidelines, mode)
_SPEECH = 12  # letters of the shortest quoted speech
_SKIPPED = '([{-–«»"“”„'  # marks between a colon and what follows it, the marks of unclosed quotations among them


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


def _outward(p: Parsed, first: int, last: int) -> tuple[int, int]:
    """A range widened to the quotation marks right outside it, past a full stop («"… لن نقبل."»)."""
    low, high = first, last
    for k in range(first - 1, max(first - 3, -1), -1):
        if has_letters(p.tok.form[k]):
            break
        if k in p.opens:
            low = k
            break
    for k in range(last, min(last + 3, len(p.tok))):
        if has_letters(p.tok.form[k]):
            break
        if k in p.closes:
            high = k + 1
            break
    return low, high


def _quoted_whole(p: Parsed, first: int, last: int, cue: tuple[int, int] | None) -> bool:
    """Whether all words stand in one quotation that their cue is outside of."""
    quote = p.inside[first]
    if quote < 0 or p.quotes[quote].inner.end < p.tok.end[last - 1]:
        return False
    if cue is not None:
        return p.quotes[quote].inner.start > p.tok.start[cue[0]] or p.quotes[quote].inner.end <= p.tok.start[cue[0]]
    return True


def _is_speech(p: Parsed, opening: int) -> bool:
    """Whether a quotation is more than a term or a name: «"بي بي سي"» is a name."""
    words = [f for f in p.tok.form[opening : p.close_of(p.opens[opening])] if has_letters(f)]
    return len(words) > _TERM and sum(map(len, words)) >= _SPEECH


def _after_colon(p: Parsed, first: int) -> bool:
    """Whether a colon stands before a word, marks between them aside."""
    k = first - 1
    while k >= 0 and p.tok.form[k] in _SKIPPED:
        k -= 1
    return k >= 0 and p.tok.form[k] == ":" and "\n" not in p.text[p.tok.end[k] : p.tok.start[first]]


def _part(p: Parsed, first: int, last: int, cue: tuple[int, int] | None) -> tuple[tuple[Span, ...], Mode]:
    """Spans and mode of one stretch of tokens ``[first, last)`` that begins and ends with words."""
    low, high = _outward(p, first, last)
    spans = _joined_quotations(p, low, high)
    if spans:
        return tuple(spans), "direct"
    whole = (p.tok.span(first, last),)
    if _quoted_whole(p, first, last, cue) or _after_colon(p, first):
        return whole, "direct"
    quoted = [k for k in range(low, high) if k in p.opens and p.close_of(p.opens[k]) < high]
    if not any(_is_speech(p, k) for k in quoted):
        return whole, "indirect"
    a, b = trim(p, low, high)
    if b - 1 in p.closes:
        return (Span(p.tok.start[a], p.quotes[p.closes[b - 1]].inner.end),), "mixed"
    return whole, "mixed"


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
            one, mode = _part(p, *head, cue)
            two, other = _part(p, *tail, cue)
            return (*one, *two), mode if mode == other else "mixed"
    return _part(p, first, last, cue)


def _words(p: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """A range without marks at its ends; None if no word is in it."""
    while first < last and not has_letters(p.tok.form[first]):
        first += 1
    while last > first and not has_letters(p.tok.form[last - 1]):
        last -= 1
    return (first, last) if first < last else None
