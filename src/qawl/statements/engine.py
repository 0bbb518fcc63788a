"""The lexicon-and-grammar engine: an article in, its statements out (their sources still unresolved)."""

from __future__ import annotations

from dataclasses import dataclass

from qawl.model import Article, Mode, Span, Statement
from qawl.statements.contents import Content, content_of, trim
from qawl.statements.cues import Candidate, candidates
from qawl.statements.governing import Complement
from qawl.statements.headlines import headline_statement
from qawl.statements.parsed import Parsed, Sentence, function_words, has_letters
from qawl.statements.speakers import (
    after_auxiliary,
    issuer,
    speaker_after,
    speaker_before,
    speaker_of_noun,
    speaker_of_phrase,
)

__all__ = ["find_statements"]


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Parameters
    ----------
    cue, speaker : Span or None
        As in `Statement`.
    lemma, kind : str
        The cue's dictionary form and how it was found (``verb``, ``participle``, ``noun``, ``phrase``, ``none``).
    content : Content
        Its content.
    confidence : float
        From 0 to 1.
    via : Span or None
        The carrier.
    """

    cue: Span | None
    speaker: Span | None
    lemma: str
    kind: str
    content: Content
    confidence: float
    via: Span | None = None


def find_statements(article: Article, parsed: Parsed | None = None) -> tuple[Statement, ...]:
    """The statements of an article, in the order of the text.

    Parameters
    ----------
    article : Article
        With its blocks; statements are sought in headline, subheadings, body and captions.
    parsed : Parsed, optional
        The same article parsed, if it is at hand.

    Returns
    -------
    tuple of Statement
        With cue, lemma, speaker, content, mode and parent; `who` is empty and `act` is ``inform``.
    """
    p = parsed or Parsed(article)
    drafts: list[Draft] = []
    for s in p.sentences:
        if s.kind == "headline":
            headline = headline_statement(p, s)
            if headline is not None:
                speaker, content = headline
                drafts.append(Draft(None, speaker, "", "none", content, 0.7))
                continue
        drafts.extend(_sentence(p, s))
    return _number(drafts)


def _sentence(p: Parsed, s: Sentence) -> list[Draft]:
    out: list[Draft] = []
    for c in candidates(p, s):
        draft = _phrase(p, s, c, out) if c.kind == "phrase" else _governing(p, s, c)
        if draft is not None:
            out.append(draft)
    return out


def _governing(p: Parsed, s: Sentence, c: Candidate) -> Draft | None:
    """A statement whose cue governs its content, or whose content stands before its cue."""
    cue = p.tok.span(c.first, c.last)
    lemma = c.reading.lemma if c.reading else ""
    content = content_of(p, c.complement, s.last) if c.complement else _content_before(p, s, c.first)
    if content is None:
        return None
    if c.kind == "verb" and not c.clitic and c.complement is not None and content.mode == "direct":
        content = _interrupted(p, s, c.first, content)
    speaker = None
    via = None
    if c.phrase is not None and c.phrase.kind == "document" and c.complement is not None:
        speaker = issuer(p, c.first + 1, c.complement.trigger)
    elif c.kind == "verb" and not (c.reading and c.reading.lemma == "نقل"):
        takes_object = bool(c.reading) and any(x.startswith("np") for x in c.reading.entry.complements)  # type: ignore[union-attr]
        gender = c.reading.gender if c.reading else ""
        speaker = after_auxiliary(p, c.first, s)
        before = speaker_before(p, c.first, s) if c.clitic == "" and speaker is None else None
        # «الوزير يحذر الأطراف»: a subject right before the verb leaves what follows to be its object.
        if speaker is None and not (before is not None and takes_object and before.end == p.tok.end[c.first - 1]):
            speaker = speaker_after(p, c.first, c.complement, s.last, takes_object=takes_object, gender=gender)
        speaker = speaker or before
    elif c.kind == "noun":
        speaker, via = speaker_of_noun(p, c.first, s)
    return Draft(cue, speaker, lemma, c.kind, content, c.strength, via)


def _interrupted(p: Parsed, s: Sentence, k: int, after: Content) -> Content:
    """A quotation that its cue interrupts: «"سنعمل معا"، قال الراوي، "حتى الليل"» is one content of two parts."""
    before = _content_before(p, s, k)
    if before is None or any(has_letters(f) for f in p.tok.form[before.last : k]):
        return after
    return Content(before.first, after.last, before.spans + after.spans, "direct")


def _content_before(p: Parsed, s: Sentence, k: int) -> Content | None:
    """The quotation that ends right before the verb at token `k`."""
    for m in range(k - 1, max(s.first, k - 8) - 1, -1):
        if m in p.closes:
            quote = p.quotes[p.closes[m]]
            first = p.at(quote.span.start)
            return Content(first, m + 1, (quote.inner,), "direct") if quote.inner.end > quote.inner.start else None
    return None


def _phrase(p: Parsed, s: Sentence, c: Candidate, earlier: list[Draft]) -> Draft | None:
    """A statement attributed by a phrase: «بحسب الوزير، …» or «…، بحسب الوزير»."""
    assert c.phrase is not None
    speaker: Span | None = None
    after = c.last
    if c.phrase.who_follows or c.phrase.slots[-1].endswith("ما"):
        at = c.last - 1 if c.phrase.slots[-1].endswith("+") else c.last
        speaker, after = speaker_of_phrase(p, at, s.last)
        if speaker is None:
            return None
        joined = p.text[speaker.start : speaker.start + 2]
        if (
            at < c.last and speaker.start == p.tok.start[at] and joined != "لل" and speaker.end - speaker.start > 2
        ):  # «وفقا لمسؤول»: the ل is no part of it
            speaker = Span(speaker.start + 1, speaker.end)
    cue = p.tok.span(c.first, c.last - 1 if c.phrase.slots[-1].endswith("+") else c.last)
    content = None
    if c.first <= s.first + 1 and c.phrase.position != "before":
        k = after
        while k < s.last and (p.tok.form[k] in "،,:" or p.tok.form[k] in function_words()["comp"]):
            k += 1
        if k < s.last:
            kind = "quote" if k in p.opens and p.close_of(p.opens[k]) + 2 >= s.last else "ann"
            content = content_of(p, Complement(kind, k, after), s.last)  # type: ignore[arg-type]
    elif c.phrase.position != "after":
        carried = next((d for d in earlier if c.first - 2 <= d.content.last <= c.first and d.kind != "phrase"), None)
        if carried is not None:
            # «قال الوزير إن …، بحسب الوكالة»: the words have their source already; this is who carried them.
            carried.via = carried.via or speaker
            return None
        content = _clause_before(p, s, c.first, earlier)
    return None if content is None else Draft(cue, speaker, c.phrase.phrase, "phrase", content, c.strength)


def _clause_before(p: Parsed, s: Sentence, k: int, earlier: list[Draft]) -> Content | None:
    """The clause before a phrase: back to the sentence's start, or to the end of the last statement."""
    start = s.first
    if k - 1 in p.closes or (k - 2 in p.closes and not has_letters(p.tok.form[k - 1])):
        return _content_before(p, s, k)
    for d in earlier:
        if d.content.last < k and d.content.last > start:
            start = d.content.last
        elif d.content.first > start:
            start = d.content.first
    first, last = trim(p, start, k)
    if last - first < 3:
        return None
    mode: Mode = "indirect"
    return Content(first, last, (p.tok.span(first, last),), mode)


def _whole(d: Draft) -> Span:
    return Span(d.content.spans[0].start, d.content.spans[-1].end)


def _parents(drafts: list[Draft]) -> dict[int, int]:
    """For each draft that stands inside another's content, the index of the innermost such one."""
    order = sorted(range(len(drafts)), key=lambda n: (_whole(drafts[n]).start, -_whole(drafts[n]).end))
    parents: dict[int, int] = {}
    around: list[int] = []
    for n in order:
        mine = _whole(drafts[n])
        anchor = drafts[n].cue or drafts[n].content.spans[0]
        while around and _whole(drafts[around[-1]]).end < mine.end:
            around.pop()
        for m in reversed(around):
            whole = _whole(drafts[m])
            if whole.holds(anchor) and whole.holds(mine) and whole != mine:
                parents[n] = m
                break
        around.append(n)
    return parents


def _number(drafts: list[Draft]) -> tuple[Statement, ...]:
    """Statements in the order of the text, with their parents."""
    drafts.sort(key=lambda d: min(d.content.spans[0].start, d.cue.start if d.cue else d.content.spans[0].start))
    parents = _parents(drafts)
    return tuple(
        Statement(
            id=n + 1, cue=d.cue, lemma=d.lemma, speaker=d.speaker, content=d.content.spans, mode=d.content.mode,
            parent=parents[n] + 1 if n in parents else None, via=d.via, confidence=round(d.confidence, 3),
        )
        for n, d in enumerate(drafts)
    )  # fmt: skip
