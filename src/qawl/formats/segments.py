"""Spans that nest and overlap, cut into pieces that do not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import TypeVar

__all__ = ["segments"]

T = TypeVar("T", bound=Hashable)


def segments(text: str, spans: Iterable[tuple[int, int, T]]) -> list[tuple[int, int, tuple[T, ...]]]:
    """Cut `text` where any span begins or ends.

    Parameters
    ----------
    text : str
        What the spans point into.
    spans : iterable of (start, end, id)
        Offsets ``[start, end)`` in code points. They may nest, overlap and come in any order, and several
        may have one id. What reaches outside `text` is cut off; empty spans are left out.

    Returns
    -------
    list of (start, end, ids)
        Not empty, in the order of the text, and together the whole of it; `ids` are those of the spans that
        hold the piece, the outermost (earliest start, then latest end, then first given) first, each once.
        Neighbours differ in their ids.
    """
    size = len(text)
    ordered = sorted(
        ((max(0, s), min(e, size), i) for s, e, i in spans if max(0, s) < min(e, size)), key=lambda x: (x[0], -x[1])
    )
    edges = sorted({0, size, *(s for s, _, _ in ordered), *(e for _, e, _ in ordered)})
    out: list[tuple[int, int, tuple[T, ...]]] = []
    active: list[tuple[int, T]] = []
    upcoming = 0
    for start, end in pairwise(edges):
        active = [(e, i) for e, i in active if e > start]
        while upcoming < len(ordered) and ordered[upcoming][0] <= start:
            active.append(ordered[upcoming][1:])
            upcoming += 1
        ids = tuple(dict.fromkeys(i for _, i in active))
        if out and out[-1][2] == ids:
            out[-1] = (out[-1][0], end, ids)
        else:
            out.append((start, end, ids))
    return out
