"""The JSON shape and the way back, and the standoff format."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from formats_samples import EVERY, harbour
from formats_strategies import readings
from hypothesis import given
from hypothesis import strategies as st

from qawl.formats import from_dict, to_dict, to_standoff
from qawl.model import InputError, Reading

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
        "id", "cue", "lemma", "speaker", "named", "content", "mode", "parent", "act", "stances", "who", "via",
        "confidence", "said", "occasion",
    ]  # fmt: skip
    for s in shape["statements"]:
        for part in [*s["content"], *s["stances"], *(s[k] for k in ("cue", "speaker", "via") if s[k])]:
            assert part["exact"] == shape["text"][part["start"] : part["end"]]


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
