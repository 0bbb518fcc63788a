"""Hypothesis strategies that build valid readings over arbitrary text."""

from __future__ import annotations

from hypothesis import strategies as st

from qawl.model import (
    ACTS,
    BASES,
    CONDITIONS,
    DEGREES,
    EVENTS,
    KINDS,
    MODES,
    OCCASIONS,
    SIGNS,
    About,
    Article,
    Block,
    Condition,
    Dated,
    Dateline,
    Event,
    Moment,
    Occasion,
    Participant,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)

# All of Unicode, with what is hard for some format well represented; no surrogates, which no file can hold.
CHARACTERS = st.one_of(
    st.sampled_from("قالت إن\n\n \t\r\"'<>&=+-@,;«»…\u200f\u202e\u2069\u2028\x85\x1b\x00\U0001f600َ"),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(CHARACTERS, max_size=120)
WORDS = st.text(CHARACTERS, max_size=12)
SHARES = st.floats(0, 1)
MOMENTS = st.sampled_from(
    [
        Moment("2031", "year"),
        Moment("2031-03", "month"),
        Moment("2031-03-14", "day"),
        Moment("2031-03-14T18", "hour"),
        Moment("2031-03-14T18:05+03:00", "minute"),
        Moment("2031-03-14T18:05:09Z", "second"),
    ]
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    a, b = draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))
    return Span(min(a, b), max(a, b))


def stances(part: st.SearchStrategy[Span]) -> st.SearchStrategy[Stance]:
    signs = st.sampled_from(SIGNS)
    conditions = st.lists(st.builds(Condition, st.sampled_from(CONDITIONS), part), max_size=2).map(tuple)
    turned_by = st.lists(part, max_size=2).map(tuple)
    matters = st.sampled_from(["ceasefire", "displacement"]) | WORDS
    about = st.lists(st.builds(About, matters, signs, part, WORDS, turned_by), max_size=2).map(tuple)
    return st.builds(Stance, part, signs, st.sampled_from(DEGREES), conditions, about, SHARES)


@st.composite
def readings(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Reading:
    text = draw(texts)
    part = spans(text)
    maybe = st.none() | part
    dated = st.none() | st.builds(Dated, MOMENTS, st.sampled_from(BASES), maybe)
    participants = st.lists(st.builds(Participant, WORDS, WORDS, part, *[WORDS] * 4), max_size=2).map(tuple)
    events = st.lists(st.builds(Event, st.sampled_from(EVENTS), WORDS, part, WORDS, dated, participants), max_size=2)
    keys = draw(st.lists(WORDS, max_size=4, unique=True))
    sources = {
        k: Source(
            k,
            draw(WORDS),
            draw(st.sampled_from(KINDS)),
            draw(WORDS),
            tuple(draw(st.lists(part, max_size=2))),
            draw(WORDS),
            tuple(draw(st.lists(WORDS, max_size=2))),
            draw(SHARES),
            *(draw(WORDS) for _ in range(4)),
        )
        for k in keys
    }
    count = draw(st.integers(0, 6))
    statements = tuple(
        Statement(
            id=n,
            cue=draw(maybe),
            lemma=draw(WORDS),
            speaker=draw(maybe),
            content=tuple(draw(st.lists(part, min_size=1, max_size=3))),
            mode=draw(st.sampled_from(MODES)),
            parent=draw(st.none() | st.integers(1, count)),
            act=draw(st.sampled_from(ACTS)),
            stances=tuple(draw(st.lists(stances(part), max_size=4))),
            who=draw(st.sampled_from(["", *keys])),
            via=draw(maybe),
            confidence=draw(SHARES),
            said=draw(dated),
            act_confidence=draw(SHARES),
            occasion=draw(st.none() | st.builds(Occasion, st.sampled_from(OCCASIONS), part, WORDS, WORDS)),
        )
        for n in range(1, count + 1)
    )
    moment = st.none() | MOMENTS
    article = Article(
        text,
        tuple(draw(st.lists(st.builds(Block, part, st.sampled_from(["headline", "body", "caption"])), max_size=3))),
        *(draw(WORDS) for _ in range(5)),
        tuple(draw(st.lists(WORDS, max_size=2))),
        draw(moment),
        draw(moment),
        draw(st.none() | st.builds(Dateline, maybe, WORDS, moment, WORDS)),
        draw(st.sampled_from(["ar", "en", "ar-EG", '"><b>'])),
    )
    return Reading(article, statements, sources, draw(WORDS), tuple(draw(events)))
