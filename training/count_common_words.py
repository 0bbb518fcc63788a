"""Find the words of a raw collection of news that are no names, for `common_words.tsv`.

    python training/count_common_words.py RAW.jsonl.xz src/qawl/data/common_words.tsv

The engine takes a word that no list knows for part of a personal name: no list could hold all foreign names. Rare
forms of Arabic words («بانتفاخ», «تتلقاه») are in no list either. This script tells the two apart by how a word is
spelt (the three-letter runs of names and of other words: naive Bayes), by its paradigm (its stem occurs with other
endings and joined particles) and by whether it stands after given names.
"""

from __future__ import annotations

import collections
import json
import lzma
import math
import re
import sys
from itertools import pairwise
from pathlib import Path

from qawl.arabic.words import tokenize
from qawl.statements.name_words import given_forms, is_given, is_name, plain_words, surnames
from qawl.statements.parsed import nouns, verbs

MIN_COUNT = 4  # occurrences
MAX_SHARE = 0.05  # of them after a given name
MAX_VERB_SHARE = 0.3  # the same for words in ي and ت that occur in both persons: «الوزير سالم يزور»
SURE, LIKELY = 0.9, -0.9  # log-odds per trigram from which the spelling is enough, or enough with a paradigm

_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "س", "وس", "ول", "وب", "فل", "فس")
_SUFFIXES = ("ها", "هم", "نا", "ه", "وا", "ت", "تا", "ات", "ين", "ون", "ان", "يه", "ي", "ا", "كم", "ك")


class Words:
    """Counts of a collection, and what they say about a word."""

    def __init__(self, raw: str) -> None:
        self.count: collections.Counter[str] = collections.Counter()
        self.follows: collections.Counter[str] = collections.Counter()
        with lzma.open(raw, "rt", encoding="utf-8") as lines:
            for line in lines:
                form = tokenize(json.loads(line)["text"]).form
                self.count.update(form)
                self.follows.update(b for a, b in pairwise(form) if is_given(a))
        self.open = [
            w for w, n in self.count.items()
            if n >= MIN_COUNT and _ARABIC.fullmatch(w) and (is_name(w) or w in plain_words())
            and not is_given(w) and w not in surnames()
        ]  # fmt: skip
        names = {w for w in surnames() if self.share(w) > 0.15}
        names |= {w for w in self.open if self.follows[w] >= 2 and self.share(w) > 0.3}
        names |= {w for w in given_forms() if self.count[w] > MIN_COUNT and w not in nouns()}
        others = {*nouns(), *(w for w in verbs() if self.count[w] > MIN_COUNT)}
        others |= {w for w in self.open if self.count[w] >= 100 and self.share(w) < 0.02}
        self.names = collections.Counter(g for w in names for g in _trigrams(w))
        self.others = collections.Counter(g for w in others for g in _trigrams(w))
        self.kinds = len({*self.names, *self.others})

    def share(self, w: str) -> float:
        """The share of a word's occurrences that stand after a given name."""
        return self.follows[w] / max(1, self.count[w])

    def spelling(self, w: str) -> float:
        """Log-odds per trigram that a word is no name, by its spelling."""
        grams = _trigrams(w)
        n, m = self.names.total() + 0.5 * self.kinds, self.others.total() + 0.5 * self.kinds
        return sum(math.log((self.others[g] + 0.5) / m * n / (self.names[g] + 0.5)) for g in grams) / len(grams)

    def plain(self, w: str) -> bool:
        """Whether a stem is a common noun or verb."""
        if w in nouns() or w in verbs():
            return True
        return self.count[w] >= MIN_COUNT and self.share(w) < 0.1 and self.spelling(w) > 0.3

    def inflects(self, w: str) -> bool:
        """Whether a word is a form of a stem that occurs in other forms, too."""
        for p in _PREFIXES:
            rest = w.removeprefix(p)
            if rest == w or len(rest) <= 2 or self.count[rest] < self.count[w] or is_given(rest):
                continue
            # The future particle stands before verbs only: «سيقول», but not «ساولي».
            if rest in verbs() or ("س" not in p and (self.plain(rest) or not is_name(rest))):
                return True
        if w[0] in "يتن" and len(w) > 3 and sum(self.count[c + w[1:]] >= 2 for c in "يتن") >= 2:
            return True
        for s in _SUFFIXES:
            rest = w.removesuffix(s)
            for stem in (rest, rest + "ه"):
                if rest != w and len(rest) > 2 and self.count[stem] >= 0.5 * self.count[w] and self.plain(stem):
                    return True
        pronouns = sum(self.count[w + s] >= 2 for s in ("ها", "هم", "ه", "وا"))
        return pronouns >= 2 or self.count["ال" + w] > 0.2 * self.count[w]

    def common(self, w: str) -> bool:
        """Whether a word that no other list knows is no name."""
        spelling = self.spelling(w)
        if w[0] in "يت" and len(w) > 3 and self.count["ي" + w[1:]] > 1 and self.count["ت" + w[1:]] > 1:
            return self.share(w) < MAX_VERB_SHARE and spelling > LIKELY
        if self.share(w) >= MAX_SHARE:
            return False
        return spelling > SURE or (spelling > LIKELY and self.inflects(w))


def _trigrams(w: str) -> list[str]:
    whole = f"^{w}$"
    return [*(whole[i : i + 3] for i in range(len(whole) - 2)), w[:3], w[-3:]]


def main(raw: str, out: str) -> None:
    words = Words(raw)
    by_initial: dict[str, list[str]] = collections.defaultdict(list)
    for w in sorted(words.open):
        if words.common(w):
            by_initial[w[0]].append(w)
    with Path(out).open("w", encoding="utf-8") as f:
        f.write(
            "# Forms of common words that no other list holds, so that they are not taken for names.\n"
            "# Provenance: found by training/count_common_words.py in 29,994 articles of public research collections\n"
            "# of Arabic news (SaudiNewsNet 2015; Al Jazeera 2022). Single folded words only; no text.\n"
            "# initial: their first letter; words: separated by spaces\n"
            "initial\twords\n"
        )
        f.writelines(f"{initial}\t{' '.join(found)}\n" for initial, found in sorted(by_initial.items()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
