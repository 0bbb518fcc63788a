"""What people correct holds in search, facets and exports, and stays when an article is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from record_readings import BRIDGE, PRICES, SALEM, SALMA, SCHOOL, added, contents, report, said

from qawl.model import Event, InputError, Participant, Reading, Source, Span
from qawl.record import Correction, Record
from qawl.record.corrections import checked, corrected

FIRST = report(said(BRIDGE, mode="direct", on=[("ceasefire", "+")]), said(SCHOOL), said(PRICES, SALEM))


def filled(url: str) -> None:
    """Makes a record with the article."""
    with Record(url, create=True) as record:
        assert added(record, [FIRST]) == [1]


@pytest.fixture
def template() -> object:
    return filled


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record
        assert list(record.check()) == []


def part(words: str, sign: str = "") -> list[Any]:
    """Where words stand in the article."""
    start = FIRST.article.text.index(words)
    return [start, start + len(words), *([sign] if sign else [])]


# Field, value, what finds the statement only afterwards, and only before.
EACH: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("act", "warn", {"act": ("warn",)}, {"act": ("inform",), "words": "الجسر"}),
    ("mode", "mixed", {"mode": ("mixed",)}, {"mode": ("direct",)}),
    ("content", [part("الجسر الجديد سيفتح")], {"words": "سيفتح", "confidence": 1.0}, {"words": "الناس"}),
    ("source", {"name": SALEM, "kind": "person"}, {"by": (SALEM,), "words": "الجسر"},
     {"by": (SALMA,), "words": "الجسر"}),
    ("source", {"name": "بلدية أرجانة", "kind": "organization", "role": ""}, {"by": ("بلدية أرجانة",)},
     {"by": (SALMA,), "words": "الجسر"}),
    ("source", {"name": "ليان", "kind": "person", "identity": "person:layan-sawari"}, {"by": ("person:layan-sawari",)},
     {"kind": ("person",), "by": (SALMA,), "words": "الجسر"}),
    ("stances", [part("الجسر الجديد", "-")], {"on": ("ceasefire",), "sign": "-"}, {"on": ("ceasefire",), "sign": "+"}),
    ("stances", [], {"words": "الجسر"}, {"on": ("ceasefire",)}),
    ("statement", False, {"words": "المدارس"}, {"words": "الجسر"}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "after", "before"), EACH, ids=lambda x: repr(x)[:30])
class TestEachField:
    def test_search_facets_and_export_follow_it(
        self, record: Record, field: str, value: Any, after: dict[str, Any], before: dict[str, Any]
    ) -> None:
        was = record.find(**before)
        assert len(was.hits) == 1
        made = record.correct(1, 1, field, value, by="سهى", note="سمعت التسجيل")
        assert (made.field, made.value, made.by, made.note) == (field, value, "سهى", "سمعت التسجيل")
        assert record.corrections(1) == record.corrections() == [(1, made)]
        assert len(record.find(**after).hits) == record.facets(**after).total == 1
        assert _found(record, before) == 0
        [x] = record.readings()
        assert x.reading == FIRST
        assert x.corrected() == record.article(1).corrected() == corrected(FIRST, [made]) != FIRST

    def test_it_stays_when_the_article_is_read_again_or_settled(
        self, record: Record, field: str, value: Any, after: dict[str, Any], before: dict[str, Any]
    ) -> None:
        record.correct(1, 1, field, value, by="سهى")
        # The new version finds one statement fewer, and numbers them otherwise.
        again = replace(FIRST, statements=tuple(replace(s, id=s.id + 4) for s in FIRST.statements[:2]), extractor="t/2")
        assert [a.outcome for a in record.add([again])] == ["reread"]
        for work in (lambda: None, record.settle):
            work()
            assert len(record.find(**after).hits) == 1
            assert _found(record, before) == 0

    def test_it_can_be_taken_back(
        self, record: Record, field: str, value: Any, after: dict[str, Any], before: dict[str, Any]
    ) -> None:
        was = {h.content: (h.party, h.statement) for h in record.find().hits}
        made = record.correct(1, 1, field, value, by="سهى")
        record.undo(made.id, by="نزار", note="بل كان صحيحا")
        assert record.corrections() == []
        assert {h.content: (h.party, h.statement) for h in record.find().hits} == was
        assert [x.corrected() for x in record.readings()] == [FIRST]
        assert len(record.find(**before).hits) == 1
        with pytest.raises(InputError, match="taken back"):
            record.undo(made.id, by="نزار")


def _found(record: Record, asked: dict[str, Any]) -> int:
    """How many are found; a name that nobody has any more finds none."""
    try:
        return len(record.find(**asked).hits)
    except InputError:
        return 0


def test_views_made_anew_follow_corrections(record: Record) -> None:
    record.correct(1, 1, "act", "warn", by="سهى")
    record.correct(1, 2, "source", {"name": SALEM, "kind": "person"}, by="سهى")
    record.correct(1, 3, "statement", False, by="سهى")
    before = [(h.content, h.party, h.statement) for h in record.find().hits]
    record.reindex()
    assert [(h.content, h.party, h.statement) for h in record.find().hits] == before
    assert contents(record, by=(SALEM,)) == [SCHOOL]
    assert contents(record, act=("warn",)) == [BRIDGE]


def test_of_two_corrections_of_one_field_the_later_counts(record: Record) -> None:
    first = record.correct(1, 1, "act", "warn", by="سهى")
    second = record.correct(1, 1, "act", "deny", by="نزار")
    assert contents(record, act=("deny",)) == [BRIDGE]
    record.undo(second.id, by="نزار")
    assert contents(record, act=("warn",)) == [BRIDGE]
    assert record.corrections() == [(1, first)]


def test_one_whose_statement_a_later_version_does_not_find_waits(record: Record) -> None:
    record.correct(1, 1, "act", "warn", by="سهى")
    without = replace(FIRST, statements=FIRST.statements[1:], extractor="t/2")
    added(record, [without])
    assert record.article(1).corrected() == without
    assert contents(record, act=("warn",)) == []
    assert len(record.corrections(1)) == 1
    added(record, [replace(FIRST, extractor="t/3")])
    assert contents(record, act=("warn",)) == [BRIDGE]


def test_it_is_of_one_article_and_its_copies_stay_as_they_are(record: Record) -> None:
    added(record, [report(said(PRICES, SALEM), outlet="المنارة", day="2024-03-06")])
    assert [h.outlets for h in record.find(by=(SALEM,)).hits] == [2]
    record.correct(1, 3, "source", {"name": SALMA, "kind": "person"}, by="سهى")
    found = {h.party: (h.outlets, h.reading.article.outlet) for h in record.find(words="الخبز").hits}
    assert sorted(found.values()) == [(1, "الأفق"), (1, "المنارة")]
    assert len(found) == 2


def test_what_was_said_inside_what_is_no_statement_stands_alone(record: Record) -> None:
    inner = replace(FIRST.statements[1], parent=1)
    record.correct(1, 1, "statement", False, by="سهى")
    added(record, [replace(FIRST, statements=(FIRST.statements[0], inner), extractor="t/2")])
    [only] = record.article(1).corrected().statements
    assert (only.id, only.parent) == (2, None)


def test_a_source_that_speaks_no_more_is_left_out_and_others_stay(record: Record) -> None:
    who = record.correct(1, 3, "source", {"name": SALMA, "kind": "person"}, by="سهى")
    assert record.article(1).corrected().sources.keys() == {"A"}
    [party] = record.who(SALMA)
    assert party.statements == 3
    # Whoever never spoke here, or took part in a meeting, is still somebody.
    silent = Source("C", "ليان الصواري", "person")
    meeting = Event("meeting", "اجتماع أرجانة", Span(0, 3), "", None, (Participant(SALEM, "", Span(0, 3), "B"),))
    reading = replace(FIRST, sources={**FIRST.sources, "C": silent}, events=(meeting,))
    assert corrected(reading, [who]).sources.keys() == {"A", "B", "C"}


def test_the_source_of_a_corrected_statement_is_not_lost_when_parties_are_settled(record: Record) -> None:
    # The source that was read is joined with another by the rules; the statement was taken from it before.
    role = "وزيرة النقل في نورستان"
    wrong = report(said(BRIDGE, "الراوي", role=role), said(SCHOOL, "الراوي", role=role), url="https://n.example/w")
    [article] = added(record, [wrong])
    record.correct(article, 1, "source", {"name": "هالة المرزباني", "kind": "person"}, by="سهى")
    added(record, [report(said("نعم سنبني الطريق من جديد", "سالم الراوي", role="وزير الزراعة في نورستان")),
                   report(said("لا أرى الطريق من هنا أبدا", SALMA, role=role))])  # fmt: skip
    record.settle()
    assert contents(record, by=("هالة المرزباني",)) == [BRIDGE]
    assert len(record.find(words="الجسر").hits) == 2
    assert all(h.party for h in record.find().hits)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("act", "shout", "announce"),
        ("mode", "", "indirect"),
        ("statement", True, "false"),
        ("colour", "red", "can't be corrected; act, mode"),
        ("content", [], r"\[\[start, end\], …\]"),
        ("content", [[4, 4]], "offsets"),
        ("content", [[0, 10_000]], "which has"),
        ("content", [[8, 12], [0, 4]], "one after the other"),
        ("content", "0-4", "offsets"),
        ("stances", [[0, 4]], "sign"),
        ("stances", [[0, 4, "*"]], "sign"),
        ("source", {"kind": "person"}, "has a name"),
        ("source", {"name": "ليان", "kind": "robot"}, "document"),
        ("source", {"name": "ليان", "kind": "person", "age": "7"}, "has a name"),
        ("source", "ليان", "has a name"),
    ],
)
def test_a_value_that_is_none_is_refused_with_what_would_be(field: str, value: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        checked(field, value, FIRST.article.text)


def test_a_correction_that_is_none_is_not_kept(record: Record) -> None:
    with pytest.raises(InputError, match="offsets"):
        record.correct(1, 1, "content", [[0, 10_000]], by="سهى")
    assert record.corrections() == []


def test_what_is_not_there_is_refused(record: Record) -> None:
    with pytest.raises(InputError, match="article 1 has no statement 9"):
        record.correct(1, 9, "act", "warn", by="سهى")
    with pytest.raises(InputError, match="no article 5"):
        record.correct(5, 1, "act", "warn", by="سهى")
    with pytest.raises(InputError, match="no correction 3"):
        record.undo(3, by="سهى")


def test_a_replaced_text_can_be_corrected_but_is_not_found(record: Record) -> None:
    url = "https://news.example/a"
    old, _ = added(record, [report(said(BRIDGE), url=url), report(said(PRICES), url=url)])
    made = record.correct(old, 1, "act", "warn", by="سهى")
    assert contents(record, act=("warn",)) == []
    assert [s.act for s in record.article(old).corrected().statements] == ["warn"]
    record.undo(made.id, by="سهى")
    assert [s.act for s in record.article(old).corrected().statements] == ["inform"]
    assert len(record.find().hits) == 4


def test_nothing_to_correct_changes_nothing() -> None:
    assert corrected(FIRST, []) == FIRST
    elsewhere = Correction(Span(0, 5), "act", "warn")
    assert isinstance(corrected(FIRST, [elsewhere]), Reading)
    assert corrected(FIRST, [elsewhere]) == FIRST
