"""The JSON shape and the way back, and the standoff format."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from formats_samples import EVERY, council, harbour
from formats_strategies import readings
from hypothesis import given
from hypothesis import strategies as st

from qawl.formats import from_dict, to_dict, to_standoff
from qawl.model import InputError, Reading, Span, Stance

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(readings())
def test_round_trip_through_json(reading: Reading) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(reading)))) == reading


@pytest.mark.parametrize("make", EVERY)
def test_round_trip_of_samples(make: Callable[[], Reading]) -> None:
    assert from_dict(to_dict(make())) == make()


def test_the_shape_is_the_documented_one() -> None:
    shape = to_dict(harbour())
    assert list(shape) == [
        "schema", "extractor", "doc", "url", "outlet", "title", "section", "agency", "authors", "language",
        "published", "published_precision", "modified", "modified_precision", "dateline", "text", "sha256",
        "blocks", "sources", "statements", "events",
    ]  # fmt: skip
    assert shape["schema"] == "qawl-reading/1"
    assert shape["published"] == "2031-03-14T18:05+03:00"
    assert shape["dateline"]["place"] == "مرسى الورد"
    assert list(shape["statements"][0]) == [
        "id", "cue", "lemma", "speaker", "named", "content", "mode", "parent", "act", "act_confidence", "event",
        "stances", "who", "via", "confidence", "said", "occasion",
    ]  # fmt: skip
    for s in shape["statements"]:
        for part in [*s["content"], *s["stances"], *(s[k] for k in ("cue", "speaker", "via") if s[k])]:
            assert part["exact"] == shape["text"][part["start"] : part["end"]]


def test_a_stance_is_shown_with_all_that_is_known_of_it() -> None:
    shape = to_dict(council())
    one, two = shape["statements"][:2]
    assert (one["event"], one["act_confidence"], shape["statements"][2]["event"]) == ("REJECT", 0.97, "THREATEN")
    first = one["stances"][0]
    assert list(first) == ["start", "end", "exact", "sign", "degree", "confidence", "conditions", "about"]
    assert (first["exact"], first["sign"], first["degree"], first["confidence"]) == ("نقل السوق", "-", "strong", 0.9)
    assert [(c["kind"], c["span"]["exact"]) for c in first["conditions"]] == [("after", "إلا بعد إصلاح الطريق")]
    about = two["stances"][0]["about"][0]
    assert list(about) == ["matter", "sign", "words", "pattern", "turned_by"]
    assert (about["matter"], about["sign"], about["pattern"]) == ("rabwa-stalls", "+", "بسطة")
    assert [x["exact"] for x in (about["words"], *about["turned_by"])] == ["البسطات", "بوقف", "منع"]


def test_what_an_older_version_wrote_is_read_with_defaults() -> None:
    shape = to_dict(council())
    for s in shape["statements"]:
        del s["act_confidence"], s["event"]
        s["stances"] = [{k: x[k] for k in ("start", "end", "exact", "sign")} for x in s["stances"]]
    read = from_dict(shape)
    assert [[(x.target, x.sign) for x in s.stances] for s in read.statements] == [
        [(x.target, x.sign) for x in s.stances] for s in council().statements
    ]
    for s in read.statements:
        assert s.act_confidence == 0.5
        assert all(x == Stance(x.target, x.sign, "plain", (), (), 0.5) for x in s.stances)


def test_the_event_is_derived_not_read() -> None:
    shape = to_dict(council())
    shape["statements"][0]["event"] = "PROTEST"
    assert from_dict(shape) == council()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("degree", "loud"),
        ("degree", None),
        ("confidence", 2),
        ("conditions", [{"kind": "if"}]),
        ("conditions", [{"kind": "perhaps", "span": {"start": 0, "end": 1}}]),
        ("about", [{"matter": "market", "sign": "+"}]),
        ("about", [{"sign": "+", "words": {"start": 0, "end": 1}}]),
        ("about", [{"matter": "market", "sign": "+", "words": {"start": 0, "end": 10**6}}]),
    ],
)
def test_a_stance_that_is_none_is_refused(field: str, value: object) -> None:
    shape = to_dict(council())
    shape["statements"][0]["stances"][0][field] = value
    with pytest.raises(InputError):
        from_dict(shape)


def marked(*stances: Stance) -> list[list[Any]]:
    """What the standoff format has of some stances of one statement."""
    reading = council()
    first = replace(reading.statements[0], stances=stances)
    found: list[list[Any]] = to_standoff(replace(reading, statements=(first,)))["statements"][0]["stances"]
    return found


def test_standoff_has_the_three_surest_stances_in_the_order_of_the_text() -> None:
    sure = [Stance(Span(n, n + 2), "+-"[n % 2], confidence=c) for n, c in enumerate((0.8, 0.6, 0.9, 0.7))]  # type: ignore[arg-type]
    assert marked(*sure) == [[0, 2, "+"], [2, 4, "+"], [3, 5, "-"]]
    assert marked(*reversed(sure)) == [[0, 2, "+"], [2, 4, "+"], [3, 5, "-"]]


def test_standoff_leaves_out_what_is_not_likely_a_stance() -> None:
    assert marked(Stance(Span(5, 9), "-", confidence=0.1), Stance(Span(0, 3), "+", confidence=0.95)) == [[0, 3, "+"]]
    assert marked(Stance(Span(5, 9), "-", confidence=0.1)) == []


@given(readings())
def test_standoff_stances_are_at_most_three_and_sorted(reading: Reading) -> None:
    for s in to_standoff(reading)["statements"]:
        assert len(s["stances"]) <= 3
        assert [x[:2] for x in s["stances"]] == sorted(x[:2] for x in s["stances"])


def test_standoff_is_the_scorers_format_and_holds_no_text() -> None:
    out = to_standoff(harbour())
    assert list(out) == ["doc", "sha256", "sources", "statements"]
    assert out["sources"]["B"] == {"name": "نزار الوادعاني", "kind": "person", "role": "نقيب الصيادين"}
    eight = out["statements"][7]
    assert eight["via"] == "صحيفة المنارة"
    assert eight["parent"] is None
    assert eight["who"] == "C"
    assert out["statements"][0]["cue"] is None
    assert len(out["statements"][6]["content"]) == 2
    text = harbour().article.text
    start, end, sign = out["statements"][2]["stances"][0]
    assert (text[start:end], sign) == ("التعديات على الرصيف القديم", "-")
    assert text not in json.dumps(out, ensure_ascii=False)


@given(JSON)
def test_anything_else_is_an_input_error(obj: object) -> None:
    with pytest.raises(InputError):
        from_dict(obj)


@given(st.data())
def test_a_broken_field_is_an_input_error_or_read(data: st.DataObject) -> None:
    shape = json.loads(json.dumps(to_dict(harbour())))
    target: Any = shape
    # Walk down to some field and put anything in its place.
    while True:
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(JSON)
    with suppress(InputError):
        from_dict(shape)


def break_digest(shape: dict[str, Any]) -> None:
    shape["text"] += " "


def break_exact(shape: dict[str, Any]) -> None:
    shape["statements"][1]["cue"]["start"] += 1


def break_end(shape: dict[str, Any]) -> None:
    shape["statements"][1]["content"][0]["end"] = 10**9


def break_schema(shape: dict[str, Any]) -> None:
    shape["schema"] = "qawl-reading/2"


@pytest.mark.parametrize("change", [break_digest, break_exact, break_end, break_schema])
def test_what_no_longer_fits_the_text_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    shape = to_dict(harbour())
    change(shape)
    with pytest.raises(InputError):
        from_dict(shape)
