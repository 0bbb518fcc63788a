"""The invented record that benchmarks run on: what it makes are readings like any others."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.formats import from_dict, to_dict
from qawl.model import Reading, Span, Statement
from qawl.positions.matters import matters

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def corpus() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        yield importlib.import_module("record_corpus")


@pytest.fixture(scope="module")
def readings(corpus: ModuleType) -> list[Reading]:
    return list(corpus.readings(3000))


def spans_of(s: Statement) -> Iterator[Span]:
    """The spans of a statement that lie in its own sentence."""
    yield from s.content
    yield from (x for x in (s.cue, s.speaker, s.named, s.via) if x is not None)
    if s.occasion is not None:
        yield s.occasion.span
    for stance in s.stances:
        yield stance.target
        yield from (c.span for c in stance.conditions)
        yield from (a.words for a in stance.about)


def all_spans(r: Reading) -> Iterator[Span]:
    for s in r.statements:
        yield from spans_of(s)
        if s.said is not None and s.said.span is not None:
            yield s.said.span
    for source in r.sources.values():
        yield from source.mentions


def test_the_json_shape_gives_the_same_readings_back(readings: list[Reading]) -> None:
    for reading in readings[:50]:
        assert from_dict(to_dict(reading)) == reading


def test_the_same_seed_gives_the_same_readings(corpus: ModuleType, readings: list[Reading]) -> None:
    assert list(islice(corpus.readings(3000), 60)) == readings[:60]
    assert next(corpus.readings(3000, seed=1)) != readings[0]


def test_there_are_as_many_statements_as_asked_for(readings: list[Reading]) -> None:
    assert sum(len(r.statements) for r in readings) >= 3000
    assert sum(len(r.statements) for r in readings[:-1]) < 3000


def test_spans_are_whole_words_of_one_line(readings: list[Reading]) -> None:
    for r in readings:
        text = f" {r.article.text} "
        for span in all_spans(r):
            before, words, after = text[span.start], span.of(r.article.text), text[span.end + 1]
            assert words
            assert "\n" not in words
            assert not before.isalnum()
            assert not after.isalnum()


def test_blocks_are_the_whole_text(readings: list[Reading]) -> None:
    for r in readings:
        lines: list[str] = []
        for block in r.article.blocks:
            words = block.span.of(r.article.text)
            if lines and block.kind == "body" and r.article.text[block.span.start - 1] != "\n":
                lines[-1] += words  # after its dateline
            else:
                lines.append(words)
        assert "\n".join(lines) == r.article.text


def test_contents_stop_at_quotation_marks_and_commas(readings: list[Reading]) -> None:
    for r in readings:
        for s in r.statements:
            content = r.content_of(s)
            assert content == content.strip(" .،:")
            assert content.count('"') == 2 or s.mode != "mixed"
            assert content.count('"') == 0 or s.mode != "direct"
            before = r.article.text[s.content[0].start - 1]
            assert (before == '"') == (s.mode == "direct" and s.cue is not None)


def test_spans_say_what_they_mark(readings: list[Reading]) -> None:
    for r in readings:
        text = r.article.text
        for s in r.statements:
            source = r.sources[s.who]
            assert s.speaker is None or s.speaker in source.mentions
            assert s.named is None or set(s.named.of(text).split()) <= set(source.name.split())
            assert (s.named is None) == (s.speaker is None or source.kind != "person")
            for stance in s.stances:
                assert any(c.holds(stance.target) for c in s.content)
                assert all(a.words == stance.target for a in stance.about)
                assert all(c.span.start == stance.target.end + 1 for c in stance.conditions)


def test_a_reported_statement_lies_in_the_content_that_reports_it(readings: list[Reading]) -> None:
    nested = [(r, s) for r in readings for s in r.statements if s.parent is not None]
    assert nested
    for r, s in nested:
        outer = next(x for x in r.statements if x.id == s.parent)
        assert all(outer.content[0].holds(span) for span in spans_of(s))


def test_statements_are_numbered_in_the_order_of_the_text(readings: list[Reading]) -> None:
    for r in readings:
        assert [s.id for s in r.statements] == list(range(1, len(r.statements) + 1))
        starts = [min(x.start for x in spans_of(s)) for s in r.statements]
        assert starts == sorted(starts)


def test_a_matter_is_named_by_words_of_its_own_pattern(readings: list[Reading]) -> None:
    known = matters()
    for r in readings:
        for a in (a for s in r.statements for x in s.stances for a in x.about):
            assert a.matter in known
            words = [w.removeprefix("ال") for w in a.words.of(r.article.text).split()]
            assert words == [slot.split("/")[0].removeprefix("ال") for slot in a.pattern.split()]


def test_nobody_has_the_surname_of_a_real_person(readings: list[Reading]) -> None:
    real = {fold(row["name"]).split()[-1] for row in read_table("people")}
    people = {s.name for r in readings for s in r.sources.values() if s.kind == "person"}
    assert people
    assert {fold(name).split()[-1] for name in people} & real == set()


def test_urls_are_unique_and_days_go_over_eight_years(readings: list[Reading]) -> None:
    assert len({r.article.url for r in readings}) == len(readings)
    days = sorted(r.article.published.iso for r in readings if r.article.published)
    assert (days[0][:4], days[-1][:4]) == ("2016", "2023")


def test_some_articles_have_the_statements_of_another_in_another_outlet(readings: list[Reading]) -> None:
    first: dict[str, Reading] = {}
    copies = []
    for r in readings:
        contents = [r.content_of(s) for s in r.statements if s.cue and s.parent is None]
        again = [first[c] for c in contents if c in first]
        if again:
            copies.append((r, again[0]))
        for c in contents:
            first.setdefault(c, r)
    assert 0.1 < len(copies) / len(readings) < 0.3
    assert all(a.article.title != b.article.title for a, b in copies)
    assert all(a.article.outlet != b.article.outlet for a, b in copies)


def test_contents_are_as_long_as_those_of_the_news_and_words_as_unequal(readings: list[Reading]) -> None:
    contents = []
    for r in readings:
        nesting = {s.parent for s in r.statements}
        contents += [r.content_of(s).split() for s in r.statements if s.cue and s.id not in nesting]
    assert all(8 <= len(c) <= 45 for c in contents)
    assert 22 < sum(map(len, contents)) / len(contents) < 26
    used = Counter(w for c in contents for w in set(c))
    assert sum(n / len(contents) > 0.02 for n in used.values()) > 20
    assert sum(n == 1 for n in used.values()) > 5000
