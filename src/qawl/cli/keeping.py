"""Readings into a record, in groups: little is lost when a run ends early, and each is told once it is kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qawl.cli.console import Console, plural, skips
from qawl.cli.inputs import Item
from qawl.cli.run import few, reason
from qawl.model import Article, InputError, Reading

if TYPE_CHECKING:
    from qawl.record import Added, Record

__all__ = ["Imported", "Keeper", "Known", "settled", "told", "unread"]

_INTERRUPTED = 130
_ARTICLES, _STATEMENTS, _SECONDS = 500, 2000, 2.0  # of one group, at most
_LOOKED_UP = 64  # articles at once
_SETTLED = 20_000  # sources up to which who is who is worked out at once


@dataclass(frozen=True, slots=True)
class Known:
    """An article that need not be read: this version has read it.

    Parameters
    ----------
    article : int
        Its row.
    doc, url : str
        As the input has them.
    """

    article: int
    doc: str
    url: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A reading that was made before, with data of which the version is unknown."""

    reading: Reading


Looked = Article | InputError | Known | Imported


def unread(items: Iterable[Item], record: Record, extractor: str, model: str) -> Iterator[tuple[str, Looked]]:
    """Items, with articles that a version has read already marked so.

    Parameters
    ----------
    items : iterable of Item
        Articles, readings, or what is wrong with an input.
    record : Record
        In which they are looked up.
    extractor, model : str
        Of the version.

    Yields
    ------
    (str, Article or InputError or Known or Imported)
        Each item, in order. Articles are looked up one by one as long as they are new, so that a stream flows, and
        many at once where they are known, as when a run is taken up again.
    """
    waiting: list[tuple[str, Looked]] = []
    size = 1
    for where, held in items:
        waiting.append((where, Imported(held) if isinstance(held, Reading) else held))
        if len(waiting) >= size:
            found = _looked_up(waiting, record, extractor, model)
            waiting = []
            size = 1 if any(isinstance(x, Article) for _, x in found) else min(2 * size, _LOOKED_UP)
            yield from found
    yield from _looked_up(waiting, record, extractor, model)


def _looked_up(
    waiting: list[tuple[str, Looked]], record: Record, extractor: str, model: str
) -> list[tuple[str, Looked]]:
    articles = [x for _, x in waiting if isinstance(x, Article)]
    rows = iter(record.known(articles, extractor, model) if articles else ())
    found: list[tuple[str, Looked]] = []
    for where, x in waiting:
        row = next(rows) if isinstance(x, Article) else 0
        found.append((where, Known(row, x.doc, x.url) if isinstance(x, Article) and row else x))
    return found


@dataclass(slots=True)
class Keeper:
    """Keeps what was read, and counts.

    Parameters
    ----------
    record : Record
        Where it is kept.
    model : str
        Version of the data that articles are read with now.
    console : Console
        Where problems and progress are said.
    told : callable
        Takes the input's name and what came of it, in order, once it is in the record.
    ended : callable
        Is called after some were told.
    """

    record: Record
    model: str
    console: Console
    told: Callable[[str, Added | Known], None] = lambda where, x: None
    ended: Callable[[], None] = lambda: None
    outcomes: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    copies: int = 0
    interrupted: bool = False
    _group: list[tuple[str, Reading | Imported | Known]] = field(default_factory=list)
    _size: int = 0
    _since: float = 0.0

    @property
    def status(self) -> int:
        """The exit status."""
        if self.interrupted:
            return _INTERRUPTED
        return 1 if self.skipped or self.outcomes["refused"] else 0

    @property
    def changed(self) -> bool:
        """Whether anything came into the record."""
        return any(self.outcomes[x] for x in ("new", "updated", "reread"))

    def keep(
        self,
        found: Iterable[tuple[str, Reading | InputError | Imported | Known]],
        share: Callable[[], float | None] = lambda: None,
        *,
        fail_fast: bool = False,
    ) -> None:
        """Keeps all that is found; after Ctrl-C what was read by then.

        Parameters
        ----------
        found : iterable
            Names of inputs, and readings or what is wrong with them.
        share : callable
            The part that is done, from 0 to 1; None if unknown.
        fail_fast : bool
            Whether to end at the first input that cannot be read.

        Raises
        ------
        RecordError
            If the record cannot be written to.
        """
        try:
            for where, held in found:
                if isinstance(held, InputError):
                    self._skip(where, held)
                    if fail_fast:
                        break
                else:
                    self._take(where, held)
                self.console.progress(self.outcomes.total(), share())
        except KeyboardInterrupt:
            self.interrupted = True
        try:
            self._flush()
        except KeyboardInterrupt:
            self.interrupted = True
        self.console.close()

    def _skip(self, where: str, error: InputError) -> None:
        self.skipped[reason(error)] += 1
        self.console.problem(where, error.message)

    def _take(self, where: str, held: Reading | Imported | Known) -> None:
        if self._group and self._is_full(held):
            self._flush()
        if not self._group:
            self._since = time.monotonic()
        self._group.append((where, held))
        self._size += 0 if isinstance(held, Known) else len(_reading(held).statements)

    def _is_full(self, held: Reading | Imported | Known) -> bool:
        late = time.monotonic() - self._since > _SECONDS
        other = not isinstance(held, Known) and any(
            isinstance(x, Imported) != isinstance(held, Imported) for _, x in self._group if not isinstance(x, Known)
        )
        return late or other or len(self._group) >= _ARTICLES or self._size >= _STATEMENTS

    def _flush(self) -> None:
        """Puts the group into the record."""
        group, self._group, self._size = self._group, [], 0
        its = [x for _, x in group if not isinstance(x, Known)]
        model = "" if its and isinstance(its[0], Imported) else self.model
        added = self.record.add([_reading(x) for x in its], model=model)
        for where, x in group:
            self._tell(where, x if isinstance(x, Known) else next(added))
        if group:
            self.ended()

    def _tell(self, where: str, x: Added | Known) -> None:
        if isinstance(x, Known):
            self.outcomes["known"] += 1
        else:
            self.outcomes[x.outcome] += 1
            self.copies += bool(x.copy_of)
            if x.outcome == "refused":
                self.console.problem(where, x.reason)
            elif x.outcome != "known":
                self.statements += len(x.reading.statements)
        self.told(where, x)

    def summary(self) -> str:
        """What came of all."""
        from qawl.record import OUTCOMES

        counts = ", ".join(f"{self.outcomes[x]:,} {x}" for x in OUTCOMES)
        copies = plural(self.copies, "copy") if self.copies == 1 else f"{self.copies:,} copies"
        text = f"{self.record.name}: {counts}, {copies} of stories; {plural(self.statements, 'statement')} added"
        return ("interrupted: " if self.interrupted else "") + text + skips(few(self.skipped))


def _reading(held: Reading | Imported) -> Reading:
    return held.reading if isinstance(held, Imported) else held


def told(x: Added | Known) -> dict[str, Any]:
    """What came of one article, for JSON.

    Returns
    -------
    dict
        ``outcome`` (one of `qawl.record.OUTCOMES`), ``article`` (its row; null if refused), ``doc``, ``url``,
        ``statements`` (their number; null where the article was known and not read); where it was refused also
        ``reason``; where it is a wire copy also ``copy_of``: the row of the first article with that story.
    """
    if isinstance(x, Known):
        return {"outcome": "known", "article": x.article, "doc": x.doc, "url": x.url, "statements": None}
    article = x.reading.article
    shown: dict[str, Any] = {
        "outcome": x.outcome, "article": x.article or None, "doc": article.doc, "url": article.url,
        "statements": len(x.reading.statements),
    }  # fmt: skip
    return shown | ({"reason": x.reason} if x.reason else {}) | ({"copy_of": x.copy_of} if x.copy_of else {})


def settled(record: Record, console: Console) -> None:
    """Works out who is who, if that is soon done; else says how to."""
    if record.sources() < _SETTLED:
        record.settle()
    else:
        console.note("new sources were joined with known ones by name; 'qawl record settle' applies all rules")
