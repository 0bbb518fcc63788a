"""The command ``qawl`` itself; each of its commands is a module of this room."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches

import click

from qawl import __version__
from qawl.cli.add import add
from qawl.cli.console import utf8
from qawl.cli.demo import demo
from qawl.cli.export import export
from qawl.cli.find import find
from qawl.cli.offices import offices
from qawl.cli.positions import positions
from qawl.cli.read import read
from qawl.cli.record import record
from qawl.cli.reread import reread
from qawl.cli.score import score
from qawl.cli.who import who
from qawl.model import QawlError, RecordError

__all__ = ["app", "main"]

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""


class _Commands(click.Group):
    """A group that names the command that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            near = get_close_matches(args[0], known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"the commands are {', '.join(known)}."
            ctx.fail(f"no such command '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  qawl demo                                   the bundled articles, read and shown
  qawl read article.html                      who said what in a saved page
  qawl read *.txt --format csv --out said.csv
  qawl add news.jsonl.gz --workers 8          read and keep in a record
  qawl find "وقف إطلاق النار" --since 2024    find in it who said what
  qawl export --out all.jsonl.xz              all of it, out again
  qawl reread                                 its articles, with this version
  qawl record check                           whether it is sound
  qawl offices who "وزير الخارجية الأمريكي" --on 2023-11-04
  qawl who "سلمى الراوي" --in said.jsonl      one person over many articles
  qawl positions said.jsonl --out chart.svg   who stands where, as a chart
  qawl score gold.jsonl predicted.jsonl       accuracy against annotated articles

Each command has its own --help.""",
)
@click.version_option(__version__, "-V", "--version", message="qawl %(version)s")
def app() -> None:
    """Read Arabic news and keep the record of who said what.

    Qawl finds every attributed statement in an article, the exact characters it came from, whose words they are,
    and what they want or reject. It reports that X said Y according to article Z, never that Y is true.
    """


app.add_command(read)
app.add_command(add)
app.add_command(find)
app.add_command(export)
app.add_command(reread)
app.add_command(record)
app.add_command(score)
app.add_command(demo)
app.add_command(offices)
app.add_command(who)
app.add_command(positions)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command ``qawl``.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process if None.

    Returns
    -------
    int
        Exit status: 0 done, 1 some inputs skipped or a record that cannot be used, 2 not understood or not possible,
        130 interrupted.
    """
    _open_standard_streams()
    try:
        status = app.main(args=None if argv is None else list(argv), prog_name="qawl", standalone_mode=False)
    except click.ClickException as e:
        e.show()
        return 2
    except QawlError as e:
        from qawl.formats.labels import plain

        click.echo(f"Error: {plain(str(e))}", err=True)
        return 1 if isinstance(e, RecordError) else 2
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as e:
        _silence_stdout()
        click.echo(f"Error: standard output cannot be written ({e.strerror or e})", err=True)
        return 2
    except SystemExit:
        # click's way out of `qawl --help | head`.
        _silence_stdout()
        return 0
    return status if isinstance(status, int) else 0


def _open_standard_streams() -> None:
    """Make standard output and error write UTF-8; Python has None for one that the caller closed (``2>&-``)."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            utf8(stream)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (it lasts as long as the process)


def _silence_stdout() -> None:
    """Let what is still buffered go nowhere: Python would try to write it once more at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
