"""The base forms of nouns: number, gender and case endings, irregular plurals, and a guess at unknown words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qawl.record.spelling import spelling
from qawl.record.vocabulary import Vocabulary, vocabulary

__all__ = ["Lemmas", "guess", "noun_lemmas"]

_SHORTEST = 3  # letters that an ending leaves
_PLURAL = 0.4  # an irregular plural, to its singular
_UNCOUNTED = 5.0
_LISTED = 8.0  # the least weight of a word that was counted or listed
_INFLECTED = 0.05  # an inflected form that was not counted, to its base form

Lemmas = tuple[tuple[str, float], ...]
"""Base forms with their weights, the likeliest first."""


@lru_cache(maxsize=1 << 16)
def noun_lemmas(form: str, bound: bool = False) -> Lemmas:
    """The nouns that a form without clitics may be of.

    Parameters
    ----------
    form : str
        As `spelling` gives it.
    bound : bool
        Whether a pronoun suffix follows, before which dual and plural lose their ن («لاعبيه»).

    Returns
    -------
    tuple of (str, float)
        Base form and weight; empty if no known word fits.
    """
    words = vocabulary()
    found = _lemmas(words, form, bound)
    return tuple((words.variants.get(lemma, lemma), weight) for lemma, weight in found)


def _lemmas(words: Vocabulary, form: str, bound: bool) -> Lemmas:
    weight = words.nouns.get(form, 0.0)
    if form in words.singulars:
        return _plural(words, form, weight)
    if (masculine := _masculine(words, form)) != form:
        return ((masculine, weight or _INFLECTED * words.nouns[masculine]),)
    if form in words.names or form in words.lemmas:
        return ((form, weight),)
    for base in _bases(words, form, bound):
        return ((base, weight or _INFLECTED * words.nouns.get(base, 0.0)),)
    return ((form, weight),) if weight else ()


def _plural(words: Vocabulary, form: str, weight: float) -> Lemmas:
    """The singulars of an irregular plural, and itself, if it is a base form, too («كتاب», also of كاتب)."""
    singulars = dict.fromkeys(_masculine(words, one) for one in words.singulars[form])
    expected = [(one, _PLURAL * words.nouns.get(one, 0.0)) for one in singulars]
    total = sum(often for _, often in expected)
    if form in words.masdars:
        return ((form, weight / 2), *((one, weight / 2) for one in singulars))
    if form in words.lemmas:
        own = max(weight - total, 0.0)
        return tuple(sorted([(form, own), *expected], key=lambda pair: -pair[1]))
    return tuple((one, max(weight, _UNCOUNTED) * often / (total or 1.0)) for one, often in expected)


def _masculine(words: Vocabulary, form: str) -> str:
    return spelling(form[:-1]) if form.endswith("ه") and spelling(form[:-1]) in words.adjectives else form


def _base_lemma(words: Vocabulary, base: str) -> str:
    if base in words.singulars and base not in words.lemmas:
        return words.singulars[base][0]
    return _masculine(words, base)


def _bases(words: Vocabulary, form: str, bound: bool) -> Iterator[str]:
    """The base forms of the known words that the form may be made of by an ending, the likeliest first."""
    known = words.nouns
    if form.endswith("ات") and len(form) > 4:
        yield from (_base_lemma(words, base) for base in _feminine_plural(words, form[:-2]))
    for ending in ("تين", "تان", "تا", "تي"):
        cut = form[: -len(ending)] + "ه"
        if form.endswith(ending) and len(cut) > 2 and cut in known:
            yield _masculine(words, cut)
    for ending in ("ين", "ون", "ان"):
        cut = spelling(form[: -len(ending)])
        if form.endswith(ending) and len(form) >= _SHORTEST + 2 and _inflects(words, cut, form, ending):
            yield cut
    cut = spelling(form[:-1])
    if len(form) <= _SHORTEST or cut not in known:
        return
    people = cut in words.adjectives or (cut[0] == "م" and len(cut) > 4 and cut not in words.names)
    # «مسؤولي الأمن», «لاعبوه»: people, or the dual before a suffix; else ي is that of the adjective («إقليمي»).
    if form[-1] in "يو" and form not in known and (people or bound):
        yield cut
    # A tanwin never goes with the article («فيلا» is no فيل).
    if (form[-1] == "ا" and form not in words.definite) or (form.endswith("يه") and form not in known):
        yield _base_lemma(words, cut)


def _inflects(words: Vocabulary, base: str, form: str, ending: str) -> bool:
    """Whether the form may be a dual or plural of the base, and not a word of its own («كرتون», «إمكان»)."""
    weight = words.nouns.get(base, 0.0)
    if not weight or base in words.functions:
        return False
    if form not in words.definite:
        return True
    return weight >= words.nouns[form] if ending == "ان" else weight >= _LISTED


def _feminine_plural(words: Vocabulary, cut: str) -> Iterator[str]:
    """«كبيرات» is of كبير, «شركات» of شركة though شرك is a word, «مشروعات» of مشروع though مشروعة is."""
    known = words.nouns
    if cut in words.adjectives and cut + "ه" not in words.lemmas:
        yield cut
    masculine, feminine = known.get(cut, 0.0), known.get(cut + "ه", 0.0)
    if masculine and (not feminine or (len(cut) > 3 and masculine > 2 * feminine)):
        yield cut
    if feminine:
        yield cut + "ه"


_CONJUNCTION = re.compile("^و(?=.{4}|[أإآ])")
_ARTICLE = re.compile("^(?:[بكف]?ال|لل)(?=.{3})")
_PREPOSITION = re.compile("^[بلك](?=[أإآ]..)")


def guess(word: str) -> str:
    """The base form of a word that is not known: without clitics and endings that are safe to take off.

    Parameters
    ----------
    word : str
        Letters and digits, its hamzas and ta marbuta as written.

    Returns
    -------
    str
        At least three letters of it, or all.
    """
    rest = _CONJUNCTION.sub("", word)
    bare = _ARTICLE.sub("", rest)
    form = spelling(bare if bare != rest else _PREPOSITION.sub("", rest))
    if len(form) > 5 and form.endswith(("يه", "يون", "يين", "يات")):
        return form[:-1] if form[-1] == "ه" else form[:-2]
    if len(form) > 5 and form.endswith(("ات", "ين", "ون", "ها", "هم")):
        return form[:-2]
    return form[:-1] if len(form) > 4 and form[-1] == "ا" else form
