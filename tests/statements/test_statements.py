"""Statements found in invented sentences: cue, speaker, content, mode and nesting."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.model import Article, InputError, Statement
from qawl.pages import from_record
from qawl.statements import find_statements


def found(body: str, headline: str = "") -> tuple[Article, tuple[Statement, ...]]:
    article = from_record({"text": f"{headline}\n{body}"})
    return article, find_statements(article)


def parts(body: str, headline: str = "") -> list[tuple[str | None, str | None, str, str]]:
    """(cue, speaker, content, mode) of each statement."""
    article, statements = found(body, headline)
    return [
        (
            s.cue.of(article.text) if s.cue else None,
            s.speaker.of(article.text) if s.speaker else None,
            " … ".join(c.of(article.text) for c in s.content),
            s.mode,
        )
        for s in statements
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # A clause with إن or أن; the complementizer is left out, unless a pronoun is attached.
        (
            "قالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا.",
            ("قالت", "الوزيرة سلمى الراوي", "الجسر سيفتح غدا", "indirect"),
        ),
        ("وأكد الوزير أنه سيستقيل.", ("وأكد", "الوزير", "أنه سيستقيل", "indirect")),
        ("أفادت الوزارة بأن الطريق مغلق.", ("أفادت", "الوزارة", "الطريق مغلق", "indirect")),
        # The setting between cue and clause is no part of the speaker.
        (
            "قال رئيس البلدية سالم الراوي، في مؤتمر صحفي عقده اليوم، إن العمل انتهى.",
            ("قال", "رئيس البلدية سالم الراوي", "العمل انتهى", "indirect"),
        ),
        # Quotations in several styles, after a colon or not.
        ("وقال الراوي: «لن نغادر المدينة».", ("وقال", "الراوي", "لن نغادر المدينة", "direct")),
        ('وأضاف المدير "سنعمل ليلا ونهارا حتى ننتهي".', ("وأضاف", "المدير", "سنعمل ليلا ونهارا حتى ننتهي", "direct")),
        # A clause with a quoted piece.
        (
            "وقالت المديرة إن العمال «يستحقون أجرا أفضل من هذا».",
            ("وقالت", "المديرة", "العمال «يستحقون أجرا أفضل من هذا", "mixed"),
        ),
        # Phrases after a preposition, and objects.
        ("دعت الوزارة إلى وقف الحفر.", ("دعت", "الوزارة", "وقف الحفر", "indirect")),
        ("ورحبت النقابة بالقرار الجديد.", ("ورحبت", "النقابة", "بالقرار الجديد", "indirect")),
        ("وأعرب المجلس عن قلقه من الحريق.", ("وأعرب", "المجلس", "قلقه من الحريق", "indirect")),
        ("وانتقدت النقابة زيادة الرسوم.", ("وانتقدت", "النقابة", "زيادة الرسوم", "indirect")),
        # Whom one asks stands in the content.
        ("طالبت النقابة الحكومة بفتح المعبر.", ("طالبت", "النقابة", "الحكومة بفتح المعبر", "indirect")),
        # Phrases that name the source.
        ("وبحسب الوزارة، فإن الطريق مغلق.", ("وبحسب", "الوزارة", "الطريق مغلق", "indirect")),
    ],
)
def test_one_statement(sentence: str, expected: tuple[str | None, str | None, str, str]) -> None:
    assert parts(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "لم يقل الوزير إن الجسر سيفتح.",
        "ولم يوضح المدير موعد الافتتاح.",
        "ورفض المدير التعليق على الخبر.",
        "ويعتزم الوزير زيارة المدينة غدا.",
        "التقى الوزير نظيره في العاصمة.",
        "يبعد الجسر عن المدينة قبل الوادي بين جبلين.",
    ],
)
def test_what_is_no_statement(sentence: str) -> None:
    assert parts(sentence) == []


def test_participles_continue_a_report() -> None:
    assert parts("قالت الوزيرة إن الجسر جاهز، مؤكدة أن العبور مجاني، ومشيرة إلى أن العمل استمر عاما.") == [
        ("قالت", "الوزيرة", "الجسر جاهز", "indirect"),
        ("مؤكدة", None, "العبور مجاني", "indirect"),
        ("ومشيرة", None, "العمل استمر عاما", "indirect"),
    ]


def test_double_cues_are_one_statement() -> None:
    assert parts("وأضافت الوزيرة قائلة إن الجسر جاهز.") == [("وأضافت", "الوزيرة", "الجسر جاهز", "indirect")]


def test_a_statement_inside_a_statement_has_a_parent() -> None:
    article, statements = found("وأضاف الوزير أن قادة الحزب قالوا إنهم سيعودون إلى المجلس.")
    assert [s.cue.of(article.text) for s in statements if s.cue] == ["وأضاف", "قالوا"]
    assert [s.parent for s in statements] == [None, 1]


def test_an_interrupted_quotation_has_two_parts() -> None:
    assert parts('وأكد الراوي "على الجميع أن يعمل"، و"يجب أن ننتهي قبل الشتاء".') == [
        ("وأكد", "الراوي", "على الجميع أن يعمل … يجب أن ننتهي قبل الشتاء", "direct")
    ]


def test_headline_with_a_name_and_a_colon() -> None:
    assert parts("نص الخبر هنا.", headline="الراوي: لن نرفع الرسوم هذا العام") == [
        (None, "الراوي", "لن نرفع الرسوم هذا العام", "direct")
    ]


def test_the_reporter_speaks_again() -> None:
    """A content ends before the reporter's own words."""
    assert parts("قال الوزير إن الجسر جاهز، وذلك خلال زيارته للموقع.")[0][2] == "الجسر جاهز"
    assert parts("قال الوزير إن الجسر جاهز، في إشارة إلى جسر النهر.")[0][2] == "الجسر جاهز"


def test_long_runs_of_cues_take_linear_time() -> None:
    """Four thousand cues in one paragraph once took minutes."""
    article, statements = found("قال الوزير إن الأمر انتهى " * 2000)
    assert len(statements) > 1000
    assert all(c.of(article.text) for s in statements for c in s.content)


ARABIC = st.text(alphabet='قالوزيرإنأمكدبحسةى ،.:«»"()\n؟ـ\u064b\u200f12', max_size=300)


@settings(max_examples=200, deadline=None)
@given(st.one_of(ARABIC, st.text(max_size=200)))
def test_spans_stand_in_their_article(text: str) -> None:
    try:
        article = from_record({"text": text})
    except InputError:
        return  # no Arabic in it
    statements = find_statements(article)
    ids = {s.id for s in statements}
    for s in statements:
        spans = [*s.content, *filter(None, (s.cue, s.speaker, s.via))]
        assert all(0 <= x.start < x.end <= len(article.text) for x in spans)
        assert s.content == tuple(sorted(s.content))
        assert s.parent is None or (s.parent in ids and s.parent != s.id)
        assert 0 <= s.confidence <= 1
    assert find_statements(article) == statements
