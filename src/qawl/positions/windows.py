"""What the network of acts and stances sees of a statement: its words, a few around them, and what each of them is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qawl.model import MODES, Span, Statement
from qawl.statements import Parsed
from qawl.statements.parsed import has_letters

__all__ = ["DISTANCES", "LONGEST", "ROLES", "Window", "token_range", "window"]

ROLES = 4  # around, content, cue, speaker
LONGEST = 110  # words of a window
_BEFORE, _AFTER = 10, 4  # words around the statement
_LEAD = 30  # words kept before the content of a window that is cut
_BACK, _ON = 20, 40  # distances from the content's first word that are told apart
DISTANCES = _BACK + _ON + 1
_AROUND, _CONTENT, _CUE, _SPEAKER = range(ROLES)
# Of each distance that a window may hold its row in the table of distances.
_DISTANCES = (np.clip(np.arange(-LONGEST, LONGEST + 1), -_BACK, _ON) + _BACK).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Window:
    """The words of a statement and around it.

    Parameters
    ----------
    first, last : int
        Tokens ``[first, last)``.
    role : array of int, shape (words,)
        What each word is, below `ROLES`.
    distance : array of int, shape (words,)
        How far it is from the content's first word, below `DISTANCES`.
    mode : int
        Place of the statement's mode in `MODES`.
    """

    first: int
    last: int
    role: NDArray[np.int64]
    distance: NDArray[np.int64]
    mode: int


def window(p: Parsed, s: Statement) -> Window | None:
    """The window of a statement; None if its content holds no word that is read.

    Parameters
    ----------
    p : Parsed
        Its article.
    s : Statement
        The statement.
    """
    content = [r for r in (token_range(p, c) for c in s.content) if r is not None]
    if not content:
        return None
    cue = token_range(p, s.cue) if s.cue is not None else None
    speaker = token_range(p, s.speaker) if s.speaker is not None else None
    start = content[0][0]
    low, high = _paragraph(p, start)
    parts = [*content, *([cue] if cue else [])]
    first = max(low, min(r[0] for r in parts) - _BEFORE)
    last = min(high, max(r[1] for r in parts) + _AFTER)
    if last - first > LONGEST:
        first = max(first, start - _LEAD)
        last = min(last, first + LONGEST)
    if not first <= start < last:
        return None
    role = np.zeros(last - first, np.int64)
    for kind, ranges in ((_SPEAKER, [speaker]), (_CONTENT, content), (_CUE, [cue])):
        for r in filter(None, ranges):
            role[max(0, r[0] - first) : max(0, r[1] - first)] = kind
    distance = _DISTANCES[first - start + LONGEST : last - start + LONGEST]
    return Window(first, last, role, distance, MODES.index(s.mode))


def token_range(p: Parsed, span: Span) -> tuple[int, int] | None:
    """The words of a stretch of text as tokens ``[first, last)``, without the marks at its ends; None without any."""
    tok = p.tok
    first, last = bisect_left(tok.end, span.start + 1), bisect_left(tok.start, span.end)
    while first < last and not has_letters(tok.form[first]):
        first += 1
    while last > first and not has_letters(tok.form[last - 1]):
        last -= 1
    return (first, last) if first < last else None


def _paragraph(p: Parsed, token: int) -> tuple[int, int]:
    """The tokens of the paragraph that holds a token."""
    n = max(0, bisect_right(p.starts, token) - 1)
    if not p.sentences:
        return token, token
    first = n
    while first > 0 and not p.sentences[first].opens:
        first -= 1
    last = n + 1
    while last < len(p.sentences) and not p.sentences[last].opens:
        last += 1
    return p.sentences[first].first, p.sentences[last - 1].last
