"""For or against: what the words around a phrase say of it. All examples are invented."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.fold import fold
from qawl.arabic.tables import parse_table, read_table
from qawl.arabic.words import tokenize
from qawl.model import DataError
from qawl.positions import Polarity, names_own_side, polarity
from qawl.positions.polarity import Stand


def place(text: str, phrase: str) -> tuple[list[str], int, int]:
    """The tokens of a text, and where in them a phrase stands."""
    forms, words = list(tokenize(text).form), list(tokenize(phrase).form)
    first = next(n for n in range(len(forms)) if forms[n : n + len(words)] == words)
    return forms, first, first + len(words)


def stand(text: str, phrase: str, *own: str) -> Stand:
    forms, first, last = place(text, phrase)
    return Polarity(forms, frozenset(map(fold, own))).of(first, last)


def said(text: str, phrase: str, *own: str) -> int:
    """What a content says of a phrase by itself: 1 for, -1 against, 0 nothing."""
    found = stand(text, phrase, *own)
    return found.sign if found.opened else 0


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("ضرورة الحوار", "الحوار", 1),
        ("أهمية الحوار", "الحوار", 1),
        ("لا بد من الحوار", "الحوار", 1),
        ("الدعوة إلى الحوار", "الحوار", 1),
        ("تمسكه بالحوار", "بالحوار", 1),
        ("نحن مع الحوار", "الحوار", 1),
        ("رفض التهجير", "التهجير", -1),
        ("رفضه للتهجير", "للتهجير", -1),
        ("إدانته الهجوم", "الهجوم", -1),
        ("خطورة التصعيد", "التصعيد", -1),
        ("التحذير من التصعيد", "التصعيد", -1),
        ("نحن ضد العقوبات", "العقوبات", -1),
        ("لا مكان للتهجير", "للتهجير", -1),
    ],
)
def test_words_that_take_a_stand(text: str, phrase: str, expected: int) -> None:
    assert said(text, phrase) == expected


@pytest.mark.parametrize("word", ["منع", "وقف", "إنهاء", "رفع", "عدم", "مكافحة", "إلغاء", "تجميد"])
def test_words_that_turn_take_no_stand(word: str) -> None:
    found = stand(f"{word} التهجير", "التهجير")
    assert found == Stand(sign=-1, opened=False, reached=True, turned=(0,))


@pytest.mark.parametrize("word", ["استمرار", "تعزيز", "تنفيذ", "بدء"])
def test_words_that_pass_a_sign_on(word: str) -> None:
    assert stand(f"{word} الحوار", "الحوار") == Stand(1, False, True, ())
    assert said(f"رفض {word} الحوار", "الحوار") == -1


@pytest.mark.parametrize(
    ("text", "phrase", "expected", "turned"),
    [
        ("ضرورة وقف التهجير", "التهجير", -1, ["وقف"]),
        ("رفض وقف القتال", "القتال", 1, ["رفض", "وقف"]),
        ("رفض منع الحوار", "الحوار", 1, ["رفض", "منع"]),
        ("ضرورة عدم رفع العقوبات", "العقوبات", 1, ["عدم", "رفع"]),
        ("نطالب برفع الحصار", "الحصار", -1, ["برفع"]),
        ("علينا وقف القتال", "القتال", -1, ["وقف"]),
        ("من الضروري منع التهجير", "التهجير", -1, ["منع"]),
        ("ضرورة منع أي محاولة جديدة للتهجير", "للتهجير", -1, ["منع"]),
    ],
)
def test_governors_nest(text: str, phrase: str, expected: int, turned: list[str]) -> None:
    forms, first, last = place(text, phrase)
    found = Polarity(forms).of(first, last)
    assert (found.sign, found.opened) == (expected, True)
    assert [forms[n] for n in found.turned] == turned


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("نقبل الحوار", "الحوار", 1),
        ("لا نقبل التهجير", "التهجير", -1),
        ("لن نقبل بالتهجير", "بالتهجير", -1),
        ("لا نقبل بوقف الحوار", "الحوار", 1),
        ("لا نرفض الحوار", "الحوار", 1),
        ("لن نمنع الحوار", "الحوار", 1),
        ("لسنا ضد الحوار", "الحوار", 1),
        ("لا يمكن تبرير قتل المدنيين", "قتل المدنيين", -1),
        ("لا يمكن قبول التهجير", "التهجير", -1),
    ],
)
def test_negation(text: str, phrase: str, expected: int) -> None:
    assert said(text, phrase) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("ضرورة منع القتل وحماية المدنيين", "القتل", -1),
        ("ضرورة منع القتل وحماية المدنيين", "وحماية المدنيين", 1),
        ("ضرورة منع القتل والتهجير", "القتل", -1),
        ("ضرورة منع القتل والتهجير", "والتهجير", -1),
        ("نرفض التهجير والحصار", "والحصار", -1),
        ("ضرورة إيصال الغذاء إلى البلدة وفتح المعابر", "وفتح المعابر", 1),
        ("نريد السلام ونرفض التهجير", "السلام", 1),
        ("نريد السلام ونرفض التهجير", "التهجير", -1),
        pytest.param(
            "ضرورة منع القتل ورفع العقوبات", "العقوبات", -1,
        ),
    ],
)  # fmt: skip
def test_lists(text: str, phrase: str, expected: int) -> None:
    assert said(text, phrase) == expected


def test_lists_without_a_stand() -> None:
    assert stand("منع القتل والتهجير", "والتهجير").sign == -1
    assert stand("منع القتل وحماية المدنيين", "وحماية المدنيين").sign == 1


@pytest.mark.parametrize(
    ("text", "phrase", "own", "expected"),
    [
        ("إسرائيل تريد التهجير", "التهجير", [], 0),
        ("العدو يرفض السلام", "السلام", [], 0),
        ("الأردن يرفض التهجير", "التهجير", [], 0),
        ("الأردن يرفض التهجير", "التهجير", ["أردن"], -1),
        ("بلاده ترفض التهجير", "التهجير", [], -1),
        ("حزبه يدعم الحوار", "الحوار", [], 1),
        ("أنه يرفض التهجير", "التهجير", [], -1),
        ("نرفض التهجير", "التهجير", [], -1),
        ("سندعم الحوار", "الحوار", [], 1),
        ("يرفض التهجير", "التهجير", [], -1),
        pytest.param(
            "تريد إسرائيل التهجير", "التهجير", [], 0,
        ),
    ],
)  # fmt: skip
def test_only_the_own_sides_verbs_count(text: str, phrase: str, own: list[str], expected: int) -> None:
    assert said(text, phrase, *own) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("التهجير خط أحمر", "التهجير", -1),
        ("التهجير غير مقبول", "التهجير", -1),
        ("العقوبات ليست حلا", "العقوبات", -1),
        ("الحوار هو السبيل الوحيد", "الحوار", 1),
        ("الحوار ضروري", "الحوار", 1),
        ("وقف القتال ضروري", "القتال", -1),
        ("وقف الحوار خطأ فادح", "الحوار", 1),
        ("التهجير من البلدة القديمة خط أحمر", "التهجير", -1),
        ("التهجير " + "من البلدة " * 5 + "خط أحمر", "التهجير", 0),
        ("الحوار طويل", "الحوار", 0),
        ("الحوار بدأ. التهجير خط أحمر", "الحوار", 0),
    ],
)
def test_predicates_after_their_subject(text: str, phrase: str, expected: int) -> None:
    assert said(text, phrase) == expected


def test_joined_negation() -> None:
    assert said("يجب ألا يستمر القتال", "القتال") == -1


@pytest.mark.parametrize("text", ["نرفض القتل. الحوار بدأ", "نرفض القتل لكن الحوار بدأ", "نرفض القتل؛ الحوار بدأ"])
def test_a_governor_ends_with_its_clause(text: str) -> None:
    assert stand(text, "الحوار") == Stand(1, False, False, ())


def test_turns_within_a_phrase() -> None:
    forms, _, last = place("وقف تمويل منع التهجير", "التهجير")
    p = Polarity(forms)
    assert p.turns_within(0, last - 1) == (1, (0, 2))
    assert p.turns_within(1, last - 1) == (-1, (2,))
    assert p.turns_within(last - 1, last - 1) == (1, ())


@pytest.mark.parametrize(
    ("text", "expected"), [("منع التهجير", (1, -1)), ("وقف منع الحوار", (2, 1)), ("التهجير", (0, 1)), ("منع", (0, 1))]
)
def test_the_head_of_a_phrase(text: str, expected: tuple[int, int]) -> None:
    assert Polarity(tokenize(text).form).head() == expected


@pytest.mark.parametrize(("text", "expected"), [("أي", True), ("منع", True), ("منع التهجير", False), ("الجسر", False)])
def test_words_that_name_nothing(text: str, expected: bool) -> None:
    forms = tokenize(text).form
    assert Polarity(forms).only_governs(0, len(forms)) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("بلاده", True), ("حزبه", True), ("حزب الغد", False), ("سالم الراوي", False), ("", False)]
)
def test_the_own_side(name: str, expected: bool) -> None:
    assert names_own_side(name) is expected


@pytest.mark.parametrize("table", ["polarity", "verdicts"])
def test_no_row_contradicts_another(table: str) -> None:
    signs = {(row["words"], row.get("turns") or row["sign"]) for row in read_table(table)}
    assert [w for w, n in Counter(w for w, _ in signs).items() if n > 1] == []


@pytest.mark.parametrize(
    ("name", "reader", "text", "message"),
    [
        ("polarity", "_governors", "words\tturns\topens\tnote\nمنع\t*\tno\t\n", "منع: turns is"),
        ("polarity", "_governors", "words\tturns\topens\tnote\nمنع\t-\tdoor\t\n", "منع: turns is"),
        ("verdicts", "_verdicts", "words\tsign\nضروري\tgood\n", "ضروري: the sign is"),
    ],
)
def test_a_bad_row_is_a_data_error(
    name: str, reader: str, text: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polarity, "read_table", lambda asked: parse_table(text, name))
    with pytest.raises(DataError, match=message):
        getattr(polarity, reader).__wrapped__()


WORDS = (
    "منع وقف رفض نرفض لا لن ليس ضرورة إسرائيل تريد التهجير والتهجير ورفع العقوبات خط أحمر غير مقبول أن لكن مع ضد بلاده "
    "يجب أي و ، . « » : الحوار ضروري"
).split()


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)), st.data())
def test_any_words_have_a_stand(text: str, data: st.DataObject) -> None:
    forms = tokenize(text).form
    p = Polarity(forms, frozenset(["اسراييل"]))
    at, sign = p.head()
    assert 0 <= at <= len(forms)
    assert sign in (1, -1)
    if not len(forms):
        return
    first = data.draw(st.integers(0, len(forms) - 1))
    last = data.draw(st.integers(first + 1, len(forms)))
    found = p.of(first, last)
    assert found.sign in (1, -1)
    assert list(found.turned) == sorted(set(found.turned))
    assert all(0 <= n < first for n in found.turned)
    turns, turned = p.turns_within(first, last - 1)
    assert turns == (-1) ** len(turned)
    assert all(first <= n < last - 1 for n in turned)
    assert p.only_governs(first, last) in (True, False)
