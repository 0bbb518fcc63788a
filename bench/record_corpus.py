"""A large invented record for benchmarks: readings with their statements, made without reading anything.

    python bench/record_corpus.py [--statements N]

Words are drawn by the counts of the package's word lists, in their folded spelling, with joined particles; people,
bodies, matters and outlets by Zipf's law. What is said means nothing. People, bodies, states and outlets are invented:
nobody in it has the surname of anybody in ``people.tsv``.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from corpus_stories import CONDITIONS, OCCASIONS, Said, Story, Writer
from qawl.model import (
    About,
    Article,
    Block,
    Condition,
    Dated,
    Dateline,
    Degree,
    Moment,
    Occasion,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)

__all__ = ["readings"]

EXTRACTOR = "bench/record_corpus"
FIRST, YEARS = datetime(2016, 1, 1), timedelta(days=8 * 365.25)
NOTHING = Statement(0, None, "", None, (), "direct")  # until the words of one are set
COPIES = 0.2  # of the articles
RECENT = 200  # articles among which a copy has its original
SECTIONS = ("سياسة", "اقتصاد", "محليات", "العالم", "رياضة", "ثقافة", "")
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()


class Page:
    """An article while it is set: its text so far, and what stands where in it."""

    def __init__(self, writer: Writer, story: Story) -> None:
        self.writer, self.story = writer, story
        self.pieces: list[str] = []
        self.end = 0
        self.blocks: list[Block] = []
        self.statements: list[Statement] = []
        self.names: dict[int, str] = {}
        self.keys: dict[int, str] = {}
        self.mentions: dict[int, list[Span]] = {}
        self.day = Moment(story.moment.date().isoformat(), "day")
        self.dated = Dated(self.day, "publication")
        self.dateline: Dateline | None = None

    def put(self, text: str) -> Span:
        """Goes on with some text."""
        start, self.end = self.end, self.end + len(text)
        self.pieces.append(text)
        return Span(start, self.end)

    def mention(self, who: int) -> tuple[str, str]:
        """The words for a source, and the part of them that is a name."""
        source, chance = self.writer.sources[who], self.writer.chance
        if who not in self.names:
            self.names[who] = source.short if chance() < 0.3 else source.name
            self.keys.setdefault(who, chr(ord("A") + len(self.keys)))
            self.mentions.setdefault(who, [])
        elif chance() < 0.8:
            return source.again, source.again
        name = self.names[who]
        return (f"{source.role} {name}" if source.role else name), name

    def say(self, said: Said, parent: int | None = None) -> None:
        """Sets a statement, with what is itself reported in its content."""
        number, fills, spans = len(self.statements) + 1, self.fillings(said), dict[str, Span]()
        self.statements.append(NOTHING)
        end = self.end
        for slot in said.frame.slots:
            text = fills.get(slot)
            if text is None:
                text = slot
            else:
                spans[slot] = Span(end, end + len(text))
            self.pieces.append(text)
            end += len(text)
        self.end = end
        if said.inner is not None:  # the content is the last of the slots, and still empty
            self.say(said.inner, number)
            spans["content"] = Span(end, self.end)
        sure, speaker, occasion = self.writer.sure, spans.get("speaker"), spans.get("occasion")
        named = None
        if speaker is not None:
            self.mentions[said.who].append(speaker)
            if fills["kind"] == "person":
                named = Span(speaker.end - len(fills["name"]), speaker.end)
        self.statements[number - 1] = Statement(
            number,
            next(spans[c] for c in ("cue", "and_cue", "participle", "saying") if c in spans),
            said.cue.lemma,
            speaker,
            (spans["content"],),
            "mixed" if said.mixed else said.frame.mode,
            parent,
            said.cue.act,
            self.stances(said, spans["content"].start),
            self.keys[said.who],
            spans.get("via"),
            sure(),
            named,
            Dated(self.day, "statement", spans["day"]) if "day" in spans else self.dated,
            Occasion(OCCASIONS[fills["occasion"]][0], occasion) if occasion else None,
            sure(),
        )

    def fillings(self, said: Said) -> dict[str, str]:
        """What goes into the slots of a statement's frame."""
        source, cue, slots = self.writer.sources[said.who], said.cue, said.frame.slots
        feminine = source.feminine
        verb = cue.feminine if feminine else cue.lemma
        fills = {"cue": verb, "and_cue": f"و{verb}", "that": cue.that, "content": " ".join(said.phrases)}
        if "speaker" in slots:
            fills["kind"], (fills["speaker"], fills["name"]) = source.kind, self.mention(said.who)
        if "day" in slots:
            fills["day"] = WEEKDAYS[self.story.moment.weekday()]
        elif "occasion" in slots:
            fills["occasion"] = self.writer.occasion()
        elif "participle" in slots:
            fills["participle"] = f"{cue.participle[:-1]}ة" if feminine else cue.participle
        elif "via" in slots:
            fills["via"], fills["saying"] = self.writer.outlets[self.writer.outlet()], "قولها" if feminine else "قوله"
        return fills

    def stances(self, said: Said, start: int) -> tuple[Stance, ...]:
        """The stance of a statement whose content starts at a place."""
        stand = said.stand
        if stand is None:
            return ()
        at = start + len(" ".join(said.phrases[: stand.at])) + 1
        words = Span(at, at + len(said.phrases[stand.at]))
        conditions: tuple[Condition, ...] = ()
        if stand.condition is not None:
            conditions = (
                Condition(stand.condition, Span(words.end + 1, words.end + 1 + len(CONDITIONS[stand.condition]))),
            )
        sure = self.writer.sure()
        degree: Degree = "strong" if sure > 0.98 else "weak" if sure < 0.55 else "plain"
        about = (About(stand.matter, stand.sign, words, stand.pattern),)
        return (Stance(words, stand.sign, degree, conditions, about, sure),)

    def headline(self) -> None:
        """Sets a title; some are themselves a statement («الراوي: …»)."""
        opening = self.story.paragraphs[0]
        if isinstance(opening, tuple) and self.writer.chance() < 0.3:
            who = opening[0].who
            speaker = self.put(self.writer.sources[who].short)
            self.keys[who], self.mentions[who] = "A", [speaker]
            self.put(": ")
            content = self.put(" ".join(self.writer.words(5)))
            sure, named = self.writer.sure, speaker if self.writer.sources[who].kind == "person" else None
            self.statements.append(
                Statement(
                    1, None, "", speaker, (content,), "direct", who="A", confidence=sure(), named=named, said=self.dated
                )
            )
        else:
            self.put(" ".join(self.writer.words(6)))
        self.blocks.append(Block(Span(0, self.end), "headline"))

    def opening(self) -> None:
        """Sets the dateline."""
        story = self.story
        start, day = self.end, story.moment
        self.put(f"{story.place} ")
        dated = self.put(f"{day.day} {MONTHS[day.month - 1]} {day.year}")
        self.put(f" ({story.agency})")
        self.dateline = Dateline(Span(start, self.end), story.place, self.day, story.agency)
        self.dated = Dated(self.day, "dateline", dated)
        self.put(" - ")
        self.blocks.append(Block(Span(start, self.end), "dateline"))

    def body(self) -> None:
        """Sets the paragraphs."""
        for paragraph in self.story.paragraphs:
            self.put("\n")
            if self.story.dateline and self.dateline is None:
                self.opening()
            start = self.end
            if isinstance(paragraph, str):
                self.put(paragraph)
            else:
                for n, said in enumerate(paragraph):
                    self.put("" if n == 0 else "، " if "participle" in said.frame.slots else ". ")
                    self.say(said)
                self.put(".")
            self.blocks.append(Block(Span(start, self.end), "body"))

    def reading(self, number: int) -> Reading:
        """The whole as a reading, the one of this number."""
        story, writer, serial = self.story, self.writer, f"r{number:07}"
        self.headline()
        self.body()
        moment = story.moment
        article = Article(
            text="".join(self.pieces),
            blocks=tuple(self.blocks),
            doc=serial,
            url=f"https://news{story.outlet}.example/{moment.year}/{moment.month:02}/{serial}",
            outlet=writer.outlets[story.outlet],
            section=SECTIONS[number % len(SECTIONS)],
            agency=story.agency if story.dateline else "",
            published=Moment(moment.isoformat(timespec="minutes"), "minute"),
            dateline=self.dateline,
        )
        found = {key: self.source(who, key) for who, key in self.keys.items()}
        return Reading(article, tuple(self.statements), found, EXTRACTOR)

    def source(self, who: int, key: str) -> Source:
        """A source as this article has it."""
        s = self.writer.sources[who]
        known = s.name if s.identity else ""
        return Source(
            key, self.names.get(who, s.short), s.kind, s.role, tuple(self.mentions[who]), "", (), self.writer.sure(),
            s.identity, known, "", s.of,
        )  # fmt: skip


def readings(statements: int, seed: int = 20231104) -> Iterator[Reading]:
    """Readings of invented articles, in the order of their days but for copies, which are some hours later.

    Parameters
    ----------
    statements : int
        How many there are in all, at least: the last article is whole. They are spread over eight years, however many
        they are.
    seed : int
        The same seed and number give the same readings.

    Yields
    ------
    Reading
        One in five is a copy of a recent one: another outlet and title, often cut, here and there with another verb.
    """
    writer, recent, done = Writer(seed), deque[Story](maxlen=RECENT), 0
    for number in count(1):
        if done >= statements:
            return
        if recent and writer.chance() < COPIES:
            story = writer.retold(recent[int(writer.chance() * len(recent))])
        else:
            story = writer.story(FIRST + YEARS * (done / statements))
            recent.append(story)
        made = Page(writer, story).reading(number)
        done += len(made.statements)
        yield made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--statements", type=int, default=100_000)
    wanted = parser.parse_args().statements
    begin = time.perf_counter()
    articles = done = 0
    for made in readings(wanted):
        articles, done = articles + 1, done + len(made.statements)
        if articles == 1:
            print(f"ready in {time.perf_counter() - begin:.1f} s", made.article.text, sep="\n\n", end="\n\n")
            begin = time.perf_counter()
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{done} statements in {articles} articles, {done / seconds:.0f} statements/s, at most {peak:.0f} MB")


if __name__ == "__main__":
    main()
