"""Finding: words, filters, highlights, pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from record_readings import BRIDGE, HARBOUR, PRICES, SALEM, SALMA, SCHOOL, added, contents, many, report, said, standing

from qawl.model import InputError, Reading
from qawl.record import SORTS, Asked, Record

ROAD = "الطريق إلى القرية طويل ومظلم جدا"
MINISTRY = "وزارة النقل في نورستان"
SOURCES = "مصادر في البلدية"
CORPUS = (
    report(
        said(BRIDGE, role="وزيرة النقل في نورستان", identity="person:salma-alrawi", of="نورستان", mode="direct",
             act="announce", confidence=0.95),
        outlet="الأفق", day="2024-01-10",
    ),
    report(said(SCHOOL, SALEM, act="commit", confidence=0.5, on=[("settlements", "-")]), outlet="المنارة",
           day="2024-02-20"),
    report(said(HARBOUR, MINISTRY, "organization", of="نورستان"), outlet="وكالة السهل", day="2024-03-31"),
    report(said(PRICES, SOURCES, "unnamed", act="condemn", on=[("ceasefire-compliance", "+"), ("settlements", "-")]),
           outlet="وكالة السهل", day="2024-04-01"),
    report(said(ROAD, day=""), outlet="الأفق", day=""),
    # A copy.
    report(said(BRIDGE, role="وزيرة النقل في نورستان", identity="person:salma-alrawi"), outlet="قناة السهلان",
           day="2024-01-11"),
)  # fmt: skip
NEWEST = [PRICES, HARBOUR, SCHOOL, BRIDGE, ROAD]


ENGLISH = {"person:salma-alrawi": "Salma al-Rawi"}


def filled(url: str) -> None:
    """Makes a record with the articles, in which the knowledge base knows the minister."""
    with pytest.MonkeyPatch.context() as patch, Record(url, create=True) as record:
        _patch(patch)
        added(record, CORPUS)


def _patch(patch: pytest.MonkeyPatch) -> None:
    for room in ("parties", "identities"):
        patch.setattr(f"qawl.record.{room}.english_name", lambda identity: ENGLISH.get(identity, ""))


@pytest.fixture
def template() -> object:
    return filled


@pytest.fixture
def record(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    _patch(monkeypatch)
    with Record(database) as record:
        yield record


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def still(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The record, for tests that only read it."""
    with standing(request, tmp_path_factory.mktemp("still"), filled) as record:
        yield record


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, NEWEST),
        # Words.
        ({"words": "الجسر"}, [BRIDGE]),
        ({"words": "جسور"}, [BRIDGE]),
        ({"words": "سفينة الورد"}, [HARBOUR]),
        ({"words": "سفينة الجسر"}, []),
        ({"words": "غدا OR الشتاء"}, [SCHOOL, BRIDGE]),
        ({"words": "الجديد أو سفينة"}, [HARBOUR, BRIDGE]),
        ({"words": "سيفتح NOT أرجانة"}, [BRIDGE]),
        ({"words": "(الجسر OR المدارس) -الناس"}, [SCHOOL]),
        ({"words": '"الجسر الجديد"'}, [BRIDGE]),
        ({"words": '"الجديد الجسر"'}, []),
        ({"words": "«أسعار الخبز»"}, [PRICES]),
        ({"words": "سفين*"}, [HARBOUR]),
        # Who.
        ({"by": (SALMA,)}, [BRIDGE, ROAD]),
        ({"by": ("الراوي",)}, [BRIDGE, ROAD]),
        ({"by": ("الحداد",)}, [SCHOOL]),
        ({"by": ("Salma al-Rawi",)}, [BRIDGE]),
        ({"by": ("rawi",)}, [BRIDGE]),
        ({"by": ("person:salma-alrawi",)}, [BRIDGE]),
        ({"by": ("الحداد", "وزارة النقل")}, [HARBOUR, SCHOOL]),
        ({"of": ("نورستان",)}, [HARBOUR, BRIDGE]),
        ({"kind": ("unnamed", "organization")}, [PRICES, HARBOUR]),
        # What.
        ({"on": ("settlements",)}, [PRICES, SCHOOL]),
        ({"on": ("ceasefire",)}, [PRICES]),
        ({"on": ("war-and-peace",), "sign": "+"}, [PRICES]),
        ({"on": ("وقف إطلاق النار",)}, [PRICES]),
        ({"on": ("ceasefire", "settlements")}, [PRICES, SCHOOL]),
        ({"on": ("settlements",), "sign": "+"}, []),
        ({"sign": "-"}, [PRICES, SCHOOL]),
        ({"act": ("announce", "commit")}, [SCHOOL, BRIDGE]),
        ({"mode": ("direct",)}, [BRIDGE]),
        ({"confidence": 0.95}, [BRIDGE]),
        ({"confidence": 0.51}, [PRICES, HARBOUR, BRIDGE, ROAD]),
        # Where; the last outlet only carries a copy.
        ({"outlet": ("وكالة السهل",)}, [PRICES, HARBOUR]),
        ({"outlet": ("قناة السهلان",)}, [BRIDGE]),
        ({"outlet": ("المنارة", "السهلان")}, [SCHOOL, BRIDGE]),
        # When.
        ({"since": "2024-03-31"}, [PRICES, HARBOUR]),
        ({"until": "2024-02-20"}, [SCHOOL, BRIDGE]),
        ({"since": "2024-02", "until": "2024-03"}, [HARBOUR, SCHOOL]),
        ({"since": "2024", "until": "2024"}, [PRICES, HARBOUR, SCHOOL, BRIDGE]),
        ({"until": "9999-12"}, [PRICES, HARBOUR, SCHOOL, BRIDGE]),
        ({"published_since": "2024-02-20", "published_until": "2024-03-31"}, [HARBOUR, SCHOOL]),
        ({"published_until": "2023"}, []),
        # Several at once.
        ({"words": "الجسر", "by": (SALMA,), "mode": ("direct",), "outlet": ("السهلان",), "since": "2024"}, [BRIDGE]),
        ({"words": "الجسر", "act": ("condemn",)}, []),
    ],
    ids=repr,
)
def test_what_is_asked_for_is_found_the_newest_first(still: Record, asked: dict[str, Any], found: list[str]) -> None:
    assert [h.content for h in still.find(**asked).hits] == found
    assert [h.content for h in still.find(Asked(**asked), sort="oldest").hits] == found[::-1]


@pytest.mark.parametrize("asked", [Asked(), Asked(words="الجسر"), Asked(outlet=("السهلان",)), Asked(words="القمر")])
def test_articles_are_those_that_carry_what_is_found(still: Record, asked: Asked) -> None:
    carried = {h.article for hit in still.find(asked).hits for h in still.wordings(hit.saying)}
    assert {x.article_id for x in still.readings(asked=asked)} == carried


def test_the_day_of_saying_counts_where_it_is_known(record: Record) -> None:
    late = "سنبني مدرسة في كل قرية من قرى الوادي"
    added(record, [report(said(late, day="2023-12-24"), day="2024-05-01")])
    assert contents(record, until="2023-12-24") == [late]
    assert contents(record, published_since="2024-05-01") == [late]
    assert record.find(words="قرى الوادي").hits[0].day == "2023-12-24"


def test_a_party_that_rules_joined_is_found_by_all_its_names(record: Record) -> None:
    added(record, [report(said("النهر فاض على السوق القديمة ليلا", "الراوي", role="وزيرة النقل في نورستان",
                               of="نورستان", identity="person:salma-alrawi"), day="2024-01-12")])  # fmt: skip
    record.settle()
    [party] = {h.party for h in record.find(by=("Salma al-Rawi",)).hits}
    assert len(record.find(by=(party,)).hits) == 3
    assert [p.id for p in record.who("Salma")] == [party]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"words": "NOT الجسر"}, "only says what is not"),
        ({"words": "..."}, "no words"),
        ({"by": ("سلمى الراوى الكبيرة",)}, "nobody in the record is called"),
        ({"by": ("الحدادي",)}, "nearest"),
        ({"by": ("\x00",)}, "nobody"),
        ({"by": ("\ud800",)}, "nobody"),
        ({"of": ("نورستن",)}, "nearest: نورستان"),
        ({"outlet": ("الافق البعيد",)}, "not in the record"),
        ({"on": ("زراعة الخيار على القمر",)}, "no matter is called"),
        ({"on": ("السلام وإنهاء",), "sign": "*"}, "sign is"),
        ({"act": ("shout",)}, "announce"),
        ({"mode": ("sung",)}, "indirect"),
        ({"kind": ("robot",)}, "person"),
        ({"since": "أمس"}, "2024-03-31"),
        ({"until": "2024-02-30"}, "until is a day"),
        ({"since": "2024-13"}, "since is a day"),
        ({"since": "2024-03-02", "until": "2024-03-01"}, "exchange"),
        ({"confidence": 1.5}, "from 0 to 1"),
        ({"by": SALMA}, "tuple of strings"),
        ({"words": 7}, "is a string"),
        ({"sort": "loudest"}, "best, newest"),
        ({"limit": 0}, "1,000"),
        ({"limit": 1001}, "1,000"),
        ({"after": "3:1:1"}, "next"),
        ({"after": "1:1:99999999999999999999"}, "next"),
    ],
    ids=repr,
)
def test_what_is_not_understood_is_named_in_one_line(still: Record, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told) as e:
        still.find(**asked)
    assert "\n" not in str(e.value)


class TestHighlights:
    @pytest.mark.parametrize(
        ("words", "marked"),
        [
            ("الجسر", ["الجسر"]),
            ("جسور", ["الجسر"]),
            ('"الجسر الجديد"', ["الجسر الجديد"]),
            ("الجسر الناس", ["الجسر", "الناس"]),
            ("سفين* OR الشتاء", ["الشتاء", "سفينة"]),
            ("الجسر NOT سفينة", ["الجسر"]),
        ],
    )
    def test_they_are_the_words_as_they_stand_in_the_article(
        self, still: Record, words: str, marked: list[str]
    ) -> None:
        hits = still.find(words=words, sort="oldest").hits
        found = [s.of(h.reading.article.text) for h in hits for s in h.highlights]
        assert found == marked
        for h in hits:
            assert all(any(c.holds(s) for c in h.statement.content) for s in h.highlights)

    def test_they_are_found_in_each_part_of_an_interrupted_quotation(self, record: Record) -> None:
        hit = record.find(words="الجسر").hits[0]
        start = hit.statement.content[0].start
        record.correct(hit.article, hit.statement.id, "content", [[start, start + 5], [start + 6, start + 12]], by="س")
        hit = record.find(words="الجسر الجديد", sort="oldest").hits[0]
        assert hit.content == "الجسر … الجديد"
        assert [(s.start - start, s.end - start) for s in hit.highlights] == [(0, 5), (6, 12)]


class TestPages:
    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("words", ["الجسر OR السوق OR النهر OR المطر", "الجسر الجديد"])
    def test_each_hit_comes_once_while_others_are_added(self, record: Record, sort: Any, words: str) -> None:
        added(record, many(20, 3))
        whole = [h.saying for h in record.find(words=words, sort=sort, limit=1000).hits]
        assert len(whole) == len(set(whole)) >= 2
        seen, after = list[int](), ""
        for n in range(1000):
            page = record.find(words=words, sort=sort, limit=max(1, len(whole) // 3), after=after)
            seen += [h.saying for h in page.hits]
            after = page.next
            if not after:
                break
            day = ("2023-05-05", "2024-02-10", "2025-05-05")[n % 3]
            added(record, [_new(n, day, "الأفق"), _new(n, day, "المنارة")])
        assert not after
        known = [s for s in seen if s in set(whole)]
        assert known == whole
        assert len(seen) == len(set(seen))

    def test_the_words_side_by_side_come_first(self, record: Record) -> None:
        apart = "الجديد في أرجانة أن الجسر لن يغلق"
        added(record, [report(said(apart), day="2025-01-01")])
        assert [h.content for h in record.find(words="الجسر الجديد").hits] == [BRIDGE, apart]
        assert [h.content for h in record.find(words="الجسر الجديد", sort="newest").hits] == [apart, BRIDGE]
        first = record.find(words="الجسر الجديد", limit=1)
        assert [h.content for h in record.find(words="الجسر الجديد", limit=1, after=first.next).hits] == [apart]

    def test_what_most_outlets_carry_comes_first_if_asked_so(self, still: Record) -> None:
        assert [h.content for h in still.find(sort="carried").hits] == [BRIDGE, PRICES, HARBOUR, SCHOOL, ROAD]

    def test_a_page_that_is_just_full_is_the_last(self, still: Record) -> None:
        assert still.find(limit=5).next == ""
        page = still.find(limit=4)
        assert [h.content for h in still.find(limit=4, after=page.next).hits] == [ROAD]


def _new(n: int, day: str, outlet: str) -> Reading:
    """A report that comes in between, with words of its own; its copy is in another outlet."""
    return report(said(f"الجسر الجديد رقم {n} فوق النهر يبنى من حجر {'أحمر' * (n + 1)}"), day=day, outlet=outlet)


def test_a_saying_that_is_gone_is_said_to_be(still: Record) -> None:
    with pytest.raises(InputError, match="no saying 7; search again"):
        still.wordings(7)
    with pytest.raises(InputError, match="no article 99"):
        still.article(99)
