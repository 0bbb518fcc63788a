"""Statements: requires an article's text and blocks, assigns cue, speaker, content, mode and nesting."""

from qawl.statements.engine import find_statements

__all__ = ["find_statements"]
