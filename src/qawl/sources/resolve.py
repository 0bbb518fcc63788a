"""Whose words: the sources of an article's statements, one per real-world person or body.

A cascade of sieves, surest first (after Raghunathan et al. 2010 and Lee et al. 2013): same words; name within
name; apposition; title within title; and for statements without a mention, the source that the verb agrees
with and that spoke last.
"""

from __future__ import annotations

import math
import re
import string
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from functools import cache

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import Article, Kind, Moment, Source, Statement
from qawl.sources.entities import GENERIC, Entity, same_body, same_gender, same_person, state_of, title_fit
from qawl.sources.identify import bearers_of, bears, identify, tied_offices
from qawl.sources.implicit import candidates
from qawl.sources.inventory import Standings, headed_before
from qawl.sources.mentions import Mention, parse_mention, person_mention
from qawl.statements.parsed import Parsed
from qawl.statements.people import people

__all__ = ["resolve"]

_RANKS = 6  # words of a mention within which its rank stands
_MANY = 300  # sources in a text from which not all are compared with every mention; the longest article has 90
_BANDS = (0.0, 0.5, 0.7, 0.85, 0.95, 0.99)  # chances of the source of a statement without a mention
_TYING = re.compile("[وف]?(وفقا|طبقا|تبعا|استنادا)$")  # cues that a joined ل ties to their source
_FILLED = 20  # cases of a mention's own rate that fill up each kind
_LEAD = 600  # characters after the headline in which the lead names who speaks in it
# «معاليه»: the ranks that are honoured so.
_HONOURED = {
    word: frozenset(map(fold, titles.split()))
    for words, titles in (
        ("سموه سموها", "سمو السمو الأمير أمير الأميرة الشيخ"),
        ("معاليه معاليها", "معالي وزير الوزير مدير رئيس الدكتور"),
        ("جلالته", "الملك جلالة ملك"),
        ("فخامته دولته", "الرئيس فخامة رئيس"),
        ("سعادته سعادتها سيادته", "سعادة السفير سفير مدير وكيل"),
        ("فضيلته سماحته", "الشيخ فضيلة سماحة مفتي المفتي إمام خطيب"),
        ("غبطته قداسته نيافته", "البابا بابا البطريرك بطريرك غبطة قداسة نيافة مطران"),
    )
    for word in words.split()
}


def resolve(
    article: Article, statements: tuple[Statement, ...], parsed: Parsed | None = None
) -> tuple[tuple[Statement, ...], dict[str, Source]]:
    """Ties each statement to its source.

    Parameters
    ----------
    article : Article
        The article.
    statements : tuple of Statement
        As found, in the order of the text.
    parsed : Parsed, optional
        The same article parsed, if it is at hand.

    Returns
    -------
    tuple of Statement
        The same with `who` filled.
    dict of str to Source
        The sources by key; the key of a source that could not be worked out has an empty name.
    """
    return Resolver(parsed or Parsed(article), article.reference).run(statements)


@cache
def _rates() -> dict[tuple[str, str], float]:
    """How often sources are right, by mention and kind, and by mention alone (kind ``""``)."""
    seen: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for r in read_table("source_confidence"):
        for key in ((r["mention"], r["kind"]), (r["mention"], "")):
            seen[key] += int(r["seen"])
            right[key] += int(r["right"])
    whole = {key: right[key] / seen[key] for key in seen}
    # Few cases of a kind are filled up with the mention's own rate.
    return {key: (right[key] + _FILLED * whole[key[0], ""]) / (seen[key] + _FILLED) for key in seen}


def _right(mention: str, kind: Kind, name: str) -> float:
    """How likely a source is right, from 0 to 1: counted by how it is mentioned and what it is; 0 without a name."""
    rates = _rates()
    return round(rates.get((mention, kind), rates.get((mention, ""), 0.5)), 3) if name else 0.0


class Resolver:
    """The sources of one article in the making."""

    def __init__(self, parsed: Parsed, reference: Moment | None = None) -> None:
        self.p = parsed
        self.day = reference.iso[:10] if reference is not None else ""
        self.text = parsed.text
        self.headline = self.text.find("\n")
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = {}
        for x in people(parsed).people:
            m = person_mention(parsed, x)
            if len(m.name_words) > 1 or m.role_words:
                self.place(m)
        self.spoken: list[Entity] = []
        self.times: Counter[int] = Counter()  # how often each has spoken, by its id()
        self.by_id: dict[int, Statement] = {}
        self._standing: dict[int, Standings] = {}
        self._chance: dict[int, float] = {}  # of the source chosen for each statement without a mention

    def run(self, statements: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], dict[str, Source]]:
        who: dict[int, Entity] = {}
        self.by_id = {s.id: s for s in statements}
        for s in statements:
            at = s.cue.start if s.cue else s.content[0].start
            entity = self._explicit(s) if s.speaker is not None else self._implicit(s, statements, who)
            if entity is None:
                entity = Entity(kind="unnamed")
                self.entities.append(entity)
            entity.last_seen = at
            who[s.id] = entity
            self.spoken.append(entity)
            self.times[id(entity)] += 1
        self._headline(statements, who)
        return self._finish(statements, who)

    def _implicit(self, s: Statement, statements: tuple[Statement, ...], who: dict[int, Entity]) -> Entity | None:
        """The likeliest of those who may have said what a statement without a mention reports."""
        found = candidates(self, s, statements, who)
        if not found:
            return None
        best = max(found, key=lambda c: c.score)
        self._chance[s.id] = 1 / sum(math.exp(c.score - best.score) for c in found)
        return best.entity if best.entity is not None else self.place(best.mention, at=_at(s))  # type: ignore[arg-type]

    def _headline(self, statements: tuple[Statement, ...], who: dict[int, Entity]) -> None:
        """«مسؤول نوري: …» in the headline is the official whom the first paragraph names."""
        end = self.text.find("\n")
        heads = [s for s in statements if (s.cue or s.content[0]).start < end]
        body = next((s for s in statements if (s.cue or s.content[0]).start > end and s.parent is None), None)
        if not heads or body is None or (lead := who[body.id]) in [who[s.id] for s in heads]:
            return
        first = who[heads[0].id]
        vague = first.kind == "unnamed" or (first.kind == "person" and not first.name)
        close = body.content[0].start < end + _LEAD
        if vague and close and lead.kind in ("person", "unnamed") and all(m.span.end <= end for m in first.mentions):
            for s in heads:
                if who[s.id] is first:
                    who[s.id] = lead
            lead.mentions = first.mentions + lead.mentions

    def mention(self, s: Statement) -> str:
        """How a statement's source is mentioned, as ``source_confidence.tsv`` counts it."""
        if s.speaker is not None:
            return "named" if s.named is not None else "explicit"
        chance = self._chance.get(s.id, 0.0)
        return f"implicit {max((b for b in _BANDS if b <= chance), default=_BANDS[0])}"

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
                how = "named" if e.kind == "person" and e.name else "explicit"
                x = identify(e, self.day, self.entities)
                sources[key] = Source(
                    key, name, e.kind, role, spans, x.qid, x.candidates, _right(how, e.kind, name), x.key, x.known_as,
                    x.office, x.of,
                )  # fmt: skip
            source = sources[keys[id(e)]]
            sure = _right(self.mention(s), source.kind, source.name)
            out.append(replace(s, who=source.key, confidence=round(s.confidence * sure, 3)))
        return tuple(out), sources

    # -- sentences --------------------------------------------------------------------------------------------

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self.p.starts, token) - 1

    def sentence_start(self, n: int) -> int:
        """The first token of sentence `n`."""
        return self.p.sentences[n].first if 0 <= n < len(self.p.sentences) else 0

    def standing(self, n: int) -> Standings:
        """The mentions in sentence `n`; none if there is no such sentence."""
        if n not in self._standing:
            s = self.p.sentences[n] if 0 <= n < len(self.p.sentences) else None
            self._standing[n] = Standings(self.p, s.first if s else 0, s.last if s else 0)
        return self._standing[n]

    # -- mentions ---------------------------------------------------------------------------------------------

    def _explicit(self, s: Statement) -> Entity:
        assert s.speaker is not None
        tied = s.cue is not None and _TYING.match(fold(s.cue.of(self.text))) is not None
        m = parse_mention(self.p, s.speaker, s.named, tied=tied)
        return self.place(m, at=m.span.start)

    def place(self, m: Mention, at: int = -1) -> Entity:
        """The entity of a mention, an old one or a new one."""
        found = self.find(m, at)
        if found is None:
            found = Entity(kind=m.kind)
            self.entities.append(found)
        found.add(m, brief=m.span.start < self.headline)
        for w in {*m.name_words, *m.role_words}:
            known = self._by_word.setdefault(w, [])
            if not known or known[-1] is not found:
                known.append(found)
        if at >= 0:
            found.last_seen = max(found.last_seen, at)
        return found

    def find(self, m: Mention, at: int = -1) -> Entity | None:
        """The entity that a mention at offset `at` refers to; None if it is new."""
        found = self._same_state(m) or self._same_name(m)
        if found is None and m.kind == "person":
            found = self._same_bearer(m) or self._same_office(m, at)
        if found is None and m.kind == "person" and not m.name:
            found = self._same_title(m, at) or self._generic(m, at)
        if found is None and m.name:
            found = self._same_head(m, at)
        return found

    def _near(self, m: Mention) -> list[Entity]:
        """The entities that a mention may be: all of them, or in a very long text those that share a word with it."""
        if len(self.entities) <= _MANY:
            return self.entities
        found = {id(e): e for w in (*m.name_words, *m.role_words) for e in self._by_word.get(w, ())[-_MANY:]}
        return list(found.values())

    def _same_name(self, m: Mention) -> Entity | None:
        if not m.name_words:
            return None
        if m.kind != "person":
            same = [e for e in self._near(m) if e.kind != "person" and e.name_words and same_body(m, e)]
            exact = (e for e in same if set(e.name_words) == set(m.name_words))
            return next(exact, None) or max(same, key=lambda e: e.last_seen, default=None)
        graded = [(same_person(m, e), e) for e in self._near(m) if e.kind == "person" and e.name_words]
        best = max(((n, e.last_seen, -i) for i, (n, e) in enumerate(graded) if n), default=None)
        return graded[-best[2]][1] if best else None

    def _same_bearer(self, m: Mention) -> Entity | None:
        """«أبو فلان» is he whom the article names otherwise, «بلنكن» is «بلينكن»: where somebody bears both names."""
        bearers = bearers_of(m.name_words) if m.name_words else ()
        if not bearers:
            return None
        people = (e for e in self._near(m) if e.kind == "person" and e.name_words and same_gender(m, e))
        found = [e for e in people if any(bears(x, e.name_words) for x in bearers)]
        return max(found, key=lambda e: e.last_seen, default=None)

    def _same_office(self, m: Mention, at: int) -> Entity | None:
        """«وزير الخارجية النوري» is he in the article whose name is of one who held the office; and the other way."""
        if not m.name and m.role_words:
            found = [e for e in self._near(m) if e.kind == "person" and e.name_words and same_gender(m, e)]
            found = [e for e in found if tied_offices([m.role_words], e.name_words, self.day)] if found else []
        elif m.name_words:
            found = [e for e in self._near(m) if e.kind == "person" and not e.name_words and e.titles]
            found = [e for e in found if tied_offices(e.titles, m.name_words, self.day)] if found else []
        else:
            return None
        return max(found, key=lambda e: (e.last_seen, e.seen_before(at)), default=None)

    def _same_title(self, m: Mention, at: int) -> Entity | None:
        """Who bears a title: the best fit, then the last of them who spoke, then the last who was named."""
        graded = [(title_fit(m, e), e) for e in self._near(m) if e.kind == "person"]
        best = max(
            ((n, e.last_seen, e.seen_before(at), -i) for i, (n, e) in enumerate(graded) if n),
            key=lambda t: (t[0] >= 1 or t[0], *t[1:]), default=None,
        )  # fmt: skip
        return graded[-best[3]][1] if best else None

    def _generic(self, m: Mention, at: int) -> Entity | None:
        """«المسؤول النوري», «الكاتب», «سموه»: words for anybody point to the last who spoke and fits."""
        honour = _HONOURED.get(m.text)
        if honour is not None:
            m.gender = "f" if fold(m.text).endswith("ها") else "m"
            named = self._named(m, at)
            ranked = [e for e in named if any(f in honour for x in e.mentions for f in fold(x.whole).split()[:_RANKS])]
            return max(ranked or named, key=lambda e: (e.last_seen, e.seen_before(at)), default=None)
        words = m.role_words - GENERIC
        if not m.definite or words == m.role_words:
            return None
        spoke = [e for e in reversed(self.spoken[-_MANY:]) if e.kind in ("person", "unnamed") and same_gender(m, e)]
        # «الكاتب»: the last who was called so, else the last of all.
        for e in (*(e for e in spoke if m.role_words & e.words & GENERIC), *spoke):
            if words <= e.words:
                return e
        if not _only_adjectives(m):
            return None
        states = any(w[0] == "@" for w in words)
        vague = next((e for e in spoke if not (states and e.states)), None)
        if vague is not None or states:
            return vague
        return max(self._named(m, at), key=lambda e: e.seen_before(at), default=None)

    def _named(self, m: Mention, at: int) -> list[Entity]:
        """The people with a title who are named before offset `at` and agree with a mention."""
        people = (e for e in self.entities[-_MANY:] if e.kind == "person" and e.titles and same_gender(m, e))
        return [e for e in people if e.seen_before(at) >= 0]

    def _same_head(self, m: Mention, at: int) -> Entity | None:
        """«الشركة» after «شركة النور»: a lone definite noun points to the last body that it heads."""
        if not m.definite or len(m.name_words) > 2 or m.kind in ("person", "state"):
            return None
        found = [
            e
            for e in self._near(m)
            if e.kind != "person" and len(e.name_words) > len(m.name_words) and set(m.name_words) <= set(e.name_words)
            and e.name_words[0] == m.name_words[0] and e.seen_before(at) >= 0
        ]  # fmt: skip
        if not found and m.kind == "organization" and len(m.name_words) == 1:
            named = headed_before(self.p, m, at)
            if named is not None:
                return self.place(named)
        return max(found, key=lambda e: e.seen_before(at), default=None)

    def _same_state(self, m: Mention) -> Entity | None:
        """«أنقرة» and «تركيا» are one source: a capital speaks for its state."""
        state = state_of(m) if m.kind == "state" else ""
        if not state:
            return None
        states = (e for e in self.entities if e.kind == "state")
        return next((e for e in states if any(state_of(x) == state for x in e.mentions)), None)


def _at(s: Statement) -> int:
    return (s.cue or s.content[0]).start


def _only_adjectives(m: Mention) -> bool:
    """Whether all words of a title but the first are adjectives of origin or kind: «المسؤولة العسكرية النورية»."""
    return all(f.endswith(("ي", "يه", "يين")) for f in fold(m.text).split()[1:])


def _key(n: int) -> str:
    """A, B, … Z, AA, AB, …"""
    letters = string.ascii_uppercase
    return letters[n] if n < 26 else _key(n // 26 - 1) + letters[n % 26]
