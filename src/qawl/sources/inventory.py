"""The subject that a clause begins with."""

from __future__ import annotations

from qawl.arabic.gazetteer import gazetteer
from qawl.sources.mentions import Mention, parse_mention
from qawl.statements.mentions import classes, is_given, mention_end
from qawl.statements.parsed import Parsed

__all__ = ["subject_before"]

_SUBJECT_WITHIN = 4  # words: a clause's subject stands at its beginning or right after its verb
_PREPOSITIONS = frozenset("في من الي علي عن مع بين بعد قبل خلال".split())


def subject_before(p: Parsed, first: int, at: int) -> Mention | None:
    """The subject of the clause of tokens ``[first, at)``: the phrase it begins with, or the one after its verb."""
    form = p.tok.form
    for k in range(first, min(at, first + _SUBJECT_WITHIN)):
        f = form[k]
        if not f[0].isalpha() or (f[0] in "بلك" and not is_given(f) and "title" not in classes(f)):
            continue
        if "title" not in classes(f) and not is_given(f) and gazetteer().longest_body(form, k) is None:
            if not any(c.startswith("source:") for c in classes(f)):
                continue
        if k > first and form[k - 1] in _PREPOSITIONS:
            return None
        end = mention_end(p, k, at)
        if end > k:
            m = parse_mention(p, p.tok.span(k, end))
            return m if m.name or m.definite else None
    return None
