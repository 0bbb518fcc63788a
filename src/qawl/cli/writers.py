"""Every format that commands write readings in, with those for other programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO, cast

import click

from qawl.cli.output import Output

if TYPE_CHECKING:
    from qawl.formats import Lang, Numerals, Writer

__all__ = ["BINARY", "by_name", "make_writer", "text_formats"]

BINARY = "parquet"
"""A format that is no text: it needs ``--out``."""

_BY_SUFFIX = {
    ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
    ".parquet": "parquet", ".jsonld": "jsonld",
}  # fmt: skip


def text_formats() -> tuple[str, ...]:
    """The names of all formats but `BINARY`."""
    from qawl.formats import FORMATS

    return (*FORMATS, *(name for name in _others() if name not in FORMATS))


def _others() -> dict[str, Callable[[TextIO], Writer]]:
    from qawl.formats import NinjsWriter, SchemaOrgWriter, WebAnnotationWriter

    return {"jsonld": SchemaOrgWriter, "webannotation": WebAnnotationWriter, "ninjs": NinjsWriter}


def by_name(suffix: str) -> str:
    """The format that the end of a file's name says; ``""`` if none."""
    return _BY_SUFFIX.get(suffix, "")


def make_writer(name: str, output: Output, lang: str = "en", numerals: str = "latin") -> Writer:
    """A writer of a format.

    Parameters
    ----------
    name : str
        One of `text_formats`, or `BINARY`.
    output : Output
        Where to; for `BINARY` one that was named.
    lang, numerals : str
        Of ``table`` and ``html``.

    Raises
    ------
    InputError
        If what the format needs is not installed.
    """
    from qawl.formats import ParquetWriter, writer

    if name == BINARY:
        if not output.is_named:
            raise click.UsageError(f"{BINARY} is no text to be shown; give --out FILE")
        return ParquetWriter(output.binary)
    if name in (others := _others()):
        return others[name](output.stream)
    return writer(name, output.stream, lang=cast("Lang", lang), numerals=cast("Numerals", numerals))
