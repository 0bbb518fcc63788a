"""What goes into the record comes back; the same comes in once; wire copies are one story and their statements one."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from record_readings import (
    BRIDGE,
    FILLER,
    HARBOUR,
    PRICES,
    SALEM,
    SALMA,
    SCHOOL,
    added,
    contents,
    facts,
    made,
    many,
    report,
    rows,
    said,
    views,
    wire,
)

from qawl.model import Article, Moment, Occasion, Reading, Source, Span
from qawl.record import Record, adding

sys.path.append(str(Path(__file__).parents[1] / "formats"))
import formats_samples
import formats_strategies

UNSTORABLE = ("\x00", "\ud83d", "قال \udc00")
SEEN = (Phase.explicit, Phase.generate)  # no shrinking: each step adds to a database
number = count(1)


@pytest.fixture
def template() -> object:
    return made


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record
        assert list(record.check()) == []


def outcomes(record: Record, *readings: Reading, model: str = "") -> list[str]:
    return [a.outcome for a in record.add(readings, model=model)]


def _broken(good: Reading, bad: str) -> list[Reading]:
    """A reading with letters that cannot be stored, in each kind of place."""
    [s], article = good.statements, good.article
    [stance] = s.stances
    about = replace(stance.about[0], matter=bad)
    said_so = [
        replace(s, lemma=bad),
        replace(s, occasion=Occasion("interview", Span(0, 3), bad)),
        replace(s, stances=(replace(stance, about=(about,)),)),
    ]
    articles = [
        replace(article, text=article.text + bad),
        replace(article, outlet=bad),
        replace(article, url=f"https://n.example/{bad}"),
    ]
    return [
        *(replace(good, statements=(x,)) for x in said_so),
        *(replace(good, article=x) for x in articles),
        replace(good, sources={"A": replace(good.sources["A"], name=bad)}),
        replace(good, extractor=bad),
    ]


class TestRoundTrip:
    # One database for all examples: what was added before is no reason for a reading to come back otherwise.
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=SEEN)
    @given(given=st.lists(formats_strategies.readings(), min_size=1, max_size=4))
    def test_any_reading_comes_back_as_it_was(self, record: Record, given: list[Reading]) -> None:
        # Each at its own place, so that none is known already.
        given = [replace(r, article=replace(r.article, url=f"{r.article.url}{next(number)}")) for r in given]
        for a in record.add(given):
            assert a.reading in given
            if a.outcome == "refused":
                assert "\x00" in repr(a.reading) or "\\x00" in repr(a.reading)
            else:
                assert record.article(a.article).reading == a.reading

    @pytest.mark.parametrize("sample", ["harbour", "overlapping"])
    def test_a_sample_comes_back_from_every_door(self, record: Record, sample: str) -> None:
        reading = getattr(formats_samples, sample)()
        [article] = added(record, [reading], model="m1")
        assert record.article(article).reading == reading
        assert [x.reading for x in record.readings()] == [reading]
        assert [x.reading for x in record.versions(article)] == [reading]
        assert {h.statement for h in record.find(limit=1000).hits} == set(reading.statements)

    def test_readings_come_in_the_order_in_which_they_were_added(self, record: Record) -> None:
        given = many(12)
        added(record, given)
        assert [x.reading for x in record.readings()] == given

    def test_what_no_database_stores_is_refused_and_changes_nothing(self, record: Record) -> None:
        good = report(said(BRIDGE, on=[("ceasefire", "+")]))
        added(record, [good])
        before = record.sizes().rows
        broken = [r for bad in UNSTORABLE for r in _broken(good, bad)]
        found = list(record.add(broken))
        assert [(a.outcome, a.article) for a in found] == [("refused", 0)] * len(broken)
        assert all("encoding" in a.reason and "\n" not in a.reason for a in found)
        assert record.sizes().rows == before

    def test_a_refused_reading_takes_none_of_its_batch_with_it(self, record: Record) -> None:
        bad = Reading(Article("نص\x00"), (), {}, "test/1")
        assert outcomes(record, report(said(BRIDGE)), bad, report(said(SCHOOL))) == ["new", "refused", "new"]
        assert contents(record) == sorted([BRIDGE, SCHOOL])

    def test_an_article_without_words_or_statements_is_kept(self, record: Record) -> None:
        empty = Reading(Article("", outlet="الأفق"), (), {}, "test/1")
        marks = report(said("!؟"), said("‖ |"))
        articles = added(record, [empty, marks])
        assert [record.article(a).reading for a in articles] == [empty, marks]


class TestTheSameArticle:
    def test_twice_in_small_batches_or_another_order_gives_the_same_rows(
        self, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = many(35)
        with Record(database) as record:
            added(record, given)
            expected = facts(database), views(database)
            assert outcomes(record, *given) == ["known"] * len(given)
            assert (facts(database), views(database)) == expected
        for n, size in enumerate((1, 7, 500)):
            url = f"sqlite:///{tmp_path}/other{n}.db"
            with Record(url, create=True) as other:
                monkeypatch.setattr(adding, "_ARTICLES", size)
                added(other, random.Random(n).sample(given, len(given)))
                assert views(url) == expected[1]
                assert facts(url) == expected[0]
                assert list(other.check()) == []

    def test_a_url_with_what_counts_visits_is_the_same_place(self, record: Record) -> None:
        urls = (
            "https://news.example/a?id=7",
            "https://news.example/a?id=7&utm_source=x&utm_medium=y",
            "https://news.example/a?id=7#comments",
            "HTTPS://News.Example/a?id=7",
            "https://news.example/a?fbclid=1&id=7",
        )
        assert outcomes(record, *(report(said(BRIDGE), url=u) for u in urls)) == ["new", *["known"] * 4]

    def test_another_url_is_another_place(self, record: Record) -> None:
        urls = (
            "https://news.example/a?id=7",
            "https://news.example/a?id=8",
            "https://news.example/a",
            "https://news.example/A",
            # Words of a query in windows-1256.
            "https://news.example/?q=%C7%E1",
            "https://news.example/?q=%E1%C7",
            "https://news.example/?q=%26a",
            "https://news.example/?q=&a",
        )
        assert outcomes(record, *(report(said(BRIDGE), url=u) for u in urls)) == ["new"] * len(urls)

    def test_a_changed_text_at_a_url_updates_the_article(self, record: Record) -> None:
        url = "https://news.example/a"
        old, new = (report(said(c), url=url, more=". ".join(FILLER)) for c in (BRIDGE, SCHOOL))
        [a] = added(record, [old])
        [update] = record.add([new])
        assert update.outcome == "updated"
        assert contents(record) == [SCHOOL]
        assert record.article(a).reading == old
        assert [x.reading for x in record.readings()] == [new]
        assert record.copies(update.article) == [update.article]

    @pytest.mark.parametrize("batch", [1, 500])
    def test_several_changes_in_one_go_leave_the_last(
        self, record: Record, monkeypatch: pytest.MonkeyPatch, batch: int
    ) -> None:
        monkeypatch.setattr(adding, "_ARTICLES", batch)
        given = [report(said(c), url="https://news.example/a") for c in (BRIDGE, SCHOOL, PRICES)]
        assert outcomes(record, *given) == ["new", "updated", "updated"]
        assert outcomes(record, *given) == ["known"] * 3
        assert contents(record) == [PRICES]

    def test_what_was_replaced_is_not_found_when_it_is_read_again(self, record: Record) -> None:
        url, more = "https://news.example/a", ". ".join(FILLER)
        old, new = report(said(BRIDGE), url=url, more=more), report(said(SCHOOL), url=url, more=more)
        [a, b] = added(record, [old, new])
        again = [replace(r, extractor="test/2") for r in (old, new)]
        assert outcomes(record, *again) == ["reread", "reread"]
        assert contents(record) == [SCHOOL]
        assert record.article(a).reading == again[0]
        assert record.copies(b) == [b]
        assert [x.article_id for x in record.outdated("test/3", "")] == [b]

    def test_without_a_url_outlet_and_text_make_it_the_same(self, record: Record) -> None:
        one = report(said(BRIDGE), outlet="الأفق")
        assert outcomes(record, one, one, report(said(BRIDGE), outlet="المنارة")) == ["new", "known", "new"]
        assert outcomes(record, report(said(SCHOOL), outlet="الأفق")) == ["new"]

    def test_a_newer_version_reads_it_again(self, record: Record) -> None:
        first = report(said(BRIDGE), said(SCHOOL, SALEM))
        later = replace(first, statements=first.statements[1:], extractor="test/2")
        [a] = added(record, [first], model="m1")
        assert outcomes(record, later, model="m2") == ["reread"]
        assert contents(record) == [SCHOOL]
        assert [x.reading for x in record.versions(a)] == [first, later]
        assert [x.row["model"] for x in record.versions(a)] == ["m1", "m2"]

    def test_the_same_version_does_not_read_it_again(self, record: Record) -> None:
        reading = report(said(BRIDGE))
        added(record, [reading], model="m1")
        assert outcomes(record, reading, model="m1") == ["known"]
        assert outcomes(record, reading) == ["known"]
        assert outcomes(record, reading, model="m2") == ["reread"]
        assert [x.article_id for x in record.outdated("test/1", "m2")] == []
        assert [x.article_id for x in record.outdated("test/2", "m2")] == [1]


class TestWireCopies:
    def test_cut_and_retitled_copies_are_one_story(self, record: Record) -> None:
        other = report(said(PRICES), more=". ".join(FILLER[::-1]).replace("نهر", "بحر").replace("في", "عند"))
        articles = added(record, [*wire(), report(said(HARBOUR), more="لا شيء غير ذلك")])
        assert [record.copies(a) for a in articles[:3]] == [articles[:3]] * 3
        assert record.copies(articles[3]) == articles[3:]
        assert other.article.text != wire()[0].article.text

    def test_what_they_say_is_found_once(self, record: Record) -> None:
        articles = added(record, wire())
        found = {h.content: h for h in record.find().hits}
        assert set(found) == {BRIDGE, SCHOOL}
        bridge, school = found[BRIDGE], found[SCHOOL]
        assert (bridge.outlets, bridge.articles, bridge.article) == (3, 3, articles[0])
        assert (school.outlets, school.articles) == (2, 2)
        said_so = [(h.article, h.content) for h in record.wordings(bridge.saying)]
        assert said_so == list(zip(articles, [BRIDGE, BRIDGE, f"{BRIDGE} بعد الظهر"], strict=True))

    def test_a_word_that_only_a_copy_has_is_found(self, record: Record) -> None:
        added(record, wire())
        [hit] = record.find(words="الظهر").hits
        assert (hit.content, hit.outlets) == (BRIDGE, 3)
        assert record.find(words='"غدا بعد الظهر"').hits == (hit,)
        # No phrase runs from the end of one wording into the next.
        assert record.find(words='"غدا الجسر"').hits == ()

    @pytest.mark.parametrize(
        "hours",
        [
            ("2024-03-05", "2024-03-06", "2024-03-07"),
            ("2024-03-05T08:00", "2024-03-05T12:00", "2024-03-05T13:00"),
            ("2024-03-05T23:00+03:00", "2024-03-05T21:00Z", "2024-03-05T22:00+00:00"),
        ],
    )
    def test_the_earliest_report_leads_in_whatever_order_they_come(
        self, tmp_path: Path, sqlite_file: Any, hours: tuple[str, ...]
    ) -> None:  # fmt: skip
        given = [
            replace(r, article=replace(r.article, published=Moment(h, "minute" if "T" in h else "day")))
            for r, h in zip(wire(), hours, strict=True)
        ]
        for n, order in enumerate(permutations(given)):
            with Record(sqlite_file(tmp_path / str(n), made)) as record:
                for part in (order[:2], order[2:]) if n % 2 else [order]:
                    added(record, part)
                [hit] = record.find(words="الجسر").hits
                assert hit.reading.article.outlet == "وكالة السهل"
                assert (hit.outlets, hit.articles) == (3, 3)

    def test_a_report_without_a_day_does_not_lead(self, record: Record) -> None:
        added(record, [report(said(BRIDGE), day="", outlet="المنارة")])
        added(record, [report(said(BRIDGE), outlet="الأفق")])
        [hit] = record.find().hits
        assert (hit.reading.article.outlet, hit.day, hit.outlets) == ("الأفق", "2024-03-05", 2)

    @pytest.mark.parametrize("other", [
        said(BRIDGE, SALEM), said(BRIDGE, SALMA, "organization"), said(f"لن {BRIDGE}"), said(BRIDGE, day="2024-03-20"),
        said("ميناء الورد يستقبل ثلاثين سفينة كل أسبوع"),
    ])  # fmt: skip
    def test_another_statement_is_not_joined(self, record: Record, other: object) -> None:
        added(record, [report(said(BRIDGE), said(HARBOUR)), report(other, outlet="المنارة")])  # type: ignore[arg-type]
        assert [h.outlets for h in record.find().hits] == [1, 1, 1]

    def test_copies_are_told_apart_when_one_is_read_again_otherwise(self, record: Record) -> None:
        given = wire()
        added(record, given)
        added(record, [replace(given[0], statements=given[0].statements[1:], extractor="test/2")])
        found = {h.content: (h.outlets, h.reading.article.outlet) for h in record.find().hits}
        assert found == {BRIDGE: (2, "الأفق"), SCHOOL: (2, "وكالة السهل")}

    def test_a_source_only_a_newer_reading_names_is_found(self, record: Record, database: str) -> None:
        first = report(said(BRIDGE))
        added(record, [first])
        added(record, [replace(first, sources={"A": Source("A", SALEM, "person")}, extractor="test/2")])
        assert [h.source.name for h in record.find(by=(SALEM,)).hits if h.source] == [SALEM]
        assert record.find(by=(SALMA,)).hits == ()
        assert rows(database, "SELECT count(*) FROM sighted") == [(1,)]
