"""Which text of a page is the article's: the one place that knows the library that tells it.

`extract_body` may be swapped for another library's as long as it gives lines in the order of the page. Resiliparse
was chosen by measuring: on pages of 60 to 270 kB it takes 0.4 to 2 ms where trafilatura's fast mode takes 7 to 22,
finds the same paragraphs, and keeps their characters (no-break spaces, for one) as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree

__all__ = ["Line", "LineKind", "all_lines", "elements", "extract_body", "inner_elements", "mark", "parse"]

LineKind = Literal["text", "title", "heading", "caption"]

# Private-use characters that mark in the extracted text what the markup said of a line. Pages use such for icons.
_MARKS: dict[str, LineKind] = {"\ue0f0": "title", "\ue0f1": "heading", "\ue0f2": "caption"}
_MARK_OF = {kind: mark for mark, kind in _MARKS.items()}
_MARK = re.compile("[\ue0f0-\ue0f2]")
_ICONS = re.compile("[\ue000-\uf8ff]")
_LONGEST_CAPTION = 300
_MOST_CAPTIONS = 200
_MOST_OUTER = 20  # elements in which others are looked for
_FIGURE_WITHIN = 4  # elements between a caption and its figure
# The library's search for the main content takes time in depth × nodes: 10,000 open elements take seconds. No
# page made for people is that deep; one that is gives all its text.
_DEEPEST = 400
_MANY_TAGS = 2 * _DEEPEST
_OPENING = re.compile(r"<(/?)(?!(?:br|img|input|meta|link|hr|source|area|wbr|p|li|option)\b)[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: a paragraph, a heading, a caption."""

    text: str
    kind: LineKind = "text"


def parse(page: str) -> HTMLTree:
    """The tree of a page; any string gives one."""
    return HTMLTree.parse(page)


def elements(tree: HTMLTree, selector: str, most: int) -> Sequence[ElementNode]:
    """The first elements of a page that a CSS selector matches, in the order of the page.

    A slice, because the library runs the query again for each element that is taken from its result singly.
    """
    document = tree.document
    return document.query_selector_all(selector)[:most] if document is not None else ()


def inner_elements(tree: HTMLTree, outer: str, inner: str, most: int) -> list[ElementNode]:
    """The first elements that match `inner` and lie within one that matches `outer`.

    For the library takes time in elements × depth for a selector of both (``article time``): it climbs from each
    element that matches the inner part. Here only the first elements that match `outer` count.
    """
    found: list[ElementNode] = []
    for element in elements(tree, outer, _MOST_OUTER):
        found += element.query_selector_all(inner)[: most - len(found)]
        if len(found) >= most:
            break
    return found


def extract_body(page: str, tree: HTMLTree | None = None) -> list[Line]:
    """The lines of a page's main content, without its menus, lists of links, forms and comments.

    Parameters
    ----------
    page : str
        The page's HTML, without unpaired surrogates.
    tree : HTMLTree, optional
        Its tree, if it was parsed and marked before.

    Returns
    -------
    list of Line
        In the order of the page. Runs of white space are collapsed as a browser does; no other character changes.
    """
    if tree is None:
        tree = parse(page)
        mark(tree)
    if page.count("<") > _MANY_TAGS and _depth(page) > _DEEPEST:
        return _lines(extract_plain_text(tree, list_bullets=False, alt_texts=False, comments=False))
    return _lines(extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False, comments=False))


def all_lines(tree: HTMLTree) -> list[Line]:
    """Every visible line of a page, for the breadcrumbs and stamps that stand outside the main content."""
    return _lines(extract_plain_text(tree, list_bullets=False, alt_texts=False))


def _depth(page: str) -> int:
    """How many elements are open at once, at most (an upper bound: end tags may be left out)."""
    return max(accumulate(-1 if end else 1 for end in _OPENING.findall(page)), default=0)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for raw in text.replace("\t\t", "\n").split("\n"):
        if not _ICONS.search(raw):
            if words := raw.strip():
                lines.append(Line(words))
            continue
        at = 0
        # A caption may begin within a line, where its element is an inline one.
        for m in [*_MARK.finditer(raw), None]:
            end = m.start() if m else len(raw)
            kind = _MARKS.get(raw[at : at + 1], "text")
            if words := _ICONS.sub("", raw[at:end]).strip():
                lines.append(Line(words, kind))
            at = end
    return lines


def mark(tree: HTMLTree) -> None:
    """Mark headings and captions in a tree, so that the extracted lines tell them apart."""
    kinds: tuple[tuple[str, LineKind], ...] = (("h1", "title"), ("h2, h3, h4", "heading"))
    for selector, kind in kinds:
        for element in elements(tree, selector, _MOST_CAPTIONS):
            _prepend(tree, element, _MARK_OF[kind])
    for element in elements(tree, "figcaption, [class*='caption']", _MOST_CAPTIONS):
        _lift_caption(tree, element)


def _prepend(tree: HTMLTree, element: ElementNode, mark: str) -> None:
    node = tree.create_text_node(mark)
    if node is not None:
        element.prepend(node)


def _lift_caption(tree: HTMLTree, element: ElementNode) -> None:
    """Put a caption in its figure's place: the library takes figures out whole."""
    words = " ".join((element.text_content or "").split())
    if not words or len(words) > _LONGEST_CAPTION:
        return
    paragraph = tree.create_element("p")
    if paragraph is None:
        return
    paragraph.text_content = _MARK_OF["caption"] + words
    figure = element.parent_element
    for _ in range(_FIGURE_WITHIN):
        if figure is None or (figure.tag_name or "").lower() == "figure":
            break
        figure = figure.parent_element
    else:
        figure = None
    (element if figure is None else figure).replace_with(paragraph)
