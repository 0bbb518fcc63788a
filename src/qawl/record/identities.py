"""Who is who in the whole record: all rules and people's decisions over all sources, and one party as it is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from qawl.identity import (
    Applied,
    Candidate,
    Decision,
    Decisions,
    Party,
    Registry,
    Sighting,
    apply,
    english_name,
    own_id,
    sightings,
)
from qawl.record import schema as t
from qawl.record.load import Loaded, by_id, load, pages_of
from qawl.record.parties import NOBODY, Parties, name_words
from qawl.record.writing import Ids

__all__ = ["decide", "decisions", "parties", "party_of", "settle"]

_WORDED = 300  # readings of a party of which the first words are shown
_ROWS = 5000  # fetched at once


def decisions(connection: Connection) -> Decisions:
    """What people decided on parties.

    Raises
    ------
    InputError
        If a line of the record is no decision.
    """
    lines = connection.execute(select(t.decision.c.line).order_by(t.decision.c.id)).scalars()
    return Decisions.parse(lines)


def decide(connection: Connection, decision: Decision) -> None:
    """Keeps a decision. It shows after `settle`."""
    connection.execute(insert(t.decision), [{"id": Ids(connection).take(t.decision), "line": decision.as_json()}])


def parties(connection: Connection) -> tuple[Applied, Mapping[tuple[str, str], list[int]]]:
    """All parties of the record, by all rules and decisions, with the rows of the sources of each reference.

    Every source is held in memory, some 600 bytes each.
    """
    registry = Registry()
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for sha256, found, ids in _articles(connection):
        registry.take(sha256, found)
        for m, id_ in zip(found, ids, strict=True):
            if id_:
                rows[m.ref].append(id_)
    return apply(decisions(connection), registry.parties()), rows


def _articles(connection: Connection) -> Iterator[tuple[str, list[Sighting], list[int]]]:
    """The sources of each article as they are read now, without the first words, with their rows."""
    corrected = set(connection.execute(select(t.correction.c.article_id).distinct()).scalars())
    s, r, a, o = t.source.c, t.reading.c, t.article.c, t.outlet.c
    counts = _statements(connection)
    asked = (
        select(t.source, r.article_id, a.sha256, a.doc, a.url, a.published, a.dateline, o.name.label("outlet"))
        .join_from(t.source, t.reading, s.reading_id == r.id)
        .join(t.article, r.article_id == a.id)
        .join(t.outlet, a.outlet_id == o.id)
        .where(r.current, a.replaced_by.is_(None))
        .order_by(s.reading_id, s.key)
    )
    last, found, ids, sha = 0, list[Sighting](), list[int](), ""
    for row in connection.execute(asked, execution_options={"yield_per": _ROWS}).mappings():
        if row["reading_id"] != last:
            if found:
                yield sha, found, ids
            last, found, ids, sha = row["reading_id"], [], [], row["sha256"]
        if row["article_id"] not in corrected:
            found.append(_sighting(dict(row), counts.get((last, row["key"]), 0)))
            ids.append(row["id"])
    if found:
        yield sha, found, ids
    yield from _corrected(connection, sorted(corrected))


def _corrected(connection: Connection, articles: Sequence[int]) -> Iterator[tuple[str, list[Sighting], list[int]]]:
    for x in _loaded(connection, articles):
        found = list(sightings(x.corrected()))
        yield x.reading.article.sha256, found, [x.sources.get(m.ref[1], 0) for m in found]


def _loaded(connection: Connection, articles: Sequence[int]) -> Iterator[Loaded]:
    """The current readings of articles."""
    current = [r["id"] for r in by_id(connection, t.reading, "article_id", articles) if r["current"]]
    for page in pages_of(current):
        yield from load(connection, page)


def _statements(connection: Connection) -> dict[tuple[int, str], int]:
    c = t.statement.c
    asked = select(c.reading_id, c.who, func.count()).group_by(c.reading_id, c.who)
    return {(reading, who): n for reading, who, n in connection.execute(asked)}


def _sighting(row: Mapping[str, Any], statements: int, words: str = "") -> Sighting:
    from qawl.identity.names import is_nameless

    name, role = row["name"], row["role"]
    if row["kind"] == "person" and not role and is_nameless(name):
        name, role = "", name
    line = row["dateline"]
    day = ((line[3] if line else None) or row["published"] or "")[:10]
    return Sighting(
        (row["sha256"], row["key"]), day, row["doc"], row["url"], row["outlet"], row["kind"], name, role, row["office"],
        row["of"], row["identity"], row["known_as"], row["qid"], tuple(row["candidates"] or ()), row["confidence"],
        statements, words,
    )  # fmt: skip


def settle(connection: Connection) -> Applied:
    """Works out anew which party each source is, by all rules and decisions, and keeps it.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.

    Returns
    -------
    Applied
        The parties, and the decisions that could not be carried out.
    """
    applied, rows = parties(connection)
    ids = Ids(connection)
    known = {row[0]: row[1] for row in connection.execute(select(t.party.c.key, t.party.c.id))}
    number = {p.id: known.get(p.id) or ids.take(t.party) for p in applied.parties}
    party_of = {id_: number[p.id] for p in applied.parties for m in p.members for id_ in rows.get(m.ref, ())}
    before = {row[0]: row[1] for row in connection.execute(select(t.sighted.c.source_id, t.sighted.c.party_id))}
    for table in (t.party_name, t.party_alias, t.sighted, t.party):
        connection.execute(delete(table))
    _insert(connection, t.party, [_party_row(p, number[p.id]) for p in applied.parties])
    _insert(connection, t.party_alias, _aliases(applied.parties, number))
    words = {(w, number[p.id]) for p in applied.parties for name in _names(p) for w in name_words(name)}
    _insert(connection, t.party_name, [{"word": w, "party_id": n} for w, n in sorted(words)])
    _insert(connection, t.sighted, [{"source_id": s, "party_id": p} for s, p in party_of.items()])
    # Of two articles with one text the rules look at one; what only the other has keeps its own party.
    left = sorted({id_ for its in rows.values() for id_ in its if id_ not in party_of})
    seen = Parties(connection, ids)
    for page in pages_of(sorted({r["reading_id"] for r in by_id(connection, t.source, "id", left)})):
        seen.of((x.corrected(), x.sources) for x in load(connection, page))
    _tell_sayings(connection, [*left, *(s for s, p in party_of.items() if before.get(s) != p)])
    _tell_corrected(connection, seen)
    return applied


def _insert(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for page in pages_of(rows, _ROWS):
        connection.execute(insert(table), list(page))


def _party_row(p: Party, id_: int) -> dict[str, Any]:
    return {
        "id": id_, "key": p.id, "name": p.name, "kind": p.kind, "identity": p.identity, "qid": p.qid,
        "locked": p.locked, "candidates": [[c.id, c.confidence] for c in p.candidates] or None,
    }  # fmt: skip


def _names(p: Party) -> list[str]:
    names = [p.known_as, *(name for name, _ in p.names), english_name(p.identity) if p.identity else ""]
    return [n for n in names if n] or [r.text for r in p.roles]


def _aliases(found: Sequence[Party], number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Under which keys a party is found: a new source that would have one of them alone is taken to be it.

    What two parties would have alone (namesakes who were told apart) stays with the one that has it as its id.
    """
    bearers: dict[str, Counter[int]] = defaultdict(Counter)
    for p in found:
        for m in p.members:
            bearers[own_id(m)][number[p.id]] += 1
        for alias in p.aliases:
            bearers[alias][number[p.id]] += 1
    rows = {key: counts.most_common(1)[0][0] for key, counts in bearers.items()} | dict(number)
    return [{"key": k, "party_id": n} for k, n in rows.items()]


def _tell_sayings(connection: Connection, sources: Sequence[int]) -> None:
    """Sets the party of the sayings whose first report is by one of some sources."""
    changed = text(
        "UPDATE saying SET party_id = (SELECT g.party_id FROM statement x"
        " JOIN source o ON o.reading_id = x.reading_id AND o.key = x.who JOIN sighted g ON g.source_id = o.id"
        " WHERE x.id = saying.lead) WHERE lead IN (SELECT x.id FROM source o"
        " JOIN statement x ON x.reading_id = o.reading_id AND x.who = o.key WHERE o.id IN :sources)"
    ).bindparams(bindparam("sources", expanding=True))
    for page in pages_of(sources):
        connection.execute(changed, {"sources": list(page)})


def _tell_corrected(connection: Connection, seen: Parties) -> None:
    """As `_tell_sayings`, of the statements of corrected articles, whose source may not be the one that was read."""
    corrected = connection.execute(select(t.correction.c.article_id).distinct()).scalars().all()
    for x in _loaded(connection, sorted(corrected)):
        reading = x.corrected()
        [its] = seen.of([(reading, x.sources)])
        for s in reading.statements:
            changed = update(t.saying).where(t.saying.c.lead == x.statements[s.id])
            connection.execute(changed.values(party_id=its.get(s.who, NOBODY)))


def party_of(connection: Connection, party_id: int) -> Party:
    """A party with its sources.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    party_id : int
        Its row.
    """
    row = connection.execute(select(t.party).where(t.party.c.id == party_id)).mappings().one()
    sources = by_id(connection, t.sighted, "party_id", [party_id])
    rows = by_id(connection, t.source, "id", (r["source_id"] for r in sources))
    readings = {r["id"]: r for r in by_id(connection, t.reading, "id", (r["reading_id"] for r in rows))}
    articles = {a["id"]: a for a in by_id(connection, t.article, "id", (r["article_id"] for r in readings.values()))}
    outlets = {
        o["id"]: o["name"] for o in by_id(connection, t.outlet, "id", (a["outlet_id"] for a in articles.values()))
    }
    counts, words = _said(connection, readings)
    members = {}
    for r in rows:
        a = articles[readings[r["reading_id"]]["article_id"]]
        full = {**a, **r, "outlet": outlets[a["outlet_id"]]}
        at = (r["reading_id"], r["key"])
        members[a["sha256"], r["key"]] = _sighting(full, counts[at], words.get(at, ""))
    aliases = connection.execute(select(t.party_alias.c.key).where(t.party_alias.c.party_id == party_id)).scalars()
    candidates = tuple(Candidate(key, sure) for key, sure in row["candidates"] or ())
    known = tuple(sorted(set(aliases) - {row["key"]}))
    return Party(row["key"], tuple(sorted(members.values())), candidates, known, row["key"], row["locked"])


def _said(
    connection: Connection, readings: Mapping[int, Mapping[str, Any]]
) -> tuple[Counter[tuple[int, str]], dict[tuple[int, str], str]]:
    """How many statements the sources of readings made, and the first words of the newest ones' first."""
    ids = sorted(readings, reverse=True)
    counts = Counter((r["reading_id"], r["who"]) for r in by_id(connection, t.statement, "reading_id", ids))
    shown = load(connection, ids[:_WORDED])
    words = {(x.reading_id, m.ref[1]): m.words for x in shown for m in sightings(x.corrected())}
    corrected = by_id(connection, t.correction, "article_id", {r["article_id"] for r in readings.values()})
    for x in _loaded(connection, sorted({c["article_id"] for c in corrected})):
        for key in x.sources:
            counts[x.reading_id, key] = sum(s.who == key for s in x.corrected().statements)
    return counts, words
