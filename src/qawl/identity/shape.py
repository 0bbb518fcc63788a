"""Parties as plain data, for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qawl.identity.lookup import english_name
from qawl.identity.party import Party

__all__ = ["details", "summary"]


def summary(p: Party) -> dict[str, Any]:
    """A party in short.

    Parameters
    ----------
    p : Party
        What to show.

    Returns
    -------
    dict
        ``id``, ``name``, ``en``, ``kind``, ``of`` (list), ``qid``, ``statements``, ``articles``, ``first``, ``last``,
        ``locked``; strings are ``""`` where unknown.
    """
    return {
        "id": p.id, "name": p.name, "en": english_name(p.identity), "kind": p.kind, "of": list(p.of), "qid": p.qid,
        "statements": p.statements, "articles": p.articles, "first": p.first, "last": p.last, "locked": p.locked,
    }  # fmt: skip


def details(p: Party, names: Mapping[str, str]) -> dict[str, Any]:
    """A party with all that is known of it.

    Parameters
    ----------
    p : Party
        What to show.
    names : mapping of str to str
        The names of its candidates by their ids, as far as they are known.

    Returns
    -------
    dict
        `summary` and ``identity``; ``aliases``; ``names``: ``[{"name", "articles"}]``; ``roles``: ``[{"role",
        "office", "first", "last", "articles"}]``; ``candidates``: ``[{"id", "name", "confidence"}]``; ``sources``, by
        day: ``[{"sha256", "key", "day", "doc", "url", "outlet", "name", "role", "statements", "words"}]``.
    """
    return summary(p) | {
        "identity": p.identity,
        "aliases": list(p.aliases),
        "names": [{"name": name, "articles": n} for name, n in p.names],
        "roles": [
            {"role": r.text, "office": r.office, "first": r.first, "last": r.last, "articles": r.articles}
            for r in p.roles
        ],
        "candidates": [{"id": c.id, "name": names.get(c.id, ""), "confidence": c.confidence} for c in p.candidates],
        "sources": [
            {"sha256": m.ref[0], "key": m.ref[1], "day": m.day, "doc": m.doc, "url": m.url, "outlet": m.outlet,
             "name": m.name, "role": m.role, "statements": m.statements, "words": m.words}
            for m in sorted(p.members, key=lambda m: (m.day or "~", m.ref))
        ],
    }  # fmt: skip
