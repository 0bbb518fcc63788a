"""The words of a text as dates see them: one letter a token, so that a regular expression can be a grammar.

Every token of the folded text gets a tag (one letter, see `TAGS`); a token that plays no part in dates is ``x``.
Names of several words («كانون الثاني»), double names («آذار/مارس») and numeric dates («4/11/2023») are one token.
Words that look like dates and are none («صلاة الجمعة», «مارس ضغوطا») are then turned into ``x`` by their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from qawl.arabic.fold import Folded, fold
from qawl.arabic.tables import read_table
from qawl.model import DataError

__all__ = ["TAGS", "DateTokens", "Entry"]

TAGS = {
    "relday": "V", "tomorrow": "g", "day": "u", "part": "q", "half": "r", "m": "m", "clock": "K", "fraction": "b",
    "month": "s", "the_month": "S", "year": "a", "the_year": "A", "the_week": "E", "unit": "U", "units": "U",
    "dual": "L", "direction": "P", "direction_f": "p", "direction_both": "2", "this": "R", "same": "X", "of": "i",
    "before": "j", "after": "J", "since": "k", "about": "z", "several": "v", "over": "o", "measure": "1", "in": "F",
    "to": "w", "and": "w", "on": "Y", "article": "I", "hijri": "B", "gregorian": "G", "equals": "Q", "zone": "Z",
    "cardinal": "c", "ten": "e", "tens": "t", "ordinal": "O", "ordinal_f": "N", "tens_ordinal": "T", "first": "l",
    "gregorian_month": "M", "hijri_month": "H", "weekday": "W",
}  # fmt: skip
"""Tag of each class of word. Numbers are ``d`` (1 to 31), ``y`` (a year from 1501), ``h`` (1300 to 1500), ``0``
(four other digits), ``n`` (any other), ``D`` (a numeric date), ``C`` (a clock time), ``f`` (day and month, «4/11»)."""

# Every date or time holds one of these, or a figure that is more than a plain number.
_CORE = frozenset("MHWVgPUusaLASEKr")
_FIGURE = re.compile(r"\d{4}|[^\d.,٫٬%]")
_AROUND = 6
"""How many words before and after such a word are read."""

_PUNCTUATION = {c: c for c in "()/-:.\n"} | {"\\": "/"} | dict.fromkeys("–—−", "-") | dict.fromkeys("،,|؛;•·", ",")
_PUNCTUATION |= dict.fromkeys('«»"“”„‟', '"') | {"[": "(", "]": ")"}
_NEIGHBOURS = {
    "not_today_before", "not_today_after", "not_yesterday_after", "not_weekday_before", "not_weekday_after", "habit",
    "given_name", "medium", "outlet", "event", "share", "month_name_trap",
}  # fmt: skip
# A number that goes on is neither («5.697.663», «10.0.0.1»).
_ALONE = r"(?<![\d/:-])(?<!\d[.,])"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?"
_YEAR_FIRST = r"\d{4}(?P<sep>[ ]?/[ ]?|[.:-])\d{1,2}(?P=sep)\d{1,2}"
_DAY_FIRST = r"\d{1,2}(?:[ ]?/[ ]?\d{1,2}[ ]?/[ ]?|(?P<sep2>[.-]|[ ]-[ ])\d{1,2}(?P=sep2))\d{4}"
_ZONE = r"(?:Z|[ ]?[+-]\d\d(?::?\d\d)?(?!\d))"
_TOKEN = re.compile(
    r"[^\W\d_]+"
    rf"|(?P<date>{_ALONE}(?:{_YEAR_FIRST}|{_DAY_FIRST})"
    rf"(?:(?:T|[.]|[ ]?[-–,،|]?[ ]{{0,3}})(?<!\d){_CLOCK}{_ZONE}?)?(?!\d|[/.:,-]\d))"
    rf"|(?P<clock>{_ALONE}{_CLOCK}(?!\d|[/.:]\d))"
    rf"|(?P<part>{_ALONE}\d{{1,2}}/\d{{1,2}}(?!\d|[/:.,]\d))"
    r"|(?P<number>\d+(?:[.,٫٬]\d+)*)"
    r"|[^ ]"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word means in a date.

    Parameters
    ----------
    tag : str
        One letter.
    value : int
        Number, offset, direction or month, by tag.
    text : str
        Unit, zone, part of day or a number's digits, by tag.
    need : int
        For months: what must stand beside them (see ``months.tsv``).
    clitic : int
        How many letters before it are joined words; they are not part of it.
    """

    tag: str
    value: int = 0
    text: str = ""
    need: int = 0
    clitic: int = 0


@dataclass(frozen=True, slots=True)
class _Lexicon:
    single: dict[str, Entry]
    several: dict[str, list[tuple[tuple[str, ...], Entry]]]
    neighbours: dict[str, frozenset[str]]
    core: frozenset[str]


def _rows() -> Iterator[tuple[str, str, Entry]]:
    """Form as written, clitics, and entry, of every word in the data files."""
    for row in read_table("months"):
        tag = TAGS[f"{row['calendar']}_month"]
        yield row["name"], row["clitics"], Entry(tag, int(row["month"]), row["name"][0], int(row["need"]))
    for row in read_table("weekdays"):
        yield row["name"], "وفبلك", Entry("W", int(row["weekday"]))
    for row in read_table("number_words"):
        yield row["form"], "وفبل", Entry(TAGS[row["kind"]], int(row["value"]))
    for row in read_table("date_words"):
        if row["class"] in _NEIGHBOURS:
            continue
        value = row["value"]
        number = int(value) if re.fullmatch(r"-?\d+", value) else int(row["class"] == "units")
        for form in row["forms"].split("|"):
            yield form, row["clitics"].strip("-"), Entry(TAGS[row["class"]], number, "" if value.isdigit() else value)


def _with_clitics(form: str, clitics: str) -> Iterator[tuple[str, int]]:
    """`form` alone and behind each conjunction, preposition and both, with the length of what precedes it."""
    yield form, 0
    conjunctions, prepositions = [c for c in clitics if c in "وف"], [c for c in clitics if c not in "وف"]
    for joined in (*conjunctions, *prepositions, *(c + p for c in conjunctions for p in prepositions)):
        if joined[-1] == "ل" and form.startswith("ال"):
            # «للشهر»: the alef is gone; the word keeps the second ل.
            yield joined + form[1:], len(joined)
        else:
            yield joined + form, len(joined)


@cache
def _lexicon() -> _Lexicon:
    single: dict[str, Entry] = {c: Entry(tag) for c, tag in _PUNCTUATION.items()}
    several: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    try:
        for written, clitics, entry in _rows():
            head, *rest = fold(written).split()
            for form, clitic in _with_clitics(head, clitics):
                placed = Entry(entry.tag, entry.value, entry.text, entry.need, clitic)
                if rest:
                    several.setdefault(form, []).append((tuple(rest), placed))
                elif form not in single or clitic == 0:
                    single[form] = placed
    except (KeyError, ValueError) as error:
        raise DataError(f"months, weekdays, number_words or date_words: {error}") from error
    for head, endings in several.items():
        endings.sort(key=lambda ending: -len(ending[0]))
        single.setdefault(head, Entry("x"))
    neighbours: dict[str, set[str]] = {}
    for row in read_table("date_words"):
        if row["class"] in _NEIGHBOURS:
            for form in row["forms"].split("|"):
                neighbours.setdefault(fold(form), set()).add(row["class"] + row["value"])
    core = {form for form, entry in single.items() if entry.tag in _CORE}
    for form, endings in several.items():
        # «هذا اليوم» is seen by its second word; «بعد الظهر» is of use only beside another such word.
        if any(entry.tag in _CORE - {"r"} and core.isdisjoint(rest) for rest, entry in endings):
            core.add(form)
    frozen = {form: frozenset(classes) for form, classes in neighbours.items()}
    return _Lexicon(single, several, frozen, frozenset(core))


def _windows(text: str, core: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The stretches of `text` around words that dates are made of: the rest is not worth cutting into tokens."""
    chunks = text.replace("\n", " ").replace("\t", " ").split(" ")
    bare = [chunk.strip('،.,؛:()[]«»"“”؟!') for chunk in chunks]
    hits = [i for i, w in enumerate(bare) if w in core or not (w.isalpha() or not w or not _FIGURE.search(w))]
    if not hits:
        return
    ends = list(accumulate(map(len, chunks)))  # without the spaces between
    first = hits[0]
    for i, following in zip(hits, [*hits[1:], None], strict=True):
        if following is None or following - i > 2 * _AROUND:
            start, last = max(0, first - _AROUND), min(len(ends) - 1, i + _AROUND)
            yield (ends[start - 1] + start if start else 0), ends[last] + last
            first = following or 0


class DateTokens:
    """The tokens of a text with their tags.

    Parameters
    ----------
    folded : Folded
        The text.
    whole : bool
        Whether to read every word, not only those around words that dates are made of.

    Attributes
    ----------
    tags : str
        A letter for each token.
    start, end : list of int
        Offsets of each token in the folded text, joined words before it left out.
    form : list of str
        The folded word.
    entry : list of Entry or None
        What the word means; None for words of no meaning here.
    """

    __slots__ = ("end", "entry", "folded", "form", "start", "tags")

    def __init__(self, folded: Folded, whole: bool = False) -> None:
        lexicon = _lexicon()
        self.folded = folded
        get = lexicon.single.get
        self.tags = ""
        self.start: list[int] = []
        self.end: list[int] = []
        self.form: list[str] = []
        self.entry: list[Entry | None] = []
        windows = [(0, len(folded.text))] if whole else _windows(folded.text, lexicon.core)
        for start, end in windows:
            matches = list(_TOKEN.finditer(folded.text, start, end))
            if self.start:
                # An empty token keeps the windows apart.
                self.start.append(start)
                self.end.append(start)
                self.form.append("")
                self.entry.append(None)
            self.start += [m.start() for m in matches]
            self.end += [m.end() for m in matches]
            self.form += [m[0] for m in matches]
            self.entry += [_number(m.lastgroup, m[0]) if m.lastgroup else get(m[0]) for m in matches]
        if not self.form:
            return
        self._join_names(lexicon)
        self._split_clitics()
        self._join_doubles()
        self.tags = "".join([e.tag if e is not None else "x" for e in self.entry])
        self._drop(lexicon)

    def _merge(self, first: int, last: int, entry: Entry) -> None:
        """Make tokens `first` to `last` one."""
        self.end[first] = self.end[last]
        self.entry[first] = entry
        self.form[first] = " ".join(self.form[first : last + 1])
        for column in (self.start, self.end, self.form, self.entry):
            del column[first + 1 : last + 1]

    def _join_names(self, lexicon: _Lexicon) -> None:
        """Join names of several words: «تشرين الأول», «ذي القعدة», «بتوقيت مكة المكرمة», «أول من أمس»."""
        for i in [i for i, form in enumerate(self.form) if form in lexicon.several][::-1]:
            for rest, entry in lexicon.several[self.form[i]]:
                if tuple(self.form[i + 1 : i + 1 + len(rest)]) == rest:
                    self._merge(i, i + len(rest), entry)
                    break

    def _split_clitics(self) -> None:
        """Take joined words off; و and ف become tokens, so that «أمس والخميس» is not «أمس الخميس».

        The و of «وعشرين» and «والنصف» stays: it is part of the number.
        """
        joined = [(i, entry) for i, entry in enumerate(self.entry) if entry is not None and entry.clitic]
        for i, entry in reversed(joined):
            word = i
            if self.form[i][0] in "وف" and entry.tag not in "Ttbx":
                self.start.insert(i, self.start[i])
                self.end.insert(i, self.start[i] + 1)
                self.form.insert(i, self.form[i][0])
                self.entry.insert(i, Entry("w"))
                word += 1
            self.start[word] += entry.clitic

    def _join_doubles(self) -> None:
        """Join the two names of one month: «آذار/مارس», «مارس (آذار)», «مارس آذار»; not «آذار/نيسان»."""
        for i in [i for i, entry in enumerate(self.entry) if entry is not None and entry.tag == "M"][::-1]:
            entry, gap = self.entry[i], self._tag(i + 1)
            j = i + 2 if gap in ("/", "(", "-") else i + 1
            other = self.entry[j] if self._tag(j) == "M" else None
            if entry is None or other is None or other.value != entry.value or other.clitic:
                continue
            if gap == "(":
                j += 1
            if gap != "(" or self._tag(j) == ")":
                self._merge(i, j, Entry("M", entry.value))

    def _tag(self, i: int) -> str:
        entry = self.entry[i] if i < len(self.entry) else None
        return entry.tag if entry is not None else ""

    # What follows turns words that only look like dates into ``x``, by what stands beside them.

    def _drop(self, lexicon: _Lexicon) -> None:
        tags = list(self.tags)
        previous_dropped = False
        flags = lexicon.neighbours
        for m in _DOUBTFUL.finditer(self.tags):
            i = m.start()
            entry = self.entry[i]
            assert entry is not None  # the tag came from it
            before = _flags(flags, self.form[i - 1]) if i else frozenset()
            after = flags.get(self.form[i + 1], frozenset()) if i + 1 < len(tags) else frozenset()
            drop = False
            if entry.tag == "V":
                drop = self._is_no_relative_day(i, entry, before, after)
            elif entry.tag == "W":
                # «أيام الأحد والثلاثاء»: the habit goes on through the list.
                chained = previous_dropped and self.tags[max(0, i - 2) : i] == "Ww"
                drop = self._is_no_weekday(i, before, after) or chained
                previous_dropped = drop
            elif entry.tag == "O":
                drop = "share" in before
            else:
                drop = self._is_no_month(i, entry, before)
            if drop:
                tags[i] = "x"
        self.tags = "".join(tags)

    def _is_no_relative_day(self, i: int, entry: Entry, before: frozenset[str], after: frozenset[str]) -> bool:
        form = self.form[i]
        if entry.value == -1 and form.endswith("امس"):
            # «في أمس الحاجة»; «لامس» touched, unless it is written «لأمس».
            letter = self.folded.source[self.folded.origin(self.start[i])]
            return "not_yesterday_after" in after or (
                entry.clitic > 0 and form[entry.clitic - 1] == "ل" and letter != "أ"
            )
        if entry.value != 0:
            return False
        if self.tags[i + 1 : i + 2] in ("W", "(") and "medium" not in before:
            return False
        if "not_today_before" in before or "medium" in before or "not_today_after" in after:
            return True
        if self.tags[i + 1 : i + 2] in ("O", "e"):
            return True
        return self._names_outlet(i, before)

    def _names_outlet(self, i: int, before: frozenset[str]) -> bool:
        """Whether «اليوم» ends a name in quotation marks («المصري اليوم», «اليوم»)."""
        if self.tags[i + 1 : i + 2] != '"':
            return False
        if self.tags[i - 1 : i] == '"':
            return True
        return self.tags[i - 2 : i - 1] == '"' and (self.form[i - 1].startswith("ال") or "outlet" in before)

    def _is_no_weekday(self, i: int, before: frozenset[str], after: frozenset[str]) -> bool:
        following = self.tags[i + 1 : i + 3]
        if "not_weekday_after" in after or self.tags[max(0, i - 1) : i + 2] == '"W"':
            return True
        # A direction or a date settles it: «صلاة الجمعة الماضية», «خطبة الجمعة 4 نوفمبر».
        if re.match(r"[jJ]?[Pp]|,?[dD]", following):
            return False
        if "habit" in before or "not_weekday_before" in before or "given_name" in before:
            return True
        # «بين الاثنين» between the two; «بين الاثنين والخميس» is a time.
        return i > 0 and self.form[i - 1] == "بين" and following != "wW"

    def _is_no_month(self, i: int, entry: Entry, before: frozenset[str]) -> bool:
        left, right = self.tags[max(0, i - 5) : i], self.tags[i + 1 : i + 6]
        written = self.folded.source[self.folded.origin(self.start[i])]
        if entry.text == "آ" and entry.need and written in "أإ":
            return True  # «12 أبا», «محافظة إب»
        year = _YEAR_BESIDE.match(right) is not None
        if not year and self._is_event(left, i, entry.value):
            return True
        if entry.need == 0 or year or _SAID_MONTH.search(left):
            return False
        if "month_name_trap" in before:
            return True
        if _DIRECTION_BESIDE.match(right) or _ORDINAL_DAY.search(left):
            return False
        if entry.need <= 2 and _DIGIT_DAY.search(left):
            return False
        return not (entry.need == 1 and _TIME_BEFORE.search(left))

    def _is_event(self, left: str, i: int, month: int) -> bool:
        """Whether a month without a year is part of a name: «ثورة 25 يناير», «حرب أكتوبر», «هجمات 11 سبتمبر»."""
        m = _DAY_BEFORE.search(left)
        k = i - 1 - (len(m[0]) if m else 0)
        if k < 0:
            return False
        return not _flags(_lexicon().neighbours, self.form[k]).isdisjoint(("event", f"event{month}"))


_DOUBTFUL = re.compile(r"[VWMHO]")
_YEAR_BESIDE = re.compile(r"[,/-]?i?[aA]?(?:[yh])")
_DIRECTION_BESIDE = re.compile(r"[jJ]?[Pp]|i?R?A")
_SAID_MONTH = re.compile(r"[sS]$")
_ORDINAL_DAY = re.compile(r"(?:[OT]|O[eT])[i/-]$|di$|O[eT]$|l$")
_DIGIT_DAY = re.compile(r"d[/-]?$")
_TIME_BEFORE = re.compile(r"[FkjJ]$")
_DAY_BEFORE = re.compile(r"(?:I?d|O[eT]?|T)?[i/-]?s?$")


def _flags(neighbours: dict[str, frozenset[str]], form: str) -> frozenset[str]:
    """What is known of a neighbour, with or without one joined letter («وصلاة»)."""
    found = neighbours.get(form)
    if found is None and len(form) > 2 and form[0] in "وفبلك":
        found = neighbours.get(form[1:])
        if found is None and form.startswith("لل"):
            found = neighbours.get("ا" + form[1:])
    return found or frozenset()


def _number(kind: str, digits: str) -> Entry:
    """The entry of a numeric token."""
    if kind in ("date", "clock", "part"):
        return Entry({"date": "D", "clock": "C", "part": "f"}[kind], 0, digits)
    if not digits.isdigit() or len(digits) > 4:
        return Entry("n", -1, digits)
    value = int(digits)
    if len(digits) == 4:
        return Entry("h" if 1300 <= value <= 1500 else "y" if 1501 <= value <= 2199 else "0", value, digits)
    return Entry("d" if 1 <= value <= 31 and len(digits) <= 2 else "n", value, digits)
