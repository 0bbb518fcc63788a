"""What invented people say in invented events, before it is set as articles: the middle part of `record_corpus`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import NamedTuple

from corpus_words import CITIES, CUES, Cue, chances, choosing, drawing, matter_phrases, phrases, sources, zipf
from qawl.model import ConditionKind, Mode, OccasionKind, Sign

__all__ = ["CONDITIONS", "OCCASIONS", "Said", "Story", "Writer"]


class Frame(NamedTuple):
    """A sentence into which cue, speaker and content are put."""

    mode: Mode
    slots: tuple[str, ...]
    cue: Cue | None


class Stand(NamedTuple):
    """A stance, its words in the phrases of a content from number `at` on."""

    matter: str
    pattern: str
    sign: Sign
    at: int
    condition: ConditionKind | None


class Said(NamedTuple):
    """A statement before it has its place in a text."""

    frame: Frame
    cue: Cue
    who: int
    phrases: tuple[str, ...]
    mixed: bool
    stand: Stand | None
    inner: Said | None = None


class Story(NamedTuple):
    """What the articles of one event have in common."""

    moment: datetime
    place: str
    agency: str
    paragraphs: tuple[tuple[Said, ...] | str, ...]
    dateline: bool
    outlet: int


def _frame(mode: Mode, template: str, cue: Cue | None = None) -> Frame:
    return Frame(mode, tuple(x for x in re.split(r"\{(\w+)\}", template) if x), cue)


LEADS = {
    _frame("indirect", "{cue} {speaker} {that} {content}"): 37,
    _frame("indirect", "{cue} {speaker}، {day}، {that} {content}"): 10,
    _frame("indirect", "{cue} {speaker} خلال {occasion} {that} {content}"): 12,
    _frame("direct", '{cue} {speaker}: "{content}"'): 18,
    _frame("direct", '"{content}"، {cue} {speaker}'): 5,
    _frame("indirect", "{cue} {speaker}، {content}", Cue("بحسب", "بحسب", "", "", "inform")): 8,
    _frame("indirect", "نقلت {via} عن {speaker} {saying} إن {content}", Cue("قال", "قالت", "", "", "inform")): 7,
}
NESTING = _frame("indirect", "{cue} {speaker} {that} {content}")
FOLLOWING = {
    _frame("indirect", "{and_cue} {that} {content}"): 58,
    _frame("direct", '{and_cue}: "{content}"'): 22,
    _frame("indirect", "{participle} {that} {content}"): 20,
}
OCCASIONS: dict[str, tuple[OccasionKind, int]] = {
    "مؤتمر صحفي": ("press_conference", 4), "تصريحات صحفية": ("statement", 3), "مقابلة": ("interview", 2),
    "اجتماع": ("meeting", 2), "كلمة": ("speech", 2), "جلسة": ("session", 1), "اتصال هاتفي": ("call", 1),
}  # fmt: skip
CONDITIONS: dict[ConditionKind, str] = {
    "unconditional": "دون قيد أو شرط", "now": "فورا", "if": "بشرط التوافق", "after": "بعد المفاوضات",
    "limited": "بشكل مؤقت",
}  # fmt: skip
WANTS: dict[Sign, list[str]] = {
    "+": "دعم تأييد ضرورة أهمية تعزيز مساندة استمرار تحقيق".split(),
    "-": "رفض إدانة معارضة خطورة استنكار وقف إنهاء مقاطعة".split(),
}


class Writer:
    """Makes up what is said, and the stories in which it is said."""

    def __init__(self, seed: int) -> None:
        self.sources, weights, self.outlets = sources(seed)
        self.phrases = phrases(seed)
        self.sizes = [p.count(" ") + 1 for p in self.phrases]
        self.phrase = drawing((seed, 10), [1] * len(self.phrases)).__next__
        self.source = drawing((seed, 11), weights).__next__
        self.cue = choosing((seed, 12), CUES)
        self.lead, self.following = choosing((seed, 13), LEADS), choosing((seed, 14), FOLLOWING)
        # A content of some words has one or two more to end its phrase, and with a stance up to eight.
        sizes = {n: round(1000 * exp(-(((n - 22) / 11) ** 2) / 2)) for n in range(8, 35)}
        self.size = choosing((seed, 15), sizes)
        matters = matter_phrases()
        Random(f"matters {seed}").shuffle(matters)
        self.matter = map(matters.__getitem__, drawing((seed, 16), zipf(len(matters), 4))).__next__
        self.occasion = choosing((seed, 17), {words: share for words, (_, share) in OCCASIONS.items()})
        self.outlet = drawing((seed, 18), zipf(len(self.outlets), 3)).__next__
        self.chance = chances((seed, 19)).__next__
        self.used = 0  # words of the story in hand

    def sure(self) -> float:
        """A confidence: most are high."""
        return round(1 - self.chance() ** 2 / 2, 3)

    def words(self, size: int) -> list[str]:
        """Phrases that have some words, or one or two more."""
        found, draw, sizes, left = [], self.phrase, self.sizes, size
        while left > 0:
            n = draw()
            found.append(self.phrases[n])
            left -= sizes[n]
        self.used += size - left
        return found

    def said(self, who: int, frame: Frame) -> Said:
        """A statement of a source, half of them with a stance."""
        content, stand = self.words(self.size()), None
        if self.chance() < 0.54:
            content, stand = self.taking_sides(who, content)
        mixed = frame.mode == "indirect" and self.chance() < 0.15
        if mixed:
            content[0] = f'"{content[0]}"'
        return Said(frame, frame.cue or self.cue(), who, tuple(content), mixed, stand)

    def taking_sides(self, who: int, content: list[str]) -> tuple[list[str], Stand]:
        """Puts a matter into a content; somebody is mostly on one side of it."""
        matter, pattern, words = self.matter()
        usual = (who * 31 + len(matter) * 17 + len(words)) % 3 > 0
        sign: Sign = "+" if usual == (self.chance() < 0.92) else "-"
        condition = None
        extra = [WANTS[sign][int(self.chance() * len(WANTS[sign]))], words]
        if self.chance() < 0.1 and words.count(" ") < 3:
            condition = list(CONDITIONS)[int(self.chance() * len(CONDITIONS))]
            extra.append(CONDITIONS[condition])
        at = min(1 + int(self.chance() * 3), len(content))
        content[at:at] = extra
        return content, Stand(matter, pattern, sign, at + 1, condition)

    def story(self, moment: datetime) -> Story:
        """Something new, of five to nine statements as a rule."""
        chance, self.used = self.chance, 12
        cast = [self.source() for _ in range(1 + int(chance() * 3))]
        least, most = 170 + int(chance() * 180), 5 + int(chance() * 4)
        paragraphs: list[tuple[Said, ...] | str] = []
        spoken = 0
        while spoken < most and self.used < 300:
            who = cast[int(chance() * len(cast))]
            if chance() < 0.06:
                said = [Said(NESTING, self.cue(), self.source(), (), False, None, self.said(who, NESTING))]
                spoken += 1
            else:
                said = [self.said(who, self.lead())]
            while chance() < 0.5 and len(said) < 3:
                said.append(self.said(said[0].who, self.following()))
            spoken += len(said)
            self.used += 7 * len(said)
            paragraphs.append(tuple(said))
        while self.used < least:
            told = " ".join(self.words(10 + int(chance() * 12)))
            paragraphs.insert(1 + int(chance() * len(paragraphs)), f"{told}.")
        place, agency = CITIES[int(chance() * len(CITIES))], f"وكالة {self.outlets[int(chance() * 6)].split()[1]}"
        return Story(moment, place, agency, tuple(paragraphs), chance() < 0.3, self.outlet())

    def retold(self, story: Story) -> Story:
        """As another outlet has it some hours later: often cut, here and there in other words."""
        kept, outlet = len(story.paragraphs), story.outlet
        while outlet == story.outlet:
            outlet = self.outlet()
        if self.chance() < 0.6:
            kept = max(2, int(kept * (0.4 + 0.6 * self.chance())))
        later = story.moment + timedelta(minutes=10 + int(self.chance() * 600))
        changed = tuple(
            p if isinstance(p, str) or self.chance() > 0.15 else (self.edited(p[0]), *p[1:])
            for p in story.paragraphs[:kept]
        )
        return story._replace(moment=later, paragraphs=changed, outlet=outlet)

    def edited(self, said: Said) -> Said:
        """With another verb and a shorter content."""
        shorter = said.phrases[:-1] if said.stand is None and len(said.phrases) > 8 else said.phrases
        return said._replace(cue=said.frame.cue or self.cue(), phrases=shorter)
