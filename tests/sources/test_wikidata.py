"""Wikidata: its answers, and their merge with the tables. The items over Q999000000 and their people are invented."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.model import InputError
from qawl.sources.wikidata import DIFFERENCES, Claim, Merged, english_key, parse, query

ANSWER = (Path(__file__).parent / "wikidata_answer.json").read_bytes()
MINISTER, COUNCIL = "Q999000010", "Q999000011"
NADER, SALMA, KARIM, HUDA = "Q999000001", "Q999000002", "Q999000003", "Q999000004"
PAGE = "https://www.wikidata.org/wiki/"

Row = dict[str, str]


def person(key: str, name: str, en: str, qid: str = "", gender: str = "m") -> Row:
    return {
        "id": key, "name": name, "variants": "", "short": "", "gender": gender, "en": en, "qid": qid,
        "source": "compiled",
    }  # fmt: skip


def office(key: str, qid: str, seats: str = "one", as_of: str = "2024-12") -> Row:
    return {
        "id": key, "kind": "head", "of": "الواحة", "phrases": "وزير الواحة", "seats": seats, "as_of": as_of, "en": key,
        "qid": qid, "source": "compiled",
    }  # fmt: skip


def holder(seat: str, who: str, start: str, end: str, acting: str = "") -> Row:
    return {"office": seat, "person": who, "start": start, "end": end, "acting": acting, "source": "compiled"}


PEOPLE = [person("nader", "نادر الصالحي", "Nader Al-Salhi"), person("salma", "سلمى الراوي", "Salma Rawi", gender="f")]
OFFICES = [office("xx.minister", MINISTER), office("xx.council", COUNCIL, "many")]
HOLDERS = [
    holder("xx.minister", "nader", "2010-02", "2015-03-01"),
    holder("xx.minister", "salma", "2015-03-01", ""),
]


def merged(*claims: Claim, people: list[Row] = PEOPLE, holders: list[Row] = HOLDERS) -> Merged:
    return Merged(people, OFFICES, holders, claims)


def nader(start: str = "2010-02-14", end: str = "2015-03-01", **more: Any) -> Claim:
    return Claim(MINISTER, NADER, start, end, ar="نادر الصالحي", en="Nader al-Salhi", **more)


def karim(start: str, end: str = "", seat: str = MINISTER, **more: Any) -> Claim:
    return Claim(seat, KARIM, start, end, gender="m", **{"ar": "كريم أبو زيد", "en": "Karim Abu Zeid"} | more)


def differences(m: Merged) -> list[tuple[str, str, str]]:
    return [(d["what"], d["person"], d["item"]) for d in m.differences]


def test_the_query_names_the_offices_and_what_is_wanted_of_them() -> None:
    text = query(["Q14213", "Q11696"])
    assert "VALUES ?office { wd:Q14213 wd:Q11696 }" in text
    assert all(x in text for x in ("P39", "P580", "P582", "P21", '"ar"', '"en"', "PREFIX wdt:"))
    assert text.count("{") == text.count("}")


def test_an_answer() -> None:
    kerry, blinken, *others = parse(ANSWER, "x")
    assert kerry == Claim("Q14213", "Q22316", "2013-02-01", "2017-01-20", False, "m", "جون كيري", "John Kerry")
    assert (blinken.en, blinken.start, blinken.end) == ("Antony Blinken", "2021-01-26", "2025-01-20")
    assert [(c.start, c.end, c.gender) for c in others] == [("2014-01-01", "2014-06-01", "f"), ("2011", "", "m")]


def bound(**cells: str | None) -> bytes:
    """An answer of one row; a cell of None is an unknown value."""
    given = {"office": f"http://www.wikidata.org/entity/{MINISTER}", "person": f"wd:{NADER}"} | cells
    row = {
        k: {"type": "bnode", "value": "t1"} if v is None else {"type": "literal", "value": v} for k, v in given.items()
    }
    return json.dumps({"head": {"vars": list(given)}, "results": {"bindings": [row]}}).encode()


@pytest.mark.parametrize(
    ("value", "precision", "date"),
    [
        ("2013-02-01T00:00:00Z", "11", "2013-02-01"),
        ("2013-02-01T00:00:00+00:00", "10", "2013-02"),
        ("2013-01-01T00:00:00Z", "9", "2013"),
        ("+2013-00-00T00:00:00Z", "9", "2013"),
        ("2010-01-01T00:00:00Z", "8", ""),
        ("2013-02-01", "", "2013-02-01"),
        ("2013-02-00", "", "2013-02"),
        ("2013-01-01", "", "2013"),
        ("2013-01-01", "11", "2013-01-01"),
        ("2013-02-30", "11", ""),
        ("-0044-03-15T00:00:00Z", "11", ""),
        ("http://www.wikidata.org/.well-known/genid/5", "", ""),
    ],
)
def test_dates_are_as_exact_as_wikidata_knows_them(value: str, precision: str, date: str) -> None:
    assert parse(bound(start=value, startPrecision=precision), "x")[0].start == date


def test_an_end_that_nobody_knows_is_no_open_end() -> None:
    assert parse(bound(start="2013"), "x")[0].end == ""
    assert {parse(x, "x")[0].end for x in (bound(end=None), bound(ended="true"), bound(end="soon"))} == {"?"}


def test_labels_are_made_fit_for_a_cell() -> None:
    (c,) = parse(bound(ar="نادر\u200f|الصالحي\t\ud800", en=" Nader\n\x1b Al-Salhi"), "x")
    assert (c.ar, c.en) == ("نادر الصالحي", "Nader Al-Salhi")
    assert parse(bound(ar="Nader"), "x")[0].ar == ""


def test_the_rows_of_one_holding_are_one_claim() -> None:
    one, two = (json.loads(bound(en="Nader", **x)) for x in ({}, {"gender": "Q6581097"}))
    one["results"]["bindings"] += two["results"]["bindings"]
    assert parse(json.dumps(one).encode(), "x") == [Claim(MINISTER, NADER, gender="m", en="Nader")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  <!DOCTYPE html><title>Error</title>", "is a web page or XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "is a web page or XML"),
        (ANSWER[:-40], "breaks off or is no JSON"),
        (ANSWER[: len(ANSWER) // 2] + b"java.util.concurrent.TimeoutException", "breaks off or is no JSON"),
        (b"\xff\xfe\x00", "breaks off or is no JSON"),
        (b"[" * 200_000, "breaks off or is no JSON"),
        (b"[]", "no SPARQL 1.1 results"),
        (b'{"head": {}, "boolean": true}', "no SPARQL 1.1 results"),
        (b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}', "?office and ?person"),
        (b'{"head": {"vars": ["office", "person"]}, "results": {"bindings": [7]}}', "row 1"),
        (bound(person="somebody"), "row 1 of the answer has no item"),
        (bound().replace(b'"literal"', b'"triple"'), "row 1 of the answer has no value for ?office"),
    ],
)
def test_what_is_no_answer_says_so(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(data, "answer.json")
    assert str(caught.value).startswith("answer.json: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.integers(0, len(ANSWER) - 1), st.binary(max_size=3))
def test_no_damage_gives_anything_but_claims_or_an_input_error(at: int, noise: bytes) -> None:
    try:
        found = parse(ANSWER[:at] + noise + ANSWER[at + len(noise) :], "x")
    except InputError:
        return
    assert all(isinstance(c, Claim) for c in found)


def test_without_claims_nothing_changes() -> None:
    m = merged()
    assert (m.people, m.offices, m.holders, m.differences) == (PEOPLE, OFFICES, HOLDERS, [])


def test_what_agrees_gets_the_item_as_its_source() -> None:
    m = merged(nader())
    assert m.holders[0] == HOLDERS[0] | {"source": PAGE + NADER}
    assert m.people[0] == PEOPLE[0] | {"qid": NADER, "source": PAGE + NADER}
    assert m.offices[0] == OFFICES[0] | {"source": PAGE + MINISTER}
    assert (m.people[1], m.holders[1], m.differences) == (PEOPLE[1], HOLDERS[1], [])
    assert m.counts["agreed"] == 1
    assert PEOPLE[0]["source"] == "compiled"


def test_terms_that_follow_one_another_are_one_holding() -> None:
    terms = nader(end="2012-05-31"), nader("2012-06-01", "2014-01-01"), nader("2014-01-01")
    m = merged(*terms)
    assert (m.counts["agreed"], len(m.holders), m.differences) == (1, 2, [])


def test_other_dates_keep_the_row_and_are_a_difference() -> None:
    m = merged(nader(end="2014-12-31"))
    assert m.holders == HOLDERS
    assert m.differences == [
        dict(zip(DIFFERENCES, (
            "dates", "xx.minister", "nader", NADER, "nader: 2010-02 to 2015-03-01",
            "Nader al-Salhi: 2010-02-14 to 2014-12-31",
        ), strict=True))
    ]  # fmt: skip


def test_a_second_term_is_added_only_beside_one_that_agrees() -> None:
    early = nader("2002", "2005")
    assert differences(merged(early)) == [("dates", "nader", NADER)]
    m = merged(early, nader())
    assert [(h["person"], h["start"]) for h in m.holders] == [
        ("nader", "2002"), ("nader", "2010-02"), ("salma", "2015-03-01"),
    ]  # fmt: skip


def test_a_holding_that_was_open_gets_its_end_and_another_may_follow() -> None:
    salma = Claim(MINISTER, SALMA, "2015-03-01", "2025-06-01", gender="f", en="Salma Rawi")
    m = merged(salma, karim("2025-06-01"))
    assert m.holders[1:] == [
        HOLDERS[1] | {"end": "2025-06-01", "source": PAGE + SALMA},
        holder("xx.minister", "karim-abu-zeid", "2025-06-01", "") | {"source": PAGE + KARIM},
    ]
    added = person("karim-abu-zeid", "كريم أبو زيد", "Karim Abu Zeid", KARIM) | {"short": "أبو زيد"}
    assert m.people[0] == added | {"source": PAGE + KARIM}
    assert m.offices[0]["as_of"] == "2025-06-01"
    assert m.counts == {"agreed": 1, "ended": 1, "added": 1, "people": 1, "foreign": 0}


def test_an_open_holding_is_not_ended_before_the_table_was_made() -> None:
    m = merged(Claim(MINISTER, SALMA, "2015-03-01", "2020-01-01", en="Salma Rawi"))
    assert m.holders == HOLDERS
    assert differences(m) == [("dates", "salma", SALMA)]


def test_what_overlaps_in_an_office_of_one_is_left_out() -> None:
    m = merged(karim("2014-01-01", "2014-06-01"), karim("2026"))
    assert (m.holders, m.people) == (HOLDERS, PEOPLE)
    assert [d["shipped"] for d in m.differences] == ["nader: 2010-02 to 2015-03-01", "salma: 2015-03-01 to now"]
    assert {d["what"] for d in m.differences} == {"overlap"}


def test_in_an_office_of_many_only_the_same_person_overlaps() -> None:
    held = [*HOLDERS, holder("xx.council", "nader", "2011", "")]
    m = merged(karim("2012", "2013", COUNCIL), karim("2012-03", "2013-03-01", COUNCIL), holders=held)
    assert [(h["person"], h["start"]) for h in m.holders if h["office"] == "xx.council"] == [
        ("nader", "2011"), ("karim-abu-zeid", "2012-03"),
    ]  # fmt: skip
    assert differences(m) == [("overlap", "karim-abu-zeid", KARIM)]


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        (karim(""), "undated"),
        (karim("2001", "?"), "undated"),
        (karim("2009", "2005"), "undated"),
        (karim("2001", "2002", ar=""), "no Arabic name"),
        (karim("2001", "2002", ar="نادر الصالحي", seat=COUNCIL), "namesake"),
    ],
)
def test_what_cannot_be_added_is_a_difference(claim: Claim, what: str) -> None:
    m = merged(claim)
    assert (m.holders, m.people) == (HOLDERS, PEOPLE)
    assert [d["what"] for d in m.differences] == [what]


def test_a_namesake_with_an_item_of_its_own_is_another_person() -> None:
    known = [PEOPLE[0] | {"qid": NADER}, PEOPLE[1]]
    m = merged(karim("2001", "2002", ar="نادر الصالحي", en="Nader Al Salhi", seat=COUNCIL), people=known)
    assert [p["id"] for p in m.people] == ["nader", "nader-al-salhi", "salma"]
    again = merged(karim("2001", "2002", en="Salma", seat=COUNCIL), people=[*known, person("salma", "سلمى", "S", HUDA)])
    assert f"salma-{KARIM.lower()}" in [p["id"] for p in again.people]


def test_a_person_of_the_same_item_but_another_name_or_gender_is_a_difference() -> None:
    known = [PEOPLE[0] | {"qid": NADER}, PEOPLE[1]]
    m = merged(Claim(MINISTER, NADER, "2010-02", "2015-03", gender="f", ar="هدى", en="Huda"), people=known)
    assert differences(m) == [("gender", "nader", NADER), ("name", "nader", NADER)]
    assert m.people == known


def test_a_caretaker_whom_the_table_has_as_holder_is_a_difference() -> None:
    assert differences(merged(nader(acting=True))) == [("dates", "nader", NADER)]
    acting = [HOLDERS[0] | {"acting": "yes"}, HOLDERS[1]]
    assert merged(nader(), holders=acting).counts["agreed"] == 1


def test_an_office_whose_holders_are_all_others_has_the_wrong_item() -> None:
    strangers = [Claim(MINISTER, f"Q99900{n}", "2001", "2002", ar="هدى", en=f"Huda {n}") for n in range(100, 103)]
    m = merged(*strangers)
    assert (m.holders, m.people, m.offices) == (HOLDERS, PEOPLE, OFFICES)
    assert differences(m) == [("item", "", MINISTER)]


def test_what_ended_before_2000_and_other_offices_are_left_out() -> None:
    m = merged(karim("1990", "1999-12-31"), karim("2001", seat="Q999000098"))
    assert (m.holders, m.differences, m.counts["foreign"]) == (HOLDERS, [], 1)


def before(start: str, end: str) -> bool:
    return not end or start[: len(end)] < end[: len(start)]


@given(
    st.lists(
        st.builds(
            Claim,
            st.sampled_from([MINISTER, COUNCIL]),
            st.sampled_from([NADER, SALMA, KARIM, HUDA]),
            st.sampled_from(["", "1999", "2010-02", "2013-05-02", "2015-03-01", "2025"]),
            st.sampled_from(["", "?", "2001", "2013-05-02", "2015-03-01", "2025-02", "2026"]),
            st.booleans(),
            ar=st.sampled_from(["نادر الصالحي", "سلمى الراوي", "كريم أبو زيد", ""]),
            en=st.sampled_from(["Nader Al-Salhi", "Salma Rawi", "Karim"]),
        ),
        max_size=8,
    )
)
def test_whatever_is_claimed_nothing_is_lost_and_an_office_of_one_has_one(claims: list[Claim]) -> None:
    m = merged(*claims)
    kept = {(h["office"], h["person"], h["start"]): h["end"] for h in m.holders}
    assert all(kept[h["office"], h["person"], h["start"]].startswith(h["end"]) for h in HOLDERS)
    assert {p["id"] for p in PEOPLE} <= {p["id"] for p in m.people}
    assert {h["person"] for h in m.holders} <= {p["id"] for p in m.people}
    assert len({p["id"] for p in m.people}) == len(m.people)
    seats = [h for h in m.holders if h["office"] == "xx.minister"]
    assert not [
        (a, b) for a, b in combinations(seats, 2) if before(a["start"], b["end"]) and before(b["start"], a["end"])
    ]
    assert merged(*claims).holders == m.holders


def test_english_names_are_compared_without_case_accents_and_punctuation() -> None:
    assert english_key("António GUTERRES") == english_key("Antonio Guterres ")
    assert english_key("Nader al-Sa'ib") == "nader al saib"
