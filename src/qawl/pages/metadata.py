"""What a page's markup says of its article: JSON-LD first, then OpenGraph, microdata and ``<time>``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from html import unescape

from resiliparse.parse.html import ElementNode, HTMLTree

from qawl.model import Moment
from qawl.pages.bodytext import elements, inner_elements
from qawl.pages.furniture import words
from qawl.pages.names import key
from qawl.pages.stamps import to_moment

__all__ = ["Metadata", "read_metadata"]

_ARTICLE_TYPES = re.compile(
    r"(?:^|[/:])(?:\w*Article|\w*NewsArticle|ReportageNewsArticle|BlogPosting|Report|LiveBlogPosting)$"
)
_LONGEST_SECTION = 30
_LONGEST_SCRIPT = 2_000_000
_MOST_NODES = 5_000  # of one JSON-LD document
_LONGEST_NAME = 120
_MOST_TIMES = 5
_MOST_CRUMBS = 10
_MOST_ELEMENTS = 300  # that one selector is asked for


@dataclass(frozen=True, slots=True)
class Metadata:
    """An article's metadata; empty where the page says nothing.

    `body` is the text that JSON-LD holds (``articleBody``).
    """

    title: str = ""
    outlet: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    url: str = ""
    body: str = ""

    def or_else(self, other: Metadata) -> Metadata:
        """This, with what it leaves empty taken from `other`."""
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def read_metadata(tree: HTMLTree) -> Metadata:
    """The metadata that a page's markup gives.

    Parameters
    ----------
    tree : HTMLTree
        The page.

    Returns
    -------
    Metadata
        Of each item, what the first in this order says: JSON-LD, OpenGraph and other ``<meta>``, microdata,
        ``<time>``, an element classed as breadcrumb, ``<h1>``, ``<title>``. Broken JSON-LD is passed over.
    """
    found = _json_ld(tree)
    for source in (_meta_tags, _microdata, _time_tags, _breadcrumb, _headings):
        found = found.or_else(source(tree))
    return found


def _elements(tree: HTMLTree, selector: str) -> Sequence[ElementNode]:
    return elements(tree, selector, _MOST_ELEMENTS)


def _plain(value: object) -> str:
    """A string of the markup as text: entities that were escaped twice are read, white space collapsed."""
    if not isinstance(value, str):
        return ""
    value = value.strip()
    return " ".join((unescape(value) if "&" in value else value).split(" "))


def _one_line(value: object) -> str:
    return " ".join(_plain(value).split())


# JSON-LD


def _json_ld(tree: HTMLTree) -> Metadata:
    found, crumbs = Metadata(), ""
    for script in _elements(tree, "script[type='application/ld+json']"):
        text = (script.text_content or "").strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n")
        if not text or len(text) > _LONGEST_SCRIPT:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _ARTICLE_TYPES.search(k) for k in kinds):
                found = found.or_else(_article_node(node))
            elif "BreadcrumbList" in kinds:
                crumbs = crumbs or _section_of_crumbs(node)
    return found.or_else(Metadata(section=crumbs))


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document: its own, those in lists and in ``@graph``."""
    queue, seen = [value], 0
    while queue and seen < _MOST_NODES:
        seen += 1
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item[:_MOST_NODES])
        elif isinstance(item, dict):
            yield item
            queue.extend(item[k] for k in ("@graph", "mainEntity", "itemListElement") if k in item)


def _article_node(node: dict[str, object]) -> Metadata:
    return Metadata(
        title=_one_line(node.get("headline") or node.get("name")),
        outlet=_name(node.get("publisher")),
        section=_name(node.get("articleSection")),
        authors=_names(node.get("author") or node.get("creator")),
        published=_time(node.get("datePublished")) or _time(node.get("dateCreated")),
        modified=_time(node.get("dateModified")),
        url=_one_line(node.get("url")),
        body=_plain(node.get("articleBody")),
    )


def _time(value: object) -> Moment | None:
    return to_moment(value) if isinstance(value, str) and value else None


def _name(value: object) -> str:
    names = _names(value)
    return names[0] if names else ""


def _names(value: object) -> tuple[str, ...]:
    found = []
    for item in (value if isinstance(value, list) else [value])[:20]:
        name = _one_line(item.get("name") if isinstance(item, dict) else item)
        if name and len(name) <= _LONGEST_NAME and not name.startswith(("http:", "https:", "@")):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _section_of_crumbs(node: dict[str, object]) -> str:
    items = node.get("itemListElement")
    names = []
    for entry in items if isinstance(items, list) else []:
        inner = entry.get("item") if isinstance(entry, dict) else None
        names.append(_name(entry) or (_name(inner) if isinstance(inner, dict) else ""))
    return _section_among(names)


def _section_among(crumbs: list[str]) -> str:
    """The first crumb that is neither the home page nor a headline."""
    return next((c for c in crumbs if c and key(c) not in words("home") and len(c) <= _LONGEST_SECTION), "")


# <meta>


_META = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "section": ("article:section", "section", "category"),
    "authors": ("author", "article:author", "dc.creator", "sailthru.author", "cxenseparse:author"),
    "published": (
        "article:published_time", "datepublished", "og:published_time", "publishdate", "pubdate", "publish-date",
        "article.published", "dc.date.issued", "dc.date", "date", "cxenseparse:recs:publishtime", "sailthru.date",
    ),
    "modified": ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified"),
    "url": ("og:url",),
}  # fmt: skip


def _meta_tags(tree: HTMLTree) -> Metadata:
    values: dict[str, list[str]] = {}
    for element in _elements(tree, "meta[content]"):
        name = element.getattr("property") or element.getattr("name") or ""
        content = _one_line(element.getattr("content"))
        if name and content:
            values.setdefault(name.lower(), []).append(content)

    def first(item: str) -> str:
        return next((values[n][0] for n in _META[item] if n in values), "")

    authors = next((found for n in _META["authors"] if (found := _names(values.get(n, [])))), ())
    return Metadata(
        title=first("title"), outlet=first("outlet"), section=first("section"), authors=authors,
        published=_time(first("published")), modified=_time(first("modified")), url=first("url"),
    )  # fmt: skip


# Microdata and <time>


def _microdata(tree: HTMLTree) -> Metadata:
    def values(item: str) -> list[str]:
        # Not those of the page's other items: related articles name theirs as well, and come after.
        return [_item_value(e) for e in _elements(tree, f"[itemprop~='{item}']")[:10]]

    def first(item: str) -> str:
        return next((v for v in values(item) if v), "")

    title = first("headline")
    if not title and not first("articleBody") and not first("datePublished"):
        return Metadata()
    return Metadata(
        title=title, outlet=first("publisher"), section=first("articleSection"),
        authors=_names(values("author")[:5]), published=_time(first("datePublished")),
        modified=_time(first("dateModified")),
    )  # fmt: skip


def _item_value(element: ElementNode) -> str:
    inner = element.query_selector("[itemprop~='name']")
    if inner is not None and element.hasattr("itemscope"):
        element = inner
    for name in ("content", "datetime"):
        if value := element.getattr(name):
            return _one_line(value)
    return _one_line(element.text_content or "")[:500]


def _time_tags(tree: HTMLTree) -> Metadata:
    for element in (*inner_elements(tree, "article, main", "time", _MOST_TIMES), *elements(tree, "time", _MOST_TIMES)):
        found = _time(element.getattr("datetime")) or _time(_one_line(element.text_content))
        if found is not None:
            return Metadata(published=found)
    return Metadata()


def _breadcrumb(tree: HTMLTree) -> Metadata:
    for selector in ("[class*='breadcrumb'], [id*='breadcrumb']", "[class*='crumb']"):
        if crumbs := [_one_line(e.text_content) for e in inner_elements(tree, selector, "a", _MOST_CRUMBS)]:
            return Metadata(section=_section_among(crumbs))
    return Metadata()


def _headings(tree: HTMLTree) -> Metadata:
    headings = [_one_line(e.text_content) for e in _elements(tree, "h1")]
    title = max(headings, key=len, default="") or _one_line(tree.title or "")
    return Metadata(title=title)
