"""Count how often a source is right, by what it is and how it was found, into `source_confidence.tsv`.

    python training/calibrate_sources.py CORPUS src/qawl/data/source_confidence.tsv

Counted on `training/annotations`, articles that the rules and the ranker of sources were not made from; among
statements that were found.
"""

from __future__ import annotations

import collections
import sys
from pathlib import Path

from corpus import load

from qawl.pages import from_record
from qawl.reader import Reader
from qawl.scoring import same_source
from qawl.scoring.matching import pairs


def main(corpus: str, out: str) -> None:
    seen: collections.Counter[tuple[str, str]] = collections.Counter()
    right: collections.Counter[tuple[str, str]] = collections.Counter()
    reader = Reader()
    for gold in load(Path(corpus)):
        if not gold["doc"].startswith("x"):
            continue
        reading = reader.read(from_record({"text": gold["text"]}))
        found = [{"content": [[c.start, c.end] for c in s.content], "cue": None} for s in reading.statements]
        for i, j in pairs(gold["text"], gold["statements"], found)[0]:
            s = reading.statements[j]
            source = reading.sources[s.who]
            key = ("explicit" if s.speaker is not None else "implicit", source.kind if source.name else "unresolved")
            seen[key] += 1
            right[key] += same_source(source.name, gold["sources"][gold["statements"][i]["who"]]["name"])
    with Path(out).open("w", encoding="utf-8") as f:
        f.write(
            "# How often the source of a found statement is right, by how it is mentioned and what it is.\n"
            "# Provenance: counted by training/calibrate_sources.py over training/annotations.\n"
            "mention\tkind\tseen\tright\n"
        )
        f.writelines(f"{a}\t{b}\t{n}\t{right[a, b]}\n" for (a, b), n in sorted(seen.items()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
