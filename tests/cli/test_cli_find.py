"""``qawl find``: who said what, out of a record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qawl.cli import hits
from qawl.record import Facet, Facets, Found, Hit, Record

Run = Callable[..., Any]

WIRE = (
    "قال رئيس بلدية أرجانة هاني الصواري إن ترميم السوق القديم بدأ صباح اليوم بعد انتظار دام سبع سنوات. "
    "وأضاف الصواري أن ثلاثين حرفيا من أهل المدينة يعملون في رفع الأقواس الحجرية وتنظيف الأروقة."
)
ARTICLES = (
    ("n1", "بريد الواحة", "2031-03-02", "قالت وزيرة النقل سلمى الراوي إن الجسر الكبير سيفتح غدا."),
    (
        "n2",
        "صوت أرجانة",
        "2031-03-09",
        "أكدت وزيرة النقل سلمى الراوي أن الجسر مفتوح. وقال سالم الحداد إن الرسوم مرتفعة.",
    ),
    ("n3", "بريد الواحة", "2031-03-11", "دعا رئيس بلدية الواحة هاني النعيمي إلى وقف إطلاق النار."),
    ("n4", "بريد الواحة", "2031-04-01", WIRE),
    ("n5", "صوت أرجانة", "2031-04-01", WIRE),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of five invented articles, two of them copies of one story."""
    from qawl.pages import from_text
    from qawl.reader import Reader

    path = tmp_path_factory.mktemp("find") / "news.db"
    reader = Reader()
    with Record(str(path), create=True) as record:
        readings = [
            reader.read(from_text(f"خبر من اليوم\n{text}", doc=doc, outlet=outlet, published=day))
            for doc, outlet, day, text in ARTICLES
        ]
        assert len(list(record.add(readings))) == len(ARTICLES)
        record.settle()
    return path


@pytest.fixture
def find(db: Path, qawl: Run) -> Run:
    """``qawl find`` in that record."""
    return lambda *args: qawl("find", *args, "--record", db)


def found(result: Any) -> list[tuple[str, int]]:
    """The article and number of each hit of JSON Lines."""
    assert result.status == 0
    hits = [json.loads(line) for line in result.out.splitlines()]
    return [(h["article"]["doc"], h["number"]) for h in hits]


def test_the_shape_of_json(find: Run) -> None:
    result = find("جسر", "--format", "json", "--sort", "oldest")
    assert result.status == 0
    d = json.loads(result.out)
    assert set(d) == {"hits", "next"}
    first = d["hits"][0]
    assert list(first) == [
        "saying", "day", "source", "act", "mode", "content", "spans", "highlights", "stances", "outlets", "articles",
        "article", "number", "confidence",
    ]  # fmt: skip
    assert list(first["source"]) == ["name", "kind", "role", "identity", "party", "of"]
    assert list(first["article"]) == ["id", "doc", "url", "outlet", "title", "published"]
    assert (first["day"], first["source"]["name"], first["source"]["kind"], first["source"]["role"]) == (
        "2031-03-02", "سلمى الراوي", "person", "وزيرة النقل",
    )  # fmt: skip
    assert (first["article"]["doc"], first["article"]["outlet"]) == ("n1", "بريد الواحة")
    assert (first["outlets"], first["articles"], first["number"]) == (1, 1, 1)
    text = f"خبر من اليوم\n{ARTICLES[0][3]}"
    assert [text[a:b] for a, b in first["spans"]] == [first["content"]]
    assert [text[a:b] for a, b in first["highlights"]] == ["الجسر"]


def test_json_lines_are_the_hits_of_json(find: Run) -> None:
    lines = [json.loads(line) for line in find("الجسر", "--format", "jsonl").out.splitlines()]
    assert lines == json.loads(find("الجسر", "--format", "json").out)["hits"]
    assert len(lines) == 2


def test_csv_has_a_row_for_each_statement(find: Run) -> None:
    result = find("الجسر", "--format", "csv", "--sort", "oldest")
    rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert tuple(rows[0]) == hits.COLUMNS
    assert [(r["doc"], r["name"], r["day"]) for r in rows] == [
        ("n1", "سلمى الراوي", "2031-03-02"), ("n2", "سلمى الراوي", "2031-03-09"),
    ]  # fmt: skip
    assert result.out.count("\r\n") == 3


def test_the_table_for_people(find: Run) -> None:
    result = find("الجسر", "--sort", "oldest")
    assert result.status == 0
    plain = result.out.replace("\u2068", "").replace("\u2069", "")
    first, second, third, *_ = plain.splitlines()
    assert first.startswith("2031-03-02 · سلمى الراوي (وزيرة النقل) · ")
    assert first.endswith(" · بريد الواحة")
    assert second == "  الجسر الكبير سيفتح غدا"
    assert third == "  n1 · article 1, statement 1"
    assert "\x1b" not in result.out
    assert "carried by 2 outlets" in find("ترميم السوق").out


def test_what_matched_is_bold_on_a_terminal(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "20")
    with Record(str(db)) as record:
        found = record.find(words="الكبير")
    (hit,) = found.hits

    def bold(hit: Hit) -> list[str]:
        out = Terminal()
        hits.WRITE["table"](out, Found((hit,), ""), lambda _: [])
        lines = [line for line in out.getvalue().splitlines() if "\x1b" in line]
        # Each line is whole by itself, however the words are broken.
        assert all(line.count("\x1b[1m") == line.count("\x1b[22m") > 0 for line in lines)
        return [x.split("\x1b[22m")[0] for line in lines for x in line.split("\x1b[1m")[1:]]

    assert bold(hit) == ["الكبير"]
    assert len(bold(replace(hit, highlights=hit.statement.content))) == 2
    assert " ".join(bold(replace(hit, highlights=hit.statement.content))) == hit.content
    monkeypatch.setenv("TERM", "dumb")
    assert bold(hit) == []


@pytest.mark.parametrize(
    ("args", "docs"),
    [
        (("--by", "سلمى الراوي"), {"n1", "n2"}),
        (("--by", "الحداد", "--by", "النعيمي"), {"n2", "n3"}),
        (("--on", "ceasefire"), {"n3"}),
        (("--on", "ceasefire", "--sign", "+"), {"n3"}),
        (("--on", "ceasefire", "--sign", "-"), set()),
        (("--outlet", "صوت أرجانة"), {"n2", "n4"}),
        (("--since", "2031-03-09", "--until", "2031-03-11"), {"n2", "n3"}),
        (("--since", "2031-04"), {"n4"}),
        (("--published-since", "2031-03-03", "--published-until", "2031-03-10"), {"n2"}),
        (("--kind", "organization"), set()),
        (("--mode", "indirect", "الجسر"), {"n1", "n2"}),
        (("الجسر NOT مفتوح",), {"n1"}),
        (("الجسر", "مفتوح"), {"n2"}),
    ],
)
def test_filters(find: Run, args: tuple[str, ...], docs: set[str]) -> None:
    assert {doc for doc, _ in found(find(*args, "--format", "jsonl"))} == docs


def test_wordings_show_each_outlet(find: Run) -> None:
    (hit, *_) = json.loads(find("حرفيا", "--wordings", "--format", "json").out)["hits"]
    assert (hit["outlets"], hit["articles"]) == (2, 2)
    assert [w["article"]["doc"] for w in hit["wordings"]] == ["n4", "n5"]
    assert all(w["content"] == hit["content"] for w in hit["wordings"])
    table = find("حرفيا", "--wordings").out.replace("\u2068", "").replace("\u2069", "")
    assert "    2031-04-01 · صوت أرجانة · n5 · article 5, statement 2\n" in table
    rows = list(csv.DictReader(io.StringIO(find("حرفيا", "--wordings", "--format", "csv").out, newline="")))
    assert [r["doc"] for r in rows] == ["n4", "n5"]


def test_pages_follow_one_another(find: Run) -> None:
    every = found(find("--since", "2031", "--format", "jsonl", "--limit", 100))
    pages, after = [], ""
    for _ in range(3):
        page = find("--since", "2031", "--format", "json", "--limit", 2, "--after", after)
        d = json.loads(page.out)
        pages += [(h["article"]["doc"], h["number"]) for h in d["hits"]]
        after = d["next"]
        assert page.err == (f"there is more: --after {after}\n" if after else "")
    assert pages == every
    assert not after
    assert len(every) == 6


def test_nothing_found_is_said(find: Run) -> None:
    result = find("منطاد")
    assert (result.status, result.out) == (0, "")
    assert "nothing was found" in result.err
    assert find("منطاد", "--quiet").err == ""
    assert json.loads(find("منطاد", "--format", "json").out) == {"hits": [], "next": ""}


def test_facets(find: Run) -> None:
    d = json.loads(find("--since", "2031", "--facets", "--format", "json").out)
    assert (d["total"], d["estimated"]) == (6, False)
    by = {(name, x["label"]): x["count"] for name, values in d["by"].items() for x in values}
    assert by["by", "سلمى الراوي"] == 2
    assert by["year", "2031"] == 6
    lines = [json.loads(x) for x in find("--since", "2031", "--facets", "--format", "jsonl").out.splitlines()]
    assert {(x["facet"], x["label"]): x["count"] for x in lines} == by
    rows = list(csv.DictReader(io.StringIO(find("--since", "2031", "--facets", "-f", "csv").out, newline="")))
    assert {(r["facet"], r["label"]): int(r["count"]) for r in rows} == by
    text = find("--since", "2031", "--facets").out
    assert text.startswith("6 statements\nby\n")
    assert "estimated" not in text


def test_counts_that_are_estimated_say_so() -> None:
    facets = Facets(50_000, False, 12_500, {"act": (Facet("deny", "deny", 4000),)})
    out = {name: io.StringIO() for name in hits.WRITE_FACETS}
    for name, write in hits.WRITE_FACETS.items():
        write(out[name], facets)
    assert "50,000 statements; the counts below are estimated from 12,500 of them" in out["table"].getvalue()
    assert "act (estimated)" in out["table"].getvalue()
    assert json.loads(out["json"].getvalue())["estimated"] is True
    assert json.loads(out["jsonl"].getvalue())["estimated"] is True
    assert out["csv"].getvalue().splitlines()[1] == "act,deny,deny,4000,yes"


# -- what goes wrong ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        ((), "give WORDS"),
        (("الجسر", "--after", "x"), "no such page"),
        (("--by", "نزار"), "nobody in the record is called 'نزار'"),
        (("--by", "سلمى الراوى المهندسة"), "nobody in the record"),
        (("--outlet", "بريد الواحه الكبير"), "the nearest: بريد الواحة"),
        (("--on", "ceasefir"), "ceasefire"),
        (("--act", "dney"), "did you mean 'deny'?"),
        (("--sort", "best", "--limit", "0", "x"), "--limit"),
        (("--since", "2031-13", "x"), "YYYY-MM-DD"),
        (("--since", "2031-05", "--until", "2031-04"), "exchange them"),
        (("NOT الجسر",), "only says what is not"),
        (("--sign", "x", "الجسر"), "--sign"),
    ],
)
def test_what_is_not_understood_says_what_would_be(find: Run, args: tuple[str, ...], hint: str) -> None:
    result = find(*args)
    assert (result.status, result.out) == (2, "")
    assert hint in result.said[-1]


def test_no_record_is_one_line(tmp_path: Path, qawl: Run) -> None:
    result = qawl("find", "الجسر")
    assert (result.status, result.out) == (1, "")
    (line,) = result.said
    assert line.startswith("Error: there is no record at ")
    assert "'qawl add' makes one" in line
    assert not (tmp_path / "data").exists()


def test_as_a_process_in_a_locale_without_arabic(db: Path, qawl: Run, process: Run) -> None:
    args = ("find", "--since", "2031", "--record", db)
    result = process(*args)
    assert result.status == 0
    assert result.out == qawl(*args).out
