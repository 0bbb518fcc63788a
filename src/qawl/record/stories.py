"""Wire copies: which articles tell one story in the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from sqlalchemy import ColumnElement, Connection, delete, select, true

from qawl.record import schema as t
from qawl.record.copies import SHARED, copy_score, fingerprints, is_copy
from qawl.record.load import by_id, pages_of
from qawl.record.writing import insert_rows, stretches

__all__ = ["link_stories", "unlink_stories"]

_COMMON = 100  # articles of a few days after which a fingerprint is a formula that tells no story
_NEAR = 3  # days between two copies: formulas come again on any day, copies soon
_COMPARED = 12  # articles with the most shared fingerprints


_Postings = defaultdict[int, list[tuple[int, int]]]
"""For each fingerprint the articles that have it, with their days."""


def link_stories(connection: Connection, articles: Sequence[tuple[int, int, str]]) -> None:
    """Tells of articles which story they are of: that of the earlier article they copy, or one of their own.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    articles : sequence of (int, int, str)
        New articles: the id of the row, the number of the day, the text without headline.
    """
    prints = {id_: fingerprints(body) for id_, _, body in articles}
    day_of = {id_: day for id_, day, _ in articles}
    postings = _postings(connection, [(day_of[id_], own) for id_, own in prints.items()])
    known: dict[int, tuple[int, frozenset[int]]] = {}
    shared = {a for id_, own in prints.items() for a in _nearest(own, day_of[id_], postings)}
    for row in by_id(connection, t.article_print, "article_id", shared):
        known[row["article_id"]] = (row["story"], frozenset(np.frombuffer(row["prints"], "<i8").tolist()))
    rows, hashes = [], []
    for id_, own in prints.items():
        day = day_of[id_]
        story = _story(own, _nearest(own, day, postings), known) or id_
        known[id_] = (story, frozenset(own))
        rows.append({"article_id": id_, "story": story, "prints": np.array(own, "<i8").tobytes()})
        for h in own:
            if sum(_near(day, other) for other, _ in postings[h]) < _COMMON:
                postings[h].append((day, id_))
                hashes.append({"hash": h, "day": day, "article_id": id_})
    insert_rows(connection, t.article_print, rows)
    insert_rows(connection, t.fingerprint, hashes)


def unlink_stories(connection: Connection, article_ids: Sequence[int]) -> None:
    """Takes articles out of their stories: newer texts have replaced theirs.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    article_ids : sequence of int
        Rows.
    """
    known = by_id(connection, t.article_print, "article_id", article_ids)
    f = t.fingerprint.c
    for row in known:
        hashes = np.frombuffer(row["prints"], "<i8").tolist()
        for page in pages_of(hashes):
            connection.execute(delete(t.fingerprint).where(f.hash.in_(page), f.article_id == row["article_id"]))
    for page in pages_of([row["article_id"] for row in known]):
        connection.execute(delete(t.article_print).where(t.article_print.c.article_id.in_(page)))


def _postings(connection: Connection, wanted: Sequence[tuple[int, Sequence[int]]]) -> _Postings:
    """The articles of the record near some days that have the fingerprints looked for on these days."""
    found: _Postings = defaultdict(list)
    f = t.fingerprint.c
    every = {h for _, own in wanted for h in own}
    near: list[tuple[ColumnElement[bool], set[int]]]
    if any(not day for day, _ in wanted):
        near = [(true(), every)]
    else:
        near = [(f.day.between(a, z), hashes) for a, z, hashes in stretches(wanted, _NEAR)]
        near.append((f.day == 0, every))
    for condition, hashes in near:
        for page in pages_of(sorted(hashes)):
            asked = select(f.hash, f.day, f.article_id).where(f.hash.in_(page), condition)
            for h, day, article in connection.execute(asked):
                found[h].append((day, article))
    return found


def _near(day: int, other: int) -> bool:
    return not day or not other or abs(day - other) <= _NEAR


def _nearest(own: Sequence[int], day: int, postings: _Postings) -> list[int]:
    """The articles that share most with one, as far as it is worth comparing them."""
    counts = Counter(a for h in own for other, a in postings.get(h, ()) if _near(day, other))
    return [a for a, n in counts.most_common(_COMPARED) if n >= SHARED]


def _story(own: Sequence[int], near: Sequence[int], known: dict[int, tuple[int, frozenset[int]]]) -> int:
    """The story of the article that has most in common, if one is copied; else 0."""
    best, most = 0, 0.0
    for a in near:
        if a in known:
            story, prints = known[a]
            score = copy_score(own, prints)
            if score > most and is_copy(own, prints):
                best, most = story, score
    return best
