"""``qawl who``: parties over many articles, and decisions on them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ARTICLES = (
    ("n1", "2024-03-02", "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح غدا. وقال سالم الحداد إن الرسوم مرتفعة."),
    ("n2", "2024-03-09", "أكدت وزيرة النقل سلمى الراوي أن الجسر مفتوح. وقالت الراوي إن العبور مجاني."),
    ("n3", "2024-03-11", "قال سليم الحداد إن الرسوم ستلغى. وقال مصدر أمني إن الطريق مغلق."),
)  # fmt: skip


@pytest.fixture
def said(tmp_path: Path, qawl: Run) -> Path:
    """The readings of three invented articles."""
    news, path = tmp_path / "news.jsonl", tmp_path / "said.jsonl"
    lines = (json.dumps({"doc": d, "published": day, "text": f"خبر\n{text}"}) for d, day, text in ARTICLES)
    news.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert qawl("read", news, "--format", "jsonl", "--out", path).status == 0
    return path


@pytest.fixture
def ids(said: Path, qawl: Run) -> dict[str, str]:
    """The ids of the parties by their names."""
    listed = json.loads(qawl("who", "--in", said, "--format", "json").out)
    return {p["name"]: p["id"] for p in listed}


def test_a_list_with_counts(said: Path, qawl: Run) -> None:
    result = qawl("who", "--in", said)
    assert result.status == 0
    first, *rest = result.out.splitlines()
    assert first.split(" | ")[1:3] == ["سلمى الراوي", "person"]
    assert "3 statements in 2 articles | 2024-03-02 to 2024-03-09" in first
    assert {line.split(" | ")[1] for line in rest} == {"سالم الحداد", "سليم الحداد"}
    assert "--all" in result.err
    assert "مصدر أمني" in qawl("who", "--in", said, "--all").out


def test_one(said: Path, qawl: Run, ids: dict[str, str]) -> None:
    result = qawl("who", "سلمى", "الراوى", "--in", said)
    assert result.status == 0
    assert result.out.startswith(f"{ids['سلمى الراوي']} | سلمى الراوي | ")
    assert "names: سلمى الراوي (2)" in result.out
    assert "  2024-03-02 to 2024-03-09 | وزيرة النقل | 2 articles" in result.out
    assert " 2024-03-02 | n1 | 1 | الجسر سيفتح غدا | " in result.out
    assert qawl("who", ids["سلمى الراوي"], "--in", said).out == result.out


def test_one_as_json(said: Path, qawl: Run) -> None:
    (p,) = json.loads(qawl("who", "سلمى الراوي", "--in", said, "--format", "json").out)
    assert [s["doc"] for s in p["sources"]] == ["n1", "n2"]
    assert p["statements"] == sum(s["statements"] for s in p["sources"]) == 3
    assert [(r["role"], r["first"], r["last"]) for r in p["roles"]] == [("وزيرة النقل", "2024-03-02", "2024-03-09")]


def test_partial_matches_are_listed(said: Path, qawl: Run) -> None:
    result = qawl("who", "الحداد", "--in", said)
    assert result.status == 0
    assert len(result.out.splitlines()) == 2
    assert "2 may be meant" in result.err


def test_nobody_is_called_so(said: Path, qawl: Run) -> None:
    result = qawl("who", "سلمى الراو", "--in", said)
    assert (result.status, result.out) == (1, "")
    assert "the nearest: سلمى الراوي" in result.err
    assert "--in before each file" in qawl("who", said, "--in", said).err


def test_packed_readings_and_standard_input(said: Path, qawl: Run, tmp_path: Path) -> None:
    packed = tmp_path / "said.jsonl.gz"
    packed.write_bytes(gzip.compress(said.read_bytes()))
    plain = qawl("who", "--in", said).out
    assert qawl("who", "--in", packed).out == plain
    assert qawl("who", "--in", "-", stdin=said.read_bytes()).out == plain
    # The same articles twice are no more articles.
    assert qawl("who", "--in", said, "--in", packed).out == plain


def test_a_line_that_is_no_reading_is_named_and_the_others_are_read(said: Path, qawl: Run, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.jsonl"
    bad = [b'{"text": "x"}', b"{", b"\xff", b'{"schema": "qawl-reading/99"}']
    mixed.write_bytes(b"\n".join(bad) + b"\n\n" + said.read_bytes())
    result = qawl("who", "--in", mixed)
    assert result.status == 1
    assert result.out == qawl("who", "--in", said).out
    for number in (1, 2, 3):
        assert f"mixed.jsonl:{number}: is no reading; read the articles first: qawl read" in result.err
    assert "mixed.jsonl:4: the schema is" in result.err


# -- decisions ----------------------------------------------------------------------------------------------------


def test_merge_split_and_undo(said: Path, qawl: Run, ids: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    apart = qawl("who", "--in", said).out
    a, b = ids["سالم الحداد"], ids["سليم الحداد"]
    more = ("--in", said, "--decisions", path)
    done = qawl("who", *more, "--merge", a, b, "--by", "سمير", "--note", "هو نفسه")
    assert done.status == 0
    assert "2 statements in 2 articles" in done.out
    assert "decision 1 (merge) was added" in done.err
    line = json.loads(path.read_text("utf-8"))
    assert (line["by"], line["do"], line["parties"], line["note"]) == ("سمير", "merge", [a, b], "هو نفسه")
    merged = qawl("who", *more)
    assert len(merged.out.splitlines()) == 2

    (p,) = json.loads(qawl("who", a, *more, "--format", "json").out)
    out = next(s for s in p["sources"] if s["name"] == "سليم الحداد")
    source = f"{out['sha256'][:12]}:{out['key']}"
    assert qawl("who", *more, "--split", a, "--source", source, "--by", "سمير").status == 0
    assert qawl("who", *more).out == apart
    assert qawl("who", "--decisions", path, "--undo", 2, "--by", "سمير").status == 0
    assert qawl("who", *more).out == merged.out
    assert len(path.read_text("utf-8").splitlines()) == 3
    # Without the file nothing was decided.
    assert qawl("who", "--in", said).out == apart


def test_lock(said: Path, qawl: Run, ids: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    more = ("--in", said, "--decisions", path)
    assert qawl("who", *more, "--lock", ids["سلمى الراوي"], "--by", "سمير").status == 0
    (p,) = json.loads(qawl("who", "سلمى الراوي", *more, "--format", "json").out)
    assert p["locked"] is True
    assert qawl("who", "سلمى الراوي", *more).out.splitlines()[0].endswith("| locked")


def test_a_line_is_added_after_one_without_its_end(said: Path, qawl: Run, ids: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    qawl("who", "--in", said, "--decisions", path, "--lock", ids["سلمى الراوي"], "--by", "سمير")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    result = qawl("who", "--decisions", path, "--undo", 1, "--by", "سمير")
    assert "decision 2 (undo) was added" in result.err
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_decision_on_what_is_gone_is_said(said: Path, qawl: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    gone = {"at": "2024-03-05T10:00:00Z", "by": "سمير", "do": "merge", "parties": ["p-1", "p-2"]}
    path.write_text(json.dumps(gone) + "\n", encoding="utf-8")
    result = qawl("who", "--in", said, "--decisions", path)
    assert result.status == 0
    assert result.out == qawl("who", "--in", said).out
    assert "d.jsonl:1: no party is called 'p-1' now" in result.err


def test_a_bad_line_of_decisions_is_named(said: Path, qawl: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('\n{"do": "merge"}\n', encoding="utf-8")
    result = qawl("who", "--in", said, "--decisions", path)
    assert (result.status, result.out) == (2, "")
    assert "d.jsonl: line 2: 'at' is not a string" in result.err


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        ((), "give --in FILE"),
        (("--in", "none.jsonl"), "none.jsonl: no such file"),
        (("--in", "SAID", "--decisions", "none.jsonl"), "none.jsonl: no such file"),
        (("--in", "SAID", "--merge", "a", "b", "--by", "x"), "give --decisions FILE"),
        (("--in", "SAID", "--decisions", "NEW", "--merge", "a", "b"), "give --by WHO"),
        (("--in", "SAID", "--decisions", "NEW.gz", "--lock", "a", "--by", "x"), "cannot be packed"),
        (("--in", "SAID", "--decisions", "NEW", "--lock", "a", "--undo", "1", "--by", "x"), "one at a time"),
        (("name", "--in", "SAID", "--decisions", "NEW", "--lock", "a", "--by", "x"), "leave NAME out"),
        (("--in", "SAID", "--decisions", "NEW", "--split", "a", "--by", "x"), "give --source SHA:KEY"),
        (("--in", "SAID", "--source", "abcdef:A"), "--source goes with --split"),
        (("--in", "SAID", "--decisions", "NEW", "--lock", "p-0", "--by", "x"), "no party has the id 'p-0'"),
        (("--in", "SAID", "--decisions", "NEW", "--merge", "ID", "ID", "--by", "x"), "are one already"),
        (("--in", "SAID", "--decisions", "NEW", "--split", "ID", "--source", "x", "--by", "x"), "is no source"),
        (
            ("--in", "SAID", "--decisions", "NEW", "--split", "ID", "--source", "000000:Z", "--by", "x"),
            "is no source of",
        ),
        (("--decisions", "NEW", "--undo", "1", "--by", "x"), "no decision on line 1"),
        (("--decisions", "NEW", "--undo", "0", "--by", "x"), "--undo"),
    ],
)
def test_what_is_not_understood_writes_nothing(
    said: Path, qawl: Run, ids: dict[str, str], tmp_path: Path, args: tuple[str, ...], hint: str
) -> None:
    new = tmp_path / "new.jsonl"
    named = {"SAID": str(said), "NEW": str(new), "NEW.gz": f"{new}.gz", "ID": ids["سلمى الراوي"]}
    result = qawl("who", *(named.get(a, a) for a in args))
    assert (result.status, result.out) == (2, "")
    assert hint in result.said[-1]
    assert not new.exists()


def test_an_article_that_nobody_read_is_no_reading(qawl: Run, article: Path) -> None:
    result = qawl("who", "--in", article)
    assert result.status == 2
    assert "there is no reading in" in result.said[-1]
    assert "qawl read FILE --format jsonl" in result.err
