"""Copies and statements met again: how many are found, and what finding them costs.

    python bench/copies.py

The stories and wordings are the invented ones of the tests; the thresholds were chosen on one part of them, and the
other was held out. The speed is processor time on generated articles of 300 words; the best of five rounds.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from qawl.record.copies import copy_score, fingerprints
from qawl.record.same import same_statement, sketch
from qawl.record.terms import term_keys
from reading import articles

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "record"))

WORDS = 25  # of a content


def main() -> None:
    """Prints the figures of both parts, and the speed."""
    _print_copies()
    _print_wordings()
    _print_speed()


def _print_copies() -> None:
    from copy_pairs import figures

    for part in ("choose", "held"):
        f = figures(part)
        print(f"articles, {part}: recall {f.recall:.4f}, precision {f.precision:.4f}, {f.candidates:.1f} candidates")
        for kind, count in f.pairs.items():
            print(f"  {kind}: {f.found[kind]} of {count} found")
        for kind, count in f.others.items():
            print(f"  {kind}: {f.mistaken[kind]} of {count} mistaken")


def _print_wordings() -> None:
    from test_same import pairs

    for part in ("choose", "held"):
        found: Counter[tuple[bool, bool]] = Counter()
        met = 0
        for same, _, a, b in pairs(part):
            found[same, same_statement(a, b)] += 1
            met += same and not set(sketch(a.keys)).isdisjoint(sketch(b.keys))
        true, told = found[True, True] + found[True, False], found[True, True] + found[False, True]
        print(
            f"statements, {part}: recall {found[True, True] / true:.3f}, precision {found[True, True] / told:.3f},",
            end=" ",
        )
        print(f"a value of the sketch shared {met / true:.3f}; {found.total()} pairs, {true} of them the same")


def _print_speed() -> None:
    bodies = [a.text for a in articles(100)]
    prints = [fingerprints(b) for b in bodies]
    contents = [keys[k : k + WORDS] for keys in map(term_keys, bodies) for k in range(0, len(keys) - WORDS, WORDS)]
    _report("fingerprints of an article", lambda: [fingerprints(b) for b in bodies], len(bodies))
    _report("score of a pair", lambda: [copy_score(a, b) for a in prints for b in prints], len(prints) ** 2)
    _report(f"sketch of {WORDS} words", lambda: [sketch(c) for c in contents], len(contents))


def _report(what: str, work: Callable[[], object], count: int) -> None:
    rounds = []
    for _ in range(5):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    print(f"{what}: {min(rounds) / count * 1e6:.1f} µs")


if __name__ == "__main__":
    main()
