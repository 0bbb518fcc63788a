"""Standoff that is not what it should be is refused, with the part that is wrong."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.model import InputError
from qawl.scoring import checked, parsed

GOOD: dict[str, Any] = {
    "doc": "a1",
    "text": "قال نادر إن السد متين.",
    "sources": {"A": {"name": "نادر", "kind": "person", "role": ""}},
    "statements": [
        {
            "id": 1, "cue": [0, 3], "speaker": [4, 8], "who": "A", "mode": "indirect", "content": [[12, 21]],
            "act": "inform", "stances": [[12, 16, "+"]], "parent": None, "via": None,
        }
    ],
}  # fmt: skip


def changed(path: str, value: object) -> dict[str, Any]:
    """The good article with one part of it replaced."""
    article = copy.deepcopy(GOOD)
    target: Any = article
    *steps, last = path.split(".")
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    target[int(last) if last.isdigit() else last] = value
    return article


def test_what_is_right_passes_as_it_is() -> None:
    assert checked(GOOD, gold=True) is GOOD
    assert checked(GOOD, gold=False) is GOOD


def test_a_prediction_needs_little() -> None:
    checked({"doc": "a1", "statements": [{"id": 1, "content": [[0, 4]]}]}, gold=False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("doc", 7),
        ("text", None),
        ("sources", []),
        ("sources.A", "نادر"),
        ("sources.A.name", 3),
        ("statements", {}),
        ("statements.0", [1]),
        ("statements.0.id", None),
        ("statements.0.id", [1]),
        ("statements.0.parent", [1]),
        ("statements.0.who", ["A"]),
        ("statements.0.cue", 3),
        ("statements.0.cue", [3, 0]),
        ("statements.0.cue", [0, 3.0]),
        ("statements.0.cue", [False, True]),
        ("statements.0.speaker", [4, 400]),
        ("statements.0.content", []),
        ("statements.0.content", [12, 21]),
        ("statements.0.content", None),
        ("statements.0.content.0", [-1, 4]),
        ("statements.0.mode", "spoken"),
        ("statements.0.mode", ["direct"]),
        ("statements.0.act", "say"),
        ("statements.0.stances", {}),
        ("statements.0.stances.0", [12, 16]),
        ("statements.0.stances.0", [12, 16, "?"]),
        ("statements.0.stances.0", [16, 12, "+"]),
    ],
)
def test_a_wrong_part_is_named(path: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        checked(changed(path, value), "gold.jsonl:3", gold=True)
    assert caught.value.where == "gold.jsonl:3"
    assert path.split(".")[-1 if not path[-1].isdigit() else -2] in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("record", [None, 3, "text", [], [GOOD], {}])
def test_what_is_no_article_is_refused(record: object) -> None:
    with pytest.raises(InputError):
        checked(record, gold=False)


def _lines(*lines: str) -> list[bytes]:
    return [line.encode() + b"\n" for line in lines]


def test_lines_are_read_past_blank_ones_and_a_byte_order_mark() -> None:
    line = json.dumps(GOOD)
    assert list(parsed(_lines("\ufeff" + line, "", line), "x", gold=True)) == [GOOD, GOOD]


@pytest.mark.parametrize("line", ["{", "[" * 100_000, "1" * 5000, '{"doc": "a1"}'])
def test_a_broken_line_is_named_by_its_number(line: str) -> None:
    with pytest.raises(InputError) as caught:
        list(parsed(_lines(json.dumps(GOOD), "", line), "gold.jsonl", gold=True))
    assert caught.value.where == "gold.jsonl:3"


def test_a_line_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        list(parsed(["قال".encode("windows-1256")], "x", gold=True))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "id", "cue"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values, st.booleans(), st.sampled_from(["statements.0.content", "statements.0", "sources", "statements"]))
def test_nothing_but_an_input_error_comes_out(value: object, gold: bool, path: str) -> None:
    for record in (value, changed(path, value)):
        try:
            checked(record, gold=gold)
        except InputError as e:
            assert "\n" not in e.message  # noqa: PT017
