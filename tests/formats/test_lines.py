"""JSON, JSON Lines, standoff and CSV as they are written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from formats_samples import EVERY, council, harbour, hostile, silent
from formats_strategies import readings
from hypothesis import given
from hypothesis import strategies as st

from qawl.formats import COLUMNS, FORMATS, from_dict, to_dict, to_standoff, writer
from qawl.formats.lines import guarded
from qawl.model import Article, Reading


def written(format: str, *items: Reading) -> str:
    out = io.StringIO(newline="")
    w = writer(format, out)
    for r in items:
        w.write(r)
    w.close()
    return out.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_every_sample_as_utf8_and_the_same_twice(format: str) -> None:
    first = written(format, *(make() for make in EVERY))
    assert first == written(format, *(make() for make in EVERY))
    first.encode("utf-8")
    assert not first.startswith("\ufeff")


@pytest.mark.parametrize("format", FORMATS)
def test_a_lone_surrogate_can_be_written_in_every_format(format: str) -> None:
    broken = Reading(Article("قال\ud800\nنص", doc="\udfff"), (), {}, "qawl")
    written(format, broken).encode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_a_writer_may_be_closed_twice(format: str) -> None:
    out = io.StringIO()
    w = writer(format, out)
    w.close()
    once = out.getvalue()
    w.close()
    assert out.getvalue() == once


@pytest.mark.parametrize("wrong", [{"format": "xml"}, {"lang": "fr"}, {"numerals": "roman"}])
def test_unknown_choices_are_named(wrong: dict[str, str]) -> None:
    options = {"format": "json"} | wrong
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        writer(options.pop("format"), io.StringIO(), **options)  # type: ignore[arg-type]


@given(st.lists(readings(), max_size=3))
def test_json_is_always_an_array_and_reads_back(items: list[Reading]) -> None:
    assert [from_dict(x) for x in json.loads(written("json", *items))] == items


@given(st.lists(readings(), max_size=3))
def test_jsonl_is_one_line_a_reading_for_any_splitter(items: list[Reading]) -> None:
    # str.splitlines also breaks at U+0085, U+2028 and U+2029: none may stand bare.
    assert [from_dict(json.loads(x)) for x in written("jsonl", *items).splitlines()] == items


def test_jsonl_keeps_a_surrogate_through_utf8() -> None:
    reading = Reading(Article("قال\ud800"), (), {}, "qawl")
    assert from_dict(json.loads(written("jsonl", reading).encode().decode())) == reading


def test_standoff_lines() -> None:
    lines = written("standoff", harbour(), silent()).splitlines()
    assert [json.loads(x) for x in lines] == [to_standoff(harbour()), to_standoff(silent())]


def test_arabic_is_written_as_letters_not_escapes() -> None:
    assert "مرسى الورد" in written("json", harbour())
    assert json.loads(written("json", harbour())) == [to_dict(harbour())]


def test_csv_has_a_stable_header_even_without_rows() -> None:
    assert written("csv") == ",".join(COLUMNS) + "\r\n"
    assert written("csv", silent()) == written("csv")
    assert COLUMNS[:10] == (
        "doc", "url", "outlet", "agency", "section", "title", "published", "dateline_place", "dateline_date", "sha256",
    )  # fmt: skip


def test_csv_rows_tell_all_of_a_statement() -> None:
    seven = rows(written("csv", harbour()))[6]
    assert seven["statement"] == "7"
    assert seven["source"] == "نزار الوادعاني"
    assert seven["cue"] == "قال"
    assert seven["content"] == "لم نطلب المستحيل … طلبنا رصيفا نظيفا وميزانا لا يكذب"
    text = harbour().article.text
    parts = [text[slice(*map(int, p.split(":")))] for p in seven["spans"].split()]
    assert " … ".join(parts) == seven["content"]
    assert (seven["wants"], seven["rejects"]) == ("رصيفا نظيفا", "")
    eight = rows(written("csv", harbour()))[7]
    assert (eight["via"], eight["parent"], eight["kind"]) == ("صحيفة المنارة", "", "unnamed")


def test_csv_columns_of_positions_stand_at_the_end() -> None:
    assert COLUMNS[-3:] == ("event", "matters", "conditions")
    one, two, three, four = rows(written("csv", council()))
    assert (one["wants"], one["rejects"], two["rejects"]) == ("إصلاح الطريق", "نقل السوق", "منع البسطات")
    assert [r["event"] for r in (one, two, three, four)] == ["REJECT", "REQUEST", "THREATEN", "SUPPORT"]
    # The sign of the first matter would make a formula of the cell.
    assert (one["matters"], two["matters"]) == ("'-rabwa-market", "'+rabwa-stalls | -rabwa-market")
    assert (three["matters"], four["matters"]) == ("", "")
    assert one["conditions"] == "after: إلا بعد إصلاح الطريق"
    assert two["conditions"] == "now: فورا | unconditional: ودون شرط"
    assert four["conditions"] == ""


def test_csv_names_a_matter_of_two_stances_once() -> None:
    reading = council()
    two = reading.statements[1]
    twice = replace(reading, statements=(replace(two, stances=two.stances * 2),))
    (row,) = rows(written("csv", twice))
    assert row["matters"] == "'+rabwa-stalls | -rabwa-market"
    assert row["conditions"] == "now: فورا | unconditional: ودون شرط"


@given(st.lists(readings(), max_size=2))
def test_csv_parses_back_cell_by_cell(items: list[Reading]) -> None:
    table = rows(written("csv", *items))
    expected = [(r, s) for r in items for s in r.statements]
    assert len(table) == len(expected)
    for row, (r, s) in zip(table, expected, strict=True):
        assert list(row) == list(COLUMNS)
        assert row["content"] == guarded(r.content_of(s))
        assert row["outlet"] == guarded(r.article.outlet)
        assert int(row["start"]) == s.content[0].start


@given(readings())
def test_no_cell_begins_like_a_formula(reading: Reading) -> None:
    for row in csv.reader(io.StringIO(written("csv", reading), newline=""), strict=True):
        assert not any(cell.lstrip(" \u200f\ufeff").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_hostile_cells_are_guarded() -> None:
    (row,) = rows(written("csv", hostile()))
    assert row["outlet"] == "'=1+1"
    assert row["agency"] == "'@SUM(A1)"
    assert row["lemma"] == "'-قال"
    assert row["source"].startswith("'+")
    assert row["role"].startswith("'\t")


@given(st.text(st.sampled_from("'=+-@\t\r\n a\u200f\uff1d"), max_size=6))
def test_the_guard_can_be_taken_off(cell: str) -> None:
    safe = guarded(cell)
    assert (safe[1:] if safe.startswith("'") and guarded(safe[1:]) == safe else safe) == cell
