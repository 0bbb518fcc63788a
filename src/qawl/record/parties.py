"""Which party each source is: at once by what it would be alone, and from time to time by all rules and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from qawl.arabic.fold import fold
from qawl.arabic.words import tokenize
from qawl.identity import Sighting, english_name, own_id, sightings
from qawl.model import Reading
from qawl.record import schema as t
from qawl.record.load import by_id
from qawl.record.writing import Ids, insert_rows

__all__ = ["NOBODY", "Parties", "name_words"]

NOBODY = 0
"""The party of a statement without a source."""

_MOST = 60  # letters of a word of a name that is indexed


@dataclass(slots=True)
class Parties:
    """Gives sources their parties, and makes those that are new.

    Parameters
    ----------
    connection : Connection
        In a transaction that writes.
    ids : Ids
        Of the same transaction.
    """

    connection: Connection
    ids: Ids
    _known: dict[str, int] = field(default_factory=dict)
    _new: list[dict[str, Any]] = field(default_factory=list)
    _words: set[tuple[str, int]] = field(default_factory=set)
    _sighted: list[dict[str, int]] = field(default_factory=list)

    def of(self, readings: Iterable[tuple[Reading, dict[str, int]]]) -> list[dict[str, int]]:
        """The parties of the sources of some readings.

        Parameters
        ----------
        readings : iterable of (Reading, dict of str to int)
            With the rows of their sources, by key; a source without a row was named in a correction.

        Returns
        -------
        list of dict of str to int
            For each reading its sources' parties, by key.
        """
        given = list(readings)
        sighted = by_id(self.connection, t.sighted, "source_id", (id_ for _, rows in given for id_ in rows.values()))
        party_of = {row["source_id"]: row["party_id"] for row in sighted}
        found = []
        for reading, rows in given:
            its = {k: party_of[id_] for k, id_ in rows.items() if id_ in party_of}
            unseen = reading.sources.keys() - its.keys()
            keyed = [(m, own_id(m)) for m in sightings(reading) if m.ref[1] in unseen] if unseen else []
            found.append((its, keyed, rows))
        asked = {key for _, keyed, _ in found for _, key in keyed} - self._known.keys()
        self._known |= {row["key"]: row["party_id"] for row in by_id(self.connection, t.party_alias, "key", asked)}
        for its, keyed, rows in found:
            new = {m.ref[1]: self._party(m, key) for m, key in keyed}
            self._sighted += [{"source_id": rows[k], "party_id": p} for k, p in new.items() if k in rows]
            its |= new
        self.flush()
        return [its for its, _, _ in found]

    def _party(self, m: Sighting, key: str) -> int:
        known = self._known.get(key)
        if known is not None:
            return known
        id_ = self._known[key] = self.ids.take(t.party)
        name = m.known_as or m.name or m.role
        row = {"id": id_, "key": key, "name": name, "kind": m.kind, "identity": m.identity, "qid": m.qid}
        self._new.append({**row, "locked": False, "candidates": None})
        for text in (m.known_as, m.name, m.role if not m.name else "", english_name(m.identity) if m.identity else ""):
            self._words |= {(word, id_) for word in name_words(text)}
        return id_

    def flush(self) -> None:
        """Writes what is new; `of` does so."""
        to = self.connection
        insert_rows(to, t.party, self._new)
        insert_rows(to, t.party_alias, [{"key": p["key"], "party_id": p["id"]} for p in self._new])
        insert_rows(to, t.party_name, [{"word": w, "party_id": p} for w, p in sorted(self._words)])
        insert_rows(to, t.sighted, self._sighted)
        self._new, self._words, self._sighted = [], set(), []


def name_words(name: str) -> set[str]:
    """The words of a name by which it is found, folded, without the article; Latin ones in lower case."""
    found = (form for form in tokenize(fold(name).casefold()).form if form[0].isalnum())
    return {w.removeprefix("ال")[:_MOST] if len(w) > 4 else w[:_MOST] for w in found}
