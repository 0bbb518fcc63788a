"""A PostgreSQL server of the test run's own: started empty, stopped and removed with the run that started it.

    python tests/record/servers.py    # the folder of PostgreSQL's programs, or what to install

The server is kept by a shell that waits for the end of its input. However the run ends, killed included, its end of
the pipe closes, and the shell stops the server and removes the folder.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

__all__ = ["MISSING", "Prepare", "Server", "StartError", "programs", "required_programs", "serve"]

Prepare = Callable[[str], object]
"""Makes a schema in the empty database whose URL it takes, and leaves no connection to it open."""

MISSING = (
    "PostgreSQL is not installed, its tests cannot run. "
    "Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql; elsewhere: QAWL_POSTGRES_BIN=FOLDER"
)

_ROLE = "qawl"
_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora, Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # so that no path can be too long for one
    "max_connections": "50",
    # What is lost in a crash of a server that lives for minutes is no loss.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # A database cannot be copied while a worker is in it.
    "autovacuum": "off",
}
_MEMORY = "/dev/shm"
_ROOM = 2**31
_KEEPER = r"""
trap '' PIPE
folder=$1 bin=$2 options=$3
shift 3
export LC_ALL=C
start() {
    printf %s "$QAWL_PASSWORD" >password
    "$bin/initdb" --pgdata=data --username=postgres --pwfile=password --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C --no-sync || return
    for port; do
        "$bin/pg_ctl" --pgdata=data --log=log --options="-p $port $options" --wait --silent start && return
    done
    return 1
}
if start "$@" </dev/null >>log 2>&1; then
    echo "$port"
    cat
    "$bin/pg_ctl" --pgdata=data --mode=immediate --wait --silent stop >>log 2>&1
else
    cat log
fi
rm -rf "$folder"
"""
"""Folder, programs, options and ports in; out comes the port in use, else why there is none."""
_PORTS = 3  # another program may take one between the moment it was free and the start


class StartError(Exception):
    """The server did not start; the message has its log."""


def programs() -> Path | None:
    """The folder that has PostgreSQL's programs.

    Returns
    -------
    Path or None
        ``QAWL_POSTGRES_BIN`` where that is set; else one on ``PATH``, else the newest version in the places where the
        packages of Debian, Fedora, Homebrew and Postgres.app put them. None if they are not there.
    """
    named = os.environ.get("QAWL_POSTGRES_BIN")
    return next((f for f in ([Path(named)] if named else _likely()) if _complete(f)), None)


def required_programs() -> Path:
    """As `programs`; a test that cannot have them is skipped, with what to install.

    In CI (``CI=true``) it fails: there nobody reads what was skipped.
    """
    import pytest

    found = programs()
    if found is not None:
        return found
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


def _likely() -> Iterator[Path]:
    on_path = shutil.which("pg_ctl")
    if on_path:
        yield Path(on_path).parent
    for pattern in _FOLDERS:
        yield from sorted(Path("/").glob(pattern[1:]), key=_version, reverse=True)


def _version(folder: Path) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", str(folder))]


def _complete(folder: Path) -> bool:
    return all(os.access(folder / p, os.X_OK) for p in _PROGRAMS)


@contextmanager
def serve(bin_: Path, options: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A fresh server on a free port of the loopback, for as long as the block runs.

    Parameters
    ----------
    bin_ : Path
        The folder of PostgreSQL's programs.
    options : mapping of str to str, optional
        Settings of the server beside those of every test server (``work_mem``).

    Raises
    ------
    StartError
        If it does not start, with its log.
    """
    password = secrets.token_hex(16)
    user = _user()
    # Not among pytest's folders: those are closed to the user that root has to become, and are kept for days.
    folder = tempfile.mkdtemp(prefix="qawl-pg-", dir=_place(user is not None))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    settings = shlex.join(f"--{name}={value}" for name, value in {**_OPTIONS, **(options or {})}.items())
    keeper = subprocess.Popen(
        ["sh", "-uc", _KEEPER, "sh", folder, str(bin_), settings, *_free_ports()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**{k: v for k, v in os.environ.items() if not k.startswith("PG")}, "QAWL_PASSWORD": password},
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C is for the tests; the server goes after them
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    with _ended(keeper), ExitStack() as stack:
        assert keeper.stdout is not None
        said = keeper.stdout.readline()
        if not said.strip().isdecimal():
            raise StartError(f"PostgreSQL did not start:\n{said}{keeper.stdout.read()}")
        yield _with_role(stack, int(said), password)


def _user() -> pwd.struct_passwd | None:
    """Whom root becomes, since PostgreSQL does not run as root; None for anybody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise StartError("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody")


def _place(root: bool) -> str | None:
    """Where the data goes: into memory where there is room, since a database is some 300 files to make and to remove.

    Else the usual folder of temporary files; root's own may be closed to others.
    """
    with suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return "/tmp" if root else None


def _free_ports() -> list[str]:
    """Some ports that nothing listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(_PORTS)]
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [str(s.getsockname()[1]) for s in sockets]


@contextmanager
def _ended(keeper: subprocess.Popen[str]) -> Iterator[None]:
    """Lets the keeper go on only as long as the block."""
    try:
        yield
    finally:
        with suppress(BrokenPipeError):
            keeper.communicate()


def _with_role(stack: ExitStack, port: int, password: str) -> Server:
    """The server, with the role that owns what the tests make."""
    import psycopg

    admin = psycopg.connect(host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres",
                            autocommit=True)  # fmt: skip
    server = Server(port, password, stack.enter_context(admin))
    server.run(f"CREATE ROLE {_ROLE} LOGIN CREATEDB PASSWORD '{password}'")
    server.create(_ROLE)
    return server


@dataclass
class Server:
    """A running server.

    Its databases belong to a role that may make databases and nothing else, as on most servers of other people.

    Parameters
    ----------
    port : int
        On 127.0.0.1.
    password : str
        Of the role, and of the superuser.
    admin : psycopg.Connection
        The superuser's.
    """

    port: int
    password: str
    admin: psycopg.Connection[Any]
    _made: int = 0
    _templates: dict[Prepare, str] = field(default_factory=dict)

    def url(self, database: str = "") -> str:
        """The URL of a database for SQLAlchemy; without a name that of one that is always there, empty."""
        return f"postgresql+psycopg://{_ROLE}:{self.password}@127.0.0.1:{self.port}/{database or _ROLE}"

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """What the superuser's statement gives."""
        cursor = self.admin.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []

    @contextmanager
    def database(self, prepare: Prepare | None = None) -> Iterator[str]:
        """The URL of a new database, which is dropped at the end of the block, with its connections.

        Parameters
        ----------
        prepare : Prepare, optional
            Makes the schema. It is called once, however many databases are asked for: they are copies of the first.
            Without it the database is empty.
        """
        self._made += 1
        name = f"test_{self._made}"
        self.create(name, self._template(prepare) if prepare else "template0")
        try:
            yield self.url(name)
        finally:
            self.drop(name)

    def create(self, name: str, template: str = "template0") -> None:
        """Makes a database."""
        # A plain copy of the files is the quicker of the two ways for a small one; before 15 it is the only one.
        how = " STRATEGY file_copy" if self.admin.info.server_version >= 150000 else ""
        self.run(f"CREATE DATABASE {name} OWNER {_ROLE} TEMPLATE {template}{how}")

    def drop(self, name: str) -> None:
        """Drops a database; who is still connected to it is cut off."""
        others = f"FROM pg_stat_activity WHERE datname = '{name}'"
        self.run(f"SELECT pg_terminate_backend(pid) {others}")
        # DROP looks whether they are gone once in 100 ms.
        deadline = time.monotonic() + 5
        while self.run(f"SELECT 1 {others}") and time.monotonic() < deadline:
            time.sleep(0.001)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _template(self, prepare: Prepare) -> str:
        if prepare not in self._templates:
            name = f"template_{len(self._templates) + 2}"
            self.create(name)
            prepare(self.url(name))
            self._templates[prepare] = name
        return self._templates[prepare]


def main() -> None:
    found = programs()
    if found is None:
        sys.exit(MISSING)
    print(found)


if __name__ == "__main__":
    main()
