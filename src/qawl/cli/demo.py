"""``qawl demo``: the bundled articles, read and shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import click

from qawl.cli.console import Console
from qawl.cli.params import lang_option, out_option

if TYPE_CHECKING:
    from qawl.cli.inputs import Item
    from qawl.formats import Lang

__all__ = ["demo"]

_READ = (".txt", ".html", ".jsonl")


@click.command(
    short_help="Read the bundled articles and show them.",
    epilog="""\b
Examples:
  qawl demo
  qawl demo --out page.html
  qawl demo --lang ar""",
)
@out_option("Write a page to read in a browser, instead of a table.")
@lang_option()
@click.pass_context
def demo(ctx: click.Context, out: str | None, lang: str) -> None:
    """Read the articles that come with Qawl, and show who said what in them.

    The articles are invented, and so are the people in them.
    """
    from qawl.cli.output import Output
    from qawl.cli.run import run
    from qawl.formats import writer

    console = Console()
    page = out is not None and out != "-"
    with Output(out) as output:
        outcome = run(
            _bundled(), output, lambda to: writer("html" if page else "table", to.stream, lang=cast("Lang", lang)),
            console,
        )  # fmt: skip
    if outcome.done and outcome.articles:
        first = f"open {out} in a browser" if page else "a page of it: qawl demo --out page.html"
        console.note(f"next: {first}; an article of yours: qawl read FILE; all options: qawl read --help")
    ctx.exit(outcome.status)


def _bundled() -> Iterator[Item]:
    """The articles of the package, in the order of their names."""
    from importlib.resources import files

    from qawl.cli.inputs import Inputs, Settings
    from qawl.cli.streams import packaged

    inputs = Inputs((), Settings())
    for resource in sorted((files("qawl") / "data" / "demo").iterdir(), key=lambda r: r.name):
        if resource.name.endswith(_READ):
            yield from inputs.stream(packaged(resource.name, resource.read_bytes()))
