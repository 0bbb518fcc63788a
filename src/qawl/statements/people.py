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
    is_family,
    is_given,
    is_name,
    is_stop,
    is_verbal,
    names_follow,
    surnames,
)
from qawl.statements.parsed import Parsed, function_words, has_letters, initials, nouns, verbs

__all__ = ["People", "Person", "is_imam", "name_run", "people", "plural_title", "same_line", "title_run"]

_PARTICLES = frozenset("بن ابن ابو ابي ابا ال عبد بنت ام دي فان فون دو لو".split())
_SECOND = frozenset("الله الدين الرحمن الاسلام".split())  # «عبد الله», «نور الدين»: the second half of a name
_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_OPEN = frozenset("بن ابن ال عبد بنت ابو ابا".split())  # a name cannot end with these
_SHORT = frozenset("في من عن ان او ثم قد لم لن لا ما هو هي بل كل عند مع لدي لها له به بها منذ بعد قبل ضد عام بان اذ اي".split())
# Prepositions inside a title: «المشرف على البرنامج», «السفير لدى المنظمة».
_INNER = frozenset("في الي من لدي عن علي باسم ب".split())
# After a definite word these begin the mention of somebody else: «دعا وزير الدفاع الرئيس سالم الراوي إلى».
_OTHERS = frozenset("الرييس الوزير الملك الريس".split())
_SURE = 0.5  # strength from which a word that may be a cue is no name
_LONGEST_NAME = 7
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
    """The people of an article, in the order of the text, and the words of their names."""

    people: tuple[Person, ...]
    words: frozenset[str]

    def begins(self, k: int) -> Person | None:
        """Whose title or name begins at token `k`, or whose name goes on there."""
        i = bisect_left(self.people, k, key=lambda x: x.last - 1)
        if i < len(self.people):
            x = self.people[i]
            if x.title == k or x.first <= k:
                return x
        return None

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
    found = {form[i] for x in out for i in range(x.first, x.last)} - _PARTICLES - _SECOND
    return People(tuple(out), frozenset(w for w in found if len(w) > 1 and not is_stop(w)))


@lru_cache(maxsize=65536)
def _may_begin(form: str) -> bool:
    """Whether a title or a name can begin with a word; most words cannot, which is what makes this quick."""
    return form[0].isalpha() and ("title" in classes(form) or is_name(form) or form == "علي" or bool(_kingly(form)))


def _alone(p: Parsed, k: int) -> bool:
    """Whether a family name met before stands by itself at token `k`: «كيري مازحا», not «كيري بن سالم»."""
    after = p.tok.form[k + 1] if k + 1 < len(p.tok) else "."
    return after not in _PARTICLES and not is_given(after) and after not in surnames()


def _names_a_place(p: Parsed, k: int) -> bool:
    """Whether a title at token `k` belongs to the name of a place or body: «جامعة ⟨الأمير سالم⟩»."""
    form = p.tok.form
    if k == 0 or not form[k].startswith("ال") or "title:honorific" not in classes(form[k]) | _kingly(form[k]):
        return False
    before = form[k - 1]
    if before.startswith("ال") or not same_line(p, k) or is_stop(before) or before[0] in "وف" and before not in initials():
        return False
    known = classes(before)
    return before in nouns() and not known & {"title"} and not is_verbal(before) and not lookup(before)


def _kingly(form: str) -> frozenset[str]:
    return frozenset({"title:honorific"}) if form in ("الملك", "الامير", "السلطان", "الامام") else frozenset()


def _untitled(p: Parsed, k: int, stop: int) -> Person | None:
    """A name of two words or more without a title: it begins with a given name, or a title follows it.

    «قال توماس ملر»; «أعلن ويشبين كروت، مدير الشركة».
    """
    form = p.tok.form
    f = form[k]
    if (f[0] in "وف" and f[1:] in verbs()) or any(r.form == "past" and (c or r.strength >= _SURE) for r, c in lookup(f)):
        return None  # «وسمى الوزير», «طالب الراوي»
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


def _is_title(p: Parsed, k: int) -> bool:
    """Whether a word that may be a title is one here: no verb, no preposition, and not «معاليه» by itself."""
    f = p.tok.form[k]
    if is_stop(f):
        return is_imam(p, k)
    return not _verb_here(p, k) and f[:-1] not in _HONOURED


_HONOURED = frozenset("سمو معالي فخامت جلالت سعادت سيادت فضيلت دولت".split())


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


def same_line(p: Parsed, k: int) -> bool:
    """Whether tokens `k - 1` and `k` stand on one line."""
    return p.text.find("\n", p.tok.end[k - 1], p.tok.start[k]) < 0


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
        if f in "([«\"“" and (after := _group_end(p, j, stop)) > j:
            j = after
            continue
        if not has_letters(f):
            return _after_mark(p, j, stop, inner=inner)
        if _name_here(p, j, stop, inner=inner):
            return j
        if f in _INNER:
            if inner and f == "من":
                return 0
            inner = True
        elif _names_a_place(p, j):
            j = name_run(p, j + 1, stop)
            continue
        elif _ends_title(p, j) or (f in _OTHERS and form[j - 1].startswith("ال") and form[k] != "خادم"):
            return 0
        body = gazetteer().longest_body(form, j)
        j += body[0] if body is not None else 1
    return 0


def _group_end(p: Parsed, j: int, stop: int) -> int:
    """The token after a short bracket or quotation that opens at token `j`; `j` itself if it does not close."""
    if j in p.opens and p.length(p.opens[j]) <= _LONGEST_GROUP:
        return p.close_of(p.opens[j]) + 1
    if p.tok.form[j] in "([":
        for m in range(j + 1, min(j + _LONGEST_GROUP, stop)):
            if p.tok.form[m] in ")]":
                return m + 1
    return j


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


def _ends_title(p: Parsed, j: int) -> bool:
    """Whether the word at token `j` cannot stand inside a title."""
    f = p.tok.form[j]
    words = function_words()
    if is_stop(f) or f in words["comp"] or f in words["rel"] or f in words["adverb"]:
        return True
    # «الوزير في مؤتمر صحفي», not «المشرف على برنامج الطوارئ».
    if p.tok.form[j - 1] in ("في", "عن") and (f in words["occasion"] or f.removeprefix("ال") in words["occasion"]):
        return True
    if is_verbal(f) or (f in verbs() and f not in nouns() and not f.startswith("ال")):
        return True
    if f[0] == "ب" and f not in initials() and not f.startswith("بال") and not classes(f) - _GIVEN:
        return True  # «بانتخاب …», not «بوزارة الصحة»
    if f.endswith(("ا", "ين")) and any(r.form == "participle" for r, _ in lookup(f)):
        return True  # «الوزير النوري مشيرا إلى الراوي»
    if "nisba" in classes(p.tok.form[j - 1]) and f.startswith("ال") and not f.endswith(("ي", "يه")):
        # «الرئيس النوري ⟨التعازي …⟩»: after the adjective of a state only adjectives and titles go on.
        return f[2:] in nouns() and f not in words["rank"] and not classes(f) & {"title", "nisba"}
    # «نظيره النوري» is somebody else.
    return f.endswith(("ه", "ها")) and f[:3] == "نظي"


def _name_here(p: Parsed, j: int, stop: int, *, inner: bool) -> bool:
    """Whether the name that a title leads to begins at token `j`."""
    form = p.tok.form
    f, before = form[j], form[j - 1]
    known = classes(before)
    if f.isdigit() or (f in _INNER and not is_ali(p, j)):
        return False
    if _short_name(p, j):
        return True
    if f.startswith(("ال", "لل")):
        # «الدكتور الراوي», not «الرئيس النوري».
        return "title" in known and before.startswith("ال") and f in surnames()
    if f[0] == "و" and f not in initials() and (is_given(f[1:]) or classes(f[1:])):
        return False
    bare_head = not before.startswith("ال") and "title" not in known and before in nouns()
    if (is_given(f) and not _office(p, j)) or is_ali(p, j):
        return not (bare_head and "source:organization" in known) or name_run(p, j, stop) - j > 2
    if names_follow(before, f):
        return True
    if classes(f) and classes(f) <= _GIVEN and j + 1 < stop and before.startswith("ال") and is_name(form[j + 1]):
        return True  # «المنسقة لين هارت»: short names that are verbs or particles, too
    if f in given_forms() and (before == "." or "title:honorific" in known):
        return True  # «الأمير تركي», though «تركي» is of a country, too
    if not is_name(f) or "nisba" in classes(f) or _office(p, j) or gazetteer().longest_body(form, j) is not None:
        return f in _PARTICLES and f not in ("ال", "عبد") and j + 1 < stop and is_name(form[j + 1])
    # «رئيس بلدية نورستان سالم الراوي», «السفير في نورستان»: a strange word that names what the head is of.
    if bare_head or (inner and before in _INNER):
        return False
    return name_run(p, j, stop) - j >= 2 or "title" in known or "nisba" in known or before in ")]"


def _short_name(p: Parsed, j: int) -> bool:
    """Whether a particle at token `j` is a foreign given name: «آن» is no «أن», nor is «بان» in «بان كي مون»."""
    form = p.tok.form
    if j + 1 >= len(form) or form[j] not in ("ان", "بان"):
        return False
    written = p.text[p.tok.start[j] : p.tok.end[j]]
    if written == "آن":
        return is_name(form[j + 1])
    return written == "بان" and len(form[j + 1]) <= 3 and j + 2 < len(form) and form[j + 2] in surnames()


def name_run(p: Parsed, k: int, stop: int, *, titled: bool = False) -> int:
    """The end of the run of name words that begins at token `k`; at least ``k + 1``.

    After a title any definite word after a given name is a family name («الوزير خالد العطاء»): people take no
    adjectives.
    """
    form = p.tok.form
    first = k
    k += 2 if form[first] == "بان" else 1
    stop = min(stop, first + _LONGEST_NAME)
    while k < stop and same_line(p, k):
        f = form[k]
        if _to_whom(f):
            break
        if f == "-" and k + 1 < stop and p.tok.end[k - 1] == p.tok.start[k] and is_name(form[k + 1]):
            k += 2  # «جان-بيير»
        elif f.startswith("ال") and f not in ("ال", "الا"):
            if not _definite_name(p, first, k, titled=titled):
                break
            k += 1
        elif form[k - 1] == "ال" or f in _PARTICLES or is_ali(p, k) or is_name(f) or _surname(p, first, k, titled=titled) or _syllable(p, k, stop):
            k += 1
        else:
            break
    while k > first + 1 and form[k - 1] in _OPEN:
        k -= 1
    return k


@lru_cache(maxsize=65536)
def _to_whom(form: str) -> bool:
    """Whether a word with a joined ل names somebody else: «قال الراوي لفرانس برس»."""
    if form[0] != "ل" or form.startswith("لل") or form in surnames() or is_given(form):
        return False
    return bool(classes(form[1:])) or form[1:] in surnames() or form[1:] in nouns()


def _definite_name(p: Parsed, first: int, k: int, *, titled: bool) -> bool:
    """Whether the word with its article at token `k` goes on with the name that begins at token `first`."""
    form = p.tok.form
    f, before = form[k], form[k - 1]
    if before in _OPEN or f in _SECOND or f in surnames():
        return True  # «عبد العزيز», «آل الشيخ»
    known = classes(f)
    alone = k + 1 < len(form) and form[k + 1] in "،,"  # «، وليد المؤقت،»
    if form[first].startswith("ال") or is_stop(f) or (f in function_words()["rank"] and not (titled and alone)):
        return False
    if "title" in known and not (titled and alone):
        return False
    if before.startswith("ال") and before not in _SECOND:
        return is_family(f, after_given=False)
    if is_given(f[2:]) or is_family(f, after_given=True):
        return True
    if titled and is_given(before) and k + 1 < len(form) and (form[k + 1] in "،,.:-–" or form[k + 1] in function_words()["comp"]):
        return True  # «الوزير وليد المعلم إن»
    if "nisba" in known or known & {"title", "body", "place", "medium"} or any(c.startswith("source:") for c in known):
        return False
    return is_given(before) and (titled or (form[first] not in nouns() and _closed(p, k + 1)))


def _closed(p: Parsed, k: int) -> bool:
    """Whether what stands at token `k` closes a phrase: a mark, a particle, a verb or a title."""
    form = p.tok.form
    if k >= len(form) or not has_letters(form[k]) or not same_line(p, k):
        return True
    f = form[k]
    return is_stop(f) or is_verbal(f) or "title" in classes(f)


def _surname(p: Parsed, first: int, k: int, *, titled: bool) -> bool:
    """Whether a common noun after a given name is a surname: «سالم نجار، رئيس …», «سالم نجار إن …»."""
    form = p.tok.form
    f = form[k]
    if not is_given(form[k - 1]) or not f.isalpha() or is_stop(f) or len(f) < 3:
        return False
    if titled and k + 1 < len(form) and form[k + 1] in "،,." and k - first == 1:
        return True  # «رئيس الوزراء خالد والي،»
    if is_verbal(f) or (f[0] in "وبلكف" and f not in initials()):
        return False
    known = classes(f)
    if "title" in known:
        # «سالم خطيب زاده»: another name goes on.
        return not is_given(form[k + 1]) and is_name(form[k + 1]) if k + 1 < len(form) else False
    if known and not (titled and known <= {"nisba"}):
        return False
    if k - first == 1 and form[first] in nouns() and not titled:
        return False  # «حياة كريمة»
    return _closed(p, k + 1)


def _syllable(p: Parsed, k: int, stop: int) -> bool:
    """Whether a short word stands between two words of a name: «بان كي مون»."""
    form = p.tok.form
    f = form[k]
    if len(f) > 3 or k + 1 >= stop or not f.isalpha() or f in _SHORT or is_stop(f) or f in verbs() or lookup(f) or classes(f) - _GIVEN or f.startswith("ال"):
        return False
    return is_name(form[k + 1]) and is_name(form[k - 1])
