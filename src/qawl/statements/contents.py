"""Where a content ends: the right edge of what a cue governs."""

from __future__ import annotations

from dataclasses import dataclass

from qawl.model import Mode, Span
from qawl.statements.governing import Complement, is_new_cue
from qawl.statements.lexicon import lookup, phrases_at
from qawl.statements.mentions import names_a_source
from qawl.statements.parsed import Parsed, function_words, has_letters

__all__ = ["Content", "content_of", "trim"]

_TERM = 2  # a quoted piece of one or two words is a term, not a quotation (guidelines, mode)


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a statement.

    Parameters
    ----------
    first, last : int
        Token indices from its first to after its last token, marks and gaps included.
    spans : tuple of Span
        Its exact parts.
    mode : Mode
        Direct, indirect or mixed.
    """

    first: int
    last: int
    spans: tuple[Span, ...]
    mode: Mode


def trim(p: Parsed, first: int, last: int) -> tuple[int, int]:
    """A token range without punctuation at its ends; marks of pairs that it holds whole are kept."""
    form = p.tok.form
    while first < last and not has_letters(form[first]) and first not in p.opens and form[first] not in "([":
        first += 1
    while last > first and not has_letters(form[last - 1]) and last - 1 not in p.closes and form[last - 1] not in ")]%":
        last -= 1
    if first >= last:
        return first, first
    # A closing mark whose opening lies outside is not of this content, and the reverse.
    if last - 1 in p.closes and p.quotes[p.closes[last - 1]].span.start < p.tok.start[first]:
        return trim(p, first, last - 1)
    if first in p.opens and p.quotes[p.opens[first]].span.end > p.tok.end[last - 1]:
        return trim(p, first + 1, last)
    return first, last


def _ends_here(p: Parsed, k: int, start: int, *, phrase: bool = False) -> bool:
    """Whether the reporter speaks again, or another statement begins, at token `k`."""
    form = p.tok.form
    f = form[k]
    words = function_words()
    after_break = (not has_letters(form[k - 1]) and form[k - 1] in "،,؛-–") or k - 1 in p.closes
    kind = is_new_cue(p, k)
    if kind == "participle":
        return after_break or f.endswith("ا")
    if kind == "verb":
        return p.inside[k] < 0
    following = form[k + 1] if k + 1 < len(form) else ""
    if after_break and f"{f}_{following}" in words["cut_pair"]:
        return True
    if phrase and after_break and f in words["cut_np"]:
        return True
    if f in words["cut"] and (after_break or f in _SAYS_WHO):
        return k > start + 1 and (f not in _SAYS_WHO or _names_who(p, k))
    return f == "علي" and following == "حد"


def _names_who(p: Parsed, k: int) -> bool:
    """Whether the phrase at token `k` names a source: «بحسب الوزير», not «يسير حسب الخطة»."""
    form = p.tok.form
    found = phrases_at(form, k)
    if not found:
        return False
    at = found[0][1][-1] + (0 if found[0][0].slots[-1].endswith("+") else 1)
    if not found[0][0].who_follows or at >= len(form):
        return True
    if form[at] in ("ما", "لما"):
        return any(r.form in ("past", "present") for f in form[at + 1 : at + 3] for r, _ in lookup(f))
    return names_a_source(p, at) or form[at][0] == "ل"


# «…، بحسب الوزير»: what names the source after the words.
_SAYS_WHO = frozenset("بحسب حسب وفق وفقا حسبما بحسبما طبقا نقلا".split())


def _clause_end(p: Parsed, start: int, last: int, *, phrase: bool = False) -> int:
    """The end of an indirect content that begins at token `start`, at most `last`."""
    k = start
    while k < last:
        if k in p.opens:
            k = p.close_of(p.opens[k]) + 1
            continue
        if k > start and _ends_here(p, k, start, phrase=phrase):
            return k
        k += 1
    return last


def content_of(p: Parsed, c: Complement, last: int) -> Content | None:
    """The content that a complement introduces, up to the end `last` of its sentence at most.

    Returns
    -------
    Content or None
        None if nothing is left once punctuation is trimmed.
    """
    if c.kind == "quote" and c.start in p.opens:
        return _quoted(p, c, last)
    first, end = trim(p, c.start, _clause_end(p, c.start, last, phrase=c.kind in ("prep", "np")))
    if first >= end:
        return None
    return _indirect(p, first, end, direct=c.kind == "colon")


def _indirect(p: Parsed, first: int, end: int, *, direct: bool) -> Content:
    mode: Mode = "direct" if direct else "indirect"
    quoted = [k for k in range(first, end) if k in p.opens and p.close_of(p.opens[k]) < end]
    if quoted and first == quoted[0] and p.close_of(p.opens[first]) == end - 1:
        inner = p.quotes[p.opens[first]].inner
        return (
            Content(first, end, (inner,), "direct")
            if inner.end > inner.start
            else Content(first, end, (p.tok.span(first, end),), mode)
        )
    if any(p.length(p.opens[k]) > _TERM for k in quoted) and not direct:
        mode = "mixed"
    span = p.tok.span(first, end)
    # A last closing mark belongs to a quoted end: «أن الأمر "لن يمر"» ends before it.
    if end - 1 in p.closes and mode == "mixed":
        span = Span(span.start, p.quotes[p.closes[end - 1]].inner.end)
    return Content(first, end, (span,), mode)


def _quoted(p: Parsed, c: Complement, last: int) -> Content | None:
    """A direct content, with the quotations that go on after it: «"…"، و"…"»."""
    quote = p.opens[c.start]
    spans = [p.quotes[quote].inner]
    end = p.close_of(quote) + 1
    k = end
    while k < last and k - end <= 2:
        f = p.tok.form[k]
        if k in p.opens:
            spans.append(p.quotes[p.opens[k]].inner)
            end = k = p.close_of(p.opens[k]) + 1
            continue
        if has_letters(f) and f != "و":
            break
        k += 1
    mode: Mode = "direct"
    # Words that run on from the quotation without a comma are the speaker's too: «"لن نقبل" بأي شرط».
    if end < last and has_letters(p.tok.form[end]) and not _ends_here(p, end, c.start) and len(spans) == 1:
        stop = _clause_end(p, end, last)
        first, tail = trim(p, c.start, stop)
        if tail > end and not _ends_here(p, end, c.start):
            return Content(first, tail, (Span(p.tok.start[c.start], p.tok.end[tail - 1]),), "mixed")
    spans = [s for s in spans if s.end > s.start]
    return Content(c.start, end, tuple(spans), mode) if spans else None
