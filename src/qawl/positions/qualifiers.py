"""What a stance is tied to, and how strong it is: «دون قيد أو شرط», «بشرط أن …», «ليس قبل …», «رفضا قاطعا».

The words are rows of ``qualifiers.tsv``. A qualifier belongs to the target that it stands in or after; one that stands
before all targets («إذا التزم الطرف الآخر فسنوقف …») to the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.model import CONDITIONS, ConditionKind, DataError, Degree
from qawl.positions.patterns import Patterns

__all__ = ["Qualifier", "qualifiers", "shared_out"]

_DEGREES = ("strong", "weak")
_LONGEST = 18  # words of a condition
_REACH = 14  # words from a target to a qualifier after it
_STOPS = frozenset(".؛;:!?؟…،,")
# How the answer to a condition begins: «إذا التزم الطرف الآخر ⟨فسنوقف⟩ القتال».
_ANSWERS = ("فس", "فلن", "فان", "فلا")
_SOON = 4  # words from what tells a degree to the target after it: «ندين ⟨بشدة⟩ الهجوم»
_ENDS = frozenset(".؛;:!?؟…")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Words that tie a stance to something or tell its degree: tokens ``[first, last)``."""

    first: int
    last: int
    condition: ConditionKind | None
    degree: Degree | None


@cache
def _patterns() -> Patterns[tuple[str, bool]]:
    out: Patterns[tuple[str, bool]] = Patterns("qualifiers.tsv")
    for row in read_table("qualifiers"):
        if row["kind"] not in (*CONDITIONS, *_DEGREES) or row["extends"] not in ("no", "clause"):
            raise DataError(f"qualifiers.tsv: {row['words']}: no such kind, or extends is not no or clause")
        out.add(row["words"], (row["kind"], row["extends"] == "clause"))
    return out


@cache
def _times() -> frozenset[str]:
    """Units of time: «قبل يومين» is no condition."""
    rows = (row["words"].split() for row in read_table("clause_words") if row["class"] == "time")
    return frozenset(fold(word) for words in rows for word in words)


def qualifiers(forms: Sequence[str]) -> list[Qualifier]:
    """The qualifiers of a content, in its order; of those that overlap, the one of more words.

    Parameters
    ----------
    forms : sequence of str
        Its folded tokens, punctuation among them.
    """
    found = sorted(_patterns().find(forms), key=lambda f: (-f.words, f.first))
    taken: set[int] = set()
    out: list[Qualifier] = []
    for f in found:
        if not taken.isdisjoint(range(f.first, f.last)):
            continue
        kind, extends = f.value
        last = f.last
        if extends:
            last = _clause_end(forms, f.last)
            if last == f.last or forms[f.last] in _times() or forms[f.last][0].isdigit():
                continue
        taken.update(range(f.first, f.last))
        condition = kind if kind in CONDITIONS else None
        out.append(Qualifier(f.first, last, condition, None if condition else cast("Degree", kind)))
    return sorted(out, key=lambda q: q.first)


def _clause_end(forms: Sequence[str], at: int) -> int:
    """The end of the clause that begins at a token."""
    last = min(len(forms), at + _LONGEST)
    for k in range(at, last):
        if forms[k] in _STOPS or (k > at and forms[k].startswith(_ANSWERS)):
            return k
    return last


def shared_out(
    found: Sequence[Qualifier], targets: Sequence[tuple[int, int]], forms: Sequence[str]
) -> list[list[Qualifier]]:
    """The qualifiers of each target.

    Parameters
    ----------
    found : sequence of Qualifier
        Those of the content.
    targets : sequence of (int, int)
        Tokens ``[first, last)`` of each target, in the order of the text.
    forms : sequence of str
        The content's tokens.
    """
    out: list[list[Qualifier]] = [[] for _ in targets]
    for q in found:
        inside = [n for n, (first, last) in enumerate(targets) if first <= q.first < last]
        before = [n for n, (_, last) in enumerate(targets) if last <= q.first]
        soon = [n for n, (first, _) in enumerate(targets) if q.last <= first <= q.last + _SOON]
        if inside:
            out[inside[-1]].append(q)
        elif q.degree is not None and soon and _ENDS.isdisjoint(forms[q.last : targets[soon[0]][0]]):
            out[soon[0]].append(q)
        elif before and _near(forms, targets[before[-1]][1], q.first):
            out[before[-1]].append(q)
        elif targets and not before and _near(forms, q.first, targets[0][0]):
            out[0].append(q)
    return out


def _near(forms: Sequence[str], start: int, end: int) -> bool:
    """Whether no sentence ends between two tokens and they are not far apart."""
    return end - start <= _REACH and _ENDS.isdisjoint(forms[start:end])
