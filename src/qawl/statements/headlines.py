"""Headlines of the form «NAME: content»."""

from __future__ import annotations

from qawl.model import Span
from qawl.statements.contents import Content, trim
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import is_family, names_a_source, phrase_end
from qawl.statements.parsed import Parsed, Sentence

__all__ = ["headline_statement"]

_LONGEST_NAME = 9  # tokens before the colon


def headline_statement(p: Parsed, s: Sentence) -> tuple[Span, Content] | None:
    """The speaker and content of a headline «NAME: content», or None.

    «NAME عن X: …» and «NAME لصحيفة: …» count, too: the speaker is the phrase that opens the headline. A
    headline with a cue verb before its colon is left to the grammar.
    """
    form = p.tok.form
    colon = next((k for k in range(s.first, min(s.last, s.first + _LONGEST_NAME + 1)) if form[k] == ":"), None)
    if colon is None or colon == s.first or colon + 1 >= s.last:
        return None
    if any(
        r.form in ("past", "present") and r.entry.strength > 0.5
        for k in range(s.first, colon)
        for r, _ in lookup(form[k])
    ):
        return None
    if not names_a_source(p, s.first) and not is_family(form[s.first], after_given=False):
        return None
    end = phrase_end(p, s.first, colon)
    if end == s.first:
        return None
    first, last = trim(p, colon + 1, s.last)
    if first >= last:
        return None
    speaker = p.tok.span(s.first, end)
    if first in p.opens and p.close_of(p.opens[first]) == last - 1:
        return speaker, Content(first, last, (p.quotes[p.opens[first]].inner,), "direct")
    return speaker, Content(first, last, (p.tok.span(first, last),), "direct")
