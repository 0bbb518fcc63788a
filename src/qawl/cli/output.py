"""Where the data goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import suppress
from typing import TextIO

import click

from qawl.cli.console import utf8

__all__ = ["Output"]


class Output:
    """A text stream in UTF-8 that keeps line ends as they are given.

    Use as a context; without `keep` a file is left as it was.

    Parameters
    ----------
    path : str or None
        A file; None or ``-`` for standard output. A regular file is written beside its place and moved there by
        `keep`; a pipe or a device is written directly.

    Attributes
    ----------
    stream : TextIO
        To write to.
    name : str
        What to call it.
    is_file : bool
        Whether it is a file that `keep` puts in its place.
    """

    stream: TextIO

    def __init__(self, path: str | None) -> None:
        self._target = self._part = ""
        if path is None or path == "-":
            if sys.stdout is None:
                raise click.UsageError("standard output is closed; give --out FILE")
            utf8(sys.stdout)
            self.name, self.stream = "standard output", sys.stdout
            return
        self.name = path
        # The file that a link leads to is replaced, not the link.
        self._target = os.path.realpath(path)
        if os.path.isdir(self._target):
            raise click.UsageError(f"--out {path}: is a directory; give a file's name")
        self._part = self._target if _is_special(self._target) else f"{self._target}.{os.getpid()}.part"
        try:
            # Closed by `keep` or at the end of the context.
            self.stream = open(self._part, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
        except OSError as e:
            raise click.UsageError(f"--out {path}: cannot be written ({e.strerror}); give another place") from None

    @property
    def is_file(self) -> bool:
        return self._part != self._target

    def keep(self) -> None:
        """See that everything is written, and put the file in its place."""
        self.stream.flush()
        if self._part:
            self.stream.close()
        if self.is_file:
            with suppress(OSError):
                shutil.copymode(self._target, self._part)
            os.replace(self._part, self._target)
            self._part = self._target

    def hush(self) -> None:
        """Let what is still buffered go nowhere: the reader of the pipe has left (``| head``)."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        if self._part:
            with suppress(OSError):
                self.stream.close()
        if self.is_file:
            with suppress(OSError):
                os.unlink(self._part)


def _is_special(path: str) -> bool:
    """Whether `path` is there and is no regular file (a pipe, a device)."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
