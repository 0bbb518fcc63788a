"""Who a source is in the knowledge base: people by name and office on the day, states, bodies and media by name.

An identity is given only where one fits best; where several do, or too little is known, they are candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.entries import Body, Medium, Place
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import tokenize
from qawl.sources.entities import Entity
from qawl.sources.offices import Office, covers, offices
from qawl.statements.mentions import classes, is_given

__all__ = ["Identity", "bearers_of", "bears", "identify", "office_of", "tied_offices"]

Role = frozenset[str]

_MOST = 5  # candidates
# How sure an identity is, by what speaks for it; set by hand, in the order of how telling each is.
_NAME_AND_OFFICE, _NAME_ONCE, _NAME, _OFFICE, _LAST_AND_OFFICE, _LAST = 0.97, 0.9, 0.85, 0.85, 0.9, 0.4
_SHORT_NAME = 2  # words
_OTHER_TRADE, _COMMON_NAME, _OUT_OF_OFFICE, _UNKNOWN_TITLE = 0.5, 0.5, 0.85, 0.75  # factors
_STALE = 0.6  # factor for an office whose holders are known only up to an earlier day
_BODY = 0.95
_SURE = 0.6  # from here an identity is given, below it is a candidate
_PASSING = frozenset("موقت مكلف جديد حال انتقال".split())  # «الرئيس النوري المؤقت»
_FORMER = frozenset({"سابق", "اسبق", "راحل", "منتخب"})  # «الوزير السابق»: not today's holder


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a source is.

    Parameters
    ----------
    key : str
        ``person:ID``, ``state:CODE``, ``body:NAME`` or ``media:NAME``; ``""`` if that is not sure.
    known_as, qid, office, of : str
        As for `qawl.model.Source`.
    candidates : tuple of str
        Keys of those it may be, the likeliest first, where none is sure.
    confidence : float
        From 0 to 1, of the identity; 0 without one.
    """

    key: str = ""
    known_as: str = ""
    qid: str = ""
    office: str = ""
    of: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 0.0


def identify(e: Entity, on: str, peers: Sequence[Entity] = ()) -> Identity:
    """Who an entity of an article is.

    Parameters
    ----------
    e : Entity
        As the article's mentions make it.
    on : str
        The day of the article, ISO 8601; ``""`` if it is not known.
    peers : sequence of Entity
        The people named in the article, in its order: «نظيره المصري» has the office of one before.
    """
    if e.kind == "person":
        return _person(e, on, peers)
    if e.kind in ("state", "organization", "group", "media"):
        return _body(e)
    return Identity()


def office_of(titles: Sequence[Role]) -> list[Office]:
    """The offices that the fullest title of a person that names any names; several, if the title fits several."""
    for title in sorted(titles, key=len, reverse=True):
        found = [] if title & _FORMER else offices().titled(title) or offices().titled(title - _PASSING)
        if found:
            return list(found)
    return []


def bearers_of(words: Sequence[str]) -> list[str]:
    """The people of the knowledge base who bear a full or a short name («أبو مازن»), its words as for `bears`."""
    kb = offices()
    return list(dict.fromkeys((*kb.called(words), *(kb.named(words) if len(words) > 1 else ()))))


def bears(person: str, words: Sequence[str]) -> bool:
    """Whether a person of the knowledge base may be named so: by a full name, part of one with its end, or a short one.

    Parameters
    ----------
    person : str
        His id.
    words : sequence of str
        The words of the name, as `qawl.sources.keys.name_key` gives them.
    """
    if not words:
        return False
    if person in offices().called(words):
        return True
    mine = set(words)
    return any((mine <= set(n) and words[-1] == n[-1]) or set(n) <= mine for n in offices().names_of(person))


def tied_offices(titles: Sequence[Role], words: Sequence[str], on: str) -> bool:
    """Whether one who bears a name held an office that one of some titles names, on a day or, without it, ever."""
    held = (h.person for office in office_of(titles) for h in offices().holders(office.id, on))
    return any(bears(person, words) for person in held)


def _person(e: Entity, on: str, peers: Sequence[Entity]) -> Identity:
    kb = offices()
    held = office_of(e.titles)
    if not e.name_words:
        return _holder(held or list(_peer(e, peers)), on)
    words = e.name_words
    full = kb.named(words) if len(words) > 1 else []
    last = kb.called(words) or ([x for x in kb.called(words[-1:]) if bears(x, words)] if len(words) > 1 else [])
    graded: list[tuple[float, str, str]] = []
    for x in dict.fromkeys((*full, *last)):
        office = _held_by(x, held, on)
        if x in full:
            sure = _NAME_AND_OFFICE if office else _by_name(e, x, len(full), on)
            if held and not office and not _ever(x, held):
                sure *= _OTHER_TRADE  # another office than any of his
        else:
            sure = _LAST_AND_OFFICE if office else _LAST / len(last)
        graded.append((sure, x, office.id if office else ""))
    graded.sort(key=lambda g: (-g[0], g[1]))
    return _chosen(graded, held)


def _by_name(e: Entity, person: str, bearers: int, on: str) -> float:
    """How sure it is that one who bears a person's full name, without an office that says so, is he."""
    sure = _NAME_ONCE if bearers == 1 else _NAME / bearers
    if all(is_given(w) for w in e.name_words) and len(e.name_words) <= _SHORT_NAME:
        sure *= _COMMON_NAME  # «محمد علي»: many bear it
    if any(_trade(m.role) for m in e.mentions):
        sure *= _OTHER_TRADE
    elif e.titles and not any(t & _FORMER or offices().titled(t) for t in e.titles):
        sure *= _UNKNOWN_TITLE
    mine = offices().held.get(person, ())
    return sure if not on or any(covers(h.start, h.end, on) for h in mine) else sure * _OUT_OF_OFFICE


@lru_cache(maxsize=8192)
def _trade(role: str) -> bool:
    """Whether a title is a trade or kinship rather than an office: «اللاعب», «الشاعرة», «شقيق»."""
    known = classes(fold(role).split()[0]) if role.strip() else frozenset()
    return bool(known & {"title:profession", "title:family"}) and "title:office" not in known


def _chosen(graded: list[tuple[float, str, str]], held: Sequence[Office]) -> Identity:
    of = held[0].of if len({o.of for o in held}) == 1 else ""
    office = held[0].id if len(held) == 1 else ""
    if not graded:
        return Identity(office=office, of=of)
    sure, x, his = graded[0]
    alone = len(graded) == 1 or graded[1][0] < sure - 0.1
    if sure >= _SURE and alone:
        person = offices().people[x]
        state = offices().offices[his].of if his else of or _served(x)
        return Identity(f"person:{x}", person.name, person.qid, his or office, state, (), round(sure, 2))
    return Identity(office=office, of=of, candidates=tuple(f"person:{x}" for _, x, _ in graded[:_MOST]))


def _holder(held: Sequence[Office], on: str) -> Identity:
    """Who is meant by an office alone: its holder on the day."""
    if not held:
        return Identity()
    kb = offices()
    found = list(dict.fromkeys(h.person for office in held for h in kb.holders(office.id, on)))
    office = held[0] if len(held) == 1 else None
    of = held[0].of if len({o.of for o in held}) == 1 else ""
    if office is not None and office.one and on and len(found) == 1:
        x = kb.people[found[0]]
        sure = _OFFICE * (1 if kb.complete(office.id, on) else _STALE)
        return Identity(f"person:{x.id}", x.name, x.qid, office.id, of, (), round(sure, 2))
    return Identity(office=office.id if office else "", of=of, candidates=tuple(f"person:{x}" for x in found[:_MOST]))


def _peer(e: Entity, peers: Sequence[Entity]) -> Iterator[Office]:
    """The office of «نظيره المصري»: that of the person named before him, in his own state."""
    own = {w for title in e.titles if "نظير" in title for w in title if w[0] == "@"}
    if len(own) != 1 or not e.mentions:
        return
    at = e.mentions[0].span.start
    before = [p for p in peers if p is not e and p.seen_before(at) >= 0]
    for p in sorted(before, key=lambda p: -p.seen_before(at)):
        for office in office_of(p.titles):
            found = offices().of_kind(office.kind, next(iter(own)))
            if found is not None:
                yield found
                return


def _held_by(person: str, held: Sequence[Office], on: str) -> Office | None:
    """The office among some that a person held on a day, or ever if the day is not known."""
    mine = offices().held.get(person, ())
    for office in held:
        if any(h.office == office.id and (not on or covers(h.start, h.end, on)) for h in mine):
            return office
    return None


def _ever(person: str, held: Sequence[Office]) -> bool:
    return _held_by(person, held, "") is not None


def _served(person: str) -> str:
    """The state or body whose offices a person held, if it is one."""
    found = {offices().offices[h.office].of for h in offices().held.get(person, ())}
    return found.pop() if len(found) == 1 else ""


def _body(e: Entity) -> Identity:
    """A state, body or medium that the gazetteer knows by this name."""
    for text in dict.fromkeys((e.name, *(m.text for m in e.mentions))):
        entry = _entry(text)
        if isinstance(entry, Place):
            if entry.kind not in ("state", "territory", "capital") or e.kind not in ("state", "organization"):
                continue
            state = gazetteer().state(entry.state) if entry.kind == "capital" else entry
            if state is not None:
                return Identity(f"state:{state.iso2 or state.name}", state.name, state.qid, "", state.name, (), _BODY)
        elif isinstance(entry, Body):
            return Identity(f"body:{entry.name}", entry.name, entry.qid, "", entry.state or entry.name, (), _BODY)
        elif isinstance(entry, Medium):
            return Identity(f"media:{entry.name}", entry.name, "", "", entry.name, (), _BODY)
    return Identity()


@lru_cache(maxsize=8192)
def _entry(text: str) -> Place | Body | Medium | None:
    """What the gazetteer has under a whole name."""
    forms = [f for f in tokenize(fold(text)).form if f[0].isalnum()]
    found = gazetteer().longest_body(forms, 0, weak=True) if forms else None
    return found[1] if found is not None and found[0] == len(forms) else None
