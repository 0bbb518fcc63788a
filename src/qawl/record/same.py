"""The same statement in several outlets: one source, within days, the same words, perhaps cut or lightly reworded.

The words that two contents have in common are found as their longest common subsequence. What the longer one has
before the first of them and after the last is taken for cut off. In between, and where both go on in other words, a
number against another number, a day against another day, a negation on one side only or a word against its contrary
make two claims of them, however much they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.arabic.words import strip_article, tokenize
from qawl.identity.names import sound
from qawl.record.claims import (
    canonical,
    contrary,
    days,
    exchangeable,
    exchanged,
    forms_of,
    is_number,
    is_proper,
    negations,
    root,
)
from qawl.record.terms import term_keys
from qawl.sources.keys import HONORIFIC

__all__ = ["Wording", "same_statement", "sketch"]

_FOR, _AGAINST = frozenset(["demand", "support", "commit", "announce"]), frozenset(["reject", "condemn", "deny"])
_DAYS = 3  # between two reports of one statement
_FEW = 4  # words below which only equal wordings are the same statement
_SHARE = 0.7  # of the content words of the shorter wording that the other has
_SHARE_UNNAMED = 0.9  # of those of the longer one, where no name tells that the sources are one
_REACH = 2  # words before a common one whose negation reaches it: «لن | نفتح الجسر»
_EXCEPT = fold("إلا")
_PLURAL = frozenset(map(str, range(3, 11)))  # numbers that a plural follows
_ALIKE = 4  # letters at the start or end that two spellings of a name have in common
_KEPT, _A_CHANGE = (
    4,
    4,
)  # above so many common words, one of so many may be replaced by one that is not known to mean it
_A_PHRASE = 3  # words that may stand in the place of others
_LONGEST = 120  # words that are compared
_SIZE = 4  # values of a sketch
_END = 8  # pairs of words at either end of a content of which a sketch takes the lowest
_EMPTY = (
    "نحن هناك وجود تم يتم قام يقوم تقوم قيام"  # «عدم وجود دليل», «تقوم بتركيب»: words that a wording can do without
)
_LIGHT = frozenset(["comp", "comp_pron", "stop", "rel", "conj", "aux", "dem"])


@dataclass(frozen=True, slots=True)
class Wording:
    """What one article reports that a source said, as it is compared with other articles.

    Parameters
    ----------
    keys : tuple of str
        The words of the content in their order, folded and stemmed; function words are kept.
    name : str
        Of the source, as the article gives it; of an unnamed one the phrase; ``""`` if unknown.
    identity : str
        Of the source in the knowledge base; ``""`` if unresolved.
    kind : str
        Of the source, as `qawl.model.Kind`.
    day : str
        When it was said or published, as YYYY-MM-DD; ``""`` if unknown.
    act : str
        What the source does, as `qawl.model.Act`; ``""`` if unknown.
    """

    keys: tuple[str, ...]
    name: str
    identity: str
    kind: str
    day: str
    act: str = ""


@cache
def _light() -> frozenset[str]:
    """Function words: they tell no statement from another."""
    rows = [row for row in read_table("function_words") if row["class"] in _LIGHT]
    words = [word for row in rows for word in row["words"].split()] + _EMPTY.split()
    return frozenset(form for word in words for form in forms_of(word))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)


@lru_cache(maxsize=1 << 17)
def _hash_of_word(key: str) -> int | None:
    """Of a content word, «القادم» the same as «المقبل»; None for a function word."""
    return None if key in _light() else _hash(exchanged(key) or root(key))


def sketch(keys: Sequence[str]) -> tuple[int, ...]:
    """A few values of which two wordings of one statement are likely to share one.

    They are hashes of two neighbouring content words: the two lowest of either end, since what is cut off is cut off
    an end, and for the rest the lowest of all.

    Parameters
    ----------
    keys : sequence of str
        As `Wording.keys`.

    Returns
    -------
    tuple of int
        At most four signed 64-bit integers, sorted and distinct; none for an empty content.
    """
    words = [found for found in map(_hash_of_word, canonical(keys)) if found is not None]
    pairs = [_mixed(x, y) for x, y in pairwise(words)]
    if not pairs:
        return (_hash(" ".join(keys)),) if keys else ()
    if len(pairs) <= _SIZE:
        return tuple(sorted(set(pairs)))
    chosen = dict.fromkeys([*sorted(pairs[:_END])[: _SIZE // 2], *sorted(pairs[-_END:])[: _SIZE // 2], *sorted(pairs)])
    return tuple(sorted(list(chosen)[:_SIZE]))


def _mixed(one: int, other: int) -> int:
    """One signed 64-bit value of two, in either order."""
    value = (one ^ other) * 0x9E3779B97F4A7C15 + (one + other)
    return (value & 0xFFFFFFFFFFFFFFFF) - (1 << 63)


def same_statement(a: Wording, b: Wording) -> bool:
    """Whether two wordings report one statement of one source.

    Parameters
    ----------
    a, b : Wording
        Of two articles.
    """
    if not _near(a.day, b.day) or not _one_source(a, b) or _opposed(a.act, b.act):
        return False
    if a.keys == b.keys:
        return True
    if min(len(a.keys), len(b.keys)) < _FEW:
        return False
    # In one order, so that the outcome is the same both ways.
    one, other = sorted((canonical(a.keys[:_LONGEST]), canonical(b.keys[:_LONGEST])))
    return _share(one, other, _is_unnamed(a, b)) and not _two_claims(one, other)


def _opposed(a: str, b: str) -> bool:
    """Whether one wants what the other refuses: «دعت إلى ⟨وقف القتال⟩», «رفضت ⟨وقف القتال⟩»."""
    return (a in _FOR and b in _AGAINST) or (a in _AGAINST and b in _FOR)


def _near(a: str, b: str) -> bool:
    return not a or not b or abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= _DAYS


def _is_unnamed(a: Wording, b: Wording) -> bool:
    return "unnamed" in (a.kind, b.kind) and not (a.identity and a.identity == b.identity)


def _one_source(a: Wording, b: Wording) -> bool:
    if a.identity and b.identity:
        return a.identity == b.identity
    if a.kind != b.kind:
        return False
    if a.kind == "unnamed":
        return bool(a.name) and _phrase(a.name) == _phrase(b.name)
    one, other = sorted((_name_words(a.name), _name_words(b.name)), key=len)
    if not one:
        return False
    # «الراوي» and «غرفة التجارة» are parts of longer names; «سلمى الراوي» is «سلمى محمد الراوي».
    if other[: len(one)] == one or other[-len(one) :] == one:
        return True
    rest = iter(other)
    return one[-1] == other[-1] and all(word in rest for word in one)


@lru_cache(maxsize=1 << 14)
def _name_words(name: str) -> tuple[str, ...]:
    forms = tokenize(fold(name)).form
    return tuple(strip_article(f) for f in forms if f[0].isalnum() and f not in HONORIFIC)


@lru_cache(maxsize=1 << 14)
def _phrase(name: str) -> tuple[str, ...]:
    """An unnamed source: «مصادر دبلوماسية» is «مصدر دبلوماسي»."""
    return tuple(map(root, term_keys(name)))


def _share(a: Sequence[str], b: Sequence[str], unnamed: bool) -> bool:
    """Whether the shorter content, or both where the source has no name, has enough of its words in the other."""
    one, other = (Counter(_content(keys)) for keys in (a, b))
    common = (one & other).total()
    if unnamed:
        return common >= _SHARE_UNNAMED * max(one.total(), other.total())
    return common >= _SHARE * max(min(one.total(), other.total()), _FEW)


def _content(keys: Iterable[str]) -> list[str]:
    light = _light()
    return [root(key) for key in keys if key not in light]


def _tells(key: str) -> bool:
    """Whether a key is neither a function word nor a number or day, which are compared by themselves."""
    return key not in _light() and not is_number(key) and not days((key,))


def _two_claims(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether, beside what two contents have in common, each says something that makes another claim of it."""
    pairs = _alignment(a, b)
    if not pairs:
        return True
    start, end = _ends(a, b, pairs)
    if _negated_apart(a, b, [start, *pairs]):
        return True
    known = set(map(root, a)) & set(map(root, b))
    replaced = 0
    for (before_a, before_b), (at_a, at_b) in pairwise([start, *pairs, end]):
        gaps = a[before_a + 1 : at_a], b[before_b + 1 : at_b]
        if _counted(gaps) and at_a < len(a) and _tells(a[at_a]):
            return True
        one, other = ([k for k in gap if root(k) not in known] for gap in gaps)
        if one and other:
            if _two_values(one, other):
                return True
            replaced += _count_replaced(one, other)
    common = sum(map(_tells, (a[i] for i, _ in pairs)))
    return replaced > max(0, common - _KEPT) // _A_CHANGE


_Place = tuple[int, int]


def _ends(a: Sequence[str], b: Sequence[str], pairs: Sequence[_Place]) -> tuple[_Place, _Place]:
    """The places before and behind what is compared.

    What only one content has before the first common word and after the last is cut off from the other; and where both
    go on at length, each tells what the other has cut off. A few words on both sides stand for one another.
    """
    (first_a, first_b), (last_a, last_b) = pairs[0], pairs[-1]
    start = (max(-1, first_a - _REACH - 1), max(-1, first_b - _REACH - 1))
    if 0 < min(first_a, first_b) <= _A_PHRASE:
        start = (-1, -1)
    end = (last_a + 1, last_b + 1)
    if 0 < min(len(a) - end[0], len(b) - end[1]) <= _A_PHRASE:
        end = (len(a), len(b))
    return start, end


def _counted(gaps: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether some are counted before a common noun and not in the other: «ثلاثة أشهر», «شهرين», whose keys are one."""
    one, other = sorted(gaps, key=len)
    return not one and bool(other) and other[-1] in _PLURAL


def _two_values(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words in the same place tell two numbers, days or names, or contraries."""
    figures = [set(map(_figure, filter(is_number, keys))) for keys in (one, other)]
    if all(figures) and figures[0].isdisjoint(figures[1]):
        return True
    named = days(one), days(other)
    if (all(named) and named[0].isdisjoint(named[1])) or contrary(one, other):
        return True
    if max(len(one), len(other)) > _A_PHRASE:
        return False
    names = [[k for k in keys if is_proper(k)] for keys in (one, other)]
    return all(names) and not any(_alike(x, y) for x in names[0] for y in names[1])


def _figure(number: str) -> tuple[str, ...]:
    """A number, so that «2,16» is «16,2»: where text was turned from right to left the halves are exchanged."""
    return tuple(sorted(number.split(".")))


def _alike(one: str, other: str) -> bool:
    """Whether two words are one name spelt or joined otherwise: «جيبس» and «غيبس», «ميغاواط» and «ميغاوات»."""
    same = _ALIKE if min(len(one), len(other)) > _ALIKE else 2
    return one[:same] == other[:same] or one[-_ALIKE:] == other[-_ALIKE:] or sound((one,)) == sound((other,))


def _count_replaced(one: Sequence[str], other: Sequence[str]) -> int:
    """How many content words stand in the place of others that are not known to mean the same."""
    left = [k for k in one if _tells(k) and not any(exchangeable(k, x) for x in other)]
    right = [k for k in other if _tells(k) and not any(exchangeable(k, x) for x in one)]
    return min(len(left), len(right))


def _negated_apart(a: Sequence[str], b: Sequence[str], pairs: Sequence[_Place]) -> bool:
    """Whether one content negates a common word, on the word itself or shortly before it, and the other does not."""
    negated = [negations(keys) for keys in (a, b)]
    # «ألا يبقى» negates as «أن لا يبقى» does, but is written like «إلا».
    perhaps = [{*negated[n], *(k for k, key in enumerate(keys) if key == _EXCEPT)} for n, keys in enumerate((a, b))]
    for before, at in pairwise(pairs):
        gaps = [range(before[n] + 1, at[n] + 1) for n in (0, 1)]
        for here, there in ((0, 1), (1, 0)):
            reaching = any(k in gaps[here] and reached >= at[here] for k, reached in negated[here].items())
            if reaching and perhaps[there].isdisjoint(gaps[there]):
                return True
    return False


def _alignment(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the words that both have in the same order, content words before function words."""
    one, other = ([root(k) for k in keys] for keys in (a, b))
    light = _light()
    weight = [1 if k in light else 4 for k in a]
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        row, below, word = best[i], best[i + 1], one[i]
        for j in range(len(b) - 1, -1, -1):
            skip = below[j] if below[j] >= row[j + 1] else row[j + 1]
            row[j] = max(skip, below[j + 1] + weight[i]) if other[j] == word else skip
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if one[i] == other[j] and best[i][j] == best[i + 1][j + 1] + weight[i]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
