"""Reading a stream of inputs into a writer, whatever is wrong with some of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from qawl.cli.console import Console
from qawl.cli.inputs import Item
from qawl.cli.output import Output
from qawl.cli.workers import Read, readings
from qawl.model import DataError, InputError, NotArabicError, TooLargeError

if TYPE_CHECKING:
    from qawl.formats import Writer
    from qawl.reader import Reader

__all__ = ["Outcome", "few", "reason", "run"]

_INTERRUPTED = 130
_REASONS = 6
_WHAT_TO_DO = re.compile(r"\s*[:;]\s")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_NUMBER = re.compile(r"(?<![\w-])\d[\d,.]*\s*")


@dataclass(slots=True)
class Outcome:
    """What became of a run.

    Parameters
    ----------
    articles, statements : int
        Number of them that were read.
    skipped : Counter of str
        Number of inputs that were not, by reason.
    interrupted : bool
        Whether Ctrl-C ended it.
    done : bool
        Whether all was written that was to be; not so if it was interrupted, or what read its output left.
    """

    articles: int = 0
    statements: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    done: bool = False

    @property
    def status(self) -> int:
        """The exit status."""
        if self.interrupted:
            return _INTERRUPTED
        return 1 if self.skipped else 0


def run(
    items: Iterable[Item],
    output: Output,
    make_writer: Callable[[Output], Writer],
    console: Console,
    *,
    share: Callable[[], float | None] = lambda: None,
    fail_fast: bool = False,
    make_reader: Callable[[], Reader] | None = None,
    workers: int = 1,
) -> Outcome:
    """Read articles, write readings, say what was skipped.

    Parameters
    ----------
    items : iterable of Item
        Articles, or what is wrong with an input.
    output : Output
        Where to write; a file is put in its place only if the run came to its end and anything could be read.
    make_writer : callable
        The writer of the format, made for `output`.
    console : Console
        Where problems, progress and the summary are said.
    share : callable
        The part that is done, from 0 to 1; None if unknown.
    fail_fast : bool
        Whether to end at the first input that cannot be read.
    make_reader : callable, optional
        Makes what reads, for several processes picklable; by default a reader with its own defaults.
    workers : int
        Processes that read.

    Returns
    -------
    Outcome
        Its status is 130 if Ctrl-C ended it, 1 if inputs were skipped, else 0.

    Raises
    ------
    click.ClickException
        If the output cannot be written, or a data file of the package is missing.
    """
    from qawl.reader import Reader

    outcome = Outcome()
    try:
        writer = make_writer(output)
        try:
            found: Iterator[Read] = readings(items, make_reader or Reader, workers)
            _write_all(found, writer, console, outcome, share, fail_fast)
        except KeyboardInterrupt:
            outcome.interrupted = True
        console.close()
        # What is on standard output already is made whole (a JSON list gets its end).
        writer.close()
        if not output.is_file or not (outcome.interrupted or (outcome.skipped and not outcome.articles)):
            output.keep()
        else:
            console.note(f"{output.name} was not written")
    except BrokenPipeError:
        console.close()
        output.hush()
        return outcome
    except DataError as e:
        console.close()
        raise click.ClickException(str(e)) from None
    except OSError as e:
        console.close()
        raise click.ClickException(f"{output.name} cannot be written ({e.strerror or e})") from None
    if outcome.articles > 1 or outcome.skipped or outcome.interrupted:
        console.summary(outcome.articles, outcome.statements, few(outcome.skipped), done=not outcome.interrupted)
    outcome.done = not outcome.interrupted
    return outcome


def _write_all(
    found: Iterator[Read],
    writer: Writer,
    console: Console,
    outcome: Outcome,
    share: Callable[[], float | None],
    fail_fast: bool,
) -> None:
    for where, read in found:
        if isinstance(read, InputError):
            outcome.skipped[reason(read)] += 1
            console.problem(where, read.message)
            if fail_fast:
                break
            continue
        outcome.articles += 1
        outcome.statements += len(read.statements)
        writer.write(read)
        console.progress(outcome.articles, share())


def reason(error: InputError) -> str:
    """Why an input was skipped, in words that inputs with the same trouble share."""
    if isinstance(error, NotArabicError):
        return "not Arabic"
    if isinstance(error, TooLargeError):
        return "too large"
    # The name of a field stays: «"url" must be a string».
    what = _WHAT_TO_DO.split(_ASIDE.sub("", error.message))[0]
    return _NUMBER.sub("", what).strip() or "unreadable"


def few(skipped: Counter[str]) -> dict[str, int]:
    """The commonest reasons, the others together."""
    common = dict(skipped.most_common(_REASONS))
    rest = sum(skipped.values()) - sum(common.values())
    return common | ({"for other reasons": rest} if rest else {})
