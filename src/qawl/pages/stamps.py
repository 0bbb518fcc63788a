"""What the lines around an article say of it: section, agency, and the times of publication and change.

A time is read in the forms that pages write: ISO 8601, ``2023:11:06.09:16``, ``06/11/2023 - 09:16 ص``, an e-mail
date, or a day in words («6 نوفمبر 2023»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from qawl.arabic.dates import find_dates, parse_date
from qawl.arabic.fold import fold
from qawl.model import Moment, Precision
from qawl.pages.furniture import words
from qawl.pages.names import agency_named, key

__all__ = ["Facts", "facts_of", "moment_in_url", "section_in_title", "to_moment"]

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:T| +|,)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[:/.\-](\d{1,2})[:/.\-](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-]((?:19|20)\d\d)(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)(?:\s*(ص|م|صباحا|مساء|am|pm)(?!\w))?", re.IGNORECASE)
_IN_URL = re.compile(r"/(20\d{2})[/-]?(\d{1,2})[/-]?(\d{1,2})(?=[/_.-]|$)")
_CRUMBS = re.compile(r"\s*(?:>>|»|›|>|<<|«|‹|<|\\|/|\|)\s*")
_SOURCE = re.compile(r"[(/\[]?\s*(\w+(?: عن)?)\s*[:：]\s*([^:/()\[\]]{2,40}?)\s*[)/\]]?(?=\s|$)")
_MAY_SAY = re.compile(r"[\d:>»›|\\/]|^\s*\S+(?:\s\S+)?\s*$")
_BESIDE_TIME = re.compile(
    r"[\d:.,،|/()\s\-–T]|\b[صم]\b|\b(?:gmt|utc|am|pm)\b|الساعه|بتوقيت|مساء|صباحا|ا?ل?(?:سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONGEST = 160  # characters of a line that says such things


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line of furniture says; empty where it says nothing."""

    section: str = ""
    agency: str = ""
    published: Moment | None = None
    modified: Moment | None = None


def to_moment(value: str, reference: Moment | None = None) -> Moment | None:
    """The moment that a stamp names.

    Parameters
    ----------
    value : str
        As a page, a JSON record or a person writes it.
    reference : Moment or None
        For a day in words without a year.

    Returns
    -------
    Moment or None
        To the minute or finer only if `value` has a clock time; with a zone only if it has one. None if it
        names no day of the calendar.
    """
    value = fold(value[:80]).strip()
    if m := _ISO.match(value):
        return _moment(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
    ymd = _numbers(value)
    if ymd is None:
        return _mail(value) or _in_words(value, reference)
    clock = _CLOCK.search(value, ymd[3])
    return _moment(*ymd[:3], *_hours(clock)) if clock else _moment(*ymd[:3])


def _numbers(value: str) -> tuple[str, str, str, int] | None:
    if m := _YEAR_FIRST.search(value):
        return m[1], m[2], m[3], m.end()
    if m := _DAY_FIRST.search(value):
        day, month = (m[2], m[1]) if int(m[2]) > 12 else (m[1], m[2])
        return m[3], month, day, m.end()
    return None


def _hours(clock: re.Match[str]) -> tuple[str, str, str | None]:
    hour, half = int(clock[1]), (clock[4] or "").lower()
    if half in ("م", "مساء", "pm") and hour < 12:
        hour += 12
    elif half in ("ص", "صباحا", "am") and hour == 12:
        hour = 0
    return str(hour), clock[2], clock[3]


def _moment(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None, second: str | None = None,
    zone: str | None = None,
) -> Moment | None:  # fmt: skip
    try:
        iso = date(int(year), int(month), int(day)).isoformat()
        if hour is None:
            return Moment(iso, "day")
        at = datetime(int(year), int(month), int(day), int(hour), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    precision: Precision = "minute" if second is None else "second"
    return Moment(at.isoformat(timespec="minutes" if second is None else "seconds") + _zone(zone), precision)


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _mail(value: str) -> Moment | None:
    if not value.isascii():
        return None
    try:
        at = parsedate_to_datetime(value)
        return Moment(at.isoformat(timespec="seconds").replace("+00:00", "Z"), "second")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_words(value: str, reference: Moment | None) -> Moment | None:
    found = parse_date(value, reference)
    if found is None or found.precision != "day":
        return found
    clock = _CLOCK.search(value)
    year, month, day = found.iso.split("-")
    return (_moment(year, month, day, *_hours(clock)) if clock else None) or found


def moment_in_url(url: str) -> Moment | None:
    """The day that a URL's path holds (``/2024/03/05/``), or None."""
    m = _IN_URL.search(url)
    return _moment(m[1], m[2], m[3]) if m else None


def section_in_title(title: str) -> str:
    """The section that a wire puts before its headline («سياسي / الوزير يزور …»); ``""`` if none."""
    first, sign, _ = title[:30].partition(" / ")
    return first.strip() if sign and key(first) in words("section") else ""


def facts_of(line: str, title: str = "") -> Facts | None:
    """What a line of furniture beside an article says of it.

    Parameters
    ----------
    line : str
        One line of the page.
    title : str
        The headline, which breadcrumbs often end with.

    Returns
    -------
    Facts or None
        None if the line is not a breadcrumb, a source line or a time stamp.
    """
    line = line.strip()
    if len(line) > _LONGEST or not _MAY_SAY.search(line):
        return None
    return _breadcrumb(line, title) or _source_line(line) or _stamp_line(line)


def _breadcrumb(line: str, title: str) -> Facts | None:
    crumbs = [c for c in _CRUMBS.split(line) if c]
    if not crumbs or (key(crumbs[0]) not in words("home") and crumbs[0] not in words("home")):
        return None
    if len(crumbs) == 1:
        return Facts()
    inner = [c for c in crumbs[1:] if key(c) != key(title)]
    return Facts(section=inner[-1] if inner and len(inner[-1]) <= 40 else inner[0] if inner else "")


def _source_line(line: str) -> Facts | None:
    """«/مصدر: وكالة/ 2023:11:06.09:16», «المصدر: وكالات»."""
    m = _SOURCE.match(line)
    if m is None or key(m[1]) not in words("source"):
        return None
    rest = line[m.end() :].strip()
    agency = agency_named(m[2])
    if (rest and _time_in(rest) is None) or not (agency or rest or len(m[2].split()) <= 4):
        return None
    return Facts(agency=agency or m[2].strip(), published=_time_in(rest) if rest else None)


def _time_in(text: str) -> Moment | None:
    """The moment of a text that says nothing else."""
    folded = fold(text).strip()
    numbers = _numbers(folded)
    if numbers is None and not _DIGIT.search(folded):
        return None
    if numbers is not None:
        left = _YEAR_FIRST.sub("", _DAY_FIRST.sub("", folded))
    else:
        left = folded
        for mention in reversed(find_dates(folded, None)):
            left = left[: mention.span.start] + left[mention.span.end :]
    return to_moment(text) if len(_BESIDE_TIME.sub("", left)) <= 3 else None


@cache
def _longest_first(form: str) -> list[str]:
    return sorted(words(form), key=len, reverse=True)


def _stamp_line(line: str) -> Facts | None:
    """«نشر في: 05/03/2024 09:30», «آخر تحديث 5 مارس 2024», or the time alone."""
    if len(line) > 100 or not _DIGIT.search(line):
        return None
    plain = fold(line)
    for form in ("modified", "stamp"):
        opening = next((w for w in _longest_first(form) if plain.startswith(w)), "")
        if opening and (at := _time_in(plain[len(opening) :].lstrip(" :-–"))) is not None:
            return Facts(modified=at) if form == "modified" else Facts(published=at)
    at = _time_in(line)
    # «2023-2024» or «12:30» alone is no stamp: it needs a day.
    return Facts(published=at) if at is not None and at.precision in ("day", "minute", "second") else None
