"""The databases that the tests of the record run on: real, fresh for each test, gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import servers
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools" / "postgres.sh"
calls: list[str] = []


def engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def with_notes(url: str) -> None:
    calls.append(url)
    with engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))


def run(url: str, statement: str) -> None:
    with engine(url).begin() as connection:
        connection.execute(text(statement))


def ask(url: str, statement: str) -> object:
    with engine(url).connect() as connection:
        return connection.execute(text(statement)).scalar()


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database(database: str, turn: int) -> None:
    assert inspect(engine(database)).get_table_names() == []
    run(database, "CREATE TABLE left_over (n INTEGER)")


def test_arabic_is_kept_as_it_was_written(database: str) -> None:
    written = "قالت سلمى الراوي: «الجِسْرُ سيُفتح» 😀"
    run(database, "CREATE TABLE notes (words TEXT)")
    with engine(database).begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": written})
    assert ask(database, "SELECT words FROM notes") == written


class TestWithASchema:
    @pytest.fixture
    def template(self) -> servers.Prepare:
        return with_notes

    @pytest.mark.parametrize("turn", [1, 2])
    def test_each_test_gets_a_copy_of_its_own(self, database: str, turn: int) -> None:
        assert ask(database, "SELECT count(*) FROM notes") == 0
        run(database, "INSERT INTO notes VALUES ('ملاحظة')")

    def test_the_schema_is_made_once_for_each_kind(self, database: str) -> None:
        kind = database.partition(":")[0]
        assert len([url for url in calls if url.startswith(kind)]) == 1
        assert database not in calls


def test_the_server_compares_by_code_point_in_utf_8(postgres_url: str) -> None:
    assert ask(postgres_url, "SHOW server_encoding") == "UTF8"
    assert ask(postgres_url, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C"


def test_the_tests_role_is_no_superuser(postgres_url: str) -> None:
    assert ask(postgres_url, "SHOW is_superuser") == "off"


def test_a_database_goes_even_where_a_connection_to_it_was_left_open(postgres_server: servers.Server) -> None:
    with postgres_server.database() as url:
        left = create_engine(url)
        connection = left.connect()
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
    assert postgres_server.run("SELECT datname FROM pg_database WHERE datname LIKE 'test_%'") == []
    connection.invalidate()
    left.dispose()


def test_the_server_is_closed_to_who_has_no_password(postgres_server: servers.Server) -> None:
    import psycopg

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=postgres_server.port, user="postgres", password="")


HOLD = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
sys.path.insert(0, sys.argv[1])
import servers
with servers.serve(servers.programs()) as server:
    print(server.run("SELECT pg_backend_pid()")[0][0], server.run("SHOW data_directory")[0][0], flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda s: s.name)
def test_no_process_and_no_file_is_left_when_the_run_is_ended(postgres_url: str, how: signal.Signals) -> None:
    run_ = [sys.executable, "-c", HOLD, str(Path(servers.__file__).parent)]
    with subprocess.Popen(run_, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as holder:
        assert holder.stdout is not None
        pid, folder = holder.stdout.readline().split()
        assert is_there(int(pid))
        assert Path(folder).exists()
        holder.send_signal(how)
    deadline = time.monotonic() + 20
    while (is_there(int(pid)) or Path(folder).parent.exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_there(int(pid))
    assert not Path(folder).parent.exists()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def test_a_server_that_does_not_start_says_why() -> None:
    unknown = servers.serve(servers.required_programs(), {"no_such_setting": "1"})
    with pytest.raises(servers.StartError, match="no_such_setting"), unknown:
        pass


def test_without_the_programs_the_test_is_skipped_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QAWL_POSTGRES_BIN", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    assert servers.programs() is None
    with pytest.raises(pytest.skip.Exception, match="apt install postgresql"):
        servers.required_programs()


def test_in_ci_it_fails_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QAWL_POSTGRES_BIN", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt install postgresql"):
        servers.required_programs()


def prepared(**env: str) -> subprocess.CompletedProcess[str]:
    """What `make test` does before the tests."""
    variables = {**os.environ, "PYTHON": sys.executable, **env}
    return subprocess.run([SCRIPT], env=variables, capture_output=True, text=True, check=True)


def test_the_script_says_nothing_where_the_programs_are(postgres_url: str) -> None:
    done = prepared()
    assert done.stdout + done.stderr == ""


def test_the_script_says_in_one_line_what_to_install(tmp_path: Path) -> None:
    done = prepared(QAWL_POSTGRES_BIN=str(tmp_path))
    assert done.stdout + done.stderr == servers.MISSING + "\n"
