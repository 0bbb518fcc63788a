"""The standoff format, checked before anything is counted.

One JSON object a line::

    {"doc": "d001", "text": "headline\\nparagraph 1\\n…",
     "sources": {"A": {"name": "…", "kind": "person", "role": "…"}},
     "statements": [{"id": 1, "cue": [s, e], "speaker": [s, e], "who": "A", "mode": "indirect",
                     "content": [[s, e]], "act": "commit", "stances": [[s, e, "-"]], "parent": null, "via": null}]}

All offsets are ``[start, end)`` in Unicode code points of ``text``. A prediction may leave ``text`` out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qawl.model import ACTS, MODES, InputError

__all__ = ["checked", "parsed", "same_text"]


def parsed(lines: Iterable[bytes], name: str, *, gold: bool) -> Iterator[dict[str, Any]]:
    """Read annotated articles or predictions.

    Parameters
    ----------
    lines : iterable of bytes
        JSON Lines in UTF-8; blank lines are passed over.
    name : str
        What to call the input in an error.
    gold : bool
        Whether these are annotated articles, which must have their text.

    Yields
    ------
    dict
        As given; its types have been checked.

    Raises
    ------
    InputError
        At the first line that is not what it should be: a figure over part of the articles would mislead.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            raise InputError("not UTF-8; save the file in UTF-8", where) from None
        except (ValueError, RecursionError):
            raise InputError("not a JSON object; the file must hold one article a line, as JSON", where) from None
        yield checked(record, where, gold=gold)


def checked(record: object, where: str = "", *, gold: bool) -> dict[str, Any]:
    """Check the types of one annotated article or prediction.

    Parameters
    ----------
    record : object
        Anything that JSON can hold.
    where : str
        What to call it in an error.
    gold : bool
        Whether it must have its text, and its offsets lie within it.

    Returns
    -------
    dict
        `record` itself.

    Raises
    ------
    InputError
        Says which part is not what it should be.
    """
    try:
        if not isinstance(record, dict):
            raise _WrongPartError("the line", record, "an object")
        if gold and isinstance(record.get("doc"), str) and record.get("text") is None:
            raise InputError(
                f"gold article {record['doc']} has no text; give the annotated articles, not a prediction", where
            )
        _check_head(record, gold)
        limit = len(record["text"]) if gold else None
        for i, statement in enumerate(record["statements"]):
            _check_statement(f"statements[{i}]", statement, limit, gold)
    except _WrongPartError as e:
        raise InputError(f"{e}; see the standoff format in the documentation", where) from None
    return record


def same_text(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> bool:
    """Whether a prediction was made from the text of its gold article, as far as it tells.

    Parameters
    ----------
    gold, predicted : mapping
        Checked standoff dicts.

    Returns
    -------
    bool
        False only if the prediction has a ``text`` or a ``sha256``, and it is another one.
    """
    text = predicted.get("text")
    if isinstance(text, str):
        return bool(text == gold["text"])
    digest = predicted.get("sha256")
    if not isinstance(digest, str) or not digest:
        return True
    return digest == hashlib.sha256(gold["text"].encode("utf-8", "surrogatepass")).hexdigest()


class _WrongPartError(Exception):
    """A part that is not what it should be."""

    def __init__(self, part: str, value: object, wanted: str) -> None:
        shown = json.dumps(value, ensure_ascii=False, default=repr) if value is not _MISSING else "missing"
        super().__init__(f"{part} is {shown if len(shown) <= 40 else shown[:37] + '…'}, not {wanted}")


_MISSING = object()


def _check_head(record: dict[str, Any], gold: bool) -> None:
    wanted: list[tuple[str, type, str]] = [("doc", str, "a string"), ("statements", list, "a list")]
    if gold:
        wanted += [("text", str, "a string"), ("sources", dict, "an object")]
    for key, kind, name in wanted:
        value = record.get(key, _MISSING)
        if not isinstance(value, kind):
            raise _WrongPartError(key, value, name)
    sources = record.get("sources", {})
    if not isinstance(sources, dict):
        raise _WrongPartError("sources", sources, "an object")
    for key, source in sources.items():
        if not isinstance(source, dict):
            raise _WrongPartError(f"sources.{key}", source, "an object")
        if not isinstance(source.get("name", ""), str | None):
            raise _WrongPartError(f"sources.{key}.name", source["name"], "a string")


def _check_statement(part: str, statement: object, limit: int | None, gold: bool) -> None:
    if not isinstance(statement, dict):
        raise _WrongPartError(part, statement, "an object")
    for key in ("id", "parent"):
        value = statement.get(key, None if key == "parent" else _MISSING)
        if not _is_id(value) and not (key == "parent" and value is None):
            raise _WrongPartError(f"{part}.{key}", value, "a number or a string")
    if not isinstance(statement.get("who"), str | None):
        raise _WrongPartError(f"{part}.who", statement["who"], "a key of sources")
    for key in ("cue", "speaker"):
        if statement.get(key) is not None:
            _check_span(f"{part}.{key}", statement[key], limit)
    content = statement.get("content", _MISSING)
    if not isinstance(content, list) or not content:
        raise _WrongPartError(f"{part}.content", content, "a list of [start, end] pairs")
    for k, span in enumerate(content):
        _check_span(f"{part}.content[{k}]", span, limit)
    if statement.get("stances") is not None:
        _check_stances(f"{part}.stances", statement["stances"], limit)
    if gold:
        _check_labels(part, statement)


def _check_labels(part: str, statement: dict[str, Any]) -> None:
    for key, names in (("mode", MODES), ("act", ACTS)):
        value = statement.get(key, _MISSING)
        if value not in names:
            raise _WrongPartError(f"{part}.{key}", value, "one of " + ", ".join(names))


def _check_stances(part: str, stances: object, limit: int | None) -> None:
    if not isinstance(stances, list):
        raise _WrongPartError(part, stances, "a list")
    for k, stance in enumerate(stances):
        if not isinstance(stance, list) or len(stance) != 3 or stance[2] not in ("+", "-"):
            raise _WrongPartError(f"{part}[{k}]", stance, '[start, end, "+" or "-"]')
        _check_span(f"{part}[{k}]", stance[:2], limit)


def _check_span(part: str, value: object, limit: int | None) -> None:
    if not isinstance(value, list) or len(value) != 2 or not all(type(x) is int for x in value):
        raise _WrongPartError(part, value, "a [start, end] pair")
    start, end = value
    if not 0 <= start <= end:
        raise _WrongPartError(part, value, "a [start, end] pair with 0 <= start <= end")
    if limit is not None and end > limit:
        raise _WrongPartError(part, value, f"within the text of {limit} characters")


def _is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)
