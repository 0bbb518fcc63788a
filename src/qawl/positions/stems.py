"""Words without what is joined to them, so that «لوقفه», «الوقف» and «وقفا» are compared as «وقف»."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qawl.arabic.fold import fold

__all__ = ["stem", "stems", "word_key"]

_SUFFIXES = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")
_SHORTEST = 3  # letters that a stem keeps
_SHORT = frozenset(["هو", "هي", "قد"])  # short words that stay words without و: «وهو»
_LONGEST = 40  # letters of a word that is looked at; the longest in news has some twenty


@lru_cache(maxsize=1 << 16)
def stems(form: str) -> tuple[str, ...]:
    """What a folded word may be without conjunction, preposition, article, pronoun suffix and tanwin.

    Which one is right is for the pattern to say: «وقف» is one word or و+قف.

    Parameters
    ----------
    form : str
        A folded word.

    Returns
    -------
    tuple of str
        Each once; the word itself first.
    """
    out = dict.fromkeys([form])
    if len(form) > _LONGEST:
        return tuple(out)
    for bare in _without_particles(form):
        out[_plural(bare)] = None
        if bare.startswith("ال") and len(bare) - 2 >= _SHORTEST - 1:
            # The article and a suffix exclude each other: «المصالحة» is not «مصالحه».
            out[_plural(bare[2:])] = None
        else:
            out.update(dict.fromkeys(_without_ending(bare)))
    return tuple(out)


def stem(form: str) -> str:
    """The barest of what a folded word may be: for telling whether two wordings share their words."""
    return min(stems(form), key=lambda s: (len(s), s))


def word_key(word: str) -> str:
    """A word of a pattern as `stems` gives it.

    Parameters
    ----------
    word : str
        In normal spelling, without article or joined particles.
    """
    return _plural(fold(word))


def _without_particles(form: str) -> list[str]:
    """The word without conjunction and preposition, in every way that leaves a stem."""
    out = [form]
    if form[0] in "وف" and (len(form) > _SHORTEST or form[1:] in _SHORT):
        out.append(form[1:])
    for word in tuple(out):
        if word.startswith("لل") and len(word) >= _SHORTEST + 1:
            out += ["ال" + word[2:], word[1:]]  # «للتفاوض», but «لليبيا»
        elif word[0] in "بلك" and len(word) > _SHORTEST:
            out.append(word[1:])
    return out


def _without_ending(word: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= _SHORTEST:
            yield _plural(rest)
            # ة is written ت before a suffix: «إدانته» is إدانة+ه.
            if rest.endswith("ت"):
                yield rest[:-1] + "ه"
    if word.endswith("ا") and len(word) > _SHORTEST:
        yield word[:-1]


def _plural(word: str) -> str:
    """The sound masculine plural in one case: «مدنيون» and «مدنيين» are compared as one."""
    return word[:-2] + "ين" if word.endswith("ون") and len(word) > _SHORTEST + 1 else word
