"""Conditions and degrees of stances. All examples are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.tables import parse_table
from qawl.arabic.words import tokenize
from qawl.model import CONDITIONS, DataError
from qawl.positions import qualifiers as room
from qawl.positions.qualifiers import qualifiers, shared_out


def conditions(text: str) -> list[tuple[str, str]]:
    """Kinds and words of the conditions of a content."""
    t = tokenize(text)
    return [
        (q.condition, text[t.start[q.first] : t.end[q.last - 1]]) for q in qualifiers(t.form) if q.condition is not None
    ]


def degrees(text: str) -> list[str | None]:
    return [q.degree for q in qualifiers(tokenize(text).form) if q.condition is None]


def shares(text: str, *targets: str) -> list[list[str]]:
    """For each target the qualifiers that it gets, by kind or degree."""
    forms = list(tokenize(text).form)
    places = []
    for target in targets:
        words = list(tokenize(target).form)
        first = next(n for n in range(len(forms)) if forms[n : n + len(words)] == words)
        places.append((first, first + len(words)))
    return [[str(q.condition or q.degree) for q in found] for found in shared_out(qualifiers(forms), places, forms)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("رفع الحصار دون قيد أو شرط", [("unconditional", "دون قيد أو شرط")]),
        ("رفع الحصار بلا شروط", [("unconditional", "بلا شروط")]),
        ("الحوار دون شروط مسبقة", [("unconditional", "دون شروط مسبقة")]),
        ("دعم غير مشروط", [("unconditional", "غير مشروط")]),
        ("وقف القتال فورا", [("now", "فورا")]),
        ("وقف فوري للقتال", [("now", "فوري")]),
        ("وقف القتال على الفور", [("now", "على الفور")]),
        ("وقف القتال في أقرب وقت", [("now", "في أقرب وقت")]),
        ("وقف القتال فورا ودون قيد أو شرط", [("now", "فورا"), ("unconditional", "ودون قيد أو شرط")]),
        ("هدنة مؤقتة", [("limited", "مؤقتة")]),
        ("انسحاب جزئي من البلدة", [("limited", "جزئي")]),
        ("فتح المعابر على مراحل", [("limited", "على مراحل")]),
        ("فتح الجسر أمام السيارات", []),
        ("", []),
    ],
)
def test_conditions_by_themselves(text: str, expected: list[tuple[str, str]]) -> None:
    assert conditions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نقبل الهدنة بشرط أن ينسحب الجيش، وهذا موقفنا", [("if", "بشرط أن ينسحب الجيش")]),
        ("لن نوقف القتال ما لم ينسحب الجيش. وهذا موقفنا", [("if", "ما لم ينسحب الجيش")]),
        ("نقبل الهدنة إذا انسحب الجيش", [("if", "إذا انسحب الجيش")]),
        ("لا هدنة إلا إذا انسحب الجيش", [("if", "إلا إذا انسحب الجيش")]),
        ("نفتح المعبر مقابل رفع الحصار؛ وهذا موقفنا", [("if", "مقابل رفع الحصار")]),
        ("لا حوار قبل انسحاب الجيش من البلدة", [("after", "قبل انسحاب الجيش من البلدة")]),
        ("لا حوار إلا بعد رفع الحصار", [("after", "إلا بعد رفع الحصار")]),
        ("لا حوار قبل أن ينسحب الجيش", [("after", "قبل أن ينسحب الجيش")]),
        ("لا حوار إلى حين رفع الحصار", [("after", "إلى حين رفع الحصار")]),
    ],
)
def test_conditions_with_their_clause(text: str, expected: list[tuple[str, str]]) -> None:
    assert conditions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "زار البلدة قبل يومين",
        "زار البلدة قبل 3 أيام",
        "زار البلدة قبل أسبوع",
        "بقي حتى نهاية العام",
        "نقبل الهدنة إذا.",
    ],
)
def test_plain_times_and_words_without_a_clause_are_no_conditions(text: str) -> None:
    assert conditions(text) == []


def test_a_condition_ends_before_its_answer() -> None:
    assert conditions("إذا التزم الطرف الآخر فسنوقف القتال") == [("if", "إذا التزم الطرف الآخر")]


def test_the_clause_of_a_condition_is_not_endless() -> None:
    ((kind, words),) = conditions("نقبل الهدنة إذا " + "انسحب الجيش " * 30)
    assert kind == "if"
    assert len(words.split()) == 19


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نرفض التهجير رفضا قاطعا", ["strong"]),
        ("ندين الهجوم بأشد العبارات", ["strong"]),
        ("ندين الهجوم بشدة", ["strong"]),
        ("نرفضه جملة وتفصيلا", ["strong"]),
        ("قد ندعم المقترح", ["weak"]),
        ("ندعم المقترح من حيث المبدأ", ["weak"]),
        ("نرحب بحذر", ["weak"]),
        ("ندعم المقترح", []),
    ],
)
def test_degrees(text: str, expected: list[str]) -> None:
    assert degrees(text) == expected


@pytest.mark.parametrize(
    ("text", "targets", "expected"),
    [
        ("نقبل الهدنة ونرفض التهجير رفضا قاطعا", ["الهدنة", "التهجير"], [[], ["strong"]]),
        ("وقف القتال فورا ورفع الحصار", ["وقف القتال", "ورفع الحصار"], [["now"], []]),
        ("وقف فوري للقتال ورفع الحصار", ["وقف فوري للقتال", "ورفع الحصار"], [["now"], []]),
        ("وقف القتال ورفع فوري للحصار", ["وقف القتال", "ورفع فوري للحصار"], [[], ["now"]]),
        ("وقف القتال ورفع الحصار دون قيد أو شرط", ["وقف القتال", "ورفع الحصار"], [[], ["unconditional"]]),
        ("إذا انسحب الجيش، فسنقبل الهدنة والحوار", ["الهدنة", "والحوار"], [["if"], []]),
        ("قد نقبل الهدنة إذا انسحب الجيش", ["الهدنة"], [["weak", "if"]]),
        ("نقبل الهدنة. سنعود إذا انسحب الجيش", ["الهدنة"], [[]]),
        ("نقبل الهدنة " + "سوق " * 40 + "فورا", ["الهدنة"], [[]]),
        ("نرفض الحوار", ["الحوار"], [[]]),
        pytest.param(
            "نرفض التهجير وقد ندعم الحوار", ["التهجير", "الحوار"], [[], ["weak"]],
        ),
    ],
)  # fmt: skip
def test_which_target_gets_which(text: str, targets: list[str], expected: list[list[str]]) -> None:
    assert shares(text, *targets) == expected


def test_without_targets_nothing_is_shared_out() -> None:
    assert shares("وقف القتال فورا") == []


@pytest.mark.parametrize("row", ["فورا\tsoon\tno", "فورا\tnow\tpage"])
def test_a_bad_row_is_a_data_error(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "read_table", lambda name: parse_table(f"words\tkind\textends\n{row}\n", name))
    with pytest.raises(DataError, match=r"qualifiers\.tsv: فورا: no such kind"):
        room._patterns.__wrapped__()


WORDS = "دون قيد أو شرط إذا قبل يومين قبل انسحاب الجيش فورا مؤقتة قاطعا قد بشرط أن ، . ما لم 3 إلا بعد « » و".split()


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)), st.data())
def test_any_words_are_qualified(text: str, data: st.DataObject) -> None:
    forms = tokenize(text).form
    found = qualifiers(forms)
    assert [q.first for q in found] == sorted({q.first for q in found})
    for q in found:
        assert 0 <= q.first < q.last <= len(forms)
        assert (q.condition in CONDITIONS) != (q.degree in ("strong", "weak"))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(forms)), max_size=6)))
    targets = list(zip(cuts[::2], cuts[1::2], strict=False))
    shared = shared_out(found, targets, forms)
    assert len(shared) == len(targets)
    assert sum(map(len, shared)) <= len(found)
