"""Statements: requires an article's text and blocks, assigns cue, speaker, content, mode and nesting."""

from qawl.statements.engine import find_statements
from qawl.statements.parsed import Parsed

__all__ = ["Parsed", "find_statements"]
