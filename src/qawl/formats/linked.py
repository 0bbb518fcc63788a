"""What the formats of public standards share: identifiers, dates, tags, and lines of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from qawl.formats.labels import shown
from qawl.formats.shape import _marked as marked
from qawl.model import Article, Moment, Reading, Source, Statement

__all__ = [
    "Tag", "article_uri", "compact", "date_time", "entity_uri", "iso_date", "json_line", "language_tag", "marked",
    "source_name", "statement_uri", "tags", "text_uri", "web_uri",
]  # fmt: skip

# All of these are outside ASCII, so in JSON they stand inside strings.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WEB = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^@:\[\]]+)(?::[0-9]*)?")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SAFE = "%:@!$&'()*+,;=-._~"


class Tag(NamedTuple):
    """Something told of a statement: a name, a value, and whether the value is words in the article's language."""

    name: str
    value: str
    words: bool = False

    @property
    def text(self) -> str:
        """``name:value``, as machine tags are written."""
        return f"{self.name}:{self.value}"


def json_line(obj: Mapping[str, Any]) -> str:
    """One line of JSON Lines, with its line feed.

    Parameters
    ----------
    obj : mapping
        What ``json.dumps`` takes.

    Returns
    -------
    str
        Lone surrogates, which RFC 8259 calls unpredictable and no encoding can write, are U+FFFD; characters that
        end a line for some readers are escaped.
    """
    line = shown(json.dumps(obj, ensure_ascii=False))
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", line) + "\n"


def compact(obj: Mapping[str, Any]) -> dict[str, Any]:
    """`obj` without what is unknown: None, and empty strings, lists and dicts."""
    return {key: value for key, value in obj.items() if value is not None and value not in ("", [], {})}


def web_uri(url: str) -> str:
    """A web address as a URI in ASCII; ``""`` if it is none.

    Parameters
    ----------
    url : str
        As the article has it; an IRI («https://example.org/خبر») or nearly one.

    Returns
    -------
    str
        Percent-encoded as RFC 3987, 3.1 tells, with the syntax of RFC 3986. What is not ``http`` or ``https``, as
        ``javascript:``, is no address.
    """
    found = _WEB.fullmatch(_STRAY_PERCENT.sub("%25", shown(url.strip())))
    if found is None or not _AUTHORITY.fullmatch(found[2]):
        return ""
    scheme, authority, path, query, fragment = (part or "" for part in found.groups())
    return (
        f"{scheme.lower()}://{quote(authority, _SAFE + '[]')}{quote(path, _SAFE + '/')}"
        f"{quote(query, _SAFE + '/?')}{fragment[:1]}{quote(fragment[1:], _SAFE + '/?')}"
    )


def text_uri(article: Article) -> str:
    """The URI of an article's very text, by its digest (``urn:sha256:…``)."""
    return f"urn:sha256:{article.sha256}"


def article_uri(article: Article) -> str:
    """The URI of an article: its web address, or that of its text where it has none."""
    return web_uri(article.url) or text_uri(article)


def statement_uri(article: Article, statement: int) -> str:
    """The URI of the statement with that `id`: the same in every format, wherever the same text was published."""
    return f"{text_uri(article)}#s{statement}"


def entity_uri(qid: str) -> str:
    """The URI of a Wikidata item; ``""`` if `qid` is none."""
    return f"http://www.wikidata.org/entity/{qid}" if re.fullmatch("Q[1-9][0-9]*", qid) else ""


def language_tag(article: Article) -> str:
    """The article's language, if it has the form of a BCP 47 tag; else ``""``."""
    return article.language if _LANGUAGE.fullmatch(article.language) else ""


def iso_date(moment: Moment | None) -> str:
    """A moment in ISO 8601, as precise as it is known; ``""`` if it is not known or no date."""
    return moment.iso if moment is not None and _ISO.fullmatch(moment.iso) else ""


def date_time(moment: Moment | None) -> str:
    """A moment as the ``date-time`` of RFC 3339; ``""`` where second or zone is unknown: neither is made up."""
    iso = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", iso_date(moment))
    if not re.fullmatch(r".{19}(?:Z|[+-]\d\d:\d\d)", iso):
        return ""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return iso


def source_name(reading: Reading, s: Statement) -> str:
    """What to call the source of a statement: its name, else the words beside the cue; ``""`` if there are none."""
    source = reading.source_of(s)
    name = source.name if source else ""
    return name or (s.speaker.of(reading.article.text) if s.speaker else "")


def tags(reading: Reading, s: Statement, names: Iterable[str]) -> list[Tag]:
    """What is told of a statement, for formats that have no field for it.

    Parameters
    ----------
    reading : Reading
        What `s` is of.
    s : Statement
        A statement.
    names : iterable of str
        Which tags: of ``source``, ``kind``, ``role``, ``identity``, ``office``, ``of``, ``cue``, ``lemma``, ``via``,
        ``mode``, ``act``, ``plover``, ``wants``, ``rejects``, ``for``, ``against``, ``said``, ``basis``, ``occasion``,
        ``channel``, ``place``, ``confidence`` and ``extractor``.

    Returns
    -------
    list of Tag
        In a fixed order, none twice, none empty.
    """
    wanted = set(names)
    found = (*_of_source(reading, s), *_of_words(reading, s), *_of_stances(reading, s), *_of_circumstances(reading, s))
    return [tag for tag in dict.fromkeys(found) if tag.value and tag.name in wanted]


def _of_source(reading: Reading, s: Statement) -> Iterator[Tag]:
    source = reading.source_of(s) or Source("", "", "person")
    yield Tag("source", source_name(reading, s), words=True)
    yield Tag("kind", source.kind if source.key or source.name else "")
    yield Tag("role", source.role, words=True)
    yield Tag("identity", source.identity)
    yield Tag("office", source.office)
    yield Tag("of", source.of, words=True)


def _of_words(reading: Reading, s: Statement) -> Iterator[Tag]:
    from qawl.positions import event_type  # with numpy, which other formats can do without

    text = reading.article.text
    yield Tag("cue", s.cue.of(text) if s.cue else "", words=True)
    yield Tag("lemma", s.lemma, words=True)
    yield Tag("via", s.via.of(text) if s.via else "", words=True)
    yield Tag("mode", s.mode)
    yield Tag("act", s.act)
    yield Tag("plover", event_type(s))


def _of_stances(reading: Reading, s: Statement) -> Iterator[Tag]:
    """Of the likely stances the three surest, as in standoff: there is no room for how sure each is."""
    for x in marked(s.stances):
        yield Tag("wants" if x.sign == "+" else "rejects", x.target.of(reading.article.text), words=True)
        for about in x.about:
            yield Tag("for" if about.sign == "+" else "against", about.matter)


def _of_circumstances(reading: Reading, s: Statement) -> Iterator[Tag]:
    if s.said is not None:
        yield Tag("said", iso_date(s.said.moment))
        yield Tag("basis", s.said.basis)
    if s.occasion is not None:
        yield Tag("occasion", s.occasion.kind)
        yield Tag("channel", s.occasion.channel, words=True)
        yield Tag("place", s.occasion.place, words=True)
    yield Tag("confidence", f"{s.confidence:.4g}")
    yield Tag("extractor", reading.extractor)
