"""``qawl score``: what it prints, and floors."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TEXT = "قال نادر إن السد متين. وأضاف أن العمل انتهى."
GOLD: dict[str, Any] = {
    "doc": "a1",
    "outlet": "صدى الواحة",
    "text": TEXT,
    "sources": {"A": {"name": "نادر", "kind": "person", "role": ""}},
    "statements": [
        {
            "id": 1, "cue": [0, 3], "speaker": [4, 8], "who": "A", "mode": "indirect", "content": [[12, 21]],
            "act": "inform", "stances": [], "parent": None, "via": None,
        },
        {
            "id": 2, "cue": [23, 28], "speaker": None, "who": "A", "mode": "indirect", "content": [[32, 43]],
            "act": "inform", "stances": [], "parent": None, "via": None,
        },
    ],
}  # fmt: skip
HALF = {**GOLD, "statements": GOLD["statements"][:1]}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return saved(tmp_path / "gold.jsonl", GOLD)


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """A prediction of one of the two statements."""
    return saved(tmp_path / "half.jsonl", HALF)


def saved(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def test_the_figures_as_text(qawl: Run, gold: Path, half: Path) -> None:
    result = qawl("score", gold, half)
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "1 article, 2 gold statements, 1 predicted"
    assert f"{'attribution F1':32} 0.667" in lines
    assert lines[-1] == "attribution F1, 95% interval over articles: 0.667 to 0.667"


def test_the_figures_as_json(qawl: Run, gold: Path, half: Path) -> None:
    shown = json.loads(qawl("score", gold, half, "--json", "--by", "outlet", "--errors", "5").out)
    assert shown["attribution P"] == 1.0
    assert shown["attribution R"] == 0.5
    assert shown["by"]["صدى الواحة"]["attribution R"] == 0.5
    assert [e["kind"] for e in shown["errors"]] == ["missed"]
    assert "by" not in json.loads(qawl("score", gold, half, "--json").out)


def test_errors_and_groups_as_text(qawl: Run, gold: Path, half: Path) -> None:
    result = qawl("score", gold, half, "--errors", "5", "--by", "outlet")
    assert "صدى الواحة: 2 statements, attribution F1 0.667" in result.out
    assert "1 missed" in result.out
    assert "missed | a1 | [وأضاف] «العمل انتهى»" in result.out


def test_packed_files_and_standard_input(qawl: Run, gold: Path, half: Path, tmp_path: Path) -> None:
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(gold.read_bytes()))
    assert qawl("score", packed, "-", stdin=half.read_bytes()).out == qawl("score", gold, half).out
    assert qawl("score", "-", "-").status == 2


def test_a_floor_that_holds(qawl: Run, gold: Path, half: Path) -> None:
    result = qawl("score", gold, half, "--floor", "attribution F1=0.6", "--floor", "attribution P=1")
    assert (result.status, result.err) == (0, "")


@pytest.mark.parametrize("name", ["attribution F1", "attribution-f1", "Attribution_F1"])
def test_a_floor_that_is_breached(qawl: Run, gold: Path, half: Path, name: str) -> None:
    result = qawl("score", gold, half, "--floor", f"{name}=0.7", "--floor", "found-p=0.9")
    assert result.status == 1
    assert result.said == ["floor breached: attribution F1 is 0.6667, below 0.7"]
    assert "attribution F1" in result.out


@pytest.mark.parametrize(
    ("floor", "hint"),
    [
        ("attribution=0.7", "attribution"),
        ("atribution f1=0.7", "did you mean 'attribution F1'?"),
        ("xyz=0.7", "the figures are"),
        ("attribution F1", "NAME=VALUE"),
        ("=0.5", "NAME=VALUE"),
        ("attribution F1=high", "from 0 to 1"),
        ("attribution F1=70", "from 0 to 1"),
        ("attribution F1=nan", "from 0 to 1"),
    ],
)
def test_a_floor_that_is_not_understood(qawl: Run, gold: Path, half: Path, floor: str, hint: str) -> None:
    """A floor that is silently none would let everything pass."""
    result = qawl("score", gold, half, "--floor", floor)
    assert result.status == 2
    assert hint in result.said[-1]


def test_what_makes_the_figures_mean_less_is_said(qawl: Run, gold: Path, tmp_path: Path) -> None:
    other = saved(tmp_path / "other.jsonl", {**HALF, "doc": "a2"})
    assert qawl("score", gold, other).said == [
        "note: 1 article (a1): no prediction, counted as empty",
        "note: 1 article (a2): predicted but not annotated, left out",
    ]
    moved = saved(tmp_path / "moved.jsonl", {**HALF, "text": TEXT + " "})
    assert "from another text" in qawl("score", gold, moved).err
    twice = saved(tmp_path / "twice.jsonl", GOLD, HALF)
    result = qawl("score", gold, twice)
    assert "more than once" in result.err
    assert "1 predicted" in result.out


@pytest.mark.parametrize(
    ("record", "hint"),
    [
        ({**GOLD, "text": 5}, "text is 5, not a string"),
        ({**GOLD, "sources": []}, "sources is []"),
        ({**GOLD, "statements": [{"id": 1, "content": [1, 2]}]}, "statements[0].content[0] is 1"),
        ([], "the line is []"),
        (
            {"doc": "d001", "statements": []},
            "gold article d001 has no text; give the annotated articles, not a prediction",
        ),
    ],
)
def test_wrong_types_are_one_line(qawl: Run, gold: Path, tmp_path: Path, record: Any, hint: str) -> None:
    bad = saved(tmp_path / "bad.jsonl", record)
    result = qawl("score", bad, gold)
    assert (result.status, result.out) == (2, "")
    assert f"{bad}:1: {hint}" in result.said[-1]


def test_files_that_cannot_be_read_are_one_line(qawl: Run, gold: Path, tmp_path: Path) -> None:
    """Unlike `read`: a figure over the part that could be read would mislead."""
    broken = tmp_path / "broken.jsonl"
    broken.write_text(gold.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    for bad, where in ((tmp_path / "none", ""), (tmp_path, ""), (broken, ":2")):
        result = qawl("score", gold, bad)
        assert (result.status, result.out) == (2, "")
        assert f"{bad}{where}: " in result.said[-1]
        assert "; " in result.said[-1]


def test_what_read_writes_can_be_scored(qawl: Run, gold: Path) -> None:
    predicted = qawl("read", gold, "--format", "standoff").out.encode("utf-8")
    result = qawl("score", gold, "-", stdin=predicted)
    assert (result.status, result.err) == (0, "")
    assert "1 article, 2 gold statements, 2 predicted" in result.out
