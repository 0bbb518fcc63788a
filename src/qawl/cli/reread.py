"""``qawl reread``: a record brought up to what this version reads."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import click

from qawl.cli.console import Console, plural
from qawl.cli.kept import ask_record, record_option
from qawl.cli.params import extractor_option, progress_options, workers_option
from qawl.model import Article, InputError, Reading

if TYPE_CHECKING:
    from qawl.reader import Extractor
    from qawl.record import Loaded

__all__ = ["reread"]


@click.command(
    short_help="Read the record's articles again with this version.",
    epilog="""\b
Examples:
  qawl reread
  qawl reread --workers 8 --record news.db
  qawl reread --extractor grammar

\b
Exit status: 0 done, 1 some articles were skipped or the record cannot be used, 2 not understood, 130 interrupted.""",
)
@record_option()
@extractor_option()
@workers_option()
@progress_options()
@click.pass_context
def reread(ctx: click.Context, address: str, extractor: str, workers: int, quiet: bool, progress: bool | None) -> None:
    """Read every article of the record that this version has not read, and search in what it finds from then on.

    What was read before stays in the record, and people's corrections hold for the new reading, too; what this version
    had read before another did counts again without being read anew. After an interruption the same command goes on
    where it was.
    """
    from qawl.cli.keeping import Keeper, settled
    from qawl.cli.workers import readings
    from qawl.reader import Reader
    from qawl.record import model_version

    console = Console(quiet=quiet, progress=progress)
    make_reader = partial(Reader, extractor=cast("Extractor", extractor))
    with ask_record(address) as record, closing(console):
        keeper = Keeper(record, model_version(), console)
        version = make_reader().name, keeper.model
        if returned := sum(1 for _ in record.return_to(*version)):
            console.note(
                f"{plural(returned, 'article')} had been read by this version before: that reading counts again"
            )
        outdated = record.outdated(*version)
        changes = _Changes()
        keeper.keep(changes.seen(readings(changes.articles(outdated), make_reader, workers)))
        console.note(("interrupted: " if keeper.interrupted else "") + changes.summary())
        if keeper.changed and not keeper.interrupted:
            settled(record, console)
    ctx.exit(keeper.status)


class _Changes:
    """Holds every new reading against the one before it."""

    def __init__(self) -> None:
        self._before: deque[Reading] = deque()
        self._read = self._more = self._fewer = self._other = 0

    def articles(self, found: Iterable[Loaded]) -> Iterator[tuple[str, Article]]:
        """The articles to be read again."""
        for x in found:
            self._before.append(x.reading)
            a = x.reading.article
            yield a.url or a.doc or f"article {x.article_id}", a

    def seen(self, found: Iterable[tuple[str, Reading | InputError]]) -> Iterator[tuple[str, Reading | InputError]]:
        """The new readings, in the order of the articles, each counted."""
        for where, now in found:
            before = self._before.popleft()
            if isinstance(now, Reading):
                self._count(_told(before), _told(now))
            yield where, now

    def _count(self, before: dict[Any, Any], now: dict[Any, Any]) -> None:
        self._read += 1
        self._more += len(now.keys() - before.keys())
        self._fewer += len(before.keys() - now.keys())
        self._other += sum(before[k] != now[k] for k in now.keys() & before.keys())

    def summary(self) -> str:
        """What changed."""
        changed = self._more + self._fewer + self._other
        if not changed:
            return f"read again {plural(self._read, 'article')}: no statement changed"
        return (
            f"read again {plural(self._read, 'article')}: {plural(changed, 'statement')} changed"
            f" ({self._more:,} new, {self._fewer:,} gone, {self._other:,} read otherwise)"
        )


def _told(reading: Reading) -> dict[Any, Any]:
    """What a reading tells, by the place of each statement's content."""
    return {s.content: (s.act, s.mode, s.stances, s.said, _who(reading, s.who)) for s in reading.statements}


def _who(reading: Reading, key: str) -> tuple[str, ...]:
    source = reading.sources.get(key)
    return (source.name, source.kind, source.role, source.identity, source.of) if source else ()
