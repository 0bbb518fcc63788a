"""Where the mention of a speaker ends: a small grammar of Arabic noun phrases.

Two questions are asked. `phrase_end`: how far does a noun phrase go when something marks its end (a comma,
أن, a preposition)? `mention_end`: where does a speaker end when an object follows at once («دعا ⟨وزير
الخارجية النوري⟩ المجتمع الدولي إلى …»)? The second reads the phrase as title + body or nisba + name.
"""

from __future__ import annotations

from functools import cache, lru_cache

from qawl.arabic.gazetteer import gazetteer
from qawl.statements.lexicon import lookup
from qawl.statements.parsed import Parsed, function_words, has_letters, nouns

__all__ = ["classes", "is_name", "mention_end", "names_a_source", "phrase_end"]

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


@lru_cache(maxsize=65536)
def is_name(form: str) -> bool:
    """Whether a word looks like part of a personal name: it is listed as one, or is no common noun or verb."""
    if not form.isalpha() or form in _stops():
        return False
    known = classes(form)
    if "given_m" in known or "given_f" in known or "given_u" in known:
        return True
    if known or form.startswith("ال"):
        return False
    return form not in nouns() and ("ال" + form) not in nouns() and not lookup(form)


def _skip_group(p: Parsed, k: int, stop: int) -> int:
    """The index after a short quoted name or a bracket that begins at `k`; `k` itself if there is none."""
    if k in p.opens and p.length(p.opens[k]) <= _LONGEST_QUOTED_NAME:
        return p.close_of(p.opens[k]) + 1
    if p.tok.form[k] in "([":
        for m in range(k + 1, min(k + _BRACKETED, stop)):
            if p.tok.form[m] in ")]":
                return m + 1
    return k


def phrase_end(p: Parsed, j: int, stop: int) -> int:
    """The end of the noun phrase that begins at token `j`, at most `stop`; `j` itself if none begins there."""
    form = p.tok.form
    words = function_words()
    k = j
    inner = 0
    while k < stop:
        f = form[k]
        after = _skip_group(p, k, stop)
        if after > k:
            k = min(after, stop)
            continue
        if not has_letters(f) and f not in "-–/":
            break
        if f in _stops():
            # «مسؤول في الوزارة قال»: only an indefinite head takes its complement so; «الوزير في
            # القاهرة» does not, nor does «مسؤول في مؤتمر صحفي».
            nxt = form[k + 1] if k + 1 < stop else ""
            indefinite = not form[j].startswith("ال")
            if (
                f not in _INNER or inner >= 2 or not nxt or k == j or not indefinite
                or nxt in words["occasion"] or nxt in _stops() or not _takes_complement(form[j])
            ):  # fmt: skip
                break
            inner += 1
        elif f.isdigit() and k == j and k + 1 < stop and not has_letters(form[k + 1]):
            break
        k += 1
    while k > j and not has_letters(form[k - 1]) and k - 1 not in p.closes and form[k - 1] not in ")]":
        k -= 1
    return k


@lru_cache(maxsize=8192)
def _takes_complement(form: str) -> bool:
    known = classes(form)
    return "title" in known or any(c.startswith("source:") for c in known)


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
    if is_name(form[j]):
        return _names(p, j, stop)
    k = j + 1
    if form[j].startswith("ال"):
        return _names(p, _adjectives(p, k, stop), stop)
    # An indefinite head opens a construct: it goes on to its definite end (وزير + الخارجية + النوري + name).
    while k < stop:
        after = _skip_group(p, k, stop)
        if after > k:
            return after
        f = form[k]
        body = gazetteer().longest_body(form, k)
        if body is not None and k + body[0] <= stop:
            return _names(p, _adjectives(p, k + body[0], stop), stop)
        if is_name(f):
            return _names(p, k, stop)
        k += 1
        if f.startswith("ال") or f.startswith("لل"):
            return _names(p, _adjectives(p, k, stop), stop)
    return k


def _adjectives(p: Parsed, k: int, stop: int) -> int:
    """Past nisbas, definite adjectives of rank and coordinated second parts («وشؤون المغتربين»)."""
    form = p.tok.form
    while k < stop:
        f = form[k]
        known = classes(f)
        if "nisba" in known and f.startswith("ال"):
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
        if is_name(f) or f in ("بن", "ابن", "ابو", "ال", "عبد", "بنت", "ام", "دي", "فان", "جون") or (k > first and f.startswith("ال") and f not in nouns() and f[2:] not in nouns()):
            k += 1
        else:
            break
    return k


def names_a_source(p: Parsed, j: int) -> bool:
    """Whether a phrase that begins at token `j` can speak: a title, a body, a document, a name."""
    f = p.tok.form[j]
    if j in p.opens:
        return True
    known = classes(f)
    if "title" in known or "nisba" in known or any(c.startswith("source:") for c in known):
        return True
    return gazetteer().longest_body(p.tok.form, j) is not None or is_name(f)
