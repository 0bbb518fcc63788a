"""Qawl (قول) reads Arabic news and keeps the record of who said what.

>>> import qawl
>>> reading = qawl.read("قال الوزير سالم الراوي إن الميناء سيفتح غدا.")
>>> [(reading.source_of(s).name, reading.content_of(s)) for s in reading.statements]
[('سالم الراوي', 'الميناء سيفتح غدا')]

Names are loaded when they are first used, so that ``import qawl`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qawl.version import __version__

if TYPE_CHECKING:
    from qawl.model import (
        Article,
        Block,
        DataError,
        Dateline,
        InputError,
        Moment,
        NotArabicError,
        QawlError,
        Reading,
        RecordError,
        Source,
        Span,
        Stance,
        Statement,
        TooLargeError,
    )
    from qawl.reader import Reader, read
    from qawl.record import Record

__all__ = [
    "Article", "Block", "DataError", "Dateline", "InputError", "Moment", "NotArabicError", "QawlError", "Reader",
    "Reading", "Record", "RecordError", "Source", "Span", "Stance", "Statement", "TooLargeError", "__version__", "read",
]  # fmt: skip

_HOMES = {"Reader": "qawl.reader", "Record": "qawl.record", "read": "qawl.reader"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "qawl.model")), name)
    raise AttributeError(f"module 'qawl' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
