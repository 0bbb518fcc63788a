"""What is said to a person, on standard error: problems, notes, progress, the summary."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

__all__ = ["Console", "plural", "skips", "utf8"]

# A quick run says nothing; then the line changes often enough to be seen to move.
_FIRST_AFTER = 1.5
_EVERY_LIVE = 0.3
_EVERY_LOGGED = 10.0
_CLEAR_LINE = "\r\x1b[K"


def utf8(stream: TextIO) -> None:
    """Make a standard stream write UTF-8 whatever the locale, and line ends as they are given.

    What UTF-8 cannot write (lone surrogates) is written as an escape, which in JSON is that very character.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def plural(count: int, noun: str) -> str:
    """``1 article``, ``1,200 articles``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def skips(skipped: Mapping[str, int]) -> str:
    """``, skipped 3 (2 not Arabic, 1 too large)``; ``""`` if nothing was."""
    why = ", ".join(f"{n:,} {reason}" for reason, n in sorted(skipped.items(), key=lambda x: (-x[1], x[0])))
    return f", skipped {sum(skipped.values()):,} ({why})" if skipped else ""


class Console:
    """Lines on standard error.

    Parameters
    ----------
    quiet : bool
        Whether to leave out notes, progress and the summary. Problems are always said.
    progress : bool or None
        Whether to show progress; None for only where standard error is a terminal.
    stream : TextIO, optional
        Standard error by default.
    clock : callable
        Seconds, never going back.
    """

    def __init__(
        self,
        *,
        quiet: bool = False,
        progress: bool | None = None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out = sys.stderr if stream is None else stream
        self._quiet = quiet
        self._live = self._out.isatty()
        self._shown = False
        self._clock = clock
        self._start = self._last = clock()
        self._wanted = not quiet and (self._live if progress is None else progress)

    def problem(self, where: str, message: str) -> None:
        """Say in one line what is wrong with an input."""
        self._line(f"{where}: {message}")

    def note(self, message: str) -> None:
        """Say something that need not be acted on."""
        if not self._quiet:
            self._line(message)

    def progress(self, articles: int, share: float | None) -> None:
        """Say how far the run is, if it is time to.

        Parameters
        ----------
        articles : int
            Number of articles done.
        share : float or None
            The part of all inputs that is done, from 0 to 1, if known.
        """
        if not self._wanted:
            return
        now = self._clock()
        since = now - self._start
        if since < _FIRST_AFTER or now - self._last < (_EVERY_LIVE if self._live else _EVERY_LOGGED):
            return
        self._last = now
        parts = [plural(articles, "article"), f"{articles / since:,.0f}/s"]
        if share:
            parts += [f"{share:.0%}", f"about {_duration(since * (1 - share) / share)} left"]
        text = ", ".join(parts)
        self._write(f"{_CLEAR_LINE}{text}" if self._live else f"{text}\n")
        self._shown = self._live

    def summary(self, articles: int, statements: int, skipped: Mapping[str, int], *, done: bool = True) -> None:
        """Say what was read and what was not, and why."""
        if self._quiet:
            return
        text = f"read {plural(articles, 'article')}, {plural(statements, 'statement')}"
        text += skips(skipped)
        self._line(text if done else f"interrupted: {text}")

    def close(self) -> None:
        """Take the progress line away."""
        if self._shown:
            self._write(_CLEAR_LINE)
            self._shown = False

    def _line(self, text: str) -> None:
        from qawl.formats.labels import plain

        self.close()
        # A file's name may hold anything: it must neither break the line nor steer the terminal.
        self._write(plain(text) + "\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except (OSError, ValueError):
            # Nobody listens; the data still goes where it should.
            self._wanted = False


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
