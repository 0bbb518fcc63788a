"""The nouns of Qawl: frozen, slotted, with no input or output. This room knows no other."""

from qawl.model.article import Article, Block, BlockKind, Dateline
from qawl.model.errors import DataError, InputError, NotArabicError, QawlError, TooLargeError
from qawl.model.reading import Reading
from qawl.model.spans import Moment, Precision, Span
from qawl.model.statement import ACTS, KINDS, MODES, Act, Kind, Mode, Sign, Source, Stance, Statement

__all__ = [
    "ACTS", "KINDS", "MODES", "Act", "Article", "Block", "BlockKind", "DataError", "Dateline", "InputError",
    "Kind", "Mode", "Moment", "NotArabicError", "Precision", "QawlError", "Reading", "Sign", "Source", "Span",
    "Stance", "Statement", "TooLargeError",
]  # fmt: skip
