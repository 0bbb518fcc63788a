"""The record at a size that tells: adding, room, words with two filters, facets.

    python bench/record.py [--statements N] [--record PATH] [--queries N] [--more N]

The record is filled with invented articles (`record_corpus`). Queries are one to three words in a row of statements
drawn at random, so that frequent words are asked for as often as they are said, each with two filters that the same
statement fulfils. Times are of whole calls of `Record.find` (a page of twenty, with texts and highlights) and
`Record.facets`, in milliseconds. The reference is the same table of words asked for the first of them by `LIKE`, newest
first, for a page of twenty: what searching without the index costs, without filters, texts and highlights.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from qawl.record import Asked, Record
from qawl.record.terms import term_keys
from record_corpus import readings

SEED = 20231104
_REFERENCE = 40  # queries that the reference is asked


def filled(record: Record, statements: int, seed: int = SEED) -> float:
    """Adds the articles; statements per second, generating them taken off."""
    pause = count = 0.0
    begin = time.perf_counter()

    def timed() -> Iterable[object]:
        nonlocal pause
        made = readings(statements, seed)
        while True:
            at = time.perf_counter()
            part = list(islice(made, 200))
            pause += time.perf_counter() - at
            if not part:
                return
            yield from part

    for n, added in enumerate(record.add(timed(), model="bench")):  # type: ignore[arg-type]
        count += len(added.reading.statements)
        if n % 5000 == 0 and sys.stderr.isatty():
            print(f"\r{count:,.0f} statements", end="", file=sys.stderr)
    return count / (time.perf_counter() - begin - pause)


def questions(record: Record, count: int) -> list[Asked]:
    """Words of statements with two filters that these fulfil."""
    draw = random.Random(SEED)
    days = sorted(f.value for f in record.facets().by["year"])
    found: list[Asked] = []
    while len(found) < count:
        year, month = draw.choice(days), draw.randint(1, 12)
        page = record.find(since=f"{year}-{month:02}-01", sort="oldest", limit=50).hits
        for hit in draw.sample(page, min(5, len(page))):
            words = hit.content.split()
            at, length = draw.randrange(len(words)), draw.randint(1, 3)
            filters = {
                "act": (hit.statement.act,),
                "mode": (hit.statement.mode,),
                "outlet": (hit.reading.article.outlet,),
                "since": hit.day[:4],
                "kind": (hit.source.kind,) if hit.source else (),
                "by": (hit.party,) if hit.party else (),
            }
            chosen = draw.sample(sorted(k for k, v in filters.items() if v), 2)
            asked = Asked(" ".join(words[at : at + length]), **{k: filters[k] for k in chosen})  # type: ignore[arg-type]
            found.append(asked)
    return found[:count]


def p95(call: Callable[[Asked], object], asked: Iterable[Asked]) -> tuple[float, float, float]:
    """Median, 95th percentile and most of the milliseconds that a call takes."""
    times = []
    for one in asked:
        begin = time.perf_counter()
        call(one)
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    return statistics.median(times), times[int(0.95 * len(times))], times[-1]


def by_like(record: Record, asked: Asked) -> None:
    """A page of the newest whose words hold the first word's key, without the index."""
    pattern = f"%{term_keys(asked.words)[0]}%"
    sql = text("SELECT id FROM saying_words WHERE words LIKE :pattern ORDER BY id DESC LIMIT 20")
    with record._database.reading() as connection:
        connection.execute(sql, {"pattern": pattern}).all()


def main() -> None:
    """Fills a record, or takes one, and prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--record", default="", help="keep it here, or use it if it is there")
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--more", type=int, default=0, help="statements to add to a record that is there, first")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.record or f"{folder}/record.db")
        there = path.exists()
        with Record(str(path), create=True) as record:
            if not there:
                print(f"adding               {filled(record, given.statements):,.0f} statements/s")
                begin = time.perf_counter()
                record.vacuum()
                print(f"vacuum               {time.perf_counter() - begin:.0f} s")
            elif given.more:
                print(f"adding to it         {filled(record, given.more, SEED + given.more):,.0f} statements/s")
            size = record.sizes()
            print(f"statements           {size.rows['statement']:,} in {size.rows['article']:,} articles")
            print(f"sayings              {size.rows['saying']:,}")
            print(f"bytes a statement    {size.per_statement:,.0f} beyond the articles' text")
            asked = questions(record, given.queries)
            for name, call in (("find", record.find), ("facets", record.facets)):
                print("{:20} median {:.1f}, p95 {:.1f}, most {:.1f} ms".format(name, *p95(call, asked)))
            worded = [a for a in asked if term_keys(a.words)][:_REFERENCE]
            middle, slow, most = p95(lambda a: by_like(record, a), worded)
            print(f"{'reference (LIKE)':20} median {middle:.1f}, p95 {slow:.1f}, most {most:.1f} ms")


if __name__ == "__main__":
    main()
