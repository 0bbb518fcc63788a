"""Quotation pairs in every style that Arabic pages use; unbalanced marks are survived.

Styles: «» (also reversed »«), "" “” ”“ „“ (one class: Arabic pages mix and turn them), ‹›, ‘’ and '' (only
at word edges: ``L'Monde`` holds an apostrophe), {} and (( )).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qawl.model import Span

__all__ = ["Quotation", "quotations"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A pair of quotation marks.

    Parameters
    ----------
    span : Span
        With its marks.
    inner : Span
        What stands between them.
    closed : bool
        False if no closing mark was found: the quotation then runs to the end of its paragraph.
    depth : int
        0 for an outermost quotation.
    """

    span: Span
    inner: Span
    closed: bool
    depth: int


_MARK = re.compile(r"\(\(|\)\)|<<|>>|''|[\"“”„‟″＂«»‹›{}‘’‚']")
# Marks whose shape does not tell opening from closing on Arabic pages, as classes that close one another.
_CLASS = dict.fromkeys('"“”„‟″＂', '"') | dict.fromkeys("‘’‚'", "'") | {"''": '"'}
_OPENS = {"«": "«", "‹": "‹", "{": "{", "((": "((", "<<": "«"}
_CLOSES = {"»": "«", "›": "‹", "}": "{", "))": "((", ">>": "«"}


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The quotation pairs of ``text[start:end]``, in the order of their openings.

    A pair does not cross a line feed, with one exception that news pages use: a quotation left open at the
    end of a paragraph is taken as closed by the first closing mark without an opening in the next two
    paragraphs; else it ends with its own paragraph (``closed`` is False).

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The part to look at; all of it by default.
    """
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    left_open: tuple[int, int, str, int] | None = None  # start, inner start, class, lines seen
    pos = start
    while pos <= stop:
        line_end = text.find("\n", pos, stop)
        line_end = stop if line_end < 0 else line_end
        pairs, opened, stray = _line(text, pos, line_end)
        if left_open is not None:
            begin, inner, kind, lines = left_open
            close = next((s for s in stray if s[2] == kind), None)
            if close is not None:
                found.append(Quotation(Span(begin, close[1]), Span(inner, close[0]), True, 0))
                left_open = None
            elif lines >= 2 or opened:
                found.append(_unclosed(text, begin, inner))
                left_open = None
            else:
                left_open = (begin, inner, kind, lines + 1)
        found.extend(pairs)
        for mark in opened:
            if left_open is not None:
                found.append(_unclosed(text, left_open[0], left_open[1]))
            left_open = (*mark, 0)
        pos = line_end + 1
    if left_open is not None:
        found.append(_unclosed(text, left_open[0], left_open[1]))
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return found


def _unclosed(text: str, begin: int, inner: int) -> Quotation:
    end = text.find("\n", inner)
    end = len(text) if end < 0 else end
    return Quotation(Span(begin, end), Span(inner, end), False, 0)


def _line(
    text: str, start: int, end: int
) -> tuple[list[Quotation], list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Pairs of one line, marks left open, and closing marks without an opening."""
    pairs: list[Quotation] = []
    stack: list[tuple[int, int, str]] = []
    stray: list[tuple[int, int, str]] = []
    waiting: dict[str, int] = {}  # marks of each class on the stack, so that a page of marks takes linear time
    for m in _MARK.finditer(text, start, end):
        mark, s, e = m.group(), m.start(), m.end()
        kind, opening = _role(text, mark, s, e, start, end, waiting)
        if kind is None:
            continue
        if opening:
            stack.append((s, e, kind))
            waiting[kind] = waiting.get(kind, 0) + 1
            continue
        if not waiting.get(kind):
            stray.append((s, e, kind))
            continue
        while stack[-1][2] != kind:
            waiting[stack.pop()[2]] -= 1
        depth = len(stack) - 1
        begin, inner, _ = stack.pop()
        waiting[kind] -= 1
        pairs.append(Quotation(Span(begin, e), Span(inner, s), True, depth))
    return pairs, [o for o in stack if o[2] != "'" and o[2] != "{"], stray


def _role(
    text: str, mark: str, s: int, e: int, start: int, end: int, waiting: dict[str, int]
) -> tuple[str | None, bool]:
    """The class of a mark and whether it opens; (None, False) for an apostrophe."""
    before = text[s - 1] if s > start else " "
    after = text[e] if e < end else " "
    if mark in _CLASS:
        kind = _CLASS[mark]
        is_open = bool(waiting.get(kind))
        if kind == "'" and before.isalnum() and after.isalnum():
            return None, False
        if kind == "'" and not is_open and before.isalnum():
            return None, False
        # A straight mark between a space and a letter opens, unless one of its class is open and it
        # hugs the word before it («قال "نعم "ثم مضى» happens: what is open is closed first).
        opens = not is_open or (before.isspace() and not after.isspace() and after.isalnum() and mark in "“„‘‚")
        return kind, opens
    if mark in _OPENS:
        kind = _OPENS[mark]
        # «كلام« : an opening mark that hugs the word before it and not the one after closes.
        if waiting.get(kind) and not before.isspace() and not after.isalnum():
            return kind, False
        return kind, True
    kind = _CLOSES[mark]
    if not waiting.get(kind) and (before.isspace() or s == start) and after.isalnum() and kind == "«":
        return kind, True  # »كلام«
    return kind, False
