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

from qawl.cli.streams import MAX_BYTES, Stream, opened, size_of, too_large
from qawl.model import Article, InputError, Moment, NotArabic, TooLarge

__all__ = ["MAX_CHARACTERS", "Inputs", "Item", "Settings"]

MAX_CHARACTERS = 2_000_000
"""The most characters of one article; a long novel has as many."""

Item = tuple[str, Article | InputError]
"""The input's name, with ``:LINE`` for a line of JSON Lines, and what it holds or what is wrong with it."""

_KINDS = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_PACKED = (".gz", ".xz")
# What people give by mistake, by its first bytes.
_BINARY = (
    (b"%PDF", "is a PDF; save its text as .txt"),
    (b"PK\x03\x04", "is a ZIP archive or an office document; unpack it or save it as .txt"),
    (b"\xd0\xcf\x11\xe0", "is an office document; save it as .txt"),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd; unpack it, or pack it with gzip or xz"),
    (b"BZh", "is packed with bzip2; unpack it, or pack it with gzip or xz"),
    (b"WARC/", "is a web archive; extract its pages and give them"),
)
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_JSON_SPACE = b" \t\r\n"
_EMPTY = "is empty; give an article"
_Line = tuple[int, bytes | TooLarge]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says about all inputs.

    Parameters
    ----------
    published : Moment or None
        For articles that do not say when they were published.
    outlet : str
        For articles that do not name their publisher.
    encoding : str or None
        Of all inputs; None to find it out, of JSON to take UTF-8.
    """

    published: Moment | None = None
    outlet: str = ""
    encoding: str | None = None


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
        return (self._done + self._position()) / self._total if self._total else None

    def __iter__(self) -> Iterator[Item]:
        stdin_read = False
        for path in self._paths:
            if path == "-" and stdin_read:
                yield path, InputError("standard input was already read; give it once")
                continue
            stdin_read |= path == "-"
            yield from self._read(path)
            self._position = lambda: 0
            self._done += size_of(path) or 0

    def _read(self, path: str) -> Iterator[Item]:
        try:
            with opened(path) as stream:
                self._position = stream.position
                yield from self._articles(stream)
        except InputError as e:
            yield path, e

    def stream(self, stream: Stream) -> Iterator[Item]:
        """The articles of one opened stream."""
        try:
            yield from self._articles(stream)
        except InputError as e:
            yield stream.name, e

    def _articles(self, stream: Stream) -> Iterator[Item]:
        stem, kind = _name(stream.name)
        _refuse(stream.head)
        if kind is None:
            from qawl.pages import sniff

            kind = sniff(stream.head, stream.name)
        if kind in ("json", "jsonl"):
            yield from self._json(stream, stem, kind)
            return
        make = self._html if kind == "html" else self._text
        yield stream.name, self._finished(make(stream, stem), stem)

    def _text(self, stream: Stream, doc: str) -> Article:
        from qawl.pages import decode, from_text

        text = decode(_some(stream.everything()), declared=self._settings.encoding)
        _check_length(text)
        return from_text(text, doc=doc, outlet=self._settings.outlet, published=self._settings.published)

    def _html(self, stream: Stream, doc: str) -> Article:
        from qawl.pages import from_html

        data = _some(stream.everything())
        if b"<html" in data[:4096].lower() and b"</html" not in data[-4096:].lower():
            self._note(stream.name, "the page has no end (no </html>); it may be cut off, what is there was read")
        return from_html(data, doc=doc, encoding=self._settings.encoding, published=self._settings.published)

    def _finished(self, article: Article, doc: str) -> Article:
        """`article` with what was said for all inputs, if there is something in it to read."""
        if not article.text.strip():
            raise InputError("holds no text; give an article")
        _check_length(article.text)
        if not _ARABIC.search(article.text):
            raise NotArabic("holds no Arabic text; Qawl reads Arabic news")
        if article.doc and (article.outlet or not self._settings.outlet):
            return article
        return replace(article, doc=article.doc or doc, outlet=article.outlet or self._settings.outlet)

    def _json(self, stream: Stream, stem: str, kind: str) -> Iterator[Item]:
        """JSON and JSON Lines, told apart by the first line where the name says otherwise; both may come by pipe."""
        lines = (x for x in stream.lines() if isinstance(x[1], TooLarge) or x[1].strip(_JSON_SPACE + codecs.BOM_UTF8))
        first = next(lines, None)
        if first is None:
            raise InputError(_EMPTY)
        if kind == "jsonl" and _opens_document(first[1]):
            kind = "json"
        if kind == "jsonl":
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
                if isinstance(line, TooLarge):
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
            if isinstance(line, TooLarge) or (size := size + len(line)) > MAX_BYTES:
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

    def _is_record(self, line: bytes | TooLarge) -> bool:
        try:
            return not isinstance(line, TooLarge) and isinstance(self._parsed(line, ""), dict)
        except InputError:
            return False

    def _parsed(self, data: bytes, what: str) -> Any:
        encoding = self._settings.encoding or "utf-8"
        try:
            return json.loads(data.removeprefix(codecs.BOM_UTF8).decode(encoding))
        except UnicodeDecodeError:
            hint = "give another --encoding" if self._settings.encoding else "give its --encoding, e.g. windows-1256"
            raise InputError(f"{what} is not in {encoding.upper()}; {hint}") from None
        except json.JSONDecodeError as e:
            at = f"line {e.lineno}, column {e.colno}" if e.lineno > 1 else f"column {e.colno}"
            raise InputError(f"{what} is broken JSON ({at}); correct it or leave it out") from None
        except (ValueError, RecursionError):
            # A number of thousands of digits; brackets in brackets in brackets.
            raise InputError(f"{what} is no JSON that can be read; correct it or leave it out") from None

    def _item(self, record: object, where: str, doc: str) -> Item:
        from qawl.pages import from_record

        try:
            if not isinstance(record, dict):
                raise InputError('is no JSON object; give {"text": …} for each article')
            text = record.get("text")
            if isinstance(text, str):
                _check_length(text)
            return where, self._finished(from_record(self._with_defaults(record), where=where), doc)
        except InputError as e:
            return where, e

    def _with_defaults(self, record: dict[str, Any]) -> dict[str, Any]:
        defaults: dict[str, Any] = {}
        if self._settings.published is not None and not record.get("published"):
            defaults["published"] = self._settings.published.iso
        if self._settings.outlet and not record.get("outlet"):
            defaults["outlet"] = self._settings.outlet
        return {**record, **defaults}


def _some(data: bytes) -> bytes:
    if not data:
        raise InputError(_EMPTY)
    return data


def _opens_document(line: bytes | TooLarge) -> bool:
    """Whether a line is the beginning of a JSON document laid out over many lines."""
    return not isinstance(line, TooLarge) and line.removeprefix(codecs.BOM_UTF8).strip() in (b"[", b"{")


def _name(path: str) -> tuple[str, str | None]:
    """The identifier that an input's name gives to its article, and the kind of input that it says it is."""
    if path == "-":
        return "stdin", None
    name = os.path.basename(path)
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in _PACKED:
        stem, suffix = os.path.splitext(stem)
    kind = _KINDS.get(suffix.lower())
    return (stem if kind or not stem else stem + suffix), kind


def _refuse(head: bytes) -> None:
    """Raise `InputError` for bytes that hold no text."""
    for magic, message in _BINARY:
        if head.startswith(magic):
            raise InputError(message)
    if b"\0" in head and not head.startswith(_UTF16_OR_32):
        raise InputError("is not text (it holds binary data); give .txt, .html, .json or .jsonl")


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"the article has {len(text):,} characters, over {MAX_CHARACTERS:,}; give one article at a time")
