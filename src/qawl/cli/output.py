"""Where the data goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import BinaryIO, TextIO, cast

import click

from qawl.cli.console import utf8

__all__ = ["PACKED", "Output", "print_text", "suffix_of"]

PACKED = (".gz", ".xz")
"""Ends of names, in lower case, whose files are packed."""

# To write a bare table under such a name would make a file that nothing opens.
_NOT_PACKED = (".7z", ".br", ".bz2", ".lz4", ".lzma", ".tgz", ".txz", ".z", ".zip", ".zst")


class Output:
    """A text stream in UTF-8 that keeps line ends as they are given.

    Use as a context; without `keep` a file is left as it was.

    Parameters
    ----------
    path : str or None
        A file; None or ``-`` for standard output. A regular file is written beside its place and moved there by
        `keep`; a pipe or a device is written directly. One whose name ends in ``.gz`` or ``.xz`` is packed.
    inputs : sequence of str
        Files that are read, ``-`` for standard input: none of them may be the output.

    Attributes
    ----------
    stream : TextIO
        To write to.
    name : str
        What to call it.
    is_file : bool
        Whether it is a file that `keep` puts in its place.
    is_named : bool
        Whether the user named where to write; else it is standard output.
    binary : BinaryIO
        What is under `stream`, for what is no text.
    """

    stream: TextIO

    def __init__(self, path: str | None, inputs: Sequence[str] = ()) -> None:
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
        if path.lower().endswith(_NOT_PACKED):
            raise _refusal(f"--out {path}: Qawl packs as .gz and .xz only; give such a name, or a plain one")
        if any(_is_same(self._target, name) for name in inputs):
            raise _refusal(f"--out {path}: is one of the inputs and would replace it; give another name")
        self._part = self._target if _is_special(self._target) else f"{self._target}.{os.getpid()}.part"
        try:
            # Closed by `keep` or at the end of the context.
            self._file = open(self._part, "wb")  # noqa: SIM115
        except OSError as e:
            raise click.UsageError(f"--out {path}: cannot be written ({e.strerror}); give another place") from None
        packed = _packing(self._file, path)
        self.stream = io.TextIOWrapper(packed, encoding="utf-8", errors="backslashreplace", newline="")

    @property
    def is_file(self) -> bool:
        return self._part != self._target

    @property
    def is_named(self) -> bool:
        return bool(self._part)

    @property
    def binary(self) -> BinaryIO:
        return self.stream.buffer

    def keep(self) -> None:
        """See that everything is written, and put the file in its place."""
        if self._part:
            self._close()
        else:
            self.stream.flush()
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
                self._close()
        if self.is_file:
            with suppress(OSError):
                os.unlink(self._part)

    def _close(self) -> None:
        # What packs leaves the file under it open.
        try:
            self.stream.close()
        finally:
            self._file.close()


def _is_special(path: str) -> bool:
    """Whether `path` is there and is no regular file (a pipe, a device)."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _refusal(message: str) -> click.ClickException:
    """One line without the usage: the command was understood."""
    error = click.ClickException(message)
    error.exit_code = 2  # type: ignore[misc]
    return error


def _is_same(path: str, name: str) -> bool:
    """Whether the input `name` is the regular file `path`, by whatever name."""
    try:
        mine, other = os.stat(path), os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(name)
    except (OSError, ValueError, AttributeError):
        # Not there, a name that no file can have, standard input that is closed or no file.
        return False
    return stat.S_ISREG(mine.st_mode) and os.path.samestat(mine, other)


def _packing(file: BinaryIO, name: str) -> BinaryIO:
    """What packs into `file` if `name` asks for it, else `file`."""
    if name.lower().endswith(".gz"):
        # Without name and time, so that the same statements give the same file.
        return cast("BinaryIO", gzip.GzipFile("", "wb", fileobj=file, mtime=0))
    if name.lower().endswith(".xz"):
        return cast("BinaryIO", lzma.LZMAFile(file, "wb"))
    return file


def suffix_of(path: str | None) -> str:
    """What the name of the output ends in, in lower case and without what packing adds; ``""`` for none."""
    stem, suffix = os.path.splitext((path or "").lower())
    return os.path.splitext(stem)[1] if suffix in PACKED else suffix


def print_text(text: Iterable[str]) -> None:
    """Writes strings to standard output; quietly not, if nobody reads it any more."""
    with Output(None) as output:
        try:
            output.stream.writelines(text)
            output.keep()
        except BrokenPipeError:
            output.hush()
