"""``qawl read``: output, messages and exit status, in this process."""

import csv
import gzip
import io
import json
import lzma
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qawl.formats import FORMATS
from qawl.model import DataError
from qawl.reader import Reader

Run = Callable[..., Any]


def records(path: Path, article: Path, count: int) -> Path:
    """`count` articles as JSON Lines."""
    text = article.read_text(encoding="utf-8")
    lines = (json.dumps({"doc": f"d{n}", "text": text}, ensure_ascii=False) for n in range(count))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_written_in_utf_8_whatever_the_locale(qawl: Run, article: Path, format_: str) -> None:
    result = qawl("read", article, "--format", format_)
    assert result.status == 0
    assert ("الصالحي" if format_ == "standoff" else "أعمال البناء انتهت") in result.out
    assert result.err == ""


def test_the_default_is_the_table(qawl: Run, article: Path) -> None:
    assert qawl("read", article).out == qawl("read", article, "--format", "table").out


def test_the_spans_of_standoff_are_those_of_the_text(qawl: Run, article: Path) -> None:
    shown = json.loads(qawl("read", article, "--format", "standoff").out)
    assert shown["doc"] == "bridge"
    assert len(shown["statements"]) == 3
    text = shown.get("text") or article.read_text(encoding="utf-8")
    assert [text[slice(*s["cue"])] for s in shown["statements"]] == ["قال", "وأضاف", "ودعت"]


def test_standoff_can_be_read_again(qawl: Run, article: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    first = qawl("read", article, "--format", "jsonl").out
    again.write_text(first, encoding="utf-8")
    second = qawl("read", again, "--format", "jsonl")
    assert second.status == 0
    assert json.loads(second.out)["statements"] == json.loads(first)["statements"]


def test_the_same_input_gives_the_same_output(qawl: Run, article: Path) -> None:
    for format_ in FORMATS:
        once, twice = (qawl("read", article, article, "--format", format_).out for _ in range(2))
        assert once == twice


def test_one_article_alone_needs_no_summary(qawl: Run, article: Path) -> None:
    assert qawl("read", article).err == ""
    assert qawl("read", article, article).said == ["read 2 articles, 6 statements"]


def test_bad_inputs_are_named_and_counted_and_the_others_read(qawl: Run, article: Path, tmp_path: Path) -> None:
    empty, english, none = tmp_path / "empty.txt", tmp_path / "english.txt", tmp_path / "none.txt"
    empty.touch()
    english.write_text("The minister said that the bridge would open.", encoding="ascii")
    result = qawl("read", empty, article, english, tmp_path, none, empty, "--format", "jsonl")
    assert result.status == 1
    assert len(result.out.splitlines()) == 1
    *lines, summary = result.said
    assert [line.split(": ")[0] for line in lines] == [str(p) for p in (empty, english, tmp_path, none, empty)]
    assert summary == (
        "read 1 article, 3 statements, skipped 5 (2 is empty, 1 is a directory, 1 no such file, 1 not Arabic)"
    )


def test_broken_lines_are_counted_together(qawl: Run, article: Path, tmp_path: Path) -> None:
    path = records(tmp_path / "news.jsonl", article, 2)
    with path.open("a", encoding="utf-8") as f:
        f.write('{"text": \n{"text": "قال" oops}\n')
    result = qawl("read", path, "--format", "jsonl")
    assert result.status == 1
    assert [line.split(": ")[0] for line in result.said[:2]] == [f"{path}:3", f"{path}:4"]
    assert result.said[2] == "read 2 articles, 6 statements, skipped 2 (2 the line is broken JSON)"


def test_quiet_still_names_bad_inputs(qawl: Run, article: Path, tmp_path: Path) -> None:
    result = qawl("read", article, tmp_path / "none.txt", "--quiet")
    assert len(result.said) == 1


def test_fail_fast_stops_at_the_first(qawl: Run, article: Path, tmp_path: Path) -> None:
    result = qawl("read", tmp_path / "none.txt", article, "--fail-fast", "--format", "jsonl")
    assert (result.status, result.out) == (1, "")
    assert "read 0 articles" in result.said[-1]


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_to_read_still_gives_a_whole_document(qawl: Run, tmp_path: Path, format_: str) -> None:
    result = qawl("read", tmp_path / "none.txt", "--format", format_)
    assert result.status == 1
    if format_ == "json":
        assert json.loads(result.out) == []


def test_standard_input(qawl: Run, article: Path) -> None:
    result = qawl("read", "-", "--format", "jsonl", stdin=article.read_bytes())
    assert result.status == 0
    assert json.loads(result.out)["doc"] == "stdin"


def test_wrong_types_in_standoff_are_one_line(qawl: Run, tmp_path: Path) -> None:
    for n, record in enumerate(({"text": 5}, {"text": None}, {"doc": "x"}, {"text": ["قال"]}, [1], "قال")):
        path = tmp_path / f"{n}.jsonl"
        path.write_text(json.dumps(record), encoding="utf-8")
        result = qawl("read", path)
        assert result.status == 1
        assert len(result.said) == 2, result.err
        assert result.said[0].startswith(f"{path}:1: ")


def test_out_takes_its_format_from_its_name(qawl: Run, article: Path, tmp_path: Path) -> None:
    for name, check in (
        ("a.json", json.loads),
        ("a.jsonl", json.loads),
        ("a.csv", lambda text: next(csv.DictReader(io.StringIO(text)))["source"]),
        ("a.html", lambda text: text.index("<html")),
        ("a.txt", str),
    ):
        result = qawl("read", article, "--out", tmp_path / name)
        assert (result.status, result.out, result.err) == (0, "", "")
        assert check((tmp_path / name).read_text(encoding="utf-8")) is not None
    assert qawl("read", article, "--out", tmp_path / "a.json", "--format", "csv").status == 0
    assert (tmp_path / "a.json").read_bytes().count(b"\r\n") >= 4


def test_a_dash_is_standard_output(qawl: Run, article: Path) -> None:
    assert qawl("read", article, "--out", "-").out == qawl("read", article).out


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_replaced_only_by_a_whole_one(
    qawl: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("what was there", encoding="utf-8")
    before = files(tmp_path)
    result = qawl("read", tmp_path / "none.txt", "--out", out)
    assert result.status == 1
    assert f"{out} was not written" in result.err

    def interrupt(self: Reader, _: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Reader, "read", interrupt)
    assert qawl("read", article, "--out", out).status == 130
    assert out.read_text(encoding="utf-8") == "what was there"
    assert files(tmp_path) == before


def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(qawl: Run, article: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.touch()
    real.chmod(0o640)
    link.symlink_to(real)
    assert qawl("read", article, "--out", link).status == 0
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.stat().st_size > 0


@pytest.mark.parametrize("link", ["itself", "symbolic", "hard"])
def test_an_output_that_is_an_input_is_refused_in_one_line(qawl: Run, article: Path, tmp_path: Path, link: str) -> None:
    """It was replaced, and the article was lost."""
    before = article.read_bytes()
    out = article if link == "itself" else tmp_path / "link.txt"
    if link == "symbolic":
        out.symlink_to(article)
    elif link == "hard":
        out.hardlink_to(article)
    result = qawl("read", article, "--out", out)
    assert (result.status, result.out) == (2, "")
    assert result.said == [f"Error: --out {out}: is one of the inputs and would replace it; give another name"]
    assert article.read_bytes() == before


def test_an_output_that_is_standard_input_is_refused(article: Path) -> None:
    before = article.read_bytes()
    with article.open("rb") as stdin:
        done = subprocess.run(
            [sys.executable, "-m", "qawl", "read", "-", "--out", str(article)],
            stdin=stdin, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"is one of the inputs" in done.stderr
    assert article.read_bytes() == before


UNPACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".XZ": lzma.decompress}


@pytest.mark.parametrize("packed", UNPACK)
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".html", ".txt", ""])
def test_out_named_as_packed_is_packed_in_the_format_of_its_name(
    qawl: Run, article: Path, tmp_path: Path, suffix: str, packed: str
) -> None:
    """«x.json.gz» held a bare table."""
    plain, out = tmp_path / f"out{suffix}", tmp_path / f"out{suffix}{packed}"
    for path in (plain, out):
        assert qawl("read", article, "--out", path).status == 0
    assert UNPACK[packed](out.read_bytes()) == plain.read_bytes()
    once = out.read_bytes()
    assert qawl("read", article, "--out", out, "--format", "jsonl").status == 0
    assert json.loads(UNPACK[packed](out.read_bytes()))["doc"] == "bridge"
    assert qawl("read", article, "--out", out).status == 0
    assert out.read_bytes() == once


def test_a_packed_output_can_be_read_again_and_is_not_left_half_written(
    qawl: Run, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl.gz"
    assert qawl("read", article, "--out", out).status == 0
    assert qawl("read", out, "--format", "jsonl").status == 0
    before, names = out.read_bytes(), files(tmp_path)
    assert qawl("read", tmp_path / "none.txt", "--out", out).status == 1
    assert (out.read_bytes(), files(tmp_path)) == (before, names)


def test_a_packed_name_that_qawl_does_not_write_is_refused(qawl: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json.bz2"
    for more in ((), ("--format", "json")):
        result = qawl("read", article, "--out", out, *more)
        assert (result.status, len(result.said)) == (2, 1)
        assert not out.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (json.dumps({"text": "قال", "url": ["x"]}).encode(), '1 "url" must be a string'),
        (json.dumps({"text": "قال", "published": "4 soon: (or not); x"}).encode(), '1 "published" is not a time'),
        (json.dumps({"title": "x"}).encode(), '1 the object has no "text"'),
        ('{"text": "قال"}\n'.encode("utf-16"), "1 is in UTF-16"),
    ],
)  # fmt: skip
def test_the_reasons_of_the_summary_keep_their_subject(qawl: Run, data: bytes, reason: str) -> None:
    """They read «1 is in UTF-», «1 must be a string», «1 is not a time»."""
    assert qawl("read", "-", stdin=data).said[-1] == f"read 0 articles, 0 statements, skipped 1 ({reason})"


def test_a_device_is_written_to_directly(qawl: Run, article: Path) -> None:
    assert qawl("read", article, "--out", "/dev/null").status == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(qawl: Run, article: Path) -> None:
    result = qawl("read", article, "--out", "/dev/full", "--format", "jsonl")
    assert result.status == 2
    assert "/dev/full cannot be written" in result.said[-1]


def test_ctrl_c_ends_the_document_and_says_how_far_it_came(
    qawl: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = records(tmp_path / "news.jsonl", article, 5)
    original = Reader.read
    turns: Iterator[int] = iter(range(10))

    def read(self: Reader, *args: Any) -> Any:
        if next(turns) == 2:
            raise KeyboardInterrupt
        return original(self, *args)

    monkeypatch.setattr(Reader, "read", read)
    result = qawl("read", path, "--format", "json")
    assert result.status == 130
    assert len(json.loads(result.out)) == 2
    assert result.said == ["interrupted: read 2 articles, 6 statements"]


def test_a_fault_in_one_article_does_not_end_the_run(
    qawl: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = records(tmp_path / "news.jsonl", article, 3)
    original = Reader.read

    def read(self: Reader, a: Any) -> Any:
        if a.doc == "d1":
            raise IndexError("list index out of range")
        return original(self, a)

    monkeypatch.setattr(Reader, "read", read)
    result = qawl("read", path, "--format", "jsonl")
    assert result.status == 1
    assert len(result.out.splitlines()) == 2
    assert result.said[0].startswith(f"{path}:2: a fault in Qawl (IndexError: list index out of range); please report")


def test_progress_when_asked_for(qawl: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qawl.cli.console._FIRST_AFTER", 0.0)
    monkeypatch.setattr("qawl.cli.console._EVERY_LOGGED", 0.0)
    result = qawl("read", article, article, "--progress")
    assert result.said[0].startswith("1 article, ")
    assert "50%" in result.said[0]


def test_a_lone_surrogate_is_no_trouble(qawl: Run, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = article.read_text(encoding="utf-8").replace("الجديد", "الجديد \ud800")
    path.write_text(json.dumps({"text": text}), encoding="utf-8")
    for format_ in FORMATS:
        result = qawl("read", path, "--format", format_)
        assert result.status in (0, 1)


def test_labels_in_arabic(qawl: Run, article: Path) -> None:
    assert qawl("read", article, "--lang", "ar").out != qawl("read", article, "--lang", "en").out
    assert qawl("read", article, "--lang", "AR").status == 0


def test_a_fault_in_one_page_does_not_end_the_run(qawl: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    with monkeypatch.context() as m:
        m.setattr("qawl.pages.from_record", fail)
        m.setattr("qawl.pages.from_html", fail)
        for data in (b'{"text": "x"}\n{"text": "y"}', b"<html><p>x</p></html>"):
            result = qawl("read", "-", article, "--format", "jsonl", stdin=data)
            assert result.status == 1
            assert "a fault in Qawl (RecursionError" in result.said[0]
            assert len(result.out.splitlines()) == 1


def test_a_broken_installation_is_said_once(qawl: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing data file is no fault of any article: the run ends."""

    def fail(*args: object) -> None:
        raise DataError("names.tsv: the data file is missing: reinstall qawl")

    monkeypatch.setattr(Reader, "read", fail)
    result = qawl("read", article, article, "--format", "jsonl")
    assert result.status == 2
    assert result.said == ["Error: names.tsv: the data file is missing: reinstall qawl"]
