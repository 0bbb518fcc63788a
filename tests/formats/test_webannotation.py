"""Statements as annotations of the W3C Web Annotation Data Model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from formats_samples import EVERY, council, harbour, hostile, silent
from formats_strategies import CHARACTERS, readings
from hypothesis import given
from hypothesis import strategies as st
from standards_check import documented, errors, example, few, is_uri, lines, table, validator

from qawl.formats import WebAnnotationWriter
from qawl.formats.linked import web_uri
from qawl.model import Article, Reading, Source, Span, Statement

SCHEMA = validator("web-annotation.schema.json")
TERMS = {row["term"]: row["value"] for row in table("web-annotation-terms.tsv")}


def annotations(*items: Reading) -> list[Any]:
    return lines(WebAnnotationWriter, *items)


def targets(annotation: Any) -> list[Any]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def values(annotation: Any, purpose: str) -> list[str]:
    return [b["value"] for b in annotation["body"] if b["purpose"] == purpose and "value" in b]


def undefined(value: Any) -> list[str]:
    """Keys, and values that must be terms, that the context does not define: JSON-LD would drop them."""
    if isinstance(value, list):
        return [x for v in value for x in undefined(v)]
    if not isinstance(value, dict):
        return []
    out = [k for k in value if k != "@context" and TERMS.get(k, "class") == "class"]
    terms = [value[k] for k in ("type", "motivation", "purpose") if k in value]
    return out + [t for t in terms if TERMS.get(t) != "class"] + [x for v in value.values() for x in undefined(v)]


@few
@given(readings())
def test_every_reading_gives_valid_annotations_one_a_statement(reading: Reading) -> None:
    found = annotations(reading)
    assert [e for x in found for e in errors(SCHEMA, x)] == []
    assert [x for a in found for x in undefined(a)] == []
    assert [x["id"] for x in found] == [f"urn:sha256:{reading.article.sha256}#s{s.id}" for s in reading.statements]


@few
@given(readings())
def test_both_selectors_lead_back_to_the_content_in_code_points(reading: Reading) -> None:
    text = reading.article.text
    for statement, annotation in zip(reading.statements, annotations(reading), strict=True):
        for part, target in zip(statement.content, targets(annotation), strict=True):
            quote, position = target["selector"]
            assert Span(position["start"], position["end"]) == part
            assert quote["exact"] == part.of(text)
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text[part.start - len(quote["prefix"]) : part.end + len(quote["suffix"])] == around


@pytest.mark.parametrize("make", EVERY)
def test_every_sample_is_valid(make: Any) -> None:
    assert [e for x in annotations(make()) for e in errors(SCHEMA, x)] == []


@pytest.mark.parametrize(
    ("before", "after", "lengths"),
    [
        ("ب" * 40, "ت" * 40, (32, 32)),
        ("بَ" * 20, "تَ" * 20, (32, 32)),
        # The 32nd character is the vowel of a letter that stands outside.
        ("بَ" * 20 + "ب", "ت" + "تَ" * 20, (31, 31)),
        ("ب", "", (1, 0)),
    ],
)
def test_prefix_and_suffix_are_32_characters_and_cut_no_vowel_from_its_letter(
    before: str, after: str, lengths: tuple[int, int]
) -> None:
    part = Span(len(before), len(before) + 3)
    statement = Statement(1, None, "", None, (part,), "direct")
    [found] = annotations(Reading(Article(f"{before}قيل{after}"), (statement,), {}, "q"))
    quote = found["target"]["selector"][0]
    assert (len(quote["prefix"]), len(quote["suffix"])) == lengths


def test_an_interrupted_quotation_has_a_target_for_each_part() -> None:
    seven = annotations(harbour())[6]
    assert [t["selector"][0]["exact"] for t in seven["target"]] == [
        "لم نطلب المستحيل", "طلبنا رصيفا نظيفا وميزانا لا يكذب",
    ]  # fmt: skip
    assert isinstance(annotations(harbour())[0]["target"], dict)


def test_positions_hold_in_the_text_that_the_state_names() -> None:
    reading = harbour()
    target = annotations(reading)[0]["target"]
    assert target["source"] == "https://news.example/harbour?id=7&x=1"
    assert target["state"] == {"type": "TimeState", "cached": f"urn:sha256:{reading.article.sha256}"}
    alone = annotations(replace(reading, article=replace(reading.article, url="")))[0]["target"]
    assert alone["source"] == f"urn:sha256:{reading.article.sha256}"
    assert "state" not in alone


def test_bodies_class_the_words_and_tag_them() -> None:
    one, two = annotations(council())[:2]
    assert values(one, "classifying") == ["mode:indirect", "act:reject", "plover:REJECT"]
    tagged = values(one, "tagging")
    for tag in ("source:رائد البيدري", "role:عضو المجلس", "cue:رفض", "rejects:نقل السوق", "against:rabwa-market"):
        assert tag in tagged
    # «إصلاح الطريق» is too unsure to be marked.
    assert not [t for t in tagged if t.startswith("wants:")]
    assert {"for:rabwa-stalls", "against:rabwa-market", "rejects:منع البسطات"} <= set(values(two, "tagging"))


def test_words_have_the_language_of_the_article_and_codes_have_none() -> None:
    bodies = {b["value"].partition(":")[0]: b.get("language") for b in annotations(council())[0]["body"]}
    assert bodies["source"] == bodies["rejects"] == "ar"
    assert bodies["act"] is bodies["against"] is bodies["confidence"] is None
    assert not [b for x in annotations(hostile()) for b in x["body"] if "language" in b]


@pytest.mark.parametrize(
    ("kind", "type_"), [("person", "Person"), ("media", "Organization"), ("state", None), ("document", None)]
)
def test_a_source_with_a_wikidata_item_is_linked_to(kind: Any, type_: str | None) -> None:
    reading = harbour()
    known = Source("A", "هالة المرزباني", kind, qid="Q99999999999", known_as="هالة المرزباني")
    links = [b for b in annotations(replace(reading, sources={"A": known}))[0]["body"] if b["purpose"] == "linking"]
    agent = {"id": "http://www.wikidata.org/entity/Q99999999999", "name": "هالة المرزباني"}
    assert links == [
        {"type": "SpecificResource", "purpose": "linking", "source": agent | ({"type": type_} if type_ else {})}
    ]


def test_what_is_no_wikidata_item_is_no_link() -> None:
    odd = Source("A", "هالة", "person", qid="Q1/../../evil")
    found = annotations(replace(harbour(), sources={"A": odd}))
    assert not [b for x in found for b in x["body"] if b["purpose"] == "linking"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/خبر عاجل?q=سد#ق", "https://news.example/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84?q=%D8%B3%D8%AF#%D9%82"),
        ("HTTPS://نورستان.example/", "https://%D9%86%D9%88%D8%B1%D8%B3%D8%AA%D8%A7%D9%86.example/"),
        ("http://news.example/a%20b/100%", "http://news.example/a%20b/100%25"),
        ("http://[::1]:8080/x#a#b", "http://[::1]:8080/x#a%23b"),
        ("https://news.example", "https://news.example"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://a:b:c/", ""),
        ("https://[nonsense/", ""),
        ("/harbour", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_addresses_become_uris_or_nothing(url: str, expected: str) -> None:
    assert web_uri(url) == expected


@few
@given(
    st.sampled_from(["https://", "http://news.example/", "https://[", "http://a@"]), st.text(CHARACTERS, max_size=20)
)
def test_whatever_an_address_holds_it_becomes_a_uri_or_nothing(start: str, rest: str) -> None:
    uri = web_uri(start + rest)
    assert uri == "" or (is_uri(uri) and uri.isascii())


def test_lone_surrogates_become_replacement_characters_and_offsets_hold() -> None:
    text = "قال \ud800 نعم"
    statement = Statement(1, Span(0, 3), "قال\udc00", None, (Span(4, 9),), "direct")
    reading = Reading(Article(text, url="https://x.example/\udfff"), (statement,), {}, "q\ud800")
    [found] = annotations(reading)
    assert errors(SCHEMA, found) == []
    assert found["target"]["selector"][0]["exact"] == "\ufffd نعم"
    assert found["target"]["selector"][1]["end"] == 9


def test_an_article_without_statements_has_no_line() -> None:
    assert annotations(silent(), silent()) == []


def test_the_documented_example_is_what_is_written() -> None:
    assert documented("Web Annotation") == annotations(example())[:1]


def test_the_schema_refuses_what_the_standard_forbids() -> None:
    good = annotations(harbour())[0]
    for broken in (
        {k: v for k, v in good.items() if k != "target"},
        good | {"id": "not a uri"},
        good | {"motivation": "shouting"},
        good | {"@context": "http://example.org/"},
        good | {"target": good["target"] | {"selector": [{"type": "TextPositionSelector", "start": -1, "end": 2}]}},
    ):
        assert errors(SCHEMA, broken)
