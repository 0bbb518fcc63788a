"""Calendar arithmetic for dates read from text: Gregorian and Hijri days, periods, and what is nearest to a reference.

A `Moment` holds one truncated ISO 8601 date. A period that is no calendar day, month or year («الأسبوع الماضي») is
given as the smallest of these that holds it wholly (`of_period`), so that nothing is claimed that the text did not
say. A Hijri month or year never coincides with a Gregorian one: it is given as the Gregorian month or year of its
middle day, which holds most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qawl.model import Moment

__all__ = [
    "Calendar",
    "Period",
    "Reference",
    "choose",
    "count_units",
    "gregorian",
    "hijri",
    "hijri_year_of",
    "middle",
    "nearest_weekday",
    "of_day",
    "of_period",
    "of_time",
    "shift_months",
    "some_units_ago",
    "span_of_month",
    "span_of_year",
]  # fmt: skip

Calendar = Literal["gregorian", "hijri"]
Period = tuple[date, date]
"""First and last day."""

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::?(\d\d))?)?)?)?", re.ASCII)
_MID_YEAR = timedelta(days=177)
_MID_MONTH = timedelta(days=14)
# «قبل أيام», «قبل أشهر»: the least and the most, in days.
_VAGUE = {"day": (2, 10), "week": (11, 60), "month": (60, 335), "hour": (0, 1), "minute": (0, 1)}


@dataclass(frozen=True, slots=True)
class Reference:
    """The moment that relative expressions are counted from.

    Parameters
    ----------
    year : int
        1 to 9999.
    month : int or None
        None if only the year is known.
    day : date or None
        None if the day is unknown.
    clock : tuple of (int, int) or None
        Hour and minute, where known.
    """

    year: int
    month: int | None
    day: date | None
    clock: tuple[int, int] | None = None

    @classmethod
    def of(cls, moment: Moment | None) -> Reference | None:
        """`moment` as a reference; None if there is none or it is no valid ISO 8601 date."""
        m = _ISO.match(moment.iso) if moment is not None else None
        if m is None or m[1] == "0000":
            return None
        year, month = int(m[1]), int(m[2]) if m[2] else None
        if month is not None and not 1 <= month <= 12:
            return None
        if month is None or m[3] is None:
            return cls(year, month, None)
        try:
            day = date(year, month, int(m[3]))
        except ValueError:
            return None
        clock = (int(m[4]), int(m[5] or 0)) if m[4] else None
        return cls(year, month, day, clock if clock and clock < (24, 0) and clock[1] < 60 else None)

    @property
    def anchor(self) -> date | None:
        """A day to measure distances from: the day, the middle of the month, or None if only the year is known."""
        return self.day or (date(self.year, self.month, 15) if self.month else None)


def of_day(day: date) -> Moment:
    """`day` as a moment of day precision."""
    return Moment(day.isoformat(), "day")


def of_period(first: date, last: date) -> Moment | None:
    """The smallest calendar day, month or year that holds both days and all between; None if no year does."""
    if first == last:
        return of_day(first)
    if first.year != last.year:
        return None
    if first.month != last.month:
        return Moment(f"{first.year:04d}", "year")
    return Moment(f"{first.year:04d}-{first.month:02d}", "month")


def of_time(day: date, hour: int, minute: int | None, second: int | None = None, zone: str = "") -> Moment | None:
    """A moment of hour, minute or second precision; None if there is no such time of day."""
    if not (0 <= hour < 24 and 0 <= (minute or 0) < 60 and 0 <= (second or 0) < 60):
        return None
    if minute is None:
        return Moment(f"{day.isoformat()}T{hour:02d}{zone}", "hour")
    if second is None:
        return Moment(f"{day.isoformat()}T{hour:02d}:{minute:02d}{zone}", "minute")
    return Moment(f"{day.isoformat()}T{hour:02d}:{minute:02d}:{second:02d}{zone}", "second")


def span_of_year(year: int) -> Period | None:
    """The first and the last day of a Gregorian year."""
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else None


def span_of_month(year: int, month: int) -> Period | None:
    """The first and the last day of a Gregorian month."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    first = date(year, month, 1)
    last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
    return first, last


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month `by` months after (before, if negative) the given ones."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def gregorian(year: int, month: int | None, day: int | None) -> Period | None:
    """A Gregorian year, month or day as a period; None if there is none such."""
    if month is None:
        return span_of_year(year)
    if day is None:
        return span_of_month(year, month)
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return only, only


def hijri(year: int, month: int | None, day: int | None) -> Period | None:
    """A Hijri year, month or day (Umm al-Qura) as a period of Gregorian days.

    Returns
    -------
    tuple of (date, date) or None
        None if there is no such day or it is outside the years that ``hijridate`` covers (1343 to 1500).
    """
    from hijridate import Hijri  # only texts with Hijri dates pay for its tables

    try:
        first = Hijri(year, month or 1, day or 1)
        last = first if day else Hijri(year, month or 12, 1)
        if day is None:
            last = Hijri(year, month or 12, last.month_length())
        return _plain(first.to_gregorian()), _plain(last.to_gregorian())
    except (ValueError, OverflowError):
        return None


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def hijri_year_of(day: date) -> int | None:
    """The Hijri year that `day` falls in; None outside the years covered."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def middle(period: Period, month: int | None, calendar: Calendar) -> Moment | None:
    """`period` as a moment: exact for a day and for Gregorian periods, by its middle day for Hijri ones."""
    first, last = period
    if first == last or calendar == "gregorian":
        return of_period(first, last)
    if month is None:
        return Moment(f"{(first + _MID_YEAR).year:04d}", "year")
    mid = first + _MID_MONTH
    return Moment(f"{mid.year:04d}-{mid.month:02d}", "month")


def choose(candidates: Iterable[Period], anchor: date, direction: int | None) -> Period | None:
    """The period that a date without a year means, seen from `anchor`.

    Parameters
    ----------
    candidates : iterable of (date, date)
        The same day or month of several years.
    anchor : date
        The day of the reference.
    direction : int or None
        -1 for «الماضي»: the last one that is over; 1 for «المقبل»: the first one still to come; 0 for «الجاري» and
        None for a bare date: the nearest, where news rather looks back, so a future one is taken only if the past
        one is more than twice as far («12 نوفمبر» read on 4 November is eight days ahead, «1 مايو» is past).
    """
    periods = list(candidates)
    if direction == -1:
        return max((p for p in periods if p[1] < anchor), default=None)
    if direction == 1:
        return min((p for p in periods if p[0] > anchor), default=None)
    weight = 2 if direction is None else 1

    def distance(p: Period) -> int:
        return max((anchor - p[1]).days, 0) + weight * max((p[0] - anchor).days, 0)

    return min(periods, key=distance, default=None)


def nearest_weekday(day: date, weekday: int) -> date:
    """The day with `weekday` (0 is Monday) nearest to `day`, from five days before to one after.

    A reference is the time of publication, which can be days after the writing, but hardly before it; the day
    after is for stamps in a zone to the west.

    Raises
    ------
    OverflowError
        At the ends of the calendar.
    """
    return day + timedelta(days=(weekday - day.weekday() + 5) % 7 - 5)


def count_units(by: int, unit: str, reference: Reference, about: bool) -> Moment | None:
    """`by` units from the reference, no more precise than the unit is.

    Parameters
    ----------
    by : int
        Negative for the past.
    unit : str
        ``year``, ``month``, ``week``, ``day``, ``hour`` or ``minute``.
    reference : Reference
        What it counts from.
    about : bool
        Whether the text says «نحو»: a day is then uncertain by one.

    Returns
    -------
    Moment or None
        None if the reference is less precise than the unit, or no year holds what is meant.

    Raises
    ------
    OverflowError, ValueError
        Past the ends of the calendar.
    """
    if unit == "year":
        period = span_of_year(reference.year + by)
        return of_period(*period) if period else None
    if unit == "month":
        return _month_from(reference, by)
    day = reference.day
    if day is None:
        return None
    if unit == "day":
        slack = 1 if about else 0
    elif unit == "week":
        # «منذ أسبوعين» is seldom fourteen days to the day.
        by, slack = by * 7, 3
    else:
        return _hours(by, unit, reference, day)
    target = day + timedelta(days=by)
    return of_period(target - timedelta(days=slack), target + timedelta(days=slack))


def _hours(by: int, unit: str, reference: Reference, day: date) -> Moment | None:
    """«قبل ساعتين»: an hour if the reference has one, else the days that it can have been."""
    minutes = by * (60 if unit == "hour" else 1)
    if reference.clock is None:
        other = day + timedelta(days=(minutes - 1) // 1440 if minutes < 0 else minutes // 1440 + 1)
        return of_period(min(day, other), max(day, other))
    then = reference.clock[0] * 60 + reference.clock[1] + minutes
    target = day + timedelta(days=then // 1440)
    return of_time(target, then % 1440 // 60, then % 60 if unit == "minute" else None)


def some_units_ago(unit: str, reference: Reference) -> Moment | None:
    """«قبل عدة أيام»: the month (or year) that holds all the days it can mean; None if none does."""
    if unit not in _VAGUE or reference.day is None:
        return None
    least, most = _VAGUE[unit]
    return of_period(reference.day - timedelta(days=most), reference.day - timedelta(days=least))


def _month_from(reference: Reference, by: int) -> Moment | None:
    if reference.month is None:
        return None
    period = span_of_month(*shift_months(reference.year, reference.month, by))
    return of_period(*period) if period else None
