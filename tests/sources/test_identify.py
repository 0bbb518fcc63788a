"""Who a source is in the knowledge base. No words are put in anybody's mouth here: only names and titles stand."""

from __future__ import annotations

import pytest

from qawl.model import Article, Block, Span
from qawl.sources.entities import Entity
from qawl.sources.identify import Identity, identify
from qawl.sources.mentions import Mention, parse_mention
from qawl.sources.resolve import Resolver
from qawl.statements.parsed import Parsed


def entities(*mentions: str) -> list[Entity]:
    """One entity for each mention, as they stand one a line in an article."""
    text = "\n".join(mentions)
    blocks, at = [], 0
    for line in mentions:
        blocks.append(Block(Span(at, at + len(line)), "body"))
        at += len(line) + 1
    p = Parsed(Article(text, tuple(blocks)))
    out = []
    for block in blocks:
        m = parse_mention(p, block.span)
        e = Entity(kind=m.kind)
        e.add(m)
        out.append(e)
    return out


def resolver(*mentions: str) -> tuple[Resolver, list[Mention]]:
    """A resolver of an article that has these mentions, one a line, and the mentions; the first has its entity."""
    text = "\n".join(mentions)
    p = Parsed(Article(text, (Block(Span(0, len(text.split("\n")[0])), "body"),)))
    r = Resolver(p)
    starts = [sum(len(m) + 1 for m in mentions[:n]) for n in range(len(mentions))]
    found = [parse_mention(p, Span(a, a + len(m))) for a, m in zip(starts, mentions, strict=True)]
    r.place(found[0])
    return r, found


def who(mention: str, on: str = "") -> Identity:
    (e,) = entities(mention)
    return identify(e, on)


@pytest.mark.parametrize(
    ("mention", "on", "key"),
    [
        ("وزير الخارجية الأمريكي أنتوني بلينكن", "2023-11-04", "person:antony-blinken"),
        ("وزير الخارجية الأمريكي أنتوني بلينكن", "", "person:antony-blinken"),
        ("وزير الخارجية الأمريكي", "2023-11-04", "person:antony-blinken"),
        ("وزير الخارجية الأمريكي", "2015-06-01", "person:john-kerry"),
        ("وزير الخارجية الأمريكي بلينكن", "2023-11-04", "person:antony-blinken"),
        ("أنتوني بلينكن", "2023-11-04", "person:antony-blinken"),
        ("العاهل الأردني", "2023-11-04", "person:abdullah-ii-of-jordan"),
        ("الأردن", "", "state:JO"),
        ("واشنطن", "", "state:US"),
    ],
)
def test_who_it_is(mention: str, on: str, key: str) -> None:
    assert who(mention, on).key == key


def test_the_office_and_the_state_come_with_it() -> None:
    found = who("وزير الخارجية المصري سامح شكري", "2023-11-04")
    assert (found.office, found.of, found.known_as) == ("eg.foreign_minister", "مصر", "سامح شكري")
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("mention", "on"),
    [
        ("وزير الخارجية الأمريكي", ""),  # the day is not known
        ("بلينكن", "2023-11-04"),  # a last name alone
        ("وزير الخارجية الأمريكي السابق", "2023-11-04"),
        ("الوزير", "2023-11-04"),
        ("سالم الراوي", "2023-11-04"),
        ("مسؤول أمريكي", "2023-11-04"),
        ("الرئيس الأمريكي", "2021-01-20"),  # the day the office passed on
    ],
)
def test_where_it_is_not_known_it_is_not_said(mention: str, on: str) -> None:
    assert who(mention, on).key == ""


def test_a_last_name_gives_candidates() -> None:
    assert "person:antony-blinken" in who("بلينكن", "2023-11-04").candidates


def test_an_office_on_the_day_it_passes_on_gives_both_as_candidates() -> None:
    assert set(who("الرئيس الأمريكي", "2021-01-20").candidates) == {"person:joe-biden", "person:donald-trump"}


def test_a_counterpart_has_the_office_of_the_one_named_before_him() -> None:
    first, second = entities("وزير الخارجية الأردني أيمن الصفدي", "نظيره المصري")
    assert identify(second, "2023-11-04", [first, second]).key == "person:sameh-shoukry"


def test_one_of_another_trade_is_somebody_else() -> None:
    office = who("أنتوني بلينكن", "2023-11-04").confidence
    assert who("اللاعب أنتوني بلينكن", "2023-11-04").confidence < office


def test_the_holder_is_less_sure_after_the_day_up_to_which_holders_are_known() -> None:
    known = who("وزير الخارجية المصري", "2023-11-04")
    later = who("وزير الخارجية المصري", "2039-01-01")
    assert later.confidence < known.confidence


@pytest.mark.parametrize(
    ("name", "other"),
    [("محمود عباس", "أبو مازن"), ("أنتوني بلينكن", "بلنكن"), ("مولود جاويش أوغلو", "تشاووش أوغلو")],
)
def test_a_kunya_or_another_spelling_is_the_same_person_in_an_article(name: str, other: str) -> None:
    r, mentions = resolver(name, other)
    assert r.find(mentions[1]) is r.place(mentions[0])


def test_a_title_is_he_who_held_the_office_where_the_article_names_him() -> None:
    r, mentions = resolver("أنتوني بلينكن", "رئيس الدبلوماسية الأمريكية")
    assert r.find(mentions[1]) is r.place(mentions[0])


def test_a_title_of_another_state_is_not() -> None:
    r, mentions = resolver("أنتوني بلينكن", "وزير الخارجية المصري")
    assert r.find(mentions[1]) is not r.place(mentions[0])
