"""What was found, as plain data for JSON: the same for `qawl find`, the REST API and the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qawl.model import Span
from qawl.record.corrections import Correction
from qawl.record.facets import Facets
from qawl.record.search import Hit

__all__ = ["correction_shape", "facets_shape", "shape"]


def shape(hit: Hit, wordings: Sequence[Hit] = ()) -> dict[str, Any]:
    """A hit as what ``json.dumps`` takes.

    Parameters
    ----------
    hit : Hit
        As `Record.find` gives it.
    wordings : sequence of Hit
        As `Record.wordings` gives them.

    Returns
    -------
    dict
        ``saying``
            Its number: what is shown once, however many outlets carry it.
        ``day``
            When it was said or, if that is unknown, published; ``""`` if unknown.
        ``source``
            ``{"name", "kind", "role", "identity", "party", "of"}``, or null where nobody is named. ``party`` is an id
            as `qawl who` takes it.
        ``act``, ``mode``, ``content``, ``confidence``
            Of the statement in the article that had it first.
        ``spans``, ``highlights``
            ``[[start, end], …]``: of its content and of what matched in it, in code points of the article's text.
        ``stances``
            ``[{"sign", "target", "start", "end", "about", "confidence"}]``; ``about`` is a list of signed matters
            (``+ceasefire``).
        ``outlets``, ``articles``
            How many carry it.
        ``article``
            ``{"id", "doc", "url", "outlet", "title", "published"}``; ``number`` is the statement's in it.
        ``wordings``
            Only where they were asked for: ``[{"article", "number", "act", "mode", "content", "spans",
            "confidence"}]``, by their days.
    """
    s, source = hit.statement, hit.source
    found = {
        "saying": hit.saying,
        "day": hit.day,
        "source": source
        and {
            "name": source.name, "kind": source.kind, "role": source.role, "identity": source.identity,
            "party": hit.party, "of": source.of,
        },
        "act": s.act,
        "mode": s.mode,
        "content": hit.content,
        "spans": _pairs(s.content),
        "highlights": _pairs(hit.highlights),
        "stances": [
            {
                "sign": x.sign, "target": x.target.of(hit.reading.article.text), "start": x.target.start,
                "end": x.target.end, "about": [a.sign + a.matter for a in x.about], "confidence": x.confidence,
            }
            for x in s.stances
        ],
        "outlets": hit.outlets,
        "articles": hit.articles,
        "article": _article(hit),
        "number": s.id,
        "confidence": s.confidence,
    }  # fmt: skip
    return found | ({"wordings": [_wording(w) for w in wordings]} if wordings else {})


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[x.start, x.end] for x in spans]


def _article(hit: Hit) -> dict[str, Any]:
    a = hit.reading.article
    published = a.published.iso if a.published else None
    return {"id": hit.article, "doc": a.doc, "url": a.url, "outlet": a.outlet, "title": a.title, "published": published}


def _wording(hit: Hit) -> dict[str, Any]:
    s = hit.statement
    return {
        "article": _article(hit), "number": s.id, "act": s.act, "mode": s.mode, "content": hit.content,
        "spans": _pairs(s.content), "confidence": s.confidence,
    }  # fmt: skip


def facets_shape(f: Facets) -> dict[str, Any]:
    """Counts as what ``json.dumps`` takes.

    Parameters
    ----------
    f : Facets
        As `Record.facets` gives them.

    Returns
    -------
    dict
        ``total``; ``estimated``: whether the counts below are of a sample, and ``sampled``: its size; ``by``: for each
        of `qawl.record.FACETS` ``[{"value", "label", "count"}]``.
    """
    by = {k: [{"value": x.value, "label": x.label, "count": x.count} for x in v] for k, v in f.by.items()}
    return {"total": f.total, "estimated": not f.exact, "sampled": f.sampled, "by": by}


def correction_shape(article: int, made: Correction) -> dict[str, Any]:
    """A correction as what ``json.dumps`` takes.

    Parameters
    ----------
    article : int
        Row of its article.
    made : Correction
        As `Record.corrections` gives it.

    Returns
    -------
    dict
        ``id``, ``article``, ``start``, ``end``, ``field``, ``value``, ``by``, ``note``, ``made``.
    """
    return {
        "id": made.id, "article": article, "start": made.where.start, "end": made.where.end, "field": made.field,
        "value": made.value, "by": made.by, "note": made.note, "made": made.made,
    }  # fmt: skip
