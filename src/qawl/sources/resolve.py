"""Whose words: the sources of an article's statements, one per real-world person or body.

A cascade of sieves, surest first (after Raghunathan et al. 2010 and Lee et al. 2013): same words; name within
name; apposition; title within title; and for statements without a mention, the source that the verb agrees
with and that spoke last.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace

from qawl.arabic.fold import fold
from qawl.arabic.words import strip_article
from qawl.model import Article, Kind, Source, Span, Statement
from qawl.sources.inventory import apposition, name_inventory, subject_before
from qawl.sources.mentions import Mention, parse_mention
from qawl.statements.lexicon import lookup

__all__ = ["resolve"]

# Words of a title that do not tell one office from another.
_LIGHT = frozenset("و في من على باسم لدى رسمي سابق حالي جديد".split())


@dataclass(slots=True)
class Entity:
    """A source in the making."""

    mentions: list[Mention] = field(default_factory=list)
    name: str = ""
    name_words: tuple[str, ...] = ()
    role: str = ""
    role_words: frozenset[str] = frozenset()
    kind: Kind = "person"
    gender: str = ""
    number: str = "s"
    last_seen: int = -1

    def add(self, m: Mention) -> None:
        """Takes in a mention: keeps the fullest name and role."""
        self.mentions.append(m)
        if len(m.name_words) > len(self.name_words):
            self.name, self.name_words = m.name, m.name_words
        if len(m.role_words) > len(self.role_words):
            self.role, self.role_words = m.role, m.role_words
        self.gender = self.gender or m.gender
        self.number = m.number or self.number


def resolve(article: Article, statements: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], dict[str, Source]]:
    """Ties each statement to its source.

    Parameters
    ----------
    article : Article
        The article.
    statements : tuple of Statement
        As found, in the order of the text.

    Returns
    -------
    tuple of Statement
        The same with `who` filled.
    dict of str to Source
        The sources by key; the key of a source that could not be worked out has an empty name.
    """
    return _Resolver(article).run(statements)


class _Resolver:
    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.article = article
        self.entities: list[Entity] = []
        self.names = name_inventory(article)
        for m in self.names:
            self._place(m)
        self.spoken: list[tuple[int, Entity]] = []

    def run(self, statements: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], dict[str, Source]]:
        who: dict[int, Entity] = {}
        by_id = {s.id: s for s in statements}
        for s in statements:
            at = s.cue.start if s.cue else s.content[0].start
            entity = self._explicit(s) if s.speaker is not None else self._implicit(s, statements, who, by_id)
            if entity is None:
                entity = Entity(kind="unnamed")
                self.entities.append(entity)
            entity.last_seen = at
            who[s.id] = entity
            self.spoken.append((at, entity))
        return self._finish(statements, who)

    def _finish(
        self, statements: tuple[Statement, ...], who: dict[int, Entity]
    ) -> tuple[tuple[Statement, ...], dict[str, Source]]:
        keys: dict[int, str] = {}
        sources: dict[str, Source] = {}
        out = []
        for s in statements:
            e = who[s.id]
            if id(e) not in keys:
                key = _key(len(keys))
                keys[id(e)] = key
                spans = tuple(sorted({m.span for m in e.mentions}))
                name = e.name or (e.mentions[0].text if e.mentions else "")
                role = e.role if e.name else ""
                confidence = 0.9 if e.name_words else 0.6 if name else 0.0
                sources[key] = Source(key, name, e.kind, role, spans, confidence=confidence)
            out.append(replace(s, who=keys[id(e)]))
        return tuple(out), sources

    # -- mentions ---------------------------------------------------------------------------------------------

    def _explicit(self, s: Statement) -> Entity:
        assert s.speaker is not None
        m = parse_mention(self.text, s.speaker)
        if m.kind == "person" and not m.name:
            named = apposition(self.text, m.span)
            if named is not None:
                m.name, m.name_words = named.name, named.name_words
                m.gender = named.gender or m.gender
        return self._place(m, at=m.span.start)

    def _place(self, m: Mention, at: int = -1) -> Entity:
        """The entity of a mention, an old one or a new one."""
        found = self._same_name(m) or (self._same_title(m, at) if not m.name else None)
        if found is None:
            found = Entity(kind=m.kind)
            self.entities.append(found)
        found.add(m)
        if at >= 0:
            found.last_seen = max(found.last_seen, at)
        return found

    def _same_name(self, m: Mention) -> Entity | None:
        if not m.name_words:
            return None
        mine = set(m.name_words)
        best: Entity | None = None
        for e in self.entities:
            if not e.name_words or (e.kind == "person") != (m.kind == "person"):
                continue
            theirs = set(e.name_words)
            if mine == theirs:
                return e
            # «الراوي» after «سالم الراوي»: the shorter name is part of the longer, and holds its last word
            # or its first; two people who share one word only are not one.
            small, large = (m.name_words, e.name_words) if len(mine) <= len(theirs) else (e.name_words, m.name_words)
            if set(small) <= set(large) and (small[-1] == large[-1] or len(small) > 1 or small[0] in large[1:]):
                best = e if best is None or e.last_seen > best.last_seen else best
            elif m.kind == "person" and len(small) == 1 and small[0] == large[0]:
                best = best or e
        return best

    def _same_title(self, m: Mention, at: int) -> Entity | None:
        """«الوزير النوري» after «وزير الخارجية النوري سالم الراوي»: every word of the title is in the other's."""
        mine = {_stem(w) for w in m.role_words} - _LIGHT
        if not mine:
            return None
        best: tuple[int, int, Entity] | None = None
        for e in self.entities:
            theirs = {_stem(w) for w in e.role_words}
            if not theirs or not mine <= theirs and not (not e.name and theirs <= mine):
                continue
            seen = max((x.span.start for x in e.mentions if x.span.start <= at), default=-1)
            score = (1 if e.last_seen >= 0 or seen >= 0 else 0, max(e.last_seen, seen))
            if best is None or score > best[:2]:
                best = (*score, e)
        return best[2] if best else None

    # -- statements without a mention -------------------------------------------------------------------------

    def _implicit(
        self, s: Statement, statements: tuple[Statement, ...], who: dict[int, Entity], by_id: dict[int, Statement]
    ) -> Entity | None:
        at = s.cue.start if s.cue else s.content[0].start
        gender, number = self._agreement(s)
        start = max(self.text.rfind("\n", 0, at), _sentence_start(self.text, at))
        previous = [x for x in statements if x.id < s.id and x.id in who and x.parent == s.parent]
        same = [x for x in previous if (x.cue or x.content[0]).start >= start]
        if same:
            e = who[same[-1].id]
            if _agrees(e, gender, number) or self._is_participle(s):
                return e
        if s.parent is not None and s.parent in who and not previous:
            inner = subject_before(self.text, start, at)
            if inner is not None:
                return self._place(inner, at=at)
        subject = subject_before(self.text, start + 1, at)
        if subject is not None and _agrees_mention(subject, gender, number):
            return self._place(subject, at=at)
        for x in reversed(previous):
            e = who[x.id]
            if _agrees(e, gender, number):
                return e
        candidates = [e for e in self.entities if any(m.span.start < at for m in e.mentions) and _agrees(e, gender, number)]
        if candidates:
            return max(candidates, key=lambda e: max(m.span.start for m in e.mentions if m.span.start < at))
        return who[previous[-1].id] if previous else None

    def _is_participle(self, s: Statement) -> bool:
        return s.cue is not None and any(
            r.form == "participle" and r.accusative for r, _ in lookup(fold(s.cue.of(self.text)))
        )

    def _agreement(self, s: Statement) -> tuple[str, str]:
        """Gender and number of the verb, or of the pronoun on a noun («قولها»)."""
        if s.cue is None:
            return "", ""
        for r, _ in lookup(fold(s.cue.of(self.text))):
            if r.lemma != s.lemma:
                continue
            if r.form == "masdar":
                return {"ه": ("m", "s"), "ها": ("f", "s"), "هم": ("m", "p"), "هما": ("", "p")}.get(r.suffix, ("", ""))
            return r.gender, "p" if r.number in ("p", "d") else r.number
        return "", ""


def _agrees(e: Entity, gender: str, number: str) -> bool:
    if not e.mentions:
        return True
    if number == "p":
        return e.number == "p" or e.kind in ("group", "organization", "unnamed")
    if e.number == "p":
        return False
    return not gender or not e.gender or gender == e.gender


def _agrees_mention(m: Mention, gender: str, number: str) -> bool:
    if number == "p":
        return m.number == "p"
    return m.number != "p" and (not gender or not m.gender or gender == m.gender)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of offset `at` begins, roughly: after the last full stop outside numbers."""
    k = at - 1
    while k >= 0 and text[k] != "\n":
        if text[k] in ".؟!" and text[k + 1 : k + 2].isspace():
            return k + 1
        k -= 1
    return k


def _stem(word: str) -> str:
    """A title's word without its feminine ending, so that «الأمريكي» meets «الأمريكية»."""
    word = strip_article(word)
    return word[:-1] if len(word) > 3 and word.endswith("ه") else word


def _key(n: int) -> str:
    """A, B, … Z, AA, AB, …"""
    letters = string.ascii_uppercase
    return letters[n] if n < 26 else _key(n // 26 - 1) + letters[n % 26]


