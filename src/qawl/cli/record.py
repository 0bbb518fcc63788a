"""``qawl record``: care of a record, and what people correct in it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from qawl.cli.console import Console, plural
from qawl.cli.kept import ask_record, record_option
from qawl.cli.output import print_text
from qawl.cli.params import Choice, progress_options

if TYPE_CHECKING:
    from qawl.record import Correction

__all__ = ["record"]


def _fields() -> tuple[str, ...]:
    from qawl.record import FIELDS

    return FIELDS


@click.group(
    short_help="Check, back up and correct the record.",
    epilog="""\b
Examples:
  qawl record check
  qawl record backup copy.db
  qawl record sizes --format json
  qawl record correct 12 3 act deny --by سلمى
  qawl record corrections

\b
Exit status: 0 done, 1 problems were found or the record cannot be used, 2 not understood, 130 interrupted.""",
)
def record() -> None:
    """Check a record, copy it, tidy it up, and correct what was read."""


@record.command(
    short_help="See whether the record is sound.",
    epilog="""\b
Examples:
  qawl record check
  qawl record check --record news.db""",
)
@record_option()
@progress_options()
@click.pass_context
def check(ctx: click.Context, address: str, quiet: bool, progress: bool | None) -> None:
    """Hold every text, span and word of the record against what was stored; a line for each problem."""
    console = Console(quiet=quiet, progress=progress)
    problems = 0
    with ask_record(address) as its, closing(console):
        articles = 0

        def told(done: int, of: int) -> None:
            nonlocal articles
            articles = of
            console.progress(done, done / of if of else None)

        for x in its.check(told):
            problems += 1
            console.close()
            print_text([_line(f"{x.where}: {x.message}")])
        console.note(f"{its.name}: {plural(problems, 'problem')} in {plural(articles, 'reading')}")
    ctx.exit(1 if problems else 0)


@record.command(
    short_help="How much is in it.",
    epilog="""\b
Examples:
  qawl record sizes
  qawl record sizes --format json""",
)
@record_option()
@click.option("--format", "form", type=Choice(lambda: ("text", "json")), default="text", help="What to write.")
def sizes(address: str, form: str) -> None:
    """Show how many rows each table has, and how much room all takes."""
    with ask_record(address) as its:
        found = its.sizes()
    if form == "json":
        shown = asdict(found) | {"per_statement": round(found.per_statement, 1)}
        print_text([json.dumps(shown, indent=2) + "\n"])
        return
    rows = [f"{n:>13,}  {name}\n" for name, n in sorted(found.rows.items(), key=lambda x: (-x[1], x[0])) if n]
    room = [
        f"{found.bytes:>13,}  bytes\n",
        f"{found.text_bytes:>13,}  bytes of texts\n",
        f"{found.per_statement:>13,.0f}  bytes a statement beside texts\n",
    ]
    print_text([*rows, *room])


@record.command(
    short_help="Copy it into a file.",
    epilog="""\b
Examples:
  qawl record backup copy.db
  qawl record backup copy.db --record postgresql://user@host/qawl""",
)
@click.argument("path", metavar="PATH")
@record_option()
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all is well.")
def backup(path: str, address: str, quiet: bool) -> None:
    """Copy the record into a SQLite file that is not there yet; others may use the record meanwhile."""
    with ask_record(address) as its:
        its.backup(path)
        Console(quiet=quiet).note(f"{its.name} was copied to {path}")


@record.command(
    short_help="Give unused room back.",
    epilog="""\b
Examples:
  qawl record vacuum""",
)
@record_option()
def vacuum(address: str) -> None:
    """Give unused room back, and bring the index of words in order. Others have to wait meanwhile."""
    with ask_record(address) as its:
        its.vacuum()


@record.command(
    short_help="Make anew all that is worked out.",
    epilog="""\b
Examples:
  qawl record reindex""",
)
@record_option()
@progress_options()
def reindex(address: str, quiet: bool, progress: bool | None) -> None:
    """Make the index, the copies and who is who anew, from articles, readings, corrections and decisions."""
    console = Console(quiet=quiet, progress=progress)
    with ask_record(address) as its, closing(console):
        its.reindex(lambda done, of: console.progress(done, done / of if of else None))
        console.note(f"{its.name} was indexed anew")


@record.command(
    short_help="Work out anew who is who.",
    epilog="""\b
Examples:
  qawl record settle""",
)
@record_option()
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def settle(address: str, quiet: bool) -> None:
    """Work out which person or body each source is, by all rules and by what people decided with 'qawl who'."""
    from qawl.cli.decided import say_problems

    console = Console(quiet=quiet)
    with ask_record(address) as its:
        applied = its.settle()
        say_problems(applied, its.name, console)
        console.note(f"{its.name}: {len(applied.parties):,} people, bodies and other sources")


# -- what people correct ------------------------------------------------------------------------------------------


@record.command(
    short_help="Correct a statement.",
    epilog="""\b
Examples:
  qawl record correct 12 3 act deny --by سلمى
  qawl record correct 12 3 statement false --by سلمى --note "a headline"
  qawl record correct 12 3 source '{"name": "سالم الحداد", "kind": "person"}' --by سلمى
  qawl record correct 12 3 stances '[[40, 52, "-"]]' --by سلمى
  qawl record correct 12 3 content '[[36, 51]]' --by سلمى""",
)
@click.argument("article", type=click.IntRange(1, 2**53))
@click.argument("number", type=click.IntRange(1, 2**53))
@click.argument("field", type=Choice(_fields), metavar="FIELD")
@click.argument("value")
@record_option()
@click.option("--by", required=True, metavar="WHO", help="Who corrects it.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
def correct(article: int, number: int, field: str, value: str, address: str, by: str, note: str) -> None:
    """Correct FIELD of statement NUMBER of an ARTICLE, as 'qawl find' shows them.

    FIELD is act, mode, content, source, stances or statement; VALUE is a word or JSON. The correction is kept beside
    what was read, and holds also when the article is read again.
    """
    with ask_record(address) as its:
        made = its.correct(article, number, field, _value(value), by=by, note=note)
    print_text([_shown(article, made)])
    Console().note(f"correction {made.id} was kept; 'qawl record undo {made.id} --by WHO' takes it back")


def _value(given: str) -> Any:
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        return given


@record.command(
    short_help="Take a correction back.",
    epilog="""\b
Examples:
  qawl record undo 7 --by سلمى""",
)
@click.argument("correction", type=click.IntRange(1, 2**53))
@record_option()
@click.option("--by", required=True, metavar="WHO", help="Who takes it back.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
def undo(correction: int, address: str, by: str, note: str) -> None:
    """Take a CORRECTION back; both stay in the record."""
    with ask_record(address) as its:
        its.undo(correction, by=by, note=note)
    Console().note(f"correction {correction} was taken back")


@record.command(
    short_help="List what people corrected.",
    epilog="""\b
Examples:
  qawl record corrections
  qawl record corrections --article 12""",
)
@record_option()
@click.option("--article", type=click.IntRange(1, 2**53), metavar="ID", help="Only of this article.")
def corrections(address: str, article: int | None) -> None:
    """Write the corrections in force as JSON Lines."""
    with ask_record(address) as its:
        found = its.corrections(article)
    print_text(_shown(id_, made) for id_, made in found)


def _shown(article: int, made: Correction) -> str:
    from qawl.formats.linked import json_line
    from qawl.record.shape import correction_shape

    return json_line(correction_shape(article, made))


def _line(text: str) -> str:
    from qawl.formats.labels import plain

    return plain(text) + "\n"
