"""``qawl export``: all that a record holds, out of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from qawl.cli.console import Console, plural
from qawl.cli.kept import ask_record, first_day, last_day, record_option
from qawl.cli.output import Output, suffix_of
from qawl.cli.params import DAY, Choice, out_option, progress_options
from qawl.model import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.record import Loaded

__all__ = ["export"]

_FORMATS = ("jsonl", "csv", "parquet", "jsonld", "webannotation", "ninjs")


@click.command(
    short_help="Write down what the record holds.",
    epilog="""\b
Examples:
  qawl export --out all.jsonl.xz          to be read again with 'qawl add'
  qawl export --format csv --since 2024-03 --until 2024-04 --out spring.csv
  qawl export --out all.parquet           one row a statement
  qawl export --outlet "المدينة" --format jsonld | head -1
  qawl export --as-read --out before.jsonl

\b
Formats: jsonl as 'qawl read' writes it; csv and parquet with a row for each statement; jsonld in the terms of
schema.org, webannotation (W3C) and ninjs (IPTC), each with a document a line.

\b
Exit status: 0 done, 1 the record cannot be used, 2 not understood or not possible, 130 interrupted.""",
)
@record_option()
@click.option(
    "-f", "--format", "form", type=Choice(lambda: _FORMATS), help="Default: as the name of --out says, else jsonl."
)
@out_option("Write to this file, once all is written, instead of standard output; packed if named .gz or .xz.")
@click.option("--outlet", default="", metavar="NAME", help="Only articles of this outlet.")
@click.option("--since", type=DAY, metavar="DATE", help="Only articles that were published on this day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Only articles that were published on this day or before.")
@click.option("--as-read", is_flag=True, help="Without what people corrected.")
@progress_options()
def export(
    address: str,
    form: str | None,
    out: str | None,
    outlet: str,
    since: Moment | None,
    until: Moment | None,
    as_read: bool,
    quiet: bool,
    progress: bool | None,
) -> None:
    """Write every article of the record with what was read in it, in the order in which they were read.

    People's corrections are carried out, and of an article that was read several times the last reading counts.
    """
    from qawl.cli.writers import by_name

    first, last = first_day(since), last_day(until)
    if first and last and first > last:
        raise click.UsageError(f"--since {first} is after --until {last}; exchange them")
    name = form or by_name(suffix_of(out))
    name = name if name in _FORMATS else "jsonl"
    console = Console(quiet=quiet, progress=progress)
    with ask_record(address) as record, closing(console), Output(out) as output:
        found = record.readings(outlet=outlet, since=first, until=last)
        articles = _written(found, name, output, console, as_read=as_read)
        console.close()
        if articles is not None and (output.is_named or not articles):
            console.note(f"{plural(articles, 'article')} of {record.name} written to {output.name}")


def _written(found: Iterator[Loaded], name: str, output: Output, console: Console, *, as_read: bool) -> int | None:
    """Writes them, and gives their number; None if nobody reads them."""
    from qawl.cli.writers import make_writer

    articles = 0
    try:
        writer = make_writer(name, output)
        for x in found:
            writer.write(x.reading if as_read else x.corrected())
            articles += 1
            console.progress(articles, None)
        writer.close()
        output.keep()
    except BrokenPipeError:
        output.hush()
        return None
    except OSError as e:
        raise click.ClickException(f"{output.name} cannot be written ({e.strerror or e})") from None
    return articles
