"""Patterns of words and the stems that they are compared by. All people and places are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.words import tokenize
from qawl.model import DataError
from qawl.positions.matters import find_matters, matters_of
from qawl.positions.patterns import GAP, Patterns
from qawl.positions.stems import stem, stems, word_key


def patterns(*notation: str) -> Patterns[str]:
    out: Patterns[str] = Patterns("invented.tsv")
    for p in notation:
        out.add(p, p)
    return out


def found(notation: str, text: str) -> list[tuple[int, int]]:
    """The matches of a pattern in a text: first word, word after the last."""
    return [(f.first, f.last) for f in patterns(notation).find(tokenize(text).form)]


def scattered(notation: str, text: str) -> list[tuple[int, int]]:
    return [(f.first, f.last) for f in patterns(notation).scattered(tokenize(text).form)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وقف", "وقف"),  # its و is no conjunction: too little would be left
        ("لوقفه", "وقف"),
        ("الوقف", "وقف"),
        ("وقفا", "وقف"),
        ("وقفهما", "وقف"),
        ("للتفاوض", "تفاوض"),
        ("لليبيا", "ليبيا"),
        ("وبالعقوبات", "عقوبات"),
        ("فللسلام", "سلام"),
        ("كالحرب", "حرب"),
        ("إدانته", "إدانة"),
        ("وإدانتنا", "إدانة"),
        ("المدنيون", "مدنيين"),
        ("مدنيون", "مدنيين"),
        ("ببلدهم", "بلد"),
        ("وهو", "هو"),
    ],
)
def test_what_is_joined_to_a_word_comes_off(word: str, expected: str) -> None:
    assert word_key(expected) in stems(tokenize(word).form[0])


@pytest.mark.parametrize(
    ("word", "other"), [("المصالحة", "مصالح"), ("وقف", "قف"), ("فك", "ك"), ("الوزارة", "وزار"), ("قانون", "قاني")]
)
def test_what_belongs_to_a_word_stays_on(word: str, other: str) -> None:
    assert word_key(other) not in stems(tokenize(word).form[0])


def test_the_word_itself_comes_first_and_each_stem_once() -> None:
    assert stems("لوقفه")[0] == "لوقفه"
    assert stems("وقف") == ("وقف",)
    assert len(set(stems("وبالعقوبات"))) == len(stems("وبالعقوبات"))


def test_the_barest_stem_is_the_shortest() -> None:
    assert stem("لوقفه") == "وقف"
    assert stem("الوقف") == "وقف"
    assert stem("فك") == "فك"


def test_a_word_without_end_is_left_alone() -> None:
    assert stems("وال" + "ب" * 50) == ("وال" + "ب" * 50,)


def test_a_match_tells_its_words_and_how_many_the_pattern_names() -> None:
    (match,) = patterns("وقف _ نار").find(tokenize("دعا إلى وقف فوري وشامل للنار").form)
    assert (match.first, match.last, match.words, match.value) == (2, 6, 2, "وقف _ نار")


@pytest.mark.parametrize(
    ("notation", "text", "expected"),
    [
        ("وقف نار", "وقف النار", [(0, 2)]),
        ("وقف نار", "لوقفه النار", [(0, 2)]),
        ("وقف نار", "وقفا للنار", [(0, 2)]),
        ("وقف نار", "النار وقف", []),
        ("وقف نار", "وقف إطلاق النار", []),
        ("فتح/غلق جسر", "فتح الجسر وغلق الجسور ثم غلق الجسر", [(0, 2), (5, 7)]),
        ("فتح جسر/سوق", "بفتح السوق وفتح الجسر", [(0, 2), (2, 4)]),
        ("سوق", "سوق وأسواق وبالسوق", [(0, 1), (2, 3)]),
        ("إدانة هجوم", "إدانته الهجوم", [(0, 2)]),
        ("حماية مدنيين", "حماية المدنيون", [(0, 2)]),
        ("حماية مدنيون", "حماية المدنيين", [(0, 2)]),
        ("فتح جسر", "فَتْح الجِسر", [(0, 2)]),
        ("فتح جسر", "فتح، جسر", []),
        ("فتح جسر", "", []),
    ],
)
def test_words_and_alternatives(notation: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert found(notation, text) == expected


@pytest.mark.parametrize("between", range(GAP + 1))
def test_a_gap_stands_for_no_word_up_to_three(between: int) -> None:
    assert found("فتح _ جسر", " ".join(["فتح", *["قديم"] * between, "الجسر"])) == [(0, between + 2)]


def test_a_gap_stands_for_no_more_than_three() -> None:
    assert found("فتح _ جسر", "فتح باب سوق دار بيت الجسر") == []


@pytest.mark.parametrize("mark", ["،", ".", "؛", "«", "(", ":", "-"])
def test_no_punctuation_stands_in_a_gap(mark: str) -> None:
    assert found("فتح _ جسر", f"فتح {mark} الجسر") == []
    assert found("فتح _ جسر", f"فتح الباب {mark} الجسر") == []
    assert found("فتح _ جسر", f"فتح الباب الجسر {mark}") == [(0, 3)]


def test_a_gap_ends_at_the_nearest_word() -> None:
    assert found("فتح _ جسر", "فتح الجسر قرب جسر") == [(0, 2)]


def test_matches_that_overlap_are_all_told() -> None:
    both = patterns("فتح جسر", "فتح", "جسر _ نهر")
    matches = [(f.first, f.last, f.value) for f in both.find(tokenize("فتح جسر النهر").form)]
    assert matches == [(0, 2, "فتح جسر"), (0, 1, "فتح"), (1, 3, "جسر _ نهر")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مشاركة أوسع وأكثر فاعلية للمرأة", [(0, 5)]),
        ("للمرأة حق في المشاركة", [(0, 4)]),
        ("مشاركة المرأة", [(0, 2)]),
        ("مشاركة واسعة", []),
        ("المرأة", []),
    ],
)
def test_scattered_words_count_in_any_order(text: str, expected: list[tuple[int, int]]) -> None:
    assert scattered("مشاركة مرأة", text) == expected


def test_one_word_is_not_scattered_and_does_not_count_twice() -> None:
    assert scattered("سوق", "السوق") == []
    assert scattered("سوق سوق", "السوق مغلق") == []


@pytest.mark.parametrize("bad", ["", "  ", "_", "_ جسر", "فتح _", "_ _"])
def test_a_bad_pattern_is_a_data_error(bad: str) -> None:
    with pytest.raises(DataError, match=r"invented\.tsv: not a pattern"):
        patterns(bad)


@pytest.mark.parametrize("bad", ["/", "فتح / جسر", "فتح /"])
def test_a_slot_without_words_is_a_data_error(bad: str) -> None:
    with pytest.raises(DataError, match=r"invented\.tsv: not a pattern"):
        patterns(bad)


WORDS = (
    "وقف فوري وشامل لإطلاق إطلاق النار التهجير تهجير منع رفع الحصار حماية المدنيين مدنيون قتل استمرار القتال هدنة "
    "مؤقتة انتخابات مبكرة فتح المعابر معبر رفح خرق العقوبات الاقتصادية و ، . « » : 12 ( )"
).split()
NOTATION = patterns("وقف _ نار", "وقف", "رفع/فك حصار", "حماية _ مدنيين", "نار _ نار", "و و")


@given(st.text(max_size=60))
def test_any_text_has_stems(text: str) -> None:
    for form in tokenize(text).form:
        assert form in stems(form)
        assert all(stems(form))
        assert stem(form) in stems(form)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_matches_lie_within_the_words(text: str) -> None:
    forms = tokenize(text).form
    for f in [*NOTATION.find(forms), *NOTATION.scattered(forms)]:
        assert 0 <= f.first < f.last <= len(forms)
        assert f.words <= f.last - f.first


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_matters_share_no_word(text: str) -> None:
    forms = tokenize(text).form
    for matches in (find_matters(forms), matters_of(forms)):
        ends = [0]
        for m in matches:
            assert ends[-1] <= m.first < m.last <= len(forms)
            ends.append(m.last)
