"""The position that each statement takes: its act and its stances, by lexicon, linear model, network and grammar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qawl.model import ACTS, Act, Source, Statement
from qawl.positions.act_features import features, rows
from qawl.positions.acts import lexicon_act, linear_scores
from qawl.positions.network import network
from qawl.positions.stances import Seen, find_stances
from qawl.positions.windows import Window, window
from qawl.statements import Parsed

__all__ = ["take_positions"]

_BY_LEXICON = 0.57  # how often the lexicon alone is right (training/README.md)
_TOGETHER = 256  # statements that the network reads at once


def take_positions(
    parsed: Parsed, statements: tuple[Statement, ...], sources: dict[str, Source], *, learned: bool = True
) -> tuple[Statement, ...]:
    """The same statements with their acts and stances.

    Parameters
    ----------
    parsed : Parsed
        Their article, as the extractor left it.
    statements : tuple of Statement
        With their sources.
    sources : dict of str to Source
        By key.
    learned : bool
        Whether what was learned decides, too, or lexicon and grammar alone. It takes the extractor's vectors; without
        these it is as if False.

    Raises
    ------
    DataError
        If a table or the weights are missing or malformed.
    """
    known = [lexicon_act(parsed.tok, s) for s in statements]
    if not learned or parsed.vectors is None:
        named = tuple(replace(s, act=act, act_confidence=_BY_LEXICON) for s, act in zip(statements, known, strict=True))
        return find_stances(parsed, named, sources, {})
    out = list(statements)
    seen: dict[int, Seen] = {}
    windows = [(n, w) for n, s in enumerate(statements) if (w := window(parsed, s)) is not None]
    for first in range(0, len(windows), _TOGETHER):
        for n, w, tags, chances in _read(parsed, statements, known, windows[first : first + _TOGETHER]):
            best = int(chances.argmax())
            out[n] = replace(statements[n], act=ACTS[best], act_confidence=round(float(chances[best]), 3))
            seen[statements[n].id] = Seen(w.first, tags)
    return find_stances(parsed, tuple(out), sources, seen)


def _read(
    parsed: Parsed, statements: tuple[Statement, ...], known: list[Act], windows: list[tuple[int, Window]]
) -> list[tuple[int, Window, np.ndarray, np.ndarray]]:
    """Of each window its statement's place, itself, the chances of its tags (log) and of its acts."""
    assert parsed.vectors is not None
    net = network()
    lexicon = [ACTS.index(known[n]) for n, _ in windows]
    tags, acts = net.read([w for _, w in windows], lexicon, parsed.vectors)
    found = [rows(features(parsed.tok, statements[n], known[n])) for n, _ in windows]
    scores = acts + net.linear * linear_scores(found)
    chances = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    return [(n, w, tag, chance) for (n, w), tag, chance in zip(windows, tags, chances, strict=True)]
