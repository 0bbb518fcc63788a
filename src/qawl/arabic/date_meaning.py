"""What a date or time that was found among the tokens of a text means.

Each kind of mention that the grammar in `qawl.arabic.dates` finds has its function here; `meanings` picks it by the
name of the group that matched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from qawl.arabic.calendar import (
    Calendar,
    Period,
    Reference,
    choose,
    count_units,
    gregorian,
    hijri,
    hijri_year_of,
    middle,
    nearest_weekday,
    of_day,
    of_period,
    of_time,
    shift_months,
    some_units_ago,
    span_of_year,
)  # fmt: skip
from qawl.arabic.date_tokens import DateTokens, Entry
from qawl.model import Moment

__all__ = ["Found", "meanings"]

_NUMERIC = re.compile(r"(\d+)[ ]?[/.:-][ ]?(\d+)[ ]?[/.:-][ ]?(\d+)(?:\D+?(\d+):(\d\d)(?::(\d\d)(?:\.\d+)?)?(.*))?")
# A year with no mark of its calendar is Hijri up to here: «عام 1436» is, «عام 1492» is not.
_LAST_BARE_HIJRI = 1450
# «عاد بعد ثلاثين عاما» looks back; up to this many years «بعد» may look ahead.
_LONGEST_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A mention among the tokens: ``[first, last)``, its meaning, and whether that came from the reference."""

    first: int
    last: int
    moment: Moment | None
    relative: bool
    hijri: bool = False


Match = re.Match[str]


def meanings(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """The mentions in one match of the grammar: usually one, two for «3 و4 نوفمبر», none if it is no date after all.

    Parameters
    ----------
    tokens : DateTokens
        The text.
    m : re.Match
        A match over ``tokens.tags``; ``lastgroup`` names its kind.
    reference : Reference or None
        What relative mentions count from.
    """
    try:
        return _KINDS[m.lastgroup or ""](tokens, m, reference)
    except (OverflowError, ValueError):
        # The ends of the calendar: «قبل 5000 سنة».
        return [Found(m.start(), m.end(), None, True)]


def _one(m: Match, moment: Moment | None, relative: bool = True) -> list[Found]:
    return [Found(m.start(), m.end(), moment, relative)]


def _entry(tokens: DateTokens, m: Match, group: str) -> Entry | None:
    """The entry of the first token of a group; None if the group did not match."""
    i = m.start(group)
    return tokens.entry[i] if i >= 0 else None


def _number(tokens: DateTokens, m: Match, group: str) -> int | None:
    """The number that a group of tokens spells: «السابع», «الحادي والعشرين», «خمسة عشر», «ال12»."""
    start, end = m.span(group)
    if start < 0:
        return None
    values = [e.value for e in tokens.entry[start:end] if e is not None and e.tag not in "Iw"]
    return None if any(v < 0 for v in values) else sum(values)


def _direction(tokens: DateTokens, m: Match, group: str, before: str) -> int | None:
    """-2 to 2 for «قبل الماضي» to «بعد المقبل»; None if the group did not match."""
    entry = _entry(tokens, m, group)
    if entry is None:
        return None
    return entry.value * 2 if m.start(before) >= 0 else entry.value


def _weekday(tokens: DateTokens, m: Match) -> int | None:
    i = tokens.tags.find("W", m.start(), m.end())
    entry = tokens.entry[i] if i >= 0 else None
    return None if entry is None else entry.value


# -- days and months with a name


def _date(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    day = _number(tokens, m, "day")
    last = _named(tokens, m, reference, day)
    first = _number(tokens, m, "first")
    if first is None:
        return [last]
    # «3 و4 نوفمبر», «يومي 3-7 نوفمبر»: the first day borrows the month of the second.
    other = replace(_named(tokens, m, reference, first), first=m.start(), last=m.end("first"))
    return [other, replace(last, first=m.start("day"))]


def _named(tokens: DateTokens, m: Match, reference: Reference | None, day: int | None) -> Found:
    """The day (or, without one, the month) that a match of the ``date`` kind names."""
    month = tokens.entry[m.start("month")]
    assert month is not None  # the tag came from it
    calendar: Calendar = "hijri" if month.tag == "H" else "gregorian"
    year = _entry(tokens, m, "year")
    found = Found(m.start(), m.end(), None, False, calendar == "hijri")
    if year is not None:
        period = _in_year(calendar, year.value, m["era"], month.value, day)
    elif m.start("same") >= 0:
        return found  # «من العام نفسه»: a year that the text named elsewhere
    else:
        found = replace(found, relative=True)
        if reference is None or reference.anchor is None:
            return found
        period = _without_year(tokens, m, reference, calendar, month.value, day)
    return replace(found, moment=middle(period, month.value, calendar)) if period else found


def _in_year(calendar: Calendar, year: int, era: str | None, month: int, day: int | None) -> Period | None:
    if calendar == "gregorian":
        return gregorian(year, month, day) if era != "B" else None
    if year <= 1500 or era == "B":
        return hijri(year, month, day)
    # «رمضان 2015»: the Ramadan of which most fell in 2015.
    near = round((year - 622) * 33 / 32)
    for hijri_year in range(near - 1, near + 3):
        period = hijri(hijri_year, month, day)
        if period and (period[0] + timedelta(days=0 if day else 14)).year == year:
            return period
    return None


def _without_year(
    tokens: DateTokens, m: Match, reference: Reference, calendar: Calendar, month: int, day: int | None
) -> Period | None:
    """The day or month that is meant when the reference must tell the year."""
    anchor = reference.anchor
    year = reference.year if calendar == "gregorian" or anchor is None else hijri_year_of(anchor)
    if anchor is None or year is None:
        return None
    make = gregorian if calendar == "gregorian" else hijri
    if m.start("this") >= 0:
        return make(year, month, day)
    by_year = _direction(tokens, m, "ydir", "ymod")
    if by_year is not None:
        return make(year + by_year, month, day)
    direction = _direction(tokens, m, "mdir", "mmod")
    # 29 February comes round every fourth year, or eighth.
    reach = 8 if (month, day) == (2, 29) else 2
    periods = [p for y in range(year - reach, year + reach + 1) if (p := make(y, month, day))]
    weekday = _weekday(tokens, m)
    if weekday is not None and direction is None:
        # «السبت 14 أكتوبر»: the weekday may tell the year.
        near = [p for p in periods if abs((p[0] - anchor).days) < 400 and p[0].weekday() == weekday]
        periods = near or periods
    return choose(periods, anchor, None if direction is None else max(-1, min(1, direction)))


# -- days in figures


def _numeric(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    entry = next(e for e in tokens.entry[m.start() : m.end()] if e is not None and e.tag in "Df")
    if entry.tag == "f":
        return _day_and_month(m, entry.text, reference)
    parts = _NUMERIC.fullmatch(entry.text)
    if parts is None:
        return []
    year, month, day = int(parts[1]), int(parts[2]), int(parts[3])
    if len(parts[1]) < 4:
        year, day = day, year
        if month > 12 >= day:
            month, day = day, month  # «11/23/2023», the American order
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1300 <= year <= 2199):
        return []
    is_hijri = year <= 1500 and tokens.tags[m.end() - 1] not in "mG"
    period = (hijri if is_hijri else gregorian)(year, month, day)
    moment = of_day(period[0]) if period else None
    if period and parts[4]:
        second = int(parts[6]) if parts[6] else None
        # A stamp whose time is impossible still has its day.
        moment = of_time(period[0], int(parts[4]), int(parts[5]), second, _zone(parts[7] or "")) or moment
    return [Found(m.start(), m.end(), moment, False, is_hijri)]


def _zone(written: str) -> str:
    """``Z`` or ``+HH:MM`` from ``Z``, ``+03``, ``+0300``, ``+03:00``."""
    digits = re.sub(r"\D", "", written)
    return f"{written.strip()[0]}{digits[:2]}:{digits[2:] or '00'}" if digits else written.strip()


def _day_and_month(m: Match, text: str, reference: Reference | None) -> list[Found]:
    """«السبت 4/11»: a day and a month after a weekday."""
    day, month = (int(x) for x in text.split("/"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    if reference is None or reference.anchor is None:
        return _one(m, None)
    years = range(reference.year - 1, reference.year + 2)
    period = choose([p for y in years if (p := gregorian(y, month, day))], reference.anchor, None)
    return _one(m, of_day(period[0]) if period else None)


# -- days named from the reference


def _of_month(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«العاشر من الشهر الجاري», «30 الجاري»."""
    if tokens.tags[m.end() - 1] == "X":
        return _one(m, None, relative=False)  # «من الشهر نفسه»
    day = _number(tokens, m, "mday") or _number(tokens, m, "figure")
    by = _direction(tokens, m, "sdir", "smod") or 0
    only = _entry(tokens, m, "only")
    if reference is None or reference.month is None:
        return _one(m, None)
    year, month = shift_months(reference.year, reference.month, only.value if only else by)
    period = gregorian(year, month, day)
    return _one(m, of_day(period[0]) if period else None)


def _on_weekday(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«السبت»: the last one up to the reference; «الماضي» strictly before it, «المقبل» strictly after."""
    weekday = _weekday(tokens, m)
    day = reference.day if reference else None
    if day is None or weekday is None:
        return _one(m, None)
    named = next((e for e in tokens.entry[m.start() : m.end()] if e is not None and e.tag in "Vg"), None)
    if named is not None:
        # «اليوم (السبت)» in a text stamped on Sunday was written on Saturday: the weekday knows better.
        return _one(m, of_day(nearest_weekday(day + timedelta(days=named.value), weekday)))
    back = (day.weekday() - weekday) % 7
    direction = _direction(tokens, m, "wdir", "wmod")
    if direction is None:
        direction = _direction(tokens, m, "both", "wmod")  # «الأحد والاثنين المقبلين»
    if direction is None or direction == 0:
        return _one(m, of_day(day - timedelta(days=back)))
    if direction < 0:
        return _one(m, of_day(day - timedelta(days=(back or 7) - 7 * (direction + 1))))
    return _one(m, of_day(day + timedelta(days=7 - back + 7 * (direction - 1))))


def _relative_day(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«اليوم», «مساء أمس», «أول من أمس», «بعد غد»; «الليلة الماضية» is the evening of the day before."""
    entry = tokens.entry[m.end() - 1]
    if reference is None or reference.day is None or entry is None:
        return _one(m, None)
    return _one(m, of_day(reference.day + timedelta(days=entry.value)))


# -- lengths of time and periods counted from the reference


def _ago(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«قبل ثلاثة أيام», «منذ أسبوعين», «بعد شهرين», «قبل أيام»."""
    unit = (
        _entry(tokens, m, "counted")
        or _entry(tokens, m, "dual")
        or _entry(tokens, m, "some")
        or _entry(tokens, m, "one")
    )
    sign = _entry(tokens, m, "ago")
    assert unit is not None  # one of them always matches
    assert sign is not None
    vague = m.start("some") >= 0 or (m.start("one") >= 0 and unit.tag == "U" and unit.value == 1)
    if sign.value > 0 and (vague or m["about"] == "o" or unit.text in ("hour", "minute")):
        return []  # «بعد أيام», «بعد ساعتين» tell a story: some days after what was told before
    about = m["about"]
    if reference is None or about == "o":
        return _one(m, None)  # «منذ أكثر من عام» gives only one end
    if vague:
        return _one(m, some_units_ago(unit.text, reference))
    count = 2 if m.start("dual") >= 0 else 1
    if m.start("num") >= 0:
        number = _number(tokens, m, "num")
        if number is None:
            return _one(m, None)
        count = number
    if sign.value > 0 and unit.text == "year" and count > _LONGEST_AHEAD:
        return []
    return _one(m, count_units(sign.value * count, unit.text, reference, about is not None))


def _unit(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«هذا العام», «الشهر الماضي», «الأسبوع المقبل», «العام الماضي 2022»."""
    year = _entry(tokens, m, "uyear")
    if year is not None:
        return _one(m, _year_moment(year.value, m["uera"]), relative=False)
    by = _direction(tokens, m, "udir", "umod") or 0
    unit = next(e.text for e in tokens.entry[m.start() : m.end()] if e is not None and e.tag in "ASE")
    if reference is None:
        return _one(m, None)
    if unit != "week":
        return _one(m, count_units(by, unit, reference, about=False))
    if reference.day is None:
        return _one(m, None)
    # The week begins on Saturday, Sunday or Monday, by country: take in whatever it can be.
    middle_day = reference.day + timedelta(days=7 * by)
    return _one(m, of_period(middle_day - timedelta(days=6), middle_day + timedelta(days=6)))


# -- years


def _year_moment(year: int, era: str | None) -> Moment | None:
    is_hijri = era == "B" or (not era and 1343 <= year <= _LAST_BARE_HIJRI)
    period = hijri(year, None, None) if is_hijri else span_of_year(year)
    return middle(period, None, "hijri" if is_hijri else "gregorian") if period else None


def _years(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«عام 2015», «عامي 2014 و2015», «عام 1436هـ»."""
    first, second = _entry(tokens, m, "y1"), _entry(tokens, m, "y2")
    assert first is not None
    if second is None:
        return _one(m, _year_moment(first.value, m["e1"]), relative=False)
    # «1436-1437هـ»: the mark at the end holds for both.
    era = m["e1"] or m["e2"]
    return [
        Found(m.start(), m.end("e1"), _year_moment(first.value, era), False),
        Found(m.start("y2"), m.end(), _year_moment(second.value, m["e2"] or era), False),
    ]


def _bare_year(tokens: DateTokens, m: Match, reference: Reference | None) -> list[Found]:
    """«في 2015», «منذ 1998», «2010م»: without «عام» only what can hardly be a count."""
    year = tokens.entry[m.start()]
    assert year is not None
    era = m["e3"] or m["e4"]
    if not era and not (1900 <= year.value <= 2050 and year.value != 2000):
        return []
    # «2010م» is a year, «2010 م» may be metres.
    if era == "m" and (not 1900 <= year.value <= 2050 or tokens.end[m.start()] != tokens.start[m.end() - 1]):
        return []
    return _one(m, _year_moment(year.value, era), relative=False)


_KINDS: dict[str, Callable[[DateTokens, Match, Reference | None], list[Found]]] = {
    "date": _date, "numeric": _numeric, "ofmonth": _of_month, "weekday": _on_weekday, "relday": _relative_day,
    "agoes": _ago, "unit": _unit, "years": _years, "bare": _bare_year,
}  # fmt: skip
