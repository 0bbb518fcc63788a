"""The base form of an Arabic word: clitics, inflection and spelling variants are looked through.

An unvowelled word has several readings: «وقف» is a noun, a verb, or و with a verb. Each reading whose stem is known is
weighed by how often the stem and its clitics are met, a unigram model of segmentation (the task is that of Monroe,
Green and Manning 2014, "Word Segmentation of Informal Arabic with Domain Adaptation"); the best one gives the key.
Where noun and verb are about as likely, the spelling has a key of its own, and a query for either asks for it, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from qawl.record.inflection import Lemmas, guess, noun_lemmas
from qawl.record.spelling import repairs, spelling
from qawl.record.verb_forms import AMBIGUOUS, AMBIGUOUS_MARK, VerbForm
from qawl.record.vocabulary import vocabulary

__all__ = ["is_function_word", "readings", "word_key"]

# How often a word has the clitic, about, in news; of the suffixes, how often a word that can have one.
_CONJUNCTIONS = (("", 1.0), ("و", 0.06), ("ف", 0.006))
_PREPOSITIONS = (("", 1.0), ("ب", 0.03), ("ل", 0.03), ("ك", 0.002))
_ENCLITICS = {
    "ه": 0.03, "ها": 0.03, "هم": 0.01, "نا": 0.005, "هما": 0.001, "هن": 0.0005, "ي": 0.001, "كم": 0.0005, "ك": 0.0005,
}  # fmt: skip
_VERB_ENCLITICS = {**_ENCLITICS, "ني": 0.001, "ي": 0.0}
_FUTURE = 0.05
_SUBJUNCTIVE = 0.01  # of ل before a present verb («ليكون»)
_ARTICLE = 0.3  # with the article, to without it, where it was not counted
_MOSTLY_DEFINITE = 5.0  # and at most: «التقى» is not the adjective تقي with the article
_NO_DOTS = 0.05  # ه for ة
_WRONG_YA = 0.01  # ى for ي
_FUNCTION = 20000.0  # how often a function word is met, about
_HAMZA_INSIDE = 20.0  # «وأعلن»: a hamza on alef after a clitic letter is most often the first letter of the word
_PLAUSIBLE = 0.08  # as AMBIGUOUS, for a query to ask for it, too
_MOST_READINGS = 8
_MOST_FORMS = 3  # ambiguous spellings that a query for one key asks for
_LEAST = 15.0  # how often one must be met for that


class _Reading(NamedTuple):
    weight: float
    key: str
    stem: str
    tense: str = ""  # "present" or "past", of a verb


def is_function_word(word: str) -> bool:
    """Whether a word, as for `word_key`, is a function word, with a conjunction or not."""
    form = spelling(word)
    return _is_function(word, form) or (form[0] in "وف" and len(form) > 1 and _is_function(word[1:], form[1:]))


def _is_function(word: str, form: str) -> bool:
    starts = vocabulary().functions.get(form, "")
    return starts != "" and word[-1] != "ة" and (word[0] not in "أإآ" or word[0] in starts)


def _function_key(form: str) -> str:
    """Its key; marked where it is also that of a noun («إليه», «آلية»)."""
    return form + AMBIGUOUS_MARK if form in vocabulary().lemmas else form


def word_key(word: str) -> str:
    """The key of a word.

    Parameters
    ----------
    word : str
        Letters and digits, its hamzas and ta marbuta as written.

    Returns
    -------
    str
        Its base form, folded.
    """
    found = _readings(word)
    if not found:
        return guess(word)
    return found[0].stem + AMBIGUOUS_MARK if len(_rivals(found)) > 1 else found[0].key


def _rivals(found: tuple[_Reading, ...]) -> list[str]:
    """The keys of the best reading and of those one cannot tell from it: noun and verb, two nouns of one plural."""
    best = found[0]
    keys = [best.key]
    for r in found[1:]:
        # Verbs that share a tense («يخرج»: خرج, أخرج) share most of it: the commoner one stands for both there.
        same_tense = best.tense and r.tense == best.tense
        if r.weight >= AMBIGUOUS * best.weight and r.stem == best.stem and not same_tense:
            keys.append(r.key)
    return keys


def readings(word: str) -> tuple[str, ...]:
    """The keys that texts may have for a word or its other forms.

    Parameters
    ----------
    word : str
        As for `word_key`.

    Returns
    -------
    tuple of str
        Those of its plausible readings, and of ambiguous spellings of their forms, the likeliest first.
    """
    found = _readings(word)
    if not found:
        return tuple(word_key(letter + word) for letter in "بلفك")
    keys: dict[str, None] = dict.fromkeys(r.key for r in found if r.weight >= _PLAUSIBLE * found[0].weight)
    for key in _rivals(found):
        keys.update(dict.fromkeys(sorted(vocabulary().relatives.get(key, ()))))
        keys.update(dict.fromkeys(_ambiguous_forms().get(key, ())))
    if word[-1] == "ه":
        keys[word_key(word[:-1] + "ة")] = None  # the dots are often left out in what is typed
    return tuple(keys)[:_MOST_READINGS]


@cache
def _ambiguous_forms() -> dict[str, tuple[str, ...]]:
    """For a key, the spellings of its forms that are keys of their own, the commonest first."""
    words = vocabulary()
    out: dict[str, list[tuple[float, str]]] = defaultdict(list)
    often = {form for form, verbs in words.verbs.items() if verbs[0].weight > AMBIGUOUS * _LEAST}
    for form in often | words.singulars.keys():
        found = [_Reading(weight, lemma, form) for lemma, weight in noun_lemmas(form)]
        found += [_verb(verb, form) for verb in words.verbs.get(form, ()) if verb.alone]
        found.sort(key=lambda r: (-r.weight, r.key))
        rivals = _rivals(tuple(found)) if found and found[0].weight > _LEAST else ()
        if len(rivals) > 1:
            for key in rivals:
                out[key].append((-found[0].weight, form + AMBIGUOUS_MARK))
    return {key: tuple(form for _, form in sorted(forms)[:_MOST_FORMS]) for key, forms in out.items()}


@lru_cache(maxsize=1 << 15)
def _readings(word: str) -> tuple[_Reading, ...]:
    """The readings with known stems, the likeliest first."""
    form = spelling(word)
    words = vocabulary()
    if _is_function(word, form):
        return (_Reading(1.0, _function_key(form), form),)
    out: dict[tuple[str, str], _Reading] = {}
    for reading in list(_joined(word, form)) or _repaired(form):
        if word.endswith("ى") and reading.key in words.in_ya:
            reading = reading._replace(weight=_WRONG_YA * reading.weight)
        old = out.get((reading.key, reading.stem))
        if old is None or old.weight < reading.weight:
            out[reading.key, reading.stem] = reading
    return tuple(sorted(out.values(), key=lambda r: (-r.weight, r.key)))


def _repaired(form: str) -> Iterator[_Reading]:
    """The readings of the first known word that the form may be a misspelling of."""
    for repaired in repairs(form):
        if found := list(_joined(repaired, repaired)):
            yield from found
            return


def _joined(word: str, form: str) -> Iterator[_Reading]:
    """The readings by conjunction, then by what may follow one."""
    feminine = word.endswith("ة")
    for conjunction, chance in _CONJUNCTIONS:
        rest = form[len(conjunction) :]
        if len(rest) < 2 or not form.startswith(conjunction):
            continue
        written = word[len(conjunction) :]
        if conjunction and written[0] in "أإآ":
            chance *= _HAMZA_INSIDE
        if conjunction and _is_function(written, rest) and form not in vocabulary().wholes:
            yield _Reading(chance * _FUNCTION, _function_key(rest), rest)
        yield from _scaled(_noun_readings(rest, written), chance)
        yield from _scaled(_verb_readings(rest, feminine), chance)


def _scaled(found: Iterator[_Reading], chance: float) -> Iterator[_Reading]:
    return (r._replace(weight=r.weight * chance) for r in found)


def _noun_readings(form: str, written: str) -> Iterator[_Reading]:
    """Readings as a noun with prepositions, article and pronoun suffixes."""
    for preposition, chance in _PREPOSITIONS:
        rest = form[len(preposition) :]
        if len(rest) < 2 or not form.startswith(preposition):
            continue
        if preposition and written[1] in "أإآ":
            chance *= _HAMZA_INSIDE
        if rest.startswith("ال") and written[len(preposition)] not in "أإآ":
            yield from _scaled(_definite(rest[2:], written[len(preposition) + 2 :]), chance)
        if preposition == "ل" and rest[0] == "ل":
            yield from _scaled(_definite(rest[1:], written[2:]), chance)
        yield from _scaled(_bare(rest, written[len(preposition) :]), chance)


def _definite(stem: str, written: str) -> Iterator[_Reading]:
    counts = vocabulary().definite
    for lemma, weight in _lemmas(stem, written):
        yield _Reading(min(counts.get(stem, 0.0), _MOSTLY_DEFINITE * weight) or _ARTICLE * weight, lemma, stem)


def _lemmas(stem: str, written: str, bound: bool = False) -> Lemmas:
    """The nouns of a stem; «أعلام» is the plural of علم, «إعلام» is not, «اعلام» may be either."""
    words = vocabulary()
    found = noun_lemmas(stem, bound)
    if stem not in words.hamza_above or written[:1] not in ("أ", "إ"):
        return found
    if written[0] == "إ":
        return ((stem, found[0][1]),)
    return tuple((lemma, weight) for lemma, weight in found if lemma != stem or stem not in words.masdars)


def _bare(stem: str, written: str) -> Iterator[_Reading]:
    feminine = written.endswith("ة")
    for lemma, weight in _lemmas(stem, written):
        if stem.endswith("ه") and not feminine:
            # Now and then it is a ta marbuta without its dots; only ta marbuta goes with the article.
            weight = _NO_DOTS * min(weight, 2 * vocabulary().definite.get(stem, weight))
        yield _Reading(weight, lemma, stem)
    if feminine:
        return
    for suffix, chance in _ENCLITICS.items():
        if stem.endswith(suffix) and len(stem) - len(suffix) >= 2:
            bound = stem[: -len(suffix)]
            for free in _free_forms(bound):
                for lemma, weight in _lemmas(free, written, bound=True):
                    yield _Reading(weight * chance, lemma, free)


def _free_forms(bound: str) -> Iterator[str]:
    """How a noun that stands before a suffix may be spelt without it."""
    if not bound.endswith("ه"):
        yield bound
    if bound.endswith("ت"):
        yield bound[:-1] + "ه"
    if bound.endswith("ا"):
        yield bound[:-1] + "ي"  # «مستواه»
    if bound.endswith(("اي", "او")):
        yield bound[:-1] + "ء"  # «وزرائه», «وزراؤه»


def _verb(verb: VerbForm, stem: str, chance: float = 1.0) -> _Reading:
    return _Reading(verb.weight * chance, verb.key, stem, "present" if verb.present else "past")


def _verb_readings(form: str, feminine: bool) -> Iterator[_Reading]:
    """Readings as a finite verb with س, ل and pronoun suffixes."""
    verbs = vocabulary().verbs
    heads = [(form, 1.0, False)]
    if form[0] in "سل" and len(form) > 3:
        heads.append((form[1:], _FUTURE if form[0] == "س" else _SUBJUNCTIVE, True))
    for stem, chance, present in heads:
        for verb in verbs.get(stem, ()):
            if verb.alone and (verb.present or not present):
                yield _verb(verb, stem, chance)
        for suffix, often in () if feminine else _VERB_ENCLITICS.items():
            if often and stem.endswith(suffix) and len(stem) - len(suffix) >= 2:
                bound = stem[: -len(suffix)]
                for verb in verbs.get(bound, ()):
                    if verb.bound and (verb.present or not present):
                        yield _verb(verb, bound, chance * often)
