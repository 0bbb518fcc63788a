"""Mentions of possible sources, parsed into title, affiliation and name.

«وزير الخارجية النوري سالم الراوي» is title and affiliation («وزير الخارجية النوري») and name («سالم الراوي»);
«حركة المسار» is a body; «مصدر أمني» stays what it is.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.model import Kind, Span
from qawl.sources.keys import HONORIFIC, body_key, name_key, offices, role_key
from qawl.sources.kinds import agreement, feminine_title, kind_of
from qawl.sources.naming import names_several, person_named
from qawl.statements.mentions import chain_end, classes, is_given, phrase_end, surnames
from qawl.statements.parsed import Parsed, initials, nouns
from qawl.statements.people import Person, people
from qawl.statements.personal_names import BLESSINGS, same_line, to_whom

__all__ = ["Mention", "parse_mention", "person_mention"]

_SELF = frozenset("ذاته ذاتها نفسه نفسها ذاتهم انفسهم".split())  # «المصدر ذاته»
_POINTING = frozenset("هذا هذه هذان هذين هاتان هولاء ذلك تلك نفس ذات".split())
_SHORTEST_JOINED = 4  # letters of a word with a particle, less one
_LONGEST_TITLE = 10  # words of a title after a name


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

    @property
    def states(self) -> frozenset[str]:
        """The states among its words, as `role_key` gives them."""
        return frozenset(w for w in (*self.role_words, *self.name_words) if w[0] == "@")


def parse_mention(p: Parsed, span: Span, named: Span | None = None, *, tied: bool = False) -> Mention:
    """The mention that stands at `span` of an article.

    Where the article gives a name together with a title, the name is taken whole, however much of it `span` holds.

    Parameters
    ----------
    p : Parsed
        The article.
    span : Span
        The mention.
    named : Span, optional
        What of it is a person's name, if that is known: the rules miss names that no list knows.
    tied : bool
        Whether a joined ل ties it to its cue: «وفقا ⟨لتقديرات الوزارة⟩».
    """
    k, form, span = _tokens(p, span, tied=tied)
    words = _outside_brackets(form)
    if len(words) > 1 and form[words[0]] in _POINTING:
        # «هذا المصدر», «نفس المصادر»: what points is no part of the name.
        form[words[1]] = form[words[1]] if form[words[1]].startswith(("ال", "لل")) else "ال" + form[words[1]]
        span = Span(p.tok.start[k + words[1]], span.end)
        k, form, words = k + words[1], form[words[1] :], [w - words[1] for w in words[1:]]
    text = span.of(p.text)
    if not words:
        return Mention(span, text, _clean(text), (), "", frozenset(), "unnamed", "", "s", False)
    person = person_named(p, k, form, words)
    if named is not None and span.holds(named) and not _of_another(p, k, form, words, named):
        person = _told(p, k + words[0], named, person)
    several = names_several(p, k, form, words, person)
    if person is not None and not several:
        return person_mention(p, person, span)
    kind: Kind = "group" if several else kind_of(form, words)
    gender, number = agreement(form, words, kind)
    name, role = "", ""
    name_words: tuple[str, ...] = ()
    role_words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    if kind == "person":
        words = _title_only(p, k, words)
        text = p.text[span.start : p.tok.end[k + words[-1]]]
        role = text
        role_words = role_key([form[i] for i in words])
        heads = offices([form[i] for i in words])
    else:
        name = _clean(text)
        name_words = body_key([form[i] for i in words])
    definite = form[words[0]].startswith(("ال", "لل"))
    return Mention(span, text, name, name_words, role, role_words, kind, gender, number, definite, heads)


def _told(p: Parsed, at: int, named: Span, person: Person | None) -> Person:
    """The person whose name is told, unless the rules found the same name or more of it."""
    first, last = bisect_right(p.tok.end, named.start), p.at(named.end)
    last = next((i for i in range(first + 1, last) if _after_name(p.tok.form[i])), last)
    if person is not None and person.first <= first and last <= person.last:
        return person
    return Person(min(at, first), first, max(last, first + 1))


def _of_another(p: Parsed, k: int, form: list[str], words: list[int], named: Span) -> bool:
    """Whether the name in a mention is not of whom it mentions: «الحكومة برئاسة سالم الراوي», «والد الراوي».

    A body or people that no title makes one person has no name; nor has a relative whom the name only places.
    """
    head = form[words[0]]
    known = classes(head)
    if p.tok.start[k + words[0]] >= named.start or head.endswith(("ه", "ها", "هم")):
        return False
    if "title:family" in known:
        return len(words) > 1 and not head.startswith("ال") and p.tok.start[k + words[1]] == named.start
    if "title" in known:
        return False
    return any(c.startswith("source:") and c != "source:unnamed" for c in known)


@lru_cache(maxsize=16384)
def _after_name(form: str) -> bool:
    """Whether a word cannot go on with a name: «الراوي ⟨لبرلمان بلاده⟩», «الراوي ⟨بصراحة⟩», «الراوي ⟨رجلا⟩»."""
    if form in BLESSINGS or to_whom(form) or (form.startswith("لل") and form[2:] in nouns()):
        return True
    if form in surnames() or is_given(form) or form in initials():
        return False
    if form[0] == "ب" and (form[1:] in nouns() or "ال" + form[1:] in nouns()):
        return True
    return form.endswith("ا") and len(form) > _SHORTEST_JOINED - 1 and form[:-1] in nouns()


def _title_only(p: Parsed, k: int, words: list[int]) -> list[int]:
    """The words of a title without a name, as far as its grammar goes: «الوزير» of «الوزير التزام بلاده»."""
    if len(words) < 2 or "title" not in classes(p.tok.form[k + words[0]]):
        return words
    end = chain_end(p, k + words[0], k + words[-1] + 1)
    return [i for i in words if k + i < end] or words[:1]


def _tokens(p: Parsed, span: Span, *, tied: bool) -> tuple[int, list[str], Span]:
    """The first token of a span, its folded words, and the span, without a و or ل that is no part of them."""
    k = max(0, bisect_right(p.tok.start, span.start) - 1)
    if p.tok.end[k : k + 1] and p.tok.end[k] <= span.start:
        k += 1
    form = p.tok.form[k : p.at(span.end)]
    if form and p.tok.start[k] < span.start:
        form[0] = fold(p.text[span.start : p.tok.end[k]]) or form[0]
    elif form and (_joined(form[0]) or (tied and form[0][0] == "ل" and len(form[0]) > 1 and form[0][1] != "ل")):
        form[0] = form[0][1:]
        span = Span(span.start + 1, span.end)
    return k, form, span


@lru_cache(maxsize=8192)
def _joined(form: str) -> bool:
    """Whether a mention's first word begins with a particle that is no part of it: «والوزارة», «لشهود»."""
    if len(form) < _SHORTEST_JOINED or form in initials() or is_given(form):
        return False
    rest = form[1:]
    if form[0] == "و":
        if rest in surnames() and form not in surnames() and form not in nouns():
            return True  # «والراوي يرفض»
        named = bool(classes(rest) & {"place", "title"}) or (len(form) > _SHORTEST_JOINED and bool(classes(rest)))
        return rest.startswith("ال") or (named and form not in nouns())
    if len(form) == _SHORTEST_JOINED:
        return False
    return form[0] == "ل" and not form.startswith("لل") and (bool(classes(rest) - {"nisba"}) or rest in nouns())


def person_mention(p: Parsed, x: Person, span: Span | None = None) -> Mention:
    """A named person as a mention, with the title before the name or else after it."""
    form = p.tok.form
    whole = p.tok.span(x.title, x.last)
    span = span or whole
    start = p.tok.start[x.first]
    words = [f for f in form[x.first : x.last] if f[0].isalnum() and f not in HONORIFIC]
    if start < span.start < p.tok.end[x.first] and words:
        start, words[0] = span.start, words[0][1:]  # «والراوي»: the conjunction is no part of the name
    name = p.text[start : p.tok.end[x.last - 1]]
    name_words = name_key(words)
    # «الدكتور سالم الراوي، وزير النقل»: the fuller of the titles before and after the name.
    titles = ((x.title, x.first), _title_after(p, x.last))
    keys = [role_key([f for f in form[a:b] if f[0].isalnum()]) for a, b in titles]
    title = titles[len(keys[1]) > len(keys[0])]
    role = p.text[p.tok.start[title[0]] : p.tok.end[title[1] - 1]].strip(" ،,-–()") if title[0] < title[1] else ""
    if title[0] < title[1] and _joined(form[title[0]]):
        role = role[1:]  # «ووزير الخارجية سالم الراوي»
    role_words = keys[0] | keys[1]
    heads = frozenset(h for a, b in titles for h in offices([f for f in form[a:b] if f[0].isalnum()]))
    # A family name alone tells nothing: «كريمة قال».
    gender: str = gazetteer().gender_of(form[x.first]) if x.last - x.first > 1 else ""
    if x.title < x.first:
        # «نظيره» folds with «نظيرة».
        feminine = feminine_title(form[x.title]) and not (
            form[x.title].startswith("نظي") and p.text[p.tok.end[x.title] - 1] == "ه"
        )
        # «عضو اللجنة سلمى الراوي»: a title that is a man's by its form may be a woman's.
        gender = "f" if feminine else "" if gender == "f" else "m"
    first = form[x.title]
    return Mention(
        span, span.of(p.text), name, name_words, role, role_words, "person", gender, "s",
        first.startswith(("ال", "لل")), heads, whole.of(p.text),
    )  # fmt: skip


def _title_after(p: Parsed, last: int) -> tuple[int, int]:
    """The title that follows a name that ends at token `last`: «سالم الراوي، وزير النقل النوري»."""
    form = p.tok.form
    at = last + 1 if last < len(form) and form[last] in "،,-–" else last
    if at >= len(form) or not same_line(p, at) or "title" not in classes(form[at]):
        return last, last
    other = people(p).begins(at)
    if form[at].startswith("نظي") or (other is not None and other.title == at):
        return last, last  # «التقى سالم الراوي نظيره …»: somebody else's
    return at, max(at, phrase_end(p, at, min(len(form), at + _LONGEST_TITLE)))


def _outside_brackets(form: list[str]) -> list[int]:
    """The words of a mention that stand outside brackets and, if others are left, outside quotation marks."""
    out: list[int] = []
    quoted: list[int] = []
    depth = 0
    inside = False
    for i, f in enumerate(form):
        if f in "([":
            depth += 1
        elif f in ")]":
            depth = max(0, depth - 1)
        elif f in '«»"“”':
            inside = f in "«“" or (f == '"' and not inside)
        elif f[0].isalnum() and not depth and f not in _SELF:
            (quoted if inside else out).append(i)
    return out or quoted


def _clean(text: str) -> str:
    """A body's name without marks that enclose or end it."""
    text = text.strip()
    if text.startswith("لل"):
        text = "ال" + text[2:]
    for a, b in ("«»", '""', "“”", "()"):
        if text.startswith(a) and text.endswith(b) and text.count(a) == 1 + (a == b):
            text = text[1:-1]
    return text.strip(" ،,.:")
