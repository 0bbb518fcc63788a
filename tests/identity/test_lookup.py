"""Whom a name means."""

from __future__ import annotations

import pytest
from identity_readings import SALEM, SALMA, body, parties, person, reading

from qawl.identity import details, english_name, find, summary

ALL = parties(
    reading("a", person(SALEM, identity="person:salem-alrawi", qid="Q1", known_as=SALEM), person("سلمى الراوي")),
    reading("b", person("سلمى الراوي", "وزيرة النقل"), body("حركة النهر"), person("", "وزيرة الصحة")),
    reading("c", body("وزارة الخارجية", identity="state:JO"), body("مصدر أمني", "unnamed")),
)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("person:salem-alrawi", [SALEM]),
        ("Q1", [SALEM]),
        ("سلمى الراوى", ["سلمى الراوي"]),
        ("  السيدة  سَلمى الراوي ", ["سلمى الراوي"]),
        ("الراوي", ["سلمى الراوي", SALEM]),
        ("حركة", ["حركة النهر"]),
        ("وزيرة الصحة", ["وزيرة الصحة"]),
        ("jordan", ["وزارة الخارجية"]),
        (SALMA, []),
        ("nobody", []),
        ("", []),
        ("؟", []),
    ],
)
def test_find(query: str, names: list[str]) -> None:
    assert [p.name for p in find(ALL, query)] == names


def test_an_old_id_finds_what_has_it_now() -> None:
    (bare,) = parties(reading("a", person(SALEM)))
    found = parties(reading("a", person(SALEM)), reading("b", person(SALEM, identity="person:x", known_as=SALEM)))
    assert [p.id for p in find(found, bare.id)] == ["person:x"]


def test_english_names() -> None:
    assert english_name("state:JO") == "Jordan"
    assert english_name("person:nobody-at-all") == english_name("") == english_name("body:لا شيء") == ""


def test_as_plain_data() -> None:
    (p,) = find(ALL, SALEM)
    short, long = summary(p), details(p, {})
    assert short.items() <= long.items()
    assert (short["id"], short["statements"], short["articles"]) == ("person:salem-alrawi", 1, 1)
    assert [s["doc"] for s in long["sources"]] == ["a"]
