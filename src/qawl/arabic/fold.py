"""Folding: spelling variants that a reader takes for the same letter become one, with a map back.

Folding happens in a side structure; the text itself is never changed. What is folded:

* hamza carriers and alefs (أ إ آ ٱ → ا, ؤ → و, ئ → ي), alef maqsura and Persian ya (ى ی → ي), Persian kaf
  (ک → ك), ta marbuta (ة → ه);
* tatweel, vowel marks and other combining marks: dropped;
* Arabic-Indic and Persian digits → 0 to 9;
* zero-width characters, direction marks and other format characters: dropped; NBSP and other spaces → space;
* presentation forms and full-width forms → their letters (Unicode NFKC, character by character; ﷲ and the
  like become several letters).

A lone hamza (ء) is kept: it tells words apart (جزء, جز).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from qawl.model import Span

__all__ = ["Folded", "fold"]

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ې": "ي",
    "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ـ": "",
}  # fmt: skip
# Keep line feeds and tabs: paragraphs are told apart by them.
_KEPT = "\n\t"


@cache
def _fold_char(c: str) -> str:
    """The folding of one character: zero, one or several characters."""
    if c in _LETTERS:
        return _LETTERS[c]
    if c in _KEPT:
        return c
    category = unicodedata.category(c)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if category == "Nd":
        return str(unicodedata.digit(c))
    plain = unicodedata.normalize("NFKC", c)
    if plain == c:
        return c
    # A presentation form may hold a base and marks (ﷲ, ﱞ): fold what comes out, too.
    return "".join(_fold_char(x) if x != c else x for x in plain)


class _Table(dict[int, str]):
    """`str.translate` table that learns characters as it meets them."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()
for _code in [*range(0x20, 0x7F), *range(0x600, 0x700)]:
    _TABLE[_code] = _fold_char(chr(_code))


def fold(text: str) -> str:
    """`text` with its spelling variants folded (see the module).

    Parameters
    ----------
    text : str
        Any string.

    Returns
    -------
    str
        May be shorter or longer than `text`; use `Folded` where offsets matter.
    """
    return text.translate(_TABLE)


class Folded:
    """A folded text with an exact map of offsets back to the text it came from.

    Parameters
    ----------
    source : str
        The text.

    Attributes
    ----------
    source : str
        The text as given.
    text : str
        Its folding; equal to ``fold(source)``.
    """

    __slots__ = ("_origin", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source.translate(_TABLE)
        self._origin: list[int] | None = None
        if len(self.text) != len(source) or not _one_to_one(source):
            self._origin = [i for i, c in enumerate(source) for _ in _TABLE[ord(c)]]

    def origin(self, i: int) -> int:
        """The offset in `source` of the character that folded character `i` came from.

        `i` may be ``len(text)``; it maps to ``len(source)``.
        """
        if self._origin is None:
            return i
        return self._origin[i] if i < len(self._origin) else len(self.source)

    def span(self, start: int, end: int) -> Span:
        """The span of `source` that folded ``[start, end)`` came from.

        Marks that follow the last character belong to it («قالَ» keeps its fatha). An empty stretch maps
        to an empty span.
        """
        if self._origin is None:
            return Span(start, end)
        first = self.origin(start)
        if end <= start:
            return Span(first, first)
        last = self._origin[end - 1] + 1
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return Span(first, max(first, last))

    def position(self, offset: int) -> int:
        """The first folded offset whose character came from `offset` of `source` or after it."""
        if self._origin is None:
            return min(offset, len(self.text))
        return bisect_right(self._origin, offset - 1)


# Every character here folds to exactly one: no map is needed, which is the case for most articles.
_SAME_LENGTH = re.compile(
    r"[\n\t\x20-\x7e\u00ab\u00bb\u2010-\u2015\u2018-\u201f\u2039\u203a\u00a0\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a"
    r"\u0660-\u066d\u06f0-\u06f9\u06a9\u06cc\u0671]*"
)


def _one_to_one(source: str) -> bool:
    if _SAME_LENGTH.fullmatch(source):
        return True
    return all(len(_TABLE[ord(c)]) == 1 for c in source)
