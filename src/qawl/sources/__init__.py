"""Whose words, when and where: requires statements, assigns their sources, when they were said, and the occasion."""

from qawl.sources.events import find_events
from qawl.sources.occasions import with_occasions
from qawl.sources.resolve import resolve
from qawl.sources.when import dated

__all__ = ["dated", "find_events", "resolve", "with_occasions"]
