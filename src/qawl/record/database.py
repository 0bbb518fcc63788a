"""The database under a record: its address, its connections and transactions, its schema kept up to date."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from qawl.model import RecordError
from qawl.record.schema import HEAD, VIEWS_VERSION, article, setting

__all__ = ["Database", "address"]

_WAIT = 60_000  # milliseconds for which one writer waits for another
_CACHE = -64_000  # pages of SQLite in memory, in KiB where negative
_LOG = 16_384  # pages of the log, 64 MiB, after which they go to the file: a batch touches pages all over it
_MAPPED = 1 << 30  # bytes of a file that SQLite may read without copying
_LOCK = 0x5141574C  # the advisory lock of PostgreSQL that a writer holds: "QAWL"
_MARK = 0x5141574C  # SQLite's application_id
_HEADER = b"SQLite format 3\0"
_NO_FILE = "is no SQLite file"


def address(given: str = "") -> URL:
    """The address of a record.

    Parameters
    ----------
    given : str
        ``sqlite:///path.db``, ``postgresql://…``, the path of a SQLite file, or ``""`` for the environment's
        ``QAWL_RECORD``, else ``record.db`` in the user's data folder.

    Raises
    ------
    RecordError
        If it is no address, or of a database that is not supported.
    """
    given = given or os.environ.get("QAWL_RECORD", "")
    if not given:
        from platformdirs import user_data_path

        return URL.create("sqlite", database=str(user_data_path("qawl", appauthor=False) / "record.db"))
    if not re.match(r"[a-z][a-z0-9+]*:", given) or (os.name == "nt" and given[1:2] == ":"):
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        shown = re.sub(r":[^:/]*@", ":***@", given)
        raise RecordError(
            f"'{shown}' is no address of a record: give a path, sqlite:///PATH or postgresql://…"
        ) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise RecordError(f"records are kept in SQLite or PostgreSQL, not {url.get_backend_name()}")
    if not url.database or url.database == ":memory:":
        raise RecordError("a record in memory would be lost: give sqlite:///PATH")
    return url


class Database:
    """A database with the record's schema.

    Parameters
    ----------
    given : str
        As for `address`.
    create : bool
        Whether to make it where there is none.

    Raises
    ------
    RecordError
        If there is none, it cannot be reached, is no record or was made by a newer Qawl.
    """

    def __init__(self, given: str = "", *, create: bool = False) -> None:
        self.url = address(given)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            try:
                self._ready_file(create, default=not (given or os.environ.get("QAWL_RECORD")))
            except OSError as e:
                raise RecordError(f"{self.name} cannot be opened: {e.strerror}") from None
        self.engine = self._engine()
        try:
            with self._explained():
                self._ready_schema(create)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The address without its password, for messages."""
        return str(self.url.database) if self.sqlite else self.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one state of the record throughout."""
        # PostgreSQL would show each statement what was committed before it began.
        option = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._explained(), self.engine.connect() as plain:
            connection = plain.execution_options(**option)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; there is one at a time, others wait. All of it is kept, or nothing."""
        with self._explained(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection outside transactions, for VACUUM and the like."""
        with self._explained(), self.engine.connect() as plain:
            # SQLAlchemy's own AUTOCOMMIT would leave the driver of SQLite beginning transactions by itself.
            option = {"alone": True} if self.sqlite else {"isolation_level": "AUTOCOMMIT"}
            yield plain.execution_options(**option)

    # -- getting ready ----------------------------------------------------------------------------------------

    def _ready_file(self, create: bool, *, default: bool) -> None:
        path = Path(str(self.url.database))
        if path.is_dir():
            raise RecordError(f"{path} is a folder; give a file")
        if path.exists():
            with path.open("rb") as file:
                # SQLite itself would write over what is shorter than a page.
                if file.read(len(_HEADER)) not in (b"", _HEADER):
                    raise RecordError(f"{path} {_NO_FILE}")
            return
        if not create:
            raise RecordError(f"there is no record at {path}; 'qawl add' makes one")
        if default:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not path.parent.is_dir():
            raise RecordError(f"the folder {path.parent} does not exist; make it, or give another path")

    def _engine(self) -> Engine:
        try:
            engine = create_engine(self.url)
        except (NoSuchModuleError, ModuleNotFoundError):
            raise RecordError("PostgreSQL needs psycopg: pip install 'qawl[postgres]'") from None
        if self.sqlite:
            event.listen(engine, "connect", _set_up)
            event.listen(engine, "begin", _begin)
        return engine

    def _ready_schema(self, create: bool) -> None:
        with self.reading() as connection:
            known = inspect(connection).get_table_names()
            mine = "alembic_version" in known
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if mine else None
        if revision == HEAD:
            return
        if known and not (mine and ("article" in known or not revision)):
            raise RecordError(f"{self.name} is a database, but no record of Qawl; give another")
        if not known and not create:
            raise RecordError(f"there is no record at {self.name}; 'qawl add' makes one")
        if revision is not None and revision > HEAD:
            raise RecordError(f"{self.name} was made by a newer Qawl (schema {revision}; this one knows {HEAD})")
        self.upgrade()

    def upgrade(self) -> None:
        """Brings the schema to that of this version, in one transaction."""
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as e:
                raise RecordError(f"{self.name} has a schema that this Qawl does not know: {e}") from e
            if self.sqlite:
                connection.execute(text(f"PRAGMA application_id = {_MARK}"))
            if connection.execute(select(article.c.id).limit(1)).first() is None:
                connection.execute(delete(setting).where(setting.c.key == "views"))
                connection.execute(insert(setting), [{"key": "views", "value": VIEWS_VERSION}])

    @property
    def stale(self) -> bool:
        """Whether this version works out the views otherwise than they were."""
        with self.reading() as connection:
            known = connection.execute(select(setting.c.value).where(setting.c.key == "views")).scalar()
        return known != VIEWS_VERSION

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Says what is wrong with a database in one line."""
        try:
            yield
        except OverflowError as e:
            raise RecordError(f"{self.name}: a number is larger than a database holds") from e
        except DBAPIError as e:
            told = " ".join(str(e.orig).split())
            for sign, message in _TOLD.items():
                if sign in told:
                    raise RecordError(f"{self.name}: {message}") from e
            raise RecordError(f"{self.name}: {told}") from e


_TOLD = {
    "file is not a database": _NO_FILE,
    "database is locked": "another program has been writing to it for a minute; try again when it is done",
    "unable to open database file": "cannot be opened; see whether its folder may be written to",
    "readonly database": "may not be written to; see the rights of the file and its folder",
    "disk is full": "the disk is full; nothing of the last batch was kept",
    "disk image is malformed": "is damaged; restore it from a backup ('qawl record backup' makes one)",
}


def _set_up(dbapi: Any, _: object) -> None:
    """Settings of a connection to SQLite; transactions are begun by `_begin`, not by the driver."""
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_WAIT}")
    [(mark,), (pages,)] = (cursor.execute(f"PRAGMA {x}").fetchone() for x in ("application_id", "page_count"))
    if mark == _MARK or not pages:
        # Readers and one writer do not wait for each other. A killed program loses nothing that was committed; what a
        # power cut can lose are the last commits, never the file. The mode is written into the file: not in another's.
        with suppress(sqlite3.OperationalError):  # a file that may only be read
            cursor.execute("PRAGMA journal_mode = WAL")
    for pragma in (
        "synchronous = NORMAL",
        f"wal_autocheckpoint = {_LOG}",
        "foreign_keys = ON",
        f"cache_size = {_CACHE}",
        f"mmap_size = {_MAPPED}",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("alone"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
