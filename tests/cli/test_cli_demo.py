"""``qawl demo``: the first thing that a newcomer sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_demo_shows_statements_and_says_where_to_go_next(qawl: Run) -> None:
    result = qawl("demo")
    assert result.status == 0
    assert len(result.out.splitlines()) > 20
    assert "skipped" not in result.err
    assert "qawl read" in result.said[-1]


def test_the_demo_as_a_page(qawl: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = qawl("demo", "--out", page)
    assert (result.status, result.out) == (0, "")
    assert "<html" in page.read_text(encoding="utf-8")
    assert str(page) in result.said[-1]


def test_the_demo_in_arabic(qawl: Run) -> None:
    assert qawl("demo", "--lang", "ar").out != qawl("demo").out
