"""Several read while one writes; several write, one after the other; nobody sees half of anything."""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from record_readings import BRIDGE, added, facts, made, many, report, said, views

from qawl.model import Reading
from qawl.record import Record, adding
from qawl.record.database import Database

BATCH = 5


@pytest.fixture
def template() -> object:
    return made


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record


def batch(n: int) -> list[Reading]:
    """Reports with a statement each, none like another."""
    first = n * BATCH + 1000
    words = (f"المعمل رقم {k} ينسج بساطا أزرق طوله {k + 5000} ذراعا" for k in range(first, first + BATCH))
    return [report(said(w), title=f"المعمل {n}") for w in words]


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Does them in threads of their own; what went wrong."""
    wrong: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as e:
            wrong.append(e)

    threads = [threading.Thread(target=guarded, args=(w,)) for w in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _add_all(url: str, given: list[Reading], size: int) -> None:
    with Record(url, create=True) as record:
        for at in range(0, len(given), size):
            added(record, given[at : at + size])


def in_processes(*works: tuple[str, list[Reading], int]) -> list[int | None]:
    """Adds readings in processes of their own, at once; how they ended."""
    children = [multiprocessing.get_context("fork").Process(target=_add_all, args=w) for w in works]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    return [child.exitcode for child in children]


def test_readers_see_whole_batches_only(record: Record, database: str) -> None:
    done = threading.Event()
    seen: list[int] = []

    def write() -> None:
        try:
            with Record(database) as writer:
                for n in range(6):
                    added(writer, batch(n))
        finally:
            done.set()

    def read() -> None:
        last = 0
        with Record(database) as reader:
            while not done.is_set():
                total = reader.facets(words="بساط").total
                hits = len(reader.find(words="بساط", limit=1000).hits)
                rows = reader.sizes().rows
                assert total % BATCH == hits % BATCH == rows["article"] % BATCH == 0
                assert rows["article"] == rows["reading"] == rows["statement"] == rows["saying"] == rows["member"]
                assert last <= total <= hits <= rows["article"]
                last = total
                seen.append(total)

    assert at_once(write, read, read, read) == []
    assert len(record.find(limit=1000).hits) == 6 * BATCH
    assert seen


def test_one_transaction_sees_one_state(record: Record, database: str) -> None:
    added(record, batch(0))
    own = Database(database)
    with own.reading() as connection:
        count = "SELECT count(*) FROM article"
        assert connection.exec_driver_sql(count).scalar() == BATCH
        added(record, batch(1))
        assert connection.exec_driver_sql(count).scalar() == BATCH
    with own.reading() as connection:
        assert connection.exec_driver_sql(count).scalar() == 2 * BATCH
    own.close()


def test_what_is_found_is_still_there_when_it_is_loaded(record: Record, database: str) -> None:
    # An earlier report takes the place of the saying that was found.
    added(record, [report(said(BRIDGE), day="2024-03-20", outlet="المنارة")])
    done = threading.Event()

    def write() -> None:
        try:
            with Record(database) as writer:
                for day in range(19, 13, -1):
                    added(writer, [report(said(BRIDGE), day=f"2024-03-{day:02}", title=f"{day}")])
        finally:
            done.set()

    def read() -> None:
        with Record(database) as reader:
            while not done.is_set():
                assert reader.find(words="الجسر").hits

    assert at_once(write, read, read) == []


def test_two_writers_at_once_both_succeed(database: str, tmp_path: Path) -> None:
    # Half of what one has the other has, too.
    given = many(30, 31)
    assert in_processes((database, given[:22], 1), (database, given[8:], 5)) == [0, 0]
    calm = f"sqlite:///{tmp_path}/calm.db"
    made(calm)
    with Record(calm) as alone, Record(database) as record:
        added(alone, given)
        assert facts(database) == facts(calm)
        assert views(database) == views(calm)
        assert list(record.check()) == []


def test_two_threads_may_write_with_one_record(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "_ARTICLES", 2)
    one, other = many(12, 41), many(12, 42)
    assert at_once(lambda: added(record, one), lambda: added(record, other), lambda: record.settle()) == []
    assert record.sizes().rows["article"] == 24
    assert list(record.check()) == []


class TestWhereNothingIsYet:
    @pytest.fixture
    def template(self) -> None:
        return None

    def test_two_may_make_the_record_at_once(self, database: str) -> None:
        given = many(9, 51)
        assert in_processes((database, given, 4), (database, given[::-1], 2), (database, given, 9)) == [0, 0, 0]
        with Record(database) as record:
            assert record.sizes().rows["article"] == 9
            assert list(record.check()) == []


def test_a_correction_and_a_newer_version_do_not_lose_each_other(record: Record, database: str) -> None:
    given = many(6, 61)
    articles = added(record, given)
    draw = random.Random(1)

    def correct() -> None:
        with Record(database) as other:
            for article in articles:
                numbers = [s.id for s in other.article(article).reading.statements]
                other.correct(article, draw.choice(numbers), "act", "warn", by="سهى")

    def reread() -> None:
        with Record(database) as other:
            for version in range(2, 5):
                added(other, [Reading(r.article, r.statements, r.sources, f"test/{version}") for r in given])

    assert at_once(correct, reread) == []
    assert len(record.corrections()) == 6
    assert all(any(s.act == "warn" for s in x.corrected().statements) for x in record.readings())
    assert list(record.check()) == []
