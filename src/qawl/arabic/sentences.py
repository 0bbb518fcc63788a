"""Sentences. A sentence never ends inside a quotation pair, nor after an abbreviation, an initial or in a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from qawl.arabic.fold import fold
from qawl.arabic.quotes import Quotation, quotations
from qawl.model import Span

__all__ = ["sentences"]

# «..» is a full stop in the Egyptian and Gulf press; an ellipsis (… or ...) only ends a sentence before a
# closing of the paragraph or where what follows opens a new one, which cannot be seen: it does not end one.
_STOP = re.compile(r"\.+|[!?؟]+[.!?؟]*|\n")
# Abbreviations that a full stop belongs to: titles (د. أ.د. م.), Hijri and Gregorian marks, initials.
_ABBREVIATION = {"د", "ا", "م", "ه", "ق", "ص", "ت", "ج", "ر", "س", "ع", "ح", "ط", "ب", "ف", "ن", "و", "ك", "اد"}
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


def sentences(
    text: str, start: int = 0, end: int | None = None, quotes: Sequence[Quotation] | None = None
) -> list[Span]:
    """The sentences of ``text[start:end]``, without the white space around them.

    Parameters
    ----------
    text : str
        The text; a line feed always ends a sentence.
    start, end : int
        The part to look at; all of it by default.
    quotes : sequence of Quotation, optional
        The quotation pairs of this part, if they are known already.

    Returns
    -------
    list of Span
        In order; together they hold every character of the part that is not white space.
    """
    stop = len(text) if end is None else end
    if quotes is None:
        quotes = quotations(text, start, stop)
    # Unclosed quotations hold nothing together: one lost mark must not swallow a paragraph.
    merged = _merge([q.span for q in quotes if q.closed])
    opens = [s.start for s in merged]
    out: list[Span] = []
    pos = start
    for m in _STOP.finditer(text, start, stop):
        cut = m.end()
        if m.group() != "\n":
            i = bisect_right(opens, m.start()) - 1
            if i >= 0 and merged[i].end > m.start():
                continue
            if not _ends(text, m, start, stop):
                continue
            # Closing brackets and marks right after belong to the sentence.
            while cut < stop and text[cut] in ")]»”":
                cut += 1
        _push(out, text, pos, cut)
        pos = cut
    _push(out, text, pos, stop)
    return out


def _merge(spans: list[Span]) -> list[Span]:
    """Outermost spans, overlaps joined, so that a bisection finds the one around an offset."""
    out: list[Span] = []
    for s in sorted(spans):
        if out and s.start < out[-1].end:
            if s.end > out[-1].end:
                out[-1] = Span(out[-1].start, s.end)
        else:
            out.append(s)
    return out


def _push(out: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        out.append(Span(start, end))


def _ends(text: str, m: re.Match[str], start: int, stop: int) -> bool:
    mark, s, e = m.group(), m.start(), m.end()
    if mark[0] != ".":
        return True
    after = text[e] if e < stop else " "
    before = text[s - 1] if s > start else " "
    if len(mark) == 1:
        if after.isdigit() and before.isdigit():
            return False  # 3.5
        if after.isascii() and after.isalnum():
            return False  # example.com
        word = _LAST_WORD.search(text, max(start, s - 4), s)
        if (
            word
            and fold(word.group()) in _ABBREVIATION
            and (word.start() == start or not text[word.start() - 1].isalnum())
        ):
            return e >= stop or text[e : e + 1] == "\n"
        return True
    # Three dots or more: an ellipsis, which ends a sentence only with its paragraph.
    return len(mark) == 2 or e >= stop or after == "\n"
