"""Readings as Parquet."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from formats_samples import EVERY, council, harbour, long, silent
from formats_strategies import readings
from hypothesis import given
from hypothesis import strategies as st
from standards_check import documented, example, few

from qawl.formats import ParquetWriter, from_dict, to_dict
from qawl.formats.parquet import Rows
from qawl.formats.parquet_schema import READINGS, STATEMENTS
from qawl.model import InputError, Moment, Reading, Source

BOTH: tuple[Rows, ...] = ("statements", "readings")


class Pipe(io.RawIOBase):
    """An output that can only be written to, as a pipe."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def written(items: Sequence[Reading], **options: Any) -> bytes:
    out = io.BytesIO()
    w = ParquetWriter(out, **options)
    for reading in items:
        w.write(reading)
    w.close()
    return out.getvalue()


def file(items: Sequence[Reading], **options: Any) -> pq.ParquetFile:
    return pq.ParquetFile(io.BytesIO(written(items, **options)))


def rows(items: Sequence[Reading], **options: Any) -> list[dict[str, Any]]:
    return list(file(items, **options).read().to_pylist())


def without_days(value: Any) -> Any:
    """Without the columns that `to_dict` does not have."""
    if isinstance(value, list):
        return [without_days(v) for v in value]
    if isinstance(value, dict):
        return {k: without_days(v) for k, v in value.items() if k not in ("day", "published_day", "modified_day")}
    return value


def groups(found: pq.ParquetFile) -> list[int]:
    return [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)]


@few
@given(st.lists(readings(), max_size=2))
def test_rows_of_readings_give_the_readings_back(items: list[Reading]) -> None:
    back = []
    for row in rows(items, rows="readings"):
        sources = {s.pop("key"): s for s in row.pop("sources")}
        back.append(from_dict({**without_days(row), "sources": sources, "schema": "qawl-reading/1"}))
    assert back == items


@few
@given(st.lists(readings(), max_size=2))
def test_rows_of_statements_hold_the_statement_its_source_and_its_article(items: list[Reading]) -> None:
    found = iter(without_days(rows(items)))
    for reading in items:
        whole = to_dict(reading)
        for statement in whole["statements"]:
            row = next(found)
            assert {k: row[k] for k in statement} == statement
            source = whole["sources"].get(statement["who"])
            assert row["source"] == (source and {"key": statement["who"], **source})
            for key in row.keys() - statement.keys() - {"source"}:
                assert row[key] == whole[key]
    assert next(found, None) is None


@pytest.mark.parametrize("what", BOTH)
@pytest.mark.parametrize("items", [[], [silent()], [make() for make in EVERY]])
def test_the_schema_is_the_same_whatever_is_written(items: list[Reading], what: Rows) -> None:
    found = file(items, rows=what).schema_arrow
    assert found.equals(STATEMENTS if what == "statements" else READINGS, check_metadata=True)


@pytest.mark.parametrize("what", BOTH)
def test_the_schema_names_its_version(what: Rows) -> None:
    assert file([], rows=what).schema_arrow.metadata == {b"qawl.schema": f"qawl-{what}-parquet/1".encode()}


@pytest.mark.parametrize("what", BOTH)
def test_the_same_readings_give_the_same_bytes(what: Rows) -> None:
    items = [make() for make in EVERY]
    assert written(items, rows=what) == written(items, rows=what)


def test_an_article_without_statements_has_a_row_only_among_readings() -> None:
    assert rows([silent()]) == []
    assert len(rows([silent()], rows="readings")) == 1


@pytest.mark.parametrize(
    ("iso", "day"),
    [("2031-04-03T18:05+03:00", date(2031, 4, 3)), ("2031-04-03", date(2031, 4, 3)), ("2031-04", None), ("2031", None),
     ('"><b>"><b>', None), ("2031-02-30", None)],
)  # fmt: skip
def test_a_day_is_given_where_it_is_known_and_is_one(iso: str, day: date | None) -> None:
    row = rows([example(published=Moment(iso, "day"))])[0]
    assert (row["published"], row["published_day"]) == (iso, day)
    assert row["said"]["day"] == row["dateline"]["day"] == date(2031, 4, 3)
    assert row["modified_day"] is None


# What is held, and what is written


def test_row_groups_have_as_many_rows_as_they_may() -> None:
    assert groups(file([long(10), long(5), silent(), long(4)], batch_rows=6)) == [6, 6, 6, 1]
    assert groups(file([harbour()] * 5, rows="readings", batch_rows=2)) == [2, 2, 1]
    assert groups(file([long(10)] * 3)) == [30]


def test_row_groups_are_written_once_they_take_as_many_bytes_as_they_may() -> None:
    wide = [replace(harbour(), article=replace(harbour().article, text="قال " * 2**17, blocks=()))] * 4
    wide = [replace(r, statements=(), sources={}) for r in wide]
    assert groups(file(wide, rows="readings", batch_bytes=2**21)) == [2, 2]
    assert groups(file(wide, rows="readings", batch_bytes=2**30)) == [4]


@pytest.mark.parametrize("what", BOTH)
def test_no_more_than_a_batch_waits_to_be_written(what: Rows) -> None:
    out = io.BytesIO()
    w = ParquetWriter(out, rows=what, batch_rows=4)
    per_reading = 2 if what == "statements" else 1
    sizes = [out.tell()]
    for _ in range(24):
        w.write(example())
        sizes.append(out.tell())
    grew = [n for n, (a, b) in enumerate(pairwise(sizes), 1) if b > a]
    every = 4 // per_reading
    assert grew == list(range(every, 25, every))
    w.close()


@few
@given(st.lists(st.integers(0, 9), max_size=4), st.integers(3, 7))
def test_batches_lose_and_double_no_row(counts: list[int], batch: int) -> None:
    found = file([long(n) for n in counts], batch_rows=batch)
    assert found.read(["id"]).column("id").to_pylist() == [i for n in counts for i in range(1, n + 1)]
    sizes = groups(found)
    assert all(n == batch for n in sizes[:-1])
    assert all(0 < n <= batch for n in sizes)


def test_repeated_strings_are_stored_as_a_dictionary_and_single_ones_are_not() -> None:
    group = file([long(), council()]).metadata.row_group(0)
    columns = {c.path_in_schema: c for c in map(group.column, range(group.num_columns))}
    kept = {path for path, c in columns.items() if c.has_dictionary_page}
    assert {"outlet", "sha256", "lemma", "act", "source.name", "stances.list.element.sign"} <= kept
    assert not {"content.list.element.exact", "confidence", "id"} & kept
    assert {c.compression for c in columns.values()} == {"ZSTD"}
    readings_group = file([long()], rows="readings").metadata.row_group(0)
    text = next(c for c in map(readings_group.column, range(readings_group.num_columns)) if c.path_in_schema == "text")
    assert not text.has_dictionary_page


@pytest.mark.parametrize("what", BOTH)
def test_a_pipe_is_written_to_and_left_open(what: Rows) -> None:
    pipe = Pipe()
    w = ParquetWriter(pipe, rows=what)  # type: ignore[arg-type]
    w.write(harbour())
    w.close()
    w.close()
    del w
    gc.collect()
    assert not pipe.closed
    assert pipe.data == written([harbour()], rows=what)


def test_lone_surrogates_become_replacement_characters() -> None:
    broken = replace(harbour(), sources={"A": Source("A", "هالة\ud800", "person")}, extractor="q\udfff")
    for row in (rows([broken])[0], rows([broken], rows="readings")[0]):
        assert row["extractor"] == "q\ufffd"
    assert rows([broken])[0]["source"]["name"] == "هالة\ufffd"


def test_without_pyarrow_one_line_says_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'qawl\[parquet\]'"):
        ParquetWriter(io.BytesIO())


@pytest.mark.parametrize("bound", ["batch_rows", "batch_bytes"])
def test_a_batch_must_hold_something(bound: str) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        ParquetWriter(io.BytesIO(), **{bound: 0})  # type: ignore[arg-type]


def test_the_documented_example_is_what_is_written() -> None:
    row = rows([example()])[0]
    [shown] = documented("Parquet")
    assert {k: str(row[k]) if isinstance(row[k], date) else row[k] for k in shown if k != "said"} == {
        k: v for k, v in shown.items() if k != "said"
    }
    assert row["said"] | {"day": str(row["said"]["day"])} == shown["said"]


def test_columns_are_typed() -> None:
    assert STATEMENTS.field("said").type.field("day").type == pa.date32()
    assert STATEMENTS.field("confidence").type == pa.float64()
    assert STATEMENTS.field("content").type.value_type.field("start").type == pa.int32()
