"""When something was said: by a date in its sentence, else the dateline, else the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qawl.arabic.dates import DateMention, find_dates
from qawl.model import Article, Dated, Moment, Span, Statement
from qawl.statements.parsed import Parsed

__all__ = ["date_beside", "dated", "reported"]

Dates = dict[tuple[int, int], list[DateMention]]

_RECENT = 7  # days: a date in the sentence within these of the article's own is passed on to what the source says next
_NEAR = 60  # characters from the cue within which a date is looked for in another's words


def dated(article: Article, p: Parsed, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The same statements, each with when it was said.

    A date counts if it stands in the sentence of the cue, outside all that is said in it: «قال أمس (السبت) إن …». A
    statement without one that goes on with its source's words («وأضاف …») has the date of those before it.

    Parameters
    ----------
    article : Article
        With its dateline and day of publication, if they are known.
    p : Parsed
        The same article parsed.
    statements : tuple of Statement
        With their sources, in the order of the text.
    """
    day = reported(article)
    last: dict[str, Dated] = {}
    seen: Dates = {}
    by_id: dict[int, Dated | None] = {}
    out = []
    for s in statements:
        said = date_beside(article, p, s, statements, seen)
        if said is None and s.parent is not None:
            said = by_id.get(s.parent)  # not later than the words around it
        elif said is None:
            said = last.get(s.who) or day
        if said is not None and said.basis == "statement" and s.parent is None and _recent(said, day):
            last[s.who] = said
        by_id[s.id] = said
        out.append(replace(s, said=said) if said is not None else s)
    return tuple(out)


def reported(article: Article) -> Dated | None:
    """The day that the article reports from: the dateline's, else that of publication; None if neither is known."""
    line = article.dateline
    if line is not None and line.date is not None:
        return Dated(_day(line.date), "dateline", line.span)
    return Dated(_day(article.published), "publication") if article.published is not None else None


def date_beside(
    article: Article, p: Parsed, s: Statement, statements: Sequence[Statement], seen: Dates | None = None
) -> Dated | None:
    """The date in the sentence of a statement's cue that stands nearest to it, outside what is said there.

    `seen` keeps the dates of sentences from one statement to the next.
    """
    at = s.cue or s.speaker
    if at is None:
        return None
    start, end = _around(p, s, at)
    seen = {} if seen is None else seen
    if (start, end) not in seen:
        seen[start, end] = _dates(article, start, end)
    if not seen[start, end]:
        return None
    said = [c for x in statements for c in x.content if c.start < end and start < c.end]
    if s.parent is not None:
        said = [c for c in said if not c.holds(at)]
    best: tuple[int, DateMention] | None = None
    for m in seen[start, end]:
        span = Span(m.span.start + start, m.span.end + start)
        if m.moment is None or m.moment.precision == "year" or any(c.overlaps(span) for c in said):
            continue
        far = max(span.start - at.end, at.start - span.end, 0)
        if best is None or far < best[0]:
            best = far, replace(m, span=span)
    return Dated(_day(best[1].moment), "statement", best[1].span) if best is not None and best[1].moment else None


def _dates(article: Article, start: int, end: int) -> list[DateMention]:
    """The dates in a stretch of an article."""
    text = article.text[start:end]
    if not any(map(str.isdigit, text)) and not _may_date(text):
        return []
    return find_dates(text, article.reference)


def _around(p: Parsed, s: Statement, at: Span) -> tuple[int, int]:
    """The characters in which a statement's date may stand: its sentence; in another's words, those near its cue."""
    sentence = p.sentence_of(min(p.at(at.start), len(p.tok) - 1))
    if sentence is None:
        return at.start, at.end
    start, end = p.tok.start[sentence.first], max(p.tok.end[sentence.last - 1], at.end)
    if s.parent is not None:
        start, end = max(start, at.start - _NEAR // 3), min(end, at.end + _NEAR)
    return start, end


def _may_date(text: str) -> bool:
    """Whether a text may name a day without a figure: a quick look before the careful one."""
    return any(word in text for word in _DAYS)


# Parts of the words that a date without figures has one of.
_DAYS = ("ليوم", "يوم", "مس", "لسبت", "لأحد", "لاحد", "لاثنين", "لإثنين", "لثلاثاء", "لأربعاء", "لاربعاء", "لخميس",
         "لجمعة", "لجمعه", "بارح", "ماضي", "شهر", "أسبوع", "اسبوع", "قبل", "مساء", "صباح", "فجر")  # fmt: skip


def _day(moment: Moment) -> Moment:
    """A moment without its time of day: one does not speak in a minute."""
    return Moment(moment.iso[:10], "day") if len(moment.iso) > 10 else moment


def _recent(said: Dated, day: Dated | None) -> bool:
    """Whether a date is so near the article's own that what its source says next was said then, too."""
    if day is None or said.moment.day is None or day.moment.day is None:
        return said.moment.day is not None and day is None
    return abs((date.fromisoformat(said.moment.day) - date.fromisoformat(day.moment.day)).days) <= _RECENT
