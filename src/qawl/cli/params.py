"""Options that several commands share, and types of values that explain what is wrong with one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from qawl.model import Moment, Precision

__all__ = [
    "DAY", "ENCODING", "Choice", "extractor_option", "lang_option", "least_option", "out_option", "progress_options",
    "reading_options", "workers_option",
]  # fmt: skip

_F = TypeVar("_F", bound=Callable[..., Any])
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)


if TYPE_CHECKING:
    _Moments = click.ParamType[Moment]
    _Strings = click.ParamType[str]
else:
    # Older versions of click have no type parameter here.
    _Moments = _Strings = click.ParamType


class Choice(_Strings):
    """One of several names; a misspelt one gets the nearest.

    Parameters
    ----------
    names : callable
        Gives what may be given. Called when it is needed: the names may be those of a room that
        ``qawl --help`` need not wait for.
    """

    name = "choice"

    def __init__(self, names: Callable[[], tuple[str, ...]]) -> None:
        self._names = names

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, in lower case."""
        given, names = str(value).lower(), self._names()
        if given in names:
            return given
        near = get_close_matches(given, names, 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        self.fail(f"'{value}' is none of {', '.join(names)}{hint}", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The names, as the help shows them."""
        return f"[{'|'.join(self._names())}]"


class _Day(_Moments):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        if isinstance(value, Moment):
            return value
        match = _ISO.fullmatch(str(value).strip())
        if match is None or not _exists(match):
            self.fail(f"'{value}' is no date; give YYYY-MM-DD, or with a time YYYY-MM-DDThh:mm", param, ctx)
        known = [part for part in ("year", "month", "day", "minute", "second") if match[part]]
        return Moment(match[0].replace(" ", "T"), cast("Precision", known[-1]))


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        if match["minute"]:
            datetime.fromisoformat(match[0])
    except ValueError:
        return False
    return True


class _Encoding(_Strings):
    name = "encoding"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            # Python also has codecs that are no encodings of text (base64, rot13).
            codecs.lookup(value)
            "".encode(value)
        except (LookupError, ValueError):
            self.fail(f"'{value}' is no encoding; give e.g. utf-8 or windows-1256", param, ctx)
        return str(value)


DAY = _Day()
ENCODING = _Encoding()


def out_option(help_text: str) -> Callable[[_F], _F]:
    """``--out FILE``."""
    return click.option("-o", "--out", metavar="FILE", help=help_text)


def _langs() -> tuple[str, ...]:
    from qawl.formats import LANGS

    return LANGS


def lang_option() -> Callable[[_F], _F]:
    """``--lang ar|en``."""
    return click.option(
        "--lang", type=Choice(_langs), default="en", show_default=True, help="Language of labels and headings."
    )


def _extractors() -> tuple[str, ...]:
    return "learned", "grammar"


def extractor_option() -> Callable[[_F], _F]:
    """``--extractor learned|grammar``."""
    return click.option(
        "--extractor", type=Choice(_extractors), default="learned", show_default=True, help="What finds the statements."
    )


def least_option() -> Callable[[_F], _F]:
    """``--min-confidence P``."""
    return click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P",
        help="Leave out statements less sure than this, from 0 to 1.",
    )  # fmt: skip


def workers_option() -> Callable[[_F], _F]:
    """``--workers N``."""
    return click.option(
        "--workers", type=click.IntRange(1, 256), default=1, show_default=True, metavar="N",
        help="Processes that read; the output is the same with any number.",
    )  # fmt: skip


def reading_options() -> Callable[[_F], _F]:
    """What the user says about the articles, and how they are to be read."""
    day = "Day of publication; that of a JSON record itself comes first."
    return _together(
        click.option("--published", type=DAY, metavar="DATE", help=day),
        click.option("--outlet", default="", metavar="NAME", help="Publisher of articles that do not name it."),
        click.option("--encoding", type=ENCODING, metavar="NAME", help="Encoding of the inputs.  Default: found out."),
        extractor_option(),
        workers_option(),
    )


def progress_options() -> Callable[[_F], _F]:
    """``--quiet`` and ``--progress``."""
    return _together(
        click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong with inputs."),
        click.option("--progress/--no-progress", default=None, help="Default: where standard error is a terminal."),
    )


def _together(*options: Callable[[_F], _F]) -> Callable[[_F], _F]:
    """Several options as one, in the help in this order."""

    def decorated(command: _F) -> _F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated
