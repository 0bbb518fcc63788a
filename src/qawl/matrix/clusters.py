"""Targets that no curated matter covers, gathered by their words; each gathering is named by its commonest wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log

from qawl.arabic.words import tokenize
from qawl.positions import Polarity, stem
from qawl.statements.parsed import function_words

__all__ = ["gather", "key_of"]

_ALIKE = 0.6  # share of the weight of two targets' words that they have in common, from which they are one
_CLASSES = ("dem", "conj", "adverb", "comp", "rel", "quantifier")
_SHORTEST = 3  # letters of a word that counts: prepositions are shorter


@lru_cache(maxsize=1 << 14)
def key_of(target: str) -> tuple[frozenset[str], int]:
    """The words that tell a target, and how the words before them turn its sign.

    Parameters
    ----------
    target : str
        As an article writes it («رفع الحصار المفروض»).

    Returns
    -------
    tuple of (frozenset of str, int)
        Stems without article and joined particles; 1, or -1 where its head turns the sign («⟨رفع⟩ الحصار»).
    """
    forms = [f for f in tokenize(target).form if f[0].isalnum()]
    skipped, sign = Polarity(forms).head()
    light = _light()
    words = [f for f in forms[skipped:] if f not in light and len(f) >= _SHORTEST] or forms
    return frozenset(stem(f) for f in words), sign


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    classes = function_words()
    return frozenset().union(*(classes.get(name, frozenset()) for name in _CLASSES))


def gather(targets: Iterable[str]) -> dict[str, str]:
    """Gathers targets of one meaning.

    Greedy: the commonest wording first, every further one to the gathering whose words are most alike, by the weight of
    the words that they share (inverse document frequency); the result does not depend on the order of `targets`.

    Parameters
    ----------
    targets : iterable of str
        As often as they occur.

    Returns
    -------
    dict of str to str
        Each target to the name of its gathering: the wording that occurs most often in it.
    """
    counts = Counter(targets)
    keys = {t: key_of(t)[0] for t in counts}
    seen = Counter(word for t in counts for word in keys[t])
    weight = {word: log(1 + len(counts) / n) for word, n in seen.items()}
    leaders: list[tuple[frozenset[str], str]] = []
    holding: defaultdict[str, list[int]] = defaultdict(list)  # word → leaders that have it
    out = {}
    for target in sorted(counts, key=lambda t: (-counts[t], len(t), t)):
        key = keys[target]
        near = sorted({n for word in key for n in holding[word]})
        best = max(near, key=lambda n: (_alike(key, leaders[n][0], weight), -n), default=-1)
        if best >= 0 and _alike(key, leaders[best][0], weight) >= _ALIKE:
            out[target] = leaders[best][1]
            continue
        for word in key:
            holding[word].append(len(leaders))
        leaders.append((key, target))
        out[target] = target
    return out


def _alike(a: frozenset[str], b: frozenset[str], weight: dict[str, float]) -> float:
    """Weighted Jaccard index of two sets of words."""
    return sum(weight[w] for w in sorted(a & b)) / (sum(weight[w] for w in sorted(a | b)) or 1.0)
