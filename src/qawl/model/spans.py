"""Stretches of an article's text, and moments in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Moment", "Precision", "Span"]

Precision = Literal["year", "month", "day", "hour", "minute", "second"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch ``[start, end)`` of a text, in Unicode code points.

    Parameters
    ----------
    start, end : int
        Offsets with ``0 <= start <= end``.

    Raises
    ------
    ValueError
        If the offsets are negative or reversed.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of this span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or period in time, as precise as the text made it.

    Parameters
    ----------
    iso : str
        ISO 8601, cut to its precision: ``2023``, ``2023-11``, ``2023-11-04``, ``2023-11-06T09:16``,
        with a zone (``+03:00`` or ``Z``) only if the source gave one.
    precision : Precision
        The smallest unit that is known.
    """

    iso: str
    precision: Precision

    @property
    def day(self) -> str | None:
        """``YYYY-MM-DD``, or None if less is known."""
        return self.iso[:10] if len(self.iso) >= 10 else None
