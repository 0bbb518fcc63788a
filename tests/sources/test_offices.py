"""The knowledge base of offices: its tables hold together, and it says whom an office means on a day."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from qawl.arabic.entries import bodies, places
from qawl.arabic.fold import fold
from qawl.arabic.tables import parse_table, read_table
from qawl.sources.identify import bears, office_of
from qawl.sources.keys import name_key, role_key
from qawl.sources.offices import covers, offices

ROOT = Path(__file__).resolve().parents[2]
CASES = parse_table((Path(__file__).parent / "office_cases.tsv").read_text("utf-8"), "office_cases.tsv")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
QID = re.compile(r"Q[1-9]\d*")


def meant(phrase: str, on: str) -> set[str]:
    """The people whom an office may mean on a day."""
    held = office_of([role_key(fold(phrase).split())])
    return {h.person for office in held for h in offices().holders(office.id, on)}


# --- the data ------------------------------------------------------------------------------------------------------


def test_it_is_as_large_as_it_says() -> None:
    states = [p for p in places() if p.kind in ("state", "territory")]
    assert len(states) >= 200
    assert len(bodies()) >= 250
    assert len(read_table("holders")) >= 10_000
    assert len({o.of for o in offices().offices.values()}) >= 200


@pytest.mark.parametrize("table", ["people", "offices"])
def test_ids_are_unique(table: str) -> None:
    counts = Counter(r["id"] for r in read_table(table))
    assert [x for x, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("table", ["people", "offices", "holders"])
def test_every_row_says_where_it_comes_from(table: str) -> None:
    assert {r["source"] for r in read_table(table) if not re.match("https?://", r["source"])} == {"compiled"}


@pytest.mark.parametrize("table", ["people", "offices", "places", "bodies"])
def test_wikidata_items_are_items_and_each_is_one_row(table: str) -> None:
    items = [r["qid"] for r in read_table(table) if r["qid"]]
    assert all(QID.fullmatch(x) for x in items)
    assert [x for x, n in Counter(items).items() if n > 1] == []


def test_offices_are_of_a_known_kind_and_have_holders_and_phrases() -> None:
    kinds = {r["kind"] for r in read_table("office_kinds")}
    held = {r["office"] for r in read_table("holders")}
    for r in read_table("offices"):
        assert r["kind"] in kinds, r
        assert r["id"] in held, r
        assert r["phrases"], r
        # Longer ones are official formulas, which news cuts short.
        assert all(len(re.findall(r"\w+", x)) <= 8 for x in r["phrases"].split("|")), r
        assert r["seats"] in ("one", "many"), r
        assert DATE.fullmatch(r["as_of"]), r


def test_people_have_an_arabic_name_a_gender_and_an_office() -> None:
    held = {r["person"] for r in read_table("holders")}
    for r in read_table("people"):
        assert re.search("[\u0621-\u064a]", r["name"]), r
        assert r["gender"] in ("m", "f"), r
        assert r["id"] in held, r


def test_dates_are_dates_and_none_is_reversed() -> None:
    for r in read_table("holders"):
        for cell in (r["start"], r["end"]):
            assert not cell or DATE.fullmatch(cell), r
            if len(cell) == 10:
                date.fromisoformat(cell)
        assert not r["end"] or covers(r["start"], "", r["end"]), r
        assert r["acting"] in ("", "yes"), r


def test_nobody_holds_an_office_of_one_together_with_another() -> None:
    overlaps = []
    for office in offices().offices.values():
        if not office.one:
            continue
        held = sorted(offices().holdings[office.id], key=lambda h: (h.start, h.end or "9"))
        for a, b in pairwise(held):
            n = min(len(a.end), len(b.start))
            if not a.end or a.end[:n] > b.start[:n]:
                overlaps.append((office.id, a.person, a.end, b.person, b.start))
    assert overlaps == []


def test_the_index_and_the_namesakes_are_those_of_the_tables() -> None:
    spec = importlib.util.spec_from_file_location("index_offices", ROOT / "training" / "index_offices.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)

    def rows(name: str) -> list[str]:
        text = (ROOT / "src" / "qawl" / "data" / f"{name}.tsv").read_text("utf-8")
        return [line for line in text.split("\n") if line and not line.startswith("#")][1:]

    again = "run python training/index_offices.py"
    assert rows("office_index") == made.index_rows(), again
    assert rows("namesakes") == made.namesakes(), again


# --- what it says --------------------------------------------------------------------------------------------------


def test_there_are_enough_cases_from_enough_states() -> None:
    assert len(CASES) >= 300
    assert len({c["state"] for c in CASES}) >= 40
    assert len({(c["phrase"], c["on"]) for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['person']} {c['on']}")
def test_an_office_on_a_day_means_its_holder(case: dict[str, str]) -> None:
    assert meant(case["phrase"], case["on"]) == {case["person"]}


@pytest.mark.parametrize(
    ("phrase", "on", "person"),
    [
        ("وزير الخارجية الأمريكي", "2023-11-04", "antony-blinken"),
        ("وزير الخارجية الأميركي", "2023-11-04", "antony-blinken"),
        ("وزير خارجية الولايات المتحدة الأمريكية", "2015", "john-kerry"),
        ("رئيس الدبلوماسية الأمريكية", "2015-05-01", "john-kerry"),
        ("وزير الخارجية وشؤون المغتربين الأردني", "2023-11-04", "ayman-safadi"),
        ("ولي ولي العهد السعودي", "2016-05-10", "mohammed-bin-salman"),
        ("ولي العهد السعودي", "2016-05-10", "mohammed-bin-nayef"),
        ("الرئيس الكوري الجنوبي", "2019-05-10", "moon-jae-in"),
    ],
)
def test_the_same_office_in_other_words(phrase: str, on: str, person: str) -> None:
    assert meant(phrase, on) == {person}


def test_on_the_day_an_office_passes_on_both_are_possible() -> None:
    assert meant("الرئيس الأمريكي", "2021-01-20") == {"donald-trump", "joe-biden"}


def test_a_former_holder_is_not_todays() -> None:
    assert meant("الرئيس الأمريكي السابق", "2023-11-04") == set()


@pytest.mark.parametrize(
    ("start", "end", "on", "within"),
    [
        ("2014-06-03", "2016-01-01", "2014-06-03", True),
        ("2014-06-03", "2016-01-01", "2014-06-02", False),
        ("2014-06-03", "2016-01-01", "2016-01-02", False),
        ("2014", "2016", "2016-12-31", True),
        ("2014", "", "2031", True),
        ("", "2016", "1999-01-01", True),
        ("2014-06", "2016", "2014", True),
    ],
)
def test_a_day_lies_in_a_holding_as_exactly_as_it_is_known(start: str, end: str, on: str, within: bool) -> None:
    assert covers(start, end, on) is within


@pytest.mark.parametrize("name", ["بلينكن", "بلنكن", "أنتوني بلينكن", "أنطوني بلينكن"])
def test_a_person_bears_his_names_in_their_spellings(name: str) -> None:
    assert bears("antony-blinken", name_key(fold(name).split()))


@pytest.mark.parametrize("name", ["سالم بلينكن", "أنتوني", "أنتوني الراوي"])
def test_a_person_does_not_bear_anothers_name(name: str) -> None:
    assert not bears("antony-blinken", name_key(fold(name).split()))
