"""Whose words: the sources that a reading gives its statements. All articles, people and places are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qawl
from qawl.model import Article, Block, Reading, Source, Span
from qawl.sources import resolve
from qawl.statements import Parsed, find_statements


def read(*paragraphs: str, title: str = "") -> Reading:
    """The reading of an article given by its paragraphs."""
    text = "\n".join((title, *paragraphs))
    blocks, at = [], 0
    for n, line in enumerate(text.split("\n")):
        if line:
            blocks.append(Block(Span(at, at + len(line)), "body" if n else "headline"))
        at += len(line) + 1
    article = Article(text, tuple(blocks))
    parsed = Parsed(article)
    statements, sources = resolve(article, find_statements(article, parsed), parsed)
    return Reading(article, statements, sources, "test")


def names(reading: Reading) -> list[str]:
    """The names of the sources, statement by statement."""
    return [reading.sources[s.who].name for s in reading.statements]


def source(reading: Reading, n: int = -1) -> Source:
    """The source of the statement numbered `n`."""
    return reading.sources[reading.statements[n].who]


# --- a title and its name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("قال وزير النقل سالم الراوي إن الجسر سيفتح غدا.", "سالم الراوي"),
        ("قال وزير الدفاع، اللواء سالم الراوي، إن الحدود آمنة.", "سالم الراوي"),
        ("قال الدكتور سالم الراوي، وزير الصحة، إن اللقاح متوفر.", "سالم الراوي"),
        ("وقال د. سالم الراوي إن اللقاح متوفر.", "سالم الراوي"),
        ("قال المتحدث باسم وزارة النقل في الأردن سالم الراوي إن الجسر سيفتح غدا.", "سالم الراوي"),
        ("قال المشرف على برنامج الطوارئ بوزارة الصحة سالم الراوي إن البرنامج مستمر.", "سالم الراوي"),
        ("قال أمين العاصمة رئيس اللجنة المحلية الدكتور سالم الراوي إن الطرق جاهزة.", "سالم الراوي"),
        ("قال سفير الأردن لدى تونس، سالم الراوي، إن الزيارة ناجحة.", "سالم الراوي"),
        ("قال رئيس الوزراء توماس ميلنكورت إن الضرائب لن ترتفع.", "توماس ميلنكورت"),
        ("قال رئيس حزب \"الفجر\" الأردني سالم الراوي إن الانتخابات نزيهة.", "سالم الراوي"),
        ("قال الرئيس السابق جان-بيير دوفال إن الاتفاق مهم.", "جان-بيير دوفال"),
        ("قال الأمير تركي بن سالم إن المشروع كبير.", "تركي بن سالم"),
        ("أكدت المنسقة الأممية سلمى عبد الرحمن أن المساعدات وصلت.", "سلمى عبد الرحمن"),
    ],
)  # fmt: skip
def test_a_title_leads_to_the_name(words: str, name: str) -> None:
    found = source(read(words), 0)
    assert (found.name, found.kind) == (name, "person")


def test_the_role_stands_beside_the_name() -> None:
    found = source(read("قال وزير النقل الأردني سالم الراوي إن الجسر سيفتح غدا."))
    assert found.role == "وزير النقل الأردني"


def test_a_whole_name_takes_no_common_noun() -> None:
    """A regression: «شكري الحرص» was taken for a name."""
    assert names(read("أكد وزير الخارجية سالم شكري الحرص على وحدة الصف بين الأطراف.")) == ["سالم شكري"]


def test_a_name_ends_before_the_object() -> None:
    """A regression: «كارتر الكونغرس» was taken for a name."""
    reading = read("قال الوزير توماس كارلوف إن الوقت ضيق.", "ودعا كارلوف البرلمان إلى إقرار القانون.")
    assert names(reading) == ["توماس كارلوف", "توماس كارلوف"]


def test_a_name_ends_before_the_addressee() -> None:
    reading = read("قال الوزير توماس كارلوف إن الوقت ضيق.", "وتابع كارلوف لفرانس برس أن المهلة تنتهي غدا.")
    assert names(reading)[-1] == "توماس كارلوف"


def test_the_body_that_bears_a_name_is_no_person() -> None:
    found = source(read("قالت جامعة الملك سالم إن التسجيل يبدأ غدا."))
    assert found.kind == "organization"


def test_a_spokesman_without_a_name_is_not_his_minister() -> None:
    found = source(read("قال متحدث باسم الوزير سالم الراوي إن الجسر سيفتح غدا."))
    assert found.kind == "unnamed"


# --- shorter mentions of the same person -------------------------------------------------------------------------

FULL = "قال وزير الخارجية الأردني سالم الراوي إن الاتفاق قريب."


@pytest.mark.parametrize(
    "mention",
    [
        "الراوي",
        "الوزير",
        "الوزير الأردني",
        "وزير الخارجية",
        "وزير خارجية الأردن",
        "الوزير سالم الراوي",
        "المسؤول الأردني",
    ],
)
def test_a_shorter_mention_is_the_same_person(mention: str) -> None:
    reading = read(FULL, f"وأكد {mention} أن المحادثات مستمرة.")
    assert names(reading) == ["سالم الراوي", "سالم الراوي"]


def test_a_title_may_stand_before_its_holder_is_named() -> None:
    reading = read("أكد وزير الخارجية الأردني أن المحادثات مستمرة.", FULL)
    assert names(reading) == ["سالم الراوي", "سالم الراوي"]


def test_a_title_of_another_state_is_somebody_else() -> None:
    reading = read(FULL, "وأكد وزير الخارجية التونسي أن المحادثات مستمرة.")
    assert names(reading)[1] != "سالم الراوي"


def test_a_deputy_is_not_his_superior() -> None:
    reading = read("قال رئيس الوزراء سالم الراوي إن الاتفاق قريب.", "وأكد نائب رئيس الوزراء أن المحادثات مستمرة.")
    assert names(reading)[1] != "سالم الراوي"


def test_a_counterpart_holds_the_same_office() -> None:
    reading = read(
        "التقى وزير الخارجية الأردني سالم الراوي نظيره التونسي خالد النجار.", "وأكد الوزير التونسي أن المحادثات مستمرة."
    )
    assert names(reading) == ["خالد النجار"]


def test_letters_exchanged_in_a_foreign_name_do_not_part_it() -> None:
    reading = read("قال الوزير سيرغي ريباكوف إن الوقت ضيق.", "وأضاف ريابكوف أن المهلة تنتهي غدا.")
    assert len(reading.sources) == 1


def test_one_letter_changed_in_a_foreign_name_does_not_part_it() -> None:
    reading = read("قال الباحث فلوريان كورتز إن الوقت ضيق.", "وأضاف كورتس أن المهلة تنتهي غدا.")
    assert len(reading.sources) == 1


@pytest.mark.parametrize("other", ["محمود", "سعود"])
def test_two_known_names_are_two_people_though_one_letter_parts_them(other: str) -> None:
    reading = read("قال الوزير محمد سعيد إن الوقت ضيق.", f"وأضاف {other} أن المهلة تنتهي غدا.")
    assert names(reading) == ["محمد سعيد", other]


def test_a_name_within_a_longer_word_is_another() -> None:
    reading = read("قال الوزير حسين عبد اللهيان إن الوقت ضيق.", "وأضاف عبد الله أن المهلة تنتهي غدا.")
    assert len(reading.sources) == 2


def test_a_name_with_other_spaces_is_the_same() -> None:
    reading = read("قال الوزير سالم بو عينين إن الوقت ضيق.", "وأضاف سالم بوعينين أن المهلة تنتهي غدا.")
    assert len(reading.sources) == 1


def test_abd_joined_or_apart_is_one_name() -> None:
    reading = read("قال الوزير عبد الله النجار إن الوقت ضيق.", "وأكد عبدالله النجار أن المهلة تنتهي غدا.")
    assert len(reading.sources) == 1


def test_his_highness_is_the_prince() -> None:
    reading = read("قال الأمير سالم بن خالد إن المشروع كبير.", "وأكد سموه أن العمل بدأ.")
    assert names(reading)[1] == "سالم بن خالد"


def test_a_name_that_is_told_is_taken_though_no_list_knows_it() -> None:
    article = read("وقال رئيس بلدية نورستان كيلو مبابو إن الطريق سيفتح غدا.").article
    parsed = Parsed(article)
    (statement,) = find_statements(article, parsed)
    at = article.text.index("كيلو مبابو")
    speaker = Span(article.text.index("رئيس"), at + len("كيلو مبابو"))
    told = replace(statement, speaker=speaker, named=Span(at, speaker.end))
    (source,) = resolve(article, (told,), parsed)[1].values()
    assert (source.name, source.kind, source.role) == ("كيلو مبابو", "person", "رئيس بلدية نورستان")


# --- bodies, states, groups --------------------------------------------------------------------------------------


def test_a_lone_noun_is_the_body_that_it_heads() -> None:
    reading = read("قالت شركة النور إن الأرباح زادت.", "وأكدت الشركة أن التوزيع قريب.")
    assert names(reading) == ["شركة النور", "شركة النور"]


def test_a_lone_noun_is_a_body_named_though_it_did_not_speak() -> None:
    reading = read("زار الوفد مقر وزارة النقل أمس.", "وأكدت الوزارة أن الجسر سيفتح غدا.")
    assert names(reading) == ["وزارة النقل"]


def test_a_portfolio_is_its_ministry() -> None:
    reading = read("قالت وزارة الخارجية الأردنية إن الاتفاق قريب.", "وأكدت الخارجية الأردنية أن المحادثات مستمرة.")
    assert len(reading.sources) == 1


def test_a_capital_speaks_for_its_state() -> None:
    reading = read("أعلنت تركيا أن المحادثات بدأت.", "وأكدت أنقرة أن الاتفاق قريب.")
    assert names(reading) == ["تركيا", "تركيا"]


def test_a_body_of_a_state_is_not_the_state() -> None:
    reading = read("أعلنت المنظمة الأردنية للموانئ أن العمل بدأ.", "وأكد الأردن أن الاتفاق قريب.")
    assert len(reading.sources) == 2


@pytest.mark.parametrize("first", ["فريق من الباحثين في جامعة الواحة", "باحثو جامعة الواحة"])
def test_many_named_as_a_number_of_them_are_the_same(first: str) -> None:
    reading = read(f"أعلن {first} أن اللقاح فعال.", "وأكد الباحثون أن التجارب مستمرة.")
    assert len(reading.sources) == 1


def test_two_joined_speakers_are_one_group() -> None:
    reading = read("قال الوزير سالم الراوي إن الوقت ضيق.", "وأكد الراوي ونظيره التونسي أن الاتفاق قريب.")
    assert source(reading).kind == "group"
    assert source(reading).name != "سالم الراوي"


def test_the_source_is_the_one_introduced_last_as_a_source() -> None:
    reading = read(
        "قال الوزير سالم الراوي إن الوقت ضيق.", "وقال مصدر في الشرطة إن الطريق مغلق.", "وأوضح المصدر أن التحقيق مستمر."
    )
    assert names(reading)[2] == names(reading)[1]


# --- statements without a mention --------------------------------------------------------------------------------


def test_a_chain_of_participles_is_one_speaker() -> None:
    reading = read("قال الوزير سالم الراوي إن الجسر سيفتح غدا، مؤكدا أن العمل انتهى، مشيرا إلى أن الطريق آمن.")
    assert set(names(reading)) == {"سالم الراوي"}


def test_a_verb_with_and_goes_on_with_the_last_speaker() -> None:
    reading = read("قال الوزير سالم الراوي إن الجسر سيفتح غدا.", "وأضاف أن الطريق آمن.")
    assert names(reading) == ["سالم الراوي", "سالم الراوي"]


def test_the_verb_agrees_with_its_speaker() -> None:
    reading = read(
        "قالت الوزيرة سلمى النجار إن الجسر سيفتح غدا بحضور المهندس سالم الراوي. وأضافت أن الطريق آمن.",
    )
    assert set(names(reading)) == {"سلمى النجار"}


def test_the_subject_of_the_clause_goes_before_the_last_speaker() -> None:
    reading = read(
        "قال الوزير سالم الراوي إن الجسر سيفتح غدا.", "من جهته، زار المدير خالد النجار الموقع، وقال إن العمل انتهى."
    )
    assert names(reading) == ["سالم الراوي", "خالد النجار"]


def test_nobody_known_is_said_to_be_nobody() -> None:
    reading = read("وقال إن الجسر سيفتح غدا.")
    assert [s.name for s in reading.sources.values()] == [""]


# --- promises ----------------------------------------------------------------------------------------------------


def test_every_statement_has_a_source_and_every_mention_its_place() -> None:
    reading = read(
        FULL, "وأضاف أن المحادثات مستمرة.", "وأكدت شركة النور أن الأرباح زادت.", title="الراوي: الاتفاق قريب"
    )
    text = reading.article.text
    for statement in reading.statements:
        found = reading.sources[statement.who]
        assert all(m.of(text).strip() for m in found.mentions)
        assert found.name in text


def test_the_same_article_gives_the_same_sources() -> None:
    one, other = (read(FULL, "وأضاف أن المحادثات مستمرة.") for _ in range(2))
    assert (one.statements, one.sources) == (other.statements, other.sources)


VOCABULARY = (
    'قال وأضاف أكد مؤكدا الوزير وزير الأردني سالم الراوي و ، . : « » ( ) " د - إن أن من في كل هذا آل بن عبد سموه الشركة'
)


@given(st.lists(st.sampled_from([*VOCABULARY.split(), "\n"]), max_size=40))
def test_any_words_can_be_resolved(words: list[str]) -> None:
    reading = read(*" ".join(words).split("\n"))
    assert {s.who for s in reading.statements} == set(reading.sources)


def test_a_reading_has_its_sources() -> None:
    reading = qawl.read("قال وزير النقل سالم الراوي إن الجسر سيفتح غدا.")
    assert [s.name for s in reading.sources.values()] == ["سالم الراوي"]


# --- what is no part of a mention --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["هذا المصدر", "المصدر نفسه", "نفس المصدر"])
def test_what_points_is_no_part_of_the_source(words: str) -> None:
    reading = read("قال مصدر في بلدية الواحة إن الجسر مغلق.", f"وقال {words} إن السوق مفتوحة.")
    assert names(reading) == ["مصدر في بلدية الواحة"] * 2


def test_a_body_under_somebody_is_not_he() -> None:
    reading = read("قالت الحكومة برئاسة سالم الراوي إن الضرائب لن ترتفع.")
    assert source(reading).kind == "organization"


def test_the_father_of_somebody_is_not_he() -> None:
    reading = read("قال سالم الراوي إن الجسر مغلق.", "وقال والد الراوي إن السوق مفتوحة.")
    assert len({s.who for s in reading.statements}) == 2


def test_an_ambassador_is_no_newspaper() -> None:
    reading = read("قال السفير سالم الراوي إن الجسر سيفتح.", "وقال السفير إن السوق ستغلق.")
    assert names(reading) == ["سالم الراوي"] * 2


def test_the_son_of_somebody_is_called_so() -> None:
    reading = read("قال عبد الله بن عاطف إن الغاز متوفر.", "وقال ابن عاطف إن الأسعار ثابتة.")
    assert len({s.who for s in reading.statements}) == 1


def test_an_official_does_not_speak_for_whom_his_words_are_about() -> None:
    reading = read("أعرب متحدث باسم وزارة النقل عن تقديره لزيارة المبعوث الأوروبي سالم الراوي.")
    assert source(reading).kind == "unnamed"


def test_two_ministers_joined_are_two_people() -> None:
    reading = read("حضر وزير النقل الأردني ووزير النقل المصري سالم الراوي.", "وقال الراوي إن الجسر سيفتح.")
    assert source(reading).role == "وزير النقل المصري"


def test_the_name_ends_before_a_title_of_honour_said_of_the_dead() -> None:
    reading = qawl.read("قال الطيبي رحمه الله إن الصبر جميل، وقال سالم الراوي إن العلم نور.")
    assert "رحمه" not in names(reading)[0]


def test_who_speaks_for_the_president_is_not_the_president() -> None:
    reading = read("قال المتحدث باسم الرئيس الأردني سالم الراوي إن الجسر سيفتح.")
    assert "سالم" not in source(reading).name.split()[:1]
    assert source(reading).kind in ("person", "unnamed")
