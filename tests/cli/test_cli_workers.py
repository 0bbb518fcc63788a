"""Reading with several processes: the same output, in the same order, whatever is wrong with some inputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def records(article: Path, count: int) -> Path:
    """`count` articles as JSON Lines, every seventh of them none."""
    path = article.with_name("many.jsonl")
    text = article.read_text(encoding="utf-8")
    rows = [
        {"doc": f"a{n}", "text": text.replace("الواحة", f"الواحة {n}")} if n % 7 else {"doc": f"a{n}"}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_any_number_of_workers_gives_the_same(process: Run, article: Path) -> None:
    path = records(article, 60)
    alone = process("read", path, "--format", "jsonl")
    together = process("read", path, "--format", "jsonl", "--workers", "3")
    assert together.out == alone.out
    assert together.err == alone.err
    assert (alone.status, together.status) == (1, 1)
    assert [json.loads(line)["doc"] for line in together.out.splitlines()] == [f"a{n}" for n in range(60) if n % 7]


def test_the_first_fault_ends_a_run_of_workers(process: Run, article: Path) -> None:
    done = process("read", records(article, 60), "--format", "jsonl", "--workers", "2", "--fail-fast")
    assert done.status == 1
    assert done.out == ""


def test_no_workers_are_refused(process: Run, article: Path) -> None:
    done = process("read", article, "--workers", "0")
    assert done.status == 2
    assert "--workers" in done.err
