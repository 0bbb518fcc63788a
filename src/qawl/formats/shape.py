"""A reading as plain data: the stable JSON shape, and the standoff format that accuracy is measured on."""

from __future__ import annotations

from typing import Any

from qawl.model import Article, Dated, Event, Moment, Reading, Source, Span, Stance, Statement

__all__ = ["SCHEMA", "to_dict", "to_standoff"]

SCHEMA = "qawl-reading/1"
"""Name and version of the JSON shape. A field may be added under the same version; none changes or goes."""

_MARKED = 0.36
_MOST = 3  # stances of one statement, as the annotation guidelines have it


def to_dict(reading: Reading) -> dict[str, Any]:
    """A reading as what ``json.dumps`` takes: the shape of the ``json`` and ``jsonl`` formats.

    Parameters
    ----------
    reading : Reading
        What to show.

    Returns
    -------
    dict
        ``schema``
            `SCHEMA`.
        ``extractor``
            Name and version of what read the article.
        ``doc``, ``url``, ``outlet``, ``title``, ``section``, ``agency``, ``language``
            Strings, ``""`` where unknown; ``authors``: list of strings.
        ``published``, ``modified``
            ISO 8601 cut to what is known, or null; ``published_precision``, ``modified_precision``: its
            smallest unit (``year`` to ``second``), or null.
        ``dateline``
            Null, or ``{"span", "place", "date", "date_precision", "agency"}``.
        ``text``, ``sha256``
            What all offsets point into, and its digest in UTF-8.
        ``blocks``
            ``[{"start", "end", "kind"}]``.
        ``sources``
            By key: ``{"name", "kind", "role", "qid", "candidates", "confidence", "mentions", "identity", "known_as",
            "office", "of"}``.
        ``statements``
            ``[{"id", "cue", "lemma", "speaker", "named", "content", "mode", "parent", "act", "act_confidence",
            "event", "stances", "who", "via", "confidence", "said", "occasion"}]``; ``event`` is a PLOVER event type or
            ``""``, derived from act and lemma; ``who`` is a key of ``sources`` or ``""``; ``said`` is null or
            ``{"date", "date_precision", "basis", "span"}``, ``occasion`` null or ``{"kind", "span", "channel",
            "place"}``.
        ``events``
            ``[{"kind", "name", "span", "place", "date", "participants"}]``, ``date`` as ``said``; a participant is
            ``{"name", "role", "span", "who", "identity", "known_as", "qid"}``.

        A span (``cue``, ``speaker``, ``named``, ``via``, each of ``content``, ``mentions`` and ``stances``) is
        ``{"start", "end", "exact"}``: offsets ``[start, end)`` in code points of ``text``, and the characters
        there. A stance has more: ``sign`` (``+`` or ``-``), ``degree``, ``confidence``, ``conditions``: ``[{"kind",
        "span"}]``, and ``about``: ``[{"matter", "sign", "words", "pattern", "turned_by"}]``, where ``words`` is a span
        and ``turned_by`` a list of spans.

    Notes
    -----
    A line of ``jsonl`` is also an article that Qawl reads: it has ``text``, ``doc``, ``url``, ``title``,
    ``outlet`` and ``published`` at the top.
    """
    article = reading.article
    text = article.text
    return {
        "schema": SCHEMA,
        "extractor": reading.extractor,
        **_about(article),
        "text": text,
        "sha256": article.sha256,
        "blocks": [{"start": b.span.start, "end": b.span.end, "kind": b.kind} for b in article.blocks],
        "sources": {key: _source(source, text) for key, source in reading.sources.items()},
        "statements": [_statement(s, text) for s in reading.statements],
        "events": [_event(e, text) for e in reading.events],
    }


def _about(article: Article) -> dict[str, Any]:
    line = article.dateline
    dateline = None
    if line is not None:
        dateline = {
            "span": _span(line.span, article.text),
            "place": line.place,
            **_moment("date", line.date),
            "agency": line.agency,
        }
    return {
        "doc": article.doc,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "section": article.section,
        "agency": article.agency,
        "authors": list(article.authors),
        "language": article.language,
        **_moment("published", article.published),
        **_moment("modified", article.modified),
        "dateline": dateline,
    }


def _moment(name: str, moment: Moment | None) -> dict[str, str | None]:
    if moment is None:
        return {name: None, f"{name}_precision": None}
    return {name: moment.iso, f"{name}_precision": moment.precision}


def _span(span: Span | None, text: str) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "exact": span.of(text)}


def _source(source: Source, text: str) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "role": source.role,
        "qid": source.qid,
        "candidates": list(source.candidates),
        "confidence": source.confidence,
        "mentions": [_span(m, text) for m in source.mentions],
        "identity": source.identity,
        "known_as": source.known_as,
        "office": source.office,
        "of": source.of,
    }


def _dated(dated: Dated | None, text: str) -> dict[str, Any] | None:
    if dated is None:
        return None
    return {**_moment("date", dated.moment), "basis": dated.basis, "span": _span(dated.span, text)}


def _event(e: Event, text: str) -> dict[str, Any]:
    return {
        "kind": e.kind,
        "name": e.name,
        "span": _span(e.span, text),
        "place": e.place,
        "date": _dated(e.date, text),
        "participants": [
            {"name": p.name, "role": p.role, "span": _span(p.span, text), "who": p.who, "identity": p.identity,
             "known_as": p.known_as, "qid": p.qid}
            for p in e.participants
        ],
    }  # fmt: skip


def _stance(x: Stance, text: str) -> dict[str, Any]:
    return {
        "start": x.target.start,
        "end": x.target.end,
        "exact": x.target.of(text),
        "sign": x.sign,
        "degree": x.degree,
        "confidence": x.confidence,
        "conditions": [{"kind": c.kind, "span": _span(c.span, text)} for c in x.conditions],
        "about": [
            {"matter": a.matter, "sign": a.sign, "words": _span(a.words, text), "pattern": a.pattern,
             "turned_by": [_span(t, text) for t in a.turned_by]}
            for a in x.about
        ],
    }  # fmt: skip


def _statement(s: Statement, text: str) -> dict[str, Any]:
    from qawl.positions import event_type  # with numpy, which whoever only reads such files can do without

    return {
        "id": s.id,
        "cue": _span(s.cue, text),
        "lemma": s.lemma,
        "speaker": _span(s.speaker, text),
        "named": _span(s.named, text),
        "content": [_span(c, text) for c in s.content],
        "mode": s.mode,
        "parent": s.parent,
        "act": s.act,
        "act_confidence": s.act_confidence,
        "event": event_type(s),
        "stances": [_stance(x, text) for x in s.stances],
        "who": s.who,
        "via": _span(s.via, text),
        "confidence": s.confidence,
        "said": _dated(s.said, text),
        "occasion": None
        if s.occasion is None
        else {
            "kind": s.occasion.kind,
            "span": _span(s.occasion.span, text),
            "channel": s.occasion.channel,
            "place": s.occasion.place,
        },
    }


def to_standoff(reading: Reading) -> dict[str, Any]:
    """A reading in the standoff format that the scorer compares with annotated articles; without the text.

    Parameters
    ----------
    reading : Reading
        What to show.

    Returns
    -------
    dict
        ``doc``; ``sha256``; ``sources``: by key ``{"name", "kind", "role"}``; ``statements``:
        ``[{"id", "cue": [s, e] | null, "speaker": [s, e] | null, "who", "mode", "content": [[s, e], …], "act",
        "stances": [[s, e, sign], …], "parent", "via": string | null, "confidence"}]``. Of its stances a statement has
        those that are likely to be marked, the three surest at most, in the order of the text.
    """
    text = reading.article.text
    return {
        "doc": reading.article.doc,
        "sha256": reading.article.sha256,
        "sources": {k: {"name": s.name, "kind": s.kind, "role": s.role} for k, s in reading.sources.items()},
        "statements": [
            {
                "id": s.id,
                "cue": _pair(s.cue),
                "speaker": _pair(s.speaker),
                "who": s.who,
                "mode": s.mode,
                "content": [_pair(c) for c in s.content],
                "act": s.act,
                "stances": [[x.target.start, x.target.end, x.sign] for x in _marked(s.stances)],
                "parent": s.parent,
                "via": None if s.via is None else s.via.of(text),
                "confidence": round(s.confidence, 4),
            }
            for s in reading.statements
        ],
    }


def _marked(stances: tuple[Stance, ...]) -> list[Stance]:
    """The stances that an annotator would have marked, in the order of the text."""
    sure = sorted((x for x in stances if x.confidence >= _MARKED), key=lambda x: -x.confidence)[:_MOST]
    return sorted(sure, key=lambda x: (x.target.start, x.target.end))


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
