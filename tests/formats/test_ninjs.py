"""Readings as news items of IPTC ninjs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from formats_samples import EVERY, council, harbour
from formats_strategies import readings
from hypothesis import given
from standards_check import documented, errors, example, few, lines, validator

from qawl.formats import NinjsWriter
from qawl.model import Dated, Moment, Reading, Source

SCHEMA = validator("ninjs-3.2.schema.json")


def item(reading: Reading) -> dict[str, Any]:
    [line] = lines(NinjsWriter, reading)
    assert isinstance(line, dict)
    return line


def described(obj: dict[str, Any]) -> dict[str, str]:
    return {d["role"]: d["value"] for d in obj.get("descriptions", [])}


@few
@given(readings())
def test_every_reading_is_a_valid_item_with_an_association_a_statement(reading: Reading) -> None:
    line = item(reading)
    assert errors(SCHEMA, line) == []
    uris = [x["uri"] for x in line.get("associations", [])]
    assert uris == [f"urn:sha256:{reading.article.sha256}#s{s.id}" for s in reading.statements]


@few
@given(readings())
def test_bodies_are_the_text_and_the_stretches_of_content(reading: Reading) -> None:
    line, text = item(reading), reading.article.text
    assert [b["value"] for b in line.get("bodies", [])] == ([text] if text else [])
    for statement, association in zip(reading.statements, line.get("associations", []), strict=True):
        words = [b["value"] for b in association["bodies"]]
        assert words == [c.of(text) for c in statement.content]
        spans = [tuple(map(int, span.split(":"))) for span in described(association)["spans"].split()]
        assert [text[start:end] for start, end in spans] == words


@pytest.mark.parametrize("make", EVERY)
def test_every_sample_is_valid(make: Any) -> None:
    assert errors(SCHEMA, item(make())) == []


def test_the_schema_refuses_what_the_standard_forbids() -> None:
    good = item(harbour())
    first = good["associations"][0]
    for broken in (
        {k: v for k, v in good.items() if k != "uri"},
        good | {"uri": "no uri"},
        good | {"firstCreated": "2031-03-14"},
        good | {"versionCreated": "2031-02-30T10:00:00Z"},
        good | {"byline": "ليان"},
        good | {"type": "article"},
        good | {"bodies": [{"role": "content"}]},
        good | {"associations": [{k: v for k, v in first.items() if k != "name"}]},
        good | {"subjects": [{"name": "x", "confidence": 101}]},
    ):
        assert errors(SCHEMA, broken)


def test_the_article() -> None:
    line = item(harbour())
    assert line["headlines"] == [{"value": "وزيرة الموانئ في سهلان: لن نغلق مرسى الورد أمام سفن الصيد"}]
    assert (line["by"], line["located"], line["language"]) == ("ليان الصواري", "مرسى الورد", "ar")
    assert {"name": "صحيفة الميناء", "role": "publisher"} in line["infoSources"]
    assert {"name": "وكالة السهل", "role": "agency"} in line["infoSources"]
    assert {"role": "sha256", "value": harbour().article.sha256} in line["altIds"]
    assert described(line)["section"] == "اقتصاد"


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2031-04-03T18:05:09Z", "2031-04-03T18:05:09Z"),
        ("2031-04-03T18:05:09+03:00", "2031-04-03T18:05:09+03:00"),
        ("2031-04-03T18:05:09+0300", "2031-04-03T18:05:09+03:00"),
        ("2031-04-03T18:05:09", None),
        ("2031-04-03T18:05+03:00", None),
        ("2031-02-30T18:05:09Z", None),
        ("2031-04-03", None),
        ("2031", None),
    ],
)
def test_times_are_told_where_the_second_is_known_and_else_described(iso: str, expected: str | None) -> None:
    line = item(example(published=Moment(iso, "second")))
    assert line.get("firstCreated") == line.get("versionCreated") == expected
    assert described(line).get("published") == (None if expected else iso)


def test_a_change_makes_the_version() -> None:
    line = item(example(modified=Moment("2031-04-04T07:00:00Z", "second")))
    assert (line["firstCreated"], line["versionCreated"]) == ("2031-04-03T18:05:00+03:00", "2031-04-04T07:00:00Z")


@pytest.mark.parametrize(
    ("kind", "place"),
    [("person", "people"), ("organization", "organisations"), ("group", "organisations"), ("state", "organisations"),
     ("media", "organisations"), ("document", "objects")],
)  # fmt: skip
def test_each_kind_of_source_has_its_list(kind: Any, place: str) -> None:
    source = Source("A", "الاسم", kind, qid="Q99999999999", identity="x:y")
    line = item(replace(harbour(), sources={"A": source}))
    entry = {"name": "الاسم", "rel": "source", "uri": "http://www.wikidata.org/entity/Q99999999999", "literal": "x:y"}
    assert line[place] == line["associations"][0][place] == [entry]


def test_an_unnamed_source_is_an_information_source() -> None:
    line = item(harbour())
    assert {"name": "مسؤول في البلدية", "role": "source"} in line["infoSources"]
    assert line["associations"][7]["infoSources"] == [
        {"name": "مسؤول في البلدية", "role": "source"}, {"name": "صحيفة المنارة", "role": "via"},
    ]  # fmt: skip
    assert "people" not in line["associations"][7]


def test_what_a_statement_does_and_wants_is_its_subjects() -> None:
    one = item(council())["associations"][0]
    assert one["subjects"] == [
        {"name": "رفض", "rel": "act", "literal": "reject", "confidence": 97},
        {"name": "REJECT", "rel": "plover", "literal": "REJECT"},
        {"name": "نقل السوق", "rel": "rejects", "literal": "strong", "confidence": 90},
        {"name": "rabwa-market", "rel": "against", "literal": "rabwa-market"},
    ]
    assert [s["literal"] for s in item(council())["subjects"]] == ["rabwa-market", "rabwa-stalls"]


def test_a_nested_statement_names_the_one_around_it() -> None:
    line = item(harbour())
    assert described(line["associations"][4])["parent"] == line["associations"][3]["uri"]


def test_when_something_was_said_is_never_made_more_precise() -> None:
    reading = example()
    assert described(item(reading)["associations"][0])["said"] == "2031-04-03"
    exact = Dated(Moment("2031-04-03T10:00:00Z", "second"), "statement")
    first = item(replace(reading, statements=(replace(reading.statements[0], said=exact),)))["associations"][0]
    assert first["contentCreated"] == "2031-04-03T10:00:00Z"
    assert "said" not in described(first)


def test_the_text_can_stay_behind() -> None:
    [line] = lines(partial(NinjsWriter, with_text=False), example())
    assert "bodies" not in line
    assert (line["representationType"], item(example())["representationType"]) == ("partial", "full")
    assert errors(SCHEMA, line) == []


def test_a_confidence_that_is_none_is_left_out() -> None:
    reading = example()
    odd = replace(reading, statements=(replace(reading.statements[0], act_confidence=float("nan")),))
    assert "confidence" not in item(odd)["associations"][0]["subjects"][0]


def test_lone_surrogates_become_replacement_characters() -> None:
    line = item(example(doc="\ud800", url="https://news.example/\udfff"))
    assert errors(SCHEMA, line) == []
    assert line["altIds"][0] == {"role": "doc", "value": "\ufffd"}


def test_the_documented_example_is_what_is_written() -> None:
    assert documented("ninjs") == lines(NinjsWriter, example())
