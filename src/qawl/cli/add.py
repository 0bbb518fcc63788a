"""``qawl add``: inputs in, read and kept in a record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, cast

import click

from qawl.cli.console import Console
from qawl.cli.kept import ask_record, record_option
from qawl.cli.params import Choice, progress_options, reading_options
from qawl.model import Moment

if TYPE_CHECKING:
    from qawl.cli.keeping import Known
    from qawl.reader import Extractor
    from qawl.record import Added

__all__ = ["add"]


@click.command(
    short_help="Read articles and keep them in a record.",
    epilog="""\b
Examples:
  qawl add *.txt
  qawl add page.html --outlet "المدينة" --published 2024-03-02
  qawl add news.jsonl.gz --workers 8 --record news.db
  qawl add said.jsonl                     readings of 'qawl read --format jsonl', as they are
  qawl add news.jsonl --format jsonl | tee added.jsonl
  qawl add news.jsonl --record postgresql://user@host/qawl

\b
Exit status: 0 done, 1 some inputs were skipped or the record cannot be used, 2 not understood, 130 interrupted.""",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@record_option()
@reading_options()
@click.option(
    "-f", "--format", "form", type=Choice(lambda: ("jsonl",)),
    help="Also write to standard output what came of each article, a line once it is kept.",
)  # fmt: skip
@progress_options()
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that cannot be read.")
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    address: str,
    published: Moment | None,
    outlet: str,
    encoding: str | None,
    extractor: str,
    workers: int,
    form: str | None,
    quiet: bool,
    progress: bool | None,
    fail_fast: bool,
) -> None:
    """Read articles and keep what was read, so that it is found again.

    INPUT is what 'qawl read' takes, or what 'qawl read --format jsonl' wrote: such readings are kept as they are.
    A record is made where there is none.

    An article that the record has and this version has read is not read again: after an interruption give the same
    command once more. Another text at a URL that is known is kept beside the first, which is no longer searched.
    """
    from qawl.cli.inputs import Inputs, Settings
    from qawl.cli.keeping import Keeper, settled, unread
    from qawl.cli.workers import readings
    from qawl.reader import Reader
    from qawl.record import model_version

    console = Console(quiet=quiet, progress=progress)
    settings = Settings(published=published, outlet=outlet, encoding=encoding, readings=True)
    items = Inputs(inputs, settings, note=lambda where, text: console.note(f"{where}: {text}"))
    make_reader = partial(Reader, extractor=cast("Extractor", extractor))
    with ask_record(address, create=True) as record, closing(console):
        keeper = Keeper(record, model_version(), console)
        new = unread(items, record, make_reader().name, keeper.model)
        if form:
            lines = _Lines()
            keeper.told, keeper.ended = lines.tell, lines.flush
        keeper.keep(readings(new, make_reader, workers), lambda: items.share, fail_fast=fail_fast)
        console.note(keeper.summary())
        if keeper.changed and not keeper.interrupted:
            settled(record, console)
    ctx.exit(keeper.status)


class _Lines:
    """What came of each article, on standard output, as long as somebody reads it."""

    def __init__(self) -> None:
        from qawl.cli.output import Output

        self._output = Output(None)
        self._read = True

    def tell(self, _: str, x: Added | Known) -> None:
        """Write one line."""
        from qawl.cli.keeping import told
        from qawl.formats.linked import json_line

        self._tried(lambda: self._output.stream.write(json_line(told(x))))

    def flush(self) -> None:
        """See that all is written."""
        self._tried(self._output.stream.flush)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            if self._read:
                act()
        except BrokenPipeError:
            # What is being kept does not depend on who is told.
            self._read = False
            self._output.hush()
