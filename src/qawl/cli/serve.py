"""``qawl serve``: the record as a web site."""

from __future__ import annotations

import socket

import click

from qawl.cli.console import Console
from qawl.cli.kept import ask_record, record_option
from qawl.model import InputError

__all__ = ["serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(
    short_help="Open the record to a browser.",
    epilog="""\b
Examples:
  qawl serve                                  the pages at http://127.0.0.1:8000/
  qawl serve --record news.db --port 8080
  qawl serve --record postgresql://user@host/qawl
  qawl serve --host 0.0.0.0 --public          whoever reaches this machine may read

\b
Needs the extra: pip install 'qawl[web]'.

\b
Exit status: 0 done (Ctrl-C), 1 the record cannot be used, 2 not possible.""",
)
@record_option()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="On which to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N", help="0: one that is free."
)
@click.option("--public", is_flag=True, help="Let other machines read: needed for any host but this machine itself.")
@click.option("-q", "--quiet", is_flag=True, help="Do not say where it is.")
def serve(address: str, host: str, port: int, public: bool, quiet: bool) -> None:
    """Serve the record as pages in Arabic and English.

    Only this machine may read it, unless --public says otherwise.
    """
    if host not in _LOOPBACK and not public:
        raise click.UsageError(f"on {host} other machines could read the record; add --public if they shall")
    try:
        import uvicorn

        from qawl.web import Settings, create_app
        from qawl.web.settings import LOOPBACK
    except ModuleNotFoundError as e:
        raise InputError(f"the web pages need {e.name}: install them with pip install 'qawl[web]'") from None

    console = Console(quiet=quiet)
    with ask_record(address) as record, _listening(host, port) as listener:
        settings = Settings(hosts=() if public else LOOPBACK)
        config = uvicorn.Config(
            create_app(record, settings), log_config=None, access_log=False, server_header=False, proxy_headers=False,
            ws="none", timeout_keep_alive=5, timeout_graceful_shutdown=5,
        )  # fmt: skip
        shown = f"[{host}]" if ":" in host else host
        console.note(f"reading {record.name} at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises
    ------
    InputError
        If it cannot.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as e:
        raise InputError(f"{host}:{port} cannot be listened on: {e.strerror or e}; try another --port") from None
