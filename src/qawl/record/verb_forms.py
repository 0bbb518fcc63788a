"""Every form of the verbs that the record's search knows, and how often it is met, about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from statistics import median_low
from typing import NamedTuple

from qawl.arabic.conjugation import Features, past_forms, present_forms
from qawl.arabic.tables import read_table
from qawl.record.spelling import spelling

__all__ = ["AMBIGUOUS_MARK", "VERB_MARK", "VerbForm", "Verbs", "read_verbs"]

VERB_MARK = "ـ"
"""Ends the key of a verb; folding drops it from texts, so that no other key has it."""

AMBIGUOUS_MARK = "ــ"
"""Ends the key of spellings that are about as likely of one word as of another."""

AMBIGUOUS = 0.15
"""How likely the less likely word must be, beside the likelier one, for that."""

_UNCOUNTED = 300.0  # all forms of a verb that was not counted
# What part of all forms of a verb each of these is, about, in news.
_THIRD_PERSON = {("past", "m"): 0.3, ("past", "f"): 0.2, ("present", "m"): 0.25, ("present", "f"): 0.15}
_OTHER = 0.02  # each of the others in the third person
_RARE = 0.004  # in the first and second, the dual, and the feminine plural
_SPELT_OTHERWISE = 0.01  # jussives and passives


class VerbForm(NamedTuple):
    """A verb that a spelling may be a form of.

    Parameters
    ----------
    key : str
        The verb: its past, and `VERB_MARK`.
    weight : float
        How often the spelling is met as a form of it, in the 30,000 articles that were counted.
    present, alone, bound : bool
        Whether it is of the present tense, stands without a pronoun suffix, and stands with one.
    """

    key: str
    weight: float
    present: bool
    alone: bool
    bound: bool


class Verbs(NamedTuple):
    """The verbs of the lists.

    Parameters
    ----------
    forms : dict
        Spelling to the verbs that it may be a form of, the likeliest first.
    relatives : dict
        Verbs often share the present tense («يدين»: أدان, دان), whose forms then have a key of their own: the key of
        each such verb to those of the tenses it shares, and the key of such a tense to those of its verbs.
    """

    forms: dict[str, tuple[VerbForm, ...]]
    relatives: dict[str, frozenset[str]]


class _Form(NamedTuple):
    share: float
    present: bool
    alone: bool
    bound: bool

    def joined(self, other: _Form) -> _Form:
        return _Form(
            max(self.share, other.share),
            self.present or other.present,
            self.alone or other.alone,
            self.bound or other.bound,
        )


def read_verbs(nouns: Container[str]) -> Verbs:
    """The verbs of ``cues.tsv`` and ``news_verbs.tsv`` with their forms.

    Parameters
    ----------
    nouns : container of str
        Words that are counted as nouns: their counts say nothing of the verbs that are spelt like them.

    Returns
    -------
    Verbs
        All of them.
    """
    counts = {spelling(row["word"]): float(row["count"]) for row in read_table("verbs")}
    counts = {form: count for form, count in counts.items() if form not in nouns}
    # The stems of one verb may stand in several rows («وقع»: وقع, وقّع), which the key joins.
    found: dict[str, dict[str, VerbForm]] = defaultdict(dict)
    presents: dict[str, set[str]] = defaultdict(set)
    for past, past2, present, present2 in _verbs():
        key = spelling(past) + VERB_MARK
        presents[key].add(spelling(f"ي{present}"))
        forms = _forms(past, past2, present, present2)
        # The median, since one form may be out of all proportion («يمكن», of أمكن).
        totals = [
            counts[surface] / form.share for surface, form in forms.items() if surface in counts and form.share > _OTHER
        ]
        total = median_low(totals) if totals else _UNCOUNTED
        for surface, form in forms.items():
            verb = VerbForm(key, total * form.share, form.present, form.alone, form.bound)
            found[surface][key] = max(verb, found[surface].get(key, verb))
    out: dict[str, tuple[VerbForm, ...]] = {}
    relatives: dict[str, set[str]] = defaultdict(set)
    for surface, verbs in found.items():
        out[surface] = tuple(sorted(verbs.values(), key=lambda verb: -verb.weight))
        if tense := _shared(out[surface], presents):
            out[surface] = (tense, *out[surface])
            for verb in verbs.values():
                if verb.present and tense.key.removesuffix(AMBIGUOUS_MARK) in presents[verb.key]:
                    relatives[verb.key].add(tense.key)
                    relatives[tense.key].add(verb.key)
    return Verbs(out, {key: frozenset(others) for key, others in relatives.items()})


def _shared(verbs: tuple[VerbForm, ...], presents: dict[str, set[str]]) -> VerbForm | None:
    """The tense that the likeliest verb shares with others that are about as likely, as one verb."""
    first = verbs[0]
    for present in sorted(presents[first.key]):
        sharing = [
            v for v in verbs if present in presents[v.key] and v.present and v.weight >= AMBIGUOUS * first.weight
        ]
        if first.present and len(sharing) > 1:
            return first._replace(key=present + AMBIGUOUS_MARK, weight=sum(v.weight for v in sharing))
    return None


def _verbs() -> Iterator[tuple[str, str, str, str]]:
    """The stems of each verb: past, past2, present, present2."""
    for row in read_table("cues"):
        if row["past"] and row["class"] != "impersonal":  # those are passives of the others
            yield row["past"], row["past2"], row["present"], row["present2"]
    for row in read_table("news_verbs"):
        past = row["past"]
        cut = past[1:] if past[0] in "أا" and len(past) > 3 else past
        yield past, row["past2"], row["present"] or cut, row["present2"]


def _forms(past: str, past2: str, present: str, present2: str) -> dict[str, _Form]:
    out: dict[str, _Form] = {}
    for written, form in _paradigm(past, past2, present, present2):
        surface = spelling(written)
        out[surface] = out[surface].joined(form) if surface in out else form
    return out


def _paradigm(past: str, past2: str, present: str, present2: str) -> Iterator[tuple[str, _Form]]:
    for form in past_forms(past, past2):
        yield form.surface, _Form(_share(form.features), False, form.alone, form.bound)
    if present:
        for form in present_forms(present, present2):
            yield form.surface, _Form(_share(form.features), True, form.alone, form.bound)
        for surface, is_present in _spelt_otherwise(past, present, present2):
            yield surface, _Form(_SPELT_OTHERWISE, is_present, True, is_present)


def _share(features: Features) -> float:
    if features.person != 3 or features.number == "d" or (features.number, features.gender) == ("p", "f"):
        return _RARE
    return _OTHER if features.number == "p" else _THIRD_PERSON[features.form, features.gender]


def _spelt_otherwise(past: str, present: str, present2: str) -> Iterator[tuple[str, bool]]:
    """Jussives («لم يقل») and passives («قيل», «يدان», «دعي») spelt otherwise, and whether they are present."""
    if len(present2) > 1:
        yield from ((prefix + present2, True) for prefix in "يت")
    if past[-2] == "ا" and present[-2:-1] in ("و", "ي", "ا"):
        yield from ((f"{past[:-2]}ي{past[-1]}{ending}", False) for ending in ("", "ت", "وا"))
        yield from ((f"{prefix}{present[:-2]}ا{present[-1]}", True) for prefix in "يت")
    elif past[-1] == "ا":
        yield from ((past[:-1] + ending, False) for ending in ("ي", "يت"))
