"""What statements want and reject. All people and places are invented."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qawl
from qawl.formats import to_dict
from qawl.model import DEGREES, SIGNS, Article, Reading, Source, Span, Stance, Statement
from qawl.pages import from_text
from qawl.positions.matters import matters
from qawl.positions.network import TAGS
from qawl.positions.stances import Seen, find_stances
from qawl.reader import EXTRACTORS, Extractor
from qawl.statements import Parsed

OUT, WANT, WANTED, REJECT, REJECTED = range(TAGS)


@cache
def reader(extractor: Extractor) -> qawl.Reader:
    return qawl.Reader(extractor=extractor)


def read(text: str, extractor: Extractor = "learned") -> Reading:
    return reader(extractor).read(from_text(text))


def stances(text: str, extractor: Extractor = "learned") -> list[tuple[str, Stance]]:
    """The targets of an article's statements, each with its stance."""
    reading = read(text, extractor)
    return [(words(reading, x.target), x) for s in reading.statements for x in s.stances]


def words(reading: Reading, span: Span) -> str:
    return reading.article.text[span.start : span.end]


def positions(text: str, extractor: Extractor) -> list[tuple[str, str]]:
    """The matters that an article's statements bear on, each with its sign."""
    return [(a.matter, a.sign) for _, x in stances(text, extractor) for a in x.about]


@pytest.mark.parametrize(
    ("text", "target", "sign", "about"),
    [
        ("دعا وزير الخارجية سالم الراوي إلى وقف فوري لإطلاق النار.", "وقف فوري لإطلاق النار", "+", ("ceasefire", "+")),
        ("رحبت الوزيرة سلمى الراوي بالهدنة.", "بالهدنة", "+", ("ceasefire", "+")),
        ("أكد الوزير سالم الراوي ضرورة وقف التهجير.", "وقف التهجير", "+", ("displacement", "-")),
        ("دعت سلمى الراوي إلى منع التهجير.", "منع التهجير", "+", ("displacement", "-")),
        ("أكدت الوزيرة سلمى الراوي ضرورة حماية المدنيين.", "حماية المدنيين", "+", ("protecting-civilians", "+")),
        ("طالبت النائبة سلمى الراوي بإجراء انتخابات مبكرة.", "بإجراء انتخابات مبكرة", "+", ("early-elections", "+")),
        ("طالبت سلمى الراوي برفع العقوبات الاقتصادية.", "برفع العقوبات الاقتصادية", "+", ("economic-sanctions", "-")),
        ("حذر النائب عادل الحبقي من رفع الأسعار.", "رفع الأسعار", "-", ("price-rises", "-")),
    ],
)
def test_targets_are_exact(text: str, target: str, sign: str, about: tuple[str, str]) -> None:
    ((found, stance),) = stances(text)
    assert (found, stance.sign) == (target, sign)
    assert [(a.matter, a.sign) for a in stance.about] == [about]


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("دعا وزير الخارجية سالم الراوي إلى وقف إطلاق النار.", ("ceasefire", "+")),
        ("دعا وزير الخارجية سالم الراوي إلى وقف فوري وشامل لإطلاق النار.", ("ceasefire", "+")),
        ("رفض المتحدث باسم الحزب سالم الراوي تهجير سكان بلدة العرين.", ("displacement", "-")),
        ("قال سالم الراوي رئيس بلدية العرين: «نرفض التهجير رفضا قاطعا».", ("displacement", "-")),
        ("أكد الوزير سالم الراوي ضرورة وقف التهجير.", ("displacement", "-")),
        ("أدان رئيس البلدية سالم الراوي قتل المدنيين في بلدة العرين.", ("protecting-civilians", "+")),
        ("طالب النائب سالم الراوي برفع الحصار دون قيد أو شرط.", ("siege", "-")),
        ("قال النائب سالم الراوي إن التهجير خط أحمر.", ("displacement", "-")),
    ],
)
def test_both_readers_tell_the_matter(extractor: Extractor, text: str, about: tuple[str, str]) -> None:
    assert positions(text, extractor) == [about]


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(
    "text",
    [
        "قال سالم الراوي إن الجسر مغلق أمام السيارات.",
        "قالت سلمى الراوي إن الهدنة بدأت صباح اليوم.",
        "فتح السوق القديم أبوابه في بلدة العرين.",
    ],
)
def test_who_only_tells_takes_no_stance(extractor: Extractor, text: str) -> None:
    assert stances(text, extractor) == []


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(
    ("text", "kind", "condition"),
    [
        ("دعا النائب عادل الحبقي إلى وقف القتال فورا.", "now", "فورا"),
        ("طالب النائب سالم الراوي برفع الحصار دون قيد أو شرط.", "unconditional", "دون قيد أو شرط"),
        (
            "قال النائب عادل الحبقي: «نقبل الهدنة بشرط أن ينسحب الجيش من البلدة».",
            "if",
            "بشرط أن ينسحب الجيش من البلدة",
        ),
        ("دعا عادل الحبقي إلى هدنة مؤقتة.", "limited", "مؤقتة"),
    ],
)
def test_conditions(extractor: Extractor, text: str, kind: str, condition: str) -> None:
    reading = read(text, extractor)
    first = next(x for s in reading.statements for x in s.stances)
    assert [(c.kind, words(reading, c.span)) for c in first.conditions] == [(kind, condition)]


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("قال سالم الراوي رئيس بلدية العرين: «نرفض التهجير رفضا قاطعا».", "strong"),
        ("أدانت سلمى الراوي تجويع المدنيين بأشد العبارات.", "strong"),
        ("دعت سلمى الراوي إلى منع التهجير.", "plain"),
    ],
)
def test_degrees(extractor: Extractor, text: str, degree: str) -> None:
    assert [x.degree for _, x in stances(text, extractor)] == [degree]


# By hand: what find_stances makes of tags and grammar


def part(text: str, of: str) -> Span:
    return Span(text.index(of), text.index(of) + len(of))


def tagged(*tags: int) -> np.ndarray:
    """Log chances of which each word's tag is sure."""
    out = np.full((len(tags), TAGS), 0.02)
    out[range(len(tags)), list(tags)] = 0.92
    return np.log(out).astype(np.float32)


def by_hand(text: str, *tags: int, own: Source | None = None) -> list[tuple[str, Stance]]:
    """The stances of a text that is one direct statement, of which the network saw these tags (none: nothing)."""
    s = Statement(1, None, "", None, (Span(0, len(text)),), "direct", who="s1")
    (found,) = find_stances(
        Parsed(Article(text)), (s,), {"s1": own} if own else {}, {1: Seen(0, tagged(*tags))} if tags else {}
    )
    return [(text[x.target.start : x.target.end], x) for x in found.stances]


def test_the_grammar_alone() -> None:
    ((target, stance),) = by_hand("نريد وقف إطلاق النار في البلدة")
    assert (target, stance.sign) == ("وقف إطلاق النار", "+")
    (about,) = stance.about
    assert (about.matter, about.sign, about.words) == ("ceasefire", "+", stance.target)
    assert about.turned_by == ()


def test_what_the_network_marks_is_a_target() -> None:
    ((target, stance),) = by_hand("نريد إصلاح الجسر القديم", OUT, WANT, WANTED, OUT)
    assert (target, stance.sign, stance.about) == ("إصلاح الجسر", "+", ())
    assert stance.confidence == pytest.approx(0.94, abs=0.001)


def test_a_word_that_turns_within_a_target() -> None:
    text = "نريد وقف التهجير"
    ((target, stance),) = by_hand(text, OUT, WANT, WANTED)
    assert (target, stance.sign) == ("وقف التهجير", "+")
    (about,) = stance.about
    assert (about.matter, about.sign, about.words) == ("displacement", "-", part(text, "التهجير"))
    assert about.turned_by == (part(text, "وقف"),)


def test_a_target_that_is_the_tail_of_a_matter_is_widened() -> None:
    ((target, stance),) = by_hand("نريد وقف إطلاق النار", OUT, OUT, REJECT, REJECTED)
    assert (target, stance.sign) == ("وقف إطلاق النار", "+")
    assert [(a.matter, a.sign) for a in stance.about] == [("ceasefire", "+")]


def test_a_target_that_only_governs_is_none() -> None:
    assert by_hand("ينبغي منع", OUT, WANT) == []


def test_the_network_outweighs_a_grammar_that_it_contradicts() -> None:
    ((_, wanted),) = by_hand("الحصار خط أحمر", WANT, OUT, OUT)
    assert wanted.sign == "+"
    ((_, rejected),) = by_hand("الحصار خط أحمر")
    assert rejected.sign == "-"


def test_a_target_with_its_own_verb_is_turned_once() -> None:
    ((_, stance),) = by_hand("نرفض التهجير", REJECT, REJECTED)
    assert stance.sign == "-"
    assert [(a.matter, a.sign) for a in stance.about] == [("displacement", "-")]


def test_a_target_does_not_end_amid_a_condition() -> None:
    ((target, stance),) = by_hand("رفع الحصار دون قيد أو شرط", WANT, WANTED, WANTED, WANTED, WANTED, OUT)
    assert [c.kind for c in stance.conditions] == ["unconditional"]
    assert target in ("رفع الحصار", "رفع الحصار دون قيد أو شرط")


def test_only_his_own_side_speaks_for_a_speaker() -> None:
    minister = Source("s1", "سالم الراوي", "person", role="وزير الخارجية", of="نورية")
    ((target, stance),) = by_hand("نورية ترفض التهجير", own=minister)
    assert (target, stance.sign) == ("التهجير", "-")
    assert by_hand("نورية ترفض التهجير") == []


def test_what_another_says_within_a_statement_is_his() -> None:
    text = "نقل عنه أن سالم الراوي يقول نرفض التهجير"
    inner = part(text, "نرفض التهجير")
    outer = Statement(1, None, "", None, (part(text, "سالم الراوي يقول نرفض التهجير"),), "indirect")
    found = find_stances(
        Parsed(Article(text)), (outer, Statement(2, None, "", None, (inner,), "direct", parent=1)), {}, {}
    )
    assert [[text[x.target.start : x.target.end] for x in s.stances] for s in found] == [[], ["التهجير"]]


def test_stances_come_in_the_order_of_the_text() -> None:
    found = by_hand("نرفض التهجير ونطالب بوقف القتال ونؤيد رفع الحصار")
    assert [(t, x.sign) for t, x in found] == [("التهجير", "-"), ("بوقف القتال", "+"), ("رفع الحصار", "+")]
    assert [(a.matter, a.sign) for _, x in found for a in x.about] == [
        ("displacement", "-"),
        ("ceasefire", "+"),
        ("siege", "-"),
    ]


# Whatever the text


def sound(reading: Reading) -> None:
    """Asserts what holds of every stance."""
    text = reading.article.text
    for s in reading.statements:
        assert list(s.stances) == sorted(s.stances, key=lambda x: x.target)
        assert len({x.target for x in s.stances}) == len(s.stances)
        for x in s.stances:
            assert 0 <= x.target.start < x.target.end <= len(text)
            assert any(c.start <= x.target.start and x.target.end <= c.end for c in s.content)
            assert words(reading, x.target) == words(reading, x.target).strip()
            assert x.sign in SIGNS
            assert x.degree in DEGREES
            assert 0 <= x.confidence <= 1
            for c in x.conditions:
                assert any(p.start <= c.span.start < c.span.end <= p.end for p in s.content)
            for a in x.about:
                assert a.matter in matters()
                assert a.words.start < x.target.end
                assert a.words.end > x.target.start
                for turning in a.turned_by:
                    assert x.target.start <= turning.start < turning.end <= a.words.start


TEXT = """نورية تطلب هدنة
دعا وزير الخارجية سالم الراوي، أمس، إلى وقف فوري لإطلاق النار ورفع الحصار عن بلدة العرين دون قيد أو شرط.
وقال النائب عادل الحبقي: «نرفض التهجير رفضا قاطعا، ولن نقبل بتجويع المدنيين»، مؤكدا ضرورة فتح المعابر.
وحذرت الوزيرة سلمى الراوي من رفع الأسعار، وأيدت إجراء انتخابات مبكرة بشرط تعديل الدستور.
"""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_an_article_has_sound_stances(extractor: Extractor) -> None:
    reading = read(TEXT, extractor)
    sound(reading)
    found = {(a.matter, a.sign) for s in reading.statements for x in s.stances for a in x.about}
    assert {("ceasefire", "+"), ("siege", "-"), ("displacement", "-"), ("early-elections", "+")} <= found


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_same_text_gives_the_same_stances(extractor: Extractor) -> None:
    once = to_dict(qawl.Reader(extractor=extractor).read(from_text(TEXT)))
    assert to_dict(qawl.Reader(extractor=extractor).read(from_text(TEXT))) == once
    assert any(s["stances"] for s in once["statements"])


WORDS = (
    "قال قالت دعا إلى رفض طالب أكد أدان حذر من سالم الراوي سلمى الوزير النائب إن أن بأن وأضاف ضرورة وقف فوري لإطلاق "
    "إطلاق النار التهجير منع ومنع رفع الحصار حماية المدنيين نرفض لا نقبل لن بالهدنة هدنة مؤقتة دون قيد أو شرط بشرط إذا "
    "قبل يومين قد رفضا قاطعا خط أحمر غير مقبول انتخابات مبكرة العقوبات الاقتصادية وفتح المعابر إسرائيل تريد بلاده "
    "لكن أي ، . : « » ؛ ( ) 12"
).split()


@pytest.mark.parametrize("extractor", EXTRACTORS)
@settings(max_examples=60, deadline=None)
@given(found=st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
def test_words_of_the_news_in_any_order(extractor: Extractor, found: list[str]) -> None:
    sound(read("عنوان الخبر\nقال سالم الراوي إن " + " ".join(found), extractor))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.data())
def test_any_tags_over_any_words(found: list[str], data: st.DataObject) -> None:
    text = " ".join(found)
    parsed = Parsed(Article(text))
    size = len(parsed.tok)
    first = data.draw(st.integers(0, size - 1))
    tags = data.draw(st.lists(st.integers(0, TAGS - 1), min_size=1, max_size=size - first))
    s = Statement(1, None, "", None, (Span(0, len(text)),), "indirect")
    statements = find_stances(parsed, (s,), {}, {1: Seen(first, tagged(*tags))})
    sound(Reading(Article(text), statements, {}, "by hand"))
