"""A reading: an article with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from qawl.model.article import Article
from qawl.model.circumstances import Event
from qawl.model.statement import Source, Statement

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with the statements and sources that one version of the extractor found in it.

    Parameters
    ----------
    article : Article
        What was read.
    statements : tuple of Statement
        In the order of the text.
    sources : dict of str to Source
        By their key.
    extractor : str
        Name and version of what read it, for provenance.
    events : tuple of Event
        Meetings and the like that the article tells of, with those who took part.
    """

    article: Article
    statements: tuple[Statement, ...]
    sources: dict[str, Source]
    extractor: str
    events: tuple[Event, ...] = ()

    def source_of(self, statement: Statement) -> Source | None:
        """The source of `statement`, or None if it has none."""
        return self.sources.get(statement.who)

    def content_of(self, statement: Statement) -> str:
        """The exact words of `statement`, its parts joined with `` … ``."""
        return " … ".join(s.of(self.article.text) for s in statement.content)
