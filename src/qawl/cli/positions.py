"""``qawl positions``: who stands where, over many articles."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

import click

from qawl.cli.console import Console, plural
from qawl.cli.kept import ask_record, has_record, record_option
from qawl.cli.output import Output, print_text, suffix_of
from qawl.cli.params import DAY, Choice, out_option
from qawl.model import DataError, InputError, Moment, Reading

if TYPE_CHECKING:
    from qawl.identity import Decisions, Party
    from qawl.matrix import Choice as Chosen
    from qawl.matrix import Holder, Matrix, Verdict
    from qawl.positions import Matter
    from qawl.record import Record

__all__ = ["positions"]

_FORMATS = ("text", "json", "csv", "svg")
_FEW = 3  # curated matters from which a table needs no others
_NEAREST = 3
_MEANT = 8  # matters that words may mean and that are said
_MOST = 20_000  # articles of a record that are taken at once
_WIDTH = 100  # where the output is no terminal
_CAPS = {"text": (20, 12), "svg": (40, 16)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command's options ask for."""

    choice: Chosen
    names: tuple[str, ...]
    article: str
    everything: bool
    form: str
    caps: tuple[int, int]
    decisions: Decisions


@click.command(
    short_help="Who stands where: agreement, difference, change.",
    epilog="""\b
Examples:
  qawl positions article.txt
  qawl positions said.jsonl --on ceasefire --on "التهجير القسري"
  qawl positions said.jsonl --by "سلمى الراوي" --by "وزارة النقل"
  qawl positions said.jsonl --roll-up --since 2024-01-01 --out chart.svg
  qawl positions said.jsonl --all --format json
  qawl positions --on ceasefire --since 2024-01 --record news.db
  qawl positions --matters                    what --on takes

\b
Exit status: 0 done, 1 some inputs were skipped, 2 not understood, 130 interrupted.""",
)
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@click.option(
    "--on", metavar="MATTER", multiple=True,
    help="Only this matter and those below it: an id, or words of its Arabic or English label.  Repeatable.",
)  # fmt: skip
@click.option("--by", "names", metavar="NAME", multiple=True, help="Only this holder: a name or an id.  Repeatable.")
@click.option("--article", default="", metavar="DOC", help="Only the article with this doc.")
@click.option("--since", type=DAY, metavar="DATE", help="Only what was said on this day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Only what was said on this day or before.")
@click.option("--roll-up", is_flag=True, help="One column for each state or body, with all who speak for it.")
@click.option(
    "-f", "--format", "form", type=Choice(lambda: _FORMATS), help="Default: as the name of --out says, else text."
)
@out_option("Write to this file instead of standard output; packed if named .gz or .xz.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.2, show_default=True, metavar="P",
    help="Leave out evidence less sure than this, from 0 to 1.",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True, help="Show also what no curated matter covers, and what is an unsure hint."
)
@click.option("--rows", type=click.IntRange(0), metavar="N", help="Most rows of text and svg; 0 for all.")
@click.option("--columns", type=click.IntRange(0), metavar="N", help="Most columns of text and svg; 0 for all.")
@click.option("--decisions", metavar="FILE", help="What people decided on who is who, as 'qawl who' keeps it.")
@record_option()
@click.option("--matters", "listing", is_flag=True, help="List the curated matters instead.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong with inputs.")
@click.option("--progress/--no-progress", default=None, help="Default: where standard error is a terminal.")
@click.pass_context
def positions(
    ctx: click.Context,
    inputs: tuple[str, ...],
    on: tuple[str, ...],
    names: tuple[str, ...],
    article: str,
    since: Moment | None,
    until: Moment | None,
    roll_up: bool,
    form: str | None,
    out: str | None,
    min_confidence: float,
    everything: bool,
    rows: int | None,
    columns: int | None,
    decisions: str | None,
    address: str,
    listing: bool,
    quiet: bool,
    progress: bool | None,
) -> None:
    """Set side by side what people and bodies want and reject, and say where they agree, differ or changed.

    INPUT is what 'qawl read' takes, and is read now, or what 'qawl read --format jsonl' wrote. The rows are matters,
    the columns those who spoke; every mark rests on statements that are quoted. A sign in parentheses is an unsure
    hint.

    Without INPUT it is what the record holds, with people's corrections and decisions.
    """
    from qawl.cli.decided import decisions_of
    from qawl.cli.inputs import Inputs, Settings
    from qawl.cli.run import run
    from qawl.matrix import Choice as Chosen

    form = form or suffix_of(out).removeprefix(".")
    form = form if form in _FORMATS else "text"
    if listing:
        _list(form, out, inputs)
        return
    over_record = not inputs and has_record(address)
    if not inputs and not over_record:
        raise click.UsageError(
            "give INPUT, articles or what 'qawl read --format jsonl' wrote; --record URL; or --matters"
        )
    if (address and inputs) or (decisions is not None and over_record):
        raise click.UsageError("--record is a place of its own, with its decisions; leave INPUT and --decisions out")
    first, last = (day.iso[:10] if day else "" for day in (since, until))
    if first and last and first[: len(last)] > last[: len(first)]:
        raise click.UsageError(f"--since {first} is after --until {last}; exchange them")
    try:
        choice = Chosen(
            by="of" if roll_up else "source",
            matters=frozenset(_matter(words).id for words in on),
            since=first,
            until=last,
            least=min_confidence,
            uncovered=everything,
        )
        asked = _Asked(choice, names, article, everything, form, _caps(form, rows, columns), decisions_of(decisions))
        if over_record:
            with ask_record(address) as record:
                ctx.exit(_over_record(record, asked, out, Console(quiet=quiet, progress=progress)))
    except InputError as e:
        raise click.UsageError(str(e)) from None
    except DataError as e:
        raise click.ClickException(str(e)) from None
    console = Console(quiet=quiet, progress=progress)
    items = Inputs(inputs, Settings(readings=True), note=lambda where, text: console.note(f"{where}: {text}"))
    with Output(out, inputs) as output:
        outcome = run(
            items, output, lambda to: _Positions(to.stream, asked, console), console, share=lambda: items.share
        )
    ctx.exit(outcome.status)


def _over_record(record: Record, asked: _Asked, out: str | None, console: Console) -> int:
    """Positions over what a record holds; gives the exit status."""
    from qawl.cli.run import run
    from qawl.record import Asked

    choice = asked.choice
    # Where states and bodies are the holders, they are found by their names in every language only in the matrix.
    by = () if choice.by == "of" else asked.names
    said = Asked(by=by, on=tuple(choice.matters), since=choice.since, until=choice.until)
    found = record.readings(asked=said if said != Asked() else None, most=_MOST)
    asked = replace(asked, decisions=record.decisions())
    items = ((f"article {x.article_id}", x.corrected()) for x in found)
    with Output(out) as output:
        return run(items, output, lambda to: _Positions(to.stream, asked, console), console).status


def _caps(form: str, rows: int | None, columns: int | None) -> tuple[int, int]:
    usual = _CAPS.get(form, (0, 0))
    return usual[0] if rows is None else rows, usual[1] if columns is None else columns


# -- what --on and --matters know ---------------------------------------------------------------------------------


def _matter(words: str) -> Matter:
    """The one matter that words mean."""
    from qawl.matrix.find import find_matter, near_matters

    found = find_matter(words)
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{m.id} ({m.ar})" for m in (found or near_matters(words))[:_MEANT])
    if found:
        more = f" and {len(found) - _MEANT} more" if len(found) > _MEANT else ""
        raise InputError(f"--on '{words}' may mean {named}{more}; give an id")
    hint = f"the nearest: {named}" if named else "'qawl positions --matters' lists all"
    raise InputError(f"--on '{words}' is no matter; {hint}")


def _list(form: str, out: str | None, inputs: Sequence[str]) -> None:
    """Write the curated matters to standard output."""
    from qawl.positions import matters

    if inputs or out or form not in ("text", "json"):
        raise click.UsageError("--matters takes no INPUT and no --out; with --format text or json")
    try:
        known = list(matters().values())
    except DataError as e:
        raise click.ClickException(str(e)) from None
    if form == "json":
        shown = [{"id": m.id, "parent": m.parent, "ar": m.ar, "en": m.en} for m in known]
        print_text([json.dumps(shown, ensure_ascii=False, indent=2) + "\n"])
        return
    print_text(_tree(known, "", 0))


def _tree(known: Sequence[Matter], parent: str, depth: int) -> Iterator[str]:
    for m in known:
        if m.parent == parent:
            yield f"{'  ' * depth}{m.id} | {m.ar} | {m.en}\n"
            yield from _tree(known, m.id, depth + 1)


# -- from readings to what is shown -------------------------------------------------------------------------------


class _Positions:
    """Takes readings, and writes where their sources stand once all are there."""

    def __init__(self, out: TextIO, asked: _Asked, console: Console) -> None:
        self._out = out
        self._asked = asked
        self._console = console
        self._readings: list[Reading] = []
        self._docs: set[str] = set()
        self._noted: set[str] = set()

    def write(self, reading: Reading) -> None:
        """Keep one reading, if it is of the article that is asked for."""
        self._docs.add(reading.article.doc)
        if self._asked.article in ("", reading.article.doc):
            self._readings.append(reading)

    def close(self) -> None:
        """Write the positions."""
        from qawl.matrix import verdicts

        if self._docs and not self._readings:
            raise click.UsageError(_no_such("--article", self._asked.article, self._docs))
        matrix = self._matrix()
        if not matrix.cells and self._asked.form != "text":
            read = f"{plural(matrix.articles, 'article')}, {plural(matrix.statements, 'statement')}"
            self._note(f"no positions in {read}")
        _WRITE[self._asked.form](self._out, matrix, verdicts(matrix), self._asked.caps)

    def _matrix(self) -> Matrix:
        """Curated matters and plain positions first, the others where these are few or asked for."""
        asked = self._asked
        matrix, holders = self._built(asked.choice)
        curated = sum(s.curated and not s.broad for s in matrix.subjects)
        if not asked.everything and not asked.choice.matters and curated < _FEW:
            matrix, holders = self._built(replace(asked.choice, uncovered=True))
            if len(matrix.subjects) > curated:
                self._note("few curated matters were found; what none of them covers is shown, too")
        if asked.everything:
            return matrix
        from qawl.matrix.narrow import plainly

        sure = plainly(matrix, holders)
        hidden = len(matrix.subjects) - len(sure.subjects)
        if not sure.cells or not hidden:
            return matrix
        self._note(f"{plural(hidden, 'row')} of unsure hints left out; --all shows them")
        return sure

    def _built(self, choice: Chosen) -> tuple[Matrix, list[Holder]]:
        """The matrix, of all or of the holders that are asked for, and these."""
        from qawl.matrix import build
        from qawl.matrix.narrow import among

        matrix = build(self._readings, choice, decisions=self._asked.decisions)
        if not self._asked.names or not self._readings:
            return matrix, []
        holders = self._holders(matrix, choice)
        return among(matrix, holders), holders

    def _holders(self, matrix: Matrix, choice: Chosen) -> list[Holder]:
        from qawl.matrix.find import find_holders

        parties = self._parties
        out: dict[str, Holder] = {}
        for name in self._asked.names:
            found = find_holders(matrix, parties, name, choice.by)
            if not found:
                known = {p.name for p in parties} | {of for p in parties for of in p.of} | {p.id for p in parties}
                raise click.UsageError(_no_such("--by", name, known))
            if len(found) > 1:
                self._note(f"--by {name}: {len(found):,} may be meant and are shown; give an id for one")
            out |= {h.id: h for h in found}
        return list(out.values())

    def _note(self, text: str) -> None:
        if text not in self._noted:
            self._noted.add(text)
            self._console.note(text)

    @cached_property
    def _parties(self) -> tuple[Party, ...]:
        from qawl.identity import Registry, apply

        registry = Registry()
        for reading in self._readings:
            registry.add(reading)
        return apply(self._asked.decisions, registry.parties()).parties


def _no_such(option: str, given: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(given, sorted(known), _NEAREST, 0.5)
    hint = f"; the nearest: {', '.join(near)}" if near else ""
    return f"{option} '{given}' is not in what was read{hint}"


# -- out ----------------------------------------------------------------------------------------------------------


def _text(out: TextIO, matrix: Matrix, found: Sequence[Verdict], caps: tuple[int, int]) -> None:
    from qawl.matrix.text import render

    width = shutil.get_terminal_size((_WIDTH, 24)).columns if out.isatty() else _WIDTH
    out.writelines(render(matrix, found, width=width, rows=caps[0], holders=caps[1]))


def _json(out: TextIO, matrix: Matrix, found: Sequence[Verdict], caps: tuple[int, int]) -> None:
    from qawl.matrix.shape import to_dict

    out.write(json.dumps(to_dict(matrix, found), ensure_ascii=False, indent=2) + "\n")


def _csv(out: TextIO, matrix: Matrix, found: Sequence[Verdict], caps: tuple[int, int]) -> None:
    from qawl.formats.labels import shown
    from qawl.formats.lines import guarded
    from qawl.matrix.shape import COLUMNS, rows

    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([guarded(shown(cell)) for cell in row.values()] for row in rows(matrix))


def _svg(out: TextIO, matrix: Matrix, found: Sequence[Verdict], caps: tuple[int, int]) -> None:
    from qawl.matrix.svg import chart

    out.write(chart(matrix, rows=caps[0], holders=caps[1]))


_Writer = Callable[[TextIO, "Matrix", "Sequence[Verdict]", tuple[int, int]], None]
_WRITE: dict[str, _Writer] = {"text": _text, "json": _json, "csv": _csv, "svg": _svg}
