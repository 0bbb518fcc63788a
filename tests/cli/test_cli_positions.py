"""``qawl positions``: who stands where."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Run = Callable[..., Any]

SALEM, SALMA, HANI, SAMIR, NIZAR = "سالم الراوي", "سلمى الحداد", "هاني الصواري", "سمير البيدري", "نزار الوادعاني"
ARTICLES = (
    ("n1", "2031-03-02", f"دعا وزير خارجية مرسانة {SALEM} إلى وقف إطلاق النار. ورفضت الوزيرة {SALMA} تهجير السكان."),
    ("n2", "2031-03-09", f"رفض رئيس بلدية الواحة {HANI} وقف إطلاق النار. وقال {NIZAR} إن الجسر سيفتح غدا."),
    ("n3", "2031-03-11", f"دعا رئيس بلدية الواحة {HANI} إلى وقف إطلاق النار. ودعا {SAMIR} إلى ردم الخندق القديم."),
    ("n4", "2031-03-12", f"رفض وزير خارجية مرسانة {SALEM} تهجير السكان."),
)
FEW = "few curated matters were found"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Four invented articles."""
    path = tmp_path / "news.jsonl"
    lines = (
        json.dumps({"doc": doc, "published": day, "outlet": "بريد الوادي", "text": f"خبر\n{text}"})
        for doc, day, text in ARTICLES
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def said(news: Path, tmp_path: Path, qawl: Run) -> Path:
    """Their readings."""
    path = tmp_path / "said.jsonl"
    assert qawl("read", news, "--format", "jsonl", "--out", path).status == 0
    return path


def table(result: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.out, newline="")))


def told(result: Any) -> set[tuple[str, str, str]]:
    """Every cell of JSON: holder's name, subject, side."""
    d = json.loads(result.out)
    names = {h["id"]: h["name"] for h in d["holders"]}
    return {(names[c["holder"]], c["subject"], c["side"]) for c in d["cells"]}


ALL = {
    (HANI, "ceasefire", "+"), (SALEM, "ceasefire", "+"), (SALEM, "displacement", "-"), (SALMA, "displacement", "-"),
    (SAMIR, "~ردم الخندق القديم", "+"),
}  # fmt: skip
CEASEFIRE = {x for x in ALL if x[1] == "ceasefire"}


# -- formats ------------------------------------------------------------------------------------------------------


def test_text(news: Path, qawl: Run) -> None:
    result = qawl("positions", news)
    assert result.status == 0
    found = [re.sub("[\u2068\u2069]", "", line) for line in result.out.splitlines()]
    assert found[0] == "من يقف أين | Who stands where"
    assert "المقالات | articles: 4 · الأقوال | statements: 7" in found
    rows = [re.split(r"\s{2,}", line.strip()) for line in found]
    assert ["وقف إطلاق النار", "✗→✓", "✓", "·", "·"] in rows
    assert ["ردم الخندق القديم", "·", "·", "✓", "·"] in rows
    assert f"  {HANI}: سابقا ضد، ثم مع | then against, now for" in found
    assert FEW in result.err


def test_articles_and_their_readings_tell_the_same(news: Path, said: Path, qawl: Run) -> None:
    for form in ("text", "json", "csv", "svg"):
        assert qawl("positions", news, "-f", form).out == qawl("positions", said, "-f", form).out


def test_json(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--format", "json")
    assert result.status == 0
    assert told(result) == ALL
    d = json.loads(result.out)
    assert (d["schema"], d["articles"], d["statements"]) == ("qawl-positions/1", 4, 7)
    assert {v["subject"]: v["kind"] for v in d["verdicts"]} == {
        "ceasefire": "agree", "displacement": "agree", "~ردم الخندق القديم": "alone",
    }  # fmt: skip
    texts = {doc: f"خبر\n{text}" for doc, _, text in ARTICLES}
    for cell in d["cells"]:
        for e in cell["evidence"]:
            assert texts[e["doc"]][e["start"] : e["end"]] == e["target"]


def test_csv(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--format", "csv")
    found = table(result)
    assert {(r["holder"], r["subject"], r["sign"], r["day"]) for r in found} == {
        (HANI, "ceasefire", "against", "2031-03-09"), (HANI, "ceasefire", "for", "2031-03-11"),
        (SALEM, "ceasefire", "for", "2031-03-02"), (SALEM, "displacement", "against", "2031-03-12"),
        (SALMA, "displacement", "against", "2031-03-02"), (SAMIR, "~ردم الخندق القديم", "for", "2031-03-11"),
    }  # fmt: skip
    assert result.out.count("\r\n") == len(found) + 1 == 7


def test_svg(said: Path, qawl: Run) -> None:
    root = ElementTree.fromstring(qawl("positions", said, "--format", "svg").out)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(root.itertext())
    assert all(word in words for word in (*HANI.split(), "وقف إطلاق النار", "Ceasefire", "Forced displacement"))


@pytest.mark.parametrize("name", ["chart.svg", "who.json", "who.csv", "who.txt", "who.json.gz"])
def test_the_name_of_out_says_the_format(said: Path, qawl: Run, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    result = qawl("positions", said, "--out", out)
    assert (result.status, result.out) == (0, "")
    written = gzip.decompress(out.read_bytes()) if name.endswith(".gz") else out.read_bytes()
    form = {"txt": "text"}.get(name.split(".")[1], name.split(".")[1])
    assert written.decode("utf-8") == qawl("positions", said, "-f", form).out


def test_as_a_process_in_a_locale_without_arabic(said: Path, qawl: Run, process: Run) -> None:
    result = process("positions", "-", "-f", "json", stdin=said.read_bytes())
    assert result.status == 0
    assert told(result) == ALL
    assert result.out == qawl("positions", said, "-f", "json").out


def test_rows_and_columns_are_capped(said: Path, qawl: Run) -> None:
    for form, shown in (("text", "holders⁩: 3"), ("svg", "holders: 3 · subjects: 2")):
        assert shown in qawl("positions", said, "--rows", 1, "--columns", 1, "-f", form).out
        assert "Not shown here" not in qawl("positions", said, "--rows", 0, "--columns", 0, "-f", form).out
    capped = qawl("positions", said, "--rows", 1, "--columns", 1, "-f", "json")
    assert told(capped) == ALL


# -- matters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["ceasefire", "وقف إطلاق النار", "وقف اطلاق النار", "CEASEFIRE", "ending-war"])
def test_on_a_matter(said: Path, qawl: Run, on: str) -> None:
    result = qawl("positions", said, "--on", on, "-f", "json")
    assert result.status == 0
    assert told(result) == CEASEFIRE
    assert FEW not in result.err


def test_on_several_matters(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--on", "ceasefire", "--on", "التهجير القسري", "-f", "json")
    assert told(result) == {x for x in ALL if not x[1].startswith("~")}


@pytest.mark.parametrize(
    ("on", "hint"),
    [
        ("ceasefir", "the nearest: ceasefire (وقف إطلاق النار)"),
        ("هدنة", "the nearest: ceasefire (وقف إطلاق النار)"),
        ("zzzqqq", "'qawl positions --matters' lists all"),
        ("", "'qawl positions --matters' lists all"),
    ],
)
def test_an_unknown_matter(said: Path, qawl: Run, on: str, hint: str) -> None:
    result = qawl("positions", said, "--on", on)
    assert (result.status, result.out) == (2, "")
    assert result.said[-1].endswith(f"--on '{on}' is no matter; {hint}")


def test_words_that_may_mean_several_matters(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--on", "إطلاق النار")
    assert (result.status, result.out) == (2, "")
    assert "may mean" in result.said[-1]
    assert "ceasefire (وقف إطلاق النار)" in result.said[-1]
    assert "ceasefire-compliance" in result.said[-1]
    assert result.said[-1].endswith("; give an id")
    many = qawl("positions", said, "--on", "حماية").said[-1]
    assert re.search(r" and \d+ more; give an id$", many)


def test_the_matters_are_listed(qawl: Run) -> None:
    result = qawl("positions", "--matters")
    assert result.status == 0
    found = result.out.splitlines()
    assert found[0] == "war-and-peace | السلام وإنهاء النزاعات | Peace and ending conflicts"
    assert "    ceasefire | وقف إطلاق النار | Ceasefire" in found
    listed = json.loads(qawl("positions", "--matters", "--format", "json").out)
    assert {m["id"] for m in listed} == {line.split(" | ")[0].strip() for line in found}
    assert {"id": "ceasefire", "parent": "ending-war", "ar": "وقف إطلاق النار", "en": "Ceasefire"} in listed


@pytest.mark.parametrize("args", [("news.jsonl",), ("--out", "x.txt"), ("-f", "svg"), ("-f", "csv")])
def test_a_list_of_matters_takes_nothing_else(qawl: Run, args: tuple[str, ...]) -> None:
    result = qawl("positions", "--matters", *args)
    assert (result.status, result.out) == (2, "")
    assert "--matters takes no INPUT and no --out" in result.said[-1]


# -- holders ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [SALEM, "سالم الراوى", "ID"])
def test_by_one(said: Path, qawl: Run, by: str) -> None:
    if by == "ID":
        listed = json.loads(qawl("who", "--in", said, "--format", "json").out)
        (by,) = (p["id"] for p in listed if p["name"] == SALEM)
    result = qawl("positions", said, "--by", by, "-f", "json")
    assert result.status == 0
    assert told(result) == {x for x in ALL if x[0] == SALEM}


def test_by_several_in_the_order_given(said: Path, qawl: Run) -> None:
    d = json.loads(qawl("positions", said, "--by", SAMIR, "--by", SALEM, "-f", "json").out)
    assert [h["name"] for h in d["holders"]] == [SAMIR, SALEM]
    assert {v["subject"]: v["kind"] for v in d["verdicts"]}["ceasefire"] == "alone"
    assert told(qawl("positions", said, "--by", SALEM, "--by", HANI, "--on", "ceasefire", "-f", "json")) == CEASEFIRE


def test_by_one_who_took_no_position(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--by", NIZAR, "--by", SALEM, "-f", "json")
    d = json.loads(result.out)
    assert [h["name"] for h in d["holders"]] == [NIZAR, SALEM]
    (silent,) = (h["id"] for h in d["holders"] if h["name"] == NIZAR)
    assert all(v["silent"] == [silent] for v in d["verdicts"])
    alone = qawl("positions", said, "--by", NIZAR)
    assert alone.status == 0
    assert "No positions in what was read" in alone.out


def test_by_nobody_there(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--by", "هاني الصوار")
    assert (result.status, result.out) == (2, "")
    assert result.said[-1].endswith(f"--by 'هاني الصوار' is not in what was read; the nearest: {HANI}")


def test_by_a_name_of_several(tmp_path: Path, qawl: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"خبر\nدعا {SALEM} إلى وقف إطلاق النار. ورفضت {SALMA} تهجير السكان. "
                    "ودعا نزار الراوي إلى وقف إطلاق النار.", encoding="utf-8")  # fmt: skip
    result = qawl("positions", path, "--by", "الراوي", "-f", "json")
    assert told(result) == {(SALEM, "ceasefire", "+"), ("نزار الراوي", "ceasefire", "+")}
    assert "--by الراوي: 2 may be meant and are shown; give an id for one" in result.err


def test_roll_up(said: Path, qawl: Run) -> None:
    readings = [json.loads(line) for line in said.read_text("utf-8").splitlines()]
    for reading in readings:
        for source in reading["sources"].values():
            source["of"] = {SALEM: "سهلان", SALMA: "سهلان", HANI: "مرسانة"}.get(source["name"], "")
    rolled = "\n".join(json.dumps(r) for r in readings).encode()
    result = qawl("positions", "-", "--roll-up", "-f", "json", stdin=rolled)
    assert told(result) == {
        ("سهلان", "ceasefire", "+"), ("سهلان", "displacement", "-"), ("مرسانة", "ceasefire", "+"),
    }  # fmt: skip
    by = {(r["holder"], r["speaker"]) for r in table(qawl("positions", "-", "--roll-up", "-f", "csv", stdin=rolled))}
    assert by == {("سهلان", SALEM), ("سهلان", SALMA), ("مرسانة", HANI)}
    one = qawl("positions", "-", "--roll-up", "--by", "سهلان", "-f", "json", stdin=rolled)
    assert {holder for holder, _, _ in told(one)} == {"سهلان"}


def test_decisions_on_who_is_who_count(said: Path, qawl: Run, tmp_path: Path) -> None:
    ids = {p["name"]: p["id"] for p in json.loads(qawl("who", "--in", said, "--format", "json").out)}
    path = tmp_path / "d.jsonl"
    merged = qawl("who", "--in", said, "--decisions", path, "--merge", ids[SALEM], ids[HANI], "--by", "سمير")
    assert merged.status == 0
    d = json.loads(qawl("positions", said, "--decisions", path, "--on", "ceasefire", "-f", "json").out)
    assert len(d["holders"]) == 1
    assert [e["doc"] for c in d["cells"] for e in c["evidence"]] == ["n1", "n2", "n3"]
    missing = qawl("positions", said, "--decisions", tmp_path / "none.jsonl")
    assert (missing.status, missing.out) == (2, "")
    assert "none.jsonl: no such file" in missing.said[-1]


# -- which articles and statements --------------------------------------------------------------------------------


def test_one_article(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "--article", "n4", "-f", "json")
    assert told(result) == {(SALEM, "displacement", "-")}
    assert json.loads(result.out)["articles"] == 1
    gone = qawl("positions", said, "--article", "n44")
    assert (gone.status, gone.out) == (2, "")
    assert "--article 'n44' is not in what was read; the nearest: n4" in gone.said[-1]


@pytest.mark.parametrize(
    ("args", "docs"),
    [
        (("--since", "2031-03-09"), {"n2", "n3", "n4"}),
        (("--since", "2031-03-10"), {"n3", "n4"}),
        (("--until", "2031-03-09"), {"n1", "n2"}),
        (("--since", "2031-03-03", "--until", "2031-03-11"), {"n2", "n3"}),
        (("--since", "2031-03", "--until", "2031-03"), {"n1", "n2", "n3", "n4"}),
        (("--until", "2031-02"), set()),
    ],
)
def test_since_and_until(said: Path, qawl: Run, args: tuple[str, ...], docs: set[str]) -> None:
    result = qawl("positions", said, *args, "-f", "csv")
    assert result.status == 0
    assert {r["doc"] for r in table(result)} == docs


def test_days_that_are_not_understood(said: Path, qawl: Run) -> None:
    turned = qawl("positions", said, "--since", "2031-03-09", "--until", "2031-03-08")
    assert (turned.status, turned.out) == (2, "")
    assert "--since 2031-03-09 is after --until 2031-03-08" in turned.said[-1]
    assert qawl("positions", said, "--since", "أمس").status == 2


@pytest.mark.parametrize("until", ["2031-03", "2031"])
def test_since_a_day_until_the_end_of_its_month(said: Path, qawl: Run, until: str) -> None:
    result = qawl("positions", said, "--since", "2031-03-10", "--until", until, "-f", "csv")
    assert {r["doc"] for r in table(result)} == {"n3", "n4"}


def test_least_confidence(said: Path, qawl: Run) -> None:
    found = table(qawl("positions", said, "--min-confidence", "0", "-f", "csv"))
    least = max(float(r["confidence"]) for r in found)
    kept = table(qawl("positions", said, "--min-confidence", least - 0.001, "-f", "csv"))
    assert kept
    assert all(float(r["confidence"]) >= least - 0.001 for r in kept)
    assert len(kept) < len(found)
    assert qawl("positions", said, "--min-confidence", "2").status == 2


def test_what_no_matter_covers_is_shown_where_few_are_or_if_asked(tmp_path: Path, qawl: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"خبر\nدعا {SALEM} إلى وقف إطلاق النار. ورفضت {SALMA} تهجير السكان. ودعا {NIZAR} إلى رفع "
                    f"الحصار. ودعا {SAMIR} إلى ردم الخندق القديم.", encoding="utf-8")  # fmt: skip
    usual = qawl("positions", path, "-f", "json")
    assert {s for _, s, _ in told(usual)} == {"ceasefire", "displacement", "siege"}
    assert FEW not in usual.err
    everything = qawl("positions", path, "--all", "-f", "json")
    assert (SAMIR, "~ردم الخندق القديم", "+") in told(everything)
    assert told(usual) < told(everything)


# -- what cannot be done ------------------------------------------------------------------------------------------


def test_no_input(qawl: Run) -> None:
    result = qawl("positions")
    assert (result.status, result.out) == (2, "")
    assert "give INPUT" in result.said[-1]


def test_a_bad_input_is_said_and_the_others_are_shown(said: Path, qawl: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{not json\n", encoding="utf-8")
    result = qawl("positions", bad, tmp_path / "none.txt", said, "-f", "json")
    assert result.status == 1
    assert told(result) == ALL
    assert "bad.jsonl" in result.err
    assert "none.txt: no such file" in result.err
    assert "skipped 2" in result.said[-1]


@pytest.mark.parametrize("stdin", [b"", b"  \n"])
def test_empty_standard_input(qawl: Run, stdin: bytes) -> None:
    result = qawl("positions", "-", stdin=stdin)
    assert result.status == 1
    assert "-: " in result.err
    assert "No positions in what was read" in result.out
    assert qawl("positions", "-", "--by", SALEM, stdin=stdin).status == 1


@pytest.mark.parametrize("form", ["text", "json", "csv", "svg"])
def test_no_evidence(qawl: Run, form: str) -> None:
    silent = "خبر\nهبت رياح خفيفة على الساحل. وقال نزار الوادعاني إن الجسر سيفتح غدا.".encode()
    result = qawl("positions", "-", "-f", form, stdin=silent)
    assert result.status == 0
    if form == "text":
        assert "No positions in what was read (articles: 1, statements: 1)" in result.out
        return
    assert "no positions in 1 article, 1 statement" in result.err
    if form == "json":
        assert json.loads(result.out)["cells"] == []
    elif form == "csv":
        assert (table(result), result.out.count("\r\n")) == ([], 1)
    else:
        assert "No positions in what was read" in " ".join(ElementTree.fromstring(result.out).itertext())


def test_quiet(said: Path, qawl: Run) -> None:
    assert qawl("positions", said, "-q").err == ""


def test_unknown_format(said: Path, qawl: Run) -> None:
    result = qawl("positions", said, "-f", "jsn")
    assert (result.status, result.out) == (2, "")
    assert "json" in result.said[-1]
