"""Bytes from files and standard input: unpacked, and never more of them in memory than a stated limit."""

from __future__ import annotations

import io
import lzma
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from qawl.model import InputError, TooLargeError

__all__ = ["MAX_BYTES", "TRAILING", "Stream", "damage", "opened", "packaged", "size_of", "too_large"]

MAX_BYTES = 32 * 2**20
"""The most bytes, unpacked, of one text, page or JSON file, or of one line of JSON Lines.

The longest article of a newspaper has some 100 KB, a saved page with its pictures inside a few MB."""

TRAILING = "bytes that are no packed data follow the packed data; they were left out"
"""What to say where `Stream.trailing` is true."""

_HEAD = 2**16
_ENOUGH = 512
_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # asks zlib for the header and checksum of gzip
_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_UNPACK_ERRORS = (EOFError, zlib.error, lzma.LZMAError)


class _Gunzip(io.RawIOBase):
    """The content of gzip data, of one member or several; what follows them and is none is left out.

    The library's own reader takes such bytes, which some servers and tapes add, for damage.
    """

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file = file
        self._packed = b""
        self._unpack: zlib._Decompress | None = zlib.decompressobj(_GZIP_WINDOW)
        self.trailing = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self._unpack is not None:
            if not self._packed and not self._unpack.eof:
                self._packed = self._file.read1(_HEAD)
                if not self._packed:
                    raise EOFError
            data = self._unpack.decompress(self._packed, len(buffer))
            self._packed = self._unpack.unconsumed_tail
            if self._unpack.eof:
                self._next_member(self._unpack.unused_data)
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _next_member(self, packed: bytes) -> None:
        """Begin the member that follows; zeros may stand before it, or after the last."""
        packed = packed.lstrip(b"\0")
        while len(packed) < len(_GZIP) and (more := self._file.read1(_HEAD)):
            packed = (packed + more).lstrip(b"\0")
        self.trailing = bool(packed) and not packed.startswith(_GZIP)
        self._unpack = zlib.decompressobj(_GZIP_WINDOW) if packed.startswith(_GZIP) else None
        self._packed = packed


class _Peeked(io.RawIOBase):
    """A binary file whose first bytes were looked at and are still there to read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: Exception | None = None
        head = b""
        # A pipe gives what it has: go on until there is enough to know what it is, but do not wait for more.
        while len(head) < _ENOUGH:
            try:
                chunk = cast("io.BufferedReader", file).read1(_HEAD)
            except _UNPACK_ERRORS as e:
                # Raised when the bytes are asked for: there may be good ones before the damage.
                self._error = e
                break
            if not chunk:
                break
            head += chunk
        self.head = self._left = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._left[: len(buffer)]
        if data:
            self._left = self._left[len(data) :]
        elif self._error is not None:
            raise self._error
        else:
            data = cast("io.BufferedReader", self._file).read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Stream:
    """An opened input.

    Parameters
    ----------
    name : str
        As the user gave it.
    head : bytes
        Its first bytes, unpacked; they are still to be read.
    position : callable
        How many bytes of the input as stored (packed or not) have been taken.
    trailing : callable
        Whether bytes that are no packed data follow such data, and were left out; known once all is read.
    """

    name: str
    head: bytes
    position: Callable[[], int]
    trailing: Callable[[], bool]
    _file: io.BufferedReader

    def everything(self) -> bytes:
        """All that is left, unless it is more than `MAX_BYTES`.

        Raises
        ------
        TooLargeError
            Without having read much more than the limit.
        InputError
            If it cannot be read or unpacked.
        """
        with damage():
            data = self._file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_large("the file")
        return data

    def lines(self) -> Iterator[tuple[int, bytes | TooLargeError]]:
        """Each line with its number from 1; for one over `MAX_BYTES` the error instead, and nothing of it is kept."""
        number = 0
        while True:
            with damage():
                line = self._file.readline(MAX_BYTES + 1)
            if not line:
                return
            number += 1
            if len(line) <= MAX_BYTES or line.endswith(b"\n"):
                yield number, line
                continue
            del line
            self._skip_line()
            yield number, too_large("the line")

    def _skip_line(self) -> None:
        with damage():
            while (chunk := self._file.readline(2**20)) and not chunk.endswith(b"\n"):
                pass


def too_large(what: str) -> TooLargeError:
    """The error for `what` that has more bytes than `MAX_BYTES`."""
    return TooLargeError(
        f"{what} is over {MAX_BYTES // 2**20} MB; give one article a file, or one a line as JSON Lines"
    )


@contextmanager
def damage() -> Iterator[None]:
    """Turn what reading and unpacking raise into `InputError`."""
    try:
        yield
    except EOFError:
        raise InputError("the compressed data is cut off; get the whole file again") from None
    except (zlib.error, lzma.LZMAError):
        raise InputError("the compressed data is damaged; get the file again") from None
    except OSError as e:
        raise InputError(_os_message(e)) from None


def _os_message(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions or copy it"
    if isinstance(error, IsADirectoryError):
        return "is a directory; give files"
    return f"cannot be read ({error.strerror or error}); check the file"


def size_of(path: str) -> int | None:
    """The size of a regular file in bytes; None for standard input, pipes and what is not there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _check(path: str) -> None:
    """Raise `InputError` for what is plainly no file to read."""
    if "\0" in path:
        raise InputError("no such file; check the name")
    if path.startswith(("http://", "https://")):
        raise InputError("is a web address; save the page and give the file")
    if os.path.isdir(path):
        raise InputError(f"is a directory; give files, e.g. {path.rstrip('/')}/*.txt")


@contextmanager
def opened(path: str) -> Iterator[Stream]:
    """Open a file, or standard input for ``-``, and unpack gzip and xz whatever the name says.

    Parameters
    ----------
    path : str
        As the user gave it.

    Yields
    ------
    Stream
        At its beginning.

    Raises
    ------
    InputError
        If there is no such file, it is a directory, or it may not be read.
    """
    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed; give a file")
        yield _stream(path, sys.stdin.buffer)
        return
    _check(path)
    with damage():
        file = open(path, "rb")  # noqa: SIM115 (what the caller raises must not pass through `damage`)
    with file:
        yield _stream(path, file)


def _stream(name: str, file: BinaryIO) -> Stream:
    with damage():
        peeked = _Peeked(file)
        gunzip = None
        if peeked.head.startswith(_GZIP):
            gunzip = _Gunzip(io.BufferedReader(peeked))
            peeked = _Peeked(cast("BinaryIO", io.BufferedReader(gunzip, _HEAD)))
        elif peeked.head.startswith(_XZ):
            peeked = _Peeked(cast("BinaryIO", lzma.LZMAFile(io.BufferedReader(peeked))))  # noqa: SIM115
    position = file.tell if file.seekable() else (lambda: 0)
    trailing = (lambda: gunzip.trailing) if gunzip is not None else (lambda: False)
    return Stream(name, peeked.head, position, trailing, io.BufferedReader(peeked, _HEAD))


def packaged(name: str, data: bytes) -> Stream:
    """Bytes that are in memory already, as an input of that name."""
    return _stream(name, io.BytesIO(data))
