"""``qawl add`` and ``qawl reread``: articles into a record, once each."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qawl.cli.console import Console
from qawl.cli.keeping import Imported, Keeper, Known, unread
from qawl.model import Article, InputError
from qawl.pages import from_text
from qawl.reader import Reader
from qawl.record import Record, model_version

Run = Callable[..., Any]

TEXTS = (
    "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح غدا. وقال سالم الحداد إن الرسوم مرتفعة.",
    "أكدت وزيرة النقل سلمى الراوي أن الجسر مفتوح. وقالت الراوي إن العبور مجاني.",
    "قال سليم الحداد إن الرسوم ستلغى. وقال مصدر أمني إن الطريق مغلق.",
)
LONG = (
    "قال رئيس بلدية أرجانة هاني الصواري إن ترميم السوق القديم بدأ صباح اليوم بعد انتظار دام سبع سنوات. "
    "وأضاف الصواري أن ثلاثين حرفيا من أهل المدينة يعملون في رفع الأقواس الحجرية وتنظيف الأروقة. "
    "وأوضح أن الدكاكين ستعود إلى أصحابها قبل موسم التمور في مطلع الخريف المقبل. "
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three invented articles."""
    path = tmp_path / "news.jsonl"
    lines = (
        json.dumps({"doc": f"n{n}", "url": f"https://waha.example/{n}", "outlet": "بريد الواحة",
                    "published": f"2031-03-0{n}", "text": f"خبر\n{text}"})
        for n, text in enumerate(TEXTS, 1)
    )  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where a record may be made."""
    return tmp_path / "news.db"


def lines(result: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.out.splitlines()]


def outcomes(result: Any) -> list[str]:
    return [line["outcome"] for line in lines(result)]


def kept(db: Path) -> list[str]:
    """The documents of a record."""
    with Record(str(db)) as record:
        return [x.reading.article.doc for x in record.readings()]


def test_articles_are_kept_and_known_when_they_come_again(news: Path, db: Path, qawl: Run) -> None:
    first = qawl("add", news, "--record", db, "--format", "jsonl")
    assert first.status == 0
    assert [(x["outcome"], x["article"], x["doc"], x["url"]) for x in lines(first)] == [
        ("new", n, f"n{n}", f"https://waha.example/{n}") for n in (1, 2, 3)
    ]
    assert [x["statements"] for x in lines(first)] == [2, 2, 2]
    assert "3 new, 0 updated, 0 reread, 0 known, 0 refused, 0 copies of stories; 6 statements added" in first.err
    again = qawl("add", news, "--record", db, "--format", "jsonl")
    assert again.status == 0
    assert [(x["outcome"], x["article"], x["statements"]) for x in lines(again)] == [
        ("known", n, None) for n in (1, 2, 3)
    ]
    assert "0 new, 0 updated, 0 reread, 3 known" in again.err


def test_nothing_is_on_standard_output_unless_asked_for(news: Path, db: Path, qawl: Run) -> None:
    result = qawl("add", news, "--record", db)
    assert (result.status, result.out) == (0, "")
    assert qawl("add", news, "--record", db, "--quiet").err == ""


def test_what_is_known_is_not_read_again(news: Path, db: Path, qawl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qawl("add", news, "--record", db).status == 0
    with news.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"doc": "n4", "text": "خبر\nقال نزار الوادعاني إن السد آمن."}) + "\n")
    seen = []
    read = Reader.read
    monkeypatch.setattr(Reader, "read", lambda self, article: seen.append(article.doc) or read(self, article))
    result = qawl("add", news, "--record", db, "--format", "jsonl")
    assert outcomes(result) == ["known", "known", "known", "new"]
    assert seen == ["n4"]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_outcomes_are_those_of_one_process(news: Path, db: Path, qawl: Run, workers: int) -> None:
    assert qawl("add", news, "--record", db, "--workers", workers, "-f", "jsonl").out == (
        qawl("add", news, "--record", db.with_name("other.db"), "-f", "jsonl").out
    )


def test_readings_are_taken_as_they_are(news: Path, db: Path, tmp_path: Path, qawl: Run) -> None:
    said = tmp_path / "said.jsonl"
    assert qawl("read", news, "--extractor", "grammar", "--format", "jsonl", "--out", said).status == 0
    assert outcomes(qawl("add", said, "--record", db, "-f", "jsonl")) == ["new"] * 3
    with Record(str(db)) as record:
        found = list(record.readings())
    assert {x.reading.extractor for x in found} == {Reader(extractor="grammar").name}
    assert {x.row["model"] for x in found} == {""}
    # The other extractor reads them otherwise; the first finds them read.
    assert outcomes(qawl("add", news, "--record", db, "-f", "jsonl", "--extractor", "grammar")) == ["known"] * 3
    assert outcomes(qawl("add", news, "--record", db, "-f", "jsonl")) == ["reread"] * 3


def test_readings_and_articles_may_be_mixed(news: Path, db: Path, tmp_path: Path, qawl: Run) -> None:
    said = tmp_path / "said.jsonl"
    assert qawl("read", news, "--format", "jsonl", "--out", said).status == 0
    mixed = tmp_path / "mixed.jsonl"
    one, two, three = said.read_text("utf-8").splitlines()
    other = json.dumps({"doc": "x", "text": "خبر\nقال نزار الوادعاني إن السد آمن."})
    mixed.write_text("\n".join([one, other, two, three]) + "\n", encoding="utf-8")
    result = qawl("add", mixed, "--record", db, "-f", "jsonl")
    assert [x["doc"] for x in lines(result)] == ["n1", "x", "n2", "n3"]
    with Record(str(db)) as record:
        models = {x.reading.article.doc: x.row["model"] for x in record.readings()}
    assert models == {"n1": "", "n2": "", "n3": "", "x": model_version()}


def test_another_text_at_a_known_url_is_an_update(news: Path, db: Path, qawl: Run) -> None:
    assert qawl("add", news, "--record", db).status == 0
    changed = {"doc": "n1", "url": "https://waha.example/1#top", "text": f"خبر\n{TEXTS[0]} وقال هاني إن الموعد تأجل."}
    result = qawl("add", "-", "--record", db, "-f", "jsonl", stdin=json.dumps(changed).encode())
    assert outcomes(result) == ["updated"]


def test_wire_copies_are_counted(db: Path, qawl: Run) -> None:
    copies = [
        {"doc": f"c{n}", "outlet": outlet, "text": f"{title}\n{LONG}"}
        for n, (outlet, title) in enumerate([("الأفق", "ترميم السوق"), ("الواحة", "السوق القديم يعود")])
    ]
    stdin = "\n".join(map(json.dumps, copies)).encode()
    result = qawl("add", "-", "--record", db, "-f", "jsonl", stdin=stdin)
    first, second = lines(result)
    assert "copy_of" not in first
    assert second["copy_of"] == first["article"]
    assert "1 copy of stories" in result.err


def test_what_the_user_says_of_articles_is_kept(article: Path, db: Path, qawl: Run) -> None:
    said = ("--outlet", "المدينة", "--published", "2031-05-06")
    assert qawl("add", article, "--record", db, *said).status == 0
    with Record(str(db)) as record:
        (x,) = record.readings()
    assert (x.reading.article.outlet, x.reading.article.published.iso) == ("المدينة", "2031-05-06")


def test_the_record_of_the_environment_and_of_the_user(
    article: Path, tmp_path: Path, qawl: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qawl("add", article).status == 0
    assert (tmp_path / "data" / "qawl" / "record.db").exists()
    monkeypatch.setenv("QAWL_RECORD", str(tmp_path / "env.db"))
    assert qawl("add", article).status == 0
    assert kept(tmp_path / "env.db") == ["bridge"]


# -- what goes wrong ----------------------------------------------------------------------------------------------


def test_an_input_that_cannot_be_read_is_named_and_the_others_are_kept(
    news: Path, db: Path, tmp_path: Path, qawl: Run
) -> None:
    result = qawl("add", tmp_path / "none.txt", news, "--record", db, "-f", "jsonl")
    assert result.status == 1
    assert outcomes(result) == ["new"] * 3
    assert "none.txt:" in result.err
    assert "skipped 1" in result.err
    other = db.with_name("other.db")
    assert qawl("add", tmp_path / "none.txt", news, "--record", other, "--fail-fast").status == 1
    assert kept(other) == []


def test_what_cannot_be_stored_is_refused_with_the_reason(news: Path, db: Path, qawl: Run) -> None:
    bad = '{"doc": "bad\\u0000", "text": "خبر\\nقال نزار الوادعاني إن السد آمن."}\n'
    result = qawl("add", "-", news, "--record", db, "-f", "jsonl", stdin=bad.encode())
    assert result.status == 1
    assert outcomes(result) == ["refused", "new", "new", "new"]
    refused = lines(result)[0]
    assert refused["article"] is None
    assert refused["reason"] in result.err
    assert "1 refused" in result.err


def test_a_record_that_cannot_be_used_costs_one_line(article: Path, tmp_path: Path, qawl: Run) -> None:
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to be looked at as one", encoding="utf-8")
    for address, told in (
        (text, "is no SQLite file"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "such.db", "does not exist"),
        ("mysql://host/db", "SQLite or PostgreSQL"),
        ("sqlite://", "would be lost"),
    ):
        result = qawl("add", article, "--record", address)
        assert (result.status, result.out) == (1, "")
        (line,) = result.said
        assert line.startswith("Error: ")
        assert told in line
    assert text.read_text("utf-8").startswith("no database")


@pytest.mark.parametrize(
    ("args", "hint"),
    [((), "INPUT"), (("x.txt", "--format", "csv"), "none of jsonl"), (("x.txt", "--workers", "0"), "--workers")],
)
def test_what_is_not_understood_makes_no_record(db: Path, qawl: Run, args: tuple[str, ...], hint: str) -> None:
    result = qawl("add", *args, "--record", db)
    assert (result.status, result.out) == (2, "")
    assert hint in result.said[-1]
    assert not db.exists()


# -- interruptions ------------------------------------------------------------------------------------------------


def articles(count: int) -> list[Article]:
    return [from_text(f"خبر\nقال نزار الوادعاني إن السد رقم {n} آمن.", doc=f"d{n}") for n in range(count)]


def test_after_ctrl_c_what_was_read_is_kept_and_the_next_run_goes_on(db: Path) -> None:
    reader, model = Reader(extractor="grammar"), "m"
    reads: list[str] = []

    def read(items: Any, most: int) -> Iterator[tuple[str, Any]]:
        for where, held in items:
            if isinstance(held, Article):
                if len(reads) == most:
                    raise KeyboardInterrupt
                reads.append(held.doc)
                held = reader.read(held)
            yield where, held

    def run(most: int) -> Keeper:
        with Record(str(db), create=True) as record:
            keeper = Keeper(record, model, Console(stream=io.StringIO()))
            items = [(a.doc, a) for a in articles(10)]
            keeper.keep(read(unread(items, record, reader.name, model), most))
        return keeper

    first = run(6)
    assert (first.status, first.outcomes["new"]) == (130, 6)
    assert kept(db) == reads
    second = run(10)
    assert (second.status, second.outcomes) == (0, {"known": 6, "new": 4})
    assert reads == [a.doc for a in articles(10)]


def test_items_keep_their_order_whatever_is_known(db: Path) -> None:
    reader = Reader(extractor="grammar")
    every = articles(300)
    with Record(str(db), create=True) as record:
        some = [a for n, a in enumerate(every) if n % 7 or n > 100]
        list(record.add(map(reader.read, some), model="m"))
        items: list[tuple[str, Any]] = [(a.doc, a) for a in every]
        items[5:5] = [("bad", InputError("x")), ("old", reader.read(every[0]))]
        found = list(unread(items, record, reader.name, "m"))
        others = list(unread(items[:3], record, reader.name, "m2"))
    assert [where for where, _ in found] == [where for where, _ in items]
    known = {where for where, x in found if isinstance(x, Known)}
    assert known == {a.doc for a in some}
    assert [type(x) for where, x in found if where in ("bad", "old")] == [InputError, Imported]
    assert not any(isinstance(x, Known) for _, x in others)


def test_a_process_that_is_interrupted_says_so_and_loses_nothing_it_told(db: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    text = " ".join(f"قال نزار الوادعاني إن السد رقم {n} آمن." for n in range(40))
    many.write_text(
        "".join(json.dumps({"doc": f"d{n}", "text": f"خبر {n}\n{text}"}) + "\n" for n in range(2000)), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "qawl",
        "add",
        str(many),
        "--record",
        str(db),
        "-f",
        "jsonl",
        "--extractor=grammar",
    ]
    out = tmp_path / "out.jsonl"
    with out.open("wb") as to:
        running = subprocess.Popen(command, stdout=to, stderr=subprocess.PIPE, env=dict(os.environ))
        until = time.monotonic() + 60
        while not out.stat().st_size and running.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"interrupted: " in err
    assert b"Traceback" not in err
    told = [json.loads(line)["doc"] for line in out.read_text("utf-8").splitlines()]
    assert 0 < len(told) < 2000
    assert told == kept(db)


# -- reading again ------------------------------------------------------------------------------------------------


def test_reread_brings_old_readings_up_to_date_and_keeps_corrections(news: Path, db: Path, qawl: Run) -> None:
    assert qawl("add", news, "--record", db, "--extractor", "grammar").status == 0
    assert qawl("record", "correct", 1, 1, "act", "warn", "--by", "سمير", "--record", db).status == 0
    result = qawl("reread", "--record", db)
    assert result.status == 0
    assert "read again 3 articles" in result.err
    with Record(str(db)) as record:
        found = list(record.readings())
        assert {x.reading.extractor for x in found} == {Reader().name}
        assert len(record.versions(1)) == 2
        assert record.article(1).corrected().statements[0].act == "warn"
        assert list(record.check()) == []
    again = qawl("reread", "--record", db, "--workers", 2)
    assert again.status == 0
    assert "read again 0 articles: no statement changed" in again.err


def test_reread_says_what_changed(db: Path, qawl: Run) -> None:
    reader = Reader()
    one, two, three = (
        replace(reader.read(from_text(f"خبر\n{text}", doc=f"n{n}", published=f"2031-03-0{n}")), extractor="old/1")
        for n, text in enumerate(TEXTS, 1)
    )
    otherwise = (replace(three.statements[0], act="express"), *three.statements[1:])
    with Record(str(db), create=True) as record:
        list(record.add([one, replace(two, statements=two.statements[:1]), replace(three, statements=otherwise)]))
    result = qawl("reread", "--record", db)
    assert "read again 3 articles: 2 statements changed (1 new, 0 gone, 1 read otherwise)" in result.err


def test_reread_leaves_imported_readings_of_this_version(news: Path, db: Path, tmp_path: Path, qawl: Run) -> None:
    said = tmp_path / "said.jsonl"
    assert qawl("read", news, "--format", "jsonl", "--out", said).status == 0
    assert qawl("add", said, "--record", db).status == 0
    assert "read again 0 articles" in qawl("reread", "--record", db).err


def test_reread_needs_a_record(db: Path, qawl: Run) -> None:
    result = qawl("reread", "--record", db)
    assert result.status == 1
    assert "there is no record" in result.said[-1]
    assert not db.exists()
