"""Where the mention of a speaker ends: a small grammar of Arabic noun phrases.

Two questions are asked. `phrase_end`: how far does a noun phrase go when something marks its end (a comma,
أن, a preposition)? `mention_end`: where does a speaker end when an object follows at once («دعا ⟨وزير
الخارجية النوري⟩ المجتمع الدولي إلى …»)? The second reads the phrase as title + body or nisba + name.
"""

from __future__ import annotations

from functools import lru_cache

from qawl.arabic.gazetteer import gazetteer
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
    plain_words,
    stops,
    surnames,
)
from qawl.statements.parsed import Parsed, function_words, has_letters, nouns, verbs
from qawl.statements.people import is_imam, people
from qawl.statements.personal_names import name_run, same_line

__all__ = [
    "chain_end", "classes", "disagrees", "given_forms", "is_ali", "is_family", "is_given", "is_name", "is_stop",
    "is_verbal", "mention_end", "names_a_source", "names_follow", "phrase_end", "plain_words", "surnames",
]  # fmt: skip


# Prepositions that may stand inside a speaker's phrase after an indefinite head: «مسؤول في الوزارة»,
# «مبعوث المنظمة إلى نورية», «مصدر من الشرطة».
_INNER = frozenset({"في", "الي", "من", "لدي", "عن", "علي", "باسم", "ب"})
_LONGEST_QUOTED_NAME = 6  # tokens: «حركة "المسار الجديد" المعارضة»
_BRACKETED = 8  # tokens: «خالد النوري (45 عاما)»


def _skip_group(p: Parsed, k: int, stop: int) -> int:
    """The index after a short quoted name or a bracket that begins at `k`; `k` itself if there is none."""
    return p.group_end(k, stop, quoted=_LONGEST_QUOTED_NAME, bracketed=_BRACKETED)


def phrase_end(p: Parsed, j: int, stop: int) -> int:
    """The end of the noun phrase that begins at token `j`, at most `stop`; `j` itself if none begins there."""
    form = p.tok.form
    words = function_words()
    k = j
    inner = 0
    if k + 1 < stop and form[k] == "كل" and form[k + 1] == "من":
        k += 2  # «كل من الوزيرين»
    elif k + 1 < stop and (form[k] in words["dem"] or is_imam(p, k)):
        k += 1  # «هذه التقارير», «إمام المسجد»
    person = people(p).begins(j)
    if person is not None and person.last <= stop:
        k = person.last
    while k < stop:
        f = form[k]
        after = _skip_group(p, k, stop)
        if after > k:
            k = min(after, stop)
            continue
        if not has_letters(f) and f not in "-–/" and not (f == "." and form[k - 1] in _ABBREVIATED):
            break
        if k > j and _addresses(f):
            break
        if f in stops():
            # «مسؤول في الوزارة قال»: only an indefinite head takes its complement so; «الوزير في
            # القاهرة» does not, nor does «مسؤول في مؤتمر صحفي».
            if k == j or inner >= 2 or not _inner(p, j, k, stop, words):
                break
            inner += 1
        elif (k > j and is_verbal(f)) or (f.isdigit() and k == j and k + 1 < stop and not has_letters(form[k + 1])):
            break
        k += 1
    while k > j and not has_letters(form[k - 1]) and k - 1 not in p.closes and form[k - 1] not in ")]":
        k -= 1
    return k


_ABBREVIATED = ("د", "م", "ا")  # «د. سلمى الراوي»
_AUDIENCE = frozenset("صحفيين صحافيين صحفي صحافي برنامج موقع وسايل تلفزيون تلفزيوني راديو محطه اعلام نواب".split())


@lru_cache(maxsize=65536)
def _addresses(form: str) -> bool:
    """Whether a word with a joined ل names whom one speaks to, which no title does: «الوزير لوكالة الأفق»."""
    if form[0] != "ل" or len(form) < 4 or form in nouns():
        return False
    rest = form[2:] if form.startswith("لل") else form[1:]
    if rest in _AUDIENCE or rest in verbs():
        return True
    known = classes(rest) | classes("ال" + rest)
    return bool(known & {"source:media", "medium"}) and "place" not in known


def _inner(p: Parsed, j: int, k: int, stop: int, words: dict[str, frozenset[str]]) -> bool:
    """Whether the preposition at `k` goes on with the phrase that begins at `j`.

    «مسؤول في الوزارة قال»: an indefinite head takes its complement so; a definite one only where a body
    follows («السفير لدى المنظمة»); «مسؤول في مؤتمر صحفي» is the setting.
    """
    form = p.tok.form
    nxt = form[k + 1] if k + 1 < stop else ""
    if form[k] not in _INNER or not nxt or nxt in words["occasion"] or nxt in stops():
        return False
    if not _takes_complement(form[j]):
        return False
    if nxt.startswith("ال") and nxt[2:] in words["occasion"]:
        return False
    if form[j].startswith("ال"):
        return form[k] in ("لدي", "باسم", "في") and "source:organization" in classes(nxt)
    if form[k] in ("عن", "علي", "من"):
        # «ممثل عن الوزارة», not «الأمير عن أمله».
        return bool(classes(nxt) & {"place", "body"}) or any(c.startswith("source:") for c in classes(nxt))
    return True


@lru_cache(maxsize=8192)
def _takes_complement(form: str) -> bool:
    known = classes(form)
    return "title" in known or any(c.startswith("source:") for c in known)


def chain_end(p: Parsed, j: int, stop: int) -> int:
    """How far the title that begins at token `j` goes on by grammar, names aside.

    A construct («وزير شؤون البيئة») is open until a definite word closes it; after that only definite words
    and phrases with a preposition go on («وزير الخارجية النوري», «سفير نورية لدى المنظمة»). A bare noun after
    it is no part: «وزير الخارجية النوري مواصلة …».
    """
    form = p.tok.form
    is_open = not form[j].startswith("ال")
    k = j + 1
    while k < stop:
        f = form[k]
        after = _skip_group(p, k, stop)
        if after > k:
            k, is_open = after, False
            continue
        known = classes(f)
        if f in _INNER or f in ("ل", "و"):
            is_open = True
        elif f.startswith(("ال", "لل", "وال", "بال")) or "place" in known or "body" in known:
            is_open = False
        elif "title" in known and not is_open:
            is_open = True  # «أمين العاصمة رئيس اللجنة»: a second title
        elif is_stop(f) or is_verbal(f) or not has_letters(f) or not (is_open or (f[0] in "ول" and classes(f[1:]))):
            return k
        k += 1
    return k


def mention_end(p: Parsed, j: int, stop: int) -> int:
    """The end of the speaker's mention that begins at token `j`, where an object may follow at once."""
    form = p.tok.form
    stop = phrase_end(p, j, stop)
    if j >= stop:
        return j
    k = _skip_group(p, j, stop)
    if k > j:
        return k
    if form[j] == "كل" and j + 2 < stop and form[j + 1] == "من":
        k = mention_end(p, j + 2, stop)
        joined = k < stop and form[k].startswith("و") and len(form[k]) > len("وهم")
        return max(mention_end(p, k, stop), k) if joined else k
    if form[j] in function_words()["dem"] and j + 1 < stop:
        j += 1
    k = _name_end(p, j, stop)
    if k > j:
        return k
    return _after_definite(p, j, stop) if form[j].startswith("ال") else _after_bare(p, j, stop)


def _name_end(p: Parsed, j: int, stop: int) -> int:
    """The end of a mention that a name ends, or that is the name of a body; `j` if it is neither."""
    form = p.tok.form
    person = people(p).begins(j)
    if person is not None and person.last <= stop:
        return _coordinated(p, person.last, stop)
    if form[j] in people(p).words and "title" not in classes(form[j]):
        return _coordinated(p, _own_words(p, j, stop), stop)
    body = gazetteer().longest_body(form, j)
    if body is not None and j + body[0] <= stop:
        return _adjectives(p, j + body[0], stop)
    if is_name(form[j]) or is_ali(p, j):
        return _names(p, j, stop)
    if "title" in classes(form[j]):
        # «رئيس المجلس الأعلى في نورية سالم الراوي»: a title goes as far as the name it belongs to.
        for k in range(j + 1, chain_end(p, j, stop) + 1):
            if k < stop and (is_given(form[k]) or is_ali(p, k)):
                return _names(p, k, stop)
    return j


def _after_definite(p: Parsed, j: int, stop: int) -> int:
    """The end of a mention whose head, at token `j`, has the article: «الوزير النوري», «السفير عسيري»."""
    form = p.tok.form
    k = _adjectives(p, j + 1, stop)
    if k == j + 1 and k < stop:
        # A word without ال after a definite title is no adjective of it, so a name.
        if names_follow(form[j], form[k]):
            k += 1
        elif "title" not in classes(form[j]) and not is_given(form[k]):
            return k  # «الجامعة إمكانية»: a name follows a title, not a body
        elif "title:honorific" in classes(form[j]) and is_family(form[k], after_given=True):
            return k + 1  # «الدكتور الراوي»
    return _names(p, k, stop)


def _after_bare(p: Parsed, j: int, stop: int) -> int:
    """The end of a construct, which goes on to its definite end: وزير + الخارجية + النوري + name."""
    form = p.tok.form
    k = j + 1
    while k < stop:
        after = _skip_group(p, k, stop)
        if after > k:
            return after
        f = form[k]
        body = gazetteer().longest_body(form, k)
        if body is not None and k + body[0] <= stop:
            k = _adjectives(p, k + body[0], stop)
            return _names(p, k, stop) if "title" in classes(form[j]) else k
        if is_name(f):
            return _names(p, k, stop)
        k += 1
        if f.startswith(("ال", "لل")):
            return _names(p, _adjectives(p, k, stop), stop)
    return k


def _own_words(p: Parsed, j: int, stop: int) -> int:
    """The end of a name whose words the article gives elsewhere: «بايدن» of «بايدن السويد»."""
    k = j + 1
    end = name_run(p, j, stop)
    while k < end and (p.tok.form[k] in people(p).words or is_given(p.tok.form[k]) or p.tok.form[k] in surnames()):
        k += 1
    return k


def _coordinated(p: Parsed, k: int, stop: int) -> int:
    """The end of a mention of two, the first of which ends at token `k`: «الراوي والنجار»."""
    form = p.tok.form
    if k < stop and form[k].startswith("و") and len(form[k]) > len("وهم") and same_line(p, k):
        person = people(p).begins(k)
        if person is not None and person.last <= stop:
            return person.last
        if form[k][1:] in people(p).words:
            return k + 1
    return k


def _adjectives(p: Parsed, k: int, stop: int) -> int:
    """Past nisbas, definite adjectives of rank and coordinated second parts («وشؤون المغتربين»)."""
    form = p.tok.form
    while k < stop:
        f = form[k]
        known = classes(f)
        if f.startswith("ال") and ("nisba" in known or f in function_words()["rank"]):
            k += 1
        elif f.startswith("و") and k + 1 < stop and form[k + 1].startswith("ال") and f[1:] in nouns():
            k += 2
        elif _skip_group(p, k, stop) > k:
            k = _skip_group(p, k, stop)
        else:
            break
    return k


def _names(p: Parsed, k: int, stop: int) -> int:
    """Past the words of a personal name; a family name may carry ال («أيمن النوري»)."""
    form = p.tok.form
    first = k
    while k < stop and k - first < 6:
        f = form[k]
        if (
            is_name(f)
            or f in ("بن", "ابن", "ابو", "ال", "عبد", "بنت", "ام", "دي", "فان", "جون")
            or (k > first and f.startswith("ال") and f not in nouns() and f[2:] not in nouns())
        ):
            k += 1
        else:
            break
    return k


def names_a_source(p: Parsed, j: int) -> bool:
    """Whether a phrase that begins at token `j` can speak: a title, a body, a document, a name."""
    f = p.tok.form[j]
    if f.isdigit() and j + 1 < len(p.tok):
        j += 1  # «11 منظمة»
        f = p.tok.form[j]
    if f in function_words()["dem"] and j + 1 < len(p.tok):
        j += 1  # «هذه الحكومة»
        f = p.tok.form[j]
    if f == "كل" and p.tok.form[j + 1 : j + 2] == ["من"]:
        return True
    if j in p.opens or f in people(p).words or people(p).begins(j) is not None:
        return True
    if f[0] == "و" and f[1:] in people(p).words:
        return True
    known = classes(f)
    if "title" in known or "nisba" in known or any(c.startswith("source:") for c in known):
        return True
    return gazetteer().longest_body(p.tok.form, j) is not None or is_name(f) or is_ali(p, j)


@lru_cache(maxsize=65536)
def disagrees(gender: str, head: str) -> bool:
    """Whether a verb of this gender cannot have a subject that begins with the folded word `head`.

    A verb before its subject agrees with it in gender: «دعت الوزارة» has a subject, «دعا الوزارة إلى» an
    object. Only clear cases count: a feminine ending, a man's title or name.
    """
    known = classes(head)
    feminine = head.endswith("ه") and not is_name(head)
    if gender == "m":
        return feminine and not any(c.startswith("source:group") for c in known)
    if gender == "f":
        if known & {"place", "body", "medium"}:
            return False
        masculine_title = "title" in known and not head.endswith("ه") and "source:organization" not in known
        return masculine_title or (is_given(head) and gazetteer().gender_of(head) == "m")
    return False
