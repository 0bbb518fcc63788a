"""Plain text and saved pages: furniture goes, and what it says of the article stays."""

from __future__ import annotations

from dataclasses import replace

from qawl.model import Article, InputError, Moment
from qawl.pages.blocks import MAX_TEXT, Given, block_article, check_length, check_text
from qawl.pages.datelines import find_dateline
from qawl.pages.furniture import cut, line_kind
from qawl.pages.names import key, outlet_of
from qawl.pages.stamps import facts_of, moment_in_url, to_moment

__all__ = ["as_moment", "clean", "from_text"]

_LONGEST_HEADLINE = 200
_TOP = 8  # lines among which breadcrumb, headline, source and stamp stand
_FACTS_WITHIN = 3  # lines after which, or before the end of which, a breadcrumb, source or stamp may stand
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


def clean(text: str) -> str:
    """`text` with each unpaired surrogate, which no encoding can write, as U+FFFD; offsets stay as they are."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def as_moment(value: Moment | str | None, where: str = "") -> Moment | None:
    """The moment a caller gave.

    Raises
    ------
    InputError
        If it is a string that names no time.
    """
    if value is None or isinstance(value, Moment):
        return value
    if not value.strip():
        return None
    moment = to_moment(value)
    if moment is None:
        raise InputError(
            f"published: {value[:40]!r} is not a time; write it as 2024-03-05 or 2024-03-05T09:30+03:00", where
        )
    return moment


def from_text(
    text: str, *, url: str = "", doc: str = "", outlet: str = "", published: Moment | str | None = None
) -> Article:
    """The article of a plain text or of a page saved as text.

    Breadcrumbs, source lines, time stamps, share lines and the like are dropped from the text; section, agency
    and time are taken from them. The first line that is left is the headline if it is short, does not end in a
    full stop and is no dateline; otherwise the headline is empty.

    Parameters
    ----------
    text : str
        A paragraph a line; empty lines between them do not matter. One that holds a NUL is no text, as in `decode`.
    url, doc, outlet : str
        What is known of the article. `outlet` is looked up by `url` if empty.
    published : Moment, str or None
        When it was published, if the caller knows; ISO 8601 if a string.

    Returns
    -------
    Article
        Its paragraphs are stripped of the white space around them and otherwise as in `text`.

    Raises
    ------
    InputError
        If the text is empty, binary data, all furniture, or `published` is no time; `TooLargeError` and
        `NotArabicError` as `blocks.check_text` says.
    """
    given = Given(doc=doc, url=url, outlet=outlet or outlet_of(url), published=as_moment(published, doc or url))
    where = doc or url
    check_length(text, 2 * MAX_TEXT, where)  # a saved page may hold as much furniture as text
    if not text.strip("\ufeff \n\r\t"):
        raise InputError("empty: there is no text in it", where)
    if "\0" in text:
        raise InputError("not text: it holds NUL characters, as binary data does; give its text or its HTML", where)
    lines = clean(text).removeprefix("\ufeff").splitlines()
    lines = [s for line in lines if (s := line.strip())]
    kept, given = _without_furniture(lines, given)
    if not kept:
        raise InputError("no article in it: all its lines are page furniture", where)
    body = "\n".join(kept)
    check_text(body, where)
    if not _is_headline(kept):
        body = "\n" + body
    if given.published is None and (day := moment_in_url(url)) is not None:
        given = replace(given, published=day)
    return block_article(body, given)


def _without_furniture(lines: list[str], given: Given) -> tuple[list[str], Given]:
    kept: list[str] = []
    section, agency, published, modified = given.section, given.agency, given.published, given.modified
    for number, line in enumerate(lines):
        if line_kind(line) == "furniture":
            continue
        outside = len(kept) <= _FACTS_WITHIN or number >= len(lines) - _FACTS_WITHIN
        facts = facts_of(line, kept[0] if kept else _next_text(lines, number)) if outside else None
        if facts is not None:
            section, agency = section or facts.section, agency or facts.agency
            published, modified = published or facts.published, modified or facts.modified
            continue
        ends = cut(line)
        if ends.end > ends.start:
            kept.append(line[ends.start : ends.end])
    return kept, replace(given, section=section, agency=agency, published=published, modified=modified)


def _next_text(lines: list[str], number: int) -> str:
    # A breadcrumb above the headline may end with it.
    return lines[number + 1] if number < _TOP and number + 1 < len(lines) else ""


def _is_headline(kept: list[str]) -> bool:
    first = kept[0]
    if (
        len(kept) < 2
        or len(first) > _LONGEST_HEADLINE
        or (first.endswith((".", "،", "؛")) and not first.endswith(".."))
    ):
        return False
    opening = find_dateline(first)
    # «جدة - سامي العلي» alone is a byline; «عمان - …» before a long first paragraph is its dateline.
    return opening is None or (bool(key(first[opening.end :])) and not opening.agency and opening.date is None)
