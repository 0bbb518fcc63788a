"""When, on what occasion and where something was said; events and who took part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qawl
from qawl.model import Event, Reading, Statement

DAY = "2024-03-06"  # a Wednesday


def read(text: str, published: str | None = DAY) -> Reading:
    return qawl.read(text, published=published, outlet="بريد الواحة")


def first(text: str, published: str | None = DAY) -> tuple[Reading, Statement]:
    reading = read(text, published)
    assert reading.statements
    return reading, reading.statements[0]


def said(text: str, published: str | None = DAY) -> tuple[str, str, str] | None:
    """Day, basis and words of the first statement's date."""
    reading, s = first(text, published)
    if s.said is None:
        return None
    words = s.said.span.of(reading.article.text) if s.said.span is not None else ""
    return s.said.moment.iso, s.said.basis, words


# --- when ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("قالت وزيرة النقل سلمى الراوي أمس الثلاثاء إن الجسر سيفتح قريبا.", "2024-03-05", "أمس الثلاثاء"),
        ("قالت وزيرة النقل سلمى الراوي اليوم (الأربعاء) إن الجسر سيفتح قريبا.", "2024-03-06", "اليوم (الأربعاء)"),
        ("أعلنت وزيرة النقل سلمى الراوي في 2 مارس 2024 أن الجسر سيفتح قريبا.", "2024-03-02", "2 مارس 2024"),
    ],
)
def test_a_date_beside_the_cue_tells_when_it_was_said(text: str, day: str, words: str) -> None:
    assert said(text) == (day, "statement", words)


def test_a_date_in_what_is_said_does_not() -> None:
    found = said("قالت وزيرة النقل سلمى الراوي إن الجسر انهار في 2 مارس 2020.")
    assert found == (DAY, "publication", "")


def test_the_dateline_counts_before_the_publication() -> None:
    line = "عمان 4 مارس 2024 (وكالات) قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح قريبا أمام السيارات."
    found = said(f"الجسر يفتح قريبا\n\n{line}\n\nويبلغ طول الجسر ثلاثة كيلومترات، وقد بدأ العمل فيه قبل عامين.")
    assert found is not None
    assert found[:2] == ("2024-03-04", "dateline")


def test_without_any_date_nothing_is_said_of_it() -> None:
    assert said("قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح قريبا.", published=None) is None


def test_what_goes_on_was_said_on_the_same_day() -> None:
    reading = read("قالت وزيرة النقل سلمى الراوي أمس الثلاثاء إن الجسر سيفتح. وأضافت أن السوق ستغلق.")
    assert [s.said.moment.iso for s in reading.statements if s.said] == ["2024-03-05"] * len(reading.statements)
    assert len(reading.statements) == 2


# --- the occasion --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "words", "channel", "place"),
    [
        ("قالت الوزيرة سلمى الراوي خلال مؤتمر صحفي في القاهرة إن الجسر سيفتح.", "press_conference", "مؤتمر صحفي", "",
         "القاهرة"),
        ("قالت الوزيرة سلمى الراوي في مقابلة مع صحيفة الواحة إن الجسر سيفتح.", "interview", "مقابلة", "صحيفة الواحة",
         ""),
        ("قالت وزارة النقل في بيان إن الجسر سيفتح.", "statement", "بيان", "", ""),
        ("قالت وزيرة النقل سلمى الراوي في كلمة إن الجسر سيفتح.", "speech", "كلمة", "", ""),
        ("كتبت وزيرة النقل سلمى الراوي على تويتر أن الجسر سيفتح.", "post", "تويتر", "تويتر", ""),
        ("أكدت وزيرة النقل سلمى الراوي خلال اتصال هاتفي أن الجسر سيفتح.", "call", "اتصال هاتفي", "", ""),
    ],
)  # fmt: skip
def test_the_occasion(text: str, kind: str, words: str, channel: str, place: str) -> None:
    reading, s = first(text)
    assert s.occasion is not None
    o = s.occasion
    assert (o.kind, o.span.of(reading.article.text), o.channel, o.place) == (kind, words, channel, place)


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح.",
        "قالت وزيرة النقل سلمى الراوي إن المؤتمر الصحفي سيعقد غدا.",  # in what is said
        "قالت وزيرة النقل سلمى الراوي عقب اجتماع في الواحة إن الجسر سيفتح.",  # after it, not in it
    ],
)
def test_no_occasion_where_the_text_tells_none(text: str) -> None:
    assert first(text)[1].occasion is None


# --- events --------------------------------------------------------------------------------------------------------


def event(text: str, published: str | None = DAY) -> Event:
    (found,) = read(text, published).events
    return found


def test_a_meeting_whose_participants_share_a_title() -> None:
    # A fact: these states and the secretary of the PLO's executive committee met in Amman on this day.
    found = event(
        "تناول تقرير نشر أمس اجتماع عمان الذي جمع السبت وزراء خارجية مصر وقطر والأردن والولايات المتحدة، "
        "وأمين سر منظمة التحرير الفلسطينية حسين الشيخ.",
        published="2023-11-05",
    )
    assert (found.kind, found.name, found.place) == ("meeting", "اجتماع عمان", "عمان")
    assert found.date is not None
    assert found.date.moment.iso == "2023-11-04"
    assert [p.identity for p in found.participants] == [
        "person:sameh-shoukry", "person:mohammed-bin-abdulrahman-al-thani", "person:ayman-safadi",
        "person:antony-blinken", "person:hussein-al-sheikh",
    ]  # fmt: skip
    assert found.participants[1].role == "وزير خارجية قطر"
    assert found.participants[4].name == "حسين الشيخ"


def test_a_participant_who_speaks_has_the_key_of_his_source() -> None:
    reading = read(
        "عقد اجتماع الواحة بمشاركة وزيرة النقل سلمى الراوي ووزير المالية سالم النجار. وقالت الراوي إن الجسر سيفتح."
    )
    (found,) = reading.events
    assert [p.name for p in found.participants] == ["سلمى الراوي", "سالم النجار"]
    assert found.participants[0].who == reading.statements[0].who
    assert found.participants[1].who == ""


@pytest.mark.parametrize("text", ["عقد اجتماع أمس.", "قالت سلمى الراوي إن الاجتماع طويل.", "اجتماع الواحة الذي ضم"])
def test_a_meeting_without_participants_is_no_event(text: str) -> None:
    assert read(f"خبر من الواحة.\n{text}").events == ()


@given(
    st.lists(
        st.sampled_from(
            "اجتماع الذي ضم بمشاركة وزراء خارجية قطر ومصر و ، . ( ) سالم الراوي اليوم أمس في بيان قال".split()
        ),
        max_size=14,
    )
)
def test_any_words_of_meetings_are_read(words: list[str]) -> None:  # fmt: skip
    text = "قال سالم الراوي " + " ".join(words)
    reading = read(text)
    for e in reading.events:
        assert e.span.of(reading.article.text) == e.name
        for p in e.participants:
            assert p.span.end <= len(reading.article.text)
