"""Where the mention of a speaker ends: a small grammar of Arabic noun phrases.

Two questions are asked. `phrase_end`: how far does a noun phrase go when something marks its end (a comma,
أن, a preposition)? `mention_end`: where does a speaker end when an object follows at once («دعا ⟨وزير
الخارجية النوري⟩ المجتمع الدولي إلى …»)? The second reads the phrase as title + body or nisba + name.
"""

from __future__ import annotations

from functools import cache, lru_cache

from qawl.arabic.entries import given_names
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.tables import read_table
from qawl.statements.lexicon import lookup
from qawl.statements.parsed import Parsed, function_words, has_letters, nouns, rarely_definite, verbs

__all__ = ["chain_end", "classes", "disagrees", "given_forms", "is_ali", "is_family", "is_given", "is_name", "is_stop", "is_verbal", "mention_end", "names_a_source", "names_follow", "phrase_end", "plain_words", "surnames"]

# Prepositions that may stand inside a speaker's phrase after an indefinite head: «مسؤول في الوزارة»,
# «مبعوث المنظمة إلى نورية», «مصدر من الشرطة».
_INNER = frozenset({"في", "الي", "من", "لدي", "عن", "علي", "باسم", "ب"})
_LONGEST_QUOTED_NAME = 6  # tokens: «حركة "المسار الجديد" المعارضة»
_BRACKETED = 8  # tokens: «خالد النوري (45 عاما)»


@cache
def _stops() -> frozenset[str]:
    words = function_words()
    return words["stop"] | words["adverb"] | words["rel"] | words["comp"] | words["comp_pron"] | words["aux"]


@lru_cache(maxsize=65536)
def classes(form: str) -> frozenset[str]:
    """The gazetteer's classes of a folded word (``title``, ``nisba``, ``given_m``, ``source:organization`` …)."""
    return gazetteer().word_classes(form)


@cache
def given_forms() -> frozenset[str]:
    """Given names as they are written, folded; without those that are a common word first («باسم»)."""
    names = (fold(n) for g in given_names() for n in (g.name, *g.variants))
    return frozenset(n for n in names if " " not in n) - {"باسم"}


@cache
def surnames() -> frozenset[str]:
    """Words that often stand right after a given name («بلينكن»)."""
    return frozenset(row["word"] for row in read_table("surnames"))


@cache
def plain_words() -> frozenset[str]:
    """Forms of common words that no other list holds («تتلقاه»): no names, though nothing else says so."""
    return frozenset(word for row in read_table("common_words") for word in row["words"].split())


@lru_cache(maxsize=65536)
def is_given(form: str) -> bool:
    """Whether a folded word is a listed given name, as it stands, and no nisba («يمني», «يمنى»)."""
    return form in given_forms() and form not in _stops() and "nisba" not in classes(form)


@lru_cache(maxsize=65536)
def is_name(form: str) -> bool:
    """Whether a word looks like part of a personal name: it is listed as one, or is no word of any other kind."""
    if not form.isalpha() or form in _stops():
        return False
    if form in given_forms() or form in surnames():
        return True
    if len(form) < 3 or form.startswith(("ال", "لل")) or classes(form) - _GIVEN or lookup(form):
        return False
    if form[0] in "وف" and form[1:] in given_forms():
        return False  # «وسالم»: another name begins
    return not _common(form)


_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_SUFFIXES = ("ها", "هم", "هما", "نا", "ه", "ا", "ات", "ين", "ون", "ان", "تين")
_JOINED = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وال", "بال")


def _common(form: str) -> bool:
    """Whether a word is a common noun or verb, also with a joined particle or ending («بمناسبة», «لقاءه»)."""
    if form in plain_words():
        return True
    if form[0] == "س" and form[1:] in verbs():
        return True
    stems = [form, *(form[len(j) :] for j in _JOINED if form.startswith(j) and len(form) - len(j) > 2)]
    for stem in stems:
        if stem != form and (classes(stem) - _GIVEN or "ال" + stem in given_forms()):
            return True
        if stem in nouns() or "ال" + stem in nouns() or stem in verbs() or (stem != form and stem in _stops()):
            return True
        for suffix in _SUFFIXES:
            rest = stem[: -len(suffix)]
            if stem.endswith(suffix) and len(rest) > 2 and suffix != "هما" and rest.endswith("ات") and rest[:-2] in nouns():
                return True
            if stem.endswith(suffix) and len(rest) > 2:
                if rest in nouns() or rest + "ه" in nouns() or (suffix in ("ه", "ها", "هم") and rest in verbs()):
                    return True
                if suffix in ("ه", "ها", "هم") and rest.endswith("ت") and rest[:-1] + "ه" in nouns():
                    return True
    return form[0] in "يتن" and len(form) > 3 and form.endswith(("ون", "ين", "وا"))


def _skip_group(p: Parsed, k: int, stop: int) -> int:
    """The index after a short quoted name or a bracket that begins at `k`; `k` itself if there is none."""
    if k in p.opens and p.length(p.opens[k]) <= _LONGEST_QUOTED_NAME:
        return p.close_of(p.opens[k]) + 1
    if p.tok.form[k] in "([":
        for m in range(k + 1, min(k + _BRACKETED, stop)):
            if p.tok.form[m] in ")]":
                return m + 1
    return k


def is_ali(p: Parsed, k: int) -> bool:
    """Whether token `k` is the name «علي», not the preposition «على»: by its ya, and a name beside it.

    In a text that writes the preposition «على», the ya alone tells.
    """
    form = p.tok.form
    if form[k] != "علي" or p.text[p.tok.end[k] - 1] != "ي":
        return False
    if _writes_ala(p.text) or (k > 0 and form[k - 1] == "بن"):
        return True
    return (k + 1 < len(form) and is_given(form[k + 1])) or (k > 0 and is_given(form[k - 1]))


@lru_cache(maxsize=4)
def _writes_ala(text: str) -> bool:
    """Whether a text tells the preposition «على» from the name «علي» by its last letter, as careful writing does."""
    return text.count(" على ") > 2 * text.count(" علي ")


def phrase_end(p: Parsed, j: int, stop: int) -> int:
    """The end of the noun phrase that begins at token `j`, at most `stop`; `j` itself if none begins there."""
    form = p.tok.form
    words = function_words()
    k = j
    inner = 0
    if k + 1 < stop and form[k] == "كل" and form[k + 1] == "من":
        k += 2  # «كل من الوزيرين»
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
        if f in _stops():
            # «مسؤول في الوزارة قال»: only an indefinite head takes its complement so; «الوزير في
            # القاهرة» does not, nor does «مسؤول في مؤتمر صحفي».
            if k == j or inner >= 2 or not _inner(p, j, k, stop, words):
                break
            inner += 1
        elif k > j and is_verbal(f):
            break
        elif f.isdigit() and k == j and k + 1 < stop and not has_letters(form[k + 1]):
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
    if form[k] not in _INNER or not nxt or nxt in words["occasion"] or nxt in _stops():
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


def is_stop(form: str) -> bool:
    """Whether no speaker's phrase begins with a word: a particle or adverb, also with و or ف («ومن جانبها»)."""
    return form in _stops() or (form[0] in "وف" and form[1:] in _stops())


@lru_cache(maxsize=65536)
def is_verbal(form: str) -> bool:
    """Whether a word can only be a verb: «سيقول», or a finite form of a cue that is no common noun."""
    if form in nouns() or form.startswith("ال") or classes(form):
        return False
    if len(form) > 4 and form[:2] in ("سي", "ست", "سن") and lookup(form[1:]):
        return True
    readings = lookup(form)
    for suffix in ("ها", "هم", "ه", "وا", "ون"):
        if form.endswith(suffix) and len(form) - len(suffix) > 2 and form[: -len(suffix)] in verbs():
            return True
    return form in verbs() or (bool(readings) and all(r.form in ("past", "present") and not c for r, c in readings))


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
        elif not is_open and not (f[0] in "ول" and classes(f[1:])):
            return k
        elif is_stop(f) or is_verbal(f) or not has_letters(f):
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
    k = j + 1
    if form[j].startswith("ال"):
        k = _adjectives(p, k, stop)
        # «السفير عسيري»: a word without ال after a definite title is no adjective of it, so a name.
        if k == j + 1 and k < stop and names_follow(form[j], form[k]):
            k += 1
        elif k == j + 1 and k < stop and "title" not in classes(form[j]) and not is_given(form[k]):
            return k  # «الجامعة إمكانية»: a name follows a title, not a body
        elif k == j + 1 and k < stop and "title:honorific" in classes(form[j]) and is_family(form[k], after_given=True):
            return k + 1  # «الدكتور الراوي»
        return _names(p, k, stop)
    # An indefinite head opens a construct: it goes on to its definite end (وزير + الخارجية + النوري + name).
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
        if f.startswith("ال") or f.startswith("لل"):
            return _names(p, _adjectives(p, k, stop), stop)
    return k


@lru_cache(maxsize=65536)
def names_follow(title: str, word: str) -> bool:
    """Whether `word` must be a name since it stands without ال after a definite title («السفير نجار»)."""
    if not title.startswith("ال") or "title" not in classes(title) or word.startswith(("ال", "لل")) or is_stop(word):
        return False
    if is_verbal(word) or word.endswith("ا") and word[:-1] in nouns():
        return False
    return is_name(word) or "nisba" in classes(word) or word in rarely_definite()


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
    if j in p.opens:
        return True
    known = classes(f)
    if "title" in known or "nisba" in known or any(c.startswith("source:") for c in known):
        return True
    return gazetteer().longest_body(p.tok.form, j) is not None or is_name(f) or is_ali(p, j)


@lru_cache(maxsize=65536)
def is_family(form: str, *, after_given: bool) -> bool:
    """Whether a word with its article may be the family name that ends a personal name («خالد العطوي»)."""
    if not form.startswith("ال") or len(form) < 5 or form in _stops() or "title" in classes(form):
        return False
    if after_given:
        known = classes(form)
        if form in verbs() or known & {"body", "medium"} or any(c.startswith("source:") for c in known):
            return False
        return nouns().get(form[2:], 0) < _COMMON
    return form not in nouns() and form[2:] not in nouns() and not classes(form)


_COMMON = 60  # occurrences without the article from which a word is a common noun even after a given name


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
        masculine_title = "title" in known and not head.endswith("ه") and "source:organization" not in known
        return (masculine_title or (is_given(head) and gazetteer().gender_of(head) == "m")) and not known & {"place", "body", "medium"}
    return False
