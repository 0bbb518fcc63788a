"""Pages of news sites: the article in a page's HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from qawl.model import Article, BlockKind, InputError, Moment, TooLargeError
from qawl.pages.blocks import MAX_TEXT, Given, block_article, check_text
from qawl.pages.bodytext import Line, all_lines, extract_body, mark, parse
from qawl.pages.datelines import find_dateline
from qawl.pages.decoding import decode
from qawl.pages.furniture import cut, line_kind
from qawl.pages.metadata import Metadata, read_metadata
from qawl.pages.names import key, outlet_of
from qawl.pages.plain import as_moment, clean
from qawl.pages.stamps import Facts, facts_of, moment_in_url

__all__ = ["MAX_PAGE", "from_html", "read_page"]

MAX_PAGE = 10_000_000
"""Largest page, in bytes or characters. The heaviest news pages have a fifth of it."""

_SUFFIX = re.compile(r"\s*(?:\||--+|::|»|\s[-–—]\s)\s*")
_LONG = 60  # characters of a line that is surely a paragraph
_LEAST_BODY = (
    200  # characters; less than that and less than half of JSON-LD's text means that the page builds itself by script
)
_STOPS = (".", "؟", "!", "…", "»", "”", '"', ":")
_NEAR = 12  # lines above the article and below it that may name its section, agency and time


def from_html(
    data: bytes | str,
    *,
    url: str = "",
    doc: str = "",
    encoding: str | None = None,
    published: Moment | str | None = None,
) -> Article:
    """The article of a web page.

    Title, times, section and authors are taken from JSON-LD, OpenGraph, microdata and ``<time>`` in this order;
    what none of them says, from breadcrumbs, source lines and stamps. Menus, share bars, lists of other articles
    and the like are dropped, captions kept and marked.

    Parameters
    ----------
    data : bytes or str
        The page. Bytes are decoded by `decode`.
    url, doc : str
        What is known of the page. `url` names the outlet where the page does not.
    encoding : str or None
        What the HTTP header declared.
    published : Moment, str or None
        Overrides what the page says.

    Returns
    -------
    Article
        Its text is the headline, then one paragraph a line; within a paragraph, white space is as a browser
        shows it and all other characters are as in the page.

    Raises
    ------
    InputError
        If there is no article text in it; `TooLargeError`, `NotArabicError` as elsewhere.
    """
    where = doc or url
    given = Given(doc=doc, url=url, published=as_moment(published, where))
    if len(data) > MAX_PAGE:
        raise TooLargeError(f"{len(data):,} bytes; a page may have {MAX_PAGE:,}: give the article's own page", where)
    if isinstance(data, bytes):
        try:
            data = decode(data, declared=encoding)
        except InputError as error:
            raise InputError(error.message, where) from None
    return read_page(data, given, where=where)


def read_page(page: str, given: Given, *, title: str = "", where: str = "") -> Article:
    """The article of a page that is decoded; what `given` and `title` hold overrides the page."""
    if len(page) > MAX_PAGE:
        raise TooLargeError(
            f"{len(page):,} characters; a page may have {MAX_PAGE:,}: give the article's own page", where
        )
    if not page.strip("\ufeff \n\r\t"):
        raise InputError("empty: there is no text in it", where)
    page = clean(page)
    tree = parse(page)
    meta = read_metadata(tree)
    mark(tree)
    around = all_lines(tree)
    lines = extract_body(page, tree)
    title = title or _title(meta, lines, around)
    given = _merged(given, meta, _facts_around(around, lines, title))
    lines = _with_captions(_trimmed(_body(lines, title)), around, title)
    if len(meta.body) > 2 * sum(len(x.text) for x in lines if x.kind == "text") and len(meta.body) >= _LEAST_BODY:
        lines = [Line(s) for part in meta.body.splitlines() if (s := part.strip())]
    if not lines and not title:
        raise InputError("no article in it: the page holds no paragraph of text (is it built by script?)", where)
    return _article(title, lines, given, where)


def _article(title: str, lines: list[Line], given: Given, where: str) -> Article:
    text = "\n".join([title, *(x.text for x in lines)])
    if len(text) > MAX_TEXT:
        check_text(text, where)
    check_text(text, where)
    kinds: dict[int, BlockKind] = {}
    for number, line in enumerate(lines, start=1):
        if line.kind == "caption":
            kinds[number] = "caption"
        elif line.kind in ("heading", "title"):
            kinds[number] = "subheading"
    return block_article(text, given, kinds=kinds)


def _title(meta: Metadata, lines: list[Line], around: list[Line]) -> str:
    """The headline as the reader sees it: the page's own ``<h1>`` where metadata says the same with more or less."""
    named = _without_site(meta.title, meta.outlet)
    for line in [*lines, *around]:
        if line.kind != "title":
            continue
        ours, theirs = key(line.text), key(named)
        if ours and (not theirs or ours in theirs or theirs in ours):
            return line.text
    return named


def _without_site(title: str, outlet: str) -> str:
    """A title without the site's name at its end («… | صحيفة المرفأ») or start («المرفأ: …»)."""
    if outlet and title.startswith(outlet) and title[len(outlet) :].lstrip()[:1] in (":", "|", "-"):
        return title[len(outlet) :].lstrip(" :|-")
    parts = _SUFFIX.split(title)
    signs = _SUFFIX.findall(title)
    while len(parts) > 1 and len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 3:
        if " - " in signs[-1] and outlet and key(parts[-1]) not in key(outlet) and key(outlet) not in key(parts[-1]):
            break
        parts, signs = parts[:-1], signs[:-1]
    return "".join(p + s for p, s in zip(parts, [*signs, ""], strict=True)).strip()


def _merged(given: Given, meta: Metadata, facts: Facts) -> Given:
    url = given.url or meta.url
    return replace(
        given,
        url=url,
        outlet=given.outlet or meta.outlet or outlet_of(url),
        section=given.section or meta.section or facts.section,
        agency=given.agency or facts.agency,
        authors=given.authors or meta.authors,
        published=given.published or meta.published or facts.published or moment_in_url(url),
        modified=given.modified or meta.modified or facts.modified,
    )


def _facts_around(around: list[Line], lines: list[Line], title: str) -> Facts:
    """What the lines near the article say: those up to a few after its headline, and those after its end."""
    headline = key(title)
    at = next((i for i, x in enumerate(around) if _is_title(x, headline)), 0)
    first = next((i for i, x in enumerate(around[at:], at) if len(x.text) > _LONG and x.text.endswith(_STOPS)), at)
    found = Facts()
    for line in [*around[max(0, at - _NEAR) : first + 1], *lines]:
        facts = facts_of(line.text, title)
        if facts is not None:
            found = Facts(
                found.section or facts.section, found.agency or facts.agency,
                found.published or facts.published, found.modified or facts.modified,
            )  # fmt: skip
    return found


def _body(lines: list[Line], title: str) -> list[Line]:
    """The lines after the headline, without furniture."""
    headline = key(title)
    starts = [i for i, x in enumerate(lines) if key(x.text) == headline and headline]
    if starts and sum(len(x.text) for x in lines[: starts[0]]) < _LEAST_BODY:
        lines = lines[starts[0] + 1 :]
    kept = []
    for line in lines:
        if key(line.text) == headline or not key(line.text):
            continue
        if line.kind != "caption" and (line_kind(line.text) == "furniture" or facts_of(line.text, title) is not None):
            continue
        ends = cut(line.text)
        if ends.end > ends.start:
            kept.append(Line(line.text[ends.start : ends.end], line.kind))
    return kept


def _is_title(line: Line, headline: str) -> bool:
    # Lengths first: folding every line of a heavy page would take longer than parsing it.
    near = abs(len(line.text) - len(headline)) <= _LONG
    return line.kind == "title" or (near and key(line.text) == headline)


def _trimmed(lines: list[Line]) -> list[Line]:
    """The lines from the first paragraph to the last: short ones beyond them are menus, not text.

    A dateline, a byline or a caption before the first paragraph stays.
    """
    long = [i for i, x in enumerate(lines) if _is_paragraph(x)]
    if not long:
        return lines
    before = [
        x for x in lines[: long[0]] if x.kind == "caption" or line_kind(x.text) == "caption" or find_dateline(x.text)
    ]
    after = [x for x in lines[long[-1] + 1 :] if x.kind == "caption" or line_kind(x.text) == "caption"]
    return [*before, *lines[long[0] : long[-1] + 1], *after]


def _with_captions(lines: list[Line], around: list[Line], title: str) -> list[Line]:
    """The lines, and before them the captions between headline and first paragraph that the main content leaves out."""
    if not lines:
        return lines
    texts = [x.text for x in around]
    headline = key(title)
    start = next((i for i, x in enumerate(around) if _is_title(x, headline)), None)
    end = texts.index(lines[0].text) if lines[0].text in texts else None
    if start is None or end is None:
        return lines
    return [x for x in around[start:end] if x.kind == "caption"] + lines


def _is_paragraph(line: Line) -> bool:
    # A page cut in a sentence ends in a short line; unlike a link's text it mostly has a comma.
    text = line.text
    return line.kind == "text" and (
        len(text) > _LONG or "،" in text or (text.endswith(_STOPS) and len(text.split()) > 3)
    )
