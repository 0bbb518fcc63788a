"""The matrix as data, as rows, as a chart and as text: all of them say the same, and none is broken by any name."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from qawl.formats.table import columns
from qawl.matrix import Cell, Evidence, Holder, Matrix, Subject, Tie, verdicts
from qawl.matrix.find import find_matter, near_matters
from qawl.matrix.narrow import among, capped, plainly
from qawl.matrix.shape import COLUMNS, SCHEMA, rows, to_dict
from qawl.matrix.svg import chart
from qawl.matrix.text import render

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>&"'
SALEM, SALMA, NIZAR = "سالم الراوي", "سلمى المرزباني", "نزار الوادعاني"
TRENCH = Subject("~ردم الخندق", "ردم الخندق", "")
CEASEFIRE = Subject("ceasefire", "وقف إطلاق النار", "Ceasefire", "ending-war")
ENDING = Subject("ending-war/all", "إنهاء الحرب", "Ending the war", "war-and-peace", broad=True)
AFTER = Tie("after", "بعد الحصاد")


def ev(sign: Any, day: str = "2031-03-05", start: int = 10, *ties: Tie, **more: Any) -> Evidence:
    base: dict[str, Any] = {
        "sha256": "ab" * 32, "doc": "n1", "url": "https://news.example/n1", "outlet": "بريد الوادي", "title": "خبر",
        "statement": 1, "speaker": SALEM, "act": "demand", "target": "ردم الخندق", "words": "ردم الخندق بعد الحصاد",
        "degree": "plain", "why": "نمط", "confidence": 0.8,
    }  # fmt: skip
    return Evidence(day=day, sign=sign, start=start, end=start + 10, ties=ties, **(base | more))


def made(holders: dict[str, str], said: dict[tuple[str, Subject], tuple[Evidence, ...]], **more: Any) -> Matrix:
    subjects = tuple(dict.fromkeys(s for _, s in said))
    cells = {(h, s.id): Cell(h, s.id, e) for (h, s), e in said.items()}
    people = tuple(Holder(h, name, "person", more.get("of", "")) for h, name in holders.items())
    return Matrix(people, subjects, cells, 3, 7)


@pytest.fixture
def matrix() -> Matrix:
    """A changed sides, B is against with a condition, C gives a hint and says nothing on the trench."""
    changed = (ev("+"), ev("-", "2031-04-05", 40, statement=2, sha256="cd" * 32))
    return made(
        {"A": SALEM, "B": SALMA, "C": NIZAR},
        {
            ("A", CEASEFIRE): changed,
            ("B", CEASEFIRE): (ev("-", "2031-03-06", 70, AFTER, speaker=SALMA, words="لا هدنة إلا بعد الحصاد"),),
            ("C", CEASEFIRE): (ev("+", "", 90, confidence=0.2, speaker="متحدثة"),),
            ("A", TRENCH): (ev("+", "2031-03-05", 120),),
            ("A", ENDING): (*changed, ev("-", "2031-04-06", 150, statement=3, words="الحرب مستمرة")),
        },
    )


def many(holders: int, subjects: int) -> Matrix:
    """Every holder on every subject."""
    on = [Subject(f"~موضوع {n:02}", f"موضوع {n:02}", "") for n in range(subjects)]
    who = {f"H{n:02}": f"متحدث {n:02}" for n in range(holders)}
    return made(who, {(h, s): (ev("+", start=100 * n),) for n, s in enumerate(on) for h in who})


# -- data ---------------------------------------------------------------------------------------------------------


def test_to_dict_goes_through_json_and_back(matrix: Matrix) -> None:
    d = to_dict(matrix, verdicts(matrix))
    assert json.loads(json.dumps(d)) == d
    assert list(d) == ["schema", "articles", "statements", "holders", "subjects", "cells", "verdicts"]
    assert (d["schema"], d["articles"], d["statements"]) == (SCHEMA, 3, 7) == ("qawl-positions/1", 3, 7)
    assert [h["id"] for h in d["holders"]] == ["A", "B", "C"]
    assert d["holders"][0] == {"id": "A", "name": SALEM, "kind": "person", "of": ""}
    assert d["subjects"][0] == {
        "id": "ceasefire", "ar": "وقف إطلاق النار", "en": "Ceasefire", "parent": "ending-war", "curated": True,
        "broad": False,
    }  # fmt: skip
    assert [(s["curated"], s["broad"]) for s in d["subjects"]] == [(True, False), (False, False), (True, True)]


def test_to_dict_tells_every_cell_in_full(matrix: Matrix) -> None:
    cells = to_dict(matrix, ())["cells"]
    assert [(c["subject"], c["holder"], c["side"]) for c in cells] == [
        ("ceasefire", "A", "-"), ("ceasefire", "B", "-"), ("ceasefire", "C", "+"), ("~ردم الخندق", "A", "+"),
        ("ending-war/all", "A", "-"),
    ]  # fmt: skip
    a, b, c = cells[:3]
    assert [(x["before"]["day"], x["after"]["day"]) for x in a["changes"]] == [("2031-03-05", "2031-04-05")]
    assert b["ties"] == [{"kind": "after", "words": "بعد الحصاد"}]
    assert (b["enough"], b["confidence"], c["enough"], c["confidence"]) == (True, 0.8, False, 0.2)
    assert a["evidence"][0] == {
        "day": "2031-03-05", "sign": "+", "degree": "plain", "act": "demand", "target": "ردم الخندق", "start": 10,
        "end": 20, "words": "ردم الخندق بعد الحصاد", "ties": [], "speaker": SALEM, "statement": 1, "doc": "n1",
        "url": "https://news.example/n1", "outlet": "بريد الوادي", "title": "خبر", "sha256": "ab" * 32,
        "confidence": 0.8, "why": "نمط",
    }  # fmt: skip


def test_to_dict_tells_the_verdicts(matrix: Matrix) -> None:
    first, second, _ = to_dict(matrix, verdicts(matrix))["verdicts"]
    assert first == {
        "subject": "ceasefire", "kind": "agree_on_condition", "for": [], "against": ["A", "B"], "both": [],
        "hints": ["C"], "silent": [], "ties": [{"holder": "B", "ties": [{"kind": "after", "words": "بعد الحصاد"}]}],
    }  # fmt: skip
    assert (second["kind"], second["silent"]) == ("alone", ["B", "C"])


def test_one_row_for_each_piece_of_evidence(matrix: Matrix) -> None:
    table = list(rows(matrix))
    assert all(tuple(row) == COLUMNS for row in table)
    assert all(isinstance(cell, str) for row in table for cell in row.values())
    # Of the broad row only what stands under no narrower one.
    assert [(r["subject"], r["holder_id"], r["sign"], r["start"]) for r in table] == [
        ("ceasefire", "A", "for", "10"), ("ceasefire", "A", "against", "40"), ("ceasefire", "B", "against", "70"),
        ("ceasefire", "C", "for", "90"), ("~ردم الخندق", "A", "for", "120"), ("ending-war/all", "A", "against", "150"),
    ]  # fmt: skip
    assert table[2] == {
        "holder": SALMA, "holder_id": "B", "of": "", "subject": "ceasefire", "ar": "وقف إطلاق النار",
        "en": "Ceasefire", "side": "against", "sign": "against", "day": "2031-03-06", "doc": "n1",
        "url": "https://news.example/n1", "outlet": "بريد الوادي", "statement": "1", "speaker": SALMA,
        "act": "demand", "degree": "plain", "conditions": "after: بعد الحصاد", "target": "ردم الخندق", "start": "70",
        "end": "80", "words": "لا هدنة إلا بعد الحصاد", "confidence": "0.8", "why": "نمط", "sha256": "ab" * 32,
    }  # fmt: skip
    assert [r["side"] for r in table[:2]] == ["against", "against"]


def test_no_sign_of_a_side_is_a_formula() -> None:
    m = made({"A": SALEM}, {("A", TRENCH): (ev("+", ""), ev("-", "", 30))})
    assert [(r["side"], r["sign"]) for r in rows(m)] == [("both", "for"), ("both", "against")]


def test_conditions_are_parted() -> None:
    m = made({"A": SALEM}, {("A", TRENCH): (ev("+", "", 0, AFTER, Tie("now", "فورا")),)})
    assert [r["conditions"] for r in rows(m)] == ["after: بعد الحصاد | now: فورا"]
    assert list(rows(Matrix((), (), {}))) == []


# -- the chart ----------------------------------------------------------------------------------------------------


def drawn(m: Matrix, **caps: int) -> ElementTree.Element:
    return ElementTree.fromstring(chart(m, **caps))


def words_of(root: ElementTree.Element) -> list[str]:
    return [t.text or "" for t in root.iter(f"{SVG}text")]


def heads(root: ElementTree.Element) -> dict[str, float]:
    """The place of each column by its name."""
    middle = (t for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "middle")
    return {t.text or "": float(t.get("x", "")) for t in middle}


def test_the_chart_is_well_formed_and_asks_for_nothing(matrix: Matrix) -> None:
    root = drawn(matrix)
    assert root.tag == f"{SVG}svg"
    assert (root.get("direction"), root.get("lang")) == ("rtl", "ar")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "g", "path", "circle",
    }  # fmt: skip
    plain = chart(matrix).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"href|url\(|@import|https?:|<script", plain)
    assert chart(matrix) == chart(matrix)


def test_the_chart_has_a_mark_for_every_cell(matrix: Matrix) -> None:
    root = drawn(matrix)
    told = [
        (g.findtext(f"{SVG}title"), g.findtext(f"{SVG}desc"))
        for g in root.iter(f"{SVG}g")
        if g.get("class") == "cell"
    ]  # fmt: skip
    assert len(told) == len(matrix.cells) == 5
    first, last = told[1]
    assert first is not None
    assert first.startswith(f"{SALMA} — وقف إطلاق النار: ضد — against\n")
    assert "«لا هدنة إلا بعد الحصاد»" in first
    assert last is not None
    assert "2031-03-06 · بريد الوادي" in last
    assert "بعد الحصاد" in last
    assert "2031-03-05، 2031-04-05" in (told[0][1] or "")
    assert "unsure" in (told[2][0] or "")
    assert [bool(g.findall(f"{SVG}g[@class='hint']")) for g in root.iter(f"{SVG}g") if g.get("class") == "cell"] == [
        False, False, True, False, False,
    ]  # fmt: skip


def test_columns_run_from_right_to_left_and_labels_stand_at_the_right(matrix: Matrix) -> None:
    m = made({"A": "أول", "B": "ثان", "C": "ثالث"}, {(h, TRENCH): (ev("+"),) for h in "ABC"})
    root = drawn(m)
    x = heads(root)
    assert x["أول"] > x["ثان"] > x["ثالث"]
    (label,) = (t for t in root.iter(f"{SVG}text") if t.text == "ردم الخندق")
    assert float(label.get("x", "")) > x["أول"]
    marks = [float(c.get("cx", "")) for c in root.iter(f"{SVG}circle") if c.get("class") == "for"][:3]
    assert marks == [x["أول"], x["ثان"], x["ثالث"]]


def test_hostile_words_are_escaped_everywhere() -> None:
    """A name as people on the web write it is shown as it is, and is no markup."""
    e = ev(
        "+", HOSTILE, 0, Tie("after", HOSTILE), words=HOSTILE, target=HOSTILE, outlet=HOSTILE, doc=HOSTILE,
        speaker=HOSTILE, url=HOSTILE, title=HOSTILE, why=HOSTILE,
    )  # fmt: skip
    subject = Subject(f"~{HOSTILE}", HOSTILE, HOSTILE)
    m = made({HOSTILE: HOSTILE, "B": "\x00\x1b\ud800\ufffe"}, {(HOSTILE, subject): (e,), ("B", subject): (e,)},
             of=HOSTILE)  # fmt: skip
    svg = chart(m)
    assert "<script" not in svg
    root = ElementTree.fromstring(svg)
    assert HOSTILE in words_of(root)
    assert not [e.tag for e in root.iter() if "script" in e.tag]
    assert all(not k.lower().startswith("on") for e in root.iter() for k in e.attrib)
    svg.encode("utf-8")
    assert "\x1b" not in svg
    text = "".join(render(m, verdicts(m)))
    assert "\x1b" not in text
    text.encode("utf-8")


def test_the_chart_of_nothing() -> None:
    root = drawn(Matrix((), (), {}, 2, 5))
    assert "No positions in what was read" in words_of(root)
    assert "articles: 2 · statements: 5" in words_of(root)
    assert not list(root.iter(f"{SVG}circle"))


def test_the_chart_says_what_it_leaves_out() -> None:
    m = many(holders=5, subjects=4)
    root = drawn(m, rows=3, holders=2)
    assert list(heads(root)) == ["متحدث 00", "متحدث 01"]
    assert [w for w in words_of(root) if w.startswith("موضوع")] == ["موضوع 00", "موضوع 01", "موضوع 02"]
    assert "Not shown here: holders: 3 · subjects: 1" in words_of(root)
    whole = drawn(m, rows=0, holders=0)
    assert len(heads(whole)) == 5
    assert not [w for w in words_of(whole) if w.startswith("Not shown here")]


# -- text ---------------------------------------------------------------------------------------------------------


def lines(m: Matrix, **more: Any) -> list[str]:
    return [re.sub("[\u2068\u2069]", "", line) for line in "".join(render(m, verdicts(m), **more)).splitlines()]


def test_text_shows_marks_by_row_and_column(matrix: Matrix) -> None:
    found = lines(matrix)
    (head,) = (n for n, line in enumerate(found) if line.startswith("──────"))
    assert [name for name in (SALEM, SALMA, NIZAR) if name in found[head - 1]] == [SALEM, SALMA, NIZAR]
    assert re.split(r"\s{2,}", found[head + 1].strip()) == ["وقف إطلاق النار", "✓→✗", "✗*", "(✓)"]
    assert found[head + 2] == "Ceasefire"
    assert re.split(r"\s{2,}", found[head + 3].strip()) == ["ردم الخندق", "✓", "·", "·"]
    assert re.split(r"\s{2,}", found[head + 4].strip()) == ["▸ إنهاء الحرب", "✓→✗", "·", "·"]


def test_text_tells_agreement_and_change_with_their_quotes(matrix: Matrix) -> None:
    found = lines(matrix)
    headings = [line.strip("─ ").split(" | ")[1] for line in found if line.startswith("── ")]
    assert headings == ["They agree, on different conditions", "Changed over time", "One voice only"]
    agreed = found[found.index("── يتفقون، ولكن بشروط مختلفة | They agree, on different conditions ──") :]
    assert agreed[1] == "• وقف إطلاق النار | Ceasefire"
    assert agreed[4] == f"  ✗* {SALMA}  2031-03-06 · بريد الوادي"
    assert agreed[5].strip() == "مطالبة: «لا هدنة إلا بعد الحصاد»"
    assert agreed[6].strip().endswith("] بعد الحصاد")
    assert agreed[7] == f"  (✓) {NIZAR}  (متحدثة)  بريد الوادي"
    assert f"  {SALEM}: سابقا مع، ثم ضد | then for, now against" in found


def test_text_names_those_of_whom_nothing_was_found() -> None:
    m = made({"A": SALEM, "B": SALMA, "C": NIZAR}, {("A", TRENCH): (ev("+"),), ("B", TRENCH): (ev("-"),)})
    found = lines(m)
    silent = next(n for n, line in enumerate(found) if "Nothing found of them" in line)
    assert [line.strip() for line in found[silent + 1 :]] == ["• ردم الخندق", NIZAR]
    assert any("Where they differ" in line for line in found)


@pytest.mark.parametrize("width", [20, 40, 80, 100, 200])
def test_text_keeps_to_its_width(width: int) -> None:
    m = many(holders=7, subjects=3)
    table = lines(m, width=width)
    first = next(n for n, line in enumerate(table) if "متحدث" in line)
    last = next(n for n, line in enumerate(table) if line.startswith("── "))
    assert all(columns(line) <= max(40, width) for line in table[first:last])
    assert sum("متحدث" in line for line in table[first:last]) >= 1


def test_text_says_what_it_leaves_out() -> None:
    m = many(holders=5, subjects=4)
    found = lines(m, rows=3, holders=2)
    assert "لم يظهر هنا | Not shown here: أصحاب المواقف | holders: 3 · المسائل | subjects: 1" in found
    assert "    … غيرهم | more: 1" in found
    assert not [line for line in lines(m, rows=0, holders=0) if "Not shown here" in line or "more" in line]


def test_text_of_nothing() -> None:
    assert lines(Matrix((), (), {}, 2, 5)) == [
        "لا مواقف فيما قُرئ (المقالات: 2، الأقوال: 5) | No positions in what was read (articles: 2, statements: 5)"
    ]


def test_namesakes_are_told_apart() -> None:
    people = (Holder("p-1", SALEM, "person", "سهلان"), Holder("p-2", SALEM, "person", "مرسانة"))
    cells = {(h.id, TRENCH.id): Cell(h.id, TRENCH.id, (ev("+"),)) for h in people}
    text = "\n".join(lines(Matrix(people, (TRENCH,), cells)))
    assert f"{SALEM} (سهلان)" in text
    assert f"{SALEM} (مرسانة)" in text


def test_namesakes_of_one_state_are_told_apart_by_their_ids() -> None:
    people = (Holder("p-1", SALEM, "person", "سهلان"), Holder("p-2", SALEM, "person", "سهلان"))
    cells = {(h.id, TRENCH.id): Cell(h.id, TRENCH.id, (ev("+"),)) for h in people}
    assert {w for w in words_of(drawn(Matrix(people, (TRENCH,), cells))) if "p-" in w} == {"[p-1]", "[p-2]"}


# -- a part of a matrix -------------------------------------------------------------------------------------------


def test_some_holders_alone(matrix: Matrix) -> None:
    silent = Holder("D", "هالة الصواري", "person")
    m = among(matrix, [silent, matrix.holders[1]])
    assert [h.id for h in m.holders] == ["D", "B"]
    assert list(m.cells) == [("B", "ceasefire")]
    assert m.subjects == (CEASEFIRE,)
    assert (m.articles, m.statements) == (3, 7)


def test_without_hints() -> None:
    m = made(
        {"A": SALEM, "B": SALMA, "C": NIZAR},
        {
            ("A", CEASEFIRE): (ev("+"),),
            ("B", CEASEFIRE): (ev("+", confidence=0.2),),
            ("B", TRENCH): (ev("+", confidence=0.2),),
            ("C", TRENCH): (ev("-", confidence=0.2),),
        },
    )
    sure = plainly(m)
    assert sure.subjects == (CEASEFIRE,)
    assert [h.id for h in sure.holders] == ["A", "B"]  # a hint beside a plain position stays
    assert [h.id for h in plainly(m, [m.holders[2]]).holders] == ["A", "B", "C"]


def test_the_first_of_each() -> None:
    m = many(holders=4, subjects=3)
    part = capped(m, 2, 3)
    assert ([h.id for h in part.holders], len(part.subjects), len(part.cells)) == (["H00", "H01", "H02"], 2, 6)
    assert capped(m, 0, 0) == m


# -- what words mean ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["ceasefire", " CEASEFIRE ", "Ceasefire", "وقف إطلاق النار", "وقف اطلاق النار", "وقف إطلاقِ النار"]
)
def test_a_matter_by_its_id_or_label(query: str) -> None:
    assert [m.id for m in find_matter(query)] == ["ceasefire"]


def test_matters_by_words_of_their_labels() -> None:
    found = {m.id for m in find_matter("بوقف إطلاق")}
    assert {"ceasefire", "ceasefire-compliance"} <= found
    assert [m.id for m in find_matter("carbon")] == ["carbon-tax"]
    assert [m.id for m in find_matter("carbon-tax")] == ["carbon-tax"]


@pytest.mark.parametrize("query", ["", "  ", "«»", "رصف المريخ", "ceasefir"])
def test_words_that_are_no_matter(query: str) -> None:
    assert find_matter(query) == []


def test_near_matters() -> None:
    assert near_matters("ceasefir")[0].id == "ceasefire"
    assert near_matters("الهدنة الدائمة")[0].id == "ceasefire"
    assert near_matters("zzzzqqqq") == []
