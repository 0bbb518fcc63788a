"""The exceptions that Qawl raises on purpose.

::

    QawlError
    ├── InputError        an input that cannot be read; says what and what to do
    │   ├── NotArabicError     the input holds no Arabic text
    │   └── TooLargeError      the input is over a stated limit
    ├── DataError         a data file of the package is missing or malformed
    └── RecordError       a record that cannot be opened, read or written; says what and what to do
"""

from __future__ import annotations

__all__ = ["DataError", "InputError", "NotArabicError", "QawlError", "TooLargeError"]


class QawlError(Exception):
    """Base of every exception that Qawl raises on purpose."""


class InputError(QawlError):
    """An input that cannot be read.

    Parameters
    ----------
    message : str
        One line for a person: what is wrong, and what to do about it.
    where : str
        The input's name as the user gave it (path, URL, ``-``), with ``:LINE`` for a line of JSON Lines.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where


class NotArabicError(InputError):
    """The input holds no Arabic text."""


class TooLargeError(InputError):
    """The input is over a stated limit."""


class DataError(QawlError):
    """A data file of the package is missing or malformed."""


class RecordError(QawlError):
    """A record (a database of what was read) that cannot be opened, read or written."""
