"""Dates and times of day in Arabic text, absolute and relative.

The text is folded and cut into tokens of one tag each (`qawl.arabic.date_tokens`); the grammars below are regular
expressions over the string of tags. What a mention means is worked out by `qawl.arabic.date_meaning`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from qawl.arabic.calendar import Reference, gregorian, of_period, of_time
from qawl.arabic.date_clock import clocks, join_clocks
from qawl.arabic.date_meaning import Found, meanings
from qawl.arabic.date_tokens import DateTokens
from qawl.arabic.fold import Folded
from qawl.model import Moment, Span

__all__ = ["DateMention", "find_dates", "parse_date"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or time that a text names.

    Parameters
    ----------
    span : Span
        Where, in the text as given. Joined prepositions and conjunctions («ليوم», «وأمس») are left out, save that
        «للشهر» keeps its second ل; words that belong to the date («عام», «يوم», «قبل», «الساعة») are in.
    moment : Moment or None
        What it means; None for a relative one without a usable reference, for one that no single day, month or
        year holds («قبل سنوات»), for days that do not exist, and for Hijri dates outside 1343 to 1500.
    relative : bool
        Whether the meaning depends on the reference.
    """

    span: Span
    moment: Moment | None
    relative: bool


# The grammar. One letter is one token (see `date_tokens.TAGS`), the kinds are in the order in which they are tried.
_FIGURE = r"I?d"
_ORDINAL = r"O(?:e|w?T)|[OT]"
_DAY = rf"(?:{_FIGURE}|O(?:e|w?T)|[OT](?=[i/-])|l(?=[MH]))"
_ERA = r"[BGm]?"
_YEAR = rf"(?:[,/-]?i?[aA]?(?P<year>[yh])(?P<era>{_ERA}))"
# «من العام الماضي», «من هذا العام», «من العام نفسه»
_OF_YEAR = r"(?:i?(?:A(?:(?P<ymod>[jJ])?(?P<ydir>[Pp])|(?P<same>X))|(?P<this>RA)))"
_TAIL = rf"(?:(?P<mmod>[jJ])?(?P<mdir>[Pp]))?(?:{_YEAR}|{_OF_YEAR})?"
# «مساء يوم السبت», «اليوم السبت», «أمس (الخميس)»
_WEEKDAY = r"(?:qi?)?u?(?:[Vg],?(?:\(W\)|W)|W)"
_LEAD = rf"(?:{_WEEKDAY}[,-]?Q?F?u?|(?:qi?)?u?(?:V,?)?)"
_GRAMMAR = re.compile(
    r"(?=[quVgWIdOTlsMHDfjJkASERayh])(?:"  # what a date can begin with: most tokens are done here
    rf"(?P<date>(?:{_LEAD}(?:(?P<first>{_FIGURE})[w-])?(?P<day>{_DAY})[i/-]?)?s?(?P<month>[MH]){_TAIL})"
    rf"|(?P<numeric>{_LEAD}(?:D|(?<=[WuQ])f){_ERA})"
    rf"|(?P<ofmonth>u?(?:(?P<mday>{_FIGURE}|{_ORDINAL})i(?:RS|S(?:(?P<smod>[jJ])?(?P<sdir>[Pp])|X))"
    rf"|(?P<figure>{_FIGURE})(?P<only>P)))"
    rf"|(?P<weekday>{_WEEKDAY}(?:(?P<wmod>[jJ])?(?P<wdir>[Pp2])|(?=wW(?P<both>2)))?)"
    r"|(?P<relday>(?:qi?)?u?V|[qu]+g)"
    r"|(?P<agoes>(?<![Uusa])(?P<ago>[jJk])(?P<about>[zo])?(?:(?P<num>c[et]?|[etdny0h])(?P<counted>[Uusa])|(?P<dual>L)|v(?P<some>U)"
    r"|(?P<one>[Uusa])(?![dnyh0MHWVDfOTSA]))(?!1*[iY]))"
    r"|(?P<unit>[ASE](?P<umod>[jJ])?(?P<udir>[Pp])(?:(?P<uyear>[yh])(?P<uera>[BGm])?)?|R[ASE])"
    rf"|(?P<years>[aA](?P<y1>[yh])(?P<e1>{_ERA})(?:[w/-](?P<y2>[yh])(?P<e2>{_ERA}))?)"
    r"|(?P<bare>(?<=[FkjJ])[y](?P<e3>[Gm]?)|[yh](?P<e4>[BGm])))"
)
# What a page stamp may hold beside the date itself; a longer string is no stamp.
_LEFT_OVER = re.compile(r'[,()."/:QFwmGB-]*')
_LONGEST_STAMP = 200
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?")
_RFC2822 = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")


def find_dates(text: str | Folded, reference: Moment | None = None) -> list[DateMention]:
    """The dates and times that `text` names.

    Parameters
    ----------
    text : str or Folded
        Any text; already folded, if the caller has it so (folding takes longer than finding).
    reference : Moment or None
        The moment that «اليوم» means, as `qawl.model.Article.reference` gives it. One that is not valid ISO 8601
        counts as none.

    Returns
    -------
    list of DateMention
        In the order of the text, not overlapping; a date with its weekday and its time of day is one mention.
        A date in both calendars («… الموافق …») is two.
    """
    folded = text if isinstance(text, Folded) else Folded(text)
    tokens = DateTokens(folded)
    return [
        DateMention(_span(folded, tokens.start[f.first], tokens.end[f.last - 1]), f.moment, f.relative)
        for f in _find(tokens, Reference.of(reference))
    ]


def _span(folded: Folded, start: int, end: int) -> Span:
    """The span in the source, with a tatweel that ends it («1445هـ»)."""
    span = folded.span(start, end)
    last = span.end
    while folded.source[last : last + 1] == "ـ":
        last += 1
    return Span(span.start, last)


def parse_date(text: str, reference: Moment | None = None) -> Moment | None:
    """The date or time that the whole of `text` is, as in the stamp of a page.

    Parameters
    ----------
    text : str
        «2024:02:13.08:45», «السبت، 4 نوفمبر 2023 - 09:15 ص», ``2024-02-13T08:45:00+03:00``, an RFC 2822 date …;
        a Hijri and a Gregorian form of one day may stand side by side.
    reference : Moment or None
        As for `find_dates`.

    Returns
    -------
    Moment or None
        The most precise reading; None if `text` holds other words, names several days, or cannot be resolved.
    """
    text = text.strip()
    if len(text) > _LONGEST_STAMP:
        return None
    folded = Folded(text)
    plain = _ISO.fullmatch(folded.text)
    if plain:
        return _iso(plain)
    if text.isascii() and _RFC2822.search(text):
        return _rfc2822(text)
    tokens = DateTokens(folded, whole=True)
    found = _find(tokens, Reference.of(reference))
    if not found:
        return None
    at = 0
    for f in found:
        if not _LEFT_OVER.fullmatch(tokens.tags, at, f.first):
            return None
        at = f.last
    if not _LEFT_OVER.fullmatch(tokens.tags, at):
        return None
    return _agreed([f.moment for f in found])


def _agreed(moments: list[Moment | None]) -> Moment | None:
    """The most precise of moments that do not contradict each other; None if they do."""
    known = sorted((m for m in moments if m is not None), key=lambda m: len(m.iso))
    if not known or any(not known[-1].iso.startswith(m.iso) for m in known):
        return None
    return known[-1]


def _iso(m: re.Match[str]) -> Moment | None:
    """A bare year or month."""
    year, month = int(m[1]), int(m[2]) if m[2] else None
    period = gregorian(year, month, None) if 1501 <= year <= 2199 else None
    return of_period(*period) if period else None


def _rfc2822(text: str) -> Moment | None:
    """``Mon, 06 Nov 2023 09:16:00 GMT``, as feeds and servers write it."""
    from email.utils import parsedate_tz  # seldom needed, and slow to import

    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        day = date(*parsed[:3])
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    offset = parsed[9]
    if offset is None:
        zone = ""
    elif offset == 0:
        zone = "Z"
    else:
        zone = f"{'-' if offset < 0 else '+'}{abs(offset) // 3600:02d}:{abs(offset) % 3600 // 60:02d}"
    return of_time(day, parsed[3], parsed[4], parsed[5], zone)


def _find(tokens: DateTokens, reference: Reference | None) -> list[Found]:
    """The mentions among the tokens, in order, days joined with their times."""
    if not tokens.tags:
        return []
    days = [f for m in _GRAMMAR.finditer(tokens.tags) for f in meanings(tokens, m, reference)]
    found = join_clocks(tokens, _reconciled(tokens, days), clocks(tokens), reference)
    kept: list[Found] = []
    for f in found:
        # Two days that claim one time: the first has it.
        if not kept or kept[-1].last <= f.first:
            kept.append(f)
    return kept


def _reconciled(tokens: DateTokens, days: list[Found]) -> list[Found]:
    """Hijri days set to the Gregorian day that the text gives for them.

    The month begins when its crescent is seen, so a text's Hijri day may be a day or two off the calendar of Umm
    al-Qura: «19 شوال 1436هـ الموافق …» means the Gregorian day that follows.
    """
    for k, (a, b) in enumerate(pairwise(days)):
        if "Q" not in tokens.tags[a.last : b.first] or b.first - a.last > 2 or a.hijri == b.hijri:
            continue
        if a.moment and b.moment and a.moment.precision == b.moment.precision == "day":
            apart = abs((date.fromisoformat(a.moment.iso) - date.fromisoformat(b.moment.iso)).days)
            at, right = (k, b) if a.hijri else (k + 1, a)
            if 0 < apart <= 2:
                days[at] = replace(days[at], moment=right.moment)
    return days
