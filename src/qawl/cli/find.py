"""``qawl find``: who said what, out of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from qawl.cli.console import Console
from qawl.cli.kept import ask_record, record_option
from qawl.cli.params import DAY, Choice
from qawl.model import ACTS, KINDS, MODES, Moment

if TYPE_CHECKING:
    from qawl.record import Asked, Sort

__all__ = ["find"]

_FORMATS = ("table", "jsonl", "json", "csv")
_SORTS = ("best", "newest", "oldest", "carried")
_MOST = 1000


@click.command(
    short_help="Find in the record who said what.",
    epilog="""\b
Examples:
  qawl find وقف إطلاق النار
  qawl find '"وقف إطلاق النار" NOT الهدنة' --since 2024-01
  qawl find --by "سلمى الراوي" --on ceasefire --sign +
  qawl find 'مفاوض*' --kind organization --sort carried --wordings
  qawl find الجسر --facets
  qawl find الجسر --limit 100 --format jsonl
  qawl find الجسر --after 1:0:3099368357888       the next page

\b
Words: all must be there, in any form; "…" a phrase; مفاوض* a beginning; OR, NOT and parentheses.
Of several values of one option any will do; each option narrows what the others find.

\b
JSON: {"hits": [{"saying", "day", "source": {"name", "kind", "role", "identity", "party", "of"}, "act", "mode",
"content", "spans", "highlights", "stances", "outlets", "articles", "article": {"id", "doc", "url", "outlet", "title",
"published"}, "number", "confidence"}], "next"}; jsonl has a hit a line. Offsets are code points of the article's text.

\b
Exit status: 0 done, 1 the record cannot be used, 2 not understood.""",
)
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@record_option()
@click.option("--by", metavar="NAME", multiple=True, help="Who said it: a name or a part of it, or an id.  Repeatable.")
@click.option("--of", metavar="NAME", multiple=True, help="The state or body that the source speaks for.  Repeatable.")
@click.option(
    "--on", metavar="MATTER", multiple=True,
    help="What they take a position on: an id or words, as 'qawl positions --matters' lists them.  Repeatable.",
)  # fmt: skip
@click.option("--sign", type=click.Choice(["+", "-"]), default=None, help="Only positions for (+) or against (-).")
@click.option("--act", type=Choice(lambda: ACTS), metavar="ACT", multiple=True, help=", ".join(ACTS) + ".  Repeatable.")
@click.option(
    "--mode", type=Choice(lambda: MODES), metavar="MODE", multiple=True, help=", ".join(MODES) + ".  Repeatable."
)
@click.option(
    "--kind", type=Choice(lambda: KINDS), metavar="KIND", multiple=True,
    help="Of the source: " + ", ".join(KINDS) + ".  Repeatable.",
)  # fmt: skip
@click.option("--outlet", metavar="NAME", multiple=True, help="Carried by this outlet.  Repeatable.")
@click.option("--since", type=DAY, metavar="DATE", help="Said on this day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Said on this day or before.")
@click.option("--published-since", type=DAY, metavar="DATE", help="First published on this day or later.")
@click.option("--published-until", type=DAY, metavar="DATE", help="First published on this day or before.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P", help="At least as sure, from 0 to 1."
)
@click.option(
    "--sort", type=Choice(lambda: _SORTS), default="best", show_default=True, help="carried: by most outlets first."
)
@click.option(
    "--limit", type=click.IntRange(1, _MOST), default=20, show_default=True, metavar="N", help="Statements of a page."
)
@click.option("--after", default="", metavar="CURSOR", help="The page after this, as the page before said.")
@click.option("--wordings", is_flag=True, help="Show below each statement how each article words it.")
@click.option("--facets", is_flag=True, help="Count by source, outlet, act and so on instead.")
@click.option(
    "-f", "--format", "form", type=Choice(lambda: _FORMATS), default="table", show_default=True, help="What to write."
)
@click.option("-q", "--quiet", is_flag=True, help="Do not say what more there is.")
def find(
    words: tuple[str, ...],
    address: str,
    sort: str,
    limit: int,
    after: str,
    wordings: bool,
    facets: bool,
    form: str,
    quiet: bool,
    **filters: Any,
) -> None:
    """Find statements by their words, who made them, on what, where and when: each once, however many carry it.

    WORDS may be left out where something else is asked for. A day is YYYY, YYYY-MM or YYYY-MM-DD.
    """
    from qawl.cli.hits import WRITE, WRITE_FACETS
    from qawl.cli.output import Output
    from qawl.record import Asked

    asked = _asked(words, filters)
    if asked == Asked():
        raise click.UsageError("give WORDS, or something to find by: --by, --on, --since, …")
    console = Console(quiet=quiet)
    with ask_record(address) as record, Output(None) as output:
        try:
            if facets:
                WRITE_FACETS[form](output.stream, record.facets(asked))
                output.keep()
                return
            found = record.find(asked, sort=cast("Sort", sort), limit=limit, after=after)
            WRITE[form](output.stream, found, lambda h: record.wordings(h.saying) if wordings else [])
            output.keep()
        except BrokenPipeError:
            output.hush()
            return
    if not found.hits:
        console.note("nothing was found")
    if found.next:
        console.note(f"there is more: --after {found.next}")


def _asked(words: tuple[str, ...], filters: dict[str, Any]) -> Asked:
    from qawl.record import Asked

    def day(moment: Moment | None) -> str:
        return moment.iso[:10] if moment else ""

    given: dict[str, Any] = {name: tuple(filters[name]) for name in ("by", "of", "on", "act", "mode", "kind", "outlet")}
    given |= {name: day(filters[name]) for name in ("since", "until", "published_since", "published_until")}
    return Asked(" ".join(words), sign=filters["sign"] or "", confidence=filters["min_confidence"], **given)
