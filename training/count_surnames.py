"""Count the words that follow given names in a raw collection of news into `surnames.tsv`.

    python training/count_surnames.py RAW.jsonl.xz src/qawl/data/surnames.tsv

A word that often stands right after a given name is a surname («بلينكن»), also where it stands alone, and with
its article if it has one («الجبير»). Foreign names take so many spellings that no list by hand could hold them.
"""

from __future__ import annotations

import collections
import json
import lzma
import sys
from itertools import pairwise
from pathlib import Path

from qawl.arabic.words import tokenize
from qawl.statements.name_words import classes, is_given, is_stop, is_verbal
from qawl.statements.parsed import nouns, rarely_definite

MIN_FOLLOWS = 4  # times after a given name
MIN_SHARE = 0.08  # of its occurrences: «أوباما» mostly stands alone
MIN_DEFINITE = 3, 0.2  # the same two for words with the article, nearly all of which are common nouns or adjectives


def main(raw: str, out: str) -> None:
    follows: collections.Counter[str] = collections.Counter()
    counts: collections.Counter[str] = collections.Counter()
    with lzma.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            form = tokenize(json.loads(line)["text"]).form
            counts.update(form)
            for a, b in pairwise(form):
                if is_given(a) and b.isalpha():
                    follows[b] += 1
    found = [
        w
        for w, n in follows.items()
        if n >= MIN_FOLLOWS and n >= MIN_SHARE * counts[w] and len(w) > 2 and not w.startswith(("ال", "لل"))
        and not is_stop(w) and not is_verbal(w) and not is_given(w) and (w not in nouns() or w in rarely_definite())
        and counts["ال" + w] <= counts[w]
        # «وسالم», «بمكة»: a joined particle, since the word goes on without it just as often.
        and not (w[0] in "وبلف" and counts[w[1:]] >= counts[w])
        and not (w[-1] == "ا" and (w[:-1] in nouns() or counts["ال" + w[:-1]] > counts[w]))
    ]  # fmt: skip
    found += [
        w
        for w, n in follows.items()
        if w.startswith("ال") and len(w) > 4 and n >= MIN_DEFINITE[0] and n >= MIN_DEFINITE[1] * counts[w]
        and not is_stop(w) and "nisba" not in classes(w)
    ]  # fmt: skip
    with Path(out).open("w", encoding="utf-8") as f:
        f.write(
            "# Words that stand right after given names often enough to be surnames.\n"
            "# Provenance: counted by training/count_surnames.py over 29,994 articles of public research collections\n"
            "# of Arabic news (SaudiNewsNet 2015; Al Jazeera 2022). Single folded words and counts only; no text.\n"
            "word\tfollows\tcount\n"
        )
        f.writelines(f"{w}\t{follows[w]}\t{counts[w]}\n" for w in sorted(found, key=lambda w: (-follows[w], w)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
