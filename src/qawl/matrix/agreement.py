"""Where positions meet and part: on each subject, who is for it, who is against, on what condition, who is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qawl.arabic.fold import fold
from qawl.matrix.cells import Cell, Matrix, Subject, Tie

__all__ = ["VERDICTS", "Verdict", "VerdictKind", "verdicts"]

VerdictKind = Literal["agree", "agree_on_condition", "differ", "alone", "little"]
VERDICTS: tuple[VerdictKind, ...] = ("agree", "agree_on_condition", "differ", "alone", "little")

_TYING = frozenset(["if", "after", "limited"])  # conditions on which those of one side can differ


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the chosen holders have in common on one subject.

    Parameters
    ----------
    subject : Subject
        What it is on.
    kind : VerdictKind
        ``agree``: all who spoke are on one side; ``agree_on_condition``: on one side, but tied to different
        conditions; ``differ``: on different sides; ``alone``: only one spoke; ``little``: fewer than two of those who
        spoke did so plainly enough.
    for_, against, both : tuple of str
        Ids of the holders on each side; ``both`` said the one and the other.
    hints : tuple of str
        Those who spoke, but not plainly enough to be counted.
    silent : tuple of str
        Those who did not speak on it.
    ties : tuple of (str, tuple of Tie)
        Conditions by holder, of those who named any.
    """

    subject: Subject
    kind: VerdictKind
    for_: tuple[str, ...]
    against: tuple[str, ...]
    both: tuple[str, ...]
    hints: tuple[str, ...]
    silent: tuple[str, ...]
    ties: tuple[tuple[str, tuple[Tie, ...]], ...]


def verdicts(matrix: Matrix, holders: Iterable[str] | None = None) -> tuple[Verdict, ...]:
    """Agreement and divergence among holders.

    Parameters
    ----------
    matrix : Matrix
        Their positions.
    holders : iterable of str, optional
        Ids of those to compare; all of the matrix by default.

    Returns
    -------
    tuple of Verdict
        One for each subject on which one of them spoke, in the order of the matrix's subjects.

    Raises
    ------
    KeyError
        If a holder is not in the matrix.
    """
    known = {h.id for h in matrix.holders}
    chosen = [h.id for h in matrix.holders] if holders is None else list(dict.fromkeys(holders))
    for id_ in chosen:
        if id_ not in known:
            raise KeyError(id_)
    out = []
    for subject in matrix.subjects:
        cells = [c for id_ in chosen if (c := matrix.cell(id_, subject.id)) is not None]
        if cells:
            out.append(_verdict(subject, cells, chosen))
    return tuple(out)


def _verdict(subject: Subject, cells: list[Cell], chosen: list[str]) -> Verdict:
    plain = [c for c in cells if c.enough]
    spoke = {c.holder for c in cells}
    kind: VerdictKind
    if len(cells) == 1 and plain:
        kind = "alone"
    elif len(plain) < 2:
        kind = "little"
    elif len({c.side for c in plain}) > 1 or plain[0].side == "±":
        kind = "differ"
    elif len({_bound(c) for c in plain}) > 1:
        kind = "agree_on_condition"
    else:
        kind = "agree"
    sides = {side: tuple(c.holder for c in plain if c.side == side) for side in ("+", "-", "±")}
    return Verdict(
        subject,
        kind,
        for_=sides["+"],
        against=sides["-"],
        both=sides["±"],
        hints=tuple(c.holder for c in cells if not c.enough),
        silent=tuple(id_ for id_ in chosen if id_ not in spoke),
        ties=tuple((c.holder, c.ties) for c in plain if c.ties),
    )


def _bound(cell: Cell) -> frozenset[tuple[str, str]]:
    """What a position is tied to; one that is expressly without conditions is tied to nothing."""
    return frozenset((t.kind, fold(t.words)) for t in cell.ties if t.kind in _TYING)
