"""Who stands where: requires readings with stances, gives the matrix of positions, agreement and changes."""

from qawl.matrix.agreement import VERDICTS, Verdict, VerdictKind, verdicts
from qawl.matrix.build import By, Choice, build
from qawl.matrix.cells import Cell, Change, Evidence, Holder, Matrix, Side, Subject, Tie

__all__ = [
    "VERDICTS", "By", "Cell", "Change", "Choice", "Evidence", "Holder", "Matrix", "Side", "Subject", "Tie", "Verdict",
    "VerdictKind", "build", "verdicts",
]  # fmt: skip
