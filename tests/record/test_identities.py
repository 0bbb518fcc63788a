"""Who is who: a party at once, all rules when settled, people's decisions above them, whatever comes in later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from record_readings import (
    BRIDGE,
    HARBOUR,
    PRICES,
    SALEM,
    SALMA,
    SCHOOL,
    added,
    contents,
    made,
    many,
    report,
    said,
    views,
)

from qawl.identity import Decision, Party, Registry, locking
from qawl.model import InputError, Reading
from qawl.record import Record

AT = {"at": "2024-05-01T10:00:00+00:00", "by": "سهى"}
ROLE = "وزيرة النقل في نورستان"
LAYAN = "ليان الصواري"


@pytest.fixture
def template() -> object:
    return made


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record
        assert list(record.check()) == []


def one(record: Record, name: str) -> Party:
    """The one party that a name means."""
    [party] = record.who(name)
    return party


def apart(parties: tuple[Party, ...]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset(p.sources) for p in parties}


def again(reading: Reading, version: int) -> Reading:
    return replace(reading, extractor=f"test/{version}")


class TestWithoutDecisions:
    def test_a_source_has_its_party_at_once(self, record: Record) -> None:
        added(record, [report(said(BRIDGE, role=ROLE)), report(said(SCHOOL, role=ROLE), outlet="المنارة")])
        party = one(record, SALMA)
        assert (party.articles, party.statements, party.name, party.kind) == (2, 2, SALMA, "person")
        assert {h.party for h in record.find().hits} == {party.id}

    def test_an_unnamed_source_is_of_its_article_only(self, record: Record) -> None:
        added(record, [report(said(c, "مصادر في البلدية", "unnamed")) for c in (BRIDGE, PRICES)])
        assert len({h.party for h in record.find().hits}) == 2

    def test_settling_joins_by_the_rules(self, record: Record) -> None:
        added(record, [report(said(BRIDGE, role=ROLE)), report(said(SCHOOL, "الراوي", role=ROLE), outlet="المنارة")])
        assert contents(record, by=(one(record, SALMA).id,)) == [BRIDGE]
        applied = record.settle()
        assert applied.problems == ()
        party = one(record, SALMA)
        assert contents(record, by=(SALMA,)) == contents(record, by=(party.id,)) == sorted([BRIDGE, SCHOOL])
        assert [f.value for f in record.facets().by["by"]] == [party.id]

    def test_settled_parties_are_those_of_the_readings(self, record: Record, database: str) -> None:
        given = many(60, 4)
        added(record, given)
        registry = Registry()
        for reading in given:
            registry.add(reading)
        expected = registry.parties()
        assert apart(record.parties().parties) == apart(record.settle().parties) == apart(expected)
        assert {p.id for p in record.settle().parties} == {p.id for p in expected}
        kept = {k: v for k, v in views(database).items() if k in ("sighted", "names", "aliases", "sayings")}
        record.settle()
        assert {k: v for k, v in views(database).items() if k in kept} == kept
        for hit in record.find(limit=1000).hits:
            assert (hit.reading.article.sha256, hit.statement.who) in next(
                p for p in expected if p.id == hit.party
            ).sources

    def test_one_text_in_two_outlets_read_otherwise_keeps_all_its_sources(self, record: Record) -> None:
        whole = report(said(BRIDGE, role=ROLE), said(SCHOOL, "هالة المرزباني"), outlet="الأفق")
        # As two versions may: the key of a source is another.
        part = replace(whole, article=replace(whole.article, outlet="المنارة"), extractor="test/2",
                       statements=(replace(whole.statements[0], who="Z"),),
                       sources={"Z": replace(whole.sources["A"], key="Z", name=SALEM, role="")})  # fmt: skip
        added(record, [whole, part])
        record.settle()
        assert contents(record, by=(SALEM,)) == [BRIDGE]
        assert all(h.party for h in record.find().hits)

    def test_an_unknown_name_is_told_with_the_nearest(self, record: Record) -> None:
        added(record, [report(said(BRIDGE))])
        with pytest.raises(InputError, match=f"nobody in the record is called 'الراوين'; the nearest: {SALMA}"):
            record.who("الراوين")


class TestDecisions:
    READINGS = (
        report(said(BRIDGE, role=ROLE), url="https://n.example/1"),
        report(said(SCHOOL, LAYAN, role="خبيرة الجسور"), outlet="المنارة", url="https://n.example/2"),
        report(said(PRICES, SALEM), outlet="المنارة", url="https://n.example/3"),
    )

    @pytest.fixture
    def two(self, record: Record) -> tuple[Party, Party]:
        added(record, self.READINGS)
        record.settle()
        return one(record, SALMA), one(record, LAYAN)

    def test_merged_parties_are_one_whatever_comes_in(self, record: Record, two: tuple[Party, Party]) -> None:
        applied = record.decide(Decision("merge", tuple(p.id for p in two), **AT))
        assert applied.problems == ()
        assert one(record, SALMA).sources == one(record, LAYAN).sources
        assert contents(record, by=(LAYAN,)) == sorted([BRIDGE, SCHOOL])
        # A new article by the name that was merged away.
        added(record, [report(said(HARBOUR, LAYAN, role="خبيرة الجسور"), outlet="وكالة السهل")])
        for work in (lambda: None, record.settle, record.reindex):
            work()
            assert contents(record, by=(SALMA,)) == sorted([BRIDGE, SCHOOL, HARBOUR])
        assert len(one(record, SALMA).sources) == 3

    def test_a_merger_outlives_a_newer_version(self, record: Record, two: tuple[Party, Party]) -> None:
        record.decide(Decision("merge", tuple(p.id for p in two), **AT))
        assert [a.outcome for a in record.add([again(r, 2) for r in self.READINGS])] == ["reread"] * 3
        for work in (lambda: None, record.settle):
            work()
            assert contents(record, by=(SALMA,)) == sorted([BRIDGE, SCHOOL])

    def test_a_split_outlives_settling_and_a_newer_version(self, record: Record) -> None:
        both = [report(said(c, role=ROLE), outlet=o) for c, o in ((BRIDGE, "الأفق"), (SCHOOL, "المنارة"))]
        added(record, both)
        party = one(record, SALMA)
        leaves = (both[1].article.sha256, "A")
        record.decide(Decision("split", (party.id,), (leaves,), **AT))
        first, second = sorted(record.who(SALMA), key=lambda p: leaves in p.sources)
        assert (first.id, set(second.sources)) == (party.id, {leaves})
        assert contents(record, by=(second.id,)) == [SCHOOL]
        added(record, [again(r, 2) for r in both])
        record.settle()
        assert contents(record, by=(first.id,)) == [BRIDGE]
        assert contents(record, by=(second.id,)) == [SCHOOL]

    def test_a_split_is_not_lost_by_a_correction_in_the_article(self, record: Record) -> None:
        both = [report(said(c, role=ROLE), outlet=o) for c, o in ((BRIDGE, "الأفق"), (SCHOOL, "المنارة"))]
        _, article = added(record, both)
        record.decide(Decision("split", (one(record, SALMA).id,), ((both[1].article.sha256, "A"),), **AT))
        was = {h.content: h.party for h in record.find().hits}
        made = record.correct(article, 1, "act", "warn", by="سهى")
        assert {h.content: h.party for h in record.find().hits} == was
        record.undo(made.id, by="سهى")
        assert {h.content: h.party for h in record.find().hits} == was

    def test_a_locked_party_is_not_joined_by_a_rule(self, record: Record) -> None:
        added(record, [report(said(BRIDGE, role=ROLE))])
        record.decide(locking(one(record, SALMA), **AT))
        added(record, [report(said(SCHOOL, "الراوي", role=ROLE), outlet="المنارة")])
        assert record.settle().problems == ()
        assert contents(record, by=(one(record, SALMA).id,)) == [BRIDGE]
        assert one(record, SALMA).locked

    def test_an_undo_takes_a_decision_back_and_both_stay(self, record: Record, two: tuple[Party, Party]) -> None:
        before = apart(record.parties().parties)
        record.decide(Decision("merge", tuple(p.id for p in two), **AT))
        assert apart(record.parties().parties) != before
        record.decide(Decision("undo", line=1, **AT))
        assert apart(record.parties().parties) == before
        assert contents(record, by=(one(record, LAYAN).id,)) == [SCHOOL]
        assert [(d.do, d.number) for d in record.decisions().all] == [("merge", 1), ("undo", 2)]

    def test_what_is_no_decision_changes_nothing(self, record: Record, two: tuple[Party, Party]) -> None:
        for bad in (Decision("undo", line=7, **AT), Decision("merge", (two[0].id,), **AT)):
            with pytest.raises(InputError):
                record.decide(bad)
        assert record.decisions().all == ()
        assert contents(record, by=(SALMA,)) == [BRIDGE]

    def test_one_on_a_party_that_is_not_there_waits(self, record: Record) -> None:
        added(record, self.READINGS[:1])
        absent = Registry()
        absent.add(self.READINGS[1])
        merge = Decision("merge", (one(record, SALMA).id, absent.parties()[0].id), **AT)
        [problem] = record.decide(merge).problems
        assert problem.number == 1
        added(record, self.READINGS)
        assert record.settle().problems == ()
        assert contents(record, by=(SALMA,)) == sorted([BRIDGE, SCHOOL])
