"""Page furniture: which lines, and which ends of lines, belong to the page and not to the article.

The words are in ``furniture.tsv``; here is only how they are matched. Short lines are compared folded, so that
«اقرأ أيضاً» and «إقرأ ايضا» are one. Long lines are paragraphs: only their two ends are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.pages.names import key, unsigned

__all__ = ["Cut", "cut", "line_kind", "words"]

_LONGEST_SHORT = 300  # characters; no `line`, `pattern` or caption is longer, and a `start` only where its max says so
_SENTENCE_END = ".؟!…»”\"')]}،"


class Cut(NamedTuple):
    """What is left of a line without the furniture at its ends: ``[start, end)`` in the line."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: frozenset[str]
    starts: re.Pattern[str]
    max_of: dict[str, int]
    patterns: re.Pattern[str]
    captions: re.Pattern[str]
    heads: tuple[str, ...]
    tails: tuple[tuple[str, int], ...]


@cache
def words(form: str) -> frozenset[str]:
    """The folded words of one form (see ``furniture.tsv``)."""
    return frozenset(key(row["text"]) for row in read_table("furniture") if row["form"] == form)


def _either(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)


@cache
def _rules() -> _Rules:
    by_form: dict[str, list[dict[str, str]]] = {}
    for row in read_table("furniture"):
        by_form.setdefault(row["form"], []).append(row)

    def texts(form: str) -> list[str]:
        return [row["text"] for row in by_form.get(form, ())]

    starts = sorted({key(t) for t in texts("start")}, key=len, reverse=True)
    return _Rules(
        lines=frozenset(key(t).lower() for t in texts("line")),
        starts=re.compile(rf"({'|'.join(map(re.escape, starts))})\b", re.IGNORECASE),
        max_of={key(row["text"]): int(row["max"]) for row in by_form["start"]},
        patterns=_either(texts("pattern")),
        captions=_either([*texts("caption_pattern"), *(re.escape(fold(t)) + r"\b.{0,100}" for t in texts("caption"))]),
        heads=tuple(texts("head")),
        tails=tuple((row["text"], int(row["max"])) for row in by_form["tail"]),
    )


def line_kind(line: str) -> Literal["furniture", "caption", ""]:
    """What a whole line is, if it is not text of the article.

    Parameters
    ----------
    line : str
        One line without the white space around it.

    Returns
    -------
    {"furniture", "caption", ""}
        ``""`` for the article's own text.
    """
    rules = _rules()
    if len(line) > _LONGEST_SHORT:
        # Only lists of other articles run this long: «مقالات أخرى للكاتب …».
        return "furniture" if _starts_as_furniture(key(line[:40]), len(line), rules) else ""
    folded = fold(line).strip()
    if rules.patterns.fullmatch(folded):
        return "furniture"
    if rules.captions.fullmatch(folded):
        return "caption"
    plain = unsigned(folded)
    if plain.lower() in rules.lines or _starts_as_furniture(plain, len(line), rules):
        return "furniture"
    return ""


def _starts_as_furniture(plain: str, length: int, rules: _Rules) -> bool:
    m = rules.starts.match(plain)
    return m is not None and length <= rules.max_of.get(m[1], 0)


def cut(line: str) -> Cut:
    """The part of a line that is not furniture run together with it.

    Some pages store the share bar before the first paragraph and the tags after the last in the same line:
    «… قبل نهاية العام. سمات قطار نقل» keeps all up to the full stop.

    Parameters
    ----------
    line : str
        One line.

    Returns
    -------
    Cut
        ``(0, len(line))`` if there is nothing to cut.
    """
    rules = _rules()
    start, end = 0, len(line)
    for head in rules.heads:
        if line.startswith(head, start):
            start += len(head)
    for tail, longest in rules.tails:
        at = line.rfind(tail, start, end)
        if at > start and end - at <= longest and _is_tail(line, start, at, end, tail):
            end = at
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return Cut(start, end)


def _is_tail(line: str, start: int, at: int, end: int, tail: str) -> bool:
    before = line[start:at].rstrip()
    if not before or before[-1] not in _SENTENCE_END:
        return False
    # A lone word may be a word of the text («سمات القيادة: …»): then no sentence may follow it.
    return " " in tail or (before[-1] != "،" and not any(c in ".؟!،:؛" for c in line[at:end]))
