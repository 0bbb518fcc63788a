"""Dates and times of day in Arabic text, absolute and relative.

The text is folded and cut into tokens of one tag each (`qawl.arabic.date_tokens`); the grammars below are regular
expressions over the string of tags. What a mention means is worked out by `qawl.arabic.date_meaning`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qawl.arabic.calendar import Reference
from qawl.arabic.date_meaning import Found, meanings, with_clock
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


# The grammars. One letter is one token; see `date_tokens.TAGS`.
_DAY = r"(?:I?d|O(?=[iMH/-]|s)|Oe|OT|OIT|T|e|l)"
_ERA = r"[BGm]?"
_YEAR = rf"(?:[(,/-]?i?[aA]?(?P<year>[yh])(?P<era>{_ERA}))"
# «من العام الماضي», «من هذا العام», «من العام نفسه»
_OF_YEAR = r"(?:i?(?:A(?:(?P<ymod>[jJ])?(?P<ydir>[Pp])|(?P<same>X))|(?P<this>RA)))"
_TAIL = rf"(?:(?:(?P<mmod>[jJ])?(?P<mdir>[Pp]))?(?:{_YEAR}|{_OF_YEAR})?)"
# «مساء يوم السبت», «اليوم السبت», «أمس (الخميس)»
_WEEKDAY = r"(?:(?:qi?)?(?:u|[Vg],?)?(?:(?<!q)\(W\)|W)|(?:qi?)?[Vg],?\(W\))"
_LEAD = rf"(?:{_WEEKDAY}[,-]?Q?(?:F?u)?|(?:qi?)?u?V,?|(?:qi?)?u)"
_DATE = re.compile(
    rf"(?P<date>{_LEAD}?(?:(?P<first>I?d)[w-])?(?P<day>{_DAY})[i/-]?s?(?P<month>[MH]){_TAIL})"
    rf"|(?P<numeric>{_LEAD}?(?:D|(?<=W)f|(?<=u)f|(?<=Q)f)(?:[Bm])?)"
    r"|(?P<ofmonth>u?(?:(?P<mday>I?d|O[eT]?|T|e)i(?:RS|S(?:(?P<smod>[jJ])?(?P<sdir>[Pp])|X))|I?d(?P<only>P)))"
    rf"|(?P<weekday>{_WEEKDAY}(?:(?P<wmod>[jJ])?(?P<wdir>[Pp]))?)"
    r"|(?P<relday>(?:qi?)?u?V|(?:q|u)+g)"
    r"|(?P<ago>[jJk]z?(?:(?P<num>c[eT]|ct|c|e|t|d|[ny0])(?P<counted>[Uusa])|(?P<dual>L)|v(?P<some>U)|o?(?P<one>[Uusa])"
    r"(?![dnyh0MHWVDfOTSA]))(?![iY]))"
    r"|(?P<unit>(?:R[ASE](?![i])|[ASE](?P<umod>[jJ])?(?P<udir>[Pp])(?:(?P<uyear>[yh])(?P<uera>[BGm])?)?))"
    rf"|(?P<years>[aA](?P<y1>[yh])(?P<e1>{_ERA})(?:[w/-](?P<y2>[yh])(?P<e2>{_ERA}))?)"
    r"|(?P<bare>(?<=[FkjJ])y(?P<e3>[Gm]?)|[yh](?P<e4>[BGm]))"
    # Without a day: «مارس 2015», «شهر رمضان»
    rf"|(?P<alone>s?(?P<m2>[MH])TAIL2)".replace("TAIL2", re.sub(r"\?P<(\w+)>", r"?P<\1_>", _TAIL))
)
_TIME = re.compile(
    r"(?:KI?(?:(?P<clock>C)|(?P<four>[yh0])|(?P<hour>d)|(?P<dotted>n)|(?P<word>Ne?))(?P<fraction>b)?|(?P<plain>C)|(?P<short>d)(?=r))"
    r"(?P<half>i?[qrm])?(?:\(?(?P<zone>Z)\)?)?"
)
_BETWEEN = re.compile(r"[,(|-]?F?[(]?|[,)]?i?")


def find_dates(text: str, reference: Moment | None = None) -> list[DateMention]:
    """The dates and times that `text` names.

    Parameters
    ----------
    text : str
        Any text.
    reference : Moment or None
        The moment that «اليوم» means, as `qawl.model.Article.reference` gives it. One that is not valid ISO 8601
        counts as none.

    Returns
    -------
    list of DateMention
        In the order of the text, not overlapping; a date with its weekday and its time of day is one mention.
        A date in both calendars («… الموافق …») is two.
    """
    folded = Folded(text)
    tokens = DateTokens(folded)
    return [
        DateMention(folded.span(tokens.start[f.first], tokens.end[f.last - 1]), f.moment, f.relative)
        for f in _find(tokens, Reference.of(reference))
    ]
