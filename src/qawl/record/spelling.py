"""Spellings of hamza that differ by country or by mistake, made one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qawl.arabic.fold import fold

__all__ = ["repairs", "spelling"]

_HAMZA_BEFORE_WAW = re.compile("[ئء]و")


def spelling(word: str) -> str:
    """The folded word, with the accepted spellings of its hamza made one.

    «شئون» and «شؤون», «رءوس» and «رؤوس», «هيأة» and «هيئة», «شيئ» and «شيء», «مبادىء» and «مبادئ» are each one.

    Parameters
    ----------
    word : str
        A word as written, or already folded.

    Returns
    -------
    str
        What the vocabulary knows words by.
    """
    word = _HAMZA_BEFORE_WAW.sub("ؤو", word)
    if word.endswith(("يأة", "يأه")):
        word = word[:-2] + "ئة"
    if word.endswith("ىء"):
        word = word[:-2] + "ئ"
    elif word.endswith("يء"):
        word = word[:-1] + "ئ"
    return fold(word)


# What is wrong, and what is tried instead, in this order.
_REPAIRS = (
    (re.compile("ا$"), "اء"),  # «وزرا»
    (re.compile("يي$"), "ي"),  # «شاطيء»
    (re.compile("ي$"), "يي"),  # «بري» (بريء)
    (re.compile("ا[يو](?=.)"), "اء"),  # «قرائة», «تفائل» stay what they are where they are known
    (re.compile("اء(?=.)"), "اي"),  # «مساءل»
    (re.compile("(?<=..)و(?=.)"), "وو"),  # «مسول» (مسؤول)
    (re.compile("ء"), ""),  # «جاءزة»
)


def repairs(form: str) -> Iterator[str]:
    """What a word that is not known may be a misspelling of: its hamza missing, added or on another seat.

    Parameters
    ----------
    form : str
        As `spelling` gives it.

    Yields
    ------
    str
        As `spelling` gives it: «وزراء» for «وزرا», «مسوول» for «مسول».
    """
    for pattern, written in _REPAIRS:
        repaired = pattern.sub(written, form, count=1)
        if repaired != form:
            yield repaired
