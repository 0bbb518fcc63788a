"""Databases for the tests of the record: each test gets a fresh one, in SQLite and in PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import servers


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Server]:
    """A PostgreSQL server of this run; without PostgreSQL the test is skipped, or fails in CI."""
    with servers.serve(servers.required_programs()) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: servers.Server) -> str:
    """The URL of an empty database that lives as long as the run; its role may make others."""
    return postgres_server.url()


@pytest.fixture(scope="session")
def template() -> servers.Prepare | None:
    """What makes the schema that `database` starts with; None: it starts empty.

    A module whose tests want one overrides this fixture. It is called once a session for each kind of database, and the
    tests get copies.
    """
    return None


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, template: servers.Prepare | None, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of this test's own: with what `template` makes, else empty."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_file")(tmp_path, template)
    else:
        with request.getfixturevalue("postgres_server").database(template) as url:
            yield url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, servers.Prepare | None], str]:
    """What gives the URL of a new SQLite database in a folder; without a schema there is no file yet."""
    made: dict[servers.Prepare, Path] = {}

    def make(folder: Path, prepare: servers.Prepare | None) -> str:
        if prepare is not None:
            if prepare not in made:
                made[prepare] = tmp_path_factory.mktemp("template")
                prepare(f"sqlite:///{made[prepare]}/record.db")
            # With its log of writes (``record.db-wal``), should there be one.
            shutil.copytree(made[prepare], folder, dirs_exist_ok=True)
        return f"sqlite:///{folder}/record.db"

    return make
