"""How far a personal name goes: runs of given names, particles and family names."""

from __future__ import annotations

from functools import lru_cache

from qawl.arabic.gazetteer import gazetteer
from qawl.statements.lexicon import lookup
from qawl.statements.name_words import classes, is_ali, is_family, is_given, is_name, is_stop, is_verbal, surnames
from qawl.statements.parsed import Parsed, function_words, has_letters, initials, nouns, verbs

__all__ = ["BLESSINGS", "PARTICLES", "SECOND", "name_run", "same_line", "short_name", "to_whom"]

PARTICLES = frozenset("بن ابن ابو ابي ابا ال عبد بنت ام دي فان فون دو لو".split())
"""Words between the names of one person."""
SECOND = frozenset("الله الدين الرحمن الاسلام".split())
"""Second halves of names: «عبد الله», «نور الدين»."""

BLESSINGS = frozenset("رحمه رحمها حفظه حفظها صلي عليه رضي".split())
"""Words of blessing that end a name: «الراوي ⟨رحمه الله⟩»."""

_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_OPEN = frozenset("بن ابن ال عبد بنت ابو ابا".split())  # a name cannot end with these
_SHORT = frozenset(
    "في من عن ان او ثم قد لم لن لا ما هو هي بل كل عند مع لدي لها له به بها منذ بعد قبل ضد عام بان اذ اي".split()
)
_LONGEST_NAME = 7  # words
_LONGEST_SYLLABLE = 3  # letters
_SHORTEST_SURNAME = 3


def same_line(p: Parsed, k: int) -> bool:
    """Whether tokens `k - 1` and `k` stand on one line."""
    return p.text.find("\n", p.tok.end[k - 1], p.tok.start[k]) < 0


def short_name(p: Parsed, j: int) -> bool:
    """Whether a particle at token `j` is a foreign given name: «آن» is no «أن», nor is «بان» in «بان كي مون»."""
    form = p.tok.form
    if j + 1 >= len(form) or form[j] not in ("ان", "بان"):
        return False
    written = p.text[p.tok.start[j] : p.tok.end[j]]
    if written == "آن":
        return is_name(form[j + 1])
    if written != "بان" or j + 2 >= len(form):
        return False
    return len(form[j + 1]) <= _LONGEST_SYLLABLE and form[j + 2] in surnames()


def name_run(p: Parsed, k: int, stop: int, *, titled: bool = False) -> int:
    """The end of the run of name words that begins at token `k`; at least ``k + 1``, but within the text.

    After a title any definite word after a given name is a family name («الوزير خالد العطاء»): people take no
    adjectives.
    """
    form = p.tok.form
    first = k
    if first == len(form):
        return first  # the text ends before the name: «… في شارع»
    k += 2 if form[first] == "بان" and first + 1 < len(form) else 1
    stop = min(stop, first + _LONGEST_NAME)
    while k < stop and same_line(p, k):
        f = form[k]
        if f in BLESSINGS or to_whom(f) or (f[0] == "ل" and gazetteer().longest_body(form, k) is not None):
            break
        if f == "-" and k + 1 < stop and p.tok.end[k - 1] == p.tok.start[k] and is_name(form[k + 1]):
            k += 2  # «جان-بيير»
        elif f.startswith("ال") and f not in ("ال", "الا"):
            if not _definite_name(p, first, k, titled=titled):
                break
            k += 1
        elif form[k - 1] == "ال" or _plain_name(p, k, stop) or _surname(p, first, k, titled=titled):
            k += 1
        else:
            break
    while k > first + 1 and form[k - 1] in _OPEN:
        k -= 1
    return k


def _plain_name(p: Parsed, k: int, stop: int) -> bool:
    """Whether the word at token `k` is part of a name by itself."""
    f = p.tok.form[k]
    return f in PARTICLES or is_ali(p, k) or is_name(f) or _syllable(p, k, stop)


@lru_cache(maxsize=65536)
def to_whom(form: str) -> bool:
    """Whether a word with a joined ل names somebody else: «قال الراوي لفرانس برس»."""
    if form[0] != "ل" or form.startswith("لل") or form in surnames() or is_given(form):
        return False
    return bool(classes(form[1:])) or form[1:] in surnames() or form[1:] in nouns()


def _definite_name(p: Parsed, first: int, k: int, *, titled: bool) -> bool:
    """Whether the word with its article at token `k` goes on with the name that begins at token `first`."""
    form = p.tok.form
    f, before = form[k], form[k - 1]
    if before in _OPEN or f in SECOND or f in surnames():
        return True  # «عبد العزيز», «آل الشيخ»
    known = classes(f)
    after = form[k + 1] if titled and k + 1 < len(form) else ""
    # «الوزير، وليد المؤقت،», «أمين السر سالم الشيخ.»
    enclosed = after in ("،", ",") or (after == "." and "title:religious" in known)
    if form[first].startswith("ال") or is_stop(f):
        return False
    if not enclosed and (f in function_words()["rank"] or "title" in known):
        return False  # «الوزير خالد السابق»
    if before.startswith("ال") and before not in SECOND:
        return is_family(f, after_given=False)
    # «وزير الخارجية سالم شكري الحرص على …»: a name that is whole takes no common noun.
    whole = k - first > 1 and f[2:] in nouns()
    if is_given(f[2:]) or is_family(f, after_given=not whole):
        return True
    if not is_given(before):
        return False
    if titled and _followed(p, k + 1):
        return True
    if whole or known & _NO_FAMILY or any(c.startswith("source:") for c in known):
        return False
    return titled or (form[first] not in nouns() and _closed(p, k + 1))


_NO_FAMILY = frozenset({"nisba", "title", "body", "place", "medium"})


def _followed(p: Parsed, k: int) -> bool:
    """Whether a mark or complementizer at token `k` closes a name: «الوزير وليد المعلم إن»."""
    form = p.tok.form
    return k < len(form) and (form[k] in "،,.:-–" or form[k] in function_words()["comp"])


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
    if not is_given(form[k - 1]) or not f.isalpha() or is_stop(f) or len(f) < _SHORTEST_SURNAME:
        return False
    if titled and k - first == 1 and k + 1 < len(form) and form[k + 1] in "،,.":
        return True  # «رئيس الوزراء خالد والي،»
    if is_verbal(f) or (f[0] in "وبلكف" and f not in initials()):
        return False
    known = classes(f)
    if "title" in known:
        # «سالم خطيب زاده»: another name goes on.
        return k + 1 < len(form) and not is_given(form[k + 1]) and is_name(form[k + 1])
    if known and not (titled and known <= {"nisba"}):
        return False
    ambiguous = k - first == 1 and form[first] in nouns() and not titled  # «حياة كريمة»
    return not ambiguous and _closed(p, k + 1)


def _syllable(p: Parsed, k: int, stop: int) -> bool:
    """Whether a short word stands between two words of a name: «بان كي مون»."""
    form = p.tok.form
    return k + 1 < stop and _may_be_syllable(form[k]) and is_name(form[k + 1]) and is_name(form[k - 1])


@lru_cache(maxsize=8192)
def _may_be_syllable(form: str) -> bool:
    """Whether a word is short and nothing but a given name, if anything."""
    if len(form) > _LONGEST_SYLLABLE or not form.isalpha() or form.startswith("ال") or form in _SHORT:
        return False
    return not (is_stop(form) or form in verbs() or lookup(form) or classes(form) - _GIVEN)
