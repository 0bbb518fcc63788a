"""``qawl export``: all that a record holds, out of it and in again."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qawl.model import RecordError
from qawl.record import Loaded, Record

Run = Callable[..., Any]

BRIDGE = "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح غدا. وقال سالم الحداد إن الرسوم مرتفعة."
ARTICLES = (
    ("n1", "بريد الواحة", "2031-03-02", BRIDGE),
    ("n2", "صوت أرجانة", "2031-03-09", "أكدت وزيرة النقل سلمى الراوي أن الجسر مفتوح."),
    ("n3", "بريد الواحة", "2032-01-11", "دعا رئيس بلدية الواحة هاني النعيمي إلى وقف إطلاق النار."),
)


@pytest.fixture
def db(tmp_path: Path, qawl: Run) -> Path:
    """A record of three invented articles, one statement of which was corrected."""
    news, path = tmp_path / "news.jsonl", tmp_path / "news.db"
    with news.open("w", encoding="utf-8") as file:
        for doc, outlet, day, text in ARTICLES:
            record = {"doc": doc, "outlet": outlet, "published": day, "url": f"https://a.example/{doc}"}
            file.write(json.dumps(record | {"text": f"خبر من اليوم\n{text}"}) + "\n")
    assert qawl("add", news, "--record", path).status == 0
    assert qawl("record", "correct", 1, 1, "act", "warn", "--by", "سمير", "--record", path).status == 0
    return path


def docs(result: Any) -> list[str]:
    assert result.status == 0
    return [json.loads(line)["doc"] for line in result.out.splitlines()]


def test_what_is_exported_and_added_gives_the_same_export(db: Path, tmp_path: Path, qawl: Run) -> None:
    out, again = tmp_path / "all.jsonl.xz", tmp_path / "again.db"
    first = qawl("export", "--record", db)
    assert first.status == 0
    assert docs(first) == ["n1", "n2", "n3"]
    assert qawl("export", "--record", db, "--out", out).status == 0
    assert qawl("add", out, "--record", again).status == 0
    assert qawl("export", "--record", again).out == first.out


def test_corrections_are_carried_out_unless_it_is_wanted_as_read(db: Path, qawl: Run) -> None:
    def acts(*args: str) -> list[str]:
        lines = qawl("export", "--record", db, *args).out.splitlines()
        return [s["act"] for line in lines for s in json.loads(line)["statements"]]

    assert acts()[0] == "warn"
    assert acts("--as-read")[0] != "warn"
    assert acts()[1:] == acts("--as-read")[1:]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--outlet", "بريد الواحة"), ["n1", "n3"]),
        (("--since", "2031-03-03"), ["n2", "n3"]),
        (("--since", "2031-03", "--until", "2031-03"), ["n1", "n2"]),
        (("--until", "2031"), ["n1", "n2"]),
        (("--since", "2032"), ["n3"]),
        (("--since", "2033"), []),
    ],
)
def test_filters(db: Path, qawl: Run, args: tuple[str, ...], expected: list[str]) -> None:
    assert docs(qawl("export", "--record", db, *args)) == expected


def test_csv_is_that_of_read(db: Path, tmp_path: Path, qawl: Run) -> None:
    result = qawl("export", "--record", db, "--format", "csv", "--as-read")
    read = qawl("read", tmp_path / "news.jsonl", "--format", "csv")
    assert result.out == read.out
    assert len(list(csv.DictReader(io.StringIO(result.out, newline="")))) == 4


@pytest.mark.parametrize("form", ["jsonl", "csv", "jsonld", "webannotation", "ninjs"])
def test_every_text_format_is_that_of_read(db: Path, tmp_path: Path, qawl: Run, form: str) -> None:
    result = qawl("export", "--record", db, "--format", form, "--as-read")
    assert (result.status, result.err) == (0, "")
    assert result.out
    assert result.out == qawl("read", tmp_path / "news.jsonl", "--format", form).out


@pytest.mark.parametrize("command", ["export", "read"])
def test_parquet_needs_a_file(db: Path, tmp_path: Path, qawl: Run, command: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    given = ("--record", db) if command == "export" else (tmp_path / "news.jsonl",)
    refused = qawl(command, *given, "--format", "parquet")
    assert (refused.status, refused.out) == (2, "")
    assert "give --out FILE" in refused.said[-1]
    out = tmp_path / "said.parquet"
    assert qawl(command, *given, "--out", out).status == 0
    assert sorted(set(parquet.read_table(out).column("doc").to_pylist())) == ["n1", "n2", "n3"]


@pytest.mark.parametrize("name", ["said.csv", "said.csv.gz", "said.jsonld", "said.jsonl", "said"])
def test_the_name_of_out_says_the_format(db: Path, tmp_path: Path, qawl: Run, name: str) -> None:
    out = tmp_path / name
    result = qawl("export", "--record", db, "--out", out)
    assert (result.status, result.out) == (0, "")
    assert f"3 articles of {db} written to {out}" in result.err
    data = gzip.decompress(out.read_bytes()) if name.endswith(".gz") else out.read_bytes()
    form = next((form for form in ("csv", "jsonld") if f".{form}" in name), "jsonl")
    assert data.decode("utf-8") == qawl("export", "--record", db, "--format", form).out


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (RecordError("is gone"), 1)])
def test_an_export_that_ends_early_leaves_the_file_as_it_was(
    db: Path, tmp_path: Path, qawl: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
) -> None:
    readings = Record.readings

    def some(self: Record, **given: Any) -> Iterator[Loaded]:
        yield next(readings(self, **given))
        raise error

    monkeypatch.setattr(Record, "readings", some)
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "all.jsonl"
    out.write_text("before", encoding="utf-8")
    assert qawl("export", "--record", db, "--out", out).status == status
    assert out.read_text("utf-8") == "before"
    assert list(folder.iterdir()) == [out]


def test_an_export_without_a_reader_ends_quietly(db: Path, qawl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from qawl.formats import JsonLinesWriter  # type: ignore[attr-defined]

    def write(self: Any, reading: Any) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(JsonLinesWriter, "write", write)
    monkeypatch.setattr("qawl.cli.output.Output.hush", lambda self: None)
    result = qawl("export", "--record", db)
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize(
    ("args", "status", "hint"),
    [
        (("--outlet", "بريد الواحه الجديدة"), 2, "the nearest: بريد الواحة"),
        (("--since", "2032", "--until", "2031"), 2, "exchange them"),
        (("--format", "jsonll"), 2, "did you mean 'jsonl'?"),
        (("--out", "no/such/folder/x"), 2, "give another place"),
        (("--record", "none.db"), 1, "there is no record at none.db"),
    ],
)
def test_what_is_not_understood_says_what_would_be(
    db: Path, qawl: Run, args: tuple[str, ...], status: int, hint: str
) -> None:
    result = qawl("export", "--record", db, *args)
    assert (result.status, result.out) == (status, "")
    assert hint in result.said[-1]
