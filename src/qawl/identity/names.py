"""Names as they are compared across articles: keys of people and bodies, roles, states, spelling variants.

Inside one article a name may be shortened at will; between two articles only what the whole name, the office and the
state say can be trusted. What is here is therefore stricter than `qawl.sources.entities`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from qawl.arabic.entries import Place, places
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import strip_article, tokenize
from qawl.sources.entities import GENERIC
from qawl.sources.keys import HONORIFIC, body_key, name_key, role_key
from qawl.statements.mentions import classes
from qawl.statements.name_words import is_given, is_name, surnames
from qawl.statements.parsed import nouns

__all__ = [
    "BodyName", "Tells", "body_name", "is_nameless", "person_words", "role_words", "same_spelling", "sound", "state_of",
    "telling",
]  # fmt: skip

Tells = Literal["alone", "with state", "nothing"]
"""What a body's name tells in another article: which body it is («حركة النهضة»); which it is in its state
(«الحكومة», «وزارة الصحة»); or some body that its own article named before («الشركة», «الوزارة»)."""

_SOUNDING = 3  # consonants from which a word is told by them alone
# Letters that transliterations exchange («غوتيريش», «جوتيريش»).
_EXCHANGED = str.maketrans("جطصڤپڨ", "غتسفبغ")
_LONG_VOWELS = re.compile("(?<!^)[اوىيءهئؤ]")
_TWICE = re.compile(r"(.)\1+")
# Bodies that every state has: without their state they tell nothing («وزارة الصحة» is another in each).
_ORGANS = (
    "الحكومة", "مجلس الوزراء", "مجلس النواب", "مجلس الشعب", "مجلس الشورى", "مجلس الأمة", "مجلس الشيوخ", "البرلمان",
    "الجيش", "القوات المسلحة", "قوات الأمن", "الشرطة", "الدفاع المدني", "الأمن العام", "هيئة الأركان", "الرئاسة",
    "رئاسة الجمهورية", "الديوان الملكي", "البنك المركزي", "المصرف المركزي", "النيابة العامة", "المحكمة العليا",
    "المحكمة الدستورية", "الهلال الأحمر", "دار الإفتاء",
)  # fmt: skip
_MINISTRY = "وزار"  # as `body_key` gives it


def _forms(text: str) -> list[str]:
    """The folded words of a name or title, without what honours."""
    return [f for f in tokenize(fold(text)).form if f[0].isalnum() and f not in HONORIFIC]


@lru_cache(maxsize=65536)
def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name to compare; empty for none.

    Parameters
    ----------
    name : str
        As an article gives it.
    """
    return tuple(name_key(_forms(name)))


class BodyName(NamedTuple):
    """A body's name to compare.

    Parameters
    ----------
    words : tuple of str
        Without its state: «وزارة الصحة المصرية» and «وزارة الصحة» have the same. A name that is a state and nothing
        else keeps it.
    state : str
        That the name tells; ``""`` if it does not.
    tells : Tells
        What the name tells in another article.
    """

    words: tuple[str, ...]
    state: str
    tells: Tells


@lru_cache(maxsize=65536)
def body_name(name: str) -> BodyName:
    """A body's name to compare.

    Parameters
    ----------
    name : str
        As an article gives it.
    """
    forms = _forms(name)
    if not forms:
        return BodyName((), "", "nothing")
    key = body_key(forms)
    core = (*(w for w in key if w not in _states()), *_cities(forms))
    return BodyName(core or key, _only_state(frozenset(key)) if core else "", _tells(core or key, forms))


def _tells(words: tuple[str, ...], forms: list[str]) -> Tells:
    head = classes(forms[0])
    if "source:group" in head or "title" in head:
        return "nothing"  # «أهالي القرية», «وزراء نورستان»
    if words in _organs() or (len(words) > 1 and words[0] == _MINISTRY):
        return "with state"
    if len(words) > 1:
        return "alone"
    # «الشركة», «الوزارة» is one that its article had named before; «الفرنسية» anything French.
    common = forms[0] in nouns() or strip_article(forms[0]) in nouns() or any(c.startswith("source:") for c in head)
    return "nothing" if common or (len(forms) == 1 and gazetteer().nisba(forms[0])) else "alone"


@cache
def _organs() -> frozenset[tuple[str, ...]]:
    return frozenset(body_key(fold(name).split()) for name in _ORGANS)


@lru_cache(maxsize=65536)
def role_words(role: str) -> frozenset[str]:
    """The words of an office or role to compare, as `qawl.sources.keys.role_key` gives them, and its cities."""
    forms = _forms(role)
    return role_key(forms) | frozenset(_cities(forms))


def _cities(forms: list[str]) -> tuple[str, ...]:
    """The cities and regions among words, which the keys have as their states: «محافظ الواحة» is not «محافظ النبع»."""
    found = (gazetteer().longest_body((f,), 0) for f in forms)
    places_ = (x[1] for x in found if x is not None and isinstance(x[1], Place))
    return tuple(fold(p.name) for p in places_ if p.kind not in ("state", "territory"))


@lru_cache(maxsize=65536)
def telling(role: str) -> frozenset[str]:
    """The words of a role if it tells its bearer from others, else none: «وزير النقل» does, «الوزير» does not."""
    words = role_words(role)
    return words if len(words) > 1 and words - GENERIC - _states() else frozenset()


@lru_cache(maxsize=65536)
def is_nameless(name: str) -> bool:
    """Whether what stands for a person's name is a title or a description: «وزير النقل النوري», «الكاتب».

    Parameters
    ----------
    name : str
        Of a source without a role: a source with a name and a title has them apart.
    """
    forms = _forms(name)
    if not forms:
        return True
    first = classes(forms[0])
    if not any(c == "title" or c.startswith("source:") for c in first):
        return False
    # «ملك» and «أمير» are given names, too: «أمير الراوي» is a name, «أمير المنطقة» is none.
    return not (is_given(forms[0]) and len(forms) > 1 and all(map(is_name, forms[1:])))


def state_of(of: str, words: frozenset[str]) -> str:
    """The state that somebody speaks for, to compare; ``""`` if none or several are told.

    Parameters
    ----------
    of : str
        `qawl.model.Source.of`.
    words : frozenset of str
        Of his role, as `role_words` gives them.
    """
    return (_state_named(of) if of else "") or _only_state(words)


@lru_cache(maxsize=8192)
def _state_named(of: str) -> str:
    """The state of that name, or of the body of that name."""
    forms = _forms(of)
    found = gazetteer().longest_body(forms, 0, weak=True) if forms else None
    if found is None or found[0] != len(forms):
        return f"@{fold(of)}"
    entry = found[1]
    if isinstance(entry, Place):
        return f"@{fold(entry.state or entry.name)}"
    return f"@{fold(entry.state)}" if entry.state else ""


def _only_state(words: frozenset[str]) -> str:
    found = words & _states()
    return next(iter(found)) if len(found) == 1 else ""


@cache
def _states() -> frozenset[str]:
    """The states and territories as the words of roles have them; «@وزراء» is none."""
    return frozenset(f"@{fold(p.name)}" for p in places() if p.kind in ("state", "territory"))


def sound(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name by its consonants: «بلينكن» and «بلنكن» sound alike."""
    return tuple(map(_consonants, words))


@lru_cache(maxsize=65536)
def _consonants(word: str) -> str:
    return _TWICE.sub(r"\1", _LONG_VOWELS.sub("", word.translate(_EXCHANGED)))


def same_spelling(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names may be spellings of one foreign name: word by word the same consonants.

    Two words that are both known are two names («سالم», «سليم»), and too few consonants tell nothing.

    Parameters
    ----------
    a, b : tuple of str
        As `person_words` gives them.
    """
    return len(a) == len(b) and all(x == y or _alike(x, y) for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> bool:
    same = _consonants(a)
    return len(same) >= _SOUNDING and same == _consonants(b) and not (_known(a) and _known(b))


def _known(word: str) -> bool:
    return is_given(word) or word in surnames()
