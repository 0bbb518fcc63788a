"""Whoever is killed while adding loses nothing that was acknowledged, and the record stays whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from record_readings import facts, made, many, views

from qawl.model import Reading
from qawl.record import Record

sys.path.append(str(Path(__file__).parents[2] / "bench"))
import kills


@pytest.fixture(scope="module")
def given() -> list[Reading]:
    return many(25, 21)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_torn(database: str, tmp_path: Path, given: list[Reading]) -> None:
    times = 12 if database.startswith("sqlite") else 4
    left = kills.disturb(database, given, times, seed=7)
    assert left.kills == times
    assert (left.lost, left.torn, left.problems) == ([], [], [])
    assert left.acknowledged == left.rounds * len(given)
    calm = f"sqlite:///{tmp_path}/calm.db"
    made(calm)
    with Record(calm) as record:
        for version in range(1, left.rounds + 1):
            list(record.add(kills.read_by(given, version)))
    assert facts(database) == facts(calm)
    assert views(database) == views(calm)


def test_what_is_lost_or_torn_would_be_told(tmp_path: Path, given: list[Reading]) -> None:
    url = f"sqlite:///{tmp_path}/record.db"
    wanted = {r.article.sha256: r for r in given}
    with Record(url, create=True) as record:
        list(record.add(given[:3]))
    left = kills.Left()
    # As if the first had been read otherwise, and the last acknowledged.
    wanted[given[0].article.sha256] = given[1]
    kills._look(url, wanted, {given[2].article.sha256, given[-1].article.sha256}, left)
    assert left.lost == [given[-1].article.sha256]
    assert left.torn == [given[0].article.sha256]
    assert not left.sound
