"""Estimate how often each surface form of a cue is a cue, from annotated articles, into `cue_rates.tsv`.

    python training/estimate_cue_rates.py TRAIN.jsonl src/qawl/data/cue_rates.tsv

Unvowelled Arabic is full of homographs («قبل» before / accepted, «هنا» here / congratulated); a lexicon alone
cannot rank them, counts can. Forms seen fewer than `MIN_SEEN` times are left to the lexicon's own estimate.
"""

from __future__ import annotations

import collections
import json
import sys
from pathlib import Path

from qawl.arabic.words import tokenize
from qawl.statements.lexicon import lookup

MIN_SEEN = 3


def main(train: str, out: str) -> None:
    seen: collections.Counter[str] = collections.Counter()
    cues: collections.Counter[str] = collections.Counter()
    with Path(train).open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            starts = {s["cue"][0] for s in article["statements"] if s["cue"]}
            tokens = tokenize(article["text"])
            for start, form in zip(tokens.start, tokens.form, strict=True):
                if lookup(form):
                    seen[form] += 1
                    cues[form] += start in starts
    with Path(out).open("w", encoding="utf-8") as f:
        f.write(
            "# How often a folded surface form of a cue is a cue.\n"
            "# Provenance: counted by training/estimate_cue_rates.py over the annotated training articles; single\n"
            "# forms and counts only. seen: occurrences; cues: of these, annotated as a cue.\nform\tseen\tcues\n"
        )
        f.writelines(
            f"{w}\t{n}\t{cues[w]}\n" for w, n in sorted(seen.items(), key=lambda x: (-x[1], x[0])) if n >= MIN_SEEN
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])
