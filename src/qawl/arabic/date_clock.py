"""Times of day among the tokens of a text: «الساعة 14:30 بتوقيت غرينتش», «الخامسة والنصف مساء»."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from qawl.arabic.calendar import Reference, of_day, of_time
from qawl.arabic.date_meaning import Found
from qawl.arabic.date_tokens import DateTokens, Entry
from qawl.model import Moment

__all__ = ["Clock", "clocks", "join_clocks"]

_TIME = re.compile(
    # «الساعة 14:30», «الساعة 1430 بتوقيت غرينتش», «الساعة 5», «الساعة 9.30», «الساعة الخامسة والنصف»
    r"(?:KI?(?:(?P<clock>C)|(?P<four>[yh0])|(?P<hour>d)|(?P<dotted>n)|(?P<word>N)e?)(?P<fraction>b)?"
    # «14:30» says nothing alone; «9 صباحا» does
    r"|(?P<plain>C)|(?P<short>d)(?=r))"
    r"(?P<half>i?[qrm])?(?:\(?(?P<zone>Z)\)?)?"
)
# What may stand between a day and its time («السبت، عند الساعة …») and between a time and its day.
_DAY_TIME = re.compile(r"[,(-]?F{0,2}\(?")
_TIME_DAY = re.compile(r"\)?[,-]?[iF]?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day among the tokens ``[first, last)``.

    `hour` is None where it may be before or after noon («الساعة الخامسة»). `sure` tells a time of day from a bare
    «2:30», which may be a score.
    """

    first: int
    last: int
    hour: int | None
    minute: int | None
    second: int | None
    zone: str
    sure: bool

    def on(self, day: date) -> Moment:
        """This time on `day`; the day alone if the hour is ambiguous or there is no such time."""
        if self.hour is None:
            return of_day(day)
        return of_time(day, self.hour, self.minute, self.second, self.zone) or of_day(day)


def clocks(tokens: DateTokens) -> list[Clock]:
    """The times of day in the text, in its order."""
    if not re.search("[KCr]", tokens.tags):
        return []
    return [clock for m in _TIME.finditer(tokens.tags) if (clock := _clock(tokens, m)) is not None]


def _entry(tokens: DateTokens, m: re.Match[str], group: str) -> Entry | None:
    """The entry of the last token of a group; None if the group did not match."""
    return tokens.entry[m.end(group) - 1] if m.start(group) >= 0 else None


def _clock(tokens: DateTokens, m: re.Match[str]) -> Clock | None:
    zone, half, fraction = (_entry(tokens, m, group) for group in ("zone", "half", "fraction"))
    kind = next(g for g in ("clock", "four", "hour", "dotted", "word", "plain", "short") if m.start(g) >= 0)
    figure = _entry(tokens, m, kind)
    assert figure is not None  # one of the groups always matches
    if kind == "four" and zone is None:
        return None  # «الساعة 1430» alone is too rare to tell from a count
    hour, minute, second = _figures(kind, figure, teen=m[0].find("e") > 0)
    if fraction is not None:
        minute = fraction.value
    if minute is not None and minute < 0:
        hour, minute = hour - 1, minute + 60
    if not (0 <= hour <= 24 and (minute or 0) < 60 and (second or 0) < 60):
        return None
    full_day = figure.text.startswith("0") or hour > 12 or zone is not None
    return Clock(
        m.start(), m.end(), _hour(hour, half.text if half is not None else "", full_day), minute, second,
        zone.text if zone is not None and zone.text != "local" else "",
        sure=kind != "plain" or half is not None or zone is not None,
    )  # fmt: skip


def _figures(kind: str, figure: Entry, teen: bool) -> tuple[int, int | None, int | None]:
    """Hour, minute and second as written; an hour of 99 where the number is none of the day."""
    if kind == "word":
        return figure.value + (10 if teen else 0), None, None
    if kind == "four":
        return int(figure.text[:2]), int(figure.text[2:]), None
    if kind in ("hour", "short"):
        return figure.value, None, None
    numbers = [int(x) for x in re.findall(r"\d{1,2}", figure.text)]
    if not re.fullmatch(r"\d{1,2}[:.,]\d\d(?::\d\d(?:\.\d+)?)?", figure.text):
        return 99, None, None
    return numbers[0], numbers[1], numbers[2] if figure.text.count(":") == 2 else None


def _hour(hour: int, half: str, full_day: bool) -> int | None:
    """The hour from 0 to 23, given «صباحا» and the like; None if it may be before or after noon.

    «ليلا» holds both ends of the night: eight at night is 20, two at night is 2. Twelve at night is left open,
    since it ends one day and begins the next.
    """
    if hour > 12 or hour == 0:
        return hour if hour < 24 else None
    if half == "am":
        return hour % 12
    if half == "pm":
        return hour % 12 + 12
    if half == "noon":
        return hour if hour >= 10 else hour + 12
    if half == "night":
        return None if hour == 12 else hour + 12 if hour >= 6 else hour
    return hour if full_day else None


def join_clocks(tokens: DateTokens, days: list[Found], times: list[Clock], reference: Reference | None) -> list[Found]:
    """Days and times of day made one mention where they stand together; a time alone is on the reference's day.

    Parameters
    ----------
    tokens : DateTokens
        The text.
    days : list of Found
        Its dates, in order.
    times : list of Clock
        Its times of day, in order.
    reference : Reference or None
        What relative mentions count from.
    """
    if not times:
        return days
    found = list(days)
    alone: list[Found] = []
    starts = [d.first for d in days]
    for time in times:
        # The day before the time, and those that begin in it or right after it.
        at = bisect_left(starts, time.first)
        near = range(max(0, at - 1), min(len(days), at + 3))
        k = _beside(tokens, days, near, time)
        if k is not None and found[k] is days[k]:
            found[k] = _joined(days[k], time)
        elif time.sure and not any(found[n].first < time.last and time.first < found[n].last for n in near):
            day = reference.day if reference else None
            alone.append(Found(time.first, time.last, time.on(day) if day else None, True))
    return sorted(found + alone, key=lambda d: d.first)


def _beside(tokens: DateTokens, days: list[Found], near: range, time: Clock) -> int | None:
    """The index, among those in `near`, of the day that `time` belongs to."""
    for k in near:
        day = days[k]
        if day.moment is not None and day.moment.precision != "day":
            continue
        if day.last <= time.first and _DAY_TIME.fullmatch(tokens.tags, day.last, time.first):
            return k
        # «الخامسة من مساء السبت»: the part of the day belongs to both.
        shared = day.first == time.last - 1 and tokens.tags[day.first] == "q"
        if shared or (time.last <= day.first and _TIME_DAY.fullmatch(tokens.tags, time.last, day.first)):
            return k
    return None


def _joined(day: Found, time: Clock) -> Found:
    first, last = min(day.first, time.first), max(day.last, time.last)
    if day.moment is None:
        return Found(first, last, None, day.relative, day.hijri)
    return Found(first, last, time.on(date.fromisoformat(day.moment.iso)), day.relative, day.hijri)
