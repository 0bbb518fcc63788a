"""Count words of a raw collection of news into `nouns.tsv` and `initials.tsv`.

    python training/count_words.py RAW.jsonl.xz src/qawl/data

`nouns.tsv` holds words that occur often both with and without the article ال: common nouns and
adjectives. A personal name seldom does («أيمن» never takes ال, «الصفدي» never goes without), which is how
the engine tells where a name ends and an object begins. `initials.tsv` holds words whose first letter only
looks like a clitic («بيان», «لجنة»): they take the article as they stand («البيان»). `verbs.tsv` holds words
that occur as past and present of one verb («ارتفع», «ارتفعت», «يرتفع»), so that they are not taken for names.
"""

from __future__ import annotations

import collections
import json
import lzma
import sys
from pathlib import Path

from qawl.arabic.words import tokenize

MIN_COUNT = 15  # occurrences with and without the article; below that, spelling errors creep in
ORIGIN = (
    "# Provenance: counted by training/count_words.py over 29,994 articles of public research collections of Arabic\n"
    "# news (SaudiNewsNet 2015; Al Jazeera 2022). Single folded words and their counts only; no text.\n"
)


def is_verb(w: str, counts: collections.Counter[str]) -> bool:
    """Whether a word occurs in the past and in the present, masculine and feminine, as verbs do."""
    if w[0] in "يت" and len(w) > 3:
        past = [w[1:], "ا" + w[1:]]
        other = ("ت" if w[0] == "ي" else "ي") + w[1:]
        return (
            counts["ال" + w] == 0 and counts[other] >= 3 and any(counts[p] >= 3 and counts[p + "ت"] >= 3 for p in past)
        )
    stem = w[:-1] if w.endswith("ت") else w
    if len(stem) < 3 or counts["ال" + w] > 0.05 * counts[w]:
        return False
    rest = stem[1:] if stem[0] == "ا" else stem
    both = counts[stem] >= 3 and counts[stem + "ت"] >= 3
    return both and counts["ي" + rest] >= 3 and counts["ت" + rest] >= 3


def main(raw: str, out: str) -> None:
    counts: collections.Counter[str] = collections.Counter()
    with lzma.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(tokenize(json.loads(line)["text"]).form)
    nouns = [
        w for w in counts if len(w) > 2 and w.isalpha() and counts[w] >= MIN_COUNT and counts["ال" + w] >= MIN_COUNT
    ]
    with Path(out, "nouns.tsv").open("w", encoding="utf-8") as f:
        f.write(
            f"{ORIGIN}# Words seen at least {MIN_COUNT} times both with and without the article.\n"
            "word\tbare\tdefinite\n"
        )
        f.writelines(f"{w}\t{counts[w]}\t{counts['ال' + w]}\n" for w in sorted(nouns, key=lambda w: (-counts[w], w)))
    initials = [
        w
        for w in counts
        if len(w) > 3 and w[0] in "بلكفوس" and w.isalpha() and counts[w] >= 2 * MIN_COUNT
        and counts["ال" + w] >= max(4, 0.15 * (counts[w[1:]] + counts["ال" + w[1:]]))
    ]  # fmt: skip
    verbs = [w for w in counts if len(w) > 2 and w.isalpha() and counts[w] >= 3 and is_verb(w, counts)]
    with Path(out, "verbs.tsv").open("w", encoding="utf-8") as f:
        f.write(f"{ORIGIN}# Finite verb forms, third person: past and present, masculine and feminine.\nword\tcount\n")
        f.writelines(f"{w}\t{counts[w]}\n" for w in sorted(verbs, key=lambda w: (-counts[w], w)))
    with Path(out, "initials.tsv").open("w", encoding="utf-8") as f:
        f.write(
            f"{ORIGIN}# Words that begin with one of ب ل ك ف و س as a letter of their own, not as a clitic.\n"
            "word\tcount\n"
        )
        f.writelines(f"{w}\t{counts[w]}\n" for w in sorted(initials, key=lambda w: (-counts[w], w)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
