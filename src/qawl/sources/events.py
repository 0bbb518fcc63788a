"""The events that an article tells of, and who took part: «اجتماع عمان الذي ضم وزراء خارجية نورستان والواحة».

An event is a noun of meeting with those who took part: after a verb in a relative clause («الذي ضم …»), after a noun
(«بمشاركة …»), or between and with («بين الوزيرين …», «مع الرئيس …»).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.dates import find_dates
from qawl.arabic.entries import Place
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.model import Article, Dated, Event, EventKind, Participant, Source, Span
from qawl.sources.entities import Entity
from qawl.sources.identify import identify
from qawl.sources.keys import name_key, role_key
from qawl.sources.mentions import Mention, parse_mention
from qawl.sources.occasions import place_after
from qawl.sources.when import reported
from qawl.statements.mentions import classes, is_stop, mention_end
from qawl.statements.parsed import Parsed, has_letters, initials
from qawl.statements.people import people, plural_title

__all__ = ["find_events"]

_NOUNS: dict[str, EventKind] = {
    "اجتماع": "meeting", "لقاء": "meeting", "قمه": "meeting", "محادثات": "meeting", "مباحثات": "meeting",
    "مشاورات": "meeting", "مفاوضات": "meeting", "مؤتمر": "conference", "موتمر": "conference", "ندوه": "conference",
    "منتدي": "conference", "اتصال": "call", "مكالمه": "call", "زياره": "visit", "جلسه": "session",
}  # fmt: skip
# What brings in those who took part: verbs of a relative clause, nouns with ب.
_JOINING = frozenset("ضم ضمت جمع جمعت حضره حضرها حضر شارك شاركت يضم تضم جمعه جمعها".split())
_ATTENDED = frozenset("بمشاركه بحضور بين".split())
_RELATIVE = frozenset("الذي التي".split())
_NAMED = 6  # words after the noun within which its place, day and those who took part begin
_LONGEST = 70  # tokens of a list
_MOST = 40  # participants


@dataclass(frozen=True, slots=True)
class _Item:
    """A participant as the list gives him: his span, name, whole title, and what they say together."""

    span: Span
    mention: Mention | None
    role: str


def find_events(article: Article, p: Parsed, sources: dict[str, Source]) -> tuple[Event, ...]:
    """The events with participants that an article tells of, in the order of the text.

    Parameters
    ----------
    article : Article
        The article.
    p : Parsed
        The same parsed.
    sources : dict of str to Source
        The sources of its statements: who of them took part is told by their keys.
    """
    found: list[Event] = []
    for sentence in p.sentences:
        k = sentence.first
        while k < sentence.last:
            if _kind(p.tok.form[k]) is None:
                k += 1
                continue
            event, k = _event(article, p, k, sentence.last, sources)
            if event is not None and event.participants not in (e.participants for e in found):
                found.append(event)
    return tuple(found)


def _event(article: Article, p: Parsed, k: int, stop: int, sources: dict[str, Source]) -> tuple[Event | None, int]:
    """The event whose noun stands at token `k`, and where to go on."""
    form = p.tok.form
    kind = _kind(form[k])
    start = _list_start(p, k, stop)
    if kind is None or start is None:
        return None, k + 1
    named, first = start
    items, last = _items(p, first, stop)
    if len(items) < 2:
        return None, k + 1
    noun = p.tok.start[k] + (form[k][0] in "بلوف" and not form[k].startswith(tuple(_NOUNS)))
    span = Span(noun, p.tok.end[named - 1])
    day = article.reference.iso[:10] if article.reference is not None else ""
    entities = [_entity(i) for i in items]
    took_part = tuple(_participant(i, e, day, entities, sources) for i, e in zip(items, entities, strict=True))
    around = Span(p.tok.start[k], p.tok.end[last - 1])
    return Event(kind, span.of(p.text), span, _place(p, k, named, first), _date(article, p, around), took_part), last


@lru_cache(maxsize=65536)
def _kind(form: str) -> EventKind | None:
    bare = form[1:] if form[0] in "بولف" and form not in _NOUNS and form not in initials() else form
    return _NOUNS.get(bare.removeprefix("ال")) or _NOUNS.get(form)


def _list_start(p: Parsed, k: int, stop: int) -> tuple[int, int] | None:
    """Where the name of the event at token `k` ends, and where the list of those who took part begins."""
    form = p.tok.form
    named = k + 1
    while named < min(stop, k + _NAMED) and _goes_on(form[named]):
        named += 1
    for j in range(k + 1, min(stop, k + 2 * _NAMED)):
        f = form[j]
        if f in '.؟!:«"“' or _kind(f) is not None:
            return None
        if f in _RELATIVE and j + 1 < stop and form[j + 1] in _JOINING:
            return min(named, j), _past_date(p, j + 2, stop)
        if f in _ATTENDED or (f in _JOINING and j == named):
            return min(named, j), _past_date(p, j + 1, stop)
    return None


def _goes_on(form: str) -> bool:
    """Whether a word may be part of an event's name: «اجتماع ⟨عمان الوزاري⟩»."""
    if not form[0].isalpha() or form in _RELATIVE or form in _ATTENDED or is_stop(form):
        return False
    return form.startswith("ال") or "place" in classes(form) or "nisba" in classes(form)


def _past_date(p: Parsed, j: int, stop: int) -> int:
    """The first token after words for the day: «ضم ⟨اليوم (السبت)⟩ وزراء …», «ضم كلا من …»."""
    form = p.tok.form
    start = p.tok.start[j] if j < stop else 0
    text = p.text[start : p.tok.end[min(stop, j + _NAMED) - 1]] if j < stop else ""
    day = next((m.span.end for m in find_dates(text) if m.span.start <= 1), 0)
    while j < stop and p.tok.start[j] < start + day:
        j += 1
    while j < stop and (form[j] in ("كل", "كلا", "من", "الي", "جانب") or form[j] in "()"):
        j += 1
    return j


def _items(p: Parsed, first: int, stop: int) -> tuple[list[_Item], int]:
    """Those whom a list names from token `first` on, and where it ends."""
    form = p.tok.form
    out: list[_Item] = []
    head: tuple[int, int] | None = None  # the shared title of a list: «وزراء خارجية ⟨نورستان والواحة⟩»
    k = first
    stop = min(stop, first + _LONGEST)
    while k < stop and len(out) < _MOST:
        joined = form[k][0] == "و" and form[k] not in initials() and _listed(form[k][1:], head is not None)
        if out and not joined and form[k - 1] not in "،,و":
            break
        off = int(joined)
        word = form[k][off:]
        shared = _shared(p, k, off, stop)
        if shared is not None:
            head, k = (k, shared), shared
            off = 0
            word = form[k] if k < stop else ""
        end = _place_end(p, k, off, stop) if head is not None else k
        if end > k and head is not None:
            out.append(_state_item(p, head, k, off, end))
        elif _listed(word, False) or people(p).begins(k) is not None:
            head = None
            person = people(p).begins(k)
            end = person.last if person is not None and person.title == k else max(mention_end(p, k, stop), k + 1)
            span = Span(p.tok.start[k] + off, p.tok.end[end - 1])
            m = parse_mention(p, span)
            if not (m.name or m.role) or m.kind not in ("person", "state", "organization", "group"):
                break
            out.append(_Item(span, m, m.role))
        else:
            break
        k = end
        if k < stop and form[k] in "،,":
            following = form[k + 1] if k + 1 < stop else ""
            if not (following[:1] == "و" and _listed(following[1:], head is not None)):
                break
            k += 1
    return out, max(k, first)


def _listed(word: str, states: bool) -> bool:
    """Whether a word may begin another of a list: a title, a name, a place where states are listed."""
    known = classes(word) if word else frozenset()
    if states and "place" in known:
        return True
    return bool(known & {"title", "body", "given_m", "given_f"}) or any(c.startswith("source:org") for c in known)


def _shared(p: Parsed, k: int, off: int, stop: int) -> int | None:
    """The token after the title that several share, at token `k`: «وزراء خارجية», «رؤساء», «زعماء»; else None."""
    word = p.tok.form[k][off:]
    if "title" not in classes(word) or not plural_title(word):
        return None
    j = k + 1
    while j < min(stop, k + 3) and _place_end(p, j, 0, stop) == j and has_letters(p.tok.form[j]):
        j += 1
    return j if j < stop and _place_end(p, j, 0, stop) > j else None


def _place_end(p: Parsed, k: int, off: int, stop: int) -> int:
    """The token after the state whose name begins at token `k`; `k` if none does."""
    if k >= stop:
        return k
    form = [p.tok.form[k][off:], *p.tok.form[k + 1 : min(stop, k + 5)]]
    found = gazetteer().longest_body(form, 0)
    if found is None or not isinstance(found[1], Place) or found[1].kind not in ("state", "territory", "capital"):
        return k
    return k + found[0]


def _state_item(p: Parsed, head: tuple[int, int], k: int, off: int, end: int) -> _Item:
    """One of those who share a title: «وزير خارجية الواحة» of «وزراء خارجية نورستان والواحة»."""
    words = p.text[p.tok.start[head[0]] : p.tok.end[head[1] - 1]].split()
    row = gazetteer().title(p.tok.form[head[0]])
    single = row.title if row is not None else words[0]
    state = p.text[p.tok.start[k] + off : p.tok.end[end - 1]]
    role = " ".join([single, *words[1:], state])
    return _Item(Span(p.tok.start[k] + off, p.tok.end[end - 1]), None, role)


def _entity(item: _Item) -> Entity:
    """A participant as a source in the making."""
    e = Entity(kind="person" if item.mention is None else item.mention.kind)
    if item.mention is not None:
        e.add(item.mention)
    else:
        e.titles.append(role_key(_folded(item.role)))
    return e


def _folded(text: str) -> list[str]:
    return fold(text).split()


def _participant(item: _Item, e: Entity, day: str, entities: list[Entity], sources: dict[str, Source]) -> Participant:
    x = identify(e, day, entities)
    name = e.name if e.name_words else ""
    return Participant(name, item.role, item.span, _who(e, x.key, sources), x.key, x.known_as, x.qid)


def _who(e: Entity, identity: str, sources: dict[str, Source]) -> str:
    """The key of the source that a participant is, by identity or by name; ``""`` if he is none."""
    for key, source in sources.items():
        if identity and source.identity == identity:
            return key
    words = set(e.name_words)
    if not words:
        return ""
    for key, source in sources.items():
        if source.name and source.kind == e.kind and words <= set(name_key(_folded(source.name))):
            return key
    return ""


def _place(p: Parsed, k: int, named: int, first: int) -> str:
    """Where the event was: a place in its name («اجتماع ⟨عمان⟩»), or after «في»."""
    for j in range(k + 1, named):
        found = gazetteer().longest_body(p.tok.form, j)
        if (
            found is not None
            and isinstance(found[1], Place)
            and found[1].kind in ("capital", "city", "state", "region")
        ):
            return p.text[p.tok.start[j] : p.tok.end[j + found[0] - 1]]
    return place_after(p, named, first)


def _date(article: Article, p: Parsed, around: Span) -> Dated | None:
    """When it was: a date beside it, else the day of the report."""
    for m in find_dates(around.of(p.text), article.reference):
        if m.moment is not None and m.moment.precision == "day":
            return Dated(m.moment, "statement", Span(m.span.start + around.start, m.span.end + around.start))
    return reported(article)
