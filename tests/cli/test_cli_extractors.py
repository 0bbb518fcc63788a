"""The options that choose what finds statements, and how sure it must be."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from qawl.cli import app

TEXT = "عنوان الخبر\nقالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا، مؤكدة أن العبور مجاني.\n"


def read(tmp_path: Path, *options: str) -> dict[str, object]:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(path), "--format", "jsonl", *options])
    assert done.exit_code == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_extractor_is_named_in_the_reading(tmp_path: Path) -> None:
    assert str(read(tmp_path)["extractor"]).startswith("qawl-learned/")
    assert str(read(tmp_path, "--extractor", "grammar")["extractor"]).startswith("qawl-grammar/")


def test_unsure_statements_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path)["statements"]
    assert read(tmp_path, "--min-confidence", "1")["statements"] == []


def test_a_confidence_beyond_one_is_refused() -> None:
    assert CliRunner().invoke(app, ["read", "-", "--min-confidence", "3"]).exit_code == 2
    assert CliRunner().invoke(app, ["read", "-", "--extractor", "oracle"]).exit_code == 2
