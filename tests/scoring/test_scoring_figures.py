"""What counts as right, by invented articles."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.scoring import FIGURES, Report, same_source, score

TEXT = (
    "الوزير الصالحي: لن نرفع الرسوم\n"
    "قال وزير النقل نادر الصالحي إن الجسر الجديد سيفتتح الأسبوع المقبل، مؤكدا أن الأعمال انتهت.\n"
    "وأضاف أن المهندسين قالوا إن السد متين.\n"
    "ورفضت النائبة سلمى الحداد رسوم العبور."
)


def span(words: str) -> list[int]:
    """Where `words` stand in the text."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def statement(number: int, cue: str | None, content: str, who: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "cue": span(cue) if cue else None, "speaker": None, "who": who, "mode": "indirect",
        "content": [span(content)], "act": "inform", "stances": [], "parent": None, "via": None, **more,
    }  # fmt: skip


GOLD: dict[str, Any] = {
    "doc": "a1",
    "outlet": "صدى الواحة",
    "text": TEXT,
    "sources": {
        "A": {"name": "نادر الصالحي", "kind": "person", "role": "وزير النقل"},
        "B": {"name": "المهندسين", "kind": "group", "role": ""},
        "C": {"name": "سلمى الحداد", "kind": "person", "role": "النائبة"},
    },
    "statements": [
        statement(1, None, "لن نرفع الرسوم", "A", speaker=span("الوزير الصالحي"), mode="direct", act="commit"),
        statement(2, "قال", "الجسر الجديد سيفتتح الأسبوع المقبل", "A", speaker=span("وزير النقل نادر الصالحي")),
        statement(3, "مؤكدا", "الأعمال انتهت", "A"),
        statement(4, "وأضاف", "المهندسين قالوا إن السد متين", "A"),
        statement(5, "قالوا", "السد متين", "B", speaker=span("المهندسين"), parent=4),
        statement(
            6, "ورفضت", "رسوم العبور", "C", speaker=span("النائبة سلمى الحداد"), act="reject",
            stances=[[*span("رسوم العبور"), "-"]],
        ),
    ],
}  # fmt: skip

Change = Callable[[dict[str, Any]], object]


def scored(change: Change = lambda p: None, **options: Any) -> Report:
    """The score of the gold annotation itself with a change made to it."""
    prediction = copy.deepcopy(GOLD)
    del prediction["text"]
    change(prediction)
    return score([GOLD], {prediction["doc"]: prediction}, **options)


def test_the_annotation_itself_is_wholly_right() -> None:
    report = scored(errors=True)
    # No statement of these is mixed, so there is nothing to take that figure over.
    assert {name for name, value in report.figures.items() if value != 1} == {"attribution recall, mixed"}
    assert report.interval == (1.0, 1.0)
    assert report.errors == report.missing == report.unknown == report.differing == ()
    assert (report.articles, report.gold, report.predicted) == (1, 6, 6)


def test_the_figures_come_in_their_order() -> None:
    assert tuple(scored().figures) == FIGURES


def test_an_article_without_prediction_counts_as_empty() -> None:
    report = score([GOLD], {})
    assert report.missing == ("a1",)
    assert set(report.figures.values()) == {0.0}


def test_nothing_at_all_is_no_error() -> None:
    assert score([], {}).interval == (0.0, 0.0)


def _set(index: int, **fields: Any) -> Change:
    return lambda p: p["statements"][index].update(fields)


@pytest.mark.parametrize(
    ("change", "figure", "value"),
    [
        (lambda p: p["statements"].pop(), "found R", 5 / 6),
        (lambda p: p["statements"].pop(), "found P", 1.0),
        (lambda p: p["statements"].append({**p["statements"][0], "id": 9}), "found P", 6 / 7),
        (_set(1, who="C"), "attribution R", 5 / 6),
        (_set(1, who="C"), "source accuracy, explicit", 3 / 4),
        (_set(1, who="C"), "source accuracy, implicit", 1.0),
        (_set(2, who=""), "source accuracy, implicit", 1 / 2),
        (_set(0, who="B"), "attribution recall, direct", 0.0),
        (_set(1, who="B"), "attribution recall, indirect", 4 / 5),
        (_set(1, cue=None), "cue accuracy", 5 / 6),
        (_set(0, cue=span("قال")), "cue accuracy", 5 / 6),
        (_set(1, mode="mixed"), "mode accuracy", 5 / 6),
        (_set(1, act="deny"), "act accuracy", 5 / 6),
        (_set(4, parent=None), "nesting recall", 0.0),
        (_set(4, parent=2), "nesting recall", 0.0),
        (_set(5, stances=[[*span("رسوم العبور"), "+"]]), "stance R", 0.0),
        (_set(5, stances=[[*span("العبور"), "-"]]), "stance R", 1.0),
        (_set(5, stances=[[*span("رسوم العبور"), "-"]] * 2), "stance P", 1 / 2),
    ],
)
def test_each_mistake_shows_in_its_own_figure(change: Change, figure: str, value: float) -> None:
    assert scored(change).figures[figure] == pytest.approx(value)


def test_a_complementizer_more_or_less_is_no_difference() -> None:
    words = "أن الأعمال انتهت"
    assert scored(_set(2, content=[span(words)])).figures["found exactly F1"] == 1.0


def test_half_of_the_letters_is_found_but_not_exactly() -> None:
    report = scored(_set(1, content=[span("الجسر الجديد سيفتتح")]))
    assert report.figures["found F1"] == 1.0
    assert report.figures["found exactly F1"] == pytest.approx(5 / 6)
    assert report.figures["exact attribution F1"] == pytest.approx(5 / 6)


def test_content_in_parts_counts_together() -> None:
    assert (
        scored(_set(1, content=[span("الجسر الجديد"), span("سيفتتح الأسبوع المقبل")])).figures["found exactly F1"] == 1
    )


def test_matching_is_one_to_one_and_the_better_overlap_wins() -> None:
    def add_worse_first(p: dict[str, Any]) -> None:
        worse = {**p["statements"][1], "id": 9, "content": [span("الجسر الجديد سيفتتح")], "who": "C"}
        p["statements"].insert(0, worse)

    report = scored(add_worse_first, errors=True)
    assert report.figures["source accuracy"] == 1.0
    assert [e.kind for e in report.errors] == ["spurious"]


def test_errors_are_listed_with_their_words() -> None:
    def change(p: dict[str, Any]) -> None:
        p["statements"][1]["who"] = "C"
        p["statements"].pop(0)

    wrong, missed = scored(change, errors=True).errors
    assert str(wrong) == "wrong source | a1 | سلمى الحداد | نادر الصالحي | [قال] «الجسر الجديد سيفتتح الأسبوع المقبل»"
    assert str(missed) == "missed | a1 | [—] «لن نرفع الرسوم»"


def test_groups_are_by_a_field_of_the_gold_articles() -> None:
    other = {**GOLD, "doc": "a2", "outlet": "بريد الساحل"}
    nameless = {k: v for k, v in GOLD.items() if k != "outlet"} | {"doc": "a3"}
    report = score([GOLD, other, nameless], {"a1": GOLD}, by="outlet")
    assert [(g.value, g.articles, g.statements, g.figures["attribution F1"]) for g in report.groups] == [
        ("", 1, 6, 0.0), ("بريد الساحل", 1, 6, 0.0), ("صدى الواحة", 1, 6, 1.0),
    ]  # fmt: skip


def test_a_prediction_from_another_text_is_named() -> None:
    assert scored(lambda p: p.update(sha256="0" * 64)).differing == ("a1",)
    assert scored(lambda p: p.update(text=TEXT + " ")).differing == ("a1",)
    assert scored(lambda p: p.update(text=TEXT)).differing == ()


def test_a_prediction_for_no_article_is_named() -> None:
    assert score([GOLD], {"a1": GOLD, "zz": {**GOLD, "doc": "zz"}}).unknown == ("zz",)


def test_the_report_goes_into_json() -> None:
    shown = json.loads(json.dumps(scored().as_dict()))
    assert shown["attribution F1"] == 1.0
    assert shown["attribution F1 95%"] == [1.0, 1.0]
    assert shown["gold statements"] == 6


def test_the_interval_widens_where_articles_differ() -> None:
    articles = [{**GOLD, "doc": f"a{n}"} for n in range(20)]
    low, high = score(articles, {f"a{n}": GOLD for n in range(10)}).interval
    assert 0.3 < low < 2 / 3 < high < 0.95


@pytest.mark.parametrize(
    ("predicted", "gold", "right"),
    [
        ("نادر الصالحي", "نادر الصالحي", True),
        ("الصالحي", "نادر الصالحي", True),
        ("الوزير نادر الصالحي", "نادر الصالحي", True),
        ("السيد نادر", "نادر الصالحي", True),
        ("نَادِر الصالحى", "نادر الصالحي", True),
        ("إدارة المرور", "اداره مرور", True),
        ("سلمى الصالحي", "نادر الصالحي", False),
        ("", "نادر الصالحي", False),
        (None, None, False),
        ("نادر", "", False),
        # A title alone is a name where nothing else is there.
        ("الملك", "الملك", True),
        ("الملك", "الأمير", False),
    ],
)
def test_same_source(predicted: str | None, gold: str | None, right: bool) -> None:
    assert same_source(predicted, gold) is right


names = st.lists(st.sampled_from(["نادر", "الصالحي", "سلمى", "الحداد", "السيد", "د.", "أمل"]), max_size=4).map(" ".join)


@given(names, names)
def test_same_source_does_not_depend_on_the_side(a: str, b: str) -> None:
    assert same_source(a, b) == same_source(b, a)


offsets = st.integers(0, len(TEXT))
spans = st.tuples(offsets, offsets).map(lambda x: sorted(x))
statements = st.builds(
    lambda cue, content, who, parent: {"cue": cue, "content": content, "who": who, "parent": parent},
    st.none() | spans,
    st.lists(spans, min_size=1, max_size=3),
    st.sampled_from(["A", "B", "C", "", None]),
    st.none() | st.integers(1, 6),
)


@given(st.lists(statements, max_size=8))
def test_every_figure_is_a_share_whatever_is_predicted(predicted: list[dict[str, Any]]) -> None:
    guess = {"doc": "a1", "sources": GOLD["sources"], "statements": [{"id": n, **s} for n, s in enumerate(predicted)]}
    report = score([GOLD], {"a1": guess}, errors=True)
    assert all(0 <= value <= 1 for value in report.figures.values())
    kinds = [e.kind for e in report.errors]
    found = 6 - kinds.count("missed")
    assert found == len(predicted) - kinds.count("spurious")
