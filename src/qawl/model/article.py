"""An article: the text that every span points into, and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from qawl.model.spans import Moment, Span

__all__ = ["Article", "Block", "BlockKind", "Dateline"]

BlockKind = Literal["headline", "dateline", "body", "subheading", "caption", "furniture"]
"""What a stretch of an article's text is. Statements are looked for in headline, subheading, body and caption."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of `Article.text` within one line, and what it is.

    Parameters
    ----------
    span : Span
        Offsets into `Article.text`; never crosses a line feed.
    kind : BlockKind
        What it is. A paragraph that opens with a dateline is two blocks, ``dateline`` and ``body``.
    """

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, day and agency that open a wire report («عمان 4 نوفمبر 2023 (وكالة)»).

    Parameters
    ----------
    span : Span or None
        Where it stands in `Article.text`; None if the text was stored without it.
    place : str
        As written; ``""`` if the dateline names none. Several places are joined with ``، ``.
    date : Moment or None
        The day, made whole from the publication date where the dateline leaves out the year.
    agency : str
        As written; ``""`` if none.
    """

    span: Span | None
    place: str
    date: Moment | None
    agency: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news article.

    Parameters
    ----------
    text : str
        What all spans point into: the headline (it may be empty), then one paragraph a line. It is never
        changed once the article is made.
    blocks : tuple of Block
        What each stretch of `text` is, in the order of the text.
    doc : str
        The caller's own identifier; ``""`` if none was given.
    url, outlet, section, agency : str
        As the page gives them; ``""`` where it does not. `outlet` is the publisher, `agency` the wire
        service the article comes from.
    authors : tuple of str
        Bylines.
    published, modified : Moment or None
        With a zone only if the page gave one.
    dateline : Dateline or None
        The dateline that opens the body.
    language : str
        BCP 47 tag.
    sha256 : str
        Of `text` in UTF-8, hexadecimal; computed here.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    doc: str = ""
    url: str = ""
    outlet: str = ""
    section: str = ""
    agency: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    dateline: Dateline | None = None
    language: str = "ar"
    sha256: str = field(init=False, default="")

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    @property
    def title(self) -> str:
        """The headline; ``""`` if the article has none. Without blocks it is the first line of `text`."""
        if self.blocks:
            return next((b.span.of(self.text).strip() for b in self.blocks if b.kind == "headline"), "")
        return self.text.split("\n", 1)[0].strip()

    @property
    def body(self) -> str:
        """The paragraphs, a line each, without headline, dateline, captions and furniture."""
        return "\n".join(b.span.of(self.text) for b in self.blocks if b.kind in ("body", "subheading"))

    @property
    def reference(self) -> Moment | None:
        """The moment that «اليوم» is relative to: the dateline's day, else the publication."""
        if self.dateline is not None and self.dateline.date is not None:
            return self.dateline.date
        return self.published
