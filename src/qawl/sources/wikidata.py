"""Who held an office as Wikidata has it: the query, its answer, and the merge with the tables that ship.

Nothing here is used while reading. What ships is never lost: where Wikidata says something else, the row that ships
stays, and the difference is listed for a person to look at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from qawl.arabic.fold import fold
from qawl.model import InputError
from qawl.sources.keys import name_key

__all__ = ["DIFFERENCES", "Claim", "Merged", "english_key", "parse", "query"]

Row = dict[str, str]

UNKNOWN = "?"  # the end of a claim that has ended, Wikidata does not know when
DIFFERENCES = ("what", "office", "person", "item", "shipped", "wikidata")
"""The columns of ``differences.tsv``."""

_PERSON = ("id", "name", "variants", "short", "gender", "en", "qid", "source")
_HOLDER = ("office", "person", "start", "end", "acting", "source")
_SINCE = "2000"
_ENOUGH = 3  # holders none of whom is known make an office's item suspect
_DATE = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)(?:T.*)?", re.ASCII)
_ITEM = re.compile(r"(?:.*[/:])?(Q[1-9]\d*)", re.ASCII)
_LENGTHS = {"9": 4, "10": 7}  # of an ISO date, by Wikidata's precision: year, month; finer ones are days
_COARSEST = 9
_GENDERS = {"Q6581097": "m", "Q2449503": "m", "Q6581072": "f", "Q1052281": "f"}
# The last name, with words that make one name with the next: «أبو زيد».
_LAST = re.compile(r"(?<=\S )(?:(?:عبد|أبو|ابو|آل|ال|بن|ابن|ولد|بو) )*\S+$")
_PAGE = "https://www.wikidata.org/wiki/"

# P580 and P582 are start and end, P5102 with Q4676846 marks a caretaker. Labels that hold in all languages are "mul".
_QUERY = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?office ?person ?start ?startPrecision ?end ?endPrecision ?ended ?acting ?gender ?ar ?en WHERE {
  VALUES ?office { %s }
  ?held ps:P39 ?office .
  ?person p:P39 ?held ; wdt:P31 wd:Q5 .
  MINUS { ?held wikibase:rank wikibase:DeprecatedRank }
  OPTIONAL { ?held pqv:P580 [ wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision ] }
  OPTIONAL { ?held pqv:P582 [ wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision ] }
  BIND(EXISTS { ?held pq:P582 [] } AS ?ended)
  BIND(EXISTS { ?held pq:P5102 wd:Q4676846 } AS ?acting)
  FILTER(!BOUND(?end) || YEAR(?end) >= 2000)
  OPTIONAL { ?person wdt:P21 ?gender }
  OPTIONAL { ?person rdfs:label ?ar FILTER(LANG(?ar) = "ar") }
  OPTIONAL { ?person rdfs:label ?english FILTER(LANG(?english) = "en") }
  OPTIONAL { ?person rdfs:label ?common FILTER(LANG(?common) = "mul") }
  BIND(COALESCE(?english, ?common) AS ?en)
}
ORDER BY ?office ?start ?person
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """That a person held an office, as Wikidata has it.

    `office` and `person` are items (``Q22316``); `start` and `end` are ISO 8601, as exact as known; `end` is `UNKNOWN`
    where only that is known; `gender` is ``m``, ``f`` or ``""``; `ar` and `en` are the person's labels.
    """

    office: str
    person: str
    start: str = ""
    end: str = ""
    acting: bool = False
    gender: str = ""
    ar: str = ""
    en: str = ""

    @property
    def dated(self) -> bool:
        """Whether it is known when it began, and if it ended when: not before that."""
        return bool(self.start) and self.end != UNKNOWN and not (self.end and _before(self.end, self.start))

    def __str__(self) -> str:
        return f"{self.en or self.ar or self.person}: {_span(self.start, self.end, self.acting)}"


def query(items: Sequence[str]) -> str:
    """The SPARQL query for the holders of some offices since 2000, the offices given by their items (``Q14213``)."""
    return _QUERY % " ".join(f"wd:{item}" for item in items)


def parse(data: bytes, where: str) -> list[Claim]:
    """The claims of an answer in the W3C's SPARQL 1.1 query results JSON format.

    Parameters
    ----------
    data : bytes
        The answer to `query`, from an endpoint, or made from a dump in the same form. ``office`` and ``person`` are
        needed; the first of January without a precision counts as the year.
    where : str
        Its name, for messages.

    Raises
    ------
    InputError
        If it is a web page, breaks off, is no such answer or that of another query.
    """
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        what = "breaks off or is no JSON" if data.strip() else "is empty"
        what = "is a web page or XML" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else what
        raise InputError(f"the answer {what}; ask again, for SPARQL 1.1 results in JSON", where) from None
    match answer:
        case {"head": {"vars": [*names]}, "results": {"bindings": [*rows]}} if "office" in names and "person" in names:
            pass
        case _:
            raise InputError("the answer is no SPARQL 1.1 results in JSON with ?office and ?person; see --query", where)
    found: dict[Claim, Claim] = {}
    for number, row in enumerate(rows, start=1):
        try:
            c = _claim(_values(row))
        except ValueError as e:
            raise InputError(f"row {number} of the answer {e}; ask again", where) from None
        key = replace(c, gender="", ar="", en="")
        old = found.get(key, c)  # a person with two genders or labels gives several rows
        found[key] = replace(key, gender=old.gender or c.gender, ar=old.ar or c.ar, en=old.en or c.en)
    return list(found.values())


def _values(row: Any) -> Row:
    values: Row = {}
    for name, cell in row.items() if isinstance(row, dict) else [("office", None)]:
        match cell:
            case {"type": "uri" | "literal" | "typed-literal", "value": str(value)}:
                values[name] = value
            case {"type": "bnode"}:
                values[name] = UNKNOWN
            case _:
                raise ValueError(f"has no value for ?{name}")
    return values


def _claim(v: Row) -> Claim:
    office, person, gender = (_ITEM.fullmatch(v.get(name, "")) for name in ("office", "person", "gender"))
    if not office or not person:
        raise ValueError("has no item for ?office or ?person")
    ended = "end" in v or v.get("ended") in ("true", "1")
    return Claim(
        office[1],
        person[1],
        _date(v.get("start", ""), v.get("startPrecision", "")),
        _date(v.get("end", ""), v.get("endPrecision", "")) or (UNKNOWN if ended else ""),
        v.get("acting") in ("true", "1"),
        _GENDERS.get(gender[1], "") if gender else "",
        _label(v.get("ar", ""), arabic=True),
        _label(v.get("en", "")),
    )


def _date(value: str, precision: str) -> str:
    """A time of Wikidata as the tables have it; ``""`` if it is none, or only a decade or longer."""
    match = _DATE.fullmatch(value)
    if match is None or (precision.isdecimal() and int(precision) < _COARSEST):
        return ""
    # Wikidata writes a year as its first day; without a precision the year is all that is sure.
    first = match[2] == "00" or (not precision and match[2] == match[3] == "01")
    length = 4 if first else 7 if match[3] == "00" else _LENGTHS.get(precision, 10)
    try:
        date(int(match[1]), int(match[2]) if length > 4 else 1, int(match[3]) if length > 7 else 1)
    except ValueError:
        return ""
    return "-".join(match.groups())[:length]


def _label(text: str, *, arabic: bool = False) -> str:
    """A label as a cell may hold it: no bars, which part lists, no control or invisible characters, no surrogates."""
    kept = (" " if c == "|" or c.isspace() else c for c in text)
    label = " ".join("".join(c for c in kept if unicodedata.category(c)[0] != "C").split())
    return label if not arabic or any("\u0621" <= c <= "\u064a" for c in label) else ""


class Merged:
    """The tables that ship, merged with what Wikidata says.

    A row that agrees gets the item's page as its source, a person the item too. A holding that only Wikidata has is
    added, unless it overlaps another in an office that one holds at a time. Dates stay as they ship, but for the end of
    a holding that was open when the table was made. Whatever does not fit is a difference.

    Parameters
    ----------
    people, offices, holders : iterable of dict
        The rows of the tables. They are not changed.
    claims : iterable of Claim
        From `parse`, of as many answers as there are.

    Its `people`, `offices`, `holders` and `differences` (columns: `DIFFERENCES`) are the rows afterwards. `counts` has
    ``agreed`` and ``added`` holdings, ``ended`` of those that were open, new ``people``, and ``foreign`` claims of
    offices that the table has no item of.
    """

    def __init__(
        self, people: Iterable[Row], offices: Iterable[Row], holders: Iterable[Row], claims: Iterable[Claim]
    ) -> None:
        self.people, self.offices, self.holders = ([dict(r) for r in rows] for rows in (people, offices, holders))
        self.differences: list[Row] = []
        self.counts: Counter[str] = Counter()
        self._new: list[tuple[Row, Claim]] = []
        self._known = {r["id"]: r for r in self.people}
        self._items = {r["qid"]: r["id"] for r in self.people if r["qid"]}
        self._held: dict[str, list[Row]] = {}
        for r in self.holders:
            self._held.setdefault(r["office"], []).append(r)
        self._names: dict[str, set[str]] = {}
        for r in self.people:
            for key in _keys(r["en"], r["name"], *r["variants"].split("|")):
                self._names.setdefault(key, set()).add(r["id"])
        self._merge(claims)

    def _merge(self, claims: Iterable[Claim]) -> None:
        claimed: dict[str, dict[str, list[Claim]]] = {}
        for c in dict.fromkeys(claims):
            if not c.end or c.end >= _SINCE:  # as UNKNOWN is
                claimed.setdefault(c.office, {}).setdefault(c.person, []).append(c)
        for office in self.offices:
            self._compare(office, claimed.pop(office["qid"], {}))
        self.counts["foreign"] = sum(len(held) for people in claimed.values() for held in people.values())
        # The more exact first: of two claims of one holding the other then overlaps it.
        for office, c in sorted(self._new, key=lambda x: (x[0]["id"], -len(x[1].start + x[1].end), x[1].start)):
            self._add(office, c)
        self.people.sort(key=lambda r: r["id"])
        self.holders.sort(key=lambda r: (r["office"], r["start"]))

    def _differ(self, *cells: str) -> None:
        row = dict(zip(DIFFERENCES, cells, strict=True))
        self.differences += [row] if row not in self.differences else []

    def _compare(self, office: Row, claimed: Mapping[str, list[Claim]]) -> None:
        """Compare the holders of one office, and keep for `_add` what only Wikidata has."""
        rows = self._held.get(office["id"], [])
        holders = {r["person"] for r in rows}
        known = {item: self._same_person(held[0], holders) for item, held in claimed.items()}
        if holders.intersection(known.values()):
            office["source"] = _PAGE + office["qid"]
        elif holders and len(known) >= _ENOUGH:
            first = "; ".join(str(held[0]) for held in claimed.values())
            self._differ("item", office["id"], "", office["qid"], "", f"none of its holders, but {first}")
            return
        for item, held in claimed.items():
            person = known[item]
            mine = [r for r in rows if r["person"] == person]
            if person and self._known[person]["source"] != _PAGE + item:
                self._confirm(self._known[person], held[0])
            self._compare_dates(office, person, mine, sorted(held, key=lambda c: (c.start, c.end)))

    def _same_person(self, c: Claim, holders: set[str]) -> str:
        """The id of the person of a claim; ``""`` if the table has none who is surely the same."""
        if c.person not in self._items:
            by_label = self._namesakes(c)
            both = set.intersection(*by_label) if len(by_label) > 1 else set()
            one = both if len(both) == 1 else holders & set().union(*by_label)
            if len(one) == 1:
                self._items[c.person] = next(iter(one))
        return self._items.get(c.person, "")

    def _namesakes(self, c: Claim) -> list[set[str]]:
        """For each of the labels, the people without an item who are called so."""
        taken = set(self._items.values())
        return [self._names.get(key, set()) - taken for key in _keys(c.en, c.ar)]

    def _confirm(self, person: Row, c: Claim) -> None:
        if c.gender and c.gender != person["gender"]:
            self._differ("gender", "", person["id"], c.person, person["gender"], c.gender)
        if _keys(c.en, c.ar) & _keys(person["en"], person["name"], *person["variants"].split("|")):
            person["qid"], person["source"] = c.person, _PAGE + c.person
        else:
            self._differ("name", "", person["id"], c.person, f"{person['name']}, {person['en']}", f"{c.ar}, {c.en}")

    def _compare_dates(self, office: Row, person: str, rows: list[Row], claims: list[Claim]) -> None:
        used: set[Claim] = set()
        sure = 0
        for r in rows:
            agreeing = [(c, parts) for c, parts in _options(claims) if _agrees(r, c, office["as_of"])]
            used.update(*(parts for _, parts in agreeing))
            if agreeing:
                sure += 1
                self.counts["agreed"] += 1
                c = agreeing[0][0]
                r["source"] = _PAGE + c.person
                if c.end and not r["end"]:
                    self.counts["ended"] += 1
                    r["end"] = c.end
                    _advance(office, c.end)
        for c in (x for x in claims if x not in used and (x.dated or not rows)):
            if not c.dated:
                self._differ("undated", office["id"], person, c.person, "", str(c))
            elif sure == len(rows) and not any(_overlap(r, c) for r in rows):
                self._new.append((office, c))
            else:
                self._differ("dates", office["id"], person, c.person, _spans(rows), str(c))

    def _add(self, office: Row, c: Claim) -> None:
        rows, person = self._held.setdefault(office["id"], []), self._items.get(c.person, "")
        clash = [r for r in rows if (office["seats"] == "one" or r["person"] == person) and _overlap(r, c)]
        alike = sorted(set().union(*self._namesakes(c))) if not person else []
        if clash or alike or not (person or c.ar):
            what = "overlap" if clash else "namesake" if alike else "no Arabic name"
            self._differ(what, office["id"], person, c.person, _spans(clash) or "; ".join(alike), str(c))
            return
        cells = (office["id"], person or self._new_person(c), c.start, c.end, "yes" if c.acting else "")
        rows.append(dict(zip(_HOLDER, (*cells, _PAGE + c.person), strict=True)))
        self.holders.append(rows[-1])
        self.counts["added"] += 1
        _advance(office, c.end or c.start)

    def _new_person(self, c: Claim) -> str:
        key = english_key(c.en)
        slug = key.replace(" ", "-") if key.isascii() and key else c.person.lower()
        slug += f"-{c.person.lower()}" if slug in self._known else ""
        last = _LAST.search(c.ar)
        cells = (slug, c.ar, "", last[0] if last else "", c.gender, c.en, c.person, _PAGE + c.person)
        self._known[slug] = dict(zip(_PERSON, cells, strict=True))
        self.people.append(self._known[slug])
        self.counts["people"] += 1
        self._items[c.person] = slug
        return slug


def english_key(name: str) -> str:
    """A Latin name as it is compared, without case, accents and punctuation: ``antonio guterres``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) and c not in "'’")
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def _keys(en: str, *arabic: str) -> set[str]:
    return {english_key(en), *(" ".join(name_key(fold(name).split())) for name in arabic)} - {""}


def _span(start: str, end: str, acting: bool) -> str:
    return f"{start or UNKNOWN} to {end or 'now'}{' (acting)' if acting else ''}"


def _spans(rows: Iterable[Row]) -> str:
    return "; ".join(f"{r['person']}: {_span(r['start'], r['end'], bool(r['acting']))}" for r in rows)


def _before(a: str, b: str) -> bool:
    """Whether a date is before another, as far as both are known."""
    return a[: len(b)] < b[: len(a)]


def _same(a: str, b: str) -> bool:
    return bool(a and b) and a[: len(b)] == b[: len(a)]


def _overlap(r: Row, c: Claim) -> bool:
    """Whether two holdings overlap; the day an office passes on belongs to both. No start is long ago."""
    return (not c.end or _before(r["start"], c.end) or not r["start"]) and (not r["end"] or _before(c.start, r["end"]))


def _agrees(r: Row, c: Claim, as_of: str) -> bool:
    """Whether a claim says the same as a row. A row without an end says: until its office's `as_of` at least."""
    if not c.dated or (c.acting and not r["acting"]):
        return False
    starts = _same(r["start"], c.start) if r["start"] else c.start < _SINCE
    return starts and (_same(r["end"], c.end) if r["end"] else not c.end or not _before(c.end, as_of))


def _advance(office: Row, day: str) -> None:
    """Where an office that one holds passed on after its `as_of`, its holders are known up to that day."""
    if office["seats"] == "one" and _before(office["as_of"], day):
        office["as_of"] = day


def _options(claims: Sequence[Claim]) -> Iterator[tuple[Claim, set[Claim]]]:
    """What may be one holding: each claim, and terms that follow one another, as one."""
    run: list[Claim] = []
    for c in claims:
        yield c, {c}
        run = [*run, c] if run and _follows(run[-1], c) else [c]
        if len(run) > 1:
            yield replace(run[0], end=c.end), set(run)


def _follows(a: Claim, b: Claim) -> bool:
    days = len(a.end) == len(b.start) == 10
    next_day = days and abs(date.fromisoformat(b.start) - date.fromisoformat(a.end)) <= timedelta(days=1)
    return a.dated and b.dated and a.acting == b.acting and (next_day or _same(a.end, b.start))
