"""Stances: what a statement wants or rejects, with its matter, its conditions and its degree.

Two readers propose: the network marks targets as annotators do (`qawl.positions.network`), the grammar tells the sign
of every curated matter that a content names (`qawl.positions.polarity`). What both see is one stance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qawl.arabic.words import Tokens, tokenize
from qawl.model import About, Act, Condition, Degree, Sign, Source, Span, Stance, Statement
from qawl.positions.acts import cue_act
from qawl.positions.matters import Match, find_matters, matters_of
from qawl.positions.network import Floats, network, targets
from qawl.positions.polarity import Polarity, Stand
from qawl.positions.qualifiers import Qualifier, qualifiers, shared_out
from qawl.positions.stems import stems
from qawl.positions.windows import token_range
from qawl.statements import Parsed

__all__ = ["Seen", "find_stances"]

_LONGEST = 400  # tokens of a content that are looked at
# What an act whose complement is a noun phrase says of it: «دعا إلى X», «أدان X».
_CUE_SIGNS: dict[Act, int] = {
    "demand": 1, "support": 1, "commit": 1, "condemn": -1, "reject": -1, "accuse": -1, "warn": -1,
}  # fmt: skip
_OPENED, _REACHED = 0.6, 0.65  # confidence of a stance that the grammar sees, without the network: by content, by cue
_SEEN = 0.35  # the same where the network finds no trace of it
_ALONE = 0.25  # chance from which a matter's words are a target though the grammar is silent
_ADJACENT = 2  # words from a turning word to the target right after it: «الحيلولة دون ⟨التهجير⟩»
_AGAINST = 0.5  # chance of the other sign from which the network counts before the grammar
_CLAUSES = frozenset(["ان", "بان", ":", "انه", "انها", "انهم", "بانه", "بانها"])


@dataclass(slots=True)
class _Draft:
    """A stance in the making, in tokens of its content."""

    first: int
    last: int
    sign: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network made of a statement: its first token, and the log chances of tags from there on."""

    first: int
    tags: Floats


def find_stances(
    parsed: Parsed, statements: tuple[Statement, ...], sources: dict[str, Source], seen: Mapping[int, Seen]
) -> tuple[Statement, ...]:
    """The same statements with their stances.

    Parameters
    ----------
    parsed : Parsed
        Their article.
    statements : tuple of Statement
        As found in it.
    sources : dict of str to Source
        Theirs, by key.
    seen : mapping of int to Seen
        By a statement's id what the network made of it; where it is missing the grammar decides alone.

    Raises
    ------
    DataError
        If a table is malformed.
    """
    inner: dict[int, list[Span]] = {}
    for s in statements:
        if s.parent is not None:
            inner.setdefault(s.parent, []).extend(s.content)
    own_of = {key: _own(sources.get(key)) for key in {s.who for s in statements}}
    out = []
    for s in statements:
        own = own_of[s.who]
        found: list[Stance] = []
        for part in s.content:
            found += _of_part(parsed, s, part, own, inner.get(s.id, ()), seen.get(s.id))
        if found or s.stances:
            s = replace(s, stances=tuple(sorted(found, key=lambda x: x.target)))
        out.append(s)
    return tuple(out)


def _own(source: Source | None) -> frozenset[str]:
    """Stems of the words that name a source, his office and his side."""
    if source is None:
        return frozenset()
    words = tokenize(f"{source.name} {source.role} {source.of}").form
    return frozenset(stem for w in words for stem in stems(w) if len(stem) > 2)


def _of_part(
    p: Parsed, s: Statement, part: Span, own: frozenset[str], inner: Sequence[Span], seen: Seen | None
) -> list[Stance]:
    """The stances of one part of a content; what another says within it is his."""
    found = token_range(p, part)
    if found is None:
        return []
    first, last = found[0], min(found[1], found[0] + _LONGEST)
    forms = p.tok.form[first:last]
    matches = find_matters(forms)
    drafts = _widened(_marked(seen, first, last), matches, seen, first) if seen is not None else []
    if not matches and not drafts:
        return []
    polarity = Polarity(forms, own)
    polarity.name((m.first, m.last) for m in matches)
    cue = _cue_sign(p.tok, s, part)
    drafts = [d for d in (_mended(d, polarity, cue, forms) for d in drafts) if d is not None]
    for m in matches:
        if not any(d.first < m.last and m.first < d.last for d in drafts):
            draft = _weighed(m, polarity.of(m.first, m.last), cue, _chances(seen, first, m.first, m.last))
            if draft is not None:
                drafts.append(draft)
    drafts = [d for d in drafts if not any(x.holds(p.tok.span(first + d.first, first + d.last)) for x in inner)]
    drafts.sort(key=lambda d: d.first)
    return _finished(p, first, forms, drafts, matches, polarity)


def _finished(
    p: Parsed, first: int, forms: Sequence[str], drafts: list[_Draft], matches: Sequence[Match], polarity: Polarity
) -> list[Stance]:
    """Stances with their qualifiers and matters."""
    found = qualifiers(forms) if drafts else []
    for d in drafts:
        for q in found:
            if d.first < q.first < d.last < q.last:
                d.last = q.first  # «رفع الحصار ⟨دون قيد أو⟩ شرط»
    shared = shared_out(found, [(d.first, d.last) for d in drafts], forms)
    return [
        _stance(p, first, d, _about(d, matches, polarity, p, first), q) for d, q in zip(drafts, shared, strict=True)
    ]


def _mended(d: _Draft, polarity: Polarity, cue: int, forms: Sequence[str]) -> _Draft | None:
    """A target that the network marked, without the words that only take the stand, and with the sign that is plain."""
    d.first, opener = polarity.past_openers(d.first, d.last)
    if d.first >= d.last or polarity.only_governs(d.first, d.last):
        return None
    d.sign = opener or d.sign
    stand = polarity.of(d.first, d.last)
    said = stand.sign if stand.opened else stand.sign * cue if stand.reached else 0
    if said == -d.sign and (stand.denied or (d.confidence < _OPENED and _turned_plainly(stand, d, forms))):
        # «لا نرفض …», «الحيلولة دون …»: what the network seldom sees.
        d.sign, d.confidence = said, min(d.confidence, _OPENED)
    return d


def _marked(seen: Seen, first: int, last: int) -> list[_Draft]:
    """The targets that the network marks within a part, in words of the part."""
    out = []
    for start, end, sign, chance in targets(seen.tags, network().bias):
        start, end = start + seen.first - first, end + seen.first - first
        if start >= 0 and end <= last - first:
            out.append(_Draft(start, end, sign, chance))
    return out


def _widened(drafts: list[_Draft], matches: Sequence[Match], seen: Seen | None, first: int) -> list[_Draft]:
    """Targets with the head of the matter whose tail they are: «وقف ⟨إطلاق النار⟩» is one; its head tells the sign."""
    out: list[_Draft] = []
    for d in drafts:
        for m in matches:
            if m.first < d.first < m.last <= d.last:
                chances = _chances(seen, first, m.first, d.first)
                d.first = m.first
                if chances is not None:
                    d.sign = 1 if chances[0] >= chances[1] else -1
        if out and out[-1].last > d.first:
            out[-1].last = max(out[-1].last, d.last)
        else:
            out.append(d)
    return out


def _turned_plainly(stand: Stand, d: _Draft, forms: Sequence[str]) -> bool:
    """Whether one word right before a target turns its sign: «⟨منع⟩ التهجير», «⟨منع⟩ أي طرف من توسيع الحرب»."""
    if len(stand.turned) != 1 or stand.turned[0] >= d.first:
        return False
    return d.first - stand.turned[0] <= _ADJACENT or forms[d.first - 1] == "من"


def _chances(seen: Seen | None, first: int, start: int, end: int) -> tuple[float, float] | None:
    """How likely the network finds it that words of a part, which begins at `first`, are wanted and are rejected."""
    if seen is None:
        return None
    start, end = start + first - seen.first, end + first - seen.first
    if start < 0 or end > len(seen.tags):
        return None
    chances = np.exp(seen.tags[start:end]).mean(0)
    return float(chances[1] + chances[2]), float(chances[3] + chances[4])


def _weighed(m: Match, stand: Stand, cue: int, chances: tuple[float, float] | None) -> _Draft | None:
    """The stance on a matter that the network did not mark: by the grammar, and by what the network thinks of it."""
    sign = stand.sign if stand.opened else stand.sign * cue if stand.reached else 0
    if chances is None:
        return _Draft(m.first, m.last, sign, _OPENED if stand.opened else _REACHED) if sign else None
    likelier = 1 if chances[0] >= chances[1] else -1
    if not sign:
        return _Draft(m.first, m.last, likelier, max(chances)) if max(chances) >= _ALONE else None
    chance = chances[0] if sign > 0 else chances[1]
    if likelier != sign and max(chances) >= _AGAINST:
        return _Draft(m.first, m.last, likelier, max(chances) / 2)
    return _Draft(m.first, m.last, sign, _SEEN + (1 - _SEEN) * chance)


def _cue_sign(tok: Tokens, s: Statement, part: Span) -> int:
    """What the cue says of a content that is its noun phrase; 0 if it says nothing."""
    if s.cue is None or s.mode == "direct" or part != s.content[0]:
        return 0
    if s.cue.end <= part.start and not _CLAUSES.isdisjoint(tok.forms(s.cue.end, part.start)[-2:]):
        return 0
    if not _CLAUSES.isdisjoint(tok.forms(part.start, min(part.end, part.start + 12))[:1]):
        return 0
    return _CUE_SIGNS.get(cue_act(tok, s), 0)


def _about(d: _Draft, matches: Sequence[Match], polarity: Polarity, p: Parsed, base: int) -> tuple[About, ...]:
    """The matters that a target bears on, each with its sign; `base` is the token at which the part begins."""
    own = [m for m in matches if m.first < d.last and m.last > d.first]
    if not own:
        forms = p.tok.form[base + d.first : base + d.last]
        own = [replace(m, first=m.first + d.first, last=m.last + d.first) for m in matters_of(forms)]
    out = []
    for m in own:
        turns, turned = polarity.turns_within(d.first, m.first) if m.first > d.first else (1, ())
        sign: Sign = "+" if d.sign * turns * (1 if m.sign == "+" else -1) > 0 else "-"
        words = p.tok.span(base + m.first, base + m.last)
        out.append(About(m.matter, sign, words, m.pattern, tuple(p.tok.span(base + k, base + k + 1) for k in turned)))
    return tuple(out)


def _stance(p: Parsed, base: int, d: _Draft, about: tuple[About, ...], found: Sequence[Qualifier]) -> Stance:
    degrees: list[Degree] = [q.degree for q in found if q.degree is not None]
    return Stance(
        target=p.tok.span(base + d.first, base + d.last),
        sign="+" if d.sign > 0 else "-",
        degree=degrees[0] if degrees else "plain",
        conditions=tuple(
            Condition(q.condition, p.tok.span(base + q.first, base + q.last)) for q in found if q.condition is not None
        ),
        about=about,
        confidence=round(min(1.0, d.confidence), 3),
    )
