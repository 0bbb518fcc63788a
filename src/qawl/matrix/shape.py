"""The matrix as plain data: for JSON, and one row per piece of evidence for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qawl.matrix.agreement import Verdict
from qawl.matrix.cells import Cell, Evidence, Holder, Matrix, Subject, Tie

__all__ = ["COLUMNS", "SCHEMA", "rows", "to_dict"]

SCHEMA = "qawl-positions/1"
"""The name of the shape that `to_dict` gives. It changes if a field changes its meaning or goes."""

COLUMNS: tuple[str, ...] = (
    "holder", "holder_id", "of", "subject", "ar", "en", "side", "sign", "day", "doc", "url", "outlet", "statement",
    "speaker", "act", "degree", "conditions", "target", "start", "end", "words", "confidence", "why", "sha256",
)  # fmt: skip
"""The keys of `rows`. One may be added at the end; none changes or goes."""

# Not the signs themselves: a spreadsheet takes what begins with one for a formula.
_SIDES = {"+": "for", "-": "against", "±": "both"}


def to_dict(matrix: Matrix, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """The matrix and what follows from it.

    Parameters
    ----------
    matrix : Matrix
        Positions.
    verdicts : iterable of Verdict
        Of `qawl.matrix.verdicts`.

    Returns
    -------
    dict
        ``schema``, ``articles``, ``statements``, ``holders``, ``subjects``, ``cells`` (by subject, then holder; only
        those in which something was said) and ``verdicts``. Each cell has its ``evidence`` in full; offsets count
        code points of the text with the SHA-256.
    """
    cells = [cell for subject in matrix.subjects for cell in matrix.row(subject.id)]
    return {
        "schema": SCHEMA,
        "articles": matrix.articles,
        "statements": matrix.statements,
        "holders": [_holder(h) for h in matrix.holders],
        "subjects": [_subject(s) for s in matrix.subjects],
        "cells": [_cell(c) for c in cells],
        "verdicts": [_verdict(v) for v in verdicts],
    }


def rows(matrix: Matrix) -> Iterator[dict[str, str]]:
    """One row per piece of evidence, by subject, holder and day.

    Parameters
    ----------
    matrix : Matrix
        Positions. A broad subject gives only what does not stand under a narrower one, too.

    Yields
    ------
    dict
        With the keys `COLUMNS`; ``side`` and ``sign`` are ``for``, ``against`` or ``both``, ``conditions`` are
        ``kind: words``, parted by `` | ``.
    """
    holders = {h.id: h for h in matrix.holders}
    narrow = {
        (cell.holder, *_place(e))
        for subject in matrix.subjects
        if not subject.broad
        for cell in matrix.row(subject.id)
        for e in cell.evidence
    }
    for subject in matrix.subjects:
        for cell in matrix.row(subject.id):
            for e in cell.evidence:
                if not subject.broad or (cell.holder, *_place(e)) not in narrow:
                    yield _row(holders[cell.holder], subject, cell, e)


def _place(e: Evidence) -> tuple[str, int, int, int]:
    return e.sha256, e.statement, e.start, e.end


def _row(h: Holder, s: Subject, cell: Cell, e: Evidence) -> dict[str, str]:
    conditions = " | ".join(f"{t.kind}: {t.words}" for t in e.ties)
    cells = (
        h.name, h.id, h.of, s.id, s.ar, s.en, _SIDES[cell.side], _SIDES[e.sign], e.day, e.doc, e.url, e.outlet,
        str(e.statement), e.speaker, e.act, e.degree, conditions, e.target, str(e.start), str(e.end),
        e.words, f"{e.confidence:.4g}", e.why, e.sha256,
    )  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))


def _holder(h: Holder) -> dict[str, str]:
    return {"id": h.id, "name": h.name, "kind": h.kind, "of": h.of}


def _subject(s: Subject) -> dict[str, Any]:
    return {"id": s.id, "ar": s.ar, "en": s.en, "parent": s.parent, "curated": s.curated, "broad": s.broad}


def _cell(c: Cell) -> dict[str, Any]:
    return {
        "holder": c.holder,
        "subject": c.subject,
        "side": c.side,
        "confidence": round(c.confidence, 3),
        "enough": c.enough,
        "ties": _ties(c.ties),
        "changes": [{"before": _evidence(x.before), "after": _evidence(x.after)} for x in c.changes],
        "evidence": [_evidence(e) for e in c.evidence],
    }


def _ties(ties: Iterable[Tie]) -> list[dict[str, str]]:
    return [{"kind": t.kind, "words": t.words} for t in ties]


def _evidence(e: Evidence) -> dict[str, Any]:
    return {
        "day": e.day, "sign": e.sign, "degree": e.degree, "act": e.act, "target": e.target, "start": e.start,
        "end": e.end, "words": e.words, "ties": _ties(e.ties), "speaker": e.speaker, "statement": e.statement,
        "doc": e.doc, "url": e.url, "outlet": e.outlet, "title": e.title, "sha256": e.sha256,
        "confidence": e.confidence, "why": e.why,
    }  # fmt: skip


def _verdict(v: Verdict) -> dict[str, Any]:
    return {
        "subject": v.subject.id,
        "kind": v.kind,
        "for": list(v.for_),
        "against": list(v.against),
        "both": list(v.both),
        "hints": list(v.hints),
        "silent": list(v.silent),
        "ties": [{"holder": holder, "ties": _ties(ties)} for holder, ties in v.ties],
    }
