"""Kills a program that adds to a record, again and again, and looks at what is left.

    python bench/kills.py [--kills N] [--statements N] [--record ADDRESS] [--seed N]

A child process adds invented articles (`record_corpus`) in batches of all sizes and tells of each that it was
acknowledged. It is killed (SIGKILL) at a moment drawn at random: some acknowledgements and some milliseconds after its
start. Then everything that was acknowledged must be in the record as it was read, `Record.check` must find nothing, and
the next child goes on with the rest; when all is there, it comes again as read by a newer version. In the end the
record must hold the same as one that was never disturbed. This is of killed programs: what a power cut does to a disk
is not tried.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qawl.model import Reading
from qawl.record import Record

__all__ = ["Left", "disturb", "read_by"]

_DELAY = 0.03  # seconds after an acknowledgement, at most
_START = 0.2  # seconds after the start, at most


@dataclass(slots=True)
class Left:
    """What killing left.

    Parameters
    ----------
    kills : int
        Children that were killed while they ran.
    rounds : int
        How often everything was added: when all of it is there, it comes again as read by a newer version.
    acknowledged : int
        What children had acknowledged before they were killed, over all rounds.
    lost, torn : list of str
        Acknowledged articles, by SHA-256, that are not there, and articles that are not as they were read.
    problems : list of str
        What `Record.check` found after a kill.
    """

    kills: int = 0
    rounds: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and nothing is wrong."""
        return not (self.lost or self.torn or self.problems)


def read_by(given: Sequence[Reading], version: int) -> list[Reading]:
    """The readings as a version of the extractor made them."""
    return [replace(r, extractor=f"kills/{version}") for r in given]


def disturb(url: str, given: Sequence[Reading], kills: int, seed: int = 0) -> Left:
    """Adds readings while children are killed; the round in which the last is killed is brought to its end.

    Parameters
    ----------
    url : str
        Of a record, or where there is none yet. Nobody has it open.
    given : sequence of Reading
        Each with a text of its own.
    kills : int
        How many children to kill; those that were ready before do not count.
    seed : int
        The same draws the same moments, as far as a clock can tell.

    Returns
    -------
    Left
        The record then holds what `given` makes if it is added undisturbed, as `read_by` versions 1 to `Left.rounds`.
    """
    left, draw = Left(), random.Random(seed)
    # Word lists, which each child would load anew.
    with tempfile.TemporaryDirectory() as folder, Record(f"{folder}/record.db", create=True) as record:
        list(record.add(given[:10]))
    while left.kills < kills:
        left.rounds += 1
        wanted = {r.article.sha256: r for r in read_by(given, left.rounds)}
        seen = set[str]()
        while len(seen) < len(wanted):
            rest = [r for sha, r in wanted.items() if sha not in seen]
            acknowledged, killed = _run(url, rest, draw, kill=left.kills < kills)
            seen |= acknowledged
            left.kills += killed
            _look(url, wanted, seen, left)
        left.acknowledged += len(seen)
    return left


def _run(url: str, given: Sequence[Reading], draw: random.Random, *, kill: bool) -> tuple[set[str], bool]:
    """What a child acknowledged, and whether it was killed."""
    first = draw.randrange(min(len(given), 20))
    delay = draw.random() * (_DELAY if first else _START)
    read, write = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_child, args=(url, given, draw.random(), write))
    child.start()
    os.close(write)
    told = b""
    while kill and told.count(b"\n") < first and (more := os.read(read, 65)):
        told += more
    if kill:
        time.sleep(delay)
        child.kill()
    while more := os.read(read, 1 << 16):
        told += more
    os.close(read)
    child.join()
    if not kill and child.exitcode != 0:
        raise SystemExit(f"a child that was not killed ended with {child.exitcode}")
    # The last line may be half a line.
    return {line.decode() for line in told.split(b"\n")[:-1]}, child.exitcode == -signal.SIGKILL


def _child(url: str, given: Sequence[Reading], seed: float, out: int) -> None:
    """Adds readings in batches of all sizes, and tells of each once it is acknowledged."""
    draw, at = random.Random(seed), 0
    with Record(url, create=True) as record:
        while at < len(given):
            batch = given[at : at + draw.choice((1, 1, 2, 3, 5, 15))]
            for added in record.add(batch):
                os.write(out, f"{added.reading.article.sha256}\n".encode())
            at += len(batch)


def _look(url: str, wanted: dict[str, Reading], seen: set[str], left: Left) -> None:
    """What is wrong with the record now. What was not acknowledged may be of the round before, or not there."""
    with Record(url, create=True) as record:
        found = {x.reading.article.sha256: x.reading for x in record.readings()}
        left.lost += sorted(sha for sha in seen if sha not in found or found[sha].extractor != wanted[sha].extractor)
        left.torn += sorted(sha for sha, r in found.items() if replace(wanted[sha], extractor=r.extractor) != r)
        left.problems += [f"{p.where}: {p.message}" for p in record.check()]


def main() -> None:
    from record_corpus import readings

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--statements", type=int, default=3000)
    parser.add_argument("--record", default="", help="an address where nothing is yet; else a SQLite file for the run")
    parser.add_argument("--seed", type=int, default=20231104)
    asked = parser.parse_args()
    given = list({r.article.sha256: r for r in readings(asked.statements)}.values())
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        url = asked.record or f"sqlite:///{folder}/record.db"
        left = disturb(url, given, asked.kills, asked.seed)
        seconds = time.perf_counter() - begin
        with Record(f"sqlite:///{folder}/undisturbed.db", create=True) as calm, Record(url) as record:
            for version in range(1, left.rounds + 1):
                for _ in calm.add(read_by(given, version)):
                    pass
            same = _told(calm) == _told(record)
    print(
        f"{left.kills} kills in {left.rounds} rounds, {left.acknowledged} acknowledged in {seconds:.0f} s: "
        f"{len(left.lost)} lost, {len(left.torn)} torn, {len(left.problems)} problems; "
        f"{'the same as' if same else 'NOT the same as'} undisturbed"
    )
    sys.exit(0 if left.sound and same else 1)


def _told(record: Record) -> object:
    """What a record holds and finds, without ids, which hang on the order in which things came."""
    counts = {name: {f.value: f.count for f in found} for name, found in record.facets(most=1_000_000).by.items()}
    hits, after = set[object](), ""
    while True:
        page = record.find(sort="newest", limit=1000, after=after)
        hits |= {(h.content, h.party, h.day, h.outlets, h.articles, h.reading.article.sha256) for h in page.hits}
        if not (after := page.next):
            return record.sizes().rows, counts, hits, {x.reading.article.sha256: x.reading for x in record.readings()}


if __name__ == "__main__":
    main()
