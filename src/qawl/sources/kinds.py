"""What a mention that names no person mentions, and how a verb agrees with it."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.model import Kind
from qawl.sources.keys import key_words
from qawl.statements.mentions import classes, is_stop
from qawl.statements.parsed import function_words, initials
from qawl.statements.people import plural_title

__all__ = ["agreement", "feminine_title", "kind_of"]

_STATES = ("state", "territory", "capital", "city", "region", "continent")
_GROUP_KINDS: tuple[Kind, ...] = ("organization", "document", "media", "unnamed", "group", "state")
_NAMES_ONLY = frozenset({"given_m", "given_f"})


def kind_of(form: list[str], words: list[int]) -> Kind:
    """What a mention that names no person mentions.

    Parameters
    ----------
    form : list of str
        Its folded tokens.
    words : list of int
        Those of them that count: words outside brackets.

    Returns
    -------
    Kind
        ``person`` for a title without a name.
    """
    head = form[words[0]]
    known = classes(head)
    if "source:unnamed" in known and "title:office" in known and _construct_is_definite(form, words):
        return "person"  # «نائب الرئيس النوري»: an office, though its holder is not named here
    if "title" in known and plural_title(head):
        return "group"
    if len(words) > 1 and form[words[1]] == "من" and head in function_words()["quantifier"]:
        return "group"  # «فريق من الباحثين» is no general
    named = None if len(words) == 1 and "title" in known and head.startswith("ال") else _named(form, words)
    if named == "state":
        return "state"
    if "title" not in known:
        for kind in _GROUP_KINDS:
            if f"source:{kind}" in known:
                return _refine(kind, head)
    return named or _by_form(head, known)


def _named(form: list[str], words: list[int]) -> Kind | None:
    """The kind of a body, medium or state that the gazetteer knows by this name, but for one word at most."""
    body = gazetteer().longest_body(form, words[0], weak=len(words) == 1)
    if body is None or body[0] < len(words) - 1:
        return None
    kind = getattr(body[1], "kind", "organization")
    if kind in _STATES:
        return "state" if body[0] == len(words) or "source:organization" not in classes(form[words[0]]) else None
    return cast(Kind, kind) if kind in ("organization", "group", "media") else "media"


def _by_form(head: str, known: frozenset[str]) -> Kind:
    """The kind that the head of a mention shows by its form."""
    if "title" in known:
        if _is_plural(head) or "source:group" in known:
            return "group"
        return "unnamed" if "source:unnamed" in known and not head.startswith("ال") else "person"
    if "nisba" in known and head.endswith(("ون", "ين")):
        return "group"
    if "place" in known:
        return "state"
    return "group" if head.endswith(("ون", "ين", "ات")) and not head.startswith("ال") else "organization"


@lru_cache(maxsize=16384)
def _is_plural(form: str) -> bool:
    """Whether a word is a sound plural or dual of a title or noun: «المسؤولين», but not «الأمين»."""
    bare = key_words(form)
    if "title" in classes(form):
        return plural_title(form)
    return bare.endswith(("ون", "ين", "ان")) and bool(classes(bare[:-2])) and not classes(bare[:-2]) <= _NAMES_ONLY


def _construct_is_definite(form: list[str], words: list[int]) -> bool:
    """Whether a construct ends in a definite word: «عضو المجلس», not «عضو في المجلس», «مستشار للرئيس»."""
    if len(words) < 2 or form[words[0]].startswith("ال"):
        return False
    nxt = form[words[1]]
    if nxt == "باسم":
        return False  # «متحدث باسم الوزارة»
    return nxt.startswith("ال") or (len(words) > 2 and not is_stop(nxt) and form[words[2]].startswith("ال"))


def _refine(kind: Kind, head: str) -> Kind:
    """«المسؤول» points to somebody named before; «المصادر» are several, as «مصادر» were."""
    return "person" if kind == "unnamed" and head.startswith("ال") and not _plural_noun(head) else kind


@lru_cache(maxsize=8192)
def _plural_noun(form: str) -> bool:
    """Whether the head noun of a source is plural: «المصادر»."""
    found = gazetteer().longest_noun((form,), 0)
    bare = key_words(form)
    return found is not None and (bare in map(fold, found[1].plural) or bare.endswith(("ون", "ين")))


@lru_cache(maxsize=8192)
def feminine_title(form: str) -> bool:
    """Whether a title is a woman's: «الوزيرة», but not «نظيره»."""
    row = gazetteer().title(form)
    if row is None:
        return False
    bare = form[1:] if form[0] in "وبل" and form not in initials() else form
    return key_words(bare) in map(fold, row.feminine)


def agreement(form: list[str], words: list[int], kind: Kind) -> tuple[str, str]:
    """Gender and number that a verb after a mention without a name would show.

    Parameters
    ----------
    form, words
        As in `kind_of`.
    kind : Kind
        What it mentions.

    Returns
    -------
    (str, str)
        ``m``, ``f`` or ``""``; ``s`` or ``p``.
    """
    head = form[words[0]]
    if kind == "person":
        return ("f" if feminine_title(head) else "m"), "s"
    if kind == "group" or _is_plural(head):
        return "m", "p"
    if head.endswith(("ه", "ات")) or kind == "state":
        return "f", "s"
    return "", "s"
