"""Whose words: requires statements, assigns their sources."""

from qawl.sources.resolve import resolve

__all__ = ["resolve"]
