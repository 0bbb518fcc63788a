"""Care: what is sound is called so, damage is found, copies are whole, views can be made anew."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from record_readings import BRIDGE, SALMA, added, facts, made, many, report, rows, said, views, wire

from qawl.identity import Decision
from qawl.model import InputError, RecordError
from qawl.record import Problem, Record


def lived_in(url: str) -> None:
    """A record in which everything happened: copies, changes, newer versions, corrections, decisions."""
    given = [*wire(), *many(14, 8)]
    with Record(url, create=True) as record:
        added(record, given)
        changed = [report(said(f"{BRIDGE} أو بعده"), url=r.article.url) for r in given[3:8] if r.article.url]
        added(record, changed)
        added(record, [replace(r, extractor="test/2") for r in given[:10]])
        record.correct(1, 1, "act", "warn", by="سهى")
        record.correct(2, 2, "source", {"name": SALMA, "kind": "person"}, by="سهى")
        record.undo(record.correct(3, 1, "statement", False, by="سهى").id, by="سهى")
        ids = tuple(record.who(name)[0].id for name in ("هالة المرزباني", "نزار الوادعاني"))
        record.decide(Decision("merge", ids, at="2024-05-01T10:00:00+00:00", by="سهى"))


@pytest.fixture
def template() -> object:
    return lived_in


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record


def test_after_all_that_happens_in_its_life_a_record_is_sound(record: Record, database: str) -> None:
    assert list(record.check()) == []
    added(record, many(10, 9))
    assert list(record.check()) == []
    record.vacuum()
    assert list(record.check()) == []
    assert {"replaced", "old"} == {
        *(["replaced"] if rows(database, "SELECT 1 FROM article WHERE replaced_by IS NOT NULL") else []),
        *(["old"] if rows(database, "SELECT 1 FROM reading WHERE NOT current") else []),
    }


def test_it_tells_how_far_it_is(record: Record) -> None:
    told: list[tuple[int, int]] = []
    list(record.check(lambda done, of: told.append((done, of))))
    readings = record.sizes().rows["reading"]
    assert told[-1] == (readings, readings)


_ONE = (
    "(SELECT min(x.id) FROM statement x JOIN stance t ON t.statement_id = x.id JOIN member m ON m.statement_id = x.id)"
)
_LEAD = "(SELECT min(lead) FROM saying)"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE article SET text = 'ج' || text WHERE id = 1", "not those that were stored"),
        # After all spans.
        ("UPDATE article SET text = text || ' وقال غير ذلك' WHERE id = 1", "SHA-256"),
        (f"UPDATE statement SET cue_start = cue_start + 1 WHERE id = {_ONE}", "not those that were stored"),
        (f"UPDATE statement SET content = '0-3 99999-99999' WHERE id = {_ONE}", "not those that were stored"),
        (f"UPDATE statement SET act = 'ask' WHERE id = {_ONE}", "a row of what test/1 read in it was changed|test/2"),
        (f"UPDATE statement SET who = 'Z' WHERE id = {_ONE}", "was changed"),
        (f"UPDATE stance SET sign = '*' WHERE statement_id = {_ONE}", "was changed"),
        ("DELETE FROM about; DELETE FROM stance", "not those that were stored"),
        ("DELETE FROM about", "not those that were stored"),
        ("UPDATE source SET name = 'ليان' WHERE id = 1", "was changed"),
        ("UPDATE reading SET digest = (SELECT digest FROM reading WHERE id = 2) WHERE id = 1", "was changed"),
        ("DELETE FROM saying_words WHERE id = (SELECT max(id) FROM saying)", "saying without words"),
        (f"UPDATE saying SET lead = 987654 WHERE lead = {_LEAD}", "saying without its first report"),
        (f"DELETE FROM member WHERE statement_id = {_LEAD}", "without its first report"),
        ("DELETE FROM saying", "a report of a saying that is not there"),
        ("DELETE FROM member WHERE article_id > 5", "a statement that no saying has"),
        ("UPDATE reading SET current = NOT current WHERE article_id = 12", "a reading that is not current"),
        ("DELETE FROM sighted", "a source without a party"),
        ("DELETE FROM party WHERE id > 2", "a party that is not there"),
        ("UPDATE saying_words SET words = 'جسر' WHERE id = (SELECT max(id) FROM saying)", "index"),
        ("INSERT INTO saying_words (id, words) VALUES (7, 'ميناء')", "index"),
    ],
)
def test_damage_behind_its_back_is_found(record: Record, database: str, damage: str, told: str) -> None:
    for statement in damage.split("; "):
        rows(database, statement)
    problems = list(record.check())
    assert any(re.search(told, p.message) for p in problems), problems
    assert all(p.where and "\n" not in p.message for p in problems)


def test_an_index_out_of_step_is_found_and_mended(record: Record, database: str) -> None:
    before = views(database)
    if database.startswith("sqlite"):
        command = "INSERT INTO saying_index (saying_index, rowid, words) SELECT 'delete', id, words FROM saying_words"
        rows(database, f"{command} WHERE id = (SELECT max(id) FROM saying)")
    else:
        rows(database, "DELETE FROM saying_index WHERE id = (SELECT max(id) FROM saying)")
    assert any("index" in p.message for p in record.check())
    record.reindex()
    assert list(record.check()) == []
    assert views(database) == before


def test_words_indexed_for_no_saying_are_found(record: Record, database: str) -> None:
    if database.startswith("sqlite"):
        rows(database, "INSERT INTO saying_index (rowid, words) VALUES (7, 'ميناء')")
    else:
        rows(database, "INSERT INTO saying_index (id, words) VALUES (7, 'ميناء')")
    assert any("index" in p.message for p in record.check())


def test_a_row_that_is_no_row_is_a_problem_and_no_crash(record: Record, database: str) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL does not take it")
    rows(database, "UPDATE article SET authors = '[' WHERE id = 1")
    rows(database, "UPDATE article SET text = CAST(x'ff' || text AS TEXT) WHERE id = 2")
    found = [p.message for p in record.check()]
    assert any("damaged" in message for message in found)
    assert any("UTF-8" in message for message in found)
    for article in (1, 2):
        with pytest.raises(RecordError):
            record.article(article)


def test_a_row_that_names_none_is_found(record: Record, database: str) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL does not take it")
    rows(database, "DELETE FROM source WHERE reading_id = 1")
    rows(database, "DELETE FROM reading WHERE id = 1")
    assert Problem("database", "row 1 of statement names a row of reading that is not there") in list(record.check())


def test_a_damaged_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    lived_in(str(path))
    whole = bytearray(path.read_bytes())
    at = whole.index("صحيفة".encode()) if "صحيفة".encode() in whole else len(whole) // 2
    whole[at : at + 2000] = bytes(2000)
    path.write_bytes(whole)
    try:
        with Record(str(path)) as record:
            found = [p.message for p in record.check()]
    except RecordError as e:
        found = [str(e)]
    assert found


def test_it_can_be_checked_while_another_program_writes(record: Record, database: str) -> None:
    told = threading.Event()

    def write(done: int, of: int) -> None:
        if not told.is_set():
            told.set()
            with Record(database) as other:
                added(other, many(5, 12))

    assert list(record.check(write)) == []
    assert told.is_set()


class TestBackup:
    def test_a_copy_has_all_there_is(self, record: Record, database: str, tmp_path: Path) -> None:
        path = tmp_path / "copy.db"
        record.backup(path)
        assert [f.name for f in tmp_path.iterdir() if "copy" in f.name] == ["copy.db"]
        url = f"sqlite:///{path}"
        assert facts(url) == facts(database)
        assert views(url) == views(database)
        with Record(str(path)) as copy:
            assert list(copy.check()) == []
            assert copy.find(words="الجسر").hits == record.find(words="الجسر").hits
            assert copy.corrections() == record.corrections()
            assert copy.decisions() == record.decisions()
            assert [x.reading for x in copy.readings()] == [x.reading for x in record.readings()]
            assert [a.outcome for a in copy.add(many(2, 13))] == ["new", "new"]

    def test_a_record_in_use_is_copied_as_it_is_at_one_moment(
        self, record: Record, database: str, tmp_path: Path
    ) -> None:
        stop = threading.Event()

        def write() -> None:
            with Record(database) as other:
                for n in range(40):
                    if not stop.is_set():
                        added(other, many(4, 100 + n))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for n in range(3):
                record.backup(tmp_path / f"copy{n}.db")
        finally:
            stop.set()
            writer.join()
        for n in range(3):
            with Record(str(tmp_path / f"copy{n}.db")) as copy:
                assert list(copy.check()) == []

    def test_what_is_there_is_not_overwritten(self, record: Record, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("ملاحظات")
        with pytest.raises(InputError, match="there already; give another name"):
            record.backup(path)
        assert path.read_text() == "ملاحظات"

    @pytest.mark.parametrize(
        ("name", "told"), [("no/such/copy.db", "does not exist"), ("x" * 252, "cannot be written")]
    )
    def test_where_nothing_can_be_written_it_says_so(
        self, record: Record, tmp_path: Path, name: str, told: str
    ) -> None:
        with pytest.raises(InputError, match=told):
            record.backup(tmp_path / name)


def test_views_made_anew_are_the_same(record: Record, database: str) -> None:
    before, kept = (facts(database), views(database)), (record.corrections(), record.decisions())
    told: list[tuple[int, int]] = []
    record.reindex(lambda done, of: told.append((done, of)))
    assert (facts(database), views(database)) == before
    assert (record.corrections(), record.decisions()) == kept
    assert told[-1] == (len(list(record.readings())),) * 2


def test_sizes_count_rows_and_bytes(record: Record, database: str) -> None:
    sizes = record.sizes()
    for table in ("article", "statement", "member", "party"):
        assert sizes.rows[table] == rows(database, f"SELECT count(*) FROM {table}")[0][0]
    texts = [r[0] for r in rows(database, "SELECT text FROM article")]
    assert sizes.text_bytes == sum(len(t.encode()) for t in texts)
    assert sizes.bytes > sizes.text_bytes
    assert sizes.per_statement == (sizes.bytes - sizes.text_bytes) / sizes.rows["statement"]


def test_an_empty_record_is_sound_and_small(tmp_path: Path) -> None:
    made(f"sqlite:///{tmp_path}/empty.db")
    with Record(str(tmp_path / "empty.db")) as record:
        assert list(record.check()) == []
        assert record.sizes().per_statement == 0
        record.reindex()
        record.vacuum()
        assert record.find().hits == ()
        assert record.facets().total == 0
