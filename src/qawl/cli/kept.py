"""The record that a command works on."""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qawl.model import Moment

if TYPE_CHECKING:
    from qawl.record import Record

__all__ = ["ask_record", "first_day", "has_record", "last_day", "record_option"]

_F = TypeVar("_F", bound=Callable[..., Any])


def record_option() -> Callable[[_F], _F]:
    """``--record URL``."""
    return click.option(
        "--record", "address", default="", metavar="URL",
        help="The record: a file's path, sqlite:///PATH or postgresql://…  Default: QAWL_RECORD, else a file of yours.",
    )  # fmt: skip


def ask_record(address: str, *, create: bool = False) -> Record:
    """The record at an address, to be closed.

    Parameters
    ----------
    address : str
        As ``--record`` takes it.
    create : bool
        Whether to make it where there is none.

    Raises
    ------
    RecordError
        If there is none, or it cannot be opened.
    """
    from qawl.record import Record

    record = Record(address, create=create)
    if record.stale:
        click.echo(f"{record.name}: made for another version's search; 'qawl record reindex' mends it", err=True)
    return record


def has_record(address: str) -> bool:
    """Whether the user named a record, or has one where it usually is."""
    if address or os.environ.get("QAWL_RECORD"):
        return True
    from platformdirs import user_data_path

    return (user_data_path("qawl", appauthor=False) / "record.db").exists()


def first_day(moment: Moment | None) -> str:
    """The first day of what ``--since`` was given, ISO 8601; ``""`` for None."""
    iso = moment.iso[:10] if moment else ""
    return iso + "-01-01"[len(iso) - 4 :] if iso else ""


def last_day(moment: Moment | None) -> str:
    """The last day of what ``--until`` was given, ISO 8601; ``""`` for None."""
    iso = moment.iso[:10] if moment else ""
    if len(iso) == 4:
        return f"{iso}-12-31"
    if len(iso) == 7:
        return f"{iso}-{monthrange(int(iso[:4]), int(iso[5:]))[1]:02}"
    return iso
