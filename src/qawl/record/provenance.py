"""Which data a reading was made with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

__all__ = ["model_version"]

_DIGITS = 12
_KINDS = (".npz", ".tsv")
_OF_SEARCH = frozenset([
    "adjectives.tsv", "broken_plurals.tsv", "exchanged_words.tsv", "news_verbs.tsv", "opposites.tsv",
    "search_words.tsv", "spelling_variants.tsv",
])  # fmt: skip
"""Tables that only the record's search and its views use: reading does not."""


@cache
def model_version() -> str:
    """The first digits of SHA-256 over all weights and lexicons that reading uses: another one reads otherwise.

    Returns
    -------
    str
        Twelve hexadecimal digits.
    """
    digest = hashlib.sha256()
    data = files("qawl").joinpath("data")
    for entry in sorted(data.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(_KINDS) and entry.name not in _OF_SEARCH:
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:_DIGITS]
