"""The table for people at a terminal."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TextIO

from qawl.formats.labels import day, label, number, plain
from qawl.model import Moment, Reading, Statement

__all__ = ["TableWriter", "columns", "cut", "wrap"]

_FSI, _PDI = "\u2068", "\u2069"
_NARROW = 60
"""Below this many columns a statement is a short paragraph, not a row."""
_FALLBACK = 100
"""Width where the output is no terminal."""
_CONTENT_LINES, _SPEAKER_LINES = 4, 3
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_ZERO = frozenset({"Mn", "Me", "Cf"})


@lru_cache(4096)
def _char_columns(c: str) -> int:
    if unicodedata.category(c) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: two for a wide character, none for a combining mark."""
    return sum(map(_char_columns, text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns (1 or more): with ``…`` where it is cut, at a space if one is near."""
    if columns(text) <= width:
        return text
    head = _head(text, width - 1)
    space = head.rfind(" ")
    if space > len(head) * 2 // 3:
        head = head[:space]
    return head.rstrip() + "…"


def _head(text: str, width: int) -> str:
    """As many characters as fit, with their marks."""
    used = 0
    for i, c in enumerate(text):
        used += _char_columns(c)
        if used > width:
            return text[:i]
    return text


def wrap(text: str, width: int, lines: int) -> list[str]:
    """`text` in at most `lines` lines of at most `width` columns, broken at spaces; what is over ends in ``…``."""
    out: list[str] = []
    rest = text
    while rest:
        if len(out) == lines - 1:
            return [*out, cut(rest, width)]
        head = _head(rest, width)
        if len(head) < len(rest) and rest[len(head)] != " ":
            space = head.rfind(" ")
            head = head[:space] if space > 0 else head
        # A character wider than the line is put on it all the same: the loop must end.
        head = head or rest[0]
        out.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return out or [""]


def _cell(text: str, width: int) -> str:
    """`text` padded to `width`; right-to-left text stands in an isolate so that the row keeps its order."""
    pad = " " * (width - columns(text))
    return f"{_FSI}{text}{_PDI}{pad}" if _RTL.search(text) else text + pad


class TableWriter:
    """For each article its title, outlet and day, then a row for each statement.

    Parameters
    ----------
    out : TextIO
        Where to.
    width : int or None
        Columns of the terminal, 20 or more; None: the terminal's own if `out` is one, else 100.
    lang, numerals : str
        Of labels and of numbers.

    Notes
    -----
    Nothing in an article reaches the terminal as a control character. Right-to-left cells stand between U+2068 and
    U+2069 (first strong isolate), which terminals that know Arabic obey and others ignore.
    """

    def __init__(self, out: TextIO, width: int | None = None, lang: str = "en", numerals: str = "latin") -> None:
        self._out = out
        if width is None:
            tty = getattr(out, "isatty", None)
            width = shutil.get_terminal_size((_FALLBACK, 24)).columns if tty and tty() else _FALLBACK
        self._width = max(20, width)
        self._lang = lang
        self._numerals = numerals
        self._first = True

    def write(self, reading: Reading) -> None:
        """Write the table of one article."""
        blank = "" if self._first else "\n"
        self._first = False
        none = wrap(label("page", "none", self._lang), self._width, 3)
        body = self._body(reading) if reading.statements else none
        self._out.write(blank + "\n".join(line.rstrip() for line in [*self._heading(reading), *body]) + "\n")

    def close(self) -> None:
        """Nothing is left to write."""

    def _heading(self, reading: Reading) -> Iterator[str]:
        article = reading.article
        title = plain(article.title) or plain(article.doc) or label("page", "untitled", self._lang)
        for line in wrap(title, self._width, 3):
            yield _cell(line, 0)
        when = article.published or article.reference
        date = None if when is None else Moment(when.iso[:10], "day")
        facts = [plain(article.outlet), plain(article.agency), day(date, self._lang, self._numerals)]
        if article.doc and article.title:
            facts.append(plain(article.doc))
        facts = list(dict.fromkeys(f for f in facts if f))
        if facts:
            each = self._width if columns(" · ".join(facts)) <= self._width else self._width // len(facts) - 3
            yield " · ".join(_cell(cut(f, max(1, each)), 0) for f in facts)

    def _body(self, reading: Reading) -> Iterator[str]:
        rows = [self._row(reading, s) for s in reading.statements]
        if self._width < _NARROW:
            yield from self._stacked(rows)
            return
        head = [label("column", k, self._lang) for k in ("statement", "speaker", "cue", "mode", "act", "content")]
        widths = self._widths(head, rows)
        limits = (1, _SPEAKER_LINES, 2, 1, 1, _CONTENT_LINES)
        yield self._line([cut(h, w) for h, w in zip(head, widths, strict=True)], widths)
        yield "──".join("─" * w for w in widths)
        for row in rows:
            cells = [wrap(c, w, n) for c, w, n in zip(row, widths, limits, strict=True)]
            for i in range(max(map(len, cells))):
                yield self._line([c[i] if i < len(c) else "" for c in cells], widths)

    def _row(self, reading: Reading, s: Statement) -> list[str]:
        source = reading.source_of(s)
        name = plain(source.name) if source else ""
        if not name:
            mention = plain(s.speaker.of(reading.article.text)) if s.speaker else ""
            name = f"{mention} (?)" if mention else f"({label('page', 'unresolved', self._lang)})"
        mark = "" if s.parent is None else "↳"
        return [
            mark + number(s.id, self._numerals),
            name,
            plain(s.cue.of(reading.article.text)) if s.cue else "—",
            label("mode", s.mode, self._lang),
            label("act", s.act, self._lang),
            plain(reading.content_of(s)),
        ]

    def _widths(self, head: list[str], rows: list[list[str]]) -> list[int]:
        """The short columns as wide as they need, up to a share of the line; the content takes what is left."""
        most = (6, self._width // 5, max(8, self._width // 9), 9, 10)
        widths = [min(cap, max(columns(r[i]) for r in [head, *rows])) for i, cap in enumerate(most)]
        return [*widths, self._width - sum(widths) - 2 * len(widths)]

    def _line(self, cells: list[str], widths: list[int]) -> str:
        return "  ".join(_cell(c, w) for c, w in zip(cells, widths, strict=True))

    def _stacked(self, rows: list[list[str]]) -> Iterator[str]:
        for ident, name, cue, mode, act, content in rows:
            yield f"{ident}. {_cell(cut(name, self._width - columns(ident) - 2), 0)}"
            yield f"   {_cell(cut(f'{cue} · {mode} · {act}', self._width - 3), 0)}"
            for line in wrap(content, self._width - 3, _CONTENT_LINES):
                yield f"   {_cell(line, 0)}"
