"""From the inputs that a user names to articles: one stream, in which what cannot be read is an error, not an end."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from qawl.cli.streams import MAX_BYTES, TRAILING, Stream, opened, size_of, too_large
from qawl.model import Article, DataError, InputError, Moment, Reading, TooLargeError

__all__ = ["Inputs", "Item", "Settings", "fault"]

Item = tuple[str, Article | Reading | InputError]
"""The input's name, with ``:LINE`` for a line of JSON Lines, and what it holds or what is wrong with it."""

_PACKED = (".gz", ".xz")
_SUFFIXES = (".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
_GIVE = "give .txt, .html, .json or .jsonl"
_UNREAD = {
    "pdf": "is a PDF; save its text as .txt",
    "zip": "is a ZIP archive or an office document; unpack it, or save it as .txt",
    "warc": "is a web archive; extract its pages and give them",
    "xml": "is XML, perhaps a feed; save the pages that it names and give them",
    "gzip": "is packed twice; unpack it",
    "binary": f"is not text but binary data; {_GIVE}",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OPENED, _CLOSED = re.compile(rb"<html", re.IGNORECASE), re.compile(rb"</html", re.IGNORECASE)
_JSON_SPACE = b" \t\r\n"
_EMPTY = "is empty; give an article"
_Line = tuple[int, bytes | TooLargeError]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says about all inputs.

    Parameters
    ----------
    published : Moment or None
        When texts and pages were published, and JSON that does not say so itself.
    outlet : str
        For articles that do not name their publisher.
    encoding : str or None
        Of all inputs; None to find it out, of JSON to take UTF-8.
    readings : bool
        Whether a JSON object with a ``schema`` is a reading that ``qawl read`` wrote, not an article.
    """

    published: Moment | None = None
    outlet: str = ""
    encoding: str | None = None
    readings: bool = False


class Inputs:
    """The articles of several inputs, one after the other; no more than one is in memory.

    Parameters
    ----------
    paths : sequence of str
        Files, or ``-`` for standard input.
    settings : Settings
        What holds for all of them.
    note : callable
        Takes the input's name and a remark for a person on something that was read all the same.

    Attributes
    ----------
    share : float or None
        The part of all bytes that was taken, from 0 to 1; None if it cannot be known.
    """

    def __init__(
        self, paths: Sequence[str], settings: Settings, note: Callable[[str, str], None] = lambda where, text: None
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._note = note
        sizes = [size_of(path) for path in paths]
        self._total = None if None in sizes else sum(size or 0 for size in sizes)
        self._done = 0
        self._position: Callable[[], int] = lambda: 0

    @property
    def share(self) -> float | None:
        return min(1.0, (self._done + self._position()) / self._total) if self._total else None

    def __iter__(self) -> Iterator[Item]:
        stdin_read = False
        for path in self._paths:
            if path == "-" and stdin_read:
                yield path, InputError("standard input was already read; give it once")
                continue
            stdin_read |= path == "-"
            try:
                with opened(path) as stream:
                    self._position = stream.position
                    yield from self.stream(stream)
            except InputError as e:
                yield path, e
            self._position = lambda: 0
            self._done += size_of(path) or 0

    def stream(self, stream: Stream) -> Iterator[Item]:
        """The articles of one opened stream."""
        try:
            yield from self._articles(stream)
            if stream.trailing():
                self._note(stream.name, TRAILING)
        except InputError as e:
            yield stream.name, e
        except DataError:
            raise
        except Exception as e:
            yield stream.name, fault(e)

    def _articles(self, stream: Stream) -> Iterator[Item]:
        from qawl.pages import sniff

        name, stem = _names(stream.name)
        kind = sniff(stream.head, name)
        if kind in _UNREAD:
            raise InputError(_UNREAD[kind])
        if kind in ("json", "jsonl"):
            yield from self._json(stream, stem, kind)
        elif kind == "html":
            yield stream.name, self._html(stream, stem)
        else:
            yield stream.name, self._text(stream, stem)

    def _text(self, stream: Stream, doc: str) -> Article:
        from qawl.pages import decode, from_text

        text = decode(_some(stream.everything()), declared=self._settings.encoding)
        return from_text(text, doc=doc, outlet=self._settings.outlet, published=self._settings.published)

    def _html(self, stream: Stream, doc: str) -> Article:
        from qawl.pages import from_html

        data = _some(stream.everything())
        if _OPENED.search(data, 0, 4096) and not _CLOSED.search(data):
            self._note(stream.name, "the page has no end (no </html>); it may be cut off, what is there was read")
        article = from_html(data, doc=doc, encoding=self._settings.encoding, published=self._settings.published)
        return self._finished(article, doc)

    def _finished(self, article: Article, doc: str) -> Article:
        """`article` with an identifier, and a publisher if one was given."""
        outlet = article.outlet or self._settings.outlet
        if article.doc and outlet == article.outlet:
            return article
        return replace(article, doc=article.doc or doc, outlet=outlet)

    def _json(self, stream: Stream, stem: str, kind: str) -> Iterator[Item]:
        """JSON and JSON Lines, told apart by the first line where the name says otherwise; both may come by pipe."""
        if stream.head.startswith(_UTF16):
            raise InputError("is in UTF-16; save it in UTF-8")
        lines = (
            x for x in stream.lines() if isinstance(x[1], TooLargeError) or x[1].strip(_JSON_SPACE + codecs.BOM_UTF8)
        )
        first = next(lines, None)
        if first is None:
            raise InputError(_EMPTY)
        if kind == "jsonl" and not self._opens_document(first[1]):
            yield from self._lines(chain([first], lines), stream.name, stem)
            return
        second = next(lines, None)
        rest: Iterator[_Line] = iter(()) if second is None else chain([second], lines)
        if second is not None and self._is_record(first[1]):
            yield from self._lines(chain([first], rest), stream.name, stem)
            return
        yield from self._document(chain([first], rest), stream.name, stem)

    def _lines(self, lines: Iterator[_Line], name: str, stem: str) -> Iterator[Item]:
        for number, line in lines:
            where = f"{name}:{number}"
            try:
                if isinstance(line, TooLargeError):
                    raise line
                record = self._parsed(line, "the line")
            except InputError as e:
                yield where, e
            else:
                yield self._item(record, where, f"{stem}:{number}")

    def _document(self, lines: Iterator[_Line], name: str, stem: str) -> Iterator[Item]:
        """One article, or a list of articles, as one JSON document."""
        size, parts = 0, []
        for _, line in lines:
            if isinstance(line, TooLargeError) or (size := size + len(line)) > MAX_BYTES:
                raise too_large("the file")
            parts.append(line)
        document = self._parsed(b"".join(parts), "the file")
        del parts
        if not isinstance(document, list):
            yield self._item(document, name, stem)
            return
        if not document:
            raise InputError("is an empty list; give an article")
        for number, record in enumerate(document, 1):
            yield self._item(record, f"{name}[{number}]", f"{stem}:{number}")

    def _opens_document(self, line: bytes | TooLargeError) -> bool:
        """Whether a line is the beginning of one JSON document laid out over many lines."""
        if isinstance(line, TooLargeError):
            return False
        bare = line.removeprefix(codecs.BOM_UTF8).strip()
        return bare == b"{" or (bare.startswith(b"[") and not bare.endswith(b"]"))

    def _is_record(self, line: bytes | TooLargeError) -> bool:
        try:
            return not isinstance(line, TooLargeError) and isinstance(self._parsed(line, ""), dict)
        except InputError:
            return False

    def _parsed(self, data: bytes, what: str) -> Any:
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            return json.loads(self._decoded(data))
        except UnicodeDecodeError:
            hint = "give another --encoding" if self._settings.encoding else "give its --encoding, e.g. windows-1256"
            raise InputError(f"{what} is not in UTF-8; {hint}") from None
        except json.JSONDecodeError as e:
            at = f"line {e.lineno}, column {e.colno}" if e.lineno > 1 else f"column {e.colno}"
            raise InputError(f"{what} is broken JSON ({at}); correct it or leave it out") from None
        except (ValueError, RecursionError):
            # A number of thousands of digits; brackets in brackets in brackets.
            raise InputError(f"{what} is no JSON that can be read; correct it or leave it out") from None

    def _decoded(self, data: bytes) -> str:
        """JSON is in UTF-8; only where it is not does the user's word count."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if self._settings.encoding is None:
                raise
            return data.decode(self._settings.encoding)

    def _item(self, record: object, where: str, doc: str) -> Item:
        from qawl.formats import from_dict
        from qawl.pages import from_record

        try:
            if not isinstance(record, dict):
                raise InputError('is no JSON object; give {"text": …} for each article')
            if self._settings.readings and "schema" in record:
                return where, from_dict(record)
            return where, self._finished(from_record(self._with_defaults(record), where=where), doc)
        except InputError as e:
            return where, e
        except DataError:
            raise
        except Exception as e:
            return where, fault(e)

    def _with_defaults(self, record: dict[str, Any]) -> dict[str, Any]:
        defaults: dict[str, Any] = {}
        if self._settings.published is not None and not record.get("published"):
            defaults["published"] = self._settings.published.iso
        if self._settings.outlet and not record.get("outlet"):
            defaults["outlet"] = self._settings.outlet
        return {**record, **defaults}


def fault(error: Exception) -> InputError:
    """An error that Qawl did not raise on purpose: it costs one article, and the others are still read."""
    return InputError(f"a fault in Qawl ({type(error).__name__}: {error}); please report it with this article")


def _some(data: bytes) -> bytes:
    if not data:
        raise InputError(_EMPTY)
    return data


def _names(path: str) -> tuple[str, str]:
    """The name without what packing adds to it, and the identifier that it gives to its article."""
    if path == "-":
        return "", "stdin"
    name = os.path.basename(path)
    if name.lower().endswith(_PACKED):
        name = name[:-3]
    stem, suffix = os.path.splitext(name)
    return name, stem if suffix.lower() in _SUFFIXES else name
