"""What a person sees: labels in Arabic and English, numerals, dates, and text made safe to show."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from qawl.model import DataError, Moment

__all__ = ["LANGS", "NUMERALS", "Lang", "Numerals", "day", "label", "labels", "number", "plain", "share", "shown"]

Lang = Literal["ar", "en"]
Numerals = Literal["latin", "arabic"]
LANGS: tuple[str, ...] = get_args(Lang)
NUMERALS: tuple[str, ...] = get_args(Numerals)

_EASTERN = str.maketrans("0123456789.%", "٠١٢٣٤٥٦٧٨٩٫٪")
# Embeddings, overrides and isolates in the text would close ours or reorder what stands around them.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
_CONTROLS = {
    **{c: chr(0x2400 + c) for c in range(0x20)},  # ESC is shown as ␛
    **dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " "),
    0x7F: "␡",
    **dict.fromkeys([*range(0x80, 0x85), *range(0x86, 0xA0)], "\ufffd"),
}
_PLAIN = str.maketrans(_BIDI | _CONTROLS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


@cache
def labels() -> dict[tuple[str, str], tuple[str, str]]:
    """All labels.

    Returns
    -------
    dict
        From (group, key) to the Arabic and the English label.

    Raises
    ------
    DataError
        If the data file is missing or a line of it is malformed.
    """
    try:
        text = (files("qawl") / "data" / "labels.tsv").read_text("utf-8")
    except OSError as e:
        raise DataError(f"labels.tsv cannot be read: {e}") from e
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    table: dict[tuple[str, str], tuple[str, str]] = {}
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != 4 or not all(cells):
            raise DataError(f"labels.tsv: not four columns: {line!r}")
        group, key, arabic, english = cells
        table[group, key] = (arabic, english)
    return table


def label(group: str, key: str, lang: str) -> str:
    """The label of `key` in `lang` (``ar`` or ``en``); `key` itself if it has none."""
    pair = labels().get((group, key))
    return key if pair is None else pair[lang != "ar"]


def number(value: int | str, numerals: str) -> str:
    """`value` in Latin (``12``) or Arabic-Indic digits (``١٢``)."""
    return str(value).translate(_EASTERN) if numerals == "arabic" else str(value)


def share(value: float, numerals: str) -> str:
    """A confidence from 0 to 1 as a whole percentage; ``?`` if it is no finite number."""
    return number(f"{round(value * 100)}%", numerals) if abs(value) <= 1 else "?"


def day(moment: Moment | None, lang: str, numerals: str = "latin") -> str:
    """A moment as a person writes it («4 نوفمبر 2023»), no more precise than it is; ``""`` for None."""
    if moment is None:
        return ""
    m = _ISO.fullmatch(moment.iso)
    if m is None:
        return plain(moment.iso)
    year, month, dom, clock, zone = m.groups()
    parts = [year]
    if month:
        parts.insert(0, label("month", str(int(month)), lang))
    if dom:
        parts.insert(0, str(int(dom)))
    if clock and zone:
        # Clock and zone run from left to right whatever stands around them.
        clock = f"\u2066{clock} UTC{'' if zone == 'Z' else zone}\u2069"
    if clock:
        parts.append(clock)
    return number(" ".join(parts), numerals)


def shown(text: str) -> str:
    """`text` with lone surrogates, which no encoding can write, replaced by U+FFFD; of the same length."""
    return _SURROGATE.sub("\ufffd", text)


def plain(text: str) -> str:
    """`text` as one line that is safe to put on a terminal or beside other text.

    Control characters become visible (ESC is ``␛``), white space becomes single spaces, and the
    characters that reorder text (U+202A to U+202E, U+2066 to U+2069) are dropped.
    """
    return _SPACES.sub(" ", shown(text).translate(_PLAIN)).strip()
