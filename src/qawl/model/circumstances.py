"""When, where and on what occasion something was said; events and who took part in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qawl.model.spans import Moment, Span

__all__ = [
    "BASES", "EVENTS", "OCCASIONS", "Basis", "Dated", "Event", "EventKind", "Occasion", "OccasionKind", "Participant",
]  # fmt: skip

Basis = Literal["statement", "dateline", "publication"]
OccasionKind = Literal[
    "press_conference", "interview", "statement", "call", "speech", "post", "meeting", "report", "letter", "session",
]  # fmt: skip
EventKind = Literal["meeting", "conference", "call", "visit", "session"]

BASES: tuple[Basis, ...] = ("statement", "dateline", "publication")
OCCASIONS: tuple[OccasionKind, ...] = (
    "press_conference", "interview", "statement", "call", "speech", "post", "meeting", "report", "letter", "session",
)  # fmt: skip
EVENTS: tuple[EventKind, ...] = ("meeting", "conference", "call", "visit", "session")


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment, and what told it.

    Parameters
    ----------
    moment : Moment
        When.
    basis : Basis
        ``statement``: words in its own sentence; ``dateline``: the dateline's day; ``publication``: the day on which
        the article was published.
    span : Span or None
        The words that it came from; None where they are not in the text.
    """

    moment: Moment
    basis: Basis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """On what occasion, through what channel and where something was said.

    Parameters
    ----------
    kind : OccasionKind
        What it was.
    span : Span
        The words that say so («خلال ⟨مؤتمر صحفي⟩»).
    channel : str
        The medium it was said to («مقابلة مع ⟨قناة الأفق⟩») or the platform it was posted on, as written; ``""`` if
        the text names none.
    place : str
        As written («في ⟨القاهرة⟩»); ``""`` if the text names none.
    """

    kind: OccasionKind
    span: Span
    channel: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part in an event.

    Parameters
    ----------
    name : str
        As the article names him; ``""`` if it gives his office only.
    role : str
        His office, made whole where a list shares its head: «وزير خارجية قطر» of «وزراء خارجية قطر ومصر».
    span : Span
        The words that name him.
    who : str
        Key of his source in the article, if he is one; else ``""``.
    identity, known_as, qid : str
        As for `qawl.model.Source`.
    """

    name: str
    role: str
    span: Span
    who: str = ""
    identity: str = ""
    known_as: str = ""
    qid: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the article tells of, with those who took part in it.

    Parameters
    ----------
    kind : EventKind
        What it was.
    name : str
        As written («اجتماع عمان»).
    span : Span
        Where it is named.
    place : str
        As written; ``""`` if the text does not tell.
    date : Dated or None
        When, if the text tells.
    participants : tuple of Participant
        In the order of the text.
    """

    kind: EventKind
    name: str
    span: Span
    place: str = ""
    date: Dated | None = None
    participants: tuple[Participant, ...] = ()
