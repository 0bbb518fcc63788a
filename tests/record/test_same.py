"""Two wordings are one statement if one source says the same in them; sketches find them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.tables import read_table
from qawl.record.same import Wording, same_statement, sketch
from qawl.record.terms import term_keys

PLAIN = {"name": "سلمى الراوي", "identity": "", "kind": "person", "day": "2024-03-05"}
BRIDGE = "الجسر الجديد سيخدم خمسة وأربعين ألف سيارة كل يوم"
WORDS = "جسر سوق وزير قرار اتفاق نهر مدينة طريق لن لا غير في من سنة 7 12 خمسة ألف الأحد فتح أغلق".split()
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def wording(text: str, **other: str) -> Wording:
    return Wording(tuple(term_keys(text)), **(PLAIN | other))


@cache
def pairs(part: str) -> list[tuple[bool, str, Wording, Wording]]:
    path = Path(__file__).with_name("wordings.jsonl")
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(r["same"], r["type"], wording(**r["a"]), wording(**r["b"])) for r in rows if r["part"] == part]


def counts(part: str) -> Counter[tuple[bool, bool]]:
    return Counter((same, same_statement(a, b)) for same, _, a, b in pairs(part))


def test_the_pairs_are_many_of_both_kinds() -> None:
    for part in ("choose", "held"):
        assert sum(same for same, *_ in pairs(part)) >= 40
        assert sum(not same for same, *_ in pairs(part)) >= 40


def test_held_out_wordings_are_told_the_same_or_not() -> None:
    found = counts("held")
    assert found[True, True] >= 0.98 * (found[True, True] + found[False, True])
    assert found[True, True] >= 0.9 * (found[True, True] + found[True, False])


@pytest.mark.parametrize("part", ["choose", "held"])
def test_sketches_of_one_statement_share_a_value(part: str) -> None:
    same = [(a, b) for is_same, _, a, b in pairs(part) if is_same]
    shared = sum(bool(set(sketch(a.keys)) & set(sketch(b.keys))) for a, b in same)
    assert shared >= 0.97 * len(same)


def test_sketches_of_other_statements_seldom_share_a_value() -> None:
    keys = [w.keys for same, _, *two in pairs("held") for w in two[: 1 + (not same)]]
    apart = [(a, b) for n, a in enumerate(keys) for b in keys[n + 1 :]]
    assert sum(bool(set(sketch(a)) & set(sketch(b))) for a, b in apart) <= 0.02 * len(apart)


def same(a: str, b: str, **other: str) -> bool:
    return same_statement(wording(a), wording(b, **other))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("الجسر الجديد سيخدم خمسة وثلاثين ألف سيارة كل يوم", "another number"),
        ("الجسر الجديد سيخدم 45 سيارة كل يوم", "another scale"),
        ("الجسر الجديد لن يخدم خمسة وأربعين ألف سيارة كل يوم", "negated"),
        ("الجسر القديم والطريق إليه سيغلقان في الصيف", "another claim"),
    ],
)
def test_what_claims_something_else_is_another_statement(text: str, why: str) -> None:
    assert not same(BRIDGE, text), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BRIDGE, "equal"),
        ("الجسر الجديد سيخدم 45 ألف سيارة كل يوم", "number in digits"),
        ("الجسر الجديد سيخدم خمسة وأربعين ألف سيارة يوميا", "reworded"),
        (f"{BRIDGE} وسيختصر الطريق إلى المستشفى", "goes on"),
        ("أن الجسر الجديد يخدم خمسة وأربعين ألف سيارة كل يوم", "reported"),
    ],
)
def test_what_says_the_same_is_the_same_statement(text: str, why: str) -> None:
    assert same(BRIDGE, text), why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدارس ستفتح أبوابها في المحافظات كلها", "المدارس ستغلق أبوابها في المحافظات كلها"),
        ("المجلس يجتمع يوم الأحد لبحث الموازنة العامة", "المجلس يجتمع يوم الخميس لبحث الموازنة العامة"),
        (
            "عمق العلاقات بين نورستان وأريحان وحرص القيادتين عليها",
            "عمق العلاقات بين نورستان وكورفينا وحرص القيادتين عليها",
        ),
    ],
)
def test_a_contrary_a_day_or_a_name_in_the_place_of_another_makes_another_statement(one: str, other: str) -> None:
    assert same(one, one)
    assert not same(one, other)


def test_a_month_by_another_name_is_the_same_month() -> None:
    assert same("المحطة ستعمل في فبراير بعد انتهاء التجارب", "المحطة ستعمل في شباط بعد انتهاء التجارب")
    assert not same("المحطة ستعمل في فبراير بعد انتهاء التجارب", "المحطة ستعمل في أيار بعد انتهاء التجارب")


def test_what_one_outlet_cut_off_is_no_contradiction() -> None:
    whole = f"{BRIDGE} ولن تدفع الوزارة للشركة 30 مليون دينار طلبتها"
    assert same(whole, BRIDGE)
    assert same(whole, "لن تدفع الوزارة للشركة 30 مليون دينار طلبتها")


def test_a_few_words_are_the_same_only_if_equal() -> None:
    assert same("لا تعليق", "لا تعليق")
    assert not same("لا تعليق", "لا تعليق لدينا")
    assert not same("انتهت الحرب", "انتهت المعركة")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"name": "الراوي"}, True),
        ({"name": "سلمى محمد الراوي"}, True),
        ({"name": "الدكتورة سلمى الراوي"}, True),
        ({"name": "ليلى الراوي"}, False),
        ({"name": "مازن الحداد"}, False),
        ({"name": ""}, False),
        ({"kind": "organization"}, False),
    ],
)
def test_equal_words_are_one_statement_only_of_one_source(source: dict[str, str], expected: bool) -> None:
    assert same(BRIDGE, BRIDGE, **source) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("demand", "reject", False), ("condemn", "support", False), ("demand", "demand", True), ("", "reject", True),
     ("inform", "reject", True)],
)  # fmt: skip
def test_who_wants_and_who_refuses_the_same_thing_say_two_things(one: str, other: str, expected: bool) -> None:
    text = "وقف القتال في محيط الميناء القديم"
    assert same_statement(wording(text, act=one), wording(text, act=other)) is expected


def test_identities_decide_before_names() -> None:
    salma = wording(BRIDGE, identity="person:salma")
    assert same_statement(salma, replace(salma, name="الوزيرة"))
    assert not same_statement(salma, replace(salma, identity="person:layla"))


def test_unnamed_sources_need_one_phrase_and_nearly_the_same_words() -> None:
    source = {"name": "مصدر عسكري", "kind": "unnamed"}
    one = wording("القوات انسحبت من ثلاث نقاط على ضفة النهر قبل الفجر", **source)
    assert same_statement(one, wording("القوات انسحبت من 3 نقاط على ضفة النهر قبل الفجر", **source))
    assert same_statement(one, replace(one, name="مصادر عسكرية"))
    assert not same_statement(one, replace(one, name="شهود عيان"))
    assert not same_statement(one, wording("القوات انسحبت من ثلاث نقاط على ضفة النهر", **source))


@pytest.mark.parametrize(
    ("day", "expected"), [("2024-03-08", True), ("2024-03-02", True), ("", True), ("2024-03-09", False)]
)
def test_a_formula_said_again_on_another_day_is_another_statement(day: str, expected: bool) -> None:
    formula = "أهمية تعزيز العلاقات الثنائية بين البلدين الشقيقين"
    assert same(formula, formula, day=day) is expected


@given(texts)
def test_sketches_are_few_distinct_64_bit_values(text: str) -> None:
    values = sketch(term_keys(text))
    assert len(values) <= 4
    assert list(values) == sorted(set(values))
    assert all(-(2**63) <= x < 2**63 for x in values)
    assert bool(values) == bool(text)


@given(st.permutations([f"كلم{a}{b}" for a in "بتجح" for b in "درسصعفق"]), st.integers(9, 27))
def test_what_is_cut_off_an_end_leaves_a_value_of_the_sketch(keys: list[str], kept: int) -> None:
    whole = set(sketch(keys))
    assert whole & set(sketch(keys[:kept]))
    assert whole & set(sketch(keys[-kept:]))


@given(texts)
def test_every_wording_is_the_same_as_itself(text: str) -> None:
    assert same(text, text)


@given(texts, texts)
def test_sameness_is_the_same_both_ways(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)


def test_sketches_are_the_same_in_another_process() -> None:
    keys = wording(BRIDGE).keys
    code = f"from qawl.record.same import sketch; print(*sketch({keys!r}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert tuple(map(int, out.stdout.split())) == sketch(keys)


def test_words_with_a_contrary_stand_on_one_side() -> None:
    for row in read_table("opposites"):
        one, other = (row[side].split("|") for side in ("one", "other"))
        assert all(one), row
        assert all(other), row
        assert len({*one, *other}) == len(one) + len(other), row


def test_words_that_are_exchanged_are_several_in_a_row_and_not_repeated() -> None:
    for row in read_table("exchanged_words"):
        words = row["words"].split("|")
        assert len(words) > 1, row
        assert all(words), row
        assert len(set(words)) == len(words), row
