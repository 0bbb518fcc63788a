"""Mentions of possible sources, parsed into title, affiliation and name.

«وزير الخارجية النوري سالم الراوي» is title and affiliation («وزير الخارجية النوري») and name («سالم الراوي»);
«حركة المسار» is a body; «مصدر أمني» stays what it is.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.entries import Place
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import strip_article
from qawl.model import Kind, Span
from qawl.statements.mentions import chain_end, classes, is_given, is_name, is_stop, is_verbal, names_follow, phrase_end, surnames
from qawl.statements.parsed import Parsed, initials, nouns
from qawl.statements.people import Person, name_run, people, plural_title, same_line

__all__ = ["Mention", "body_key", "key_words", "parse_mention", "person_mention", "portfolio", "role_key"]

# Words before a name that are neither part of it nor tell people apart.
_HONORIFIC = frozenset(
    "السيد السيده الدكتور الدكتوره د معالي سعاده سمو صاحب السمو الملكي فخامه جلاله الاستاذ المهندس".split()
)
_SELF = frozenset("ذاته ذاتها نفسه نفسها ذاتهم انفسهم".split())  # «المصدر ذاته»
_PARTICLES = frozenset("بن ابن ابو ال عبد بنت دي فان فون دو لو".split())
# Ministries are named by their portfolios alone.
_PORTFOLIOS = frozenset("خارج داخل دفاع خزان صح مال تعليم عدل زراع تجار اوقاف طاق".split())
_JOINTS = frozenset("في من لدي ب ل هذا هذه تلك ذلك هولاء".split())
_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_LONGEST_TITLE = 10  # words of a title after a name
_STATES = ("state", "territory", "capital", "city", "region", "continent")
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
    heads : frozenset of str
        The offices in `role`, as `role_key` gives them: «نائب رئيس المجلس» is a deputy, no president.
    whole : str
        Title and name as written, where there is a name.
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
    heads: frozenset[str] = frozenset()
    whole: str = ""


@lru_cache(maxsize=65536)
def key_words(form: str) -> str:
    """A folded word as names and titles are compared: without article or joined ل."""
    return strip_article(form)


def parse_mention(p: Parsed, span: Span) -> Mention:
    """The mention that stands at `span` of an article.

    Where the article gives a name together with a title, the name is taken whole, however much of it `span` holds.
    """
    k, form, span = _tokens(p, span)
    words = _outside_brackets(form)
    text = span.of(p.text)
    if not words:
        return Mention(span, text, _clean(text), (), "", frozenset(), "unnamed", "", "s", False)
    known = classes(form[words[0]])
    person = _person(p, k, form, words)
    several = _coordinated(p, k, form, words, person)
    if person is not None and not several:
        return person_mention(p, person, span)
    kind: Kind = "group" if several else _kind(form, words, known)
    gender, number = _agreement(form, words, known, kind)
    name, role = "", ""
    name_words: tuple[str, ...] = ()
    role_words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    if kind == "person":
        words = _title_only(p, k, words)
        text = p.text[span.start : p.tok.end[k + words[-1]]]
        role = text
        role_words = role_key([form[i] for i in words])
        heads = _heads([form[i] for i in words])
    else:
        name = _clean(text)
        name_words = body_key([form[i] for i in words])
    definite = form[words[0]].startswith(("ال", "لل"))
    return Mention(span, text, name, name_words, role, role_words, kind, gender, number, definite, heads)


def body_key(forms: list[str]) -> tuple[str, ...]:
    """The words of a body's name to compare: «الخارجية النورية» is «وزارة الخارجية في نورية»."""
    out = [w for f in forms if f not in _JOINTS for w in _role_word(f)]
    if len(forms) < 4 and portfolio(forms[0]):
        out.insert(0, "وزار")
    return tuple(out)


def portfolio(form: str) -> bool:
    """Whether a folded word alone names a ministry: «الخارجية»."""
    return form.startswith("ال") and bool(_PORTFOLIOS.intersection(_role_word(form)))


def _title_only(p: Parsed, k: int, words: list[int]) -> list[int]:
    """The words of a title without a name, as far as its grammar goes: «الوزير» of «الوزير التزام بلاده»."""
    if len(words) < 2 or "title" not in classes(p.tok.form[k + words[0]]):
        return words
    end = chain_end(p, k + words[0], k + words[-1] + 1)
    return [i for i in words if k + i < end] or words[:1]


def _heads(form: list[str]) -> frozenset[str]:
    """The offices of a title: titles that no bare title stands before («نائب رئيس المجلس» is no president)."""
    found = []
    for i, f in enumerate(form):
        if "title" in classes(f) and f not in _HONORIFIC:
            before = form[i - 1] if i else ""
            if not before or before.startswith("ال") or "title" not in classes(before) or before in _HONORIFIC:
                found.extend(_role_word(f))
    return frozenset(found)


def _tokens(p: Parsed, span: Span) -> tuple[int, list[str], Span]:
    """The first token of a span, its folded words, and the span, without a و or ل that is no part of them."""
    k = max(0, bisect_right(p.tok.start, span.start) - 1)
    if p.tok.end[k : k + 1] and p.tok.end[k] <= span.start:
        k += 1
    form = p.tok.form[k : p.at(span.end)]
    if form and p.tok.start[k] < span.start:
        form[0] = fold(p.text[span.start : p.tok.end[k]]) or form[0]
    elif form and form[0].startswith("و") and len(form[0]) > 4 and form[0] not in initials():
        rest = form[0][1:]
        if rest.startswith("ال") or (classes(rest) and form[0] not in nouns() and not is_given(form[0])):
            form[0] = rest
            span = Span(span.start + 1, span.end)
    elif form and form[0][0] == "ل" and not form[0].startswith("لل") and len(form[0]) > 4 and form[0] not in initials():
        # «وفقا لشهود عيان»: the preposition is no part of the mention.
        rest = form[0][1:]
        if (classes(rest) - {"nisba"} or rest in nouns()) and not is_given(form[0]):
            form[0] = rest
            span = Span(span.start + 1, span.end)
    return k, form, span


def _person(p: Parsed, k: int, form: list[str], words: list[int]) -> Person | None:
    """The person whom a mention of the words `form` at token `k` names; None if it names none."""
    head = form[words[0]]
    known = classes(head)
    at = k + words[0]
    speaks_for = len(words) > 1 and not head.startswith("ال") and form[words[1]] == "باسم"
    last = k + len(form)
    for x in people(p).at(at, last):
        if x.title <= at < x.last and (at >= x.first or "title" in known):
            return _within(p, x, last)
        # «متحدث باسم الوزير سالم الراوي» is not the minister, nor is «مكتب سالم الراوي» he.
        if x.first < last and "title" in known and not speaks_for and "source:unnamed" not in known:
            return _within(p, Person(at, x.first, x.last), last)
    return _lone_name(p, k, form, words) or _strange_name(p, at, last)


def _coordinated(p: Parsed, k: int, form: list[str], words: list[int], person: Person | None) -> bool:
    """Whether a mention is of several by «و»: «الراوي ونظيره», «نورية والمعارضة», «رئيس وأعضاء المجلس»."""
    head = form[words[0]]
    at = words[1] if len(words) > 1 and "place" in classes(head) else None
    if person is not None:
        at = person.last - k if person.last - k in words else None
    for i in words[1:]:
        f = form[i]
        if f == "و" or (f[0] == "و" and len(f) > 3 and f not in initials()):
            rest = classes(f[1:])
            if i == at and (f == "و" or rest or f[1:] in people(p).words or f[1:4] == "نظي"):
                return True
            if "title" in rest and plural_title(f[1:]) and "title" in classes(form[i - 1]):
                return True
    return False


def _within(p: Parsed, x: Person, last: int) -> Person:
    """A person whose mention ends at token `last`, which may be before or after the name seemed to end."""
    if x.first < last < x.last:
        return Person(x.title, x.first, last)
    if x.last < last <= x.last + 2 and all(_may_be_name(p, i) for i in range(x.last, last)):
        return Person(x.title, x.first, last)
    return x


def _may_be_name(p: Parsed, i: int) -> bool:
    """Whether the token `i`, which nothing knows for a name, may be one: no article, no particle, no common noun."""
    f = p.tok.form[i]
    if is_given(f) or classes(f) <= _GIVEN and is_name(f):
        return True
    if f[0] in "ولبف" and f not in initials() and (f[1:] in nouns() or classes(f[1:])):
        return False
    if not f.isalpha() or f.startswith(("ال", "لل")) or is_stop(f) or f in nouns() or is_verbal(f):
        return False
    return not classes(f) & {"title", "place", "body", "nisba"} and not (f[0] == "و" and f not in initials())


def _strange_name(p: Parsed, at: int, last: int) -> Person | None:
    """A name of unknown words after a title: «الرئيس النوري كي مو»; the grammar of the title ends before it."""
    form = p.tok.form
    if "title" not in classes(form[at]) or plural_title(form[at]):
        return None
    first = chain_end(p, at, last)
    if at + 1 < first < last <= first + 4 and form[first - 1].startswith("ال"):
        if all(_may_be_name(p, i) or form[i] in _PARTICLES for i in range(first, last)):
            return Person(at, first, last)
    return None


def _lone_name(p: Parsed, k: int, form: list[str], words: list[int]) -> Person | None:
    """A name without a full one beside it: «الراوي», «الوزير الراوي», «راوي»."""
    at = k + words[0]
    head = form[words[0]]
    known = classes(head)
    article = people(p).words
    if head in _HONORIFIC and len(words) > 1:
        return _lone_name(p, k, form, words[1:])
    if head in article and "title" not in known:
        return Person(at, at, name_run(p, at, k + len(form)))
    if known & {"place", "body", "medium"} or any(c.startswith("source:") for c in known):
        return None
    single = len(words) == 1 or "title" not in known or is_name(form[words[1]])
    if (is_given(head) and single) or (is_name(head) and "title" not in known and not head.isdigit()):
        return Person(at, at, name_run(p, at, k + len(form)))
    if len(words) == 1 and head.startswith("ال") and not known and head not in nouns() and head[2:] not in nouns():
        return Person(at, at, at + 1)
    if "title" in known and len(words) > 1 and words[-1] == words[0] + 1:
        last = form[words[-1]]
        if last in article or names_follow(head, last) or (head.startswith("ال") and last in surnames()):
            return Person(at, k + words[-1], k + words[-1] + 1)  # «المقدم القحطي»
    return None


def person_mention(p: Parsed, x: Person, span: Span | None = None) -> Mention:
    """A named person as a mention, with the title before the name or else after it."""
    form = p.tok.form
    whole = p.tok.span(x.title, x.last)
    span = span or whole
    start = p.tok.start[x.first]
    words = [f for f in form[x.first : x.last] if f[0].isalnum() and f not in _HONORIFIC]
    if start < span.start < p.tok.end[x.first] and words:
        start, words[0] = span.start, words[0][1:]  # «والراوي»: the conjunction is no part of the name
    name = p.text[start : p.tok.end[x.last - 1]]
    name_words = _joined(words)
    # «الدكتور سالم الراوي، وزير النقل»: the fuller of the titles before and after the name.
    titles = ((x.title, x.first), _title_after(p, x.last))
    keys = [role_key([f for f in form[a:b] if f[0].isalnum()]) for a, b in titles]
    title = titles[len(keys[1]) > len(keys[0])]
    role = p.text[p.tok.start[title[0]] : p.tok.end[title[1] - 1]].strip(" ،,-–()") if title[0] < title[1] else ""
    role_words = keys[0] | keys[1]
    heads = frozenset(h for a, b in titles for h in _heads([f for f in form[a:b] if f[0].isalnum()]))
    gender: str = gazetteer().gender_of(form[x.first]) or ("m" if x.title == x.first else "")
    if x.title < x.first:
        feminine = form[x.title].endswith("ه") or "feminine" in classes(form[x.title])
        # «عضو اللجنة سلمى الراوي»: a title that is a man's by its form may be a woman's.
        gender = "f" if feminine else "" if gender == "f" else "m"
    first = form[x.title]
    return Mention(
        span, span.of(p.text), name, name_words, role, role_words, "person", gender, "s",
        first.startswith(("ال", "لل")), heads, whole.of(p.text),
    )  # fmt: skip


def _joined(forms: list[str]) -> tuple[str, ...]:
    """The words of a name to compare: «عبد الله» and «عبدالله» are one, as are «أبو زيد» and «أبوزيد»."""
    out: list[str] = []
    open_word = ""
    for f in forms:
        if f in ("عبد", "ابو", "ال") and not open_word:
            open_word = f
            continue
        out.append(key_words(open_word + f if open_word != "ال" else f))
        open_word = ""
    return tuple([*out, open_word] if open_word else out)


def _title_after(p: Parsed, last: int) -> tuple[int, int]:
    """The title that follows a name that ends at token `last`: «سالم الراوي، وزير النقل النوري»."""
    form = p.tok.form
    at = last + 1 if last < len(form) and form[last] in "،,-–" else last
    if at >= len(form) or not same_line(p, at) or "title" not in classes(form[at]):
        return last, last
    return at, max(at, phrase_end(p, at, min(len(form), at + _LONGEST_TITLE)))


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
    if form[0] in "وبل" and len(form) > 3 and form not in initials():
        if form[1:3] == "ال" or classes(form[1:]) or gazetteer().longest_body((form[1:],), 0):
            form = form[1:]
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
    for ending in ("يتهم", "يتها", "يته", "تهم", "تها", "ته", "يه", "ي", "ه"):
        if bare.endswith(ending) and len(bare) - len(ending) > 2:
            return (bare[: -len(ending)],)
    return (bare,)


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


def _kind(form: list[str], words: list[int], known: frozenset[str]) -> Kind:
    """What a mention that names no person mentions."""
    body = gazetteer().longest_body(form, words[0], weak=len(words) == 1)
    head = form[words[0]]
    if "source:unnamed" in known and "title:office" in known and _construct_is_definite(form, words):
        return "person"  # «نائب الرئيس النوري»: an office, though its holder is not named here
    if "title" in known and plural_title(head):
        return "group"
    if body is not None and body[0] == len(words) and getattr(body[1], "kind", "") in _STATES:
        return "state"
    for k in _GROUP_KINDS:
        if f"source:{k}" in known and "title" not in known:
            return _refine(k, head, known)  # type: ignore[arg-type]
    if body is not None and body[0] >= len(words) - 1:
        kind = getattr(body[1], "kind", "organization")
        if kind in _STATES:
            return "state"
        if kind in ("organization", "group", "media"):
            return kind  # type: ignore[no-any-return]
        return "media"
    if "title" in known:
        if _is_plural(head) or "source:group" in known:
            return "group"
        return "unnamed" if "source:unnamed" in known and not head.startswith("ال") else "person"
    if "nisba" in known and head.endswith(("ون", "ين")):
        return "group"
    if "place" in known:
        return "state"
    if head.endswith(("ون", "ين", "ات")) and not head.startswith("ال"):
        return "group"
    return "organization"


@lru_cache(maxsize=16384)
def _is_plural(form: str) -> bool:
    """Whether a word is a sound plural or dual of a title or noun: «المسؤولين», but not «الأمين»."""
    bare = key_words(form)
    if "title" in classes(form):
        return plural_title(form)
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


def _agreement(form: list[str], words: list[int], known: frozenset[str], kind: Kind) -> tuple[str, str]:
    """Gender and number that a verb after a mention without a name would show."""
    head = form[words[0]]
    if kind == "person":
        return ("f" if "feminine" in known or (head.endswith("ه") and "title" in known) else "m"), "s"
    if kind == "group" or _is_plural(head):
        return "m", "p"
    if head.endswith(("ه", "ات")) or "feminine" in known or kind == "state":
        return "f", "s"
    return "", "s"
