"""Statements as annotations of the W3C Web Annotation Data Model, one a line.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017, https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, TextIO

from qawl.formats.linked import (
    Tag,
    article_uri,
    compact,
    entity_uri,
    json_line,
    language_tag,
    statement_uri,
    tags,
    text_uri,
)
from qawl.model import Article, Reading, Source, Span, Statement

__all__ = ["CONTEXT", "WebAnnotationWriter", "to_annotations"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The JSON-LD context that every annotation names."""

_AROUND = 32  # code points of prefix and suffix, as most annotation tools take
_CLASSES = ("act", "mode", "plover")
_TAGS = (
    "source", "kind", "role", "identity", "cue", "lemma", "via", "wants", "rejects", "for", "against", "said", "basis",
    "occasion", "channel", "place", "confidence",
)  # fmt: skip
_AGENTS = {"person": "Person", "organization": "Organization", "media": "Organization"}


class WebAnnotationWriter:
    """One annotation a line, in the shape of `to_annotations`; none for an article without statements."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, reading: Reading) -> None:
        """Write the annotations of one article."""
        self._out.writelines(json_line(annotation) for annotation in to_annotations(reading))

    def close(self) -> None:
        """Nothing is left to write."""


def to_annotations(reading: Reading) -> Iterator[dict[str, Any]]:
    """The annotations of a reading.

    Parameters
    ----------
    reading : Reading
        What to show.

    Yields
    ------
    dict
        For each statement one ``Annotation``. Its targets are the stretches of its content, each with a
        ``TextQuoteSelector`` and a ``TextPositionSelector``; the latter counts code points, as the standard demands.
        Its bodies class it by what it does (``act:``, ``mode:``, ``plover:``), link to the Wikidata item of its
        source, and tag it with the rest (``source:``, ``cue:``, ``rejects:`` …). The positions are those of the text
        that ``state.cached`` (or ``source``, where the article has no address) names by its digest.
    """
    for s in reading.statements:
        targets = [_target(reading.article, part) for part in s.content]
        yield {
            "@context": CONTEXT,
            "id": statement_uri(reading.article, s.id),
            "type": "Annotation",
            "motivation": "classifying",
            **({"generator": {"type": "Software", "name": reading.extractor}} if reading.extractor else {}),
            "body": _bodies(reading, s),
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _bodies(reading: Reading, s: Statement) -> list[dict[str, Any]]:
    language = language_tag(reading.article)
    bodies = [_textual(tag, "classifying", "") for tag in tags(reading, s, _CLASSES)]
    source = reading.source_of(s)
    if source is not None and entity_uri(source.qid):
        bodies.append(_link(source))
    bodies += [_textual(tag, "tagging", language if tag.words else "") for tag in tags(reading, s, _TAGS)]
    return bodies


def _textual(tag: Tag, purpose: str, language: str) -> dict[str, Any]:
    body = {"type": "TextualBody", "purpose": purpose, "value": tag.text, "format": "text/plain"}
    return {**body, **compact({"language": language})}


def _link(source: Source) -> dict[str, Any]:
    agent = compact({"type": _AGENTS.get(source.kind), "name": source.known_as or source.name})
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": {"id": entity_uri(source.qid), **agent},
    }


def _target(article: Article, part: Span) -> dict[str, Any]:
    source = article_uri(article)
    target: dict[str, Any] = {"type": "SpecificResource", "source": source}
    if source != text_uri(article):
        # The page may change and has more text than the article: positions hold in the text that was read.
        target["state"] = {"type": "TimeState", "cached": text_uri(article)}
    target["selector"] = [_quote(article.text, part), _position(part)]
    return target


def _position(part: Span) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": part.start, "end": part.end}


def _quote(text: str, part: Span) -> dict[str, Any]:
    """The words with those around them, which begin and end with no part of a character («قالَ» keeps its vowel)."""
    first, last = max(0, part.start - _AROUND), min(len(text), part.end + _AROUND)
    while first < part.start and unicodedata.combining(text[first]):
        first += 1
    while part.end < last < len(text) and unicodedata.combining(text[last]):
        last -= 1
    return {
        "type": "TextQuoteSelector",
        "exact": part.of(text),
        "prefix": text[first : part.start],
        "suffix": text[part.end : last],
    }
