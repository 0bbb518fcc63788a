"""Statements: requires an article's text and blocks, assigns cue, speaker, content, mode and nesting."""

from __future__ import annotations

from qawl.model import Article, Statement
from qawl.statements.engine import find_statements
from qawl.statements.marks import tidied
from qawl.statements.parsed import Parsed

__all__ = ["Parsed", "find_statements", "find_statements_learned", "tidied"]


def find_statements_learned(article: Article, parsed: Parsed | None = None) -> tuple[Statement, ...]:
    """As `find_statements`, by the learned extractor; its weights are loaded when it is first called.

    Parameters
    ----------
    article : Article
        With its blocks.
    parsed : Parsed, optional
        The same article parsed, if it is at hand.
    """
    from qawl.statements.learned import find_statements_learned as learned

    return learned(article, parsed)
