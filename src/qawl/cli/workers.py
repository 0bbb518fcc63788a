"""Reading with one process or several: the same readings in the same order."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qawl.cli.inputs import fault
from qawl.model import Article, DataError, InputError, Reading

if TYPE_CHECKING:
    from qawl.reader import Reader

__all__ = ["Read", "readings"]

Read = tuple[str, Reading | InputError]
"""The input's name, and its reading or what is wrong with it."""

_Other = TypeVar("_Other")

_BATCH = 8  # articles that a process is given at once
_AHEAD = 3  # batches for each process that are read before they are asked for


def readings(
    items: Iterable[tuple[str, Article | _Other]], make_reader: Callable[[], Reader], workers: int
) -> Iterator[tuple[str, Reading | InputError | _Other]]:
    """The readings of some articles, in their order.

    Parameters
    ----------
    items : iterable of (str, Article or other)
        Articles by their names; anything else (readings, what is wrong with an input) is handed on as it is.
    make_reader : callable
        Makes the reader of each process; for several processes it must be picklable.
    workers : int
        Processes; with one, this one reads.

    Raises
    ------
    click.ClickException
        If a process ends by itself, as when memory runs out.
    """
    if workers == 1:
        reader = make_reader()
        for item in items:
            yield _read(reader, item)
        return
    # A fresh interpreter for each: a forked one may hold another thread's lock for ever.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (make_reader,))
    try:
        yield from _ordered(pool, items, workers * _AHEAD)
    except BrokenProcessPool:
        raise click.ClickException(
            "a process that read articles ended by itself (out of memory?); try fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ordered(pool: ProcessPoolExecutor, items: Iterable[tuple[str, Any]], ahead: int) -> Iterator[tuple[str, Any]]:
    waiting: deque[Future[list[tuple[str, Any]]]] = deque()
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        waiting.append(pool.submit(_read_batch, batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_reader: Reader | None = None  # of a process of the pool


def _start(make_reader: Callable[[], Reader]) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that was started, which ends these
    _reader = make_reader()


def _read_batch(batch: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    assert _reader is not None
    return [_read(_reader, item) for item in batch]


def _read(reader: Reader, item: tuple[str, Any]) -> tuple[str, Any]:
    """What an item holds, read if it is an article."""
    where, held = item
    return where, _reading(reader, held) if isinstance(held, Article) else held


def _reading(reader: Reader, article: Article) -> Reading | InputError:
    try:
        return reader.read(article)
    except InputError as e:
        return e
    except DataError:
        # Not the article's fault, and no other will fare better.
        raise
    except Exception as e:
        return fault(e)
