"""Readings as rows of the record's tables, and back: ``reading_of(rows_of(reading)) == reading``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from qawl.model import (
    About,
    Article,
    Block,
    BlockKind,
    Condition,
    Dated,
    Dateline,
    Event,
    Moment,
    Occasion,
    Participant,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)

__all__ = [
    "Row", "article_of", "article_row", "digest_of", "event_of", "reading_digest", "source_of", "statement_of",
    "to_rows",
]  # fmt: skip

Row = Mapping[str, Any]
"""A row by its columns' names."""

_KINDS: dict[str, str] = {
    "headline": "h", "dateline": "d", "body": "p", "subheading": "s", "caption": "c", "furniture": "f",
}  # fmt: skip
_LETTERS = {letter: kind for kind, letter in _KINDS.items()}
_BLOCK = re.compile(r"(-?\d*)([a-z])(\d+)")


# -- spans --------------------------------------------------------------------------------------------------------


def _packed(spans: Iterable[Span]) -> str:
    return " ".join(f"{s.start}-{s.end}" for s in spans)


def _unpacked(packed: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in packed.split())
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _pair(name: str, span: Span | None) -> dict[str, int | None]:
    start, end = (None, None) if span is None else (span.start, span.end)
    return {f"{name}_start": start, f"{name}_end": end}


def _span(row: Row, name: str) -> Span | None:
    start = row[f"{name}_start"]
    return None if start is None else Span(start, row[f"{name}_end"])


def _moment(row: Row, name: str) -> Moment | None:
    iso = row[name]
    return None if iso is None else Moment(iso, row[f"{name}_precision"])


def _moment_row(name: str, moment: Moment | None) -> dict[str, str | None]:
    iso, precision = (None, None) if moment is None else (moment.iso, moment.precision)
    return {name: iso, f"{name}_precision": precision}


def _dated(row: Row, name: str) -> Dated | None:
    moment = _moment(row, name)
    return None if moment is None else Dated(moment, row[f"{name}_basis"], _span(row, name))


def _dated_row(name: str, dated: Dated | None) -> dict[str, Any]:
    if dated is None:
        return {**_moment_row(name, None), f"{name}_basis": None, **_pair(name, None)}
    return {**_moment_row(name, dated.moment), f"{name}_basis": dated.basis, **_pair(name, dated.span)}


# -- articles -----------------------------------------------------------------------------------------------------


def article_row(article: Article) -> dict[str, Any]:
    """The columns of an article that it brings along.

    Parameters
    ----------
    article : Article
        With or without blocks.
    """
    line = article.dateline
    dateline = None
    if line is not None:
        dateline = [
            _packed([line.span]) if line.span else None, line.place, line.agency,
            *((line.date.iso, line.date.precision) if line.date else (None, None)),
        ]  # fmt: skip
    return {
        "sha256": article.sha256,
        "doc": article.doc,
        "url": article.url,
        "title": article.title,
        "section": article.section,
        "agency": article.agency,
        "language": article.language,
        "authors": list(article.authors),
        **_moment_row("published", article.published),
        **_moment_row("modified", article.modified),
        "dateline": dateline,
        "blocks": _blocks(article.blocks),
        "text": article.text,
    }


def article_of(row: Row, outlet: str) -> Article:
    """The article of a row.

    Parameters
    ----------
    row : Row
        Of the table ``article``.
    outlet : str
        The name of its outlet.
    """
    dateline = None
    if row["dateline"] is not None:
        packed, place, agency, iso, precision = row["dateline"]
        span = _unpacked(packed)[0] if packed else None
        dateline = Dateline(span, place, Moment(iso, precision) if iso else None, agency)
    return Article(
        text=row["text"],
        blocks=_unblocked(row["blocks"]),
        doc=row["doc"],
        url=row["url"],
        outlet=outlet,
        section=row["section"],
        agency=row["agency"],
        authors=tuple(row["authors"]),
        published=_moment(row, "published"),
        modified=_moment(row, "modified"),
        dateline=dateline,
        language=row["language"],
    )


def _blocks(blocks: Sequence[Block]) -> str:
    """Of each block the gap since the last one's end, its kind and its length."""
    parts, at = [], 0
    for b in blocks:
        gap = b.span.start - at
        parts.append(f"{gap or ''}{_KINDS[b.kind]}{b.span.end - b.span.start}")
        at = b.span.end
    return " ".join(parts)


def _unblocked(packed: str) -> tuple[Block, ...]:
    out, at = [], 0
    for gap, letter, length in _BLOCK.findall(packed):
        start = at + int(gap or 0)
        at = start + int(length)
        out.append(Block(Span(start, at), cast("BlockKind", _LETTERS[letter])))
    return tuple(out)


# -- what was read ------------------------------------------------------------------------------------------------


def to_rows(reading: Reading) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of what was read, without ids.

    Parameters
    ----------
    reading : Reading
        Of an article.

    Returns
    -------
    tuple of three lists
        Sources; statements, each with ``stances`` (each with ``abouts``); events, each with ``participants``.
    """
    text = reading.article.text
    return (
        [_source_row(s) for s in reading.sources.values()],
        [_statement_row(s, text) for s in reading.statements],
        [_event_row(e) for e in reading.events],
    )


def _source_row(s: Source) -> dict[str, Any]:
    return {
        "key": s.key, "name": s.name, "kind": s.kind, "role": s.role, "qid": s.qid, "identity": s.identity,
        "known_as": s.known_as, "office": s.office, "of": s.of, "confidence": s.confidence,
        "candidates": list(s.candidates) or None, "mentions": _packed(s.mentions),
    }  # fmt: skip


def source_of(row: Row) -> Source:
    """The source of a row of the table ``source``."""
    return Source(
        key=row["key"], name=row["name"], kind=row["kind"], role=row["role"], mentions=_unpacked(row["mentions"]),
        qid=row["qid"], candidates=tuple(row["candidates"] or ()), confidence=row["confidence"],
        identity=row["identity"], known_as=row["known_as"], office=row["office"], of=row["of"],
    )  # fmt: skip


def digest_of(text: str, spans: Iterable[Span]) -> int:
    """The first 64 bits, signed, of SHA-256 over the characters of some spans.

    Parameters
    ----------
    text : str
        That they point into.
    spans : iterable of Span
        In their order; an empty one counts, too.
    """
    joined = "\x1f".join(text[s.start : s.end] for s in spans)
    return int.from_bytes(hashlib.sha256(joined.encode()).digest()[:8], "big", signed=True)


def _spans(s: Statement) -> list[Span]:
    """All spans of a statement, for its digest."""
    found: list[Span | None] = [*s.content, s.cue, s.speaker, s.named, s.via]
    found += [s.said.span if s.said else None, s.occasion.span if s.occasion else None]
    for x in s.stances:
        found += [x.target, *(c.span for c in x.conditions)]
        for a in x.about:
            found += [a.words, *a.turned_by]
    return [span for span in found if span is not None]


def _statement_row(s: Statement, text: str) -> dict[str, Any]:
    on = s.occasion
    return {
        "number": s.id, "parent": s.parent, "lemma": s.lemma, "mode": s.mode, "act": s.act,
        "act_confidence": s.act_confidence, "confidence": s.confidence, "who": s.who, "content": _packed(s.content),
        **_pair("cue", s.cue), **_pair("speaker", s.speaker), **_pair("named", s.named), **_pair("via", s.via),
        **_dated_row("said", s.said),
        "occasion": on and [on.kind, on.span.start, on.span.end, on.channel, on.place],
        "digest": digest_of(text, _spans(s)),
        "stances": [_stance_row(x) for x in s.stances],
    }  # fmt: skip


def _stance_row(x: Stance) -> dict[str, Any]:
    return {
        "start": x.target.start, "end": x.target.end, "sign": x.sign, "degree": x.degree, "confidence": x.confidence,
        "conditions": [[c.kind, c.span.start, c.span.end] for c in x.conditions] or None,
        "abouts": [
            {"matter": a.matter, "sign": a.sign, "start": a.words.start, "end": a.words.end, "pattern": a.pattern,
             "turned_by": _packed(a.turned_by)}
            for a in x.about
        ],
    }  # fmt: skip


def statement_of(row: Row, stances: Iterable[tuple[Row, Sequence[Row]]], text: str) -> Statement:
    """The statement of a row.

    Parameters
    ----------
    row : Row
        Of the table ``statement``.
    stances : iterable of (Row, sequence of Row)
        Of the tables ``stance`` and ``about``, in their order.
    text : str
        Of its article.

    Raises
    ------
    ValueError
        If a span's characters are not those that were stored.
    """
    on = row["occasion"]
    made = Statement(
        id=row["number"],
        cue=_span(row, "cue"),
        lemma=row["lemma"],
        speaker=_span(row, "speaker"),
        content=_unpacked(row["content"]),
        mode=row["mode"],
        parent=row["parent"],
        act=row["act"],
        stances=tuple(_stance_of(x, abouts) for x, abouts in stances),
        who=row["who"],
        via=_span(row, "via"),
        confidence=row["confidence"],
        named=_span(row, "named"),
        said=_dated(row, "said"),
        occasion=None if on is None else Occasion(on[0], Span(on[1], on[2]), on[3], on[4]),
        act_confidence=row["act_confidence"],
    )
    if digest_of(text, _spans(made)) != row["digest"]:
        raise ValueError(f"statement {made.id}: the characters at its offsets are not those that were stored")
    return made


def _stance_of(row: Row, abouts: Sequence[Row]) -> Stance:
    return Stance(
        target=Span(row["start"], row["end"]),
        sign=row["sign"],
        degree=row["degree"],
        conditions=tuple(Condition(kind, Span(start, end)) for kind, start, end in row["conditions"] or ()),
        about=tuple(
            About(a["matter"], a["sign"], Span(a["start"], a["end"]), a["pattern"], _unpacked(a["turned_by"]))
            for a in abouts
        ),
        confidence=row["confidence"],
    )


def _event_row(e: Event) -> dict[str, Any]:
    return {
        "kind": e.kind, "name": e.name, "start": e.span.start, "end": e.span.end, "place": e.place,
        **_dated_row("date", e.date),
        "participants": [
            {"name": p.name, "role": p.role, "start": p.span.start, "end": p.span.end, "who": p.who,
             "identity": p.identity, "known_as": p.known_as, "qid": p.qid}
            for p in e.participants
        ],
    }  # fmt: skip


def event_of(row: Row, participants: Iterable[Row]) -> Event:
    """The event of a row of the table ``event`` with those of its participants."""
    return Event(
        kind=row["kind"],
        name=row["name"],
        span=Span(row["start"], row["end"]),
        place=row["place"],
        date=_dated(row, "date"),
        participants=tuple(
            Participant(
                p["name"], p["role"], Span(p["start"], p["end"]), p["who"], p["identity"], p["known_as"], p["qid"]
            )
            for p in participants
        ),
    )


def reading_digest(rows: object) -> bytes:
    """SHA-256, its first 16 bytes, of all that was read: tells a row that was changed since.

    Parameters
    ----------
    rows : object
        As `to_rows` gives them. Columns without a value do not count, so that a later version may add some.
    """
    told = json.dumps(_told(rows), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).digest()[:16]


def _told(value: Any) -> Any:
    """A value without what is missing in it."""
    if isinstance(value, dict):
        return {k: _told(v) for k, v in value.items() if v is not None}
    return [_told(x) for x in value] if isinstance(value, list | tuple) else value
