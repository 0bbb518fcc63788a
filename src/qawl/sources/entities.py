"""Sources in the making, and when two mentions mean the same one."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache, lru_cache

from qawl.arabic.entries import Place
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import tokenize
from qawl.model import Kind
from qawl.sources.keys import role_key
from qawl.sources.mentions import Mention
from qawl.statements.name_words import is_given, surnames
from qawl.statements.parsed import function_words

__all__ = ["GENERIC", "Entity", "is_state", "same_body", "same_gender", "same_person", "state_of", "title_fit"]

# Words for anybody who speaks, as `role_key` gives them.
GENERIC = frozenset(
    "مسوول كاتب مصدر متحدث ناطق دبلوماس خبير باحث سياس قياد محلل جانب ضيف مراسل صحف شاهد رجل سيد برلمان "
    "نايب عضو وزير نظير ذات نفس طرف فنان لاعب مدرب ناشط اعلام محام اكاديم مفكر شيخ دكتور امير مهندس".split()
)
# Words of a title that do not tell one office from another.
_LIGHT = frozenset(
    "و في من علي باسم لدي رسم سابق حال جديد دول جمهور مملك دوله عام ال عهد الي عن مكلف مفد منتخب".split()
)
# Nouns that say what a named body is, and are often left out: «منظمة النور», «النور».
_BODY_NOUNS = frozenset(
    "وزار حرك منظم قنا صحيف وكال شبك شرك حزب جماع تنظيم هيي موسس دول موقع مجل جريد ميليشيا ميليشيات "
    "مليشيا جمهور مملك ادار ناد بنك مجموع تلفزيون اذاع ايتلاف تيار جبه فصيل منص برنامج جمع".split()
)
_EXCHANGED = 5  # letters from which two words that differ in their order only are one name
_TOGETHER = 6  # letters of a name from which it is sought in another without its spaces
_STEM = 4  # letters that two words of titles must share to be of one root: «البلديات», «البلدية»


@dataclass(slots=True)
class Entity:
    """A source in the making.

    Parameters
    ----------
    mentions : list of Mention
        What names it.
    titles : list of frozenset of str
        The words of every title that it was given.
    heads : set of str
        The offices among them («وزير», «رئيس»).
    words : set of str
        Every word of its titles and names.
    brief : bool
        Whether its name is as the headline gives it, which is often short.
    last_seen : int
        Where it last spoke; -1 if it has not.
    """

    mentions: list[Mention] = field(default_factory=list)
    name: str = ""
    name_words: tuple[str, ...] = ()
    role: str = ""
    role_words: frozenset[str] = frozenset()
    kind: Kind = "person"
    gender: str = ""
    number: str = "s"
    last_seen: int = -1
    titles: list[frozenset[str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    brief: bool = False
    _starts: list[int] = field(default_factory=list)

    def add(self, m: Mention, *, brief: bool = False) -> None:
        """Takes in a mention: keeps the fullest name and role; one of the headline, if `brief`, only if fuller."""
        self.mentions.append(m)
        insort(self._starts, m.span.start)
        self.words.update(m.role_words, m.name_words)
        fuller = len(m.name_words) - len(self.name_words)
        as_full = fuller == 0 and self.brief and not brief and m.kind != "person"
        if fuller > 0 or as_full or (m.kind == "state" and is_state(m) and len(self.mentions) > 1):
            self.name, self.name_words, self.brief = m.name, m.name_words, brief
        if len(m.role_words) > len(self.role_words):
            self.role, self.role_words = m.role, m.role_words
        if m.role_words and m.role_words not in self.titles:
            self.titles.append(m.role_words)
            self.heads.update(m.heads)
        self.gender = self.gender or m.gender
        self.number = m.number or self.number

    @property
    def states(self) -> frozenset[str]:
        """The states in its titles, as `role_key` gives them."""
        return frozenset(w for t in self.titles for w in t if w[0] == "@")

    def seen_before(self, at: int) -> int:
        """Where the last mention before offset `at` stands; -1 if there is none."""
        n = bisect_left(self._starts, at)
        return self._starts[n - 1] if n else -1


def same_person(m: Mention, e: Entity) -> int:
    """How surely a name is a person's: 3 the same words, 2 part of it with its end, 1 less, 0 not.

    Less is its first name only, or a word of it with one letter changed.

    «الراوي» after «سالم الراوي»; two people who share one word only are not one.
    """
    return _same_name(m.name_words, e.name_words)


@lru_cache(maxsize=16384)
def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    mine, theirs = tuple(map(_letters, one)), tuple(map(_letters, other))
    if set(mine) == set(theirs):
        return 3
    small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    if set(small) <= set(large):
        if small[-1] == large[-1] or len(small) > 1 or small[0] in large[1:]:
            return 2
        return 1
    if _joined_alike(one, other):
        return 2
    return int(len(one) == 1 and any(_misspelt(one[0], w) for w in other))


def _joined_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a name is some words of another with other spaces: «بوعينين» and «سالم بو عينين»."""
    whole = "".join(mine)
    if len(whole) < _TOGETHER:
        return False
    ends = range(1, len(theirs) + 1)
    return any("".join(theirs[a:b]) == whole for b in ends for a in range(b))


@lru_cache(maxsize=16384)
def _misspelt(a: str, b: str) -> bool:
    """Whether two words of foreign names differ in one letter, which is not the first: «كورت» and «كورث».

    Two names that are both known are two names: «محمد» and «محمود».
    """
    if (is_given(a) or a in surnames()) and (is_given(b) or b in surnames()):
        return False
    if a == b or a[0] != b[0] or min(len(a), len(b)) < _STEM or abs(len(a) - len(b)) > 1:
        return False
    same = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]


@cache
def _quantifiers() -> frozenset[str]:
    """Words for how many, as `body_key` gives them: «الخبراء» after «عدد من الخبراء في نورية» are the same."""
    return role_key(sorted(function_words()["quantifier"]))


@lru_cache(maxsize=16384)
def _letters(word: str) -> str:
    """A word of a name by its letters: foreign names are often spelt with two of them exchanged."""
    return "".join([word[0], *sorted(word[1:])]) if len(word) >= _EXCHANGED else word


def same_body(m: Mention, e: Entity) -> bool:
    """Whether two names of bodies are of one: one may leave out what it is, or say less after the same head."""
    return _same_body(m.name_words, e.name_words, definite=m.definite)


@lru_cache(maxsize=16384)
def _same_body(mine: tuple[str, ...], theirs: tuple[str, ...], *, definite: bool) -> bool:
    if set(mine) == set(theirs):
        return True
    small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    if not set(small) <= set(large):
        return False
    if len(small) == 1 and small[0][0] == "@":
        return large[0] in ("دول", "جمهور", "مملك", "سلطن")  # «نورية» is no «حركة نورية»
    if small[0] == large[0]:
        return len(small) > 1
    if definite and small is mine and len(small) == 1 and large[0] in _quantifiers():
        return small[0] == next((w for w in large if w not in _quantifiers()), "")
    return large[0] in _BODY_NOUNS and small[0] == large[1]


def title_fit(m: Mention, e: Entity) -> float:
    """How well a title without a name fits a person, from 0 to 2.

    «الوزير النوري» fits «وزير الخارجية النوري سالم الراوي»: every word of it is in the other title, the office is the
    same and so is the state. 2: the titles are the same; 1: one says less; under 1: only if nobody fits better.
    """
    best = 0.0
    mine = m.role_words - _LIGHT
    if not mine or not same_gender(m, e):
        return 0.0
    for title in e.titles:
        best = max(best, _fit(mine, title - _LIGHT, m, e))
    if len(e.titles) > 1 and best == 0.0:
        best = 0.9 * _fit(mine, frozenset().union(*e.titles) - _LIGHT, m, e)
    return best


def same_gender(m: Mention, e: Entity) -> bool:
    """Whether a mention may be of a person by gender, if that is known of both."""
    return not m.gender or not e.gender or m.gender == e.gender


def _fit(mine: frozenset[str], theirs: frozenset[str], m: Mention, e: Entity) -> float:
    if mine == theirs:
        return 2.0
    states, others = _states(mine), _states(theirs)
    if states and others and not states & others:
        return 0.0
    peer = "نظير" in theirs and bool(states & others)
    if not peer and m.heads and e.heads and not m.heads & e.heads:
        return 0.0
    plain = mine - states
    missing = [w for w in plain if not any(_same_root(w, t) for t in theirs)]
    if missing and not peer:
        if not theirs <= mine:
            return 0.0
        # «سفير نورية» after «السفير سالم الراوي»
        return 0.3 if e.name or len(theirs) < 2 else 1.0
    if states and not others:
        # «وزير الدفاع النوري» after «وزير الدفاع»: the country was left out.
        return 0.9 if len(plain) >= 2 else 0.4
    return 1.0


def _states(title: frozenset[str]) -> frozenset[str]:
    return frozenset(w for w in title if w[0] == "@")


def _same_root(a: str, b: str) -> bool:
    return a == b or (len(a) > _STEM and len(b) > _STEM and a[:_STEM] == b[:_STEM] and a[0] != "@")


def is_state(m: Mention) -> bool:
    """Whether a mention names the state itself, not its capital."""
    found = _place(m)
    return found is not None and found.kind == "state"


def state_of(m: Mention) -> str:
    """The state that a mention of a state or capital stands for; ``""`` for a seat («البيت الأبيض») or a body."""
    found = _place(m)
    return fold(found.state or found.name) if found is not None else ""


def _place(m: Mention) -> Place | None:
    found = gazetteer().longest_body(tokenize(m.text).form, 0, weak=True)
    return found[1] if found is not None and isinstance(found[1], Place) else None
