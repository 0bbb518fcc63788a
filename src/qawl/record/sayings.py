"""Sayings: what was said, once, however many outlets carry it. Requires articles in the record, assigns each of their
statements to a saying, and keeps the rows by which sayings are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, distinct, func, select, true, update

from qawl.model import Reading, Statement
from qawl.record import index
from qawl.record import schema as t
from qawl.record.load import Loaded, by_id, load, pages_of
from qawl.record.parties import NOBODY, Parties
from qawl.record.same import Wording, same_statement, sketch
from qawl.record.saying_ids import CODES, act_of_id, codes, day_of_id, first_id
from qawl.record.terms import term_keys
from qawl.record.writing import Ids, Names, day_number, day_text, insert_rows, stretches

__all__ = ["Kept", "dissolve", "kept_of", "link", "relink"]

_COMMON = 64  # sayings of a few days after which a value of a sketch is a formula
_WORDINGS = 8  # of one saying that are kept to be found
_NEVER = 1 << 30  # after all days
_NEAR = 3  # days between two reports of one saying


@dataclass(frozen=True, slots=True)
class Kept:
    """An article of the record with what was read in it, corrected.

    Parameters
    ----------
    article_id, outlet_id : int
        Rows.
    day : int
        The article's.
    at : str
        By which articles of one day are ordered: when it was published, and its place.
    reading : Reading
        With people's corrections.
    statements : dict of int to int
        Rows of its statements, by number.
    sources : dict of str to int
        Rows of its sources, by key.
    """

    article_id: int
    outlet_id: int
    day: int
    at: str
    reading: Reading
    statements: dict[int, int]
    sources: dict[str, int]

    @classmethod
    def of(
        cls, article: Mapping[str, Any], reading: Reading, statements: dict[int, int], sources: dict[str, int]
    ) -> Kept:
        """What is linked of a reading, with the row of its article."""
        day, outlet = article["day"], article["outlet_id"]
        return cls(article["id"], outlet, day, _at(article), reading, statements, sources)


def kept_of(loaded: Loaded) -> Kept:
    """What is linked of a loaded reading."""
    return Kept.of(loaded.article, loaded.corrected(), loaded.statements, loaded.sources)


def _at(article: Mapping[str, Any]) -> str:
    """The moment of publication, in UTC where a zone is known, and what else tells articles of one day apart."""
    published = article["published"] or "~"
    if len(published) > len("2024-03-05T10:00"):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(published)
            published = (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()[:19]
    return f"{published} {article['place']} {article['sha256']}"


@dataclass(slots=True)
class _One:
    """A statement that is to be linked."""

    kept: Kept
    statement: Statement
    row: int
    party: int
    day: int
    wording: Wording
    sketch: tuple[int, ...]
    affiliation: int

    @property
    def order(self) -> tuple[int, str, int]:
        """The earliest report comes first, whatever the order in which articles come in."""
        return self.kept.day or _NEVER, self.kept.at, self.statement.id


def link(
    connection: Connection, ids: Ids, parties: Parties, kept: Sequence[Kept], only: set[int] | None = None
) -> None:
    """Assigns statements to sayings.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    ids, parties
        Of the same transaction.
    kept : sequence of Kept
        Articles whose statements are in no saying.
    only : set of int, optional
        Rows of the statements that are meant; all if it is not given.
    """
    ones = _ones(connection, ids, parties, kept, only)
    if not ones:
        return
    state = _State(connection, ids, ones)
    # The earliest report leads; so the outcome does not hang on the order within a batch.
    for one in sorted(ones, key=lambda o: o.order):
        state.place(one)
    overtaken = state.flush()
    relink(connection, ids, parties, dissolve(connection, overtaken))


def _ones(
    connection: Connection, ids: Ids, parties: Parties, kept: Sequence[Kept], only: set[int] | None
) -> list[_One]:
    party_of = parties.of((k.reading, k.sources) for k in kept)
    names = Names(connection, t.affiliation, ids)
    of = names.of({s.of for k in kept for s in k.reading.sources.values()} | {""})
    ones = []
    for k, its in zip(kept, party_of, strict=True):
        for s in k.reading.statements:
            row = k.statements[s.id]
            if s.content and (only is None or row in only):
                source = k.reading.source_of(s)
                day = day_number(s.said.moment if s.said else None) or k.day
                keys = tuple(term_keys(k.reading.content_of(s)))
                who = ("", "", "") if source is None else (source.name or source.role, source.identity, source.kind)
                wording = Wording(keys, *who, day_text(day), s.act)
                affiliation = of[source.of if source else ""]
                ones.append(_One(k, s, row, its.get(s.who, NOBODY), day, wording, sketch(keys), affiliation))
    return ones


@dataclass(slots=True)
class _Saying:
    """A saying while a batch is linked."""

    id: int
    wordings: list[Wording]
    new: bool
    touched: bool = False
    reworded: bool = False
    before: str = ""
    members: list[_One] = field(default_factory=list)


class _State:
    """The sayings that a batch may belong to, and those that it makes."""

    def __init__(self, connection: Connection, ids: Ids, ones: Sequence[_One]) -> None:
        self._connection = connection
        self._ids = ids
        self._postings = _postings(connection, [(o.day, o.sketch) for o in ones])
        near = {i for o in ones for h in o.sketch for i in self._postings[h] if _near(i, o.day)}
        self._sayings = {s.id: s for s in _known(connection, sorted(near))}
        self._sketches: list[dict[str, int]] = []

    def place(self, one: _One) -> None:
        """Puts a statement into the saying that it reports, or into a new one."""
        found = self._found(one)
        if found is None:
            found = _Saying(self._new_id(one), [one.wording], new=True)
            self._sayings[found.id] = found
            for h in one.sketch:
                if sum(_near(i, one.day) for i in self._postings[h]) < _COMMON:
                    self._postings[h].append(found.id)
                    self._sketches.append({"hash": h, "saying_id": found.id})
        elif len(found.wordings) < _WORDINGS and all(w.keys != one.wording.keys for w in found.wordings):
            found.wordings.append(one.wording)
            found.reworded = True
        found.touched = True
        found.members.append(one)

    def _new_id(self, one: _One) -> int:
        number = self._ids.take_below(t.saying, first_id(one.day), first_id(one.day + 1), CODES)
        source = one.kept.reading.source_of(one.statement)
        return number | codes(one.statement.act, one.statement.mode, source.kind if source else None)

    def _found(self, one: _One) -> _Saying | None:
        for id_ in sorted({i for h in one.sketch for i in self._postings[h]}):
            known = self._sayings.get(id_) if _near(id_, one.day) else None
            if known and any(same_statement(one.wording, w) for w in known.wordings):
                return known
        return None

    def flush(self) -> list[int]:
        """Writes what came of the batch, and tells the sayings of which an earlier report has come."""
        touched = [s for s in self._sayings.values() if s.touched]
        members = [
            {"statement_id": o.row, "saying_id": s.id, "article_id": o.kept.article_id, "outlet_id": o.kept.outlet_id}
            for s in touched
            for o in s.members
        ]
        to, new = self._connection, [s for s in touched if s.new]
        insert_rows(to, t.saying, [_row(s) for s in new])
        words = [{"id": s.id, "words": _words(s.wordings)} for s in new]
        insert_rows(to, t.saying_words, words)
        index.add(to, words)
        insert_rows(to, t.sketch, self._sketches)
        insert_rows(to, t.member, members)
        self._matters(touched)
        self._reworded([s for s in touched if s.reworded and not s.new])
        old = [s for s in touched if not s.new]
        _count(self._connection, [s.id for s in old])
        first = _leads(self._connection, [s.id for s in old])
        return [s.id for s in old if min(o.order for o in s.members) < first[s.id]]

    def _matters(self, touched: Sequence[_Saying]) -> None:
        found = {
            (a.matter, s.id, a.sign) for s in touched for o in s.members for x in o.statement.stances for a in x.about
        }
        old = {s.id for s in touched if not s.new}
        rows = by_id(self._connection, t.saying_matter, "saying_id", old & {s for _, s, _ in found})
        found -= {(r["matter"], r["saying_id"], r["sign"]) for r in rows}
        rows = [{"matter": m, "saying_id": s, "sign": g} for m, s, g in sorted(found)]
        insert_rows(self._connection, t.saying_matter, rows)

    def _reworded(self, sayings: Sequence[_Saying]) -> None:
        if not sayings:
            return
        index.remove(self._connection, [{"id": s.id, "words": s.before} for s in sayings])
        rows = [{"id": s.id, "words": _words(s.wordings)} for s in sayings]
        for row in rows:
            self._connection.execute(update(t.saying_words).where(t.saying_words.c.id == row["id"]).values(row))
        index.add(self._connection, rows)


def _postings(connection: Connection, wanted: Sequence[tuple[int, Sequence[int]]]) -> defaultdict[int, list[int]]:
    """The sayings near some days that have the values of sketches looked for on these days."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    c = t.sketch.c
    every = {h for _, own in wanted for h in own}
    near: list[tuple[ColumnElement[bool], set[int]]]
    if any(not day for day, _ in wanted):
        near = [(true(), every)]
    else:
        near = [
            (c.saying_id.between(first_id(a), first_id(z + 1) - 1), hashes) for a, z, hashes in stretches(wanted, _NEAR)
        ]
        near.append((c.saying_id < first_id(1), every))
    for condition, hashes in near:
        for page in pages_of(sorted(hashes)):
            for h, id_ in connection.execute(select(c.hash, c.saying_id).where(c.hash.in_(page), condition)):
                found[h].append(id_)
    return found


def _near(id_: int, day: int) -> bool:
    known = day_of_id(id_)
    return not known or not day or abs(known - day) <= _NEAR


def _known(connection: Connection, ids: Sequence[int]) -> Iterable[_Saying]:
    """Sayings of the record, to compare with."""
    s, w, p, x, o, g = t.saying.c, t.saying_words.c, t.party.c, t.statement.c, t.source.c, t.sighted.c
    # By the source's own name: people may have merged its party with one of another name. The party is for sources
    # that a correction names.
    own = g.party_id == s.party_id
    asked = (
        select(
            s.id,
            w.words,
            case((own, func.coalesce(func.nullif(o.name, ""), o.role)), else_=p.name),
            case((own, o.identity), else_=p.identity),
            case((own, o.kind), else_=p.kind),
        )
        .join_from(t.saying, t.saying_words, s.id == w.id)
        .join(t.statement, x.id == s.lead)
        .outerjoin(t.source, and_(o.reading_id == x.reading_id, o.key == x.who))
        .outerjoin(t.sighted, g.source_id == o.id)
        .outerjoin(t.party, s.party_id == p.id)
    )
    for page in pages_of(ids):
        for id_, words, name, identity, kind in connection.execute(asked.where(s.id.in_(page))):
            who = (name or "", identity or "", kind or "")
            day, act = day_text(day_of_id(id_)), act_of_id(id_)
            wordings = [Wording(tuple(x.split()), *who, day, act) for x in words.split(index.BETWEEN)]
            yield _Saying(id_, wordings, new=False, before=words)


def _leads(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, str, int]]:
    """Where the first reports of sayings come in the order of reports."""
    s, x, r, a = t.saying.c, t.statement.c, t.reading.c, t.article.c
    asked = (
        select(s.id, x.number, a.day, a.published, a.place, a.sha256)
        .join_from(t.saying, t.statement, x.id == s.lead)
        .join(t.reading, r.id == x.reading_id)
        .join(t.article, a.id == r.article_id)
    )
    found = {}
    for page in pages_of(ids):
        for row in connection.execute(asked.where(s.id.in_(page))).mappings():
            found[row["id"]] = (row["day"] or _NEVER, _at(dict(row)), row["number"])
    return found


def _words(wordings: Sequence[Wording]) -> str:
    return f" {index.BETWEEN} ".join(" ".join(w.keys) for w in wordings)


def _row(s: _Saying) -> dict[str, Any]:
    """The row of a new saying, after its first report."""
    lead = s.members[0]
    return {
        "id": s.id,
        "lead": lead.row,
        "party_id": lead.party,
        "affiliation_id": lead.affiliation,
        "outlet_id": lead.kept.outlet_id,
        "published": lead.kept.day,
        "confidence": int(100 * lead.statement.confidence + 1e-9),
        "outlets": len({o.kept.outlet_id for o in s.members}),
        "articles": len({o.kept.article_id for o in s.members}),
    }


def _count(connection: Connection, ids: Sequence[int]) -> None:
    """Counts anew in how many outlets and articles sayings stand."""
    m = t.member.c
    asked = select(m.saying_id, func.count(distinct(m.outlet_id)), func.count(distinct(m.article_id)))
    for page in pages_of(ids):
        for id_, outlets, articles in connection.execute(
            asked.where(m.saying_id.in_(page)).group_by(m.saying_id)
        ).all():
            changed = update(t.saying).where(t.saying.c.id == id_)
            connection.execute(changed.values(outlets=outlets, articles=articles))


def dissolve(connection: Connection, saying_ids: Iterable[int]) -> list[int]:
    """Takes sayings out of the record, so that their statements can be linked anew.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    saying_ids : iterable of int
        Sayings.

    Returns
    -------
    list of int
        Rows of the statements that were in them.
    """
    freed: list[int] = []
    for page in pages_of(sorted(set(saying_ids))):
        freed += [r["statement_id"] for r in by_id(connection, t.member, "saying_id", page)]
        index.remove(connection, [dict(r) for r in by_id(connection, t.saying_words, "id", page)])
        for table, column in (
            (t.member, "saying_id"), (t.saying_matter, "saying_id"), (t.sketch, "saying_id"), (t.saying_words, "id"),
            (t.saying, "id"),
        ):  # fmt: skip
            connection.execute(delete(table).where(table.c[column].in_(page)))
    return freed


def relink(connection: Connection, ids: Ids, parties: Parties, statement_rows: Sequence[int]) -> None:
    """Links statements anew that were in dissolved sayings."""
    if not statement_rows:
        return
    rows = by_id(connection, t.statement, "id", statement_rows)
    for page in pages_of(sorted({r["reading_id"] for r in rows})):
        its = {r["id"] for r in rows if r["reading_id"] in set(page)}
        link(connection, ids, parties, [kept_of(x) for x in load(connection, page)], its)
