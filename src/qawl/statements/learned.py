"""The learned extractor: which words report, and what they report, weighed by a small network.

The network reads an article with the lexicon's classes, the names and the quotations as features, scores every word
as a cue, and for each likely cue scores whole stretches of its paragraph as content and as speaker. Quotation marks,
colons and the guidelines' rules then make exact spans and modes of these stretches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from qawl.model import Article, Mode, Span, Statement
from qawl.statements.learned_decode import best_segments, likeliest_or_none
from qawl.statements.learned_features import Paragraph, context_features, paragraphs
from qawl.statements.learned_geometry import relations, windows
from qawl.statements.learned_net import Floats, Network, network
from qawl.statements.learned_spans import content_spans
from qawl.statements.lexicon import lookup, phrases_at
from qawl.statements.parsed import Parsed, Vectors, has_letters
from qawl.statements.speakers import speaker_of_noun

__all__ = ["find_statements_learned"]

_PORTION = 20_000  # tokens that are encoded at once
_TOGETHER = 512  # likely cues whose contents are scored at once
_PROPOSED = 0.2  # chance from which a word is looked at as a cue
_NESTED = 0.3  # confidence from which a statement within another's content is kept
_SAME = 0.8  # overlap of two contents from which one of their cues only doubles the other


@dataclass(slots=True)
class _Draft:
    """A statement in the making; `cue` is tokens ``[first, last)``."""

    cue: tuple[int, int] | None
    speaker: Span | None
    spans: tuple[Span, ...]
    mode: Mode
    confidence: float
    via: Span | None = None
    named: Span | None = None


class _Sequence:
    """An article's paragraphs as one sequence of positions, with a row before each paragraph."""

    __slots__ = ("bounds", "letters", "quote", "real", "sentence", "sizes", "where")

    def __init__(self, p: Parsed, found: list[Paragraph]) -> None:
        where: list[int] = []
        bounds: list[tuple[int, int]] = []
        for paragraph in found:
            where.append(-1)
            bounds.append((0, 0))
            at, size = len(where), paragraph.last - paragraph.first
            where += range(paragraph.first, paragraph.last)
            bounds += [(at, at + size)] * size
        form = p.tok.form
        self.where = where
        self.bounds = np.asarray(bounds, np.int32).reshape(-1, 2)
        tokens = np.asarray(where, np.int64)
        sizes = np.asarray([len(f) if has_letters(f) else 0 for f in form], np.int64)
        self.real = tokens >= 0
        self.sizes = np.where(self.real, sizes[tokens], 0)
        self.letters = self.sizes > 0
        self.sentence = np.searchsorted(np.asarray(p.starts), tokens, side="right").astype(np.int32)
        self.quote = np.where(self.real, np.asarray(p.inside)[tokens], -1).astype(np.int32)


def find_statements_learned(
    article: Article, parsed: Parsed | None = None, *, net: Network | None = None
) -> tuple[Statement, ...]:
    """The statements of an article, in the order of the text, as `find_statements` gives them.

    Parameters
    ----------
    article : Article
        With its blocks.
    parsed : Parsed, optional
        The same article parsed, if it is at hand.
    net : Network, optional
        Other weights than those that ship.

    Returns
    -------
    tuple of Statement
        `confidence` is the chance that the statement is one and overlaps the true one by half.

    Raises
    ------
    DataError
        If the weights are missing or cannot be read.
    """
    p = parsed or Parsed(article)
    if not p.sentences:
        return ()
    net = net or network()
    found = paragraphs(p)
    context = context_features(p, found)
    form = p.tok.form
    drafts: list[_Draft] = []
    for portion in _portions(found):
        seq = _Sequence(p, portion)
        words = [form[t] if t >= 0 else "\n" for t in seq.where]
        x = net.embed(words, [context[t] if t >= 0 else () for t in seq.where])
        h = net.encode(x)
        _keep(p, seq, x, h)
        drafts += _drafts(p, net, seq, h)
    return _number(p, drafts, net.calibration[0])


def _keep(p: Parsed, seq: _Sequence, x: Floats, h: Floats) -> None:
    """Leaves the vectors of the tokens for the rooms after this one."""
    if p.vectors is None:
        shape = (len(p.tok), x.shape[1])
        p.vectors = Vectors(np.zeros(shape, np.float32), np.zeros(shape, np.float32))
    tokens = np.asarray(seq.where, np.int64)[seq.real]
    p.vectors.alone[tokens] = x[seq.real]
    p.vectors.within[tokens] = h[seq.real]


def _portions(found: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """The paragraphs in portions that fit in memory; an article of ordinary length is one."""
    portion: list[Paragraph] = []
    size = 0
    for paragraph in found:
        if portion and size + paragraph.last - paragraph.first > _PORTION:
            yield portion
            portion, size = [], 0
        portion.append(paragraph)
        size += paragraph.last - paragraph.first
    if portion:
        yield portion


def _drafts(p: Parsed, net: Network, seq: _Sequence, h: Floats) -> list[_Draft]:
    chances = net.cues(h)
    chance = (1 - chances[:, 0]) * seq.real
    likely: NDArray[np.int64] = np.flatnonzero(chance > _PROPOSED).astype(np.int64)
    out: list[_Draft] = []
    for first in range(0, len(likely), _TOGETHER):
        out += _governed(p, net, seq, h, chances, likely[first : first + _TOGETHER])
    return out


def _governed(
    p: Parsed, net: Network, seq: _Sequence, h: Floats, chances: Floats, anchors: NDArray[np.int64]
) -> list[_Draft]:
    """What each likely cue governs."""
    chance = (1 - chances[:, 0]) * seq.real
    at, real = windows(anchors, seq.bounds)
    related = relations(anchors, at, seq.sentence, seq.quote, chance.astype(np.float32))
    edges, silent, held = net.govern(h, anchors, at, real, related)
    allowed = real & seq.letters[at]
    contents = best_segments(edges[..., :3], allowed, seq.sizes[at] * real)
    first, last = likeliest_or_none(edges[..., 3:], allowed, silent)
    names = net.names(h)
    threshold, slope, shift = net.calibration
    out: list[_Draft] = []
    raw = np.clip(contents.found / (1 + np.exp(-held.astype(np.float64))), 1e-4, 1 - 1e-4)
    confidence = 1 / (1 + np.exp(-slope * np.log(raw / (1 - raw)) - shift))
    for n, anchor in enumerate(anchors.tolist()):
        if confidence[n] < min(threshold, _NESTED) or contents.last[n] < 0:
            continue
        token = seq.where[anchor]
        cue = _cue(p, token) if chances[anchor, 1] >= chances[anchor, 2] and has_letters(p.tok.form[token]) else None
        speaker = (seq.where[at[n, first[n]]], seq.where[at[n, last[n]]] + 1) if last[n] >= 0 else None
        start, stop = seq.where[at[n, contents.first[n]]], seq.where[at[n, contents.last[n]]] + 1
        spans, mode = content_spans(p, start, stop, cue, speaker)
        span = p.tok.span(*speaker) if speaker is not None else None
        named = _named(p, speaker, names[at[n, first[n] : last[n] + 1]]) if speaker is not None else None
        out.append(_Draft(cue, span, spans, mode, float(confidence[n]), _carrier(p, cue), named))
    return out


def _named(p: Parsed, speaker: tuple[int, int], scores: Floats) -> Span | None:
    """The stretch of a mention that is most likely a person's name; None if none is likelier."""
    best, total, first = 0.0, 0.0, 0
    found = None
    for k, score in enumerate(scores.tolist()):
        if total <= 0:
            total, first = 0.0, k
        total += score
        if total > best:
            best, found = total, (first, k + 1)
    return p.tok.span(speaker[0] + found[0], speaker[0] + found[1]) if found is not None else None


def _cue(p: Parsed, token: int) -> tuple[int, int]:
    """The tokens of a cue that begins at `token`: one, but for phrases («على حد قول»)."""
    for phrase, places in phrases_at(p.tok.form, token):
        if phrase.kind == "phrase" and "{V:*}" not in phrase.slots:
            last = places[-1] + 1 if not phrase.slots[-1].endswith("+") else places[-1]
            return token, max(last, token + 1)
    return token, token + 1


def _carrier(p: Parsed, cue: tuple[int, int] | None) -> Span | None:
    """The medium that carried the words: «نقلت ⟨الوكالة⟩ عن الوزير قوله»."""
    if cue is None or not any(r.form == "masdar" and r.suffix for r, _ in lookup(p.tok.form[cue[0]])):
        return None
    n = bisect_right(p.starts, cue[0]) - 1
    return speaker_of_noun(p, cue[0], p.sentences[n])[1] if n >= 0 else None


def _lemma(p: Parsed, cue: tuple[int, int]) -> str:
    """A cue's dictionary form: that of its likeliest reading."""
    readings = lookup(p.tok.form[cue[0]])
    if cue[1] == cue[0] + 1 and readings:
        return max(readings, key=lambda r: (r[0].strength, -len(r[1])))[0].lemma
    found = phrases_at(p.tok.form, cue[0])
    return found[0][0].phrase if found else ""


def _letters(spans: tuple[Span, ...]) -> int:
    return sum(s.end - s.start for s in spans)


def _overlap(a: _Draft, b: _Draft) -> float:
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.spans for y in b.spans)
    return shared / max(1, _letters(a.spans) + _letters(b.spans) - shared)


def _without_doubles(drafts: list[_Draft]) -> list[_Draft]:
    """One statement for each content: «وأضافت قائلة» is one, that of the likelier cue."""
    order = sorted(range(len(drafts)), key=lambda n: drafts[n].spans[0].start)
    dropped: set[int] = set()
    for place, n in enumerate(order):
        end = drafts[n].spans[-1].end
        for m in order[place + 1 :]:
            if drafts[m].spans[0].start >= end:
                break
            if n not in dropped and m not in dropped and _overlap(drafts[n], drafts[m]) >= _SAME:
                dropped.add(n if drafts[n].confidence < drafts[m].confidence else m)
    return [d for n, d in enumerate(drafts) if n not in dropped]


def _parents(kept: list[_Draft], anchors: list[Span]) -> dict[int, int]:
    """For each draft that stands inside a part of another's content, the index of the smallest such one."""
    parts = sorted(((s.start, -s.end, n) for n, d in enumerate(kept) for s in d.spans))
    parents: dict[int, tuple[int, int]] = {}
    around: list[tuple[int, int]] = []  # end, draft
    mine = {n: Span(d.spans[0].start, d.spans[-1].end) for n, d in enumerate(kept)}
    for _, minus_end, n in parts:
        while around and around[-1][0] < mine[n].end:
            around.pop()
        for end, m in reversed(around):
            whole = next(s for s in kept[m].spans if s.end == end)
            if m != n and whole.holds(anchors[n]) and whole.holds(mine[n]) and whole != mine[n]:
                size = _letters(kept[m].spans)
                if n not in parents or size < parents[n][0]:
                    parents[n] = (size, m)
                break
        around.append((-minus_end, n))
    return {n: m for n, (_, m) in parents.items()}


def _sure(drafts: list[_Draft], threshold: float) -> list[_Draft]:
    """Those that are sure enough; a report within another's words may be less so, since half of them are missed."""
    outer = sorted((s for d in drafts if d.confidence >= threshold for s in d.spans), key=lambda s: s.start)
    starts = [s.start for s in outer]
    reach = list(accumulate((s.end for s in outer), max))

    def within(span: Span) -> bool:
        before = bisect_left(starts, span.start)
        return before > 0 and reach[before - 1] >= span.end

    return [d for d in drafts if d.confidence >= threshold or within(d.spans[0])]


def _number(p: Parsed, drafts: list[_Draft], threshold: float) -> tuple[Statement, ...]:
    """Statements in the order of the text, with their parents."""
    kept = _sure(_without_doubles(drafts), threshold)
    cues = {id(d): p.tok.span(*d.cue) if d.cue is not None else None for d in kept}

    def anchor(d: _Draft) -> Span:
        return cues[id(d)] or d.spans[0]

    kept.sort(key=lambda d: (min(d.spans[0].start, anchor(d).start), anchor(d).start))
    parents = _parents(kept, [anchor(d) for d in kept])
    out: list[Statement] = []
    for n, d in enumerate(kept, 1):
        cue = cues[id(d)]
        parent = parents[n - 1] + 1 if n - 1 in parents else None
        out.append(
            Statement(
                id=n, cue=cue, lemma=_lemma(p, d.cue) if d.cue is not None else "", speaker=d.speaker, content=d.spans,
                mode=d.mode, parent=parent, via=d.via, named=d.named,
                confidence=round(min(1.0, max(0.0, d.confidence)), 3),
            )
        )  # fmt: skip
    return tuple(out)
