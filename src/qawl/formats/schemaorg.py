"""Readings in the vocabulary of schema.org as JSON-LD, one article a line.

Source: https://schema.org/NewsArticle and https://schema.org/Quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from qawl.formats.linked import (
    article_uri,
    compact,
    entity_uri,
    iso_date,
    json_line,
    language_tag,
    marked,
    source_name,
    statement_uri,
    tags,
    text_uri,
    web_uri,
)
from qawl.model import Article, Event, Participant, Reading, Source, Statement

__all__ = ["CONTEXT", "SchemaOrgWriter", "to_schema_org"]

CONTEXT = "https://schema.org"
"""The JSON-LD context that every line names."""

_TYPES = {
    "person": "Person", "organization": "Organization", "state": "GovernmentOrganization", "group": "Organization",
    "media": "NewsMediaOrganization", "document": "CreativeWork",
}  # fmt: skip
"""Of the kinds of sources. An unnamed source may be one or many, a person or a body: it has no type and no node."""

_BY_IDENTITY = {"state": "GovernmentOrganization", "body": "Organization", "media": "NewsMediaOrganization"}
_KEYWORDS = (
    "mode", "act", "plover", "cue", "lemma", "wants", "rejects", "for", "against", "basis", "occasion", "channel",
    "confidence", "extractor",
)  # fmt: skip


class SchemaOrgWriter:
    """One article a line, in the shape of `to_schema_org`.

    Parameters
    ----------
    out : TextIO
        Where to; opened for text in UTF-8.
    with_text : bool
        Whether the article's own words go along, as ``articleBody``.
    """

    def __init__(self, out: TextIO, *, with_text: bool = True) -> None:
        self._out = out
        self._with_text = with_text

    def write(self, reading: Reading) -> None:
        """Write one line."""
        self._out.write(json_line(to_schema_org(reading, with_text=self._with_text)))

    def close(self) -> None:
        """Nothing is left to write."""


def to_schema_org(reading: Reading, *, with_text: bool = True) -> dict[str, Any]:
    """A reading as a JSON-LD graph.

    Parameters
    ----------
    reading : Reading
        What to show.
    with_text : bool
        Whether ``articleBody`` is given.

    Returns
    -------
    dict
        ``@context`` and ``@graph``: the ``NewsArticle``, a node for each source that speaks in it, and a
        ``Quotation`` for each statement. The words of direct speech are its ``text``; what the article tells in its
        own words, in whole or in part, is its ``abstract``, so that nobody takes them for the speaker's.
    """
    graph = [_article(reading, with_text)]
    graph += [_source(reading.article, source) for source in reading.sources.values() if _has_node(source)]
    ids = {s.id for s in reading.statements}
    graph += [_quotation(reading, s, s.parent if s.parent in ids else None) for s in reading.statements]
    return {"@context": CONTEXT, "@graph": graph}


def _article(reading: Reading, with_text: bool) -> dict[str, Any]:
    a = reading.article
    line = a.dateline
    dateline = "" if line is None else line.span.of(a.text) if line.span else line.place
    return compact(
        {
            "@type": "NewsArticle",
            "@id": article_uri(a),
            "url": web_uri(a.url),
            "identifier": [_identifier("sha256", a.sha256), *([_identifier("doc", a.doc)] if a.doc else [])],
            "headline": a.title,
            "inLanguage": language_tag(a),
            "datePublished": iso_date(a.published),
            "dateModified": iso_date(a.modified),
            "articleSection": a.section,
            "dateline": dateline,
            "locationCreated": _named("Place", line.place if line else ""),
            "author": [_author(a, name) for name in a.authors if name],
            "publisher": _named("Organization", a.outlet),
            "sourceOrganization": _named("Organization", a.agency),
            "mentions": [_event(e) for e in reading.events],
            "articleBody": (a.body or a.text) if with_text else "",
        }
    )


def _named(type_: str, name: str) -> dict[str, Any]:
    """A thing of which only the name is known; ``{}`` if not even that."""
    return {"@type": type_, "name": name} if name else {}


def _identifier(scheme: str, value: str) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}


def _author(article: Article, name: str) -> dict[str, Any]:
    # A byline is a person's, unless it repeats the outlet or the agency («وكالة السهل»).
    return _named("Organization" if name in (article.outlet, article.agency) else "Person", name)


def _event(e: Event) -> dict[str, Any]:
    return compact(
        {
            "@type": "Event",
            "name": e.name,
            "startDate": iso_date(e.date.moment) if e.date else "",
            "location": _named("Place", e.place),
            "attendee": [_participant(p) for p in e.participants],
            "keywords": f"event:{e.kind}",
        }
    )


def _participant(p: Participant) -> dict[str, Any]:
    type_ = _BY_IDENTITY.get(p.identity.partition(":")[0], "Person")
    return compact({"@type": type_, **_names(p.name, p.known_as, p.qid, p.identity), _role_key(type_): p.role})


def _names(name: str, known_as: str, qid: str, identity: str) -> dict[str, Any]:
    return {
        "name": name or known_as,
        "alternateName": known_as if name and known_as != name else "",
        "sameAs": entity_uri(qid),
        "identifier": _identifier("qawl", identity) if identity else {},
    }


def _role_key(type_: str) -> str:
    """Where a role goes: only persons have a job."""
    return "jobTitle" if type_ == "Person" else "description"


def _has_node(source: Source) -> bool:
    return source.kind in _TYPES and bool(source.name or source.known_as or source.role)


def _source_id(article: Article, source: Source) -> str:
    key = quote(source.key.encode("utf-8", "surrogatepass"), safe="")
    return f"{text_uri(article)}#source-{key}"


def _source(article: Article, source: Source) -> dict[str, Any]:
    type_ = _TYPES[source.kind]
    belongs = source.of if source.of not in (source.name, source.known_as) else ""
    whole = {"Person": "affiliation", "CreativeWork": "sourceOrganization"}.get(type_, "parentOrganization")
    return compact(
        {
            "@type": type_,
            "@id": _source_id(article, source),
            **_names(source.name, source.known_as, source.qid, source.identity),
            _role_key(type_): source.role,
            whole: _named("Organization", belongs),
        }
    )


def _quotation(reading: Reading, s: Statement, parent: int | None) -> dict[str, Any]:
    a, on = reading.article, s.occasion
    occasion = compact({"@type": "Event", "name": on.span.of(a.text)}) if on else {}
    wholes = [article_uri(a), *([] if parent in (None, s.id) else [statement_uri(a, parent)])]
    return compact(
        {
            "@type": "Quotation",
            "@id": statement_uri(a, s.id),
            "position": s.id,
            "text" if s.mode == "direct" else "abstract": reading.content_of(s),
            "inLanguage": language_tag(a),
            **_credit(reading, s),
            "isPartOf": [{"@id": whole} for whole in wholes],
            "dateCreated": iso_date(s.said.moment) if s.said else "",
            "recordedAt": occasion if "name" in occasion else {},
            "locationCreated": _named("Place", on.place if on else ""),
            "publisher": _named("Organization", s.via.of(a.text) if s.via else ""),
            "about": list(_matters(s)),
            "keywords": [tag.text for tag in tags(reading, s, _KEYWORDS)],
        }
    )


def _credit(reading: Reading, s: Statement) -> dict[str, Any]:
    source = reading.source_of(s)
    if source is None or not _has_node(source):
        return {"creditText": source_name(reading, s)}
    # Persons and bodies create; a document («التقرير») is what the words are taken from.
    return {"isBasedOn" if source.kind == "document" else "creator": {"@id": _source_id(reading.article, source)}}


def _matters(s: Statement) -> Iterator[dict[str, Any]]:
    from qawl.positions import matters  # with numpy, which other formats can do without

    known = matters()
    for id_ in dict.fromkeys(about.matter for x in marked(s.stances) for about in x.about if about.matter):
        name = known[id_].ar if id_ in known else ""
        yield compact({"@type": "DefinedTerm", "termCode": id_, "name": name})
