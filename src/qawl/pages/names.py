"""The names that datelines and source lines are made of: agencies, outlets, places, and what stands beside them.

All come from data files; lookups go by the folded form, so that «أسوشيتد» and «اسوشيتد» are one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table

__all__ = ["Known", "NameKind", "agency_named", "key", "known_names", "outlet_of", "unsigned"]

NameKind = Literal["agency", "outlet", "place", "state", "label", "byline"]
"""``state`` is a state, a region or a continent, ``place`` what lies in one. ``label`` stands where an agency would
(«خاص», «متابعات»); ``byline`` announces a person («كتب», «تقرير»)."""

# The later kind wins where two files know a name: «الرياض» is a city before it is a newspaper.
_ORDER: tuple[NameKind, ...] = ("outlet", "state", "place", "byline", "label", "agency")
_CAPITAL = re.compile(r"^(?:العاصمة|مدينة) | العاصمة$")
_SIGNS = re.compile(r"[^\w ]+")


class Known(NamedTuple):
    """A name that a dateline may hold."""

    kind: NameKind
    name: str


def key(words: str) -> str:
    """`words` folded, without punctuation: what two spellings of a name share (``أ.ف.ب`` → ``ا ف ب``)."""
    return unsigned(fold(words))


def unsigned(folded: str) -> str:
    """A folded text without punctuation and with single spaces."""
    return " ".join(_SIGNS.sub(" ", folded).split())


@cache
def known_names() -> dict[str, Known]:
    """Every known name by its `key`."""
    found: dict[NameKind, dict[str, str]] = {kind: {} for kind in _ORDER}
    for row in read_table("agencies"):
        for form in (row["name"], *row["forms"].split("|"), *row["latin"].split("|")):
            found["agency"].setdefault(key(form), row["name"])
    for row in read_table("outlets"):
        for form in (row["name"], *row["forms"].split("|")):
            found["outlet"].setdefault(key(form), row["name"])
    for row in read_table("places"):
        kind: NameKind = "place" if row["kind"] in ("city", "capital", "territory") else "state"
        for form in (row["name"], *row["variants"].split("|")):
            found[kind].setdefault(key(form), row["name"])
            # «تونس العاصمة»: a dateline writes the capital with the state's name alone.
            if row["kind"] == "capital" and (bare := _CAPITAL.sub("", form)) != form:
                found["place"].setdefault(key(bare), row["name"])
    for row in read_table("furniture"):
        if row["form"] in ("label", "byline"):
            found["label" if row["form"] == "label" else "byline"].setdefault(key(row["text"]), row["text"])
    names = {k: Known(kind, name) for kind in _ORDER for k, name in found[kind].items()}
    names.pop("", None)
    return names


def agency_named(words: str) -> str:
    """The agency that `words` name, or ``""``."""
    known = known_names().get(key(words))
    return known.name if known is not None and known.kind == "agency" else ""


@cache
def _hosts() -> dict[str, str]:
    return {row["host"]: row["name"] for row in read_table("outlets")}


def outlet_of(url: str) -> str:
    """The name of the outlet that publishes at `url`; ``""`` if it is not known.

    Parameters
    ----------
    url : str
        Any string; one that is no URL gives ``""``.
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    hosts = _hosts()
    while host:
        if host in hosts:
            return hosts[host]
        host = host.partition(".")[2]
    return ""
