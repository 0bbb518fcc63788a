"""Invented words, people and bodies, and how often each comes up: what `record_corpus` makes its articles of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, product, repeat
from random import Random
from typing import NamedTuple, TypeVar

import numpy as np

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import Act, Kind

__all__ = [
    "CITIES", "CUES", "Cue", "Who", "chances", "choosing", "drawing", "matter_phrases", "phrases", "sources", "zipf",
]  # fmt: skip

PEOPLE, BODIES, STATES = 20_000, 500, 60
PHRASES = 1 << 17
BATCH = 1 << 13

T = TypeVar("T")


class Who(NamedTuple):
    """A source, the same in every article."""

    kind: Kind
    name: str
    short: str
    again: str
    feminine: bool
    role: str
    of: str
    identity: str = ""


class Cue(NamedTuple):
    """A reporting verb."""

    lemma: str
    feminine: str
    participle: str
    that: str
    act: Act


CUES = {
    Cue("قال", "قالت", "قائلا", "إن", "inform"): 20,
    Cue("أضاف", "أضافت", "مضيفا", "أن", "inform"): 9,
    Cue("أكد", "أكدت", "مؤكدا", "أن", "inform"): 9,
    Cue("أوضح", "أوضحت", "موضحا", "أن", "inform"): 7,
    Cue("أشار", "أشارت", "مشيرا", "إلى أن", "judge"): 8,
    Cue("اعتبر", "اعتبرت", "معتبرا", "أن", "judge"): 6,
    Cue("شدد", "شددت", "مشددا", "على أن", "judge"): 5,
    Cue("أعلن", "أعلنت", "معلنا", "أن", "announce"): 7,
    Cue("طالب", "طالبت", "مطالبا", "بأن", "demand"): 5,
    Cue("دعا", "دعت", "داعيا", "إلى أن", "demand"): 4,
    Cue("تعهد", "تعهدت", "متعهدا", "بأن", "commit"): 4,
    Cue("أيد", "أيدت", "مؤيدا", "أن", "support"): 3,
    Cue("حذر", "حذرت", "محذرا", "من أن", "warn"): 3,
    Cue("أعرب", "أعربت", "معربا", "عن أمله أن", "express"): 3,
    Cue("توقع", "توقعت", "متوقعا", "أن", "predict"): 2,
    Cue("اتهم", "اتهمت", "متهما", "خصومه بأن", "accuse"): 2,
    Cue("رفض", "رفضت", "رافضا", "أن", "reject"): 2,
    Cue("نفى", "نفت", "نافيا", "أن", "deny"): 2,
    Cue("أدان", "أدانت", "مدينا", "أن", "condemn"): 2,
    Cue("تساءل", "تساءلت", "متسائلا", "عما إذا كان", "ask"): 1,
}
TOPICS = "النقل الصحة التعليم الزراعة المياه الثقافة السياحة البيئة الإسكان الصناعة التجارة العدل الشباب العمل".split()
STEMS = "أرج سهر زهر فلق غيم ند رمل صدف شفق نسم برق عطر".split()
CITIES = [a + b for a, b in product(STEMS, ("انة", "ابور", "ونة"))]
OFFICES = {
    ("وزير", "وزيرة", "topic"): 30, ("النائب في برلمان", "النائبة في برلمان", "state"): 20,
    ("رئيس", "رئيسة", "body"): 15, ("المتحدث باسم", "المتحدثة باسم", "body"): 15, ("عضو", "عضوة", "body"): 12,
    ("الخبير في شؤون", "الخبيرة في شؤون", ""): 8,
}  # fmt: skip
HEADS: tuple[tuple[str, bool, Kind], ...] = (
    ("وزارة", True, "organization"), ("هيئة", True, "organization"), ("اتحاد", False, "organization"),
    ("نقابة عمال", True, "organization"), ("مركز", False, "organization"), ("حزب", False, "organization"),
    ("حركة", True, "group"), ("تقرير", False, "document"),
)  # fmt: skip
UNNAMED = (
    "مصدر مسؤول دبلوماسي خبير شاهد".split(),
    ("أمني", "حكومي", "طبي", "عسكري", "محلي", "مطلع", "قريب من المفاوضات", "رفض الكشف عن اسمه"),
)
SHARES = {"person": 66, "body": 17, "state": 4, "unnamed": 11, "media": 2}
PATTERNS = {"ND": 24, "PD": 10, "PND": 14, "DD": 10, "VD": 10, "VPD": 6, "CD": 8, "C": 4, "FC": 5, "NC": 9}
"""Phrases: noun, definite noun, verb, preposition, particle, any common word."""
PREPOSITIONS = {"في": 40, "من": 35, "على": 17, "إلى": 14, "عن": 8, "مع": 6, "بعد": 5, "خلال": 4, "بين": 4, "ضد": 1}
PARTICLES = {
    "التي": 12,
    "الذي": 10,
    "أن": 18,
    "هذا": 8,
    "هذه": 7,
    "كما": 4,
    "لم": 4,
    "لا": 6,
    "كل": 4,
    "ما": 5,
    "قد": 3,
}
JOINED = {"N": (("", "و", "ب", "ل"), (70, 14, 8, 8)), "D": (("", "و", "ب", "ل"), (68, 16, 8, 8))}
"""Particles written with the first word of a phrase, and how often in a hundred; else only «و»."""


def drawing(seed: Sequence[int], weights: Sequence[float]) -> Iterator[int]:
    """Numbers of items, each as often as its weight; drawn in batches, which is ten times as quick as one at a time."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    random = np.random.default_rng(seed)
    batches = (np.searchsorted(edges, random.random(BATCH) * edges[-1], "right").tolist() for _ in repeat(None))
    return chain.from_iterable(batches)


def chances(seed: Sequence[int]) -> Iterator[float]:
    """Numbers from 0 to 1, evenly."""
    random = np.random.default_rng(seed)
    return chain.from_iterable(random.random(BATCH).tolist() for _ in repeat(None))


def choosing(seed: Sequence[int], shares: dict[T, int]) -> Callable[[], T]:
    """What gives one of the keys, each as often as its share."""
    return map(list(shares).__getitem__, drawing(seed, list(shares.values()))).__next__


def zipf(count: int, shift: float = 8) -> list[float]:
    """How often the first, second, … of some things comes up; `shift` takes the edge off the first ones."""
    return [1 / (rank + shift) for rank in range(1, count + 1)]


def vocabulary() -> dict[str, dict[str, float]]:
    """The words of each letter of `PATTERNS`, and how often each is used."""
    others = {fold(w) for w in (*PREPOSITIONS, *PARTICLES)}
    nouns = [(r["word"], int(r["bare"]), int(r["definite"])) for r in read_table("nouns") if r["word"] not in others]
    known = {n[0] for n in nouns}
    # The rare words have no counts in their list.
    rare = [w for r in read_table("common_words") for w in r["words"].split()]
    return {
        "N": {word: bare for word, bare, _ in nouns},
        "D": {f"ال{word}": definite for word, _, definite in nouns},
        "V": {r["word"]: int(r["count"]) for r in read_table("verbs") if r["word"] not in known},
        "C": dict(zip(rare, zipf(len(rare), 2000), strict=True)),
        "P": {k: float(v) for k, v in PREPOSITIONS.items()},
        "F": {k: float(v) for k, v in PARTICLES.items()},
    }


def phrases(seed: int) -> list[str]:
    """Invented phrases of one to three words; what people say is made of them."""
    next_of = {
        letter: map(list(words).__getitem__, drawing((seed, 1, n), list(words.values()))).__next__
        for n, (letter, words) in enumerate(vocabulary().items())
    }
    joined = {
        letter: choosing((seed, 2, n), dict(zip(*JOINED.get(letter, (("", "و"), (85, 15))), strict=True)))
        for n, letter in enumerate(next_of)
    }
    pattern = choosing((seed, 3), PATTERNS)
    made = []
    for _ in range(PHRASES):
        letters = pattern()
        particle = joined[letters[0]]()
        words = " ".join([next_of[letter]() for letter in letters])
        made.append("لل" + words[2:] if particle == "ل" and words.startswith("ال") else particle + words)
    return made


def matter_phrases() -> list[tuple[str, str, str]]:
    """Matter, pattern and words of the first patterns of every matter, with the article before the last word."""
    found = []
    for row in read_table("matters"):
        for pattern in [p for p in row["patterns"].split(";") if p and "_" not in p][:3]:
            *others, last = [slot.split("/")[0] for slot in pattern.split()]
            found.append((row["id"], pattern, " ".join([*others, last if last.startswith("ال") else f"ال{last}"])))
    return found


def sources(seed: int) -> tuple[list[Who], list[float], list[str]]:
    """All sources, how often each speaks, and the outlets among them."""
    random = Random(f"sources {seed}")
    states = [a + b for a, b in product(STEMS, ("ستان", "انيا", "وريا", "لاند", "ابيا"))][:STATES]
    outlets = [("صحيفة {} اليوم", "قناة {}", "موقع {} الآن", "شبكة {}")[n % 4].format(s) for n, s in enumerate(states)]
    every = [
        Who(kind, f"{head} {topic} في {state}", f"{head} {topic}", f"ال{head.split()[0]}", feminine, "", state)
        for (head, feminine, kind), topic, state in product(HEADS, TOPICS, states)
    ]
    bodies = random.sample(every, BODIES)
    groups: dict[str, list[Who]] = {
        "person": people(random, states, [b for b in bodies if b.kind in ("organization", "group")]),
        "body": bodies,
        "state": [Who("state", s, s, s, True, "", s) for s in states],
        "unnamed": [Who("unnamed", n, n, n, False, "", "") for n in map(" ".join, product(*UNNAMED))],
        "media": [Who("media", o, o, o, not o.startswith("موقع"), "", "") for o in outlets],
    }
    for what, known in (("person", 3000), ("body", 150)):
        groups[what][:known] = [w._replace(identity=f"{what}:bench-{n}") for n, w in enumerate(groups[what][:known])]
    weights: list[float] = []
    for what, members in groups.items():
        ranks = zipf(len(members))
        share = SHARES[what] / sum(ranks)
        weights += [share * z for z in ranks]
    return list(chain.from_iterable(groups.values())), weights, outlets


def people(random: Random, states: list[str], bodies: list[Who]) -> list[Who]:
    """Invented people with their offices."""
    real = {fold(row["name"]).split()[-1] for row in read_table("people")}
    surnames = [w for r in read_table("surnames") if (w := r["word"]).startswith("ال") and w not in real]
    table = read_table("given_names")
    given = {g: [r["name"] for r in table if r["gender"] == g] for g in "mf"}
    names = {g: iter(random.choices(given[g], zipf(len(given[g]), 40), k=PEOPLE)) for g in given}
    made = []
    for masculine, feminine, what in random.choices(list(OFFICES), list(OFFICES.values()), k=PEOPLE):
        woman = random.random() < 0.22
        first, last = next(names["f" if woman else "m"]), random.choice(surnames)
        father = f" {random.choice(given['m'][:300])}" if random.random() < 0.3 else ""
        state, body, topic = random.choice(states), random.choice(bodies), random.choice(TOPICS)
        place = {"topic": f"{topic} في {state}", "state": state, "body": body.name, "": topic}[what]
        of = {"topic": state, "state": state, "body": body.name, "": ""}[what]
        role = f"{feminine if woman else masculine} {place}"
        made.append(Who("person", f"{first}{father} {last}", f"{first} {last}", last, woman, role, of))
    return made
