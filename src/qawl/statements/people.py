"""The people whom an article names, as token runs: a title, if any, and the name it goes with.

A title is read forward, by the grammar of the construct («المتحدث باسم وزارة النقل في نورية سالم الراوي»), until a
name is met; a run of given names needs no title. What is found here tells the grammar where a speaker ends («دعا
الراوي الأطراف») and who a lone word is («الراوي»).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.statements.lexicon import lookup
from qawl.statements.name_words import (
    classes,
    given_forms,
    is_ali,
    is_given,
    is_name,
    is_stop,
    is_verbal,
    names_follow,
    surnames,
)
from qawl.statements.parsed import Parsed, has_letters, initials, nouns, verbs
from qawl.statements.personal_names import PARTICLES, SECOND, name_run, same_line, short_name
from qawl.statements.title_words import ends_title, speaks_for

__all__ = ["People", "Person", "is_imam", "people", "plural_title", "title_run"]

_GIVEN = frozenset({"given_m", "given_f", "given_u"})
# Prepositions inside a title: «المشرف على البرنامج», «السفير لدى المنظمة».
_INNER = frozenset("في الي من لدي عن علي باسم ب".split())
# After a definite word these begin the mention of somebody else: «دعا وزير الدفاع الرئيس سالم الراوي إلى».
_OTHERS = frozenset("الرييس الوزير الملك الريس".split())
_SHORTEST_TITLE = 3
_SURE = 0.5  # strength from which a word that may be a cue is no name
_LONGEST_TITLE = 14
_LONGEST_GROUP = 8  # tokens of a bracket or quotation inside a title


@dataclass(frozen=True, slots=True)
class Person:
    """A named person, by token indices.

    Parameters
    ----------
    title : int
        Where the title before the name begins; `first` if there is none.
    first, last : int
        The name, ``[first, last)``.
    """

    title: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class People:
    """The people of an article, in the order of the text, and the words of their names.

    Parameters
    ----------
    people : tuple of Person
        None shares a token with another.
    words : frozenset of str
        The folded words of their names.
    places : dict of int to Person
        The person at the first token of each title and at each token of each name.
    """

    people: tuple[Person, ...]
    words: frozenset[str]
    places: dict[int, Person]

    def begins(self, k: int) -> Person | None:
        """Whose title or name begins at token `k`, or whose name goes on there."""
        return self.places.get(k)

    def at(self, first: int, last: int) -> list[Person]:
        """Those whose title or name shares a token with ``[first, last)``."""
        k = bisect_left(self.people, first, key=lambda x: x.last - 1)
        out = []
        while k < len(self.people) and self.people[k].title < last:
            out.append(self.people[k])
            k += 1
        return out


@lru_cache(maxsize=4)
def people(p: Parsed) -> People:
    """The people whom an article names.

    Parameters
    ----------
    p : Parsed
        The article. The result for the last few is remembered.

    Returns
    -------
    People
        A name stands in it as often as the article gives it in full.
    """
    form = p.tok.form
    out: list[Person] = []
    lasts: set[str] = set()
    k, n = 0, len(form)
    while k < n:
        f = form[k]
        person = None
        if _may_begin(f):
            if _names_a_place(p, k):
                k = name_run(p, k + 1, n)
                continue
            if "title" in classes(f) and _is_title(p, k):
                person = _titled(p, k, n)
            if person is None and not _in_construct(p, k) and not (f in lasts and _alone(p, k)):
                person = _untitled(p, k, n)
        if person is None:
            k += 1
        else:
            out.append(person)
            k = person.last
            if person.last - person.first > 1:
                lasts.add(form[k - 1])
    found = {form[i] for x in out for i in range(x.first, x.last)} - PARTICLES - SECOND
    words = frozenset(w for w in found if len(w) > 1 and not is_stop(w))
    return People(tuple(out), words, {k: x for x in out for k in (x.title, *range(x.first, x.last))})


@lru_cache(maxsize=65536)
def _may_begin(form: str) -> bool:
    """Whether a title or a name can begin with a word; most words cannot, which is what makes this quick."""
    return form[0].isalpha() and ("title" in classes(form) or is_name(form) or form == "علي" or bool(_kingly(form)))


def _alone(p: Parsed, k: int) -> bool:
    """Whether a family name met before stands by itself at token `k`: «كيري مازحا», not «كيري بن سالم»."""
    after = p.tok.form[k + 1] if k + 1 < len(p.tok) else "."
    return after not in PARTICLES and not is_given(after) and after not in surnames()


def _names_a_place(p: Parsed, k: int) -> bool:
    """Whether a title at token `k` belongs to the name of a place or body: «جامعة ⟨الأمير سالم⟩»."""
    form = p.tok.form
    if k == 0 or not form[k].startswith("ال") or "title:honorific" not in classes(form[k]) | _kingly(form[k]):
        return False
    before = form[k - 1]
    if before.startswith("ال") or not same_line(p, k) or is_stop(before):
        return False
    if (before[0] in "وف" and before not in initials()) or "title" in classes(before):
        return False
    return before in nouns() and not is_verbal(before) and not lookup(before)


def _kingly(form: str) -> frozenset[str]:
    return frozenset({"title:honorific"}) if form in ("الملك", "الامير", "السلطان", "الامام") else frozenset()


def _untitled(p: Parsed, k: int, stop: int) -> Person | None:
    """A name of two words or more without a title: it begins with a given name, or a title follows it.

    «قال توماس ملر»; «أعلن ويشبين كروت، مدير الشركة».
    """
    form = p.tok.form
    f = form[k]
    if _past(f):
        return None
    if (is_given(f) and not _office(p, k)) or is_ali(p, k):
        if f in verbs() and not (k + 1 < stop and is_given(form[k + 1])):
            return None
        last = name_run(p, k, stop)
        return Person(k, k, last) if last - k >= 2 else None
    if f[0] == "و" or not is_name(f) or not f[0] > "\u0600" or gazetteer().longest_body(form, k) is not None:
        return None
    last = name_run(p, k, stop)
    after = last + 1 if last < stop and form[last] in "،," else last
    if last - k < 2 or after >= stop or not same_line(p, after) or "title" not in classes(form[after]):
        return None
    return Person(k, k, last)


@lru_cache(maxsize=65536)
def _past(form: str) -> bool:
    """Whether a word that may be a name is rather a verb: «وسمى الوزير», «طالب الراوي»."""
    if form[0] in "وف" and form[1:] in verbs():
        return True
    return any(r.form == "past" and (clitic or r.strength >= _SURE) for r, clitic in lookup(form))


def _is_title(p: Parsed, k: int) -> bool:
    """Whether a word that may be a title is one here: no verb, no preposition, and not «معاليه» by itself."""
    f = p.tok.form[k]
    if is_stop(f):
        return is_imam(p, k)
    return not _verb_here(p, k) and f.removesuffix("ا").removesuffix("ه") not in _HONOURED


_HONOURED = frozenset("سمو معالي فخامت جلالت سعادت سيادت فضيلت دولت سماحت غبطت قداست نيافت".split())


def _verb_here(p: Parsed, k: int) -> bool:
    """Whether a word that may be a title is a verb here: «طالب الأمين العام», «نائب» never is."""
    form = p.tok.form
    if not any(r.form in ("past", "present") and r.strength >= 0.5 for r, _ in lookup(form[k])):
        return False
    return k + 1 < len(form) and ("title" in classes(form[k + 1]) or "body" in classes(form[k + 1]))


def _in_construct(p: Parsed, k: int) -> bool:
    """Whether a given name is the second part of a construct: «جامعة سالم الراوي», «شارع سالم»."""
    if k == 0 or not same_line(p, k):
        return False
    before = p.tok.form[k - 1]
    known = classes(before)
    return "source:organization" in known and "title" not in known and not before.startswith("ال")


def is_imam(p: Parsed, k: int) -> bool:
    """Whether token `k` is the title «إمام», not the preposition «أمام», by how it is written."""
    return p.tok.form[k] == "امام" and p.text[p.tok.start[k]] == "إ"


def _titled(p: Parsed, k: int, stop: int) -> Person | None:
    """The person whose title begins at token `k`."""
    form = p.tok.form
    if plural_title(form[k]):
        return None
    first = title_run(p, k, stop)
    if first == 0 or first + 1 >= len(form):
        return None
    if first == k + 1 and form[first] in nouns() and not form[k].startswith("ال") and not is_name(form[first + 1]):
        return None  # «مسؤول رفيع في الوزارة»: an adjective that is also a name
    last = name_run(p, first, stop, titled=True)
    if last - first == 1 and first - k > 2 and not form[k].startswith("ال") and "source:unnamed" in classes(form[k]):
        return None  # «مسؤول في الوزارة فضل عدم …»
    return Person(k, first, last)


@lru_cache(maxsize=8192)
def plural_title(form: str) -> bool:
    """Whether a title names several people: «النشطاء», «وزيران»."""
    row = gazetteer().title(form)
    if row is None:
        return False
    bare = form[1:] if form[0] == "و" and form not in initials() else form
    bare = bare[2:] if bare.startswith("ال") else bare
    if bare in (fold(row.title), *map(fold, row.variants), *map(fold, row.feminine)):
        return False
    return bare in {fold(x) for x in row.plural} or bare.endswith(("ون", "ين", "ان", "ات"))


def _office(p: Parsed, k: int) -> bool:
    """Whether a word that is also a name is an office here: «وزير الدفاع», «أمير قطر», but «سلطان سالم»."""
    form = p.tok.form
    return "title:office" in classes(form[k]) and not (k + 1 < len(form) and is_given(form[k + 1]))


def title_run(p: Parsed, k: int, stop: int) -> int:
    """Where the name begins whose title begins at token `k`; 0 if no name follows it.

    The title goes on through constructs, definite adjectives and prepositions; a comma or dash ends it, and a
    name or a second title may follow («وزير الدفاع، اللواء سالم الراوي»).
    """
    form = p.tok.form
    stop = min(stop, k + _LONGEST_TITLE)
    j = k + 1
    inner = False
    while j < stop and same_line(p, j):
        f = form[j]
        if f in '([«"“' and (after := p.group_end(j, stop, quoted=_LONGEST_GROUP, bracketed=_LONGEST_GROUP)) > j:
            j = after
            continue
        if not has_letters(f):
            return _after_mark(p, j, stop, inner=inner)
        if _name_here(p, j, stop, inner=inner):
            return 0 if _speaks_for_it(p, k, j) else j
        if f in _INNER:
            if (inner and f == "من") or (f == "عن" and not (j + 1 < stop and speaks_for(form[j + 1]))):
                return 0  # «المتحدث عن النادي», not «أعرب المتحدث عن تقديره للوزير سالم الراوي»
            inner = True
        elif _names_a_place(p, j):
            j = name_run(p, j + 1, stop)
            continue
        elif _same_office(form[k], f):
            return 0  # «وزير الخارجية النوري ووزير الخارجية القطري سالم الراوي»: two people
        elif ends_title(p, j) or (f in _OTHERS and form[j - 1].startswith("ال") and form[k] != "خادم"):
            return 0
        body = gazetteer().longest_body(form, j)
        j += body[0] if body is not None else 1
    return 0


@lru_cache(maxsize=8192)
def _same_office(title: str, other: str) -> bool:
    """Whether a word joins the same office to a title: «وزير … ووزير …»."""
    return other[0] == "و" and len(other) > _SHORTEST_TITLE and other[1:].removeprefix("ال") == title.removeprefix("ال")


def _speaks_for_it(p: Parsed, k: int, j: int) -> bool:
    """Whether the name at token `j` is whom the title at `k` speaks for: «متحدث باسم الوزير سالم الراوي»."""
    form = p.tok.form
    at = next((i for i in range(j - 2, k, -1) if form[i] == "باسم"), k)
    inner = at > k and "title:office" in classes(form[at + 1]) and "source:organization" not in classes(form[at + 1])
    return inner and all("nisba" in classes(f) for f in form[at + 2 : j])


def _after_mark(p: Parsed, j: int, stop: int, *, inner: bool) -> int:
    """The name after the comma, dash or full stop at token `j`: «الوزير، سالم الراوي»، «د. سالم»; else 0."""
    form = p.tok.form
    if form[j] == "." and form[j - 1] in ("د", "م", "ا"):
        return j + 1 if j + 1 < stop and _name_here(p, j + 1, stop, inner=False) else 0
    if form[j] not in "،,-–":
        return 0
    m = j + 1
    # «، اللواء الركن سالم الراوي»: titles of rank stand before the name.
    while m < stop and m - j < 4 and same_line(p, m) and _rank(form[m]):
        m += 2 if form[m + 1 : m + 2] == ["."] else 1
    if m >= stop or not same_line(p, m):
        return 0
    last = name_run(p, m, stop, titled=True) if is_given(form[m]) or is_name(form[m]) or is_ali(p, m) else m
    # A comma must close the name again, or the clause go on: «الوزير، سالم الراوي، أن».
    if last - m < 2 or (last < len(form) and form[last].startswith("و") and is_given(form[last][1:])):
        return 0
    return m


def _rank(form: str) -> bool:
    known = classes(form)
    return form in ("د", "م") or bool(known & {"title:honorific", "title:rank", "title:religious"})


def _name_here(p: Parsed, j: int, stop: int, *, inner: bool) -> bool:
    """Whether the name that a title leads to begins at token `j`."""
    form = p.tok.form
    f, before = form[j], form[j - 1]
    known = classes(before)
    if f.isdigit() or (f in _INNER and not is_ali(p, j)):
        return False
    if short_name(p, j):
        return True
    if f.startswith(("ال", "لل")):
        # «الدكتور الراوي», not «الرئيس النوري».
        return "title" in known and before.startswith("ال") and f in surnames()
    if f[0] == "و" and f not in initials() and (is_given(f[1:]) or classes(f[1:])):
        return False
    bare_head = not before.startswith("ال") and "title" not in known and before in nouns()
    if (is_given(f) and not _office(p, j)) or is_ali(p, j):
        return not (bare_head and "source:organization" in known) or name_run(p, j, stop) - j > 2
    if names_follow(before, f) or _ambiguous_name(p, j, stop):
        return True
    return _strange_name(p, j, stop, closed=not bare_head and not (inner and before in _INNER))


def _ambiguous_name(p: Parsed, j: int, stop: int) -> bool:
    """Whether a given name that is also another word begins a name here: «المنسقة لين هارت», «الأمير تركي»."""
    form = p.tok.form
    f, before = form[j], form[j - 1]
    if classes(f) and classes(f) <= _GIVEN and j + 1 < stop and before.startswith("ال") and is_name(form[j + 1]):
        return True
    return f in given_forms() and (before == "." or "title:honorific" in classes(before))


def _strange_name(p: Parsed, j: int, stop: int, *, closed: bool) -> bool:
    """Whether a word that no list knows begins a name, since the title before it is `closed`.

    «رئيس بلدية نورستان سالم الراوي», «السفير في نورستان»: a strange word may name what the title is of.
    """
    form = p.tok.form
    f, before = form[j], form[j - 1]
    if not is_name(f) or "nisba" in classes(f) or _office(p, j) or gazetteer().longest_body(form, j) is not None:
        return f in PARTICLES and f not in ("ال", "عبد") and j + 1 < stop and is_name(form[j + 1])
    if not closed:
        return False
    return name_run(p, j, stop) - j >= 2 or bool(classes(before) & {"title", "nisba"}) or before in ")]"
