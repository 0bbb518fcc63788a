"""What two contents claim where their words differ: numbers, days, negations and words with a contrary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.positions.stems import stem
from qawl.record.terms import term_keys
from qawl.statements.name_words import classes, is_name

__all__ = [
    "canonical", "contrary", "days", "exchangeable", "exchanged", "forms_of", "is_number", "is_proper", "negations",
    "root",
]  # fmt: skip

_SHORTEST = 3  # letters that a word keeps
_MARK = "ـ"  # ends the keys of verbs, joins the halves of decimals
_PREFIX = re.compile(r"^س?[ايتن](?=...)")  # of verbs: «سيفتح»
_SUFFIX = re.compile(r"(?<=...)(?:ون|ين|ان|وا|ات|نا|يه|ت|ا|ه|ي)$")
_DERIVED = re.compile(r"^(?:است|مست|مت|ان|ا|ت|م|ن)(?=...)")  # «استخدام», «مفتوح», «تخفيض», «انخفاض»
_WEAK = re.compile(r"(?<!^)[اويء]")  # long vowels inside a word
_INFIX = re.compile(r"(?<=^.)ت(?=..)")  # «ارتفاع», without its alef

_NEGATING_VERBS = "لم لا لن ليس ليست ليسوا لسنا لست ولم ولا ولن وليس فلم فلا فلن"
_NEGATING_NOUNS = "غير عدم دون بدون بلا"
# «لا بد», «لا يزال» and «لا سيما» negate nothing, «حال دون» is a verb, «حتى لا» and «كي لا» are kept.
_AFTER_EMPTY = "بد يزال تزال يزالون زال سيما شك ريب"
_BEFORE_EMPTY = "حال حالت يحول تحول"

_SCALE = {
    "مئة": 1e2, "مائة": 1e2, "مئتين": 2e2, "مئتا": 2e2, "مئتي": 2e2, "مئات": 1e2,
    "ألف": 1e3, "آلاف": 1e3, "ألفا": 1e3, "ألفين": 2e3, "ألفي": 2e3,
    "مليون": 1e6, "ملايين": 1e6, "مليونا": 1e6, "مليونين": 2e6, "مليوني": 2e6,
    "مليار": 1e9, "مليارات": 1e9, "مليارين": 2e9, "تريليون": 1e12, "ترليون": 1e12, "تريليونات": 1e12,
}  # fmt: skip
_PARTS = {"نصف": 1 / 2, "ثلث": 1 / 3, "ربع": 1 / 4, "ثلثي": 2 / 3, "ثلثا": 2 / 3, "ضعف": 2.0, "ضعفي": 2.0}
_UNITS = {"ثلاث": 3, "أربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثماني": 8, "ثمان": 8, "تسع": 9}
# «يوم الأربعاء» is no four, «كانون الأول» no one, «أول من أمس» neither.
_BEFORE_NAME = frozenset("يوم صباح ظهر مساء فجر ليل كانون تشرين ربيع جمادي".split())
_SERVANT, _SERVANT_OF = frozenset(["عبد", "ابو"]), "عبدال"
_DECIMAL = re.compile(r"(\d+)ر(\d+)")  # «9ر10» is 10.9
_FIGURE = re.compile(rf"\d{{1,15}}(?:[{_MARK}.]\d{{1,6}})?(?!\d)")  # also before a unit: «2014م»
_HUNDREDS = ("مئة", "مائة", "ميه")
_PERCENT = 10  # numbers from which «مئة» after them is a percentage, no hundreds


def forms_of(word: str) -> set[str]:
    """How a word may stand among the keys of a content."""
    folded = fold(word)
    return {folded, stem(folded), *term_keys(word)}


def _all_forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in forms_of(word))


@cache
def _negating() -> dict[str, int]:
    """Negations, and how many words on they reach: «لن تقوم بدفع», but «غير المرخصة دفعت»."""
    return dict.fromkeys(_all_forms(_NEGATING_VERBS.split()), 2) | dict.fromkeys(_all_forms(_NEGATING_NOUNS.split()), 1)


@cache
def _empty() -> tuple[frozenset[str], frozenset[str]]:
    return _all_forms(_BEFORE_EMPTY.split()), _all_forms(_AFTER_EMPTY.split())


def negations(keys: Sequence[str]) -> dict[int, int]:
    """Where a content negates («لا», «لم», «غير», «عدم»), each with the place of the last word that it reaches.

    Parameters
    ----------
    keys : sequence of str
        As `qawl.record.same.Wording.keys`.
    """
    before, after = _empty()
    found = {k: k + _negating()[key] for k, key in enumerate(keys) if key in _negating()}
    return {
        k: reached
        for k, reached in found.items()
        if not (k and keys[k - 1] in before) and not (k + 1 < len(keys) and keys[k + 1] in after)
    }


@cache
def _values() -> dict[str, float]:
    """Number words, in the forms of their keys, and their values."""
    values: dict[str, float] = {}
    for row in read_table("number_words"):
        if row["kind"] != "first" and " " not in row["form"]:
            values |= dict.fromkeys(forms_of(row["form"]), float(row["value"]))
    for word, value in (*_SCALE.items(), *_PARTS.items()):
        # Two letters are some other word, too: «ألفي» without its seeming article is «في».
        values |= {form: value for form in forms_of(word) if form not in values and len(form) > 2}
    for unit, value in _UNITS.items():
        for hundred in _HUNDREDS:
            values |= dict.fromkeys(forms_of(unit + hundred), value * 100.0)
    return values


def canonical(keys: Sequence[str]) -> list[str]:
    """The keys of a content with every number as one key in digits, and «عبد العزيز» as one word.

    Parameters
    ----------
    keys : sequence of str
        As `qawl.record.same.Wording.keys`.

    Returns
    -------
    list of str
        «خمسة وأربعين ألف» is ``45000``, «الثانية عشرة» is ``12``; «مئة» of «في المئة» is left out.
    """
    out: list[str] = []
    run: list[float] = []
    values = _values()
    for k, key in enumerate(keys):
        value = _in_digits(key) if key[0].isdigit() else values.get(key)
        before = keys[k - 1] if k else ""
        if value is None or (before in _BEFORE_NAME and key in _name_words() and not _goes_on(keys, k)):
            if run:
                out.append(f"{_sum(run):g}")
                run = []
            if before in _SERVANT:
                out[-1] += key
            else:
                out.append("عبد" + key[5:] if key.startswith(_SERVANT_OF) else key)
        elif not _of_percent(before, value, run):
            if run and key[0].isdigit():
                out.append(f"{_sum(run):g}")
                run = []
            run.append(value)
    return [*out, f"{_sum(run):g}"] if run else out


def _goes_on(keys: Sequence[str], k: int) -> bool:
    """Whether a number follows: «اليوم ثلاثة وعشرين» is no Tuesday."""
    return k + 1 < len(keys) and keys[k + 1] in _values()


def is_number(key: str) -> bool:
    """Whether a key is a number, as `canonical` gives it."""
    return key[0].isdigit()


def _in_digits(key: str) -> float | None:
    halves = _DECIMAL.fullmatch(key)
    if halves:
        key = f"{halves[2]}.{halves[1]}"
    found = _FIGURE.match(key)
    return float(found[0].replace(_MARK, ".")) if found else None


def _of_percent(before: str, value: float, run: Sequence[float]) -> bool:
    """Whether «مئة» tells a percentage: «في المئة», «20 بالمئة»."""
    return value == 100 and (before in ("في", "ب") or (len(run) > 0 and run[-1] >= _PERCENT))


def _sum(run: Sequence[float]) -> float:
    """Number words in a row as one number: 5, 40, 1000 is 45,000."""
    total = group = 0.0
    for value in run:
        if value >= 1000:
            total += (group or 1) * value
            group = 0
        elif value == 100 and 1 <= group < 10:
            group *= value
        else:
            group += value
    return total + group


@cache
def _name_words() -> frozenset[str]:
    """Numbers that are also days or parts of the names of months."""
    return frozenset(_days()) | _all_forms("الأول الثاني الأولى الثانية الآخر".split())


@cache
def _days() -> dict[str, str]:
    names = [(row["name"], f"w{row['weekday']}") for row in read_table("weekdays")]
    names += [(row["name"], f"m{row['month']}") for row in read_table("months") if " " not in row["name"]]
    return {form: value for name, value in names for form in forms_of(name)}


def days(keys: Iterable[str]) -> set[str]:
    """The days of the week and the months among words."""
    return {_days()[key] for key in keys if key in _days()}


@lru_cache(maxsize=1 << 16)
def root(key: str) -> str:
    """A key without prefix and ending of a verb or noun: «سنفتح», «يفتحون» and «فتحت» are «فتح»."""
    bare = key.rstrip(_MARK)
    for pattern in (_PREFIX, _SUFFIX):
        bare = pattern.sub("", bare) if len(bare) > _SHORTEST else bare
    return bare


@lru_cache(maxsize=1 << 16)
def _skeleton(key: str) -> str:
    """The consonants that related words share: «فتح», «افتتاح», «مفتوح» and «سيفتحون» are one."""
    bare = root(key)
    bare = _DERIVED.sub("", bare) if len(bare) > _SHORTEST else bare
    consonants = _INFIX.sub("", _WEAK.sub("", bare))
    return consonants if len(consonants) > 1 else bare


@cache
def _sides() -> dict[str, dict[str, set[int]]]:
    """Of the consonants of every word that has a contrary: in which rows it stands, on which side."""
    sides: dict[str, dict[str, set[int]]] = {"one": {}, "other": {}}
    for n, row in enumerate(read_table("opposites")):
        for side, found in sides.items():
            for word in row[side].split("|"):
                for form in forms_of(word):
                    found.setdefault(_skeleton(form), set()).add(n)
    return sides


def contrary(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a word of the one is the contrary of a word of the other: «سيفتح» and «سيغلق».

    Parameters
    ----------
    one, other : iterable of str
        Keys that the other content does not have.
    """
    rows: list[dict[str, set[int]]] = []
    for keys in (one, other):
        bones = set(map(_skeleton, keys))
        rows.append({side: {n for b in bones for n in found.get(b, ())} for side, found in _sides().items()})
    return not (rows[0]["one"].isdisjoint(rows[1]["other"]) and rows[0]["other"].isdisjoint(rows[1]["one"]))


@cache
def _groups() -> dict[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for n, row in enumerate(read_table("exchanged_words")):
        for word in row["words"].split("|"):
            for form in forms_of(word):
                groups.setdefault(root(form), set()).add(n)
    return groups


def exchanged(key: str) -> str:
    """What stands for all the words that outlets put for one another, if a key is one of them; else ``""``."""
    groups = _groups().get(root(key))
    return f"={min(groups)}" if groups else ""


def exchangeable(one: str, other: str) -> bool:
    """Whether outlets put the one word for the other: «القادم» for «المقبل», «تغيير» for «نغير».

    Parameters
    ----------
    one, other : str
        Keys.
    """
    groups = _groups()
    if not groups.get(root(one), _NONE).isdisjoint(groups.get(root(other), _NONE)):
        return True
    return len(_skeleton(one)) >= _SHORTEST and _skeleton(one) == _skeleton(other)


_NONE: frozenset[int] = frozenset()


@lru_cache(maxsize=1 << 14)
def is_proper(key: str) -> bool:
    """Whether a key looks like a name, or tells a state or place («لوراني»)."""
    return not key.endswith(_MARK) and (is_name(key) or not _PLACES.isdisjoint(classes(key)))


_PLACES = frozenset(["place", "nisba", "state"])
