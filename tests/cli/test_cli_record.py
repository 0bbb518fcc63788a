"""``qawl record``, and ``qawl who`` and ``qawl positions`` over a record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qawl.record import Record

Run = Callable[..., Any]

TEXTS = (
    "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح غدا. وقال سالم الحداد إن الرسوم مرتفعة.",
    "أكدت وزيرة النقل سلمى الراوي أن الجسر مفتوح. وقالت الراوي إن العبور مجاني.",
    "قال سليم الحداد إن الرسوم ستلغى. ودعا رئيس بلدية الواحة هاني النعيمي إلى وقف إطلاق النار.",
    "رفض رئيس بلدية الواحة هاني النعيمي وقف إطلاق النار.",
)


@pytest.fixture
def said(tmp_path: Path, qawl: Run) -> Path:
    """The readings of four invented articles."""
    news, path = tmp_path / "news.jsonl", tmp_path / "said.jsonl"
    lines = (
        json.dumps({"doc": f"n{n}", "published": f"2031-03-{6 * n:02}", "text": f"خبر من اليوم\n{text}"})
        for n, text in enumerate(TEXTS, 1)
    )
    news.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert qawl("read", news, "--format", "jsonl", "--out", path).status == 0
    return path


@pytest.fixture
def db(said: Path, tmp_path: Path, qawl: Run) -> Path:
    """A record of them."""
    path = tmp_path / "news.db"
    assert qawl("add", said, "--record", path).status == 0
    return path


@pytest.fixture
def record(db: Path, qawl: Run) -> Run:
    """``qawl record`` on it."""
    return lambda *args: qawl("record", *args, "--record", db)


# -- care ---------------------------------------------------------------------------------------------------------


def test_a_sound_record_has_no_problems(record: Run) -> None:
    result = record("check")
    assert (result.status, result.out) == (0, "")
    assert "0 problems in 4 readings" in result.err
    assert record("check", "--quiet").err == ""


def test_each_problem_is_a_line(db: Path, record: Run) -> None:
    with sqlite3.connect(db) as raw:
        raw.execute("UPDATE article SET text = replace(text, 'الجسر', 'السدر') WHERE id IN (1, 2)")
    result = record("check")
    assert result.status == 1
    assert len(result.out.splitlines()) >= 2
    assert "article 1" in result.out or "reading 1" in result.out
    assert "problems in 4 readings" in result.err


def test_sizes(record: Run) -> None:
    d = json.loads(record("sizes", "--format", "json").out)
    assert (d["rows"]["article"], d["rows"]["reading"]) == (4, 4)
    assert d["text_bytes"] == sum(len(f"خبر من اليوم\n{text}".encode()) for text in TEXTS)
    assert d["bytes"] > d["text_bytes"]
    assert set(d) == {"rows", "bytes", "text_bytes", "per_statement"}
    text = record("sizes")
    assert text.status == 0
    assert "            4  article\n" in text.out


def test_a_backup_is_the_same_record(db: Path, tmp_path: Path, record: Run, qawl: Run) -> None:
    copy = tmp_path / "copy.db"
    result = record("backup", copy)
    assert (result.status, result.out) == (0, "")
    assert qawl("export", "--record", copy).out == qawl("export", "--record", db).out
    again = record("backup", copy)
    assert again.status == 2
    assert again.said == [f"Error: {copy} is there already; give another name"]
    assert record("backup", tmp_path / "no" / "copy.db").status == 2


@pytest.mark.parametrize("command", ["vacuum", "reindex", "settle"])
def test_care_changes_nothing_that_is_found(db: Path, record: Run, qawl: Run, command: str) -> None:
    find = ("find", "--since", "2031", "--format", "json", "--record", db)
    before, parties = qawl(*find).out, qawl("who", "--record", db).out
    result = record(command)
    assert (result.status, result.out) == (0, "")
    assert qawl(*find).out == before
    assert qawl("who", "--record", db).out == parties
    assert record("check").status == 0


@pytest.mark.parametrize(
    "args",
    [
        ("check",), ("sizes",), ("backup", "x.db"), ("vacuum",), ("reindex",), ("settle",), ("corrections",),
        ("correct", "1", "1", "act", "deny", "--by", "x"), ("undo", "1", "--by", "x"),
    ],
)  # fmt: skip
def test_no_record_is_one_line_and_none_is_made(tmp_path: Path, qawl: Run, args: tuple[str, ...]) -> None:
    missing = tmp_path / "none.db"
    result = qawl("record", *args, "--record", missing)
    assert (result.status, result.out) == (1, "")
    assert result.said == [f"Error: there is no record at {missing}; 'qawl add' makes one"]
    assert not missing.exists()


def test_another_database_is_not_taken_for_a_record(tmp_path: Path, qawl: Run) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE article (title TEXT)")
    before = other.read_bytes()
    result = qawl("record", "check", "--record", other)
    assert result.status == 1
    assert "no record of Qawl" in result.said[-1]
    assert other.read_bytes() == before


def test_every_command_of_the_group_has_examples(qawl: Run) -> None:
    listed = [line.split()[0] for line in qawl("record", "--help").out.split("Commands:")[1].splitlines()[1:10]]
    for command in (name for name in listed if name.isalpha()):
        result = qawl("record", command, "--help")
        assert result.status == 0
        assert f"qawl record {command}" in result.out


# -- corrections --------------------------------------------------------------------------------------------------


def test_a_correction_is_kept_listed_found_and_taken_back(db: Path, record: Run, qawl: Run) -> None:
    result = record("correct", 1, 2, "act", "deny", "--by", "سمير", "--note", "نفي")
    assert result.status == 0
    made = json.loads(result.out)
    assert (made["article"], made["field"], made["value"], made["by"], made["note"]) == (
        1,
        "act",
        "deny",
        "سمير",
        "نفي",
    )
    text = f"خبر من اليوم\n{TEXTS[0]}"
    assert text[made["start"] : made["end"]] == "الرسوم مرتفعة"
    assert f"qawl record undo {made['id']}" in result.err
    assert [json.loads(x) for x in record("corrections").out.splitlines()] == [made]
    assert [json.loads(x) for x in record("corrections", "--article", 1).out.splitlines()] == [made]
    assert record("corrections", "--article", 2).out == ""
    found = ("find", "--act", "deny", "--format", "json", "--record", db)
    (hit,) = json.loads(qawl(*found).out)["hits"]
    assert (hit["content"], hit["act"]) == ("الرسوم مرتفعة", "deny")

    assert record("undo", made["id"], "--by", "سلمى").status == 0
    assert record("corrections").out == ""
    assert json.loads(qawl(*found).out)["hits"] == []
    again = record("undo", made["id"], "--by", "سلمى")
    assert again.status == 2
    assert "could be taken back" in again.said[-1]


def test_values_are_words_or_json(db: Path, record: Run) -> None:
    start = f"خبر من اليوم\n{TEXTS[0]}".index("الجسر")
    for field, value in (
        ("mode", "direct"),
        ("source", '{"name": "هاني الصواري", "kind": "person"}'),
        ("stances", f'[[{start}, {start + 5}, "+"]]'),
        ("content", f"[[{start}, {start + 9}]]"),
    ):
        assert record("correct", 1, 1, field, value, "--by", "سمير").status == 0
    assert record("correct", 1, 2, "statement", "false", "--by", "سمير").status == 0
    with Record(str(db)) as its:
        reading = its.article(1).corrected()
    (s,) = reading.statements
    assert (s.mode, reading.content_of(s), [x.sign for x in s.stances]) == ("direct", "الجسر سيف", ["+"])
    assert reading.source_of(s).name == "هاني الصواري"


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("99", "1", "act", "deny", "--by", "x"), "the record has no article 99"),
        (("1", "99", "act", "deny", "--by", "x"), "no statement 99"),
        (("1", "1", "act", "denied", "--by", "x"), "act is one of"),
        (("1", "1", "acts", "deny", "--by", "x"), "did you mean 'act'?"),
        (("1", "1", "statement", "true", "--by", "x"), "only be corrected to false"),
        (("1", "1", "content", "[[0, 9999]]", "--by", "x"), "offsets in code points"),
        (("1", "1", "source", "سلمى", "--by", "x"), "a source has a name"),
        (("1", "1", "act", "deny"), "--by"),
        (("0", "1", "act", "deny", "--by", "x"), "ARTICLE"),
    ],
)
def test_what_is_no_correction_says_what_would_be(record: Run, args: tuple[str, ...], hint: str) -> None:
    result = record("correct", *args)
    assert (result.status, result.out) == (2, "")
    assert hint in result.said[-1]
    assert record("corrections").out == ""


# -- who is who ---------------------------------------------------------------------------------------------------


def test_who_over_a_record_is_who_over_its_readings(db: Path, said: Path, qawl: Run) -> None:
    for args in ((), ("--all",), ("--format", "json"), ("سلمى", "الراوي"), ("سلمى الراوي", "--format", "json")):
        result = qawl("who", *args, "--record", db)
        assert result.status == 0
        assert result.out == qawl("who", *args, "--in", said).out
    partial = qawl("who", "الحداد", "--record", db)
    assert len(partial.out.splitlines()) == 2
    assert "2 may be meant" in partial.err


def test_nobody_in_the_record_is_called_so(db: Path, qawl: Run) -> None:
    result = qawl("who", "سلمى الراو", "--record", db)
    assert (result.status, result.out) == (1, "")
    (line,) = result.said
    assert line.startswith("سلمى الراو: nobody is called so; the nearest: ")
    assert "سلمى الراوي" in line


def test_decisions_are_kept_in_the_record(db: Path, qawl: Run) -> None:
    ids = {p["name"]: p["id"] for p in json.loads(qawl("who", "--record", db, "--format", "json").out)}
    a, b = ids["سالم الحداد"], ids["سليم الحداد"]
    apart = qawl("who", "--record", db).out
    done = qawl("who", "--merge", a, b, "--by", "سمير", "--note", "هو نفسه", "--record", db)
    assert done.status == 0
    assert "2 statements in 2 articles" in done.out
    assert "decision 1 (merge) was added; --undo 1 takes it back" in done.err
    assert len(qawl("who", "--record", db).out.splitlines()) == len(apart.splitlines()) - 1
    found = ("find", "--by", "سالم الحداد", "--format", "jsonl", "--record", db)
    assert len(qawl(*found).out.splitlines()) == 2
    (p,) = json.loads(qawl("who", a, "--record", db, "--format", "json").out)

    source = next(s for s in p["sources"] if s["doc"] == "n3")
    split = ("--split", p["id"], "--source", f"{source['sha256'][:12]}:{source['key']}", "--by", "سمير")
    assert qawl("who", *split, "--record", db).status == 0
    assert qawl("who", "--undo", 2, "--by", "سمير", "--record", db).status == 0
    assert qawl("who", "--undo", 1, "--by", "سمير", "--record", db).status == 0
    assert qawl("who", "--record", db).out == apart
    assert len(qawl(*found).out.splitlines()) == 1
    with Record(str(db)) as its:
        assert [d.do for d in its.decisions().all] == ["merge", "split", "undo", "undo"]


def test_a_lock_shows(db: Path, qawl: Run) -> None:
    (p,) = json.loads(qawl("who", "سلمى الراوي", "--record", db, "--format", "json").out)
    result = qawl("who", "--lock", p["id"], "--by", "سمير", "--record", db)
    assert result.status == 0
    assert result.out.rstrip().endswith("locked")


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("--merge", "a", "b"), "give --by WHO"),
        (("--merge", "p-0", "p-1", "--by", "x"), "no party has the id 'p-0'"),
        (("--undo", "1", "--by", "x"), "no decision on line 1"),
        (("name", "--lock", "a", "--by", "x"), "leave NAME out"),
        (("--in", "said.jsonl"), "leave --in and --decisions out"),
        (("--decisions", "d.jsonl"), "leave --in and --decisions out"),
    ],
)
def test_what_who_does_not_understand_is_not_kept(db: Path, qawl: Run, args: tuple[str, ...], hint: str) -> None:
    result = qawl("who", *args, "--record", db)
    assert (result.status, result.out) == (2, "")
    assert hint in result.said[-1]
    with Record(str(db)) as its:
        assert its.decisions().all == ()


# -- positions ----------------------------------------------------------------------------------------------------


def test_positions_over_a_record_are_those_over_its_readings(db: Path, said: Path, qawl: Run) -> None:
    for args in ((), ("--on", "ceasefire"), ("--all",), ("--roll-up",), ("--since", "2031-03-20", "--all")):
        result = qawl("positions", *args, "--format", "csv", "--record", db)
        assert result.status == 0
        assert result.out == qawl("positions", said, *args, "--format", "csv").out
    named = qawl("positions", "--by", "هاني النعيمي", "--format", "csv", "--record", db)
    assert named.out == qawl("positions", said, "--by", "هاني النعيمي", "--format", "csv").out
    assert len(named.out.splitlines()) == 3


def test_positions_heed_corrections(db: Path, record: Run, qawl: Run) -> None:
    rejected = qawl("find", "--on", "ceasefire", "--sign", "-", "--format", "json", "--record", db)
    (hit,) = json.loads(rejected.out)["hits"]
    assert record("correct", hit["article"]["id"], hit["number"], "statement", "false", "--by", "سمير").status == 0
    for args in (("--on", "ceasefire"), ("--by", "هاني النعيمي"), ()):
        rows = qawl("positions", *args, "--format", "csv", "--record", db).out.splitlines()
        (row,) = (x for x in rows if ",ceasefire," in x)
        assert ",for," in row


def test_positions_of_too_many_articles_are_refused(db: Path, qawl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qawl.cli.positions._MOST", 3)
    result = qawl("positions", "--record", db)
    assert (result.status, result.out) == (2, "")
    assert "4 articles are more than the 3" in result.said[-1]
    assert qawl("positions", "--on", "ceasefire", "--record", db).status == 0


@pytest.mark.parametrize(
    ("args", "status", "hint"),
    [
        (("--by", "نزار"), 2, "nobody in the record is called"),
        (("x.jsonl",), 2, "leave INPUT and --decisions out"),
        (("--decisions", "d.jsonl"), 2, "leave INPUT and --decisions out"),
        (("--record", "none.db"), 1, "there is no record at none.db"),
    ],
)
def test_what_positions_does_not_understand(db: Path, qawl: Run, args: tuple[str, ...], status: int, hint: str) -> None:
    result = qawl("positions", "--record", db, *args)
    assert (result.status, result.out) == (status, "")
    assert hint in result.said[-1]
