"""What people corrected in single statements, and readings with it.

A correction is tied to the place of its statement in the article's text, not to a row or a number: it holds for
whichever later reading finds a statement there, and waits if one does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, cast

from qawl.model import (
    ACTS,
    KINDS,
    MODES,
    SIGNS,
    Act,
    InputError,
    Kind,
    Mode,
    Reading,
    Sign,
    Source,
    Span,
    Stance,
    Statement,
)
from qawl.record.storable import storable

__all__ = ["FIELDS", "Correction", "checked", "corrected", "found_by"]

FIELDS = ("act", "mode", "content", "source", "stances", "statement")
"""What can be corrected. ``statement`` with the value false says that it is none."""

_OVERLAP = 0.5  # of the shared stretch to the joint one, from which a statement is taken to be the corrected one


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one statement.

    Parameters
    ----------
    where : Span
        From the start to the end of the statement's content as it was read when it was corrected.
    field : str
        One of `FIELDS`.
    value : Any
        ``act``, ``mode``: its name. ``content``: ``[[start, end], …]``. ``source``: ``{"name", "kind",
        "role", "identity"}``, name and kind at least. ``stances``: ``[[start, end, sign], …]``. ``statement``: false.
    by, note : str
        Who corrected it, and why.
    made : str
        When, ISO 8601.
    id : int
        Of its row; 0 before it is kept.
    """

    where: Span
    field: str
    value: Any
    by: str = ""
    note: str = ""
    made: str = ""
    id: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Correction:
        """The correction of a row."""
        where = Span(row["start"], row["end"])
        return cls(where, row["field"], row["value"], row["by"], row["note"], row["made"], row["id"])


def checked(field: str, value: Any, text: str) -> Any:
    """The value of a correction, if it is one.

    Parameters
    ----------
    field : str
        One of `FIELDS`.
    value : Any
        See `Correction`.
    text : str
        Of the article.

    Raises
    ------
    InputError
        If it is none, with what it should be.
    """
    if not storable(_strings(value)):
        raise InputError("the value holds a NUL or half of a surrogate pair, which no database stores")
    if field in ("act", "mode"):
        allowed = ACTS if field == "act" else MODES
        if value not in allowed:
            raise InputError(f"{field} is one of {', '.join(allowed)}, not {value!r}")
        return value
    if field == "statement":
        if value is not False:
            raise InputError("statement can only be corrected to false: that it is none")
        return value
    if field == "source":
        return _source(value)
    if field in ("content", "stances"):
        return _spans(field, value, len(text))
    raise InputError(f"{field!r} can't be corrected; {', '.join(FIELDS)} can")


def _strings(value: Any) -> str:
    """All strings in a value."""
    if isinstance(value, Mapping):
        return "".join(_strings(x) for pair in value.items() for x in pair)
    if isinstance(value, list | tuple):
        return "".join(map(_strings, value))
    return value if isinstance(value, str) else ""


def _source(value: Any) -> dict[str, str]:
    known = {"name", "kind", "role", "identity"}
    ok = isinstance(value, Mapping) and set(value) <= known and all(isinstance(v, str) for v in value.values())
    if not ok or not value.get("name", "").strip() or value.get("kind") not in KINDS:
        raise InputError(f"a source has a name, a kind ({', '.join(KINDS)}), and perhaps a role and an identity")
    return dict(value)


def _spans(field: str, value: Any, length: int) -> list[list[Any]]:
    size = 3 if field == "stances" else 2
    ok = isinstance(value, Sequence) and not isinstance(value, str) and (value or field == "stances")
    for x in value if ok else ():
        ok = ok and isinstance(x, Sequence) and len(x) == size and all(type(n) is int for n in x[:2])
        ok = ok and 0 <= x[0] < x[1] <= length and (size == 2 or x[2] in SIGNS)
    if not ok:
        shape = "[[start, end, sign], …]" if size == 3 else "[[start, end], …]"
        raise InputError(f"{field} is {shape}, offsets in code points of the text, which has {length:,}")
    spans = [list(x) for x in value]
    if field == "content" and any(a[1] > b[0] for a, b in pairwise(spans)):
        raise InputError("the parts of a content stand one after the other")
    return spans


def found_by(where: Span, statements: Sequence[Statement]) -> Statement | None:
    """The statement that a correction means: the one whose content has most in common with its place.

    Parameters
    ----------
    where : Span
        As in `Correction`.
    statements : sequence of Statement
        Of a reading of the same text.
    """
    best, most = None, _OVERLAP
    for s in statements:
        if s.content:
            start, end = s.content[0].start, s.content[-1].end
            shared = min(end, where.end) - max(start, where.start)
            joint = max(end, where.end) - min(start, where.start)
            share = shared / joint if joint else 0.0
            if share >= most and (best is None or share > most):
                best, most = s, share
    return best


def corrected(reading: Reading, corrections: Sequence[Correction]) -> Reading:
    """A reading with what people corrected in it.

    Parameters
    ----------
    reading : Reading
        As read.
    corrections : sequence of Correction
        In force, in their order; of two of one field the later counts.

    Returns
    -------
    Reading
        Corrected statements and their sources are sure (confidence 1). What no statement is any more is left out,
        and what stood inside it is no longer nested.
    """
    statements = {s.id: s for s in reading.statements}
    sources = dict(reading.sources)
    gone = set()
    for c in corrections:
        s = found_by(c.where, reading.statements)
        if s is None:
            continue
        if c.field == "statement":
            gone.add(s.id)
        else:
            statements[s.id] = _applied(statements[s.id], c, sources)
    kept = [s for s in statements.values() if s.id not in gone]
    kept = [replace(s, parent=None) if s.parent in gone else s for s in kept]
    spoken = {s.who for s in kept} | {p.who for e in reading.events for p in e.participants}
    silent = {s.who for s in reading.statements} | (sources.keys() - reading.sources.keys())
    return replace(
        reading,
        statements=tuple(kept),
        sources={k: v for k, v in sources.items() if k in spoken or k not in silent},
    )


def _applied(s: Statement, c: Correction, sources: dict[str, Source]) -> Statement:
    value = c.value
    if c.field == "act":
        return replace(s, act=cast("Act", value), act_confidence=1.0)
    if c.field == "mode":
        return replace(s, mode=cast("Mode", value), confidence=1.0)
    if c.field == "content":
        return replace(s, content=tuple(Span(a, b) for a, b in value), confidence=1.0)
    if c.field == "stances":
        return replace(s, stances=tuple(_stance(s, Span(a, b), sign) for a, b, sign in value))
    return replace(s, who=_key(value, sources), confidence=1.0)


def _stance(s: Statement, target: Span, sign: Sign) -> Stance:
    """A stance as a person marked it; what is known of one at the same place stays."""
    known = next((x for x in s.stances if x.target.overlaps(target)), None)
    if known is None:
        return Stance(target, sign, confidence=1.0)
    about = known.about
    if known.sign != sign:
        about = tuple(replace(a, sign="-" if a.sign == "+" else "+") for a in about)
    return replace(known, target=target, sign=sign, about=about, confidence=1.0)


def _key(value: Mapping[str, str], sources: dict[str, Source]) -> str:
    """The key of the source that a person named, which is added if the article has none like it."""
    name, kind, identity = value["name"], value["kind"], value.get("identity", "")
    for key, s in sources.items():
        if (identity and s.identity == identity) or (s.name == name and s.kind == kind and s.identity == identity):
            return key
    number = 1
    while f"R{number}" in sources:
        number += 1
    sources[f"R{number}"] = Source(
        key=f"R{number}", name=name, kind=cast("Kind", kind), role=value.get("role", ""), identity=identity,
        confidence=1.0,
    )  # fmt: skip
    return f"R{number}"
