"""The smallest things of a page: escaping, safe links, labels, and how a source is coloured."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from qawl.formats.labels import Lang, Numerals, label, number, plain
from qawl.model import Reading

__all__ = ["Look", "bdi", "escape", "language", "link", "looks"]

HUES, LINES = 8, 5
"""Colours and underline styles in page.css. They have no common divisor: 40 sources look different."""

# HTML may not hold these; each becomes one character, so that offsets stay true.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s\x00-\x20\"<>\\]+", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


def escape(text: str) -> str:
    """`text` for an element's content or a quoted attribute; parsed, it gives back `text`.

    Characters that HTML cannot hold (most controls, lone surrogates) become U+FFFD.
    """
    return html.escape(_FORBIDDEN.sub("\ufffd", text), quote=True).replace("\r", "&#13;")


def bdi(text: str, attributes: str = "") -> str:
    """A name, number or other foreign string, on one line, that does not reorder what stands beside it."""
    return f"<bdi{attributes}>{escape(plain(text))}</bdi>"


def link(url: str) -> str:
    """A URL shown left to right; a link only if it is of http or https."""
    shown = bdi(url, ' dir="ltr"')
    if not _WEB.fullmatch(url):
        return shown
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{shown}</a>'


def language(tag: str) -> str:
    """`tag` if it looks like a BCP 47 tag, else ``ar``."""
    return tag if _TAG.fullmatch(tag) else "ar"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page speaks: the language of its labels and the numerals of its numbers."""

    lang: Lang
    numerals: Numerals

    def label(self, group: str, key: str) -> str:
        """A label, marked as English where it is."""
        return self.phrase(group, key, "")

    def phrase(self, group: str, key: str, rest: str) -> str:
        """A label and the markup of what follows it, kept in the order of the label's language."""
        text = escape(label(group, key, self.lang)) + rest
        return text if self.lang == "ar" else f'<span lang="en" dir="ltr">{text}</span>'

    def words(self, group: str, key: str) -> str:
        """A label for an attribute: no markup."""
        return escape(label(group, key, self.lang))

    def number(self, value: int | str) -> str:
        """A number, without markup."""
        return number(value, self.numerals)


def looks(reading: Reading) -> dict[str, str]:
    """CSS classes of each source: colour and underline style, in the order in which they speak.

    Returns
    -------
    dict
        From key to classes (``h0 u0``). A statement whose key is not here has no known source: ``hx ux``.
    """
    order = dict.fromkeys(s.who for s in reading.statements if s.who in reading.sources)
    order.update(dict.fromkeys(reading.sources))
    out: dict[str, str] = {}
    named = 0
    for key in order:
        if not reading.sources[key].name:
            out[key] = "hx ux"
            continue
        out[key] = f"h{named % HUES} u{named % LINES}"
        named += 1
    return out
