"""From bytes to text: what an input is, and in which encoding.

Arabic pages come in UTF-8 or windows-1256, and many declare the other one, or none. So evidence decides before the
declaration: bytes that are valid UTF-8 with letters beyond ASCII are UTF-8, for windows-1256 text is almost never
valid UTF-8; bytes that are not are read as each single-byte encoding in question, and the one that reads most
like Arabic is taken.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

from qawl.model import InputError

__all__ = ["InputKind", "decode", "sniff"]

InputKind = Literal["text", "html", "xml", "json", "jsonl", "gzip", "warc", "pdf", "zip", "binary", "empty"]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MAGIC: tuple[tuple[bytes, InputKind], ...] = (
    (b"\x1f\x8b", "gzip"), (b"WARC/", "warc"), (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"),
    (b"\x89PNG", "binary"), (b"GIF8", "binary"), (b"\xff\xd8\xff", "binary"), (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"), (b"RIFF", "binary"), (b"ID3", "binary"), (b"BZh", "binary"), (b"\xfd7zXZ", "binary"),
    (b"(\xb5/\xfd", "binary"), (b"7z\xbc\xaf", "binary"), (b"Rar!", "binary"), (b"\xd0\xcf\x11\xe0", "binary"),
    (b"SQLite format 3\x00", "binary"), (b"PAR1", "binary"),
)  # fmt: skip
_SUFFIXES: dict[str, InputKind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".txt": "text", ".text": "text", ".warc": "warc",
}  # fmt: skip
_LOOKED_AT = 100_000  # bytes that are enough to tell an encoding
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|table|h1)\b", re.I | re.S
)
_TAG = re.compile(rb"<(?:p|div|br|span|td|a|meta|script)\b[^<>]*>", re.IGNORECASE)
_RESEMBLES_UTF8 = 0.02  # broken sequences to the letters beyond ASCII: a page cut in a letter, or a spoilt line
_COMMON = frozenset("اليمونرتبعدسفهكقحجةشصطخضأذثغءىزإئظؤآ،؛؟ًٌٍَُِّْـ«»")
# Windows-1256 writes these with its high bytes in Arabic text, too: quotation marks, dashes, no-break space.
_NEUTRAL = frozenset("\u00a0“”‘’–—…•·×÷\u200c\u200d\u200e\u200f°©®")
_SINGLE_BYTE = ("cp1256", "iso8859_6")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text that `data` encodes.

    Parameters
    ----------
    data : bytes
        A text or a page.
    declared : str or None
        The encoding that the transport (an HTTP header, an option) named. It is weighed with the page's own
        declaration, and neither outweighs the bytes.

    Returns
    -------
    str
        Bytes that the encoding does not know become U+FFFD; no byte-order mark is left.

    Raises
    ------
    InputError
        If the bytes are no text at all: they hold NULs, or begin as a picture, an archive or the like does.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    kind = _magic(data)
    if kind in ("binary", "pdf", "zip", "gzip"):
        raise InputError(f"not text: it begins as {_NAMES[kind]} does; give its text or its HTML")
    if b"\x00" in data:
        if encoding := _wide(data[:_LOOKED_AT], declared):
            return data.decode(encoding, "replace")
        raise InputError("not text: it holds NUL bytes, as a binary file does; give its text or its HTML")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _eight_bit(data, declared)


_NAMES: dict[str, str] = {"pdf": "a PDF file", "zip": "a ZIP file", "gzip": "a gzip file", "binary": "a binary file"}


def _wide(sample: bytes, declared: str | None = None) -> str:
    """Which UTF-16 bytes with NULs are: every other byte of its spaces and ASCII signs is one; ``""`` if none."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    name = (declared or "").lower().replace("_", "-")
    for encoding, mine, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if (mine > 20 * other and mine * 20 > len(sample)) or (name == encoding and mine >= other):
            text = sample.decode(encoding, "replace")
            if sum(c.isprintable() or c.isspace() for c in text) >= 0.95 * len(text):
                return encoding
    return ""


def _eight_bit(data: bytes, declared: str | None) -> str:
    """The text of bytes that are not valid UTF-8."""
    lax = data.decode("utf-8", "replace")
    sample = lax[:_LOOKED_AT]
    broken, beyond = sample.count("\ufffd"), sum(c > "\x7f" for c in sample)
    if broken <= max(1, _RESEMBLES_UTF8 * beyond) and broken < beyond:
        return lax
    names = [n for n in (_codec(declared), _codec(_declaration(data))) if n and n != "utf-8"]
    best, best_score = "", 0.0
    for name in dict.fromkeys([*names, *_SINGLE_BYTE]):
        score = _reads_as_arabic(data[:_LOOKED_AT], name)
        if score > best_score + 0.01:
            best, best_score = name, score
    if best_score >= 0.6:
        return data.decode(best, "replace")
    return _guessed(data) or data.decode(names[0] if names else "cp1256", "replace")


def _declaration(data: bytes) -> str:
    m = _DECLARED.search(data[:4096])
    return m[1].decode("ascii") if m else ""


def _codec(name: str | None) -> str:
    """Python's name of an encoding, or ``""`` if it has none or it is no text encoding."""
    if not name:
        return ""
    try:
        info = codecs.lookup(name)
        "".encode(info.name)
    except (LookupError, ValueError, TypeError):
        return ""
    return info.name


def _reads_as_arabic(sample: bytes, encoding: str) -> float:
    """The share of Arabic letters among the characters beyond ASCII, from 0 to 1."""
    beyond = [c for c in sample.decode(encoding, "replace") if c > "\x7f" and c not in _NEUTRAL]
    return sum(c in _COMMON for c in beyond) / len(beyond) if beyond else 0.0


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_LOOKED_AT]).best()
    encoding = _codec(best.encoding) if best is not None else ""
    return data.decode(encoding, "replace") if encoding else ""


def _magic(data: bytes) -> InputKind | None:
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def sniff(data: bytes, name: str) -> InputKind:
    """What an input is, by its first bytes and then by its name.

    Parameters
    ----------
    data : bytes
        The input, or its beginning (64 KiB are enough).
    name : str
        Its file name or URL; ``-`` or ``""`` if it has none.

    Returns
    -------
    InputKind
        ``xml`` covers feeds and site maps; ``binary`` what is none of the others and holds NUL bytes.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return "empty"
    if (kind := _magic(data)) is not None:
        return kind
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\x00" in data[:_LOOKED_AT] and not _wide(data[:_LOOKED_AT]):
        return "binary"
    plain = data[:_LOOKED_AT].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _by_content(plain, name)


def _by_content(data: bytes, name: str) -> InputKind:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    named = _SUFFIXES.get(suffix)
    if data[:1] in (b"{", b"[") and named in (None, "json", "jsonl", "text"):
        return _json_kind(data, named)
    if data[:1] == b"<":
        if _MARKUP.match(data[:4096]):
            return "html"
        if data[:5] == b"<?xml" or re.match(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", data):
            return "html" if re.search(rb"<html\b", data[:2000], re.IGNORECASE) else "xml"
    if named is not None:
        return named
    return "html" if len(_TAG.findall(data[:20_000])) >= 5 else "text"


def _json_kind(data: bytes, named: InputKind | None) -> InputKind:
    """One JSON value, or one a line: the first line closes what it opens and another value follows."""
    if named in ("json", "jsonl"):
        return named
    if not re.match(rb"\{\s*[\"}]|\[\s*[\[{\"\]]", data):
        return named or "text"
    lines = [line for line in data.split(b"\n", 3)[:2] if line.strip()]
    several = len(lines) == 2 and all(line.strip().startswith(b"{") for line in lines)
    return "jsonl" if several and lines[0].strip().endswith(b"}") else "json"
