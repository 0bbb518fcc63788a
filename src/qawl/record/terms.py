"""The index terms of a text: one key for each word, the same for its inflected, joined and misspelt forms.

A key is a folded word without clitics, in its base form («للوزراء» → «وزير»). It holds letters and digits only; a
tatweel, which no folded word has, marks the keys of verbs («قالوا» → «قالـ») and joins the halves of decimals.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.fold import fold
from qawl.record.analysis import is_function_word as _is_function_word
from qawl.record.analysis import readings, word_key
from qawl.record.spelling import spelling

__all__ = ["Term", "is_function_word", "prefixes", "query_keys", "split_words", "term_keys", "terms"]

_LONGEST = 40  # letters of a key: the longest word in news has some twenty
# Vowel marks, tatweel, direction and zero-width characters, as they stand inside words.
_MARKS = (
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_WORD = re.compile(
    # A number with its thousands and decimals, after a clitic or not («بـ3.5», «و1,200»); but «4/11» is two numbers.
    rf"[وفبلك]?ـ?(?:\d{{1,3}}(?:[,٬]\d{{3}})+(?:[.٫]\d+)?(?!\w)|\d+[.٫]\d+(?![.٫]?\w)|\d+(?![^\W_]))"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*"
)
_SEPARATORS = str.maketrans({",": "", "٬": "", ".": "ـ", "٫": "ـ"})
# Letters that analysis needs to see as written; all others are folded before it.
_WRITTEN = frozenset("أإآؤئىة")
_ARABIC = re.compile("[ء-غف-ي]")
_NUMBER = re.compile(r"[وفبلك]?ـ?(\d[\d,٬.٫]*)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text.

    Parameters
    ----------
    key : str
        What it is found by.
    start, end : int
        Where it stands, in code points of the text.
    """

    key: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    """The words of a text with their keys and places.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Term
        In order, one for each word; the position of a word is its index in the list.
    """
    found = ((_key(match[0]), match) for match in _WORD.finditer(text))
    return [Term(key, match.start(), match.end()) for key, match in found if key]


def term_keys(text: str) -> list[str]:
    """The keys of the words of a text, as `terms` gives them: what is indexed.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        In order, one for each word, each of at most 40 letters.
    """
    return [key for key in map(_key, _WORD.findall(text)) if key]


def split_words(text: str) -> list[str]:
    """The words of a text that have a key, as written."""
    return [word for word in _WORD.findall(text) if _key(word)]


@lru_cache(maxsize=1 << 17)
def query_keys(word: str) -> tuple[str, ...]:
    """What a word of a query is looked up by.

    Parameters
    ----------
    word : str
        One word, from `split_words`.

    Returns
    -------
    tuple of str
        The key that a text has for the word, then those of its other plausible readings.
    """
    key = _key(word)
    plain = _plain(word)
    if not _ARABIC.search(plain):
        return (key,)
    return tuple(dict.fromkeys([key, *(other[:_LONGEST] for other in readings(plain))]))


def prefixes(word: str) -> tuple[str, ...]:
    """What the keys of words that start with `word` start with: it, folded, and it without the article."""
    plain = spelling(_plain(word))[:_LONGEST]
    bare = plain[2:] if plain.startswith(("ال", "لل")) else plain
    return tuple(dict.fromkeys(start for start in (bare, plain) if len(start) > 1))


def is_function_word(word: str) -> bool:
    """Whether a query can do without the word («في», «وعلى»)."""
    return bool(_ARABIC.search(word)) and _is_function_word(_plain(word))


@lru_cache(maxsize=1 << 18)
def _key(word: str) -> str:
    plain = _plain(word)
    return (word_key(plain) if _ARABIC.search(plain) else plain)[:_LONGEST]


def _plain(word: str) -> str:
    """The word in the letters of keys, its hamzas and ta marbuta still as written; numbers in ASCII digits."""
    if number := _NUMBER.fullmatch(word):
        return fold(number[1].rstrip(",٬.٫")).translate(_SEPARATORS)
    if word.isascii():
        return word.lower()
    # Marks are dropped once letters are composed, so that alef with a combining hamza is «أ».
    return "".join(_fold_letter(c) for c in unicodedata.normalize("NFKC", word) if c.isalpha() or c.isdecimal())


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    """The letter in keys: «أ» as it is, é as e; some letters are several, such as ß."""
    if letter in _WRITTEN:
        return letter
    folded = unicodedata.normalize("NFKD", fold(letter).casefold()).casefold()
    return "".join(c for c in folded if c.isalpha() or c.isdecimal())
