"""The writers of JSON, JSON Lines, standoff and CSV."""

from __future__ import annotations

import csv
import json
import re
from typing import Any, TextIO

from qawl.formats.labels import shown
from qawl.formats.shape import to_dict, to_standoff
from qawl.model import Reading, Statement

__all__ = ["COLUMNS", "CsvWriter", "JsonLinesWriter", "JsonWriter", "StandoffWriter", "guarded"]

COLUMNS: tuple[str, ...] = (
    "doc", "url", "outlet", "agency", "section", "title", "published", "dateline_place", "dateline_date", "sha256",
    "statement", "source", "kind", "role", "qid", "speaker", "cue", "lemma", "mode", "act", "content", "start", "end",
    "spans", "parent", "via", "wants", "rejects", "confidence", "extractor", "identity", "known_as", "office", "of",
    "said_on", "said_basis", "occasion", "channel", "place", "event", "matters", "conditions",
)  # fmt: skip
"""The header row of the ``csv`` format. A column may be added at the end; none changes or goes."""

# All of these are outside ASCII, so in JSON they stand inside strings: U+0085, U+2028 and U+2029 end a line for
# some readers of JSON Lines, and no encoding can write a lone surrogate.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _dump(obj: dict[str, Any]) -> str:
    line = json.dumps(obj, ensure_ascii=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", line)


class JsonLinesWriter:
    """One reading a line, in the shape of `to_dict`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, reading: Reading) -> None:
        """Write one line."""
        self._out.write(_dump(to_dict(reading)) + "\n")

    def close(self) -> None:
        """Nothing is left to write."""


class StandoffWriter(JsonLinesWriter):
    """One reading a line, in the shape of `to_standoff`."""

    def write(self, reading: Reading) -> None:
        """Write one line."""
        self._out.write(_dump(to_standoff(reading)) + "\n")


class JsonWriter:
    """One JSON array of readings in the shape of `to_dict`; an array whatever their number."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._next = "["
        self._open = True

    def write(self, reading: Reading) -> None:
        """Write one element of the array."""
        self._out.write(f"{self._next}\n{_dump(to_dict(reading))}")
        self._next = ","

    def close(self) -> None:
        """Close the array."""
        if self._open:
            self._out.write("[]\n" if self._next == "[" else "\n]\n")
            self._open = False


# White space and invisible characters may stand before the sign: some programs drop them as they read.
_FORMULA = re.compile(
    "'*[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n]"
)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    A cell gets an apostrophe before it if it begins with TAB, CR or LF, or with ``=``, ``+``, ``-``, ``@`` or
    one of their full-width forms, white space and invisible characters before it or not. So does a cell that
    begins so after apostrophes of its own: taking one apostrophe off such a cell always gives back the original.

    Parameters
    ----------
    cell : str
        Any text.

    Returns
    -------
    str
        `cell`, or `cell` after one apostrophe.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


class CsvWriter:
    """RFC 4180, one row a statement, with a header row (`COLUMNS`).

    ``start`` is where the content begins and ``end`` where it ends; ``spans`` holds each of its parts
    (``12:40 55:80``), and ``content`` their words joined with `` … ``. ``wants`` and ``rejects`` are the
    targets of its stances, joined with `` | ``; so are its ``matters`` (``+ceasefire | -displacement``) and its
    ``conditions`` (``if: `` and the words). Texts are guarded against formulas (`guarded`); lone
    surrogates are written as U+FFFD. Rows end in CR LF: open the output with ``newline=""``.
    """

    def __init__(self, out: TextIO) -> None:
        self._csv = csv.writer(out, lineterminator="\r\n")
        self._headed = False

    def write(self, reading: Reading) -> None:
        """Write the rows of one article: none if it has no statements."""
        self._head()
        a = reading.article
        line = a.dateline
        about = [
            a.doc, a.url, a.outlet, a.agency, a.section, a.title, a.published.iso if a.published else "",
            line.place if line else "", line.date.iso if line and line.date else "", a.sha256,
        ]  # fmt: skip
        about = [guarded(shown(cell)) for cell in about]
        extractor = guarded(shown(reading.extractor))
        self._csv.writerows(
            [*about, *self._cells(reading, s), extractor, *self._more(reading, s)] for s in reading.statements
        )

    def close(self) -> None:
        """Write the header row if nothing was written."""
        self._head()

    def _head(self) -> None:
        if not self._headed:
            self._csv.writerow(COLUMNS)
            self._headed = True

    @staticmethod
    def _more(reading: Reading, s: Statement) -> list[str]:
        from qawl.positions import event_type  # with numpy, which other formats can do without

        text = reading.article.text
        source, said, on = reading.source_of(s), s.said, s.occasion
        matters = dict.fromkeys(a.sign + a.matter for x in s.stances for a in x.about)
        conditions = dict.fromkeys(f"{c.kind}: {c.span.of(text)}" for x in s.stances for c in x.conditions)
        cells = [
            *(("",) * 4 if source is None else (source.identity, source.known_as, source.office, source.of)),
            *(("", "") if said is None else (said.moment.iso, said.basis)),
            *(("", "", "") if on is None else (on.kind, on.channel, on.place)),
            event_type(s),
            " | ".join(matters),
            " | ".join(conditions),
        ]
        return [guarded(shown(cell)) for cell in cells]

    @staticmethod
    def _cells(reading: Reading, s: Statement) -> list[str]:
        text = reading.article.text
        source = reading.source_of(s)
        who = ("", "", "", "") if source is None else (source.name, source.kind, source.role, source.qid)
        speaker, cue, via = ("" if x is None else x.of(text) for x in (s.speaker, s.cue, s.via))
        wants, rejects = (" | ".join(x.target.of(text) for x in s.stances if x.sign == sign) for sign in "+-")
        start, end = (str(s.content[0].start), str(s.content[-1].end)) if s.content else ("", "")
        cells = [
            str(s.id), *who, speaker, cue, s.lemma, s.mode, s.act, reading.content_of(s), start, end,
            " ".join(f"{c.start}:{c.end}" for c in s.content), "" if s.parent is None else str(s.parent), via,
            wants, rejects, f"{s.confidence:.4g}",
        ]  # fmt: skip
        return [guarded(shown(cell)) for cell in cells]
