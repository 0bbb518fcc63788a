"""The lexicon of reporting cues: its data are well formed, its forms are Arabic, its look-up takes clitics off."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.arabic.words import Tokens
from qawl.model import ACTS, DataError
from qawl.statements import cue_words
from qawl.statements.lexicon import CLASSES, cue_forms, cues, lookup, phrases, phrases_at

# Surface → lemma, form, person + gender + number, suffix, proclitics; one reading that must be among those found.
FORMS = """
قال قال past 3ms - -
وقال قال past 3ms - و
فقالت قال past 3fs - ف
قالا قال past 3md - -
قالتا قال past 3fd - -
قالوا قال past 3mp - -
قلن قال past 3fp - -
قلت قال past 1-s - -
قلنا قال past 1-p - -
قاله قال past 3ms ه -
قالته قال past 3fs ه -
قالوه قال past 3mp ه -
يقول قال present 3ms - -
وتقول قال present 3fs - و
سيقول قال present 3ms - س
وسيقولون قال present 3mp - وس
يقولان قال present 3md - -
تقولان قال present 3fd - -
يقلن قال present 3fp - -
نقول قال present 1-p - -
أقول قال present 1-s - -
ليقول قال present 3ms - ل
يقولوا قال present 3mp - -
يقوله قال present 3ms ه -
قائلا قال participle 3ms - -
قائلًا قال participle 3ms - -
قائلاً قال participle 3ms - -
قائلة قال participle 3fs - -
قائلين قال participle 3mp - -
قائلون قال participle 3mp - -
القائل قال participle 3ms - ال
قوله قال masdar 3m- ه -
وقولها قال masdar 3m- ها و
بقولهم قال masdar 3m- هم ب
بالقول قال masdar 3m- - بال
وأكَّد أكد past 3ms - و
واكد أكد past 3ms - و
أكّدت أكد past 3fs - -
أكدتا أكد past 3fd - -
أكدوا أكد past 3mp - -
أكدنا أكد past 1-p - -
يؤكد أكد present 3ms - -
تؤكدان أكد present 3fd - -
ستؤكد أكد present 3fs - س
مؤكدا أكد participle 3ms - -
مؤكدةً أكد participle 3fs - -
ومؤكدين أكد participle 3mp - و
مؤكدتين أكد participle 3fd - -
تأكيده أكد masdar 3m- ه -
بتأكيدها أكد masdar 3m- ها ب
للتأكيد أكد masdar 3m- - لل
أضاف أضاف past 3ms - -
أضافت أضاف past 3fs - -
وأضفن أضاف past 3fp - و
يضيف أضاف present 3ms - -
مضيفا أضاف participle 3ms - -
أشار أشار past 3ms - -
وأشارا أشار past 3md - و
أشرنا أشار past 1-p - -
تشير أشار present 3fs - -
مشيرين أشار participle 3mp - -
إشارته أشار masdar 3f- ه -
دعا دعا past 3ms - -
دعت دعا past 3fs - -
دعوا دعا past 3mp - -
دعوا دعا past 3md - -
دعوت دعا past 1-s - -
دعاهم دعا past 3ms هم -
دعته دعا past 3fs ه -
دعتهما دعا past 3fs هما -
يدعو دعا present 3ms - -
يدعوان دعا present 3md - -
يدعون دعا present 3mp - -
يدعوها دعا present 3ms ها -
وداعيا دعا participle 3ms - و
داعية دعا participle 3fs - -
داعين دعا participle 3mp - -
الداعي دعا participle 3ms - ال
دعوة دعا masdar 3f- - -
دعوتها دعا masdar 3f- ها -
لدعوات دعا masdar 3f- - ل
نفى نفى past 3ms - -
نفت نفى past 3fs - -
نفيا نفى past 3md - -
نفوا نفى past 3mp - -
نفاه نفى past 3ms ه -
ونفته نفى past 3fs ه و
ينفي نفى present 3ms - -
ينفون نفى present 3mp - -
ينفيان نفى present 3md - -
نافيا نفى participle 3ms - -
نافين نفى participle 3mp - -
رأى رأى past 3ms - -
ورأت رأى past 3fs - و
رأوا رأى past 3mp - -
رآه رأى past 3ms ه -
يرى رأى present 3ms - -
يراه رأى present 3ms ه -
يرون رأى present 3mp - -
يريان رأى present 3md - -
وصف وصف past 3ms - -
وصفه وصف past 3ms ه -
وصفتها وصف past 3fs ها -
وصفوهم وصف past 3mp هم -
يصفه وصف present 3ms ه -
تصفها وصف present 3fs ها -
يصفونه وصف present 3mp ه -
واصفا وصف participle 3ms - -
وعد وعد past 3ms - -
يعد وعد present 3ms - -
اتهم اتهم past 3ms - -
اتهمتها اتهم past 3fs ها -
تتهمه اتهم present 3fs ه -
يتهمون اتهم present 3mp - -
فاتهمهم اتهم past 3ms هم ف
متهما اتهم participle 3ms - -
أبلغه أبلغ past 3ms ه -
أبلغته أبلغ past 3fs ه -
أبلغوا أبلغ past 3mp - -
أبلغني أبلغ past 3ms ني -
يبلغها أبلغ present 3ms ها -
ردت رد past 3fs - -
رددت رد past 1-s - -
يردون رد present 3mp - -
رده رد masdar 3m- ه -
أدانت أدان past 3fs - -
دانت دان past 3fs - -
استأنا استاء past 1-p - -
لمناه لام past 1-p ه -
ندين دان present 1-p - -
إدانته أدان masdar 3f- ه -
إدانتها أدان masdar 3f- ها -
ادعى ادعى past 3ms - -
يدعي ادعى present 3ms - -
ادعاؤه ادعى masdar 3m- ه -
ادعائها ادعى masdar 3m- ها -
هنأ هنأ past 3ms - -
هنأت هنأ past 3fs - -
وهنأه هنأ past 3ms ه و
يهنئ هنأ present 3ms - -
مهنئا هنأ participle 3ms - -
تنبأ تنبأ past 3ms - -
تنبأوا تنبأ past 3mp - -
تنبؤوا تنبأ past 3mp - -
يتنبأ تنبأ present 3ms - -
تساءل تساءل past 3ms - -
متسائلة تساءل participle 3fs - -
متسائلا تساءل participle 3ms - -
طالب طالب past 3ms - -
يطالبون طالب present 3mp - -
مطالبين طالب participle 3mp - -
والمطالبة طالب masdar 3f- - وال
حثّ حث past 3ms - -
حثت حث past 3fs - -
أوصى أوصى past 3ms - -
يوصي أوصى present 3ms - -
أوصوا أوصى past 3mp - -
تمنى تمنى past 3ms - -
يتمنى تمنى present 3ms - -
يتمنون تمنى present 3mp - -
متمنيا تمنى participle 3ms - -
استنكروا استنكر past 3mp - -
أعلنا أعلن past 3md - -
أعلنّا أعلن past 1-p - -
آمل أمل present 1-s - -
شكا شكا past 3ms - -
يشكون شكا present 3mp - -
قيل قيل past 3ms - -
يقال قيل present 3ms - -
""".strip().split("\n")


def readings(word: str) -> set[tuple[str, str, str, str, str]]:
    return {
        (f.lemma, f.form, f"{f.person}{f.gender or '-'}{f.number or '-'}", f.suffix or "-", clitic or "-")
        for f, clitic in lookup(fold(word))
    }


@pytest.mark.parametrize("line", FORMS)
def test_form(line: str) -> None:
    word, *wanted = line.split()
    assert tuple(wanted) in readings(word)


def test_the_likeliest_reading_comes_first() -> None:
    # أكدت is she before I; ورد is a verb of its own before و + رد.
    assert lookup(fold("أكدت"))[0][0].person == 3
    assert lookup("ورد")[0][1] == ""
    assert {f.lemma for f, clitic in lookup("ورد") if clitic == "و"} == {"رد"}


@pytest.mark.parametrize("word", "أنه يجب المحاكم كتاب من في على إلى هذا الذي وزير رئيس مدرسة شجرة".split())
def test_common_words_are_no_cues(word: str) -> None:
    assert lookup(fold(word)) == ()


@pytest.mark.parametrize("word", ["", "و", "ال", "ف", "س", "123", "،", "قا", "المؤكدا", "بيقول", "سقال", "والقال"])
def test_no_reading(word: str) -> None:
    assert lookup(fold(word)) == ()


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("قبل", "قبل"),
        ("بحث", "حث"),
        ("بين", "بين"),
        ("دون", "دون"),
        ("عبر", "عبر"),
        ("مصر", "أصر"),
        ("لمن", "لام"),
        ("ولمن", "لام"),
    ],
)
def test_words_spelt_like_a_commoner_one_are_weak(word: str, lemma: str) -> None:
    strengths = [f.strength for f, _ in lookup(fold(word)) if f.lemma == lemma]
    assert strengths
    assert max(strengths) < 0.2


def test_other_forms_of_the_same_verb_keep_its_strength() -> None:
    (form, _), *_ = lookup(fold("عبرت"))
    assert form.lemma == "عبر"
    assert form.strength == form.entry.strength > 0.3


def test_requirements_guard_the_ambiguous() -> None:
    by_lemma = {(c.lemma, c.kind): c for c in cues()}
    assert by_lemma["بين", "state"].requires == {"ann", "colon", "quote"}
    assert by_lemma["زاد", "say"].requires >= {"ann"}
    assert not by_lemma["قال", "say"].requires


def test_acts_by_complement() -> None:
    by_lemma = {(c.lemma, c.kind): c for c in cues()}
    assert by_lemma["نوه", "state"].act_by["prep:ب"] == "support"
    assert by_lemma["شدد", "state"].act_by["prep:على"] == "demand"
    assert by_lemma["دعا", "demand"].act == "demand"
    # «أكد حق الأهالي في السكن» demands nothing; what is stressed does («أكد ضرورة السكن»).
    assert "np" not in by_lemma["أكد", "state"].act_by


def test_entries_are_well_formed() -> None:
    seen = Counter((c.lemma, c.kind) for c in cues())
    assert [key for key, n in seen.items() if n > 1] == []
    assert len(seen) >= 350
    for cue in cues():
        where = cue.lemma
        assert cue.kind in CLASSES, where
        assert cue.act in ACTS, where
        assert set(cue.act_by) <= cue.complements, where
        assert cue.requires <= cue.complements, where
        assert cue.complements, where
        assert cue.kind != "light" or cue.strength == 0, where
        # A homograph that is no form of its entry would be dead data.
        for surface in cue.homographs:
            assert surface == fold(surface), where
            assert any(f.entry is cue for f, _ in lookup(surface)), (where, surface)


def test_every_class_and_every_act_is_used() -> None:
    assert {c.kind for c in cues()} == CLASSES
    assert {c.act for c in cues()} == set(ACTS)


def test_stems_are_arabic_letters_without_marks() -> None:
    for row in read_table("cues.tsv"):
        for column in ("past", "past2", "present", "present2", "participle", "masdar"):
            assert re.fullmatch(r"[ء-غف-ي|]*", row[column]), row
        if row["past2"]:
            assert row["past"], row
        if row["present2"]:
            assert row["present"], row


def test_past_and_present_stems_share_their_first_and_last_strong_letters() -> None:
    """A slip in a stem shows in the consonants: أكد, ؤكد, مؤكد have the same."""

    def skeleton(stem: str) -> str:
        return re.sub("[اويىأإؤئءآ]", "", stem)

    for row in read_table("cues.tsv"):
        past, present, participle = (skeleton(row[c]) for c in ("past", "present", "participle"))
        if row["past"] and row["present"]:
            assert past.endswith(present) or present.endswith(past), row
        if row["present"] and row["participle"] and "|" not in row["participle"]:
            assert participle in (present, "م" + present) or present.startswith("م"), row


def test_forms_are_folded_and_can_be_looked_up() -> None:
    table = cue_forms()
    for surface, forms in table.items():
        assert surface == fold(surface)
        assert len(set(forms)) == len(forms)
        if len(surface) > 1:
            assert set(forms) <= {f for f, clitic in lookup(surface) if not clitic}


def test_ambiguity_between_entries_is_bounded() -> None:
    """A form shared by more entries than «تذكر» (ذكر, ذكّر, تذكّر and the passive) is a slip in the stems."""
    for surface, forms in cue_forms().items():
        assert len({f.entry for f in forms}) <= 4, surface


def test_phrases_are_well_formed() -> None:
    lemmas = {c.lemma for c in cues()}
    texts = [p.phrase for p in phrases()]
    assert len(texts) == len(set(texts))
    for phrase in phrases():
        assert phrase.act in ACTS
        for slot in phrase.slots:
            if slot.startswith("{V:"):
                assert slot[3:-1] in lemmas | {"*"}, phrase.phrase
            else:
                assert re.fullmatch(r"[ء-غف-ي]+(\{P\}|\+)?", slot), phrase.phrase


def test_every_phrase_is_found() -> None:
    """Each phrase, filled with the past of its verbs, a suffix and a following word, is found again."""
    past = {row["lemma"]: row["past"] for row in read_table("cues.tsv")}
    for phrase in phrases():
        words = []
        for slot in phrase.slots:
            if slot.startswith("{V:"):
                words.append(fold(past.get(slot[3:-1], "أكد")))
            else:
                words.append(slot.replace("{P}", "ه").replace("+", "رجل"))
        assert any(found is phrase for found, _ in phrases_at(words, 0)), phrase.phrase


@pytest.mark.parametrize(
    ("text", "phrase", "places"),
    [
        ("بحسب الشركة", "بحسب", (0,)),
        ("وبحسب الشركة", "بحسب", (0,)),
        ("وفقا للشركة", "وفقا ل+", (0, 1)),
        ("على حد قولها", "على حد قول{P}", (0, 1, 2)),
        ("من وجهة نظر النادي", "من وجهة نظر", (0, 1, 2)),
        ("وأعرب رئيس النادي عن أسفه لما جرى", "{V:أعرب} عن أسف{P}", (0, 3, 4)),
        ("وجهت نقابة الخبازين انتقادات إلى البلدية", "{V:وجه} انتقادات", (0, 3)),
        ("جاء في بيان النادي", "{V:جاء} في بيان", (0, 1, 2)),
        ("بحسب ما ذكرت البلدية", "بحسب ما {V:*}", (0, 1, 2)),
        ("قولها إن الجسر آمن", "قول{P}", (0,)),
    ],
)
def test_phrase_in_its_sentence(text: str, phrase: str, places: tuple[int, ...]) -> None:
    assert (phrase, places) in [(p.phrase, at) for p, at in phrases_at(Tokens(text).form, 0)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("وجه رئيس النادي، انتقادات", "{V:وجه} انتقادات"),  # not across punctuation
        ("جاء الرجل في بيان", "{V:جاء} في بيان"),  # came in …: no subject between
        ("وفقا", "وفقا ل+"),
        ("على ما يبلغ", "على ما {V:*}"),  # no verb of saying
    ],
)
def test_no_phrase(text: str, phrase: str) -> None:
    assert phrase not in [p.phrase for p, _ in phrases_at(Tokens(text).form, 0)]


def test_a_longer_phrase_comes_first() -> None:
    found = [p.phrase for p, _ in phrases_at(Tokens("عبر عن أمله").form, 0)]
    assert found.index("{V:عبر} عن أمل{P}") < found.index("{V:عبر} عن")


@given(st.lists(st.text("ابتدرسعفقكلمنهوي،", min_size=1, max_size=9), min_size=1, max_size=12))
def test_any_words_are_looked_up_without_error(words: list[str]) -> None:
    for i, word in enumerate(words):
        for form, clitic in lookup(word):
            assert word.startswith(clitic)
            assert word.endswith(form.suffix)
            assert 0 <= form.strength <= 1
        for phrase, places in phrases_at(words, i):
            assert len(places) == len(phrase.slots)
            assert places[0] == i
            assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"act": "shout"}, "no such act"),
        ({"class": "noise"}, "no such class"),
        ({"strength": "2"}, "strength"),
        ({"strength": "much"}, "strength"),
        ({"complements": "ann|adverb"}, "no such complement"),
        ({"act_by": "np=shout"}, "no such act"),
    ],
)
def test_a_malformed_entry_is_named(cells: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = read_table("cues.tsv")[0] | cells
    monkeypatch.setattr(cue_words, "read_table", lambda name: [row])
    with pytest.raises(DataError, match=f"{row['lemma']}.*{message}"):
        cue_words._index.__wrapped__()
