"""The schema is what the migrations make; what is no record, or a newer Qawl's, is told in one line."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from record_readings import BRIDGE, added, contents, made, report, rows, said
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import qawl.record
from qawl.model import RecordError
from qawl.record import Record, schema

SECRET = "geheim7"


def refused(address: str | Path, *, create: bool = False) -> str:
    """What is said of an address that does not open: one line, and no password."""
    with pytest.raises(RecordError) as e:
        Record(str(address), create=create).close()
    told = str(e.value)
    assert told
    assert "\n" not in told
    assert SECRET not in told
    return told


class TestTheSchema:
    def test_migrations_make_what_the_tables_say(self, database: str) -> None:
        made(database)
        with create_engine(database, poolclass=NullPool).connect() as connection:
            # The index of words is each database's own.
            context = MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "include_object": lambda o, name, kind, *_: (
                        not (
                            (kind == "table" and name.startswith("saying_index"))
                            or (kind == "index" and o.table.name.startswith("saying_index"))
                        )
                    ),
                },
            )
            assert compare_metadata(context, schema.metadata) == []

    def test_the_version_that_the_code_knows_is_the_newest_migration(self) -> None:
        scripts = ScriptDirectory(str(Path(qawl.record.__file__).parent / "migrations"))
        assert scripts.get_heads() == [schema.HEAD]

    def test_a_migrated_database_says_so(self, database: str) -> None:
        made(database)
        assert rows(database, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]

    def test_opening_again_changes_nothing(self, database: str) -> None:
        made(database)
        with Record(database, create=True) as record:
            added(record, [report(said(BRIDGE))])
        for create in (True, False):
            with Record(database, create=create) as record:
                assert contents(record) == [BRIDGE]

    def test_tables_are_facts_decisions_or_views(self) -> None:
        decided = {"correction", "decision", "setting"}
        assert {t.name for t in (*schema.FACTS, *schema.VIEWS)} | decided == set(schema.metadata.tables)


class TestWhatIsNoRecord:
    def test_none_there(self, database: str) -> None:
        assert "there is no record at" in refused(database)
        assert "qawl add" in refused(database)

    def test_nothing_is_made_where_none_is_asked_for(self, tmp_path: Path) -> None:
        refused(tmp_path / "record.db")
        assert list(tmp_path.iterdir()) == []

    def test_of_a_newer_qawl(self, database: str) -> None:
        made(database)
        rows(database, "UPDATE alembic_version SET version_num = '0999'")
        for create in (True, False):
            assert f"newer Qawl (schema 0999; this one knows {schema.HEAD})" in refused(database, create=create)
        assert rows(database, "SELECT version_num FROM alembic_version") == [("0999",)]

    def test_of_a_revision_that_nobody_knows(self, database: str) -> None:
        made(database)
        rows(database, "UPDATE alembic_version SET version_num = '0000'")
        assert "0000" in refused(database, create=True)

    def test_of_another_program(self, database: str) -> None:
        rows(database, "CREATE TABLE shopping (item TEXT)")
        for create in (True, False):
            assert "no record of Qawl" in refused(database, create=create)
        assert rows(database, "SELECT * FROM shopping") == []

    def test_of_another_program_with_migrations(self, database: str) -> None:
        rows(database, "CREATE TABLE alembic_version (version_num VARCHAR(32))")
        rows(database, "INSERT INTO alembic_version VALUES ('ae1027a6acf')")
        assert "no record of Qawl" in refused(database, create=True)
        rows(database, "CREATE TABLE article (title TEXT)")
        assert refused(database, create=True)
        assert rows(database, "SELECT * FROM article") == []

    def test_a_folder(self, tmp_path: Path) -> None:
        assert "is a folder; give a file" in refused(tmp_path, create=True)

    @pytest.mark.parametrize("content", ["قالت سلمى الراوي إن الجسر سيفتح غدا. " * 50, "x"])
    def test_a_text_file(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "news.txt"
        path.write_text(content, encoding="utf-8")
        for create in (True, False):
            assert "no SQLite file" in refused(path, create=create)
        assert path.read_text(encoding="utf-8") == content

    def test_a_name_that_is_none(self, tmp_path: Path) -> None:
        assert "cannot be opened" in refused(tmp_path / ("x" * 300), create=True)

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        assert "does not exist; make it" in refused(tmp_path / "no" / "record.db", create=True)

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("mysql://u:geheim7@host/news", "SQLite or PostgreSQL, not mysql"),
            ("http://news.example/record", "SQLite or PostgreSQL, not http"),
            ("sqlite:///:memory:", "would be lost"),
            ("sqlite://", "would be lost"),
            ("postgresql:/u:geheim7@host/news", "no address of a record"),
            ("postgresql://u:geheim7@host:port/news", "no address of a record"),
            ("postgresql://u:geheim7@127.0.0.1:1/news", r"u:\*\*\*@127.0.0.1:1/news: .*refused"),
            ("postgresql+psycopg2://u:geheim7@127.0.0.1:1/news", r"\*\*\*@127.0.0.1:1/news: .*refused"),
        ],
    )
    def test_an_address_of_none(self, address: str, told: str) -> None:
        assert re.search(told, refused(address, create=True))


class TestTheAddress:
    @pytest.fixture(autouse=True)
    def _no_record_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("QAWL_RECORD", raising=False)

    def test_the_environment_names_it(self, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        made(database)
        monkeypatch.setenv("QAWL_RECORD", database)
        with Record() as record:
            added(record, [report(said(BRIDGE))])
        with Record(database) as record:
            assert contents(record) == [BRIDGE]

    def test_what_is_given_goes_before_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QAWL_RECORD", str(tmp_path / "other.db"))
        made(str(tmp_path / "given.db"))
        assert [p.name for p in tmp_path.iterdir() if p.suffix == ".db"] == ["given.db"]

    def test_without_any_it_is_in_the_users_data_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: tmp_path / "data" / name)
        assert str(tmp_path / "data" / "qawl" / "record.db") in refused("")
        with Record(create=True) as record:
            assert record.name == str(tmp_path / "data" / "qawl" / "record.db")

    def test_a_path_and_its_url_are_the_same(self, tmp_path: Path) -> None:
        path = tmp_path / "سجل الأخبار.db"
        made(str(path))
        with Record(f"sqlite:///{path}") as record:
            assert record.name == str(path)
        assert sqlite3.connect(path).execute("PRAGMA application_id").fetchone() == (0x5141574C,)

    def test_the_password_is_not_shown(self, postgres_server: object, postgres_url: str) -> None:
        password = postgres_server.password  # type: ignore[attr-defined]
        with postgres_server.database() as url:  # type: ignore[attr-defined]
            made(url)
            with Record(url) as record:
                assert password not in record.name
                assert "***" in record.name
        assert password not in refused(postgres_url.replace("/qawl", "/nowhere"))
