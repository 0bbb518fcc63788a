"""Statements without a mention («وأضاف أن», «مؤكدا أن»): who may be meant, and how likely each is.

The candidates are who spoke just before, who stands in the sentence so far, and the subjects of the sentences before
it. A log-linear ranker weighs them (after Denis and Baldridge 2008); its weights are ``source_weights.tsv``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import Statement
from qawl.sources.entities import Entity
from qawl.sources.inventory import Standing
from qawl.sources.mentions import Mention
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import classes, is_stop
from qawl.statements.parsed import function_words, has_letters, nouns, verbs
from qawl.statements.people import people

if TYPE_CHECKING:
    from qawl.sources.resolve import Resolver

__all__ = ["Candidate", "candidates"]

_PREVIOUS = 4  # statements before it whose sources are weighed
_SUBJECTS = 2  # mentions at the head of a sentence that may be its subject
_MEMORY = 60  # statements
_BACK = 2  # sentences before it whose subjects are weighed
_PRONOUNS = {"ه": ("m", "s"), "ها": ("f", "s"), "هم": ("m", "p"), "هما": ("", "p")}
_PREPOSITIONS = frozenset("في من الي علي عن مع بين بعد قبل خلال لدي ضد عبر حول تجاه امام عند".split())


@dataclass(slots=True)
class Candidate:
    """Who may have said it.

    Parameters
    ----------
    entity : Entity or None
        A source known already; None if only `mention` names it.
    mention : Mention or None
        The mention that brings it in.
    features : set of str
        What speaks for it and against it.
    score : float
        The sum of the weights of its features.
    """

    entity: Entity | None
    mention: Mention | None
    features: set[str] = field(default_factory=set)
    score: float = 0.0

    @property
    def gender(self) -> str:
        """``m``, ``f`` or ``""``."""
        return (self.entity or self.mention).gender  # type: ignore[union-attr]

    @property
    def number(self) -> str:
        """``s`` or ``p``."""
        return (self.entity or self.mention).number  # type: ignore[union-attr]

    @property
    def kind(self) -> str:
        """What it is."""
        return (self.entity or self.mention).kind  # type: ignore[union-attr]


@cache
def weights() -> dict[str, float]:
    """The ranker's weights, by feature."""
    return {row["feature"]: float(row["weight"]) for row in read_table("source_weights")}


def candidates(r: Resolver, s: Statement, statements: tuple[Statement, ...], who: dict[int, Entity]) -> list[Candidate]:
    """Those who may be the source of a statement without a mention, with their scores, in a fixed order."""
    found = _Found(r, s)
    found.spoke(statements, who)
    found.stand()
    found.describe()
    known = weights()
    for c in found.all:
        c.score = math.fsum([known[f] for f in c.features if f in known])  # the same in any order
    return found.all


class _Found:
    """The candidates for one statement."""

    def __init__(self, r: Resolver, s: Statement) -> None:
        self.r = r
        self.s = s
        self.at = (s.cue or s.content[0]).start
        self.token = r.p.at(self.at)
        self.sentence = r.sentence_of(self.token)
        self.form, self.gender, self.number = _cue(s, r.text)
        self.where = self._where()
        self.all: list[Candidate] = []

    def _get(self, entity: Entity | None, mention: Mention | None = None) -> Candidate:
        for c in self.all:
            if (entity is not None and c.entity is entity) or (entity is None and c.mention is mention):
                return c
            if entity is None and c.entity is None and _alike(c.mention, mention):
                return c
        c = Candidate(entity, mention)
        self.all.append(c)
        return c

    def spoke(self, statements: tuple[Statement, ...], who: dict[int, Entity]) -> None:
        """Who spoke before, and in whose statement this one stands."""
        s = self.s
        # Statements are numbered from 1 in the order of the text. Who spoke hundreds of statements ago is past.
        earlier = [x for x in statements[max(0, s.id - 1 - _MEMORY) : s.id - 1] if x.id in who]
        beside = [x for x in earlier if x.parent == s.parent]
        seen: list[Entity] = []
        for x in reversed(beside):
            e = who[x.id]
            if any(e is y for y in seen):
                continue
            if len(seen) == _PREVIOUS:
                break
            rank = len(seen)
            seen.append(e)
            c = self._get(e)
            gap = self._gap(x)
            here = f"spoke{rank}"
            c.features.update((here, f"{here}:{gap}", f"{here}:{self.form}", f"{here}:{gap}:{self.form}"))
            c.features.update((f"{here}:{self.where}", f"{here}:{gap}:{self.where}", f"{here}:{s.mode}"))
            c.features.update((f"{here}:cue:{s.lemma}", f"{here}:{gap}:cue:{s.lemma}"))
            if x.speaker is None and rank == 0:
                c.features.add("spoke0:implicit")
        if earlier and earlier[-1].parent != s.parent:
            self._get(who[earlier[-1].id]).features.add("spoke-nested")
        if s.parent is not None and s.parent in who:
            self._get(who[s.parent]).features.update(("parent", f"parent:{self.form}"))

    def _where(self) -> str:
        """Whether the cue opens a paragraph or a sentence, or stands within one."""
        r = self.r
        first = r.sentence_start(self.sentence)
        if self.token > first + 1:
            return "within"
        return "line" if first == 0 or r.text.find("\n", r.p.tok.end[first - 1], r.p.tok.start[first]) >= 0 else "opens"

    def _gap(self, x: Statement) -> str:
        """How far back a statement stands: in the sentence, the paragraph, or before it."""
        r = self.r
        start = r.p.at((x.cue or x.content[0]).start)
        sentences = self.sentence - r.sentence_of(start)
        line = "line" if r.text.find("\n", x.content[-1].end, self.at) >= 0 else ""
        return f"{min(sentences, 3)}{line}"

    def stand(self) -> None:
        """Who stands in the sentence before the cue, and who are the subjects of the sentences before it."""
        r = self.r
        inside = self.s.parent is not None
        start = r.sentence_start(self.sentence)
        if inside and (parent := r.by_id.get(self.s.parent)) is not None:  # type: ignore[arg-type]
            start = max(start, r.p.at(parent.content[0].start))
        here = [x for x in r.standing(self.sentence).before(self.token) if start <= x.first]
        for n, x in enumerate(here):
            c = self._get(r.find(x.mention, x.mention.span.start + 1), x.mention)
            place = self._place(x)
            c.features.update((f"here:{place}", f"here:{place}:{self.form}"))
            c.features.update((f"here:{place}:{self.where}", f"here:{place}:{c.kind}:{self.form}"))
            if n == 0:
                c.features.update(("here-first", f"here-first:{self.form}", f"here-first:{place}:{self.form}"))
            if n == len(here) - 1:
                c.features.update(("here-last", f"here-last:{self.form}", f"here-last:{place}"))
            if x.last == self.token:
                c.features.add("here-adjacent")
            if inside:
                c.features.add(f"here-inside:{place}")
        for back in range(1, _BACK + 1):
            if back > 1 and r.text.find("\n", r.p.tok.start[r.sentence_start(self.sentence - back)], self.at) >= 0:
                break
            for n, x in enumerate(r.standing(self.sentence - back).first(_SUBJECTS)):
                c = self._get(r.find(x.mention, x.mention.span.start + 1), x.mention)
                c.features.add(f"back{back}:{n}:{self._place(x)}")

    def _place(self, x: Standing) -> str:
        """What stands before a mention: nothing, a verb, a preposition, a noun."""
        form = self.r.p.tok.form
        k = x.first
        if k == 0 or not has_letters(form[k - 1]) or form[k - 1] in function_words()["comp"]:
            return "open"
        before = form[k - 1]
        if form[k][0] in "بل" and form[k] not in people(self.r.p).words and before not in verbs():
            return "joined"
        if before in _PREPOSITIONS:
            return "prep"
        if before in verbs() or any(x.form in ("past", "present") for x, _ in lookup(before)):
            return "verb"
        return "verb" if self._opens_clause(k - 1) else "noun"

    def _opens_clause(self, k: int) -> bool:
        """Whether token `k` is a word at the head of a clause that is no noun, so a verb: «، زار المدير»."""
        form = self.r.p.tok.form
        if form[k] in nouns() or form[k].startswith("ال") or classes(form[k]) or is_stop(form[k]):
            return False
        return k == 0 or not has_letters(form[k - 1]) or form[k - 1] in function_words()["aux"]

    def describe(self) -> None:
        """Agreement with the verb, and what the candidates are."""
        counts = self.r.times
        most = max(counts.values(), default=0)
        for c in self.all:
            f = c.features
            if c.entity is not None and (times := counts[id(c.entity)]):
                f.update((f"times:{min(times, 4)}", f"times:{'most' if times == most else 'less'}:{self.where}"))
            if self.gender and c.gender:
                agrees = "gender" if self.gender == c.gender else "gender-not"
                f.update((agrees, f"{agrees}:{'person' if c.kind == 'person' else 'body'}"))
            if self.number:
                mass = c.kind in ("group", "organization", "unnamed", "document", "media")
                plural = c.number == "p"
                agrees = "number" if plural == (self.number == "p") else "number-mass" if mass else "number-not"
                f.update((agrees, f"{agrees}:{self.number}"))
            f.update((f"kind:{c.kind}", f"kind:{c.kind}:{self.form}"))
            e = c.entity
            if e is None:
                f.add("new")
                continue
            if e.name and e.kind == "person":
                f.add("named")
            f.add("silent" if e.last_seen < 0 else "spoke")
            f.add(f"mentions:{min(len(e.mentions), 4)}")
            if any(m.span.end <= self.r.headline for m in e.mentions):
                f.add("headline")


def _alike(a: Mention | None, b: Mention | None) -> bool:
    """Whether two mentions have the same words."""
    return a is not None and b is not None and a.name_words == b.name_words and a.role_words == b.role_words


def _cue(s: Statement, text: str) -> tuple[str, str, str]:
    """What the cue is, and the gender and number of its subject, or of the pronoun on a noun («قولها»)."""
    if s.cue is None:
        return "none", "", ""
    readings = [(r, c) for r, c in lookup(fold(s.cue.of(text)).split()[0]) if not s.lemma or r.lemma == s.lemma]
    if not readings:
        return "phrase", "", ""
    r, clitic = readings[0]
    if r.form == "masdar":
        return "masdar", *_PRONOUNS.get(r.suffix, ("", ""))
    number = "p" if r.number in ("p", "d") else r.number
    if r.form == "participle":
        return "participle", r.gender, number
    return ("verb-and" if clitic else "verb") + ("-object" if r.suffix else ""), r.gender, number
