"""``qawl read``: inputs in, statements out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import click

from qawl.cli.console import Console
from qawl.cli.params import Choice, lang_option, least_option, out_option, progress_options, reading_options
from qawl.model import Moment

if TYPE_CHECKING:
    from qawl.reader import Extractor

__all__ = ["read"]


def _formats() -> tuple[str, ...]:
    from qawl.cli.writers import BINARY, text_formats

    return *text_formats(), BINARY


def _numerals() -> tuple[str, ...]:
    from qawl.formats import NUMERALS

    return NUMERALS


@click.command(
    short_help="Read articles: who said what.",
    epilog="""\b
Examples:
  qawl read article.txt
  qawl read page.html --published 2024-03-02
  qawl read *.txt --format csv --out said.csv
  qawl read news.jsonl.gz --format jsonl | head
  qawl read million.jsonl.xz --workers 8 --out said.jsonl.xz
  qawl read article.txt --min-confidence 0.8
  qawl read old.txt --encoding windows-1256 --outlet "المدينة"
  curl -s https://example.org/story | qawl read - --format json

\b
Exit status: 0 done, 1 some inputs were skipped, 2 not understood, 130 interrupted.""",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-f", "--format", "format_", type=Choice(_formats), help="Default: as the name of --out says, else table."
)
@out_option("Write to this file, once all is read, instead of standard output; packed if named .gz or .xz.")
@reading_options()
@least_option()
@lang_option()
@click.option(
    "--numerals", type=Choice(_numerals), default="latin", show_default=True, help="Digits of table and html."
)
@progress_options()
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that cannot be read.")
@click.pass_context
def read(
    ctx: click.Context,
    inputs: tuple[str, ...],
    format_: str | None,
    out: str | None,
    published: Moment | None,
    outlet: str,
    encoding: str | None,
    extractor: str,
    min_confidence: float,
    workers: int,
    lang: str,
    numerals: str,
    quiet: bool,
    progress: bool | None,
    fail_fast: bool,
) -> None:
    """Read articles and write down every statement: its words, its source, its cue, what it does and wants.

    INPUT is a file of text (.txt), a saved page (.html), one article or a list of them (.json), or one article a
    line (.jsonl, .ndjson; only "text" is needed, "doc", "url", "title", "published" and "outlet" may be given);
    each may be packed (.gz, .xz). A single dash (-) reads standard input. No connection is opened.

    An input that cannot be read is named on standard error, and the others are read all the same.
    """
    from qawl.cli.inputs import Inputs, Settings
    from qawl.cli.output import Output, suffix_of
    from qawl.cli.run import run
    from qawl.cli.writers import by_name, make_writer
    from qawl.reader import Reader

    console = Console(quiet=quiet, progress=progress)
    articles = Inputs(
        inputs,
        Settings(published=published, outlet=outlet, encoding=encoding),
        note=lambda where, text: console.note(f"{where}: {text}"),
    )
    name = format_ or by_name(suffix_of(out)) or "table"
    with Output(out, inputs) as output:
        outcome = run(
            articles,
            output,
            lambda to: make_writer(name, to, lang, numerals),
            console,
            share=lambda: articles.share,
            fail_fast=fail_fast,
            make_reader=partial(Reader, extractor=cast("Extractor", extractor), min_confidence=min_confidence),
            workers=workers,
        )
    ctx.exit(outcome.status)
