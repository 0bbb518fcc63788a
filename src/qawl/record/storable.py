"""What a database cannot store, which is refused: a text may not be changed to make it fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qawl.model import InputError, Reading

__all__ = ["refuse_long", "refuse_unstorable", "storable"]

# PostgreSQL stores no NUL, and neither database half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST = 2000  # bytes; an index of PostgreSQL takes some 2,700


def refuse_unstorable(reading: Reading) -> None:
    """Raises `InputError` if a database cannot store the article: a text may not be changed to make it fit."""
    if not storable("\n".join(_texts(reading))):
        raise InputError("holds a NUL or half of a surrogate pair, which no database stores; mend its encoding")


def refuse_long(reading: Reading, place: str) -> None:
    """Raises `InputError` if something is longer than an index of PostgreSQL takes; in SQLite, too: both agree."""
    a, sources = reading.article, reading.sources.values()
    of = [x for s in sources for x in (s.of, s.identity)]
    for what, texts in (("URL or outlet", [place, a.outlet]), ("doc", [a.doc]), ("source", of)):
        if any(len(x.encode()) > _LONGEST for x in texts):
            raise InputError(f"its {what} is over {_LONGEST:,} bytes; shorten it")


def storable(text: str) -> bool:
    """Whether a database can store a text."""
    return _UNSTORABLE.search(text) is None


def _texts(reading: Reading) -> Iterator[str]:
    """All that a reading has in letters, but for names of kinds."""
    a = reading.article
    yield from (a.text, a.doc, a.url, a.outlet, a.section, a.agency, a.language, *a.authors, reading.extractor)
    line = a.dateline
    moments = [a.published, a.modified, line.date if line else None]
    yield from (line.place, line.agency) if line else ()
    for s in reading.sources.values():
        yield from (s.name, s.role, s.known_as, s.of, s.identity, s.office, s.qid, *s.candidates, s.key)
    for x in reading.statements:
        yield from (x.lemma, x.who, *(t for y in x.stances for about in y.about for t in (about.matter, about.pattern)))
        yield from (x.occasion.channel, x.occasion.place) if x.occasion else ()
        moments.append(x.said.moment if x.said else None)
    for e in reading.events:
        yield from (e.name, e.place)
        moments.append(e.date.moment if e.date else None)
        for p in e.participants:
            yield from (p.name, p.role, p.who, p.identity, p.known_as, p.qid)
    yield from (m.iso for m in moments if m)
