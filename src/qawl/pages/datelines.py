"""Datelines and bylines: the place, day and agency that open a report, kept apart from its body.

A dateline is known by its shape: a short opening, cut by dashes, slashes, colons or brackets, that holds an
agency, an outlet, a day or a known place. «سلمى: لن أعود» has the cut but none of these, and is not one.

The opening is read as a run of parts. Each is a day, a bracketed word, a known name, or a few unknown words
before a cut (a reporter, or a place that no list has)::

    عمان 4 نوفمبر 2023 (وكالة)      place, day, (agency)
    القدس المحتلة – 12 يناير –      place – day –
    إسطنبول/ سامي العلي/ الأناضول   place / unknown / agency
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qawl.arabic.dates import DateMention, find_dates
from qawl.arabic.fold import fold
from qawl.model import Dateline, Moment, Span
from qawl.pages.furniture import words
from qawl.pages.names import Known, key, known_names

__all__ = ["Opening", "find_dateline"]

_REACH = 110  # characters of a paragraph that a dateline may take
_MAX_PARTS = 7
_MAX_UNKNOWN_WORDS = 4
_MAX_WORDS = 9  # without the day
# A dash needs a space on one side at least («الخليل- تحوّل»); within a word it is a hyphen. Tatweel stands for a
# dash where it is alone or closes a word («بيروتـ»; not «لـ»).
_CUT = re.compile(r"\s*(?:(?<=\s)[-–—‐‑]+|[-–—‐‑]+(?=\s|$|[«\"“])|[–—]+|(?<=\s)ـ+(?=\s|$)|(?<=\w\w\w)ـ+(?=\s|$))\s*")
_ASIDE = re.compile(r"\s[-–—](?=\w)")  # opens an aside: «شنت البلدية -اليوم الأربعاء- حملة»
_SLASH = re.compile(r"\s*[/|\\]+\s*")
_COLON = re.compile(r"\s*:\s*")
_COMMA = re.compile(r"\s*،\s*(?:و\s?)?")
_BRACKET = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*")
_QUOTED = re.compile(r"[«\"“”]\s*([^«»\"“”]{2,30}?)\s*[»\"“”]")
_EXCLUSIVE = re.compile(r"\s+[بل]ـ?\s*[«\"“(][^«»\"“”()]{2,30}[»\"”)]")  # «خاص بـ«المرفأ»»
_WORD = re.compile(r"[^\s\-–—/|\\:،()\[\]«»\"“”.؛!؟]+(?:\.(?=[^\s.])[^\s\-–—/|\\:،()\[\]«»\"“”.؛!؟]+)*\.?")
# What may stand between two writings of one day: «26 شوال 1445 هـ الموافق 5 مايو 2024 م».
_SAME_DAY = re.compile(r"\s*(?:هـ|ه)?\s*[.،,/(]?\s*(?:الموافق(?: ?ل[ـ ]?)?)?\s*:?\s*")
_AFTER_DAY = re.compile(r"\s*(?:هـ|ه|م)(?!\w)\.?\)?|\s*\)")
# No reporter's or place's name holds one of these; a clause does («غزة - كما في كل شتاء - …»).
_NOT_NAMES = frozenset(
    "في من عن على الي الى كما هل لماذا ما ماذا كيف متى لا لم لن ان انه قد لقد هذا هذه ذلك تلك بين بعد قبل حتى اذا مع "
    "كل كان كانت قال قالت اكد اعلن اعلنت وقال واكد ثم او و هو هي الذي التي عندما حين منذ خلال".split()
)

CutKind = Literal["", "dash", "slash", "colon", "comma", "end"]


@dataclass(slots=True)
class _Part:
    kind: str  # a NameKind, "day" or "unknown"
    text: str
    start: int
    end: int
    bracketed: bool = False
    cut: CutKind = ""
    after: int = 0  # where the next part begins
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A dateline found at the start of a paragraph.

    Parameters
    ----------
    start, end : int
        The stretch of the paragraph that it takes, with its closing sign; the body begins after `end`.
    place : str
        Places as written, joined with ``، ``.
    date : Moment or None
        Its day.
    agency : str
        As written.
    reporters : tuple of str
        The people that it names.
    """

    start: int
    end: int
    place: str
    date: Moment | None
    agency: str
    reporters: tuple[str, ...] = field(default=())

    def dateline(self, offset: int) -> Dateline:
        """The `Dateline`, for a paragraph that begins at `offset` of the text."""
        return Dateline(Span(offset + self.start, offset + self.end), self.place, self.date, self.agency)


def find_dateline(paragraph: str, reference: Moment | None = None, outlet: str = "") -> Opening | None:
    """The dateline that opens `paragraph`.

    Parameters
    ----------
    paragraph : str
        One line of an article, without the white space around it.
    reference : Moment or None
        The publication; a day without a year takes its year from it.
    outlet : str
        The article's publisher, which its datelines name («موسكو: المرفأ»).

    Returns
    -------
    Opening or None
        None if the paragraph opens with none.
    """
    head = paragraph[:_REACH]
    if not _may_open(head):
        return None
    whole = len(paragraph) <= _REACH
    parts = _parts(head, whole, _days(head, reference), _names_with(outlet))
    if not parts:
        return None
    kept = _accepted(parts, whole)
    if not kept or (not whole and _ASIDE.search(head, 0, kept[-1].end + 2)):
        return None
    return _opening(head, kept)


_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"[*•·\s]*")  # opens each item of a digest
_CLOCK_ONLY = re.compile(r"[\d:٫., صم]+")
_SIGN = re.compile(r"[-–—ـ/|:([\d]")


def _may_open(head: str) -> bool:
    """Whether a dateline's sign stands after the first few words: most paragraphs have none, and are done here."""
    sign = _SIGN.search(head, 1, 45)
    return sign is not None and len(head[: sign.start()].split()) <= _MAX_UNKNOWN_WORDS


@dataclass(slots=True)
class _Day:
    start: int
    end: int
    moment: Moment | None


def _days(head: str, reference: Moment | None) -> list[_Day]:
    if not _DIGIT.search(head, 0, 60):
        return []
    days: list[_Day] = []
    for mention in find_dates(head, reference):
        # «12 يناير» without a year counts, even where no publication gives it one; «أمس» and «السبت» do not.
        if not _DIGIT.search(mention.span.of(head)) or _CLOCK_ONLY.fullmatch(mention.span.of(head)):
            continue
        if days and _SAME_DAY.fullmatch(head, days[-1].end, mention.span.start):
            days[-1] = _Day(days[-1].start, mention.span.end, _finer(days[-1].moment, mention))
        else:
            days.append(_Day(mention.span.start, mention.span.end, mention.moment))
    for day in days:
        if m := _AFTER_DAY.match(head, day.end):
            day.end = m.end()
    return days


def _finer(first: Moment | None, second: DateMention) -> Moment | None:
    # Two writings of one day, Hijri and Gregorian: the second is the Gregorian by custom and needs no conversion.
    return second.moment if second.moment is not None and second.moment.day else first


def _names_with(outlet: str) -> Mapping[str, Known]:
    own = key(outlet)
    if not own or own in known_names():
        return known_names()
    return ChainMap({own: Known("outlet", outlet), own.removeprefix("صحيفه "): Known("outlet", outlet)}, known_names())


def _parts(head: str, whole: bool, days: list[_Day], names: Mapping[str, Known]) -> list[_Part]:
    """The run of parts that opens `head`, each with the cut after it."""
    parts: list[_Part] = []
    at, length = _BULLET.match(head).end(), 0  # type: ignore[union-attr]  # it matches the empty string, too
    while at < len(head) and len(parts) < _MAX_PARTS:
        part = (
            _day_at(head, at, days)
            or _bracket_at(head, at, names)
            or _name_at(head, at, names)
            or _unknown_at(head, at, days)
        )
        if part is None:
            break
        part.cut, part.after = _cut_after(head, part.end, whole)
        length += len(part.text.split()) if part.kind != "day" else 0
        if length > _MAX_WORDS or (part.kind == "unknown" and not part.cut and not _day_follows(head, part, days)):
            break
        parts.append(part)
        at = part.after
    return parts


def _day_follows(head: str, part: _Part, days: list[_Day]) -> bool:
    return _day_at(head, part.after, days) is not None or _BRACKET.match(head, part.end) is not None


def _day_at(head: str, at: int, days: list[_Day]) -> _Part | None:
    for day in days:
        if day.start == at:
            return _Part("day", head[at : day.end].strip(), at, day.end, moment=day.moment)
    return None


def _bracket_at(head: str, at: int, names: Mapping[str, Known]) -> _Part | None:
    m = _BRACKET.match(head, at)
    if m is None:
        return None
    known = names.get(key(m[1]))
    return _Part(known.kind if known else "unknown", m[1], at, m.end(), bracketed=True)


def _name_at(head: str, at: int, names: Mapping[str, Known]) -> _Part | None:
    """The longest known name at `at`, of up to six words, or a quoted outlet."""
    if m := _QUOTED.match(head, at):
        # An outlet that no list has signs as «القاهرة - «المرفأ»:»; the quotation marks make it one after a place.
        known = names.get(key(m[1]))
        return _Part(known.kind if known else "quoted", m[1], at, m.end())
    best: _Part | None = None
    end, count = at, 0
    while count < 6:
        m = _WORD.match(head, end)
        if m is None:
            break
        count += 1
        known = names.get(key(head[at : m.end()]))
        if known is not None:
            # A full stop belongs to initials only («أ.ف.ب.»).
            stop = m.end() if known.kind == "agency" else m.end() - m[0].endswith(".")
            best = _Part(known.kind, head[at:stop], at, stop)
        end = m.end()
        while end < len(head) and head[end].isspace():
            end += 1
    if best is None:
        return None
    if best.text.endswith("ـ"):
        best.text = best.text.rstrip("ـ")
        best.end = best.start + len(best.text)
    if best.kind == "place" and (m := _WORD.match(head, best.end + 1)) and key(m[0]) in words("qualifier"):
        best.end = m.end()
        best.text = head[at : best.end]
    if best.kind == "label" and (m := _EXCLUSIVE.match(head, best.end)):
        best.end = m.end()
    return best


def _unknown_at(head: str, at: int, days: list[_Day]) -> _Part | None:
    """Up to four words before a cut, a day or a bracket."""
    end = at
    for count in range(_MAX_UNKNOWN_WORDS + 1):
        stop = _CUT.match(head, end) or _SLASH.match(head, end) or _COLON.match(head, end) or _BRACKET.match(head, end)
        here = end
        while here < len(head) and head[here].isspace():
            here += 1
        if count and (stop or here >= len(head) or any(d.start == here for d in days) or _COMMA.match(head, end)):
            return _unknown(head[at:end], at, end)
        m = _WORD.match(head, here)
        if m is None:
            return None
        end = m.end()
        if m[0].endswith("ـ"):
            end -= len(m[0]) - len(m[0].rstrip("ـ"))
    return None


def _unknown(text: str, at: int, end: int) -> _Part | None:
    if not text.strip() or text[0].isdigit() or not _NOT_NAMES.isdisjoint(map(fold, text.split())):
        return None
    return _Part("unknown", text, at, end)


def _cut_after(head: str, at: int, whole: bool) -> tuple[CutKind, int]:
    if not head[at:].strip() and whole:
        return "end", len(head)
    kinds: tuple[tuple[CutKind, re.Pattern[str]], ...] = (
        ("dash", _CUT), ("slash", _SLASH), ("colon", _COLON), ("comma", _COMMA),
    )  # fmt: skip
    for kind, pattern in kinds:
        if m := pattern.match(head, at):
            return kind, m.end()
    while at < len(head) and head[at].isspace():
        at += 1
    return "", at


_WIRE = ("agency", "outlet", "label", "quoted")


def _accepted(parts: list[_Part], whole: bool) -> list[_Part]:
    """The parts that make up the dateline: the longest run from the start that holds as one."""
    for count in range(len(parts), 0, -1):
        run = parts[:count]
        if _closed(run) and _holds(run, whole):
            return run
    return []


def _closed(run: list[_Part]) -> bool:
    """Whether a run ends where a dateline may end, before the first word of the report."""
    last = run[-1]
    if last.cut in ("end", "dash"):
        return True
    if last.cut == "colon":
        # «موسكو: أكد …» may be «NAME: content»; a dateline's colon comes after an agency, an outlet or a reporter.
        return len(run) > 1
    if last.cut in ("slash", "comma"):
        return last.kind in _WIRE and len(run) > 1 and last.cut == "slash"
    # No cut: «… (وكالة) أكد», «عين اليوم – متابعات أعلن», «… 5 مايو 2024 م واس أعلن».
    # «كشفت (المرفأ) أن …» is a sentence: with brackets and no cut, a place or a day must be there.
    sure = any(p.kind in ("place", "state", "day") for p in run)
    return last.kind in _WIRE and len(run) > 1 and (sure or (not last.bracketed and run[-2].cut in ("dash", "slash")))


def _holds(run: list[_Part], whole: bool) -> bool:
    """Whether the parts together are a dateline or byline."""
    kinds = [p.kind for p in run]
    if "quoted" in kinds and run[0].cut not in (("dash", "colon", "slash") if kinds[0] == "place" else ("dash",)):
        return False
    if kinds.count("unknown") > 2 or any(p.bracketed and p.kind == "unknown" for p in run[2:]):
        return False
    if kinds[0] == "byline":
        # «كتب - سامي العلي:» is a byline; «كتب سامي العلي: …» quotes him.
        return len(run) == 2 and kinds[1] == "unknown" and (run[0].cut != "" or run[1].cut == "end")
    if kinds[0] == "day":
        return any(k in _WIRE or k == "place" for k in kinds)
    return _alone(run[0]) if len(run) == 1 else _together(run, kinds, whole)


def _alone(part: _Part) -> bool:
    """One part: a known place and a dash («غزة - يعيش …»), a wire's name and a dash («رويترز - …»)."""
    if part.cut != "dash" or part.bracketed:
        return False
    return part.kind in ("place", "agency") or (part.kind == "outlet" and " " in part.text)


def _together(run: list[_Part], kinds: list[str], whole: bool) -> bool:
    if any(k in _WIRE for k in kinds):
        return any(k in ("place", "state", "day") for k in kinds) or any(p.cut for p in run[:-1]) or run[-1].bracketed
    if "day" in kinds:
        if kinds[0] == "unknown" and run[0].cut not in ("", "dash"):  # «التاريخ: 5/3/2024»
            return False
        return kinds[0] in ("place", "state", "unknown") and run[-1].cut in ("dash", "colon", "end")
    ended = run[-1].cut == "end" and whole
    if "place" in kinds:
        # A reporter and a place on a line of their own, or between two dashes; two places before a dash.
        between = all(p.cut in ("dash", "comma", "slash") for p in run[:-1]) and run[-1].cut in ("dash", "colon")
        commas = all(p.cut == "comma" for p in run[:-1]) and all(k in ("place", "state") for k in kinds)
        if run[-1].cut == "colon":
            return between and kinds[-1] == "unknown" and run[0].cut != "comma"
        return (ended and run[0].cut != "comma") or commas or (between and kinds[0] == "place" and len(run) <= 3)
    return False


def _opening(head: str, run: list[_Part]) -> Opening:
    places = [p.text.strip() for p in run if p.kind in ("place", "state")]
    unknown = [p.text.strip() for p in run if p.kind == "unknown"]
    wires = [p for p in run if p.kind == "agency"] or [p for p in run if p.kind in ("outlet", "quoted")]
    day = next((p for p in run if p.kind == "day"), None)
    first = run[0]
    if not places and first.kind == "unknown" and (day is not None or len(first.text.split()) == 1):
        places, unknown = [first.text], unknown[1:]
    return Opening(
        start=0,
        end=len(head[: run[-1].after].rstrip()),
        place="، ".join(places),
        date=None if day is None else day.moment,
        agency=wires[0].text.strip() if wires else "",
        reporters=tuple(u for u in unknown if " " in u or first.kind == "byline"),
    )
