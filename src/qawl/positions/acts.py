"""The act of a statement: what the speaker does with it.

The lexicon says it by the cue, its complement and the first words of the content. A linear model, which has the
lexicon's answer among its features, weighs these and the other words; its weights are ``acts.npz``. What it says and
what the network says (`qawl.positions.network`) are added up in `qawl.positions.taking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.arabic.words import Tokens, as_tokens
from qawl.model import ACTS, Act, DataError, Statement
from qawl.positions.act_features import ROWS
from qawl.statements.lexicon import Cue, cues, phrases

__all__ = ["cue_act", "lexicon_act", "linear_scores"]

_LOOK = 6  # words of the content that may tell its act
# Acts that a cue settles by itself; the others are settled by the content where it says more.
_OPEN: frozenset[Act] = frozenset({"inform", "judge", "announce"})


@cache
def _by_lemma() -> dict[str, Cue]:
    return {c.lemma: c for c in reversed(cues())}


@cache
def _by_phrase() -> dict[str, Act]:
    return {p.phrase: p.act for p in phrases()}


@cache
def _openings() -> dict[str, list[tuple[int, tuple[str, ...], Act]]]:
    """Openings of contents that tell the act («ضرورة», «لن نسمح»), by their first word; the longest rank first."""
    out: list[tuple[tuple[str, ...], Act]] = []
    for row in read_table("content_acts"):
        if row["act"] not in ACTS:
            raise DataError(f"content_acts.tsv: no such act: {row['act']!r}")
        out.append((tuple(fold(row["words"]).split()), row["act"]))
    found: dict[str, list[tuple[int, tuple[str, ...], Act]]] = {}
    for rank, (words, act) in enumerate(sorted(out, key=lambda x: -len(x[0]))):
        found.setdefault(words[0], []).append((rank, words, act))
    return found


@cache
def _weights() -> NDArray[np.int8]:
    """A row for each hashed feature, a column for each act in the order of `ACTS`."""
    try:
        with resources.files("qawl.data").joinpath("acts.npz").open("rb") as f, np.load(f) as arrays:
            weights: NDArray[np.int8] = arrays["weights"]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"acts.npz: cannot be read: reinstall qawl ({error})") from error
    if weights.shape != (ROWS, len(ACTS)):
        raise DataError(f"acts.npz: its shape is {weights.shape}")
    return weights


def linear_scores(found: Sequence[list[int]]) -> NDArray[np.int32]:
    """The scores of acts by the linear model: a row for each statement, a column for each act.

    Parameters
    ----------
    found : sequence of list of int
        The rows of each statement's features (`qawl.positions.act_features`), at least one.

    Raises
    ------
    DataError
        If the weights are missing or malformed.
    """
    starts = [0, *accumulate(map(len, found[:-1]))]
    weights = _weights()[list(chain.from_iterable(found))]
    return np.add.reduceat(weights, starts, dtype=np.int32)


def lexicon_act(text: str | Tokens, s: Statement) -> Act:
    """The act of a statement by the lexicon alone; `text` is the article's, or its tokens, if they are at hand."""
    tok = as_tokens(text)
    first = s.content[0]
    words = tuple(tok.forms(first.start, min(first.end, first.start + 80))[:_LOOK])
    act = cue_act(tok, s)
    if act in _OPEN:
        return _content_act(words) or act
    return act


def cue_act(tok: Tokens, s: Statement) -> Act:
    """The act of a statement by its cue and complement; `tok` are the tokens of its article."""
    if s.lemma in _by_phrase():
        return _by_phrase()[s.lemma]
    cue = _by_lemma().get(s.lemma)
    if cue is None:
        return "inform"
    if cue.act_by and s.cue is not None and s.content[0].start > s.cue.end:
        between = tok.forms(s.cue.end, s.content[0].start)
        for prep, act in cue.act_by.items():
            if _governed(prep, tuple(between), tok, s):
                return act
    return cue.act


def _governed(complement: str, between: tuple[str, ...], tok: Tokens, s: Statement) -> bool:
    """Whether the statement's content is tied to its cue as `complement` says."""
    clause = any(f in ("ان", "بان", ":") for f in between[-2:])
    head = tok.forms(s.content[0].start, min(s.content[0].end, s.content[0].start + 20))
    clause = clause or (bool(head) and head[0] in ("انه", "انها", "انهم", "بانه", "بانها"))
    kind, _, prep = complement.partition(":")
    if kind.endswith("prep"):
        prep = fold(prep)
        return not clause and (prep in between[-3:] or (len(prep) == 1 and bool(head) and head[0].startswith(prep)))
    return not clause and complement == "np" and s.mode != "direct"


@lru_cache(maxsize=4096)
def _content_act(words: tuple[str, ...]) -> Act | None:
    known = _openings()
    best = min(
        (
            (rank, act)
            for start in range(min(3, len(words)))
            for rank, pattern, act in known.get(words[start], ())
            if words[start : start + len(pattern)] == pattern
        ),
        default=None,
    )
    return best[1] if best is not None else None
