"""``qawl score``: accuracy against annotated articles."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from qawl.cli.console import Console, plural
from qawl.cli.output import Output
from qawl.model import InputError

if TYPE_CHECKING:
    from qawl.scoring import Miss, Report

    _Floors = click.ParamType[tuple[str, float]]
else:
    # Older versions of click have no type parameter here.
    _Floors = click.ParamType

__all__ = ["score"]

_SEED = 1
_NOT_LETTERS = re.compile(r"[\W_]+")


class _Floor(_Floors):
    """``NAME=VALUE``: a figure and the least that it may be."""

    name = "floor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        from qawl.scoring import FIGURES

        name, equals, number = str(value).rpartition("=")
        known = {_plain(figure): figure for figure in FIGURES}
        figure = known.get(_plain(name))
        if not equals or not name.strip():
            self.fail(f"'{value}' is no floor; give NAME=VALUE, e.g. \"attribution F1=0.6\"", param, ctx)
        if figure is None:
            near = get_close_matches(_plain(name), known, 1)
            hint = f"did you mean '{known[near[0]]}'?" if near else f"the figures are: {'; '.join(FIGURES)}."
            self.fail(f"no figure is called '{name}'; {hint}", param, ctx)
        try:
            least = float(number)
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            self.fail(f"'{number}' is no share; give a number from 0 to 1", param, ctx)
        return figure, least


def _plain(name: str) -> str:
    """A figure's name as it may be typed: ``attribution-f1``."""
    return _NOT_LETTERS.sub(" ", name.casefold()).strip()


@click.command(
    short_help="Accuracy against annotated articles.",
    epilog="""\b
Examples:
  qawl score gold.jsonl predicted.jsonl
  qawl read gold.jsonl --format standoff | qawl score gold.jsonl -
  qawl score gold.jsonl predicted.jsonl --errors 40 --by outlet
  qawl score gold.jsonl predicted.jsonl --floor "attribution F1=0.6" --floor cue-accuracy=0.9

\b
Exit status: 0 done, 1 a figure is under its floor, 2 not understood.""",
)
@click.argument("gold", metavar="GOLD")
@click.argument("pred", metavar="PRED")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Also list N of the errors.")
@click.option("--by", metavar="FIELD", help="Also by this field of the annotated articles, e.g. outlet.")
@click.option(
    "--floor", "floors", type=_Floor(), multiple=True, metavar="NAME=VALUE", help="Fail if a figure is below."
)
@click.pass_context
def score(
    ctx: click.Context,
    gold: str,
    pred: str,
    as_json: bool,
    errors: int,
    by: str | None,
    floors: tuple[tuple[str, float], ...],
) -> None:
    """Compare the statements in PRED with the annotated articles in GOLD.

    Both hold one article a line in the standoff format (qawl read --format standoff), and either may be packed
    (.gz, .xz) or a dash (-) for standard input. An article that is not in PRED counts as empty. The headline
    figure is attribution F1: statements found, with half of their letters or more, and the right source.
    """
    from qawl.scoring import score as compare

    console = Console()
    if gold == pred == "-":
        raise click.UsageError("GOLD and PRED cannot both be standard input; give a file for one")
    try:
        predicted = _by_doc(_lines(pred, console, gold=False), pred, console)
        report = compare(_lines(gold, console, gold=True), predicted, by=by, errors=errors > 0)
    except InputError as e:
        raise click.UsageError(str(e)) from None
    _warn(report, console)
    with Output(None) as output:
        try:
            output.stream.writelines(_as_json(report, by, errors) if as_json else _as_text(report, by, errors))
            output.keep()
        except BrokenPipeError:
            output.hush()
    breached = [(name, least) for name, least in floors if report.figures[name] < least]
    for name, least in breached:
        console.problem("floor breached", f"{name} is {report.figures[name]:.4f}, below {least:g}")
    ctx.exit(1 if breached else 0)


def _lines(path: str, console: Console, *, gold: bool) -> Iterator[dict[str, Any]]:
    from qawl.cli.streams import TRAILING, opened
    from qawl.scoring import parsed

    def whole() -> Iterator[bytes]:
        with opened(path) as stream:
            for number, line in stream.lines():
                if isinstance(line, InputError):
                    raise InputError(line.message, f"{path}:{number}")
                yield line
            if stream.trailing():
                console.note(f"{path}: {TRAILING}")

    try:
        yield from parsed(whole(), path, gold=gold)
    except InputError as e:
        raise e if e.where else InputError(e.message, path) from None


def _by_doc(records: Iterable[dict[str, Any]], name: str, console: Console) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    twice: list[str] = []
    for record in records:
        doc = record["doc"]
        if doc in found:
            twice.append(doc)
        found[doc] = record
    if twice:
        console.problem(name, f"{plural(len(twice), 'article')} given more than once ({twice[0]}…); the last counts")
    return found


def _warn(report: Report, console: Console) -> None:
    """Say what may make the figures mean less than they seem to."""
    for docs, what in (
        (report.missing, "no prediction, counted as empty"),
        (report.unknown, "predicted but not annotated, left out"),
        (report.differing, "predicted from another text, so its offsets mean nothing"),
    ):
        if docs:
            shown = ", ".join(docs[:3]) + (", …" if len(docs) > 3 else "")
            console.note(f"note: {plural(len(docs), 'article')} ({shown}): {what}")


def _sample(report: Report, count: int) -> list[Miss]:
    """`count` of the errors, drawn by a fixed seed: the first articles would not stand for all."""
    drawn = list(report.errors)
    random.Random(_SEED).shuffle(drawn)
    return drawn[:count]


def _as_json(report: Report, by: str | None, errors: int) -> Iterator[str]:
    result = report.as_dict()
    if by is not None:
        result["by"] = {group.value: _rounded(group.figures, group.statements) for group in report.groups}
    if errors:
        result["errors"] = [
            {"kind": e.kind, "doc": e.doc, "cue": e.cue, "content": e.content, "predicted": e.predicted, "gold": e.gold}
            for e in _sample(report, errors)
        ]
    yield json.dumps(result, ensure_ascii=False) + "\n"


def _rounded(figures: Mapping[str, float], statements: int) -> dict[str, float]:
    return {"gold statements": statements} | {name: round(value, 4) for name, value in figures.items()}


def _as_text(report: Report, by: str | None, errors: int) -> Iterator[str]:
    yield f"{plural(report.articles, 'article')}, {report.gold:,} gold statements, {report.predicted:,} predicted\n"
    for name, value in report.figures.items():
        yield f"{name:32} {value:.3f}\n"
    yield "attribution F1, 95% interval over articles: {:.3f} to {:.3f}\n".format(*report.interval)
    if by is not None:
        yield f"\nby {by}:\n"
        for group in report.groups:
            name = group.value or "(none)"
            yield f"{name}: {group.statements:,} statements, attribution F1 {group.figures['attribution F1']:.3f}\n"
    if errors:
        kinds = Counter(e.kind for e in report.errors)
        yield "\n" + ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) + "\n"
        yield from (f"{e}\n" for e in _sample(report, errors))
