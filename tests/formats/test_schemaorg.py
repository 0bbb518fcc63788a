"""Readings in the vocabulary of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from formats_samples import EVERY, council, harbour
from formats_strategies import readings
from hypothesis import given
from standards_check import documented, example, few, is_uri, lines, table

from qawl.formats import SchemaOrgWriter
from qawl.model import Moment, Reading, Source, Stance

ROWS = table("schema-org-terms.tsv")
BROADER = {r["name"]: [t for t in r["on"].split(",") if t] for r in ROWS if r["what"] == "type"}
PROPERTIES = {r["name"]: (set(r["on"].split(",")), set(r["range"].split(","))) for r in ROWS if r["what"] == "property"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


def graph(reading: Reading) -> list[Any]:
    [line] = lines(SchemaOrgWriter, reading)
    assert line.keys() == {"@context", "@graph"}
    assert line["@context"] == "https://schema.org"
    return list(line["@graph"])


def of_type(nodes: list[Any], type_: str) -> list[Any]:
    return [n for n in nodes if n["@type"] == type_]


def lineage(type_: str) -> set[str]:
    return {type_}.union(*(lineage(t) for t in BROADER[type_]))


def literals(value: Any) -> set[str]:
    """The types of schema.org that a literal has."""
    if isinstance(value, int):
        return {"Number", "Integer"}
    out = {"Text"}
    if is_uri(value):
        out.add("URL")
    if DATE.fullmatch(value):
        out |= {"Date", "DateTime"}
    return out


def wrong(node: Any, nodes: dict[str, Any]) -> Iterator[str]:
    """What schema.org does not know of a node and all in it; references lead to `nodes`."""
    known = lineage(node["@type"])
    if not is_uri(node.get("@id", "urn:x")):
        yield f"no IRI: {node['@id']}"
    for name, value in node.items():
        if name in ("@type", "@id"):
            continue
        on, allowed = PROPERTIES[name]
        if not on & known:
            yield f"{name} on {node['@type']}"
        for v in value if isinstance(value, list) else [value]:
            if not isinstance(v, dict):
                has = literals(v)
            elif v.keys() == {"@id"}:
                has = lineage(nodes[v["@id"]]["@type"])
            else:
                has = lineage(v["@type"])
                yield from wrong(v, nodes)
            if not has & allowed or v in ("", {}, []):
                yield f"{name}: {v!r}"


def faults(nodes: list[Any]) -> list[str]:
    by_id = {n["@id"]: n for n in nodes}
    assert len(by_id) == len(nodes)
    return [fault for n in nodes for fault in wrong(n, by_id)]


@few
@given(readings())
def test_every_reading_is_in_the_vocabulary(reading: Reading) -> None:
    nodes = graph(reading)
    assert faults(nodes) == []
    assert [n["@type"] for n in nodes].count("NewsArticle") == 1
    assert [n["position"] for n in of_type(nodes, "Quotation")] == [s.id for s in reading.statements]


@pytest.mark.parametrize("make", EVERY)
def test_every_sample_is_in_the_vocabulary(make: Any) -> None:
    assert faults(graph(make())) == []


def test_the_check_knows_what_does_not_belong() -> None:
    person = {"@type": "Person", "@id": "urn:x:1"}
    for node in (
        person | {"text": "قول"},
        person | {"sameAs": "no address"},
        person | {"affiliation": {"@type": "Person", "name": "سلمى"}},
        person | {"jobTitle": ""},
        {"@type": "NewsArticle", "@id": "urn:x:1", "datePublished": "yesterday"},
    ):
        assert faults([node])


@few
@given(readings())
def test_only_direct_speech_is_given_as_the_speakers_own_text(reading: Reading) -> None:
    for statement, quotation in zip(reading.statements, of_type(graph(reading), "Quotation"), strict=True):
        key, other = ("text", "abstract") if statement.mode == "direct" else ("abstract", "text")
        assert quotation.get(key, "") == reading.content_of(statement)
        assert other not in quotation


def test_the_article() -> None:
    [article] = of_type(graph(harbour()), "NewsArticle")
    assert article["@id"] == article["url"] == "https://news.example/harbour?id=7&x=1"
    assert article["headline"] == "وزيرة الموانئ في سهلان: لن نغلق مرسى الورد أمام سفن الصيد"
    assert article["datePublished"] == "2031-03-14T18:05+03:00"
    assert article["dateline"] == "مرسى الورد 14 مارس 2031 (وكالة السهل)"
    assert article["locationCreated"] == {"@type": "Place", "name": "مرسى الورد"}
    assert article["author"] == [{"@type": "Person", "name": "ليان الصواري"}]
    assert article["sourceOrganization"] == {"@type": "Organization", "name": "وكالة السهل"}
    assert article["articleBody"] == harbour().article.body


def test_a_byline_that_is_the_agency_is_no_person() -> None:
    reading = example(authors=("وكالة السهل", "ليان الصواري"))
    assert [a["@type"] for a in graph(reading)[0]["author"]] == ["Organization", "Person"]


@pytest.mark.parametrize("iso", ["2031", "2031-03", "2031-03-14", "2031-03-14T18", "2031-03-14T18:05"])
def test_dates_are_as_precise_as_they_were(iso: str) -> None:
    assert graph(example(published=Moment(iso, "day")))[0]["datePublished"] == iso


def test_what_is_no_date_is_left_out() -> None:
    assert "datePublished" not in graph(example(published=Moment('"><b>', "day")))[0]


def test_quotations_name_their_creator_article_and_place_in_the_order() -> None:
    nodes = graph(harbour())
    by_id = {n["@id"]: n for n in nodes}
    quotations = of_type(nodes, "Quotation")
    assert by_id[quotations[0]["creator"]["@id"]]["name"] == "هالة المرزباني"
    assert by_id[quotations[0]["creator"]["@id"]]["jobTitle"] == "وزيرة الموانئ السهلانية"
    assert [by_id[p["@id"]]["@type"] for p in quotations[4]["isPartOf"]] == ["NewsArticle", "Quotation"]
    assert by_id[quotations[4]["isPartOf"][1]["@id"]]["position"] == 4
    assert quotations[7]["publisher"] == {"@type": "Organization", "name": "صحيفة المنارة"}


@pytest.mark.parametrize("parent", [1, 99])
def test_a_statement_is_part_of_no_other_that_is_not_there(parent: int) -> None:
    reading = example()
    lone = replace(reading, statements=(replace(reading.statements[0], parent=parent),))
    assert len(of_type(graph(lone), "Quotation")[0]["isPartOf"]) == 1


def test_an_unnamed_source_is_credited_in_words_and_gets_no_type() -> None:
    eight = of_type(graph(harbour()), "Quotation")[7]
    assert eight["creditText"] == "مسؤول في البلدية"
    assert "creator" not in eight


@pytest.mark.parametrize(
    ("kind", "type_", "relation"),
    [
        ("person", "Person", "creator"), ("organization", "Organization", "creator"),
        ("group", "Organization", "creator"), ("state", "GovernmentOrganization", "creator"),
        ("media", "NewsMediaOrganization", "creator"), ("document", "CreativeWork", "isBasedOn"),
    ],
)  # fmt: skip
def test_each_kind_of_source_has_its_type(kind: Any, type_: str, relation: str) -> None:
    source = Source("A", "الاسم", kind, "الصفة", qid="Q99999999999", known_as="اسم آخر", of="نورستان", identity="x:y")
    nodes = graph(replace(harbour(), sources={"A": source}))
    assert faults(nodes) == []
    [node] = [n for n in nodes if n["@id"].endswith("#source-A")]
    assert (node["@type"], node["sameAs"]) == (type_, "http://www.wikidata.org/entity/Q99999999999")
    assert node["alternateName"] == "اسم آخر"
    assert {"@type": "Organization", "name": "نورستان"} in node.values()
    assert of_type(nodes, "Quotation")[0][relation] == {"@id": node["@id"]}


def test_matters_are_defined_terms_and_their_side_a_keyword() -> None:
    two = of_type(graph(council()), "Quotation")[1]
    assert [t["termCode"] for t in two["about"]] == ["rabwa-stalls", "rabwa-market"]
    assert {"for:rabwa-stalls", "against:rabwa-market", "act:demand", "mode:indirect"} <= set(two["keywords"])
    known = example().statements[0].stances[0]
    about = replace(known.about[0], matter="ceasefire")
    reading = example()
    stance: Stance = replace(known, about=(about,))
    ceasing = replace(reading, statements=(replace(reading.statements[0], stances=(stance,)),))
    assert of_type(graph(ceasing), "Quotation")[0]["about"] == [
        {"@type": "DefinedTerm", "termCode": "ceasefire", "name": "وقف إطلاق النار"}
    ]


def test_the_text_can_stay_behind() -> None:
    [line] = lines(partial(SchemaOrgWriter, with_text=False), example())
    assert "articleBody" not in line["@graph"][0]


def test_one_line_an_article_with_or_without_statements() -> None:
    assert len(lines(SchemaOrgWriter, *(make() for make in EVERY))) == len(EVERY)


def test_lone_surrogates_become_replacement_characters() -> None:
    reading = replace(example(doc="\ud800"), sources={"A": Source("A\udfff", "سلمى\ud800", "person")})
    nodes = graph(reading)
    assert faults(nodes) == []
    assert nodes[1]["name"] == "سلمى\ufffd"


def test_the_documented_example_is_what_is_written() -> None:
    assert documented("schema.org") == lines(SchemaOrgWriter, example())
