"""Mentions of possible sources, parsed into title, affiliation and name.

«وزير الخارجية النوري سالم الراوي» is title and affiliation («وزير الخارجية النوري») and name («سالم الراوي»);
«حركة المسار» is a body; «مصدر أمني» stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from qawl.arabic.entries import Place
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import Tokens, strip_article
from qawl.model import Kind, Span
from qawl.statements.mentions import classes, is_family, is_given, is_name, is_stop, names_follow
from qawl.statements.parsed import initials, nouns

__all__ = ["Mention", "key_words", "parse_mention", "role_key"]

# Words before a name that are neither part of it nor tell people apart.
_HONORIFIC = frozenset(
    "السيد السيده الدكتور الدكتوره د معالي سعاده سمو صاحب السمو الملكي فخامه جلاله الاستاذ المهندس".split()
)
_SELF = frozenset("ذاته ذاتها نفسه نفسها ذاتهم انفسهم".split())  # «المصدر ذاته»
_BETWEEN_NAMES = frozenset("بن ابن بنت ابو ابي ام ال عبد دي فان فون دو لو".split())
_GROUP_KINDS = ("organization", "document", "media", "unnamed", "group", "state")


@dataclass(slots=True)
class Mention:
    """A mention of a possible source.

    Parameters
    ----------
    span : Span
        Where it stands.
    text : str
        Its words as written.
    name : str
        Personal name or name of the body, as written; ``""`` if it has none.
    name_words : tuple of str
        The folded words of `name`, without articles.
    role : str
        Title and affiliation, as written.
    role_words : frozenset of str
        The folded words of `role`, without articles.
    kind : Kind
        What it mentions.
    gender : str
        ``m``, ``f`` or ``""``.
    number : str
        ``s`` or ``p``.
    definite : bool
        Whether it points to something known («الوزير»), rather than bringing it in («وزير نوري»).
    """

    span: Span
    text: str
    name: str
    name_words: tuple[str, ...]
    role: str
    role_words: frozenset[str]
    kind: Kind
    gender: str
    number: str
    definite: bool
    order: int = field(default=0)


@lru_cache(maxsize=65536)
def key_words(form: str) -> str:
    """A folded word as names and titles are compared: without article or joined ل."""
    return strip_article(form)


def parse_mention(text: str, span: Span) -> Mention:
    """The mention that stands at `span` of `text`."""
    span = _without_conjunction(text, span)
    tok = Tokens(text, span.start, span.end)
    form = tok.form
    words = _outside_brackets(form)
    if not words:
        return Mention(span, span.of(text), _clean(span.of(text)), (), "", frozenset(), "unnamed", "", "s", False)
    head = form[words[0]]
    known = classes(head)
    name_at = _name_start(form, words)
    kind = _kind(form, words, known, name_at)
    gender, number = _agreement(form, words, known, kind, name_at)
    name, role = "", ""
    name_words: tuple[str, ...] = ()
    role_words: frozenset[str] = frozenset()
    if kind == "person" and name_at is not None:
        last = _name_end(form, name_at, words)
        name = text[tok.start[name_at] : tok.end[last - 1]]
        before = text[tok.start[words[0]] : tok.end[name_at - 1]] if name_at > words[0] else ""
        after = text[tok.start[last] : tok.end[-1]] if last < len(form) else ""
        role = (before or after).strip(" ،,-–()")
        name_words = tuple(key_words(f) for f in form[name_at:last] if f[0].isalnum() and f not in _HONORIFIC)
        role_words = role_key([form[i] for i in words if not name_at <= i < last])
    elif kind == "person":
        role = span.of(text)
        role_words = role_key([form[i] for i in words])
    else:
        name = _clean(span.of(text))
        name_words = tuple(key_words(form[i]) for i in words)
    definite = head.startswith(("ال", "لل"))
    return Mention(span, span.of(text), name, name_words, role, role_words, kind, gender, number, definite)


def _without_conjunction(text: str, span: Span) -> Span:
    """A span without the و that joins its first word to what stands before: «والوزارة تؤكد»."""
    first = Tokens(text, span.start, min(span.end, span.start + 30)).form[:1]
    if first and first[0].startswith("و") and len(first[0]) > 4 and first[0] not in initials():
        rest = first[0][1:]
        if rest.startswith("ال") or (classes(rest) and first[0] not in nouns() and not is_given(first[0])):
            return Span(span.start + 1, span.end)
    return span


def _outside_brackets(form: list[str]) -> list[int]:
    """The words of a mention that stand outside brackets and, if others are left, outside quotation marks."""
    out, quoted, depth = [], [], 0
    inside = False
    for i, f in enumerate(form):
        if f in "([":
            depth += 1
        elif f in ")]":
            depth = max(0, depth - 1)
        elif f in "«»\"“”":
            inside = f in "«“" or (f == '"' and not inside)
        elif f[0].isalnum() and not depth and f not in _SELF:
            (quoted if inside else out).append(i)
    return out or quoted


@lru_cache(maxsize=16384)
def _role_word(form: str) -> tuple[str, ...]:
    """A word of a title as titles are compared: countries for their nisbas, government for cabinet."""
    bare = key_words(form)
    nisba = gazetteer().nisba(form)
    if nisba is not None:
        return (f"@{fold(nisba[0].state or nisba[0].name)}",)
    place = gazetteer().longest_body((form,), 0)
    if place is not None and isinstance(place[1], Place):
        return (f"@{fold(place[1].state or place[1].name)}",)
    if bare in ("اممي", "امميه"):
        return ("@امم",)
    if bare in ("امم", "متحده"):
        return ("@امم",) if bare == "امم" else ()
    if bare in ("وزراء", "حكومه"):
        return ("@وزراء",)
    return (bare[:-1] if len(bare) > 3 and bare.endswith("ه") else bare,)


def role_key(forms: list[str]) -> frozenset[str]:
    """The words of a title as a set to compare: «الوزير النوري» is part of «وزير الخارجية النوري»."""
    return frozenset(w for f in forms if f not in _HONORIFIC for w in _role_word(f))


def _clean(text: str) -> str:
    """A body's name without marks that enclose or end it."""
    text = text.strip()
    if text.startswith("لل"):
        text = "ال" + text[2:]
    for a, b in ("«»", '""', "“”", "()"):
        if text.startswith(a) and text.endswith(b) and text.count(a) == 1 + (a == b):
            text = text[1:-1]
    return text.strip(" ،,.:")


def _name_start(form: list[str], words: list[int]) -> int | None:
    """The token where a personal name begins; None if there is none."""
    if len(words) > 1 and not form[words[0]].startswith("ال") and form[words[1]] == "باسم":
        return None  # «متحدث باسم الوزير سالم الراوي» is not the minister
    unnamed = "source:unnamed" in classes(form[words[0]]) and not form[words[0]].startswith("ال")
    for n, i in enumerate(words):
        f = form[i]
        if unnamed and n and not (i + 1 < len(form) and i != words[-1] and is_name(f) and is_name(form[i + 1])):
            continue  # «مسؤول رفيع في الوزارة»: «رفيع» is no name here
        if f in _HONORIFIC:
            continue
        given = is_given(f)
        before = form[words[n - 1]] if n else ""
        if n and (names_follow(before, f) or (before in _HONORIFIC and f.startswith("ال") and f not in nouns())):
            return i
        if n and i == words[-1] and "title" in classes(before) and is_family(f, after_given=False):
            return i  # «المقدم القحطي»
        if given and (n == 0 or not _construct(form, words, n)):
            return i
        if is_name(f) and not f.isdigit():
            # «مجلس نورية» is a place after a head of a body, not a person.
            head = classes(form[words[0]])
            if n and any(c.startswith("source:") for c in head) and "title" not in head:
                return None
            return i
    # A lone family name with its article: «الصافي», and it is no common noun.
    if len(words) == 1 and form[words[0]].startswith("ال"):
        f = form[words[0]]
        known = classes(f)
        if not known and f not in nouns() and f[2:] not in nouns():
            return words[0]
    return None


def _construct(form: list[str], words: list[int], n: int) -> bool:
    """Whether a given name at word `n` is the second part of a construct: «جامعة الملك خالد», «مؤسسة سالم»."""
    head = classes(form[words[0]])
    return any(c.startswith("source:") for c in head) and "title" not in head


def _name_end(form: list[str], start: int, words: list[int]) -> int:
    """The token after the last word of a name: names, particles, and a family name with its article."""
    k = start + 1
    while k < len(form):
        f = form[k]
        if not f[0].isalnum():
            if f in "-" and k + 1 < len(form):
                k += 1
                continue
            break
        if "title" in classes(f) and f not in _BETWEEN_NAMES and not is_name(f):
            break
        k += 1
    return k


def _kind(form: list[str], words: list[int], known: frozenset[str], name_at: int | None) -> Kind:
    body = gazetteer().longest_body(form, words[0])
    head = form[words[0]]
    if name_at is None and "source:unnamed" in known and "title:office" in known and _construct_is_definite(form, words):
        return "person"  # «نائب الرئيس النوري»: an office, though its holder is not named here
    for k in _GROUP_KINDS:
        if f"source:{k}" in known and "title" not in known:
            return _refine(k, head, known)  # type: ignore[arg-type]
    if body is not None and body[0] >= len(words) - 1:
        kind = getattr(body[1], "kind", "organization")
        if kind in ("state", "territory", "capital", "city", "region", "continent"):
            return "state"
        if kind in ("organization", "group", "media"):
            return kind  # type: ignore[no-any-return]
        return "media"
    if name_at is not None:
        return "person"
    if "title" in known:
        if _is_plural(head) or "source:group" in known:
            return "group"
        if "source:unnamed" in known and not head.startswith("ال"):
            return "unnamed"
        return "person"
    if "nisba" in known and head.endswith(("ون", "ين")):
        return "group"
    if "place" in known:
        return "state"
    if head.endswith(("ون", "ين", "ات")) and not head.startswith("ال"):
        return "group"
    return "organization" if head.endswith("ه") or head.startswith("ال") else "person"


@lru_cache(maxsize=16384)
def _is_plural(form: str) -> bool:
    """Whether a word is a sound plural or dual of a title or noun: «المسؤولين», but not «الأمين»."""
    bare = key_words(form)
    return bare.endswith(("ون", "ين", "ان")) and bool(classes(bare[:-2])) and not classes(bare[:-2]) <= _NAMES_ONLY


_NAMES_ONLY = frozenset({"given_m", "given_f"})


def _construct_is_definite(form: list[str], words: list[int]) -> bool:
    """Whether a construct ends in a definite word: «عضو المجلس», not «عضو في المجلس», «مستشار للرئيس»."""
    if len(words) < 2 or form[words[0]].startswith("ال"):
        return False
    nxt = form[words[1]]
    return nxt.startswith("ال") or (len(words) > 2 and not is_stop(nxt) and form[words[2]].startswith("ال"))


def _refine(kind: Kind, head: str, known: frozenset[str]) -> Kind:
    if kind == "unnamed" and head.startswith("ال") and "plural" not in known:
        return "person"  # «المسؤول» points to somebody named before
    return kind


def _agreement(
    form: list[str], words: list[int], known: frozenset[str], kind: Kind, name_at: int | None
) -> tuple[str, str]:
    """Gender and number that a verb after the mention would show."""
    head = form[words[0]]
    if kind == "person":
        if name_at is not None:
            gender = gazetteer().gender_of(form[name_at])
            if gender:
                return gender, "s"
        if "feminine" in known or (head.endswith("ه") and "title" in known):
            return "f", "s"
        return "m", "s"
    if kind == "group" or _is_plural(head):
        return "m", "p"
    if head.endswith(("ه", "ات")) or "feminine" in known:
        return "f", "s"
    if kind == "state":
        return "f", "s"
    return "", "s"
