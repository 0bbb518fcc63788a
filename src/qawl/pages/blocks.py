"""From lines to an article: each line of a text becomes one or more blocks, and the text itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from qawl.model import Article, Block, BlockKind, Dateline, Moment, NotArabicError, Span, TooLargeError
from qawl.pages.datelines import Opening, find_dateline
from qawl.pages.furniture import cut, line_kind
from qawl.pages.names import agency_named
from qawl.pages.stamps import Facts, facts_of, section_in_title

__all__ = ["MAX_TEXT", "Given", "block_article", "check_length", "check_text"]

MAX_TEXT = 2_000_000
"""Longest text of one article, in characters: some four hundred times a long report."""

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_SENTENCE_ENDS = ".؟?!…؛;:،,»”\"'"
_LONGEST_SUBHEADING = 60
_LONG = 80  # characters of a paragraph that a subheading may stand beside
_LONGEST_FACT = 120  # characters of a breadcrumb, source line or stamp
_DATELINE_WITHIN = 3  # lines of the body
_FACTS_WITHIN = 2  # lines of the body from its start, lines of the text from its end
_OPENINGS = 2  # a byline and a dateline
_ITEM = re.compile(r"[*•·\s]*\w+(?:\s\w+)?\s?[-–—ـ/(:]")  # may open an item of a digest: «* جنيف - وكالة: …»
_BULLET = re.compile(r"[-*•·–—\d(\[«\"“'>]")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article from outside its text; the text's own signs only fill the gaps."""

    doc: str = ""
    url: str = ""
    outlet: str = ""
    section: str = ""
    agency: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None


def check_length(text: str, most: int, where: str = "") -> None:
    """Raise `TooLargeError` if `text` has more than `most` characters, before anything is done with it."""
    if len(text) > most:
        raise TooLargeError(
            f"{len(text):,} characters; one article may have {most:,}: split the input into its articles", where
        )


def check_text(text: str, where: str = "") -> None:
    """Raise if `text` cannot be an Arabic article.

    Raises
    ------
    TooLargeError
        If it is longer than `MAX_TEXT`.
    NotArabicError
        If it holds no Arabic letter.
    """
    check_length(text, MAX_TEXT, where)
    if not _ARABIC.search(text):
        raise NotArabicError("no Arabic text in it: Qawl reads Arabic news", where)


@dataclass(slots=True)
class _State:
    given: Given
    blocks: list[Block] = field(default_factory=list)
    dateline: Dateline | None = None
    reporters: tuple[str, ...] = ()
    body_lines: int = 0
    openings: int = 0
    facts: Facts = field(default_factory=Facts)

    def add(self, start: int, end: int, kind: BlockKind) -> None:
        if end > start:
            self.blocks.append(Block(Span(start, end), kind))


def block_article(
    text: str, given: Given | None = None, *, headline: bool = True, kinds: Mapping[int, BlockKind] | None = None
) -> Article:
    """The article whose text is exactly `text`.

    Parameters
    ----------
    text : str
        The article's text: nothing in it is changed or dropped.
    given : Given or None
        What is known from outside.
    headline : bool
        Whether the first line is the headline (an empty line is none).
    kinds : mapping of int to BlockKind, optional
        What a line (counted from 0) is, where the page's markup says so.

    Returns
    -------
    Article
        Its blocks are in order, do not overlap, and hold all but white space. Section, agency, reporters and
        times that the text's furniture or dateline names fill what `given` leaves empty.
    """
    state = _State(given or Given())
    lines = text.split("\n")
    offset = 0
    for number, line in enumerate(lines):
        start = offset + len(line) - len(line.lstrip())
        stripped = line.strip()
        if not stripped:
            pass
        elif number == 0 and headline:
            state.add(start, start + len(stripped), "headline")
        elif kinds and number in kinds:
            state.add(start, start + len(stripped), kinds[number])
        else:
            _add_line(state, stripped, start, lines, number)
        offset += len(line) + 1
    return _article(text, state, lines[0].strip() if headline else "")


def _add_line(state: _State, line: str, start: int, lines: list[str], number: int) -> None:
    kind = line_kind(line)
    # A date on a line of its own in the middle belongs to the text (a timetable, a decree).
    outside = state.body_lines < _FACTS_WITHIN or number >= len(lines) - _FACTS_WITHIN
    if not kind and outside and len(line) <= _LONGEST_FACT and (facts := facts_of(line, lines[0])) is not None:
        state.facts = _filled(state.facts, facts)
        kind = "furniture"
    if kind:
        state.add(start, start + len(line), kind)
        return
    kept = cut(line)
    state.add(start, start + len(line[: kept.start].rstrip()), "furniture")
    body, at = line[kept.start : kept.end], start + kept.start
    if (opening := _opening(state, body, at)) is not None:
        state.add(at + opening.start, at + opening.end, "dateline")
        body, at = body[opening.end :].lstrip(), at + len(body) - len(body[opening.end :].lstrip())
    if body:
        state.body_lines += 1
        state.add(at, at + len(body), "subheading" if _is_subheading(body, lines, number) else "body")
    state.add(start + len(line) - len(line[kept.end :].lstrip()), start + len(line), "furniture")


def _opening(state: _State, body: str, at: int) -> Opening | None:
    """The dateline that opens a paragraph.

    It is the article's if it opens the first paragraph, or is all of one of the first. Later ones open the items of
    a digest of short news; those are taken only where they name a place and an agency or outlet.
    """
    if state.openings < _OPENINGS and state.body_lines < _DATELINE_WITHIN:
        opening = find_dateline(body, state.given.published or state.facts.published, state.given.outlet)
        if opening is None:
            return None
        if not state.body_lines or (opening.end == len(body) and state.dateline is None):
            _take(state, opening, at)
            return opening
    else:
        opening = find_dateline(body, None, state.given.outlet) if _ITEM.match(body) else None
    strong = opening is not None and opening.place and opening.agency and opening.end < len(body)
    return opening if strong else None


def _take(state: _State, opening: Opening, at: int) -> None:
    state.openings += 1
    state.reporters += opening.reporters
    new, old = opening.dateline(at), state.dateline
    if old is None:
        if new.place or new.date or new.agency:
            state.dateline = new
    else:
        # A byline and then a dateline, a line each: what the first leaves open, the second says.
        state.dateline = Dateline(old.span, old.place or new.place, old.date or new.date, old.agency or new.agency)


def _is_subheading(line: str, lines: list[str], number: int) -> bool:
    """A short line without a stop between two long paragraphs, of which the first is at its end."""
    if len(line) > _LONGEST_SUBHEADING or line[-1] in _SENTENCE_ENDS or _BULLET.match(line):
        return False
    before, after = _beside(lines, number, -1), _beside(lines, number, 1)
    return len(before) >= _LONG and len(after) >= _LONG and before[-1] in '.؟?!…»”"'


def _beside(lines: list[str], number: int, step: int) -> str:
    """The nearest line before or after that is not empty; the headline does not count."""
    number += step
    while 0 < number < len(lines):
        if line := lines[number].strip():
            return line
        number += step
    return ""


def _filled(old: Facts, new: Facts) -> Facts:
    return Facts(
        old.section or new.section,
        old.agency or new.agency,
        old.published or new.published,
        old.modified or new.modified,
    )


def _article(text: str, state: _State, title: str) -> Article:
    given, facts = state.given, state.facts
    dateline = state.dateline
    return Article(
        text=text,
        blocks=tuple(state.blocks),
        doc=given.doc,
        url=given.url,
        outlet=given.outlet,
        section=given.section or facts.section or section_in_title(title),
        agency=given.agency or facts.agency or (agency_named(dateline.agency) if dateline else ""),
        authors=given.authors or state.reporters,
        published=given.published or facts.published,
        modified=given.modified or facts.modified,
        dateline=dateline,
    )
