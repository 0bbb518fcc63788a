"""Facets: the counts are those of all hits, or near them where a sample is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from record_readings import BRIDGE, SALMA, added, many, report, said, standing

from qawl.record import FACETS, Asked, Hit, Record, facets


def filled(url: str) -> None:
    """Makes a record with some days' articles, one without a day, and a statement without a source."""
    with Record(url, create=True) as record:
        added(record, many(40, 5))
        added(record, [report(said(BRIDGE, of="نورستان"), day=""), report(said("من قال ذلك فليثبته الآن", ""))])


@pytest.fixture
def template() -> object:
    return filled


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as record:
        yield record


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def still(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The record, for tests that only read it."""
    with standing(request, tmp_path_factory.mktemp("still"), filled) as record:
        yield record


def by_hand(record: Record, asked: Asked) -> dict[str, Counter[str]]:
    """The counts, of hits that are all fetched."""
    counts = {name: Counter[str]() for name in FACETS}
    after = "start"
    while after:
        page = record.find(asked, sort="newest", limit=37, after="" if after == "start" else after)
        after = page.next
        for hit in page.hits:
            for name, values in _values(record, hit).items():
                counts[name].update(v for v in values if v)
    return counts


def _values(record: Record, hit: Hit) -> dict[str, set[str]]:
    source = hit.source
    stances = {s for h in record.wordings(hit.saying) for s in h.statement.stances}
    return {
        "by": {hit.party},
        "of": {source.of if source else ""},
        "kind": {source.kind if source else ""},
        "act": {hit.statement.act},
        "mode": {hit.statement.mode},
        "on": {a.sign + a.matter for x in stances for a in x.about},
        "outlet": {hit.reading.article.outlet},
        "year": {hit.day[:4]},
    }


QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"words": "الجسر OR القمح OR النهر"},
    {"words": "السوق", "act": ("demand", "commit")},
    {"outlet": ("المنارة",), "since": "2024-02"},
    {"by": (SALMA,), "sign": "+"},
    {"words": "السوق", "until": "2023"},
)


@pytest.mark.parametrize("asked", QUERIES, ids=repr)
def test_counts_are_those_of_all_hits(still: Record, asked: dict[str, Any]) -> None:
    found = still.facets(most=1000, **asked)
    assert (found.exact, found.sampled) == (True, found.total)
    assert found.total == len(still.find(limit=1000, **asked).hits)
    assert {name: {f.value: f.count for f in found.by[name]} for name in FACETS} == by_hand(still, Asked(**asked))


def test_the_commonest_come_first_with_names_for_people(still: Record) -> None:
    found = still.facets(most=2)
    for name in set(FACETS) - {"year"}:
        counts = [f.count for f in found.by[name]]
        assert len(counts) <= 2
        assert counts == sorted(counts, reverse=True)
    assert {f.label for f in still.facets(by=(SALMA,)).by["by"]} == {SALMA}
    labels = {f.value: f.label for f in still.facets().by["on"]}
    assert labels["+ceasefire"] == "وقف إطلاق النار"
    assert [f.value for f in found.by["year"]] == ["2024"]


@pytest.mark.parametrize("field", ["by", "of", "kind", "act", "mode"])
def test_a_value_given_back_finds_as_many_as_were_counted(still: Record, field: str) -> None:
    for facet in still.facets(most=1000).by[field]:
        assert still.facets(**{field: (facet.value,)}).total == facet.count


def test_over_many_a_sample_is_counted_and_marked_so(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    # Some hundred sayings a day, as on the days of a large record.
    given = [f"المصنع {n + 1000} في الوادي ينتج {n * 7 + 5000} ثوبا من الحرير كل شهر" for n in range(120)]
    acts = ("inform", "inform", "inform", "demand")
    added(record, [report(*(said(c, act=acts[n % 4]) for n, c in enumerate(given)), day="2024-06-01")])  # type: ignore[arg-type]
    exact = record.facets(words="الحرير")
    monkeypatch.setattr(facets, "_COUNTED", 50)
    found = record.facets(words="الحرير")
    assert exact.exact
    assert not found.exact
    assert found.total == exact.total == 120
    assert 20 <= found.sampled <= 60
    whole = {f.value: f.count for f in exact.by["act"]}
    for facet in found.by["act"]:
        assert facet.count == pytest.approx(whole[facet.value], rel=0.5)
    assert sum(f.count for f in found.by["mode"]) == 120
    everything = record.facets()
    assert (everything.exact, everything.total) == (False, record.sizes().rows["saying"])
