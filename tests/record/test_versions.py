"""Several versions of one article's reading: all stay, one counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from record_readings import rows

import qawl
from qawl.record import Record

TEXT = "قالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا أمام الناس. ورفض النائب سالم الحمداني رفع الرسوم على السفن."


@pytest.fixture
def read(database: str) -> Iterator[tuple[Record, qawl.Reading, qawl.Reading]]:
    """A record in which a second version has read what a first had."""
    first = qawl.read(TEXT, published="2024-03-05", outlet="الأفق")
    second = replace(first, extractor="other/2", statements=first.statements[:1])
    with Record(database, create=True) as record:
        assert [a.outcome for a in record.add([first], model="m1")] == ["new"]
        assert [a.outcome for a in record.add([second], model="m1")] == ["reread"]
        yield record, first, second


def test_the_last_reading_counts_and_all_stay(read: tuple[Record, qawl.Reading, qawl.Reading]) -> None:
    record, first, second = read
    [article] = {h.article for h in record.find().hits}
    assert record.article(article).reading == second
    assert [x.reading for x in record.versions(article)] == [first, second]


def test_a_version_is_returned_to_without_reading_anew(read: tuple[Record, qawl.Reading, qawl.Reading]) -> None:
    record, first, _ = read
    [article] = record.return_to(first.extractor, "m1")
    assert record.article(article).reading == first
    assert {h.statement for h in record.find().hits} == set(first.statements)
    assert len(record.versions(article)) == 2
    assert list(record.check()) == []


def test_there_is_nothing_to_return_to_where_the_version_counts(
    read: tuple[Record, qawl.Reading, qawl.Reading],
) -> None:
    record, _, second = read
    assert list(record.return_to(second.extractor, "m1")) == []
    assert list(record.return_to("never/1", "m1")) == []
    assert list(record.outdated(second.extractor, "m1")) == []
    assert len(list(record.outdated("never/1", "m1"))) == 1


def test_adding_what_an_earlier_version_read_does_not_bring_it_back(
    read: tuple[Record, qawl.Reading, qawl.Reading],
) -> None:
    record, first, second = read
    [added] = record.add([first], model="m1")
    assert added.outcome == "known"
    assert record.article(added.article).reading == second


def test_a_record_whose_views_another_version_made_says_so(database: str) -> None:
    with Record(database, create=True) as record:
        assert not record.stale
        list(record.add([qawl.read(TEXT, outlet="الأفق")]))
        rows(database, "UPDATE setting SET value = 'other' WHERE key = 'views'")
        assert record.stale
        assert ["another version" in p.message for p in record.check()] == [True]
        record.reindex()
        assert not record.stale
        assert list(record.check()) == []
