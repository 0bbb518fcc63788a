"""Part of a matrix: what a person asked for, and as much as can be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qawl.matrix.cells import Cell, Holder, Matrix

__all__ = ["among", "capped", "plainly"]


def among(matrix: Matrix, holders: Sequence[Holder]) -> Matrix:
    """The positions of some holders alone.

    Parameters
    ----------
    matrix : Matrix
        Of more holders.
    holders : sequence of Holder
        Those to keep; one without a position has a column all the same.
    """
    ids = {h.id for h in holders}
    return _kept(replace(matrix, holders=tuple(holders)), lambda cell: cell.holder in ids)


def plainly(matrix: Matrix, asked: Sequence[Holder] = ()) -> Matrix:
    """Without the subjects on which nobody spoke plainly enough, and without those who spoke on these alone.

    Parameters
    ----------
    matrix : Matrix
        Positions and hints.
    asked : sequence of Holder
        Those who stay in any case.
    """
    plain = {cell.subject for cell in matrix.cells.values() if cell.enough}
    kept = _kept(matrix, lambda cell: cell.subject in plain)
    stay = {h.id for h in asked} | {cell.holder for cell in kept.cells.values()}
    return replace(kept, holders=tuple(h for h in matrix.holders if h.id in stay))


def capped(matrix: Matrix, subjects: int, holders: int) -> Matrix:
    """The first holders, and the first subjects on which one of them spoke; 0 for all."""
    first = matrix.holders[:holders] if holders else matrix.holders
    made = among(matrix, first)
    if subjects and len(made.subjects) > subjects:
        shown = {s.id for s in made.subjects[:subjects]}
        made = _kept(made, lambda cell: cell.subject in shown)
    return made


def _kept(matrix: Matrix, keep: Callable[[Cell], bool]) -> Matrix:
    """Some cells, and the subjects that they are on."""
    cells = {key: cell for key, cell in matrix.cells.items() if keep(cell)}
    subjects = {subject for _, subject in cells}
    return replace(matrix, cells=cells, subjects=tuple(s for s in matrix.subjects if s.id in subjects))
