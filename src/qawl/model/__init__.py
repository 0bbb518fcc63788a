"""The nouns of Qawl: frozen, slotted, with no input or output. This room knows no other."""

from qawl.model.article import Article, Block, BlockKind, Dateline
from qawl.model.circumstances import (
    BASES,
    EVENTS,
    OCCASIONS,
    Basis,
    Dated,
    Event,
    EventKind,
    Occasion,
    OccasionKind,
    Participant,
)
from qawl.model.errors import DataError, InputError, NotArabicError, QawlError, RecordError, TooLargeError
from qawl.model.reading import Reading
from qawl.model.spans import Moment, Precision, Span
from qawl.model.stance import CONDITIONS, DEGREES, SIGNS, About, Condition, ConditionKind, Degree, Sign, Stance
from qawl.model.statement import ACTS, KINDS, MODES, Act, Kind, Mode, Source, Statement

__all__ = [
    "ACTS", "BASES", "CONDITIONS", "DEGREES", "EVENTS", "KINDS", "MODES", "OCCASIONS", "SIGNS", "About", "Act",
    "Article", "Basis", "Block", "BlockKind", "Condition", "ConditionKind", "DataError", "Dated", "Dateline",
    "Degree", "Event", "EventKind", "InputError", "Kind", "Mode", "Moment", "NotArabicError", "Occasion",
    "OccasionKind", "Participant", "Precision", "QawlError", "Reading", "RecordError", "Sign", "Source", "Span",
    "Stance", "Statement", "TooLargeError",
]  # fmt: skip
