"""Readings as news items of IPTC ninjs 3.2, one a line.

Source: ninjs, News in JSON, of the International Press Telecommunications Council, https://iptc.org/std/ninjs/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from qawl.formats.labels import label
from qawl.formats.linked import (
    article_uri,
    compact,
    date_time,
    entity_uri,
    iso_date,
    json_line,
    language_tag,
    marked,
    source_name,
    statement_uri,
    tags,
)
from qawl.model import Moment, Participant, Reading, Source, Statement

__all__ = ["NinjsWriter", "to_ninjs"]

_STANDARD = {"name": "ninjs", "version": "3.2", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#"}
_PROFILE = "qawl-ninjs/1"
_LISTS = {
    "person": "people", "organization": "organisations", "state": "organisations", "group": "organisations",
    "media": "organisations", "document": "objects",
}  # fmt: skip
"""Where each kind of source goes. An unnamed one («مصدر مطلع») may be a person or a body: it is an ``infoSource``."""
_DESCRIPTIONS = ("role", "mode", "cue", "lemma", "said", "basis", "occasion", "channel", "confidence")


class NinjsWriter:
    """One news item a line, in the shape of `to_ninjs`.

    Parameters
    ----------
    out : TextIO
        Where to; opened for text in UTF-8.
    with_text : bool
        Whether the article's own words go along, in ``bodies``.
    """

    def __init__(self, out: TextIO, *, with_text: bool = True) -> None:
        self._out = out
        self._with_text = with_text

    def write(self, reading: Reading) -> None:
        """Write one line."""
        self._out.write(json_line(to_ninjs(reading, with_text=self._with_text)))

    def close(self) -> None:
        """Nothing is left to write."""


def to_ninjs(reading: Reading, *, with_text: bool = True) -> dict[str, Any]:
    """A reading as a ninjs item.

    Parameters
    ----------
    reading : Reading
        What to show.
    with_text : bool
        Whether ``bodies`` holds the text. ``representationType`` says which.

    Returns
    -------
    dict
        The article with its sources, matters and events, and each statement as one of its ``associations``: a
        partial item of its own, whose ``bodies`` are the stretches of its content.
    """
    a = reading.article
    return compact(
        {
            "uri": article_uri(a),
            "standard": _STANDARD,
            "profile": _PROFILE,
            "type": "text",
            "representationType": "full" if with_text else "partial",
            "language": language_tag(a),
            **_times(a.published, a.modified),
            "headlines": [{"value": a.title}] if a.title else [],
            "by": "، ".join(name for name in a.authors if name),
            "located": a.dateline.place if a.dateline else "",
            "bodies": [{"contentType": "text/plain", "value": a.text}] if with_text and a.text else [],
            "descriptions": _described(
                {"section": a.section, **_imprecise(a.published, a.modified), "extractor": reading.extractor}
            ),
            "altIds": _described({"doc": a.doc, "sha256": a.sha256, "url": a.url}),
            "infoSources": [
                *_informants((("publisher", a.outlet), ("agency", a.agency))),
                *(_party(s, "role") for s in reading.sources.values() if s.kind == "unnamed" and _told(s)),
            ],
            **_parties(reading),
            "places": _places(reading),
            "subjects": _about(reading.statements, "about", signed=False),
            "events": [compact({"name": e.name, "rel": "reported", "literal": e.kind}) for e in reading.events],
            "associations": [_association(reading, s) for s in reading.statements],
        }
    )


def _times(published: Moment | None, modified: Moment | None) -> dict[str, str]:
    """Only what is known to the second and with its zone: the standard takes nothing less."""
    return {"firstCreated": date_time(published), "versionCreated": date_time(modified) or date_time(published)}


def _imprecise(published: Moment | None, modified: Moment | None) -> dict[str, str]:
    """The dates that `_times` cannot tell, as precise as they are known."""
    both = {"published": published, "modified": modified}
    return {role: iso_date(moment) for role, moment in both.items() if not date_time(moment)}


def _described(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"role": role, "value": value} for role, value in values.items() if value]


def _informants(named: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "role": role} for role, name in named if name]


def _told(source: Source) -> bool:
    return bool(source.name or source.known_as or source.role)


def _party(source: Source, relation: str) -> dict[str, Any]:
    """A source among people, organisations, objects (``rel``) or infoSources (``role``)."""
    return compact(
        {
            "name": source.name or source.known_as or source.role,
            relation: "source",
            "uri": entity_uri(source.qid),
            "literal": source.identity,
        }
    )


def _parties(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """The sources by the lists that they go to, then who took part in events."""
    lists: dict[str, list[dict[str, Any]]] = {"people": [], "organisations": [], "objects": []}
    for source in reading.sources.values():
        if source.kind in _LISTS and _told(source):
            lists[_LISTS[source.kind]].append(_party(source, "rel"))
    for participant in (p for e in reading.events for p in e.participants):
        entry = _participant(participant)
        place = "people" if participant.identity.startswith("person:") or not participant.identity else "organisations"
        if "name" in entry and entry not in lists[place]:
            lists[place].append(entry)
    return lists


def _participant(p: Participant) -> dict[str, Any]:
    name = p.name or p.known_as or p.role
    return compact({"name": name, "rel": "participant", "uri": entity_uri(p.qid), "literal": p.identity})


def _places(reading: Reading) -> list[dict[str, str]]:
    where = [("occasion", s.occasion.place) for s in reading.statements if s.occasion]
    where += [("event", e.place) for e in reading.events]
    return [{"name": name, "rel": rel} for rel, name in dict.fromkeys(where) if name]


def _association(reading: Reading, s: Statement) -> dict[str, Any]:
    a, source = reading.article, reading.source_of(s)
    via = ("via", s.via.of(a.text) if s.via else "")
    told: dict[str, list[dict[str, Any]]] = {}
    if source is not None and source.kind in _LISTS and _told(source):
        told[_LISTS[source.kind]] = [_party(source, "rel")]
        spoke = ("source", "")
    else:
        spoke = ("source", source_name(reading, s))
    said = s.said.moment if s.said else None
    described = {tag.name: tag.value for tag in tags(reading, s, _DESCRIPTIONS)}
    if date_time(said):
        del described["said"]
    described["spans"] = " ".join(f"{c.start}:{c.end}" for c in s.content)
    described["parent"] = "" if s.parent is None else statement_uri(a, s.parent)
    return compact(
        {
            "uri": statement_uri(a, s.id),
            "name": f"statement {s.id}",
            "rel": "statement",
            "type": "text",
            "representationType": "partial",
            "language": language_tag(a),
            "contentCreated": date_time(said),
            "bodies": [{"role": "content", "contentType": "text/plain", "value": c.of(a.text)} for c in s.content],
            "descriptions": _described(described),
            **told,
            "infoSources": _informants((spoke, via)),
            "subjects": list(_subjects(reading, s)),
        }
    )


def _subjects(reading: Reading, s: Statement) -> Iterator[dict[str, Any]]:
    """What the statement does, what it wants and rejects, and the matters that it bears on."""
    lang = "ar" if reading.article.language.startswith("ar") else "en"
    act = {"name": label("act", s.act, lang), "rel": "act", "literal": s.act, "confidence": _percent(s.act_confidence)}
    yield compact(act)
    for tag in tags(reading, s, ["plover"]):
        yield {"name": tag.value, "rel": "plover", "literal": tag.value}
    for x in marked(s.stances):
        words, rel = x.target.of(reading.article.text), "wants" if x.sign == "+" else "rejects"
        if words:
            yield compact({"name": words, "rel": rel, "literal": x.degree, "confidence": _percent(x.confidence)})
    yield from _about([s], "", signed=True)


def _about(statements: Iterable[Statement], rel: str, *, signed: bool) -> list[dict[str, Any]]:
    """The matters of statements, each once; `signed`: with whether they are for or against it."""
    from qawl.positions import matters  # with numpy, which other formats can do without

    known = matters()
    found = dict.fromkeys(
        (about.matter, ("for" if about.sign == "+" else "against") if signed else rel)
        for s in statements
        for x in marked(s.stances)
        for about in x.about
        if about.matter
    )
    return [{"name": known[id_].ar if id_ in known else id_, "rel": rel, "literal": id_} for id_, rel in found]


def _percent(confidence: float) -> int | None:
    """A confidence as the standard has it, from 0 to 100; None if it is none."""
    return round(100 * confidence) if 0 <= confidence <= 1 else None
