"""Which person a mention names: by a full name beside its title, by part of one, or by words that no list knows."""

from __future__ import annotations

from qawl.sources.keys import HONORIFIC
from qawl.statements.mentions import (
    chain_end,
    classes,
    is_given,
    is_name,
    is_stop,
    is_verbal,
    names_follow,
    surnames,
)
from qawl.statements.parsed import Parsed, initials, nouns
from qawl.statements.people import Person, people, plural_title
from qawl.statements.personal_names import PARTICLES, name_run

__all__ = ["names_several", "person_named"]

_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_BODIES = frozenset({"place", "body", "medium"})
_NO_NAME = frozenset({"title", "place", "body", "nisba"})
_STRANGE = 4  # words of a name that no list knows
_BEYOND = 2  # words by which a mention may be longer than the name in it seemed


def person_named(p: Parsed, k: int, form: list[str], words: list[int]) -> Person | None:
    """The person whom a mention names; None if it names none.

    Parameters
    ----------
    p : Parsed
        The article.
    k : int
        The token where the mention begins.
    form : list of str
        Its folded tokens.
    words : list of int
        Those of them that count: words outside brackets.
    """
    head = form[words[0]]
    known = classes(head)
    at = k + words[0]
    speaks_for = len(words) > 1 and form[words[1]] == "باسم"
    last = k + len(form)
    for x in people(p).at(at, last):
        if x.title <= at < x.last and (at >= x.first or "title" in known):
            return _within(p, x, last)
        # «متحدث باسم الوزير سالم الراوي» is not the minister, nor is «مكتب سالم الراوي» he.
        if x.first < last and "title" in known and not speaks_for and "source:unnamed" not in known:
            return _within(p, Person(at, x.first, x.last), last)
    return _lone_name(p, k, form, words) or _strange_name(p, at, last)


def names_several(p: Parsed, k: int, form: list[str], words: list[int], person: Person | None) -> bool:
    """Whether a mention is of several by «و»: «الراوي ونظيره», «نورية والمعارضة», «رئيس وأعضاء المجلس»."""
    at = words[1] if len(words) > 1 and "place" in classes(form[words[0]]) else None
    if person is not None:
        at = person.last - k if person.last - k in words else None
    return any(_joins(p, form, i, opens=i == at) for i in words[1:])


def _joins(p: Parsed, form: list[str], i: int, *, opens: bool) -> bool:
    """Whether word `i` of a mention joins somebody else to those before it.

    `opens`: whether it stands right after a name, where any name or title does so.
    """
    f = form[i]
    if f == "و":
        return opens
    if f[0] != "و" or len(f) < len("وهم") or f in initials():
        return False
    rest = classes(f[1:])
    if opens and (rest or f[1:] in people(p).words or f.startswith("ونظي")):
        return True
    return "title" in rest and plural_title(f[1:]) and "title" in classes(form[i - 1])


def _within(p: Parsed, x: Person, last: int) -> Person:
    """A person whose mention ends at token `last`, which may be before or after the name seemed to end."""
    if x.first < last < x.last:
        return Person(x.title, x.first, last)
    if x.last < last <= x.last + _BEYOND and all(_may_be_name(p, i) for i in range(x.last, last)):
        return Person(x.title, x.first, last)
    return x


def _may_be_name(p: Parsed, i: int) -> bool:
    """Whether the token `i`, which nothing knows for a name, may be one: no article, no particle, no common noun."""
    f = p.tok.form[i]
    if is_given(f) or (classes(f) <= _GIVEN and is_name(f)):
        return True
    if f[0] in "ولبف" and f not in initials() and (f[1:] in nouns() or classes(f[1:])):
        return False
    if not f.isalpha() or f.startswith(("ال", "لل")) or is_stop(f) or f in nouns() or is_verbal(f):
        return False
    return not classes(f) & _NO_NAME and not (f[0] == "و" and f not in initials())


def _strange_name(p: Parsed, at: int, last: int) -> Person | None:
    """A name of unknown words after a title: «الرئيس النوري كي مو»; the grammar of the title ends before it."""
    form = p.tok.form
    if "title" not in classes(form[at]) or plural_title(form[at]):
        return None
    first = chain_end(p, at, last)
    if not at + 1 < first < last <= first + _STRANGE or not form[first - 1].startswith("ال"):
        return None
    named = all(_may_be_name(p, i) or form[i] in PARTICLES for i in range(first, last))
    return Person(at, first, last) if named else None


def _lone_name(p: Parsed, k: int, form: list[str], words: list[int]) -> Person | None:
    """A name without a full one beside it: «الراوي», «الوزير الراوي», «راوي»."""
    at = k + words[0]
    head = form[words[0]]
    known = classes(head)
    if head in HONORIFIC and len(words) > 1:
        return _lone_name(p, k, form, words[1:])
    if "title" in known:
        return _lone_after_title(p, k, form, words)
    if head not in people(p).words:
        if known & _BODIES or any(c.startswith("source:") for c in known) or head.isdigit():
            return None
        strange = head.startswith("ال") and not known and head not in nouns() and head[2:] not in nouns()
        if not is_name(head) and not is_given(head):
            return Person(at, at, at + 1) if strange and len(words) == 1 else None
    return Person(at, at, name_run(p, at, k + len(form)))


def _lone_after_title(p: Parsed, k: int, form: list[str], words: list[int]) -> Person | None:
    """A mention that begins with a title, or with a name that is also one: «المقدم القحطي», «سلطان سالم»."""
    at = k + words[0]
    head = form[words[0]]
    if is_given(head) and (len(words) == 1 or is_name(form[words[1]])):
        return Person(at, at, name_run(p, at, k + len(form)))
    if len(words) < 2 or words[-1] != words[0] + 1:
        return None
    if "title:family" in classes(head) and not head.startswith("ال") and not head.endswith(("ه", "ها", "هم")):
        return None  # «والد الراوي» is somebody else
    last = form[words[-1]]
    if last in people(p).words or names_follow(head, last) or (head.startswith("ال") and last in surnames()):
        return Person(at, k + words[-1], k + words[-1] + 1)
    return None
