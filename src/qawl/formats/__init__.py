"""Readings as output: a table, JSON, JSON Lines, standoff, CSV, and a page to read."""

from __future__ import annotations

from typing import Protocol, TextIO

from qawl.formats.labels import LANGS, NUMERALS, Lang, Numerals
from qawl.formats.lines import COLUMNS, CsvWriter, JsonLinesWriter, JsonWriter, StandoffWriter
from qawl.formats.ninjs import NinjsWriter
from qawl.formats.page import HtmlWriter
from qawl.formats.parquet import ParquetWriter
from qawl.formats.parse import from_dict
from qawl.formats.schemaorg import SchemaOrgWriter
from qawl.formats.segments import segments
from qawl.formats.shape import SCHEMA, to_dict, to_standoff
from qawl.formats.table import TableWriter
from qawl.formats.webannotation import WebAnnotationWriter
from qawl.model import Reading

__all__ = [
    "COLUMNS", "FORMATS", "LANGS", "NUMERALS", "SCHEMA", "Lang", "NinjsWriter", "Numerals", "ParquetWriter",
    "SchemaOrgWriter", "WebAnnotationWriter", "Writer", "from_dict", "segments", "to_dict", "to_standoff", "writer",
]  # fmt: skip

FORMATS: tuple[str, ...] = ("table", "json", "jsonl", "standoff", "csv", "html")
"""What `writer` can write."""


class Writer(Protocol):
    """Writes readings one after another. `close` ends the document; it does not close the output."""

    def write(self, reading: Reading) -> None:
        """Write one reading."""

    def close(self) -> None:
        """Write what the document still needs. Must be called once, after the last reading or without any."""


def writer(
    format: str, out: TextIO, *, width: int | None = None, lang: Lang = "en", numerals: Numerals = "latin"
) -> Writer:
    """A writer of `format`. Memory does not grow with the number of readings.

    Parameters
    ----------
    format : str
        One of `FORMATS`.
    out : TextIO
        Where to; opened for text in UTF-8, for ``csv`` with ``newline=""``.
    width : int or None
        Columns of the terminal, for ``table``; None: the terminal's own, or 100 where `out` is none.
    lang : {"en", "ar"}
        Of the labels in ``table`` and ``html``; the other formats are the same in every language.
    numerals : {"latin", "arabic"}
        Of the numbers that ``table`` and ``html`` add. An article's own numbers stay as they are.

    Returns
    -------
    Writer
        To be closed after the last reading. ``html`` keeps what it wrote in a temporary file until then,
        because the table of contents comes first; the other formats write at once.

    Raises
    ------
    ValueError
        If `format`, `lang` or `numerals` is none of those.
    """
    for name, value, allowed in (("format", format, FORMATS), ("lang", lang, LANGS), ("numerals", numerals, NUMERALS)):
        if value not in allowed:
            raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    if format == "table":
        return TableWriter(out, width, lang, numerals)
    if format == "html":
        return HtmlWriter(out, lang, numerals)
    plain: dict[str, type[JsonWriter | JsonLinesWriter | CsvWriter]] = {
        "json": JsonWriter, "jsonl": JsonLinesWriter, "standoff": StandoffWriter, "csv": CsvWriter,
    }  # fmt: skip
    return plain[format](out)
