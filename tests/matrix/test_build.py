"""From readings to the matrix: whose evidence stands where, and that nothing depends on the order of the readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qawl
from qawl.arabic.entries import bodies
from qawl.matrix import Cell, Choice, Matrix, build
from qawl.matrix.build import BROAD
from qawl.model import About, Article, Condition, Dated, Moment, Reading, Source, Span, Stance, Statement

SALEM, SALMA, NIZAR = "سالم الراوي", "سلمى المرزباني", "نزار الوادعاني"
TRENCH = "ردم الخندق القديم"


@dataclass(frozen=True)
class Said:
    """A statement with one stance: by the source with a key, on a target, and on a matter if there is one.

    `before` parts it from the statement before it.
    """

    who: str
    target: str
    sign: Any = "+"
    matter: str = ""
    confidence: float = 0.9
    tie: str = ""
    parent: int | None = None
    day: str = ""
    before: str = " "


def person(name: str, of: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "person", "of": of, **more}


def reading(doc: str, sources: dict[str, dict[str, Any]], *said: Said, day: str = "2031-03-05") -> Reading:
    text, statements = f"خبر {doc}\n", []
    for n, x in enumerate(said, 1):
        text += (x.before if n > 1 else "") + "قال "
        start = len(text)
        text += x.target
        target = Span(start, len(text))
        ties: tuple[Condition, ...] = ()
        if x.tie:
            ties = (Condition("after", Span(len(text) + 1, len(text) + 1 + len(x.tie))),)
            text += f" {x.tie}"
        about = (About(x.matter, x.sign, target, "نمط"),) if x.matter else ()
        stance = Stance(target, x.sign, "strong", ties, about, 1.0)
        moment = Dated(Moment(x.day, "day"), "statement") if x.day else None
        statements.append(
            Statement(n, Span(start - 4, start - 1), "قال", None, (Span(start, len(text)),), "indirect", x.parent,
                      "demand", (stance,), x.who, None, x.confidence, said=moment)
        )  # fmt: skip
        text += "."
    precision: Any = {4: "year", 7: "month", 10: "day"}.get(len(day), "day")
    article = Article(text, (), doc, f"https://news.example/{doc}", "بريد الوادي",
                      published=Moment(day, precision) if day else None)  # fmt: skip
    return Reading(article, tuple(statements), {k: Source(k, **s) for k, s in sources.items()}, "test/1")


def one(*said: Said, of: str = "", day: str = "2031-03-05", doc: str = "n1") -> Reading:
    """An article in which سالم الراوي (A) and سلمى المرزباني (B) speak."""
    return reading(doc, {"A": person(SALEM, of), "B": person(SALMA, of)}, *said, day=day)


def sides(m: Matrix) -> dict[tuple[str, str], str]:
    """Every side by name of holder and id of subject."""
    names = {h.id: h.name for h in m.holders}
    return {(names[h], s): c.side for (h, s), c in m.cells.items()}


def the_cell(m: Matrix) -> Cell:
    (cell,) = m.cells.values()
    return cell


# -- evidence -----------------------------------------------------------------------------------------------------


def test_evidence_leads_back_to_its_words() -> None:
    r = one(Said("A", "وقف إطلاق النار", "+", "ceasefire", 0.9, "بعد الحصاد"))
    m = build([r])
    (holder,) = m.holders
    assert (holder.name, holder.kind, holder.of) == (SALEM, "person", "")
    (subject,) = m.subjects
    assert (subject.id, subject.ar, subject.en, subject.parent, subject.broad) == (
        "ceasefire", "وقف إطلاق النار", "Ceasefire", "ending-war", False,
    )  # fmt: skip
    (e,) = the_cell(m).evidence
    assert (e.day, e.sha256, e.doc, e.url) == ("2031-03-05", r.article.sha256, "n1", "https://news.example/n1")
    assert (e.outlet, e.title, e.statement, e.speaker) == ("بريد الوادي", "خبر n1", 1, SALEM)
    assert (e.act, e.sign, e.degree, e.confidence, e.why) == ("demand", "+", "strong", 0.9, "نمط")
    assert r.article.text[e.start : e.end] == e.target == "وقف إطلاق النار"
    assert e.words == "وقف إطلاق النار بعد الحصاد"
    assert [(t.kind, t.words) for t in e.ties] == [("after", "بعد الحصاد")]
    assert (m.articles, m.statements) == (1, 1)


def test_the_sign_is_that_on_the_matter_and_why_tells_what_turned_it() -> None:
    text = "خبر\nدعا إلى رفع الحصار."
    at = text.index("رفع")
    about = About("siege", "-", Span(at + 4, at + 10), "حصار", (Span(at, at + 3),))
    stance = Stance(Span(at, at + 10), "+", about=(about,), confidence=0.8)
    s = Statement(1, None, "دعا", None, (Span(at, at + 10),), "indirect", act="demand", stances=(stance,), who="A",
                  confidence=0.5)  # fmt: skip
    r = Reading(Article(text), (s,), {"A": Source("A", SALEM, "person")}, "test/1")
    (e,) = the_cell(build([r])).evidence
    assert (e.sign, e.target, e.why, e.confidence, e.day) == ("-", "رفع الحصار", "حصار (رفع)", 0.4, "")


def test_the_day_of_the_statement_counts_before_the_article_s() -> None:
    (e,) = the_cell(build([one(Said("A", "الهدنة", "+", "ceasefire", day="2031-03-02"))])).evidence
    assert e.day == "2031-03-02"


def test_evidence_of_several_articles_stands_by_day_that_without_one_first() -> None:
    days = ("2031-03-09", "", "2031-03-02")
    readings = [one(Said("A", "الهدنة", "+", "ceasefire"), day=d, doc=f"n{n}") for n, d in enumerate(days)]
    assert [e.day for e in the_cell(build(readings)).evidence] == ["", "2031-03-02", "2031-03-09"]


def test_what_is_less_sure_than_asked_is_left_out() -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire", 0.2), Said("B", "الهدنة", "-", "ceasefire", 0.19))
    assert sides(build([r])) == {(SALEM, "ceasefire"): "+"}
    assert len(build([r], Choice(least=0.1)).cells) == 2
    assert not build([r], Choice(least=0.21)).cells


def test_a_stance_on_two_matters_counts_for_both() -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire"))
    (s,) = r.statements
    (stance,) = s.stances
    more = replace(stance, about=(*stance.about, About("siege", "-", stance.target, "آخر")))
    m = build([replace(r, statements=(replace(s, stances=(more,)),))])
    assert sides(m) == {(SALEM, "ceasefire"): "+", (SALEM, "siege"): "-"}


def test_nothing_said() -> None:
    assert build([]) == Matrix((), (), {}, 0, 0)
    assert build([replace(one(), statements=())]) == Matrix((), (), {}, 1, 0)


# -- the same whatever the order ----------------------------------------------------------------------------------

SEVERAL = (
    one(Said("A", "الهدنة", "+", "ceasefire"), Said("B", TRENCH), doc="n1"),
    one(Said("A", "الهدنة", "-", "ceasefire"), Said("B", f"وقف {TRENCH}", "-"), doc="n2", day="2031-04-05"),
    reading("n3", {"A": person(NIZAR, "سهلان"), "B": person(SALMA)}, Said("A", f"منع {TRENCH}"),
            Said("B", "الحصار", "-", "siege")),
    reading("n4", {"A": person(NIZAR, "سهلان"), "B": {"name": "بلاده", "kind": "state"}},
            Said("A", "تسعير الكربون", "+", "carbon-tax"), Said("B", "الحصار", "+", "siege", parent=1)),
    reading("n5", {"A": person(SALEM)}, Said("A", "التكيف", "-", "climate-adaptation", tie="بعد الحصاد"), day=""),
)  # fmt: skip


@given(st.permutations(SEVERAL), st.sampled_from(("source", "of")))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_readings_is_of_no_account(readings: list[Reading], by: Any) -> None:
    expected, made = build(SEVERAL, Choice(by=by)), build(readings, Choice(by=by))
    assert made == expected
    assert list(made.cells) == list(expected.cells)
    assert made.articles == 5
    assert made.cells


@given(st.lists(st.sampled_from(SEVERAL), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_how_often_a_text_is_given_is_of_no_account(readings: list[Reading]) -> None:
    once = [r for r in SEVERAL if r in readings]
    assert build(readings) == build(once)
    assert build(readings).articles == len(once)


def test_the_same_text_twice_counts_once() -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire", 0.4))
    again = replace(r, article=replace(r.article, doc="n1-again", outlet="صدى الوادي"))
    m = build([r, again])
    assert (m.articles, m.statements) == (1, 1)
    assert len(the_cell(m).evidence) == 1
    assert the_cell(m).confidence == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("change", "doc"),
    [
        ({"published": Moment("2031-03-09", "day")}, "n1"),
        ({"published": Moment("2031-03-01", "day")}, "again"),
        ({"published": None}, "n1"),
        ({"url": "https://a.example/"}, "again"),
        ({}, "again"),  # the same day and address: the first by its name
    ],
)
def test_of_articles_with_one_text_the_earliest_counts_in_any_order(change: dict[str, Any], doc: str) -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire"))
    again = replace(r, article=replace(r.article, **({"doc": "again"} | change)))
    (e,) = the_cell(build([r, again])).evidence
    assert e.doc == doc
    assert build([r, again]) == build([again, r])


def test_of_readings_of_one_article_that_read_differently_one_counts_in_any_order() -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire"))
    for again in (replace(r, statements=()), replace(r, article=replace(r.article, outlet="صدى الوادي"))):
        assert build([r, again]) == build([again, r])


# -- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "since", "until", "there"),
    [
        ("2031-03-05", "2031-03-05", "", True),
        ("2031-03-05", "", "2031-03-05", True),
        ("2031-03-05", "2031-03-05", "2031-03-05", True),
        ("2031-03-05", "2031-03-06", "", False),
        ("2031-03-05", "", "2031-03-04", False),
        ("2031-03-05", "2031-03", "2031-03", True),
        ("2031-03-05", "2031-04", "", False),
        ("2031-03-05", "", "2030", False),
        ("2031-03", "2031-03-05", "", True),  # it can lie on a later day of the month
        ("2031-03", "", "2031-03-05", True),
        ("2031-03", "2031-04-01", "", False),
        ("2031-03", "", "2031-02-28", False),
        ("", "2031-03-05", "", False),
        ("", "", "2031-03-05", False),
        ("", "", "", True),
    ],
)
def test_since_and_until(day: str, since: str, until: str, there: bool) -> None:
    r = one(Said("A", "الهدنة", "+", "ceasefire"), day=day)
    assert bool(build([r], Choice(since=since, until=until)).cells) is there


def test_a_change_is_seen_from_one_article_to_the_next() -> None:
    before, after = (
        one(Said("A", "الهدنة", sign, "ceasefire"), day=day, doc=day)
        for sign, day in (("-", "2031-03-05"), ("+", "2031-04-05"))
    )
    cell = the_cell(build([after, before]))
    assert cell.side == "+"
    ((first, last),) = ((c.before, c.after) for c in cell.changes)
    assert (first.doc, last.doc) == ("2031-03-05", "2031-04-05")
    assert the_cell(build([after, before], Choice(until="2031-03-31"))).side == "-"


# -- by what speakers speak for -----------------------------------------------------------------------------------


def test_roll_up_puts_all_who_speak_for_a_state_in_one_column() -> None:
    r = reading(
        "n1",
        {"A": person(SALEM, "سهلان"), "B": person(SALMA, "سهلان"), "C": person(NIZAR),
         "D": {"name": "سهلان", "kind": "state"}, "E": {"name": "اتحاد الغواصين", "kind": "organization"}},
        Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الهدنة", "+", "ceasefire"),
        Said("C", "الهدنة", "-", "ceasefire"), Said("D", "الهدنة", "+", "ceasefire"),
        Said("E", "الهدنة", "-", "ceasefire"),
    )  # fmt: skip
    m = build([r], Choice(by="of"))
    assert [(h.id, h.name, h.kind) for h in m.holders] == [
        ("سهلان", "سهلان", "state"),
        ("اتحاد الغواصين", "اتحاد الغواصين", "organization"),
    ]
    assert sides(m) == {("سهلان", "ceasefire"): "+", ("اتحاد الغواصين", "ceasefire"): "-"}
    cell = m.cell("سهلان", "ceasefire")
    assert cell is not None
    assert [e.speaker for e in cell.evidence] == [SALEM, SALMA, "سهلان"]
    assert len(build([r]).holders) == 5


def test_one_who_speaks_for_a_body_stands_in_its_column() -> None:
    sources = {
        "A": person(NIZAR, "اتحاد الغواصين"),
        "B": {"name": "اتحاد الغواصين", "kind": "organization", "of": "سهلان"},
    }
    r = reading("n1", sources, Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege"))
    assert sides(build([r], Choice(by="of"))) == {("اتحاد الغواصين", "ceasefire"): "+", ("سهلان", "siege"): "-"}


def test_a_body_that_others_speak_for_is_no_state() -> None:
    name = bodies()[0].name
    r = reading("n1", {"A": person(NIZAR, name)}, Said("A", "الهدنة", "+", "ceasefire"))
    assert [(h.id, h.kind) for h in build([r], Choice(by="of")).holders] == [(name, "organization")]


def test_a_holder_s_state_is_known_if_one_article_tells_it() -> None:
    ceasefire = Said("A", "الهدنة", "+", "ceasefire")
    found = set()
    for n in range(8):
        told, untold = one(ceasefire, of="سهلان", doc=f"a{n}"), one(ceasefire, doc=f"b{n}")
        (holder,) = build([told, untold]).holders
        found.add(holder.of)
    assert found == {"سهلان"}


# -- «رفض بلاده …» ------------------------------------------------------------------------------------------------

OWN = {"A": person(SALEM), "B": {"name": "بلاده", "kind": "state"}, "C": person(SALMA)}


def test_his_country_s_position_is_his() -> None:
    r = reading("n1", OWN, Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege", parent=1))
    assert sides(build([r])) == {(SALEM, "ceasefire"): "+", (SALEM, "siege"): "-"}


def test_his_country_s_position_is_that_of_the_parent_s_speaker_not_of_the_last() -> None:
    said = (Said("A", "الهدنة", "+", "ceasefire"), Said("C", "الهدنة", "-", "ceasefire"))
    r = reading("n1", OWN, *said, Said("B", "الحصار", "-", "siege", parent=1))
    assert sides(build([r]))[SALEM, "siege"] == "-"
    r = reading("n1", OWN, *said, Said("B", "الحصار", "-", "siege"))
    assert sides(build([r]))[SALMA, "siege"] == "-"


def test_his_country_in_a_paragraph_of_its_own_is_nobody_s() -> None:
    for before, expected in ((" ", 2), ("\n", 1)):
        said = (Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege", before=before))
        assert len(build([reading("n1", OWN, *said)]).cells) == expected
    said = (said[0], replace(said[1], parent=1))
    assert len(build([reading("n1", OWN, *said)]).cells) == 2


def test_his_country_s_position_with_nobody_before_is_nobody_s() -> None:
    assert not build([reading("n1", OWN, Said("B", "الحصار", "-", "siege"))]).cells


def test_a_country_s_name_is_not_only_the_speaker_s_side() -> None:
    sources = OWN | {"B": {"name": "سهلان", "kind": "state"}}
    r = reading("n1", sources, Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege", parent=1))
    assert sides(build([r])) == {(SALEM, "ceasefire"): "+", ("سهلان", "siege"): "-"}


@pytest.mark.parametrize(("role", "who"), [("رئيس اتحاد الغواصين", NIZAR), ("نقيب الصيادين", "الاتحاد")])
def test_a_body_that_its_own_head_names_is_his_side(role: str, who: str) -> None:
    sources = {"A": person(NIZAR, role=role), "B": {"name": "الاتحاد", "kind": "organization"}}
    r = reading("n1", sources, Said("A", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege", parent=1))
    assert sides(build([r]))[who, "siege"] == "-"


@pytest.mark.parametrize(
    "sentence",
    [
        "أكد سالم الراوي وزير خارجية مرسانة رفض بلاده تهجير السكان.",
        "قال وزير خارجية مرسانة سالم الراوي إن بلاده ترفض تهجير السكان.",
        "دعا سالم الراوي إلى وقف إطلاق النار. وأكد رفض بلاده تهجير السكان.",
    ],
)
def test_what_is_read_counts_for_the_speaker(sentence: str) -> None:
    m = build([qawl.read(f"خبر\n{sentence}")])
    assert [h.name for h in m.holders] == [SALEM]
    assert sides(m)[SALEM, "displacement"] == "-"


def test_what_is_read_counts_for_her() -> None:
    m = build([qawl.read("خبر\nوأكدت نقيبة الأطباء هالة المرزباني رفض بلادها تهجير السكان.")])
    assert sides(m) == {("هالة المرزباني", "displacement"): "-"}


# -- broader matters ----------------------------------------------------------------------------------------------


def test_a_broader_matter_has_a_row_where_narrower_ones_meet() -> None:
    r = one(Said("A", "التكيف", "+", "climate-adaptation"), Said("B", "تسعير الكربون", "-", "carbon-tax"))
    m = build([r])
    assert [(s.id, s.broad) for s in m.subjects] == [
        (f"climate-action{BROAD}", True), ("carbon-tax", False), ("climate-adaptation", False),
    ]  # fmt: skip
    broad = m.subjects[0]
    assert (broad.ar, broad.en, broad.parent, broad.curated) == (
        "مكافحة تغير المناخ", "Climate action", "climate", True,
    )  # fmt: skip
    assert sides(m) == {
        (SALEM, "climate-adaptation"): "+",
        (SALMA, "carbon-tax"): "-",
        (SALEM, f"climate-action{BROAD}"): "+",
        (SALMA, f"climate-action{BROAD}"): "-",
    }
    assert [e.why for c in m.row(f"climate-action{BROAD}") for e in c.evidence if e.sign == "-"] == ["carbon-tax: نمط"]


def test_against_what_counts_against_is_for_the_broader_matter() -> None:
    r = one(Said("A", "الإبادة", "-", "genocide"), Said("B", "حماية فرق الإغاثة", "+", "aid-workers-protection"))
    m = build([r])
    assert sides(m)[SALEM, f"protecting-civilians{BROAD}"] == "+"
    assert sides(m)[SALMA, f"protecting-civilians{BROAD}"] == "+"
    assert sides(m)[SALEM, "genocide"] == "-"


def test_own_evidence_and_that_of_narrower_matters_stand_in_one_cell() -> None:
    r = one(
        Said("A", "مكافحة التغير", "+", "climate-action"),
        Said("A", "التكيف", "+", "climate-adaptation"),
        Said("B", "تسعير الكربون", "+", "carbon-tax"),
    )
    m = build([r])
    by = {c.holder: [e.target for e in c.evidence] for c in m.row(f"climate-action{BROAD}")}
    assert sorted(by.values()) == [["تسعير الكربون"], ["مكافحة التغير", "التكيف"]]
    # What is said on the broader matter itself keeps its row.
    assert [[e.target for e in c.evidence] for c in m.row("climate-action")] == [["مكافحة التغير"]]


def test_a_stance_on_a_matter_and_on_the_broader_one_counts_once_in_the_row_of_both() -> None:
    r = one(Said("A", "التكيف", "+", "climate-adaptation"), Said("B", "تسعير الكربون", "+", "carbon-tax"))
    first, second = r.statements
    (stance,) = first.stances
    more = replace(stance, about=(*stance.about, About("climate-action", "+", stance.target, "آخر")))
    m = build([replace(r, statements=(replace(first, stances=(more,)), second))])
    assert [len(c.evidence) for c in m.row(f"climate-action{BROAD}")] == [1, 1]


def test_what_meets_only_two_steps_above_has_its_row_there() -> None:
    r = one(Said("A", "احترام الهدنة", "+", "ceasefire-compliance"), Said("A", "الهدنة", "+", "ceasefire"),
            Said("B", "العدوان", "+", "gaza-war"))  # fmt: skip
    m = build([r])
    assert [s.id for s in m.subjects if s.broad] == [f"ending-war{BROAD}"]
    assert sides(m)[SALEM, f"ending-war{BROAD}"] == "+"
    assert sides(m)[SALMA, f"ending-war{BROAD}"] == "-"


def test_a_sign_goes_up_step_by_step() -> None:
    """Against the violence of settlers: against settling, and so against what settling counts for."""
    r = one(Said("A", "العنف", "-", "settler-violence"), Said("B", "الضم", "+", "annexation"))
    found = sides(build([r]))
    assert (found[SALEM, f"occupation{BROAD}"], found[SALMA, f"occupation{BROAD}"]) == ("-", "+")


def test_no_broader_row_where_it_brings_nobody_together() -> None:
    alone = one(Said("A", "التكيف", "+", "climate-adaptation"), Said("A", "تسعير الكربون", "+", "carbon-tax"))
    assert {s.id for s in build([alone]).subjects} == {"climate-adaptation", "carbon-tax"}
    both = one(Said("A", "التكيف", "+", "climate-adaptation"), Said("B", "التكيف", "+", "climate-adaptation"))
    assert {s.id for s in build([both]).subjects} == {"climate-adaptation"}


def test_a_matter_that_counts_for_nothing_broader_has_no_broader_row() -> None:
    r = one(Said("A", "الغاز", "+", "gas-pipelines"), Said("B", "الكهرباء", "+", "electricity-supply"))
    assert {s.id for s in build([r]).subjects} == {"gas-pipelines", "electricity-supply"}


def test_broader_rows_as_chosen() -> None:
    r = one(Said("A", "التكيف", "+", "climate-adaptation"), Said("B", "تسعير الكربون", "-", "carbon-tax"))
    assert not any(s.broad for s in build([r], Choice(broad=False)).subjects)
    for chosen, expected in (
        ({"climate-action"}, {f"climate-action{BROAD}", "climate-adaptation", "carbon-tax"}),
        ({"climate"}, {f"climate-action{BROAD}", "climate-adaptation", "carbon-tax"}),
        ({"carbon-tax"}, {"carbon-tax"}),
        ({"carbon-tax", "climate-adaptation"}, {"carbon-tax", "climate-adaptation"}),
        ({"siege"}, set()),
    ):
        assert {s.id for s in build([r], Choice(matters=frozenset(chosen))).subjects} == expected


# -- what no curated matter covers --------------------------------------------------------------------------------


def test_targets_of_one_meaning_are_gathered_under_the_commonest_wording() -> None:
    r = one(Said("A", TRENCH), Said("B", f"ب{TRENCH}"), Said("B", TRENCH), Said("B", "رصف الطريق الساحلي"))
    m = build([r])
    assert [(s.id, s.ar, s.en, s.curated) for s in m.subjects] == [
        (f"~{TRENCH}", TRENCH, "", False),
        ("~رصف الطريق الساحلي", "رصف الطريق الساحلي", "", False),
    ]
    assert {h: len(m.cells[h, f"~{TRENCH}"].evidence) for h, s in m.cells if s == f"~{TRENCH}"} == {
        h.id: 1 if h.name == SALEM else 2 for h in m.holders
    }
    assert {e.why for c in m.row(f"~{TRENCH}") for e in c.evidence} == {TRENCH}


def test_words_that_turn_a_target_turn_its_sign() -> None:
    r = one(Said("A", TRENCH), Said("A", TRENCH), Said("B", f"وقف {TRENCH}"))
    m = build([r])
    assert sides(m) == {(SALEM, f"~{TRENCH}"): "+", (SALMA, f"~{TRENCH}"): "-"}
    (e,) = (e for c in m.row(f"~{TRENCH}") for e in c.evidence if e.sign == "-")
    assert e.target == f"وقف {TRENCH}"


def test_uncovered_targets_as_chosen() -> None:
    r = one(Said("A", TRENCH), Said("B", "الهدنة", "+", "ceasefire"))
    assert sides(build([r], Choice(uncovered=False))) == {(SALMA, "ceasefire"): "+"}
    assert sides(build([r], Choice(matters=frozenset(["ceasefire"])))) == {(SALMA, "ceasefire"): "+"}


def test_order_of_holders_and_subjects() -> None:
    r = one(Said("B", TRENCH), Said("B", "الهدنة", "+", "ceasefire"), Said("B", "الحصار", "-", "siege"),
            Said("B", "حصار", "-", "siege"), Said("A", "الهدنة", "+", "ceasefire"))  # fmt: skip
    m = build([r])
    assert [h.name for h in m.holders] == [SALMA, SALEM]
    assert [s.id for s in m.subjects] == ["ceasefire", "siege", f"~{TRENCH}"]
