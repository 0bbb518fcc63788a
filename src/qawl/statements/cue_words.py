"""Cue words: verbs, participles and verbal nouns that attribute, read from ``cues.tsv`` and inflected.

All keys are folded (`qawl.arabic.fold.fold`), so spelling variants and vowel marks make no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from qawl.arabic.conjugation import (
    Features,
    Form,
    Inflected,
    masdar_forms,
    participle_forms,
    past_forms,
    present_forms,
)
from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import ACTS, Act, DataError

__all__ = [
    "CLASSES",
    "SUFFIXES",
    "Cue",
    "CueForm",
    "cue_forms",
    "cues",
    "lookup",
    "read_act",
    "read_rows",
    "read_strength",
]

CLASSES = frozenset({
    "say", "state", "announce", "ask", "reply", "evaluate", "demand", "order", "support", "condemn", "accuse",
    "reject", "deny", "warn", "commit", "express", "predict", "admit", "convey", "document", "impersonal", "light",
})  # fmt: skip
"""What a cue can be. ``impersonal`` cues have no source of their own («قيل إن»); ``light`` verbs are cues only as
part of a phrase («وجه انتقادات»)."""

_CUE_COLUMNS = (
    "lemma", "past", "past2", "present", "present2", "participle", "masdar", "class", "complements", "act", "act_by",
    "strength", "requires", "homographs", "note",
)  # fmt: skip
_SIMPLE = frozenset({"ann", "colon", "quote", "np"})


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A cue's entry in the lexicon.

    Parameters
    ----------
    lemma : str
        Dictionary form, not folded (``أكد``).
    kind : str
        Its class, one of `CLASSES`.
    complements, requires : frozenset of str
        What it governs, and what must follow for it to count (empty: nothing must): ``ann`` a clause with
        أن or إن, ``colon``, ``quote``, ``np`` a noun phrase, ``prep:X`` a preposition, ``np+prep:X``,
        ``np+ann`` or ``np+np`` two of them.
    act : Act
        What it does unless its complement or content says otherwise.
    act_by : Mapping of str to Act
        The act by complement (``{"prep:ب": "support"}``).
    strength : float
        Chance from 0 to 1 that a finite form of it in running text is a reporting cue.
    homographs : Mapping of str to float
        The strength of those forms that are spelt like a commoner word (``قبل``, ``بحث``), folded, without
        conjunction, and without its other proclitics if the likeness does not depend on them.
    """

    lemma: str
    kind: str
    complements: frozenset[str]
    requires: frozenset[str]
    act: Act
    act_by: Mapping[str, Act]
    strength: float
    homographs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CueForm:
    """One reading of a surface form.

    Parameters
    ----------
    lemma : str
        Dictionary form, not folded.
    form : Form
        ``past``, ``present``, ``participle`` or ``masdar``.
    person : int
        1, 2 or 3.
    gender : str
        ``m``, ``f`` or ``""``.
    number : str
        ``s``, ``d``, ``p`` or ``""``.
    suffix : str
        Attached object or possessive pronoun, folded; ``""`` if none.
    entry : Cue
        Its entry.
    accusative : bool
        Whether a tanwin alef is written («قائلا»).
    strength : float
        Of its entry, or its own if it is spelt like a commoner word.
    """

    lemma: str
    form: Form
    person: int
    gender: Literal["m", "f", ""]
    number: Literal["s", "d", "p", ""]
    suffix: str
    entry: Cue
    accusative: bool = False
    strength: float = 0.0


def read_rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table of the lexicon; `DataError` if it has other columns."""
    rows = read_table(name)
    if rows and tuple(rows[0]) != columns:
        raise DataError(f"{name}: the columns are not {' '.join(columns)}")
    return rows


def read_act(value: str, where: str) -> Act:
    """An act from a cell; `DataError` naming `where` if it is none."""
    if value not in ACTS:
        raise DataError(f"{where}: no such act: {value!r}")
    return value


def read_strength(value: str, where: str) -> float:
    """A strength from a cell; `DataError` naming `where` if it is no number from 0 to 1."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise DataError(f"{where}: strength is not from 0 to 1: {value!r}")
    return number


def _set(value: str, where: str) -> frozenset[str]:
    found = frozenset(value.split("|")) if value else frozenset()
    for item in found:
        if not all(part in _SIMPLE or part.startswith("prep:") for part in item.split("+")):
            raise DataError(f"{where}: no such complement: {item!r}")
    return found


def _cue(row: dict[str, str]) -> Cue:
    lemma = row["lemma"]
    where = f"cues.tsv: {lemma}"
    if row["class"] not in CLASSES:
        raise DataError(f"{where}: no such class: {row['class']!r}")
    return Cue(
        lemma=lemma,
        kind=row["class"],
        complements=_set(row["complements"], where),
        requires=_set(row["requires"], where),
        act=read_act(row["act"], where),
        act_by=MappingProxyType({key: read_act(value, where) for key, value in _pairs(row["act_by"])}),
        strength=read_strength(row["strength"], where),
        homographs=MappingProxyType({key: read_strength(value, where) for key, value in _pairs(row["homographs"])}),
    )


def _pairs(value: str) -> list[tuple[str, str]]:
    """The pairs of ``a=b|c=d``."""
    return [(key, rest) for key, _, rest in (pair.partition("=") for pair in value.split("|") if pair)]


def _inflect(row: dict[str, str]) -> list[Inflected]:
    forms: list[Inflected] = []
    if row["past"]:
        forms += past_forms(row["past"], row["past2"])
    if row["present"]:
        forms += present_forms(row["present"], row["present2"])
    if row["class"] == "impersonal":
        # Only «قيل», «يقال», «أعلنت»: no persons, no objects.
        return [f._replace(bound=False) for f in forms if f.alone and f.features[1] == 3 and f.features[3] == "s"]
    for participle in filter(None, row["participle"].split("|")):
        forms += participle_forms(participle)
    for masdar in filter(None, row["masdar"].split("|")):
        forms += masdar_forms(masdar)
    return forms


@cache
def _index() -> tuple[tuple[Cue, ...], Mapping[str, list[tuple[Cue, Inflected]]]]:
    """The entries, and all forms by folded spelling, those that stand only before a suffix among them."""
    entries: list[Cue] = []
    forms: list[tuple[Cue, Inflected]] = []
    for row in read_rows("cues.tsv", _CUE_COLUMNS):
        cue = _cue(row)
        entries.append(cue)
        forms += [(cue, inflected) for inflected in _inflect(row)]
    table: defaultdict[str, list[tuple[Cue, Inflected]]] = defaultdict(list)
    # Folding them all at once is several times as quick as one by one.
    keys = fold("\n".join([inflected[0] for _, inflected in forms])).split("\n")
    for key, reading in zip(keys, forms, strict=True):
        table[key].append(reading)
    return tuple(entries), MappingProxyType(table)


def cues() -> tuple[Cue, ...]:
    """All entries of the lexicon, in the order of the file.

    Raises
    ------
    DataError
        If the data file is missing or malformed.
    """
    return _index()[0]


def _form(cue: Cue, features: Features, rest: str, proclitic: str = "", suffix: str = "") -> CueForm:
    form, person, gender, number, accusative = features
    strength = cue.strength
    if cue.homographs:
        # With its proclitic, too: «بحث» is a word of its own, not ب + حث.
        strength = cue.homographs.get(proclitic + rest, cue.homographs.get(rest, strength))
    return CueForm(cue.lemma, form, person, gender, number, suffix, cue, accusative, strength)


@cache
def cue_forms() -> Mapping[str, tuple[CueForm, ...]]:
    """All forms that stand alone, without proclitics and pronoun suffixes.

    Returns
    -------
    Mapping of str to tuple of CueForm
        By folded spelling. `lookup` also takes clitics off.
    """
    found = {
        key: tuple(dict.fromkeys(_form(cue, i.features, key) for cue, i in readings if i.alone))
        for key, readings in _index()[1].items()
    }
    return MappingProxyType({key: forms for key, forms in found.items() if forms})


# No second person and no «my»: they stand in addresses, not in reports, and make many false forms (الحكم, شكري).
SUFFIXES = ("هما", "ها", "هم", "هن", "ني", "نا", "ه")
_NOMINAL = frozenset({"participle", "masdar"})
_MASDAR = frozenset({"masdar"})
_PRESENT = frozenset({"present"})
_PRESENT_OR_MASDAR = frozenset({"present", "masdar"})
_ANY = frozenset({"past", "present", "participle", "masdar"})
_CONJUNCTIONS = ("", "و", "ف")
# A proclitic and the forms it goes with: س future, ل purpose clause or preposition, ب ك prepositions, ال article.
_PROCLITICS: tuple[tuple[str, frozenset[str]], ...] = (
    ("", _ANY), ("س", _PRESENT), ("ل", _PRESENT_OR_MASDAR), ("ب", _MASDAR), ("ك", _MASDAR), ("ال", _NOMINAL),
    ("لل", _NOMINAL), ("بال", _NOMINAL), ("كال", _NOMINAL),
)  # fmt: skip
# All that is taken off, the proclitic in it without the conjunction, and the forms it goes with.
_CLITICS = tuple(
    sorted(((c + p, p, forms) for c in _CONJUNCTIONS for p, forms in _PROCLITICS), key=lambda entry: len(entry[0]))
)


@lru_cache(maxsize=1 << 16)
def lookup(folded_word: str) -> tuple[tuple[CueForm, str], ...]:
    """The readings of a word as a form of a cue.

    Parameters
    ----------
    folded_word : str
        One word, folded.

    Returns
    -------
    tuple of (CueForm, str)
        Each with the proclitics that were taken off (``""``, ``و``, ``ف``, ``س``, ``ول``, ``بال``, …);
        fewest clitics first («ورد»: ورد before و + رد). Empty if it is no form of a cue.
    """
    found: dict[tuple[CueForm, str], None] = {}
    for clitic, proclitic, forms in _CLITICS:
        if not folded_word.startswith(clitic):
            continue
        rest = folded_word[len(clitic) :]
        if len(rest) < 2:
            continue
        for form in _readings(rest, proclitic, forms):
            found[form, clitic] = None
    return tuple(found)


def _readings(rest: str, proclitic: str, forms: frozenset[str]) -> Iterator[CueForm]:
    """The readings of a word whose proclitics were taken off, those without a suffix first."""
    table = _index()[1]
    definite = proclitic.endswith(("ال", "لل"))
    for cue, (_, features, alone, _) in table.get(rest, ()):
        # The article excludes tanwin: «المؤكدا» is no word.
        if alone and features.form in forms and not (definite and features.accusative):
            yield _form(cue, features, rest, proclitic)
    if definite:
        return
    for suffix in SUFFIXES:
        if not rest.endswith(suffix):
            continue
        for cue, (_, features, _, bound) in table.get(rest[: -len(suffix)], ()):
            if bound and features.form in forms and not (suffix == "ني" and features.form == "masdar"):
                yield _form(cue, features, rest, proclitic, suffix)
