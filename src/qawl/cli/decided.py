"""What people decided on who is who, as commands take it from a file and say what is wrong with it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qawl.cli.console import Console
from qawl.model import InputError

if TYPE_CHECKING:
    from qawl.identity import Applied, Decisions

__all__ = ["MOST", "decisions_of", "say_problems"]

MOST = 5
"""Problems of one kind that are said one by one."""


def decisions_of(path: str | None, *, new: bool = False) -> Decisions:
    """The decisions of a file.

    Parameters
    ----------
    path : str or None
        JSON Lines, as `qawl who` writes them; None for no decisions.
    new : bool
        Whether the file need not be there yet.

    Raises
    ------
    InputError
        If it cannot be read, or a line of it is no decision.
    """
    from qawl.cli.streams import opened
    from qawl.identity import Decisions

    if path is None or (new and not os.path.exists(path)):
        return Decisions()
    try:
        with opened(path) as stream:
            return Decisions.parse(stream.everything().decode("utf-8").split("\n"))
    except UnicodeDecodeError:
        raise InputError("is not in UTF-8", path) from None
    except InputError as e:
        raise InputError(e.message, path) from None


def say_problems(applied: Applied, path: str, console: Console) -> None:
    """Say which decisions could not be applied."""
    for problem in applied.problems[:MOST]:
        console.problem(f"{path}:{problem.number}", problem.message)
    if len(applied.problems) > MOST:
        console.problem(path, f"{len(applied.problems) - MOST:,} other decisions name what is not there, either")
