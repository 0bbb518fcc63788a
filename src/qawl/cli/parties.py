"""Parties as ``qawl who`` shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qawl.cli.console import plural

if TYPE_CHECKING:
    from qawl.identity import Party

__all__ = ["listed", "one"]

_SHOWN = 12  # digits of a SHA-256 that are shown, and enough to be given


def listed(parties: Sequence[Party], form: str, _: Sequence[Party]) -> Iterator[str]:
    """Some parties, each with its counts, as text or JSON."""
    if form == "json":
        from qawl.identity import summary

        yield json.dumps([summary(p) for p in parties], ensure_ascii=False, indent=2) + "\n"
        return
    for p in parties:
        yield _line(p.id, p.name, p.kind, "، ".join(p.of), _counts(p), _days(p.first, p.last), "locked" * p.locked)


def one(parties: Sequence[Party], form: str, everyone: Sequence[Party]) -> Iterator[str]:
    """The first party, with all that is known of it; `everyone` names those that it may also be."""
    from qawl.identity import details

    p = parties[0]
    wanted = {c.id for c in p.candidates}
    full = details(p, {x.id: x.name for x in everyone if x.id in wanted})
    if form == "json":
        yield json.dumps([full], ensure_ascii=False, indent=2) + "\n"
        return
    head = (full["en"], p.kind, "، ".join(p.of), p.qid, _counts(p), _days(p.first, p.last), "locked" * p.locked)
    yield _line(p.id, p.name, *head)
    if p.names:
        yield _line("names: " + ", ".join(f"{name} ({n:,})" for name, n in p.names))
    if p.roles:
        yield "offices and roles:\n"
    for r in p.roles:
        yield "  " + _line(_days(r.first, r.last), r.text, r.office, plural(r.articles, "article"))
    yield "statements:\n"
    for s in full["sources"]:
        where = s["doc"] or s["url"]
        yield "  " + _line(
            s["day"] or "-",
            where,
            s["outlet"],
            f"{s['statements']:,}",
            s["words"],
            f"{s['sha256'][:_SHOWN]}:{s['key']}",
        )
    if p.candidates:
        yield "may also be:\n"
    for c in full["candidates"]:
        yield "  " + _line(c["id"], c["name"], f"{c['confidence']:.2f}")


def _line(*cells: str) -> str:
    from qawl.formats.labels import plain

    return " | ".join(plain(c) for c in cells if c) + "\n"


def _counts(p: Party) -> str:
    return f"{plural(p.statements, 'statement')} in {plural(p.articles, 'article')}"


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
