"""Inflection of Arabic verbs, active participles and verbal nouns from listed stems.

Unvowelled spelling only, and only the forms that news writes: no imperative, no second person singular (in
the past it is spelt as the first person, in the present as the third person feminine). Stems are given as
written, with their hamzas, since «هنّئ» (هنأ) and «نفي» (نفى) inflect differently although they fold alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Features", "Form", "Inflected", "masdar_forms", "participle_forms", "past_forms", "present_forms"]

Form = Literal["past", "present", "participle", "masdar"]


class Features(NamedTuple):
    """What an inflected form says of itself.

    `person` is 1, 2 or 3; `gender` ``m``, ``f`` or ``""``; `number` ``s``, ``d``, ``p`` or ``""``; `accusative`
    marks a written tanwin alef («قائلا»).
    """

    form: Form
    person: int
    gender: Literal["m", "f", ""]
    number: Literal["s", "d", "p", ""]
    accusative: bool = False


class Inflected(NamedTuple):
    """A spelling, what it says, and whether it stands alone or only before a pronoun suffix, or both."""

    surface: str
    features: Features
    alone: bool = True
    bound: bool = False


_PAST = {
    k: Features("past", int(k[0]), k[1] if k[1] in "mf" else "", k[2])  # type: ignore[arg-type]
    for k in ("3ms", "3fs", "3md", "3fd", "3mp", "3fp", "1-s", "1-p", "2mp")
}
_PRESENT = {k: f._replace(form="present") for k, f in _PAST.items()}
_PARTICIPLE = {k: f._replace(form="participle") for k, f in _PAST.items() if k[0] == "3"}
_ACCUSATIVE = _PARTICIPLE["3ms"]._replace(accusative=True)
_MASDAR = {"m": Features("masdar", 3, "m", ""), "f": Features("masdar", 3, "f", "")}


def past_forms(past: str, past2: str = "") -> Iterator[Inflected]:
    """The past tense.

    Parameters
    ----------
    past : str
        Third person masculine singular («دعا»).
    past2 : str
        Stem before consonant suffixes («دعو»); ``""`` if it is `past`.

    Yields
    ------
    Inflected
        The likeliest reading first where one spelling has several («أكدت»: she, then I).
    """
    stem = past2 or past
    weak = past[-1] in "اى"
    cut = past[:-1] if weak or past[-1] == "ي" else past
    yield Inflected(past, _PAST["3ms"], bound=past[-1] != "ى")
    if past[-1] == "ى":
        # رأى + ه is written رآه.
        yield Inflected(cut[:-1] + "آ" if cut[-1] == "أ" else cut + "ا", _PAST["3ms"], alone=False, bound=True)
    she = (cut if weak else past) + "ت"
    yield Inflected(she, _PAST["3fs"], bound=True)
    yield Inflected(she + "ا", _PAST["3fd"], bound=True)
    # هنأ + ا is written هنآ.
    yield Inflected(stem + "ا" if weak else past + "ا" if past[-1] != "أ" else cut[:-1] + "آ", _PAST["3md"], bound=True)
    for root in (cut, cut[:-1] + "ؤ") if past[-1] == "أ" else (cut,):
        yield Inflected(root + "وا", _PAST["3mp"])
        yield Inflected(root + "و", _PAST["3mp"], alone=False, bound=True)
    # A final ت or ن of the stem merges with that of the ending (أعلنّا); where that gives the bare stem, it is left out.
    if stem[-1] != "ت":
        yield Inflected(stem + "ت", _PAST["1-s"], bound=True)
    yield Inflected(stem + "ا" if stem[-1] == "ن" else stem + "نا", _PAST["1-p"], bound=True)
    if stem[-1] != "ن":
        yield Inflected(stem + "ن", _PAST["3fp"], bound=True)
    yield Inflected(stem + "تم", _PAST["2mp"])


def present_forms(present: str, present2: str = "") -> Iterator[Inflected]:
    """The present tense, indicative and subjunctive.

    The jussive is left out where it is spelt differently («لم يقل»): it stands after a negation, where nothing
    is reported, and it is short enough to be spelt like other words (يجب, نقل).

    Parameters
    ----------
    present : str
        Stem without its prefix («قول», «دعو»).
    present2 : str
        Stem before the feminine plural («قل») and, of a weak-final verb, before the plural («دع»); ``""`` if
        it is `present` (without its last letter if that is weak).

    Yields
    ------
    Inflected
        With each of the prefixes ي ت أ ن.
    """
    weak = present[-1] in "ويى"
    short = present2 or (present[:-1] if weak else present)
    open_stem = present[:-1] + "ي" if present[-1] == "ى" else present
    bound = present[:-1] + "ا" if present[-1] == "ى" else present
    for prefix, key in (("ي", "3ms"), ("ت", "3fs"), ("ن", "1-p"), ("أ", "1-s")):
        features = _PRESENT[key]
        yield _joined(prefix, present, features, bound=bound == present)
        if bound != present:
            yield _joined(prefix, bound, features, alone=False, bound=True)
    dual = open_stem[:-1] + "آ" if open_stem[-1] == "أ" else open_stem + "ا"
    plural = short if weak else present
    roots = (plural, plural[:-1] + "ؤ") if plural[-1] == "أ" else (plural,)
    for prefix, two, many in (("ي", "3md", "3mp"), ("ت", "3fd", "2mp")):
        yield Inflected(prefix + dual + "ن", _PRESENT[two], bound=True)
        yield Inflected(prefix + dual, _PRESENT[two], bound=True)
        for root in roots:
            yield Inflected(prefix + root + "ون", _PRESENT[many], bound=True)
            yield Inflected(prefix + root + "وا", _PRESENT[many])
            yield Inflected(prefix + root + "و", _PRESENT[many], alone=False, bound=True)
    women = open_stem if weak else short
    yield Inflected("ي" + women + ("" if women[-1] == "ن" else "ن"), _PRESENT["3fp"], bound=True)


def _joined(prefix: str, stem: str, features: Features, alone: bool = True, bound: bool = False) -> Inflected:
    """A prefix on a stem; أ before a stem in أ is written آ («آمر»)."""
    surface = "آ" + stem[1:] if prefix == "أ" and stem[0] == "أ" else prefix + stem
    return Inflected(surface, features, alone, bound)


def participle_forms(participle: str) -> Iterator[Inflected]:
    """The active participle.

    Parameters
    ----------
    participle : str
        Masculine singular; of a weak-final verb with its ya («داعي»).

    Yields
    ------
    Inflected
        None before a pronoun suffix: those are nouns («مؤيدوه»).
    """
    weak = participle[-1] == "ي"
    cut = participle[:-1] if weak else participle
    he = _PARTICIPLE["3ms"]
    yield Inflected(participle, he)
    if weak:
        yield Inflected(cut, he)
    yield Inflected(participle + "ا", _ACCUSATIVE)
    yield Inflected(participle + "ة", _PARTICIPLE["3fs"])
    yield Inflected(cut + "ون", _PARTICIPLE["3mp"])
    yield Inflected(cut + "ين", _PARTICIPLE["3mp"])
    yield Inflected(participle + "ان", _PARTICIPLE["3md"])
    yield Inflected(participle + "ين", _PARTICIPLE["3md"])
    yield Inflected(participle + "تان", _PARTICIPLE["3fd"])
    yield Inflected(participle + "تين", _PARTICIPLE["3fd"])
    yield Inflected(participle + "ات", _PARTICIPLE["3fp"])


def masdar_forms(masdar: str) -> Iterator[Inflected]:
    """A verbal noun.

    Parameters
    ----------
    masdar : str
        As written, singular or plural («دعوة», «تصريحات»).

    Yields
    ------
    Inflected
        Alone, with the tanwin alef, and before a pronoun suffix.
    """
    last, cut = masdar[-1], masdar[:-1]
    features = _MASDAR["f" if last in "ةى" or masdar.endswith("ات") else "m"]
    yield Inflected(masdar, features, bound=last not in "ةى")
    if last == "ة":
        yield Inflected(cut + "ت", features, alone=False, bound=True)
    elif last == "ى":
        yield Inflected(cut + "ا", features, alone=False, bound=True)
    elif last == "ء":
        # ادعاؤه, ادعائه
        yield Inflected(cut + "ؤ", features, alone=False, bound=True)
        yield Inflected(cut + "ئ", features, alone=False, bound=True)
    elif not masdar.endswith("ات"):
        yield Inflected(masdar + "ا", features._replace(accusative=True))
