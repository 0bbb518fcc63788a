"""Who stands where: cells of holder × matter, each with the statements that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from qawl.model import Act, ConditionKind, Degree, Kind, Sign

__all__ = ["Cell", "Change", "Evidence", "Holder", "Matrix", "Side", "Subject", "Tie"]

Side = Literal["+", "-", "±"]

_ENOUGH = 0.3  # chance that its evidence holds, from which a cell is more than a hint (practice reports of tests/gold)
_DAY = len("2024-05-01")
_MINOR = 0.34  # share of the evidence from which the other side counts


@dataclass(frozen=True, slots=True)
class Tie:
    """A condition as words.

    Parameters
    ----------
    kind : ConditionKind
        What it is.
    words : str
        As the article writes it.
    """

    kind: ConditionKind
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stance of one statement, with all that leads back to it.

    Parameters
    ----------
    day : str
        When it was said, ISO 8601 as exact as known; ``""`` if unknown.
    sha256 : str
        Digest of the article's text, into which the offsets point.
    doc, url, outlet, title : str
        Of the article; ``""`` where unknown.
    statement : int
        Id of the statement in its article.
    speaker : str
        Whose statement it is; in a roll-up not the holder himself.
    act : Act
        What the statement does.
    sign : Sign
        For the matter (``+``) or against it (``-``).
    target : str
        The words that the stance is on.
    start, end : int
        Their offsets ``[start, end)``.
    words : str
        The statement's content.
    ties : tuple of Tie
        Conditions.
    degree : Degree
        How strong it is.
    confidence : float
        From 0 to 1: that the statement is one, its source and the stance are right.
    why : str
        What put the stance under its matter: the pattern, and the words that turn its sign.
    """

    day: str
    sha256: str
    doc: str
    url: str
    outlet: str
    title: str
    statement: int
    speaker: str
    act: Act
    sign: Sign
    target: str
    start: int
    end: int
    words: str
    ties: tuple[Tie, ...]
    degree: Degree
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of sides: the last statement of the one and the first of the other."""

    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds positions: a source over all articles, or the state or body that sources speak for.

    Parameters
    ----------
    id : str
        As `qawl.identity` gives it.
    name : str
        As the articles write it.
    kind : Kind
        What it is.
    of : str
        The state or body that it speaks for or belongs to; ``""`` if unknown.
    """

    id: str
    name: str
    kind: Kind
    of: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What positions are on: a curated matter, or targets that go under one name.

    Parameters
    ----------
    id : str
        A matter's id; ``~`` and its words for targets that no curated matter covers.
    ar, en : str
        Its label; `en` is ``""`` where there is none.
    parent : str
        The broader matter; ``""`` if none.
    broad : bool
        Whether statements on narrower matters count here, too: the row shows where these meet.
    """

    id: str
    ar: str
    en: str
    parent: str = ""
    broad: bool = False

    @property
    def curated(self) -> bool:
        """Whether it is a matter of the curated file."""
        return not self.id.startswith("~")


def _side(evidence: Iterable[Evidence]) -> Side:
    """The side of most of the evidence; both, if the other has a share that counts."""
    weights = {"+": 0.0, "-": 0.0}
    for e in evidence:
        weights[e.sign] += e.confidence
    if min(weights.values()) >= _MINOR * sum(weights.values()):
        return "±"
    return "+" if weights["+"] > weights["-"] else "-"


def _held(evidence: Iterable[Evidence]) -> float:
    """The chance that one piece of evidence at least holds."""
    doubt = 1.0
    for e in evidence:
        doubt *= 1 - e.confidence
    return 1 - doubt


@dataclass(frozen=True)
class Cell:
    """The position of one holder on one subject.

    Parameters
    ----------
    holder, subject : str
        Their ids.
    evidence : tuple of Evidence
        At least one; by day, those without one first.
    """

    holder: str
    subject: str
    evidence: tuple[Evidence, ...]

    @cached_property
    def side(self) -> Side:
        """For, against, or both; after a change the side changed to."""
        return self.changes[-1].after.sign if self.changes else _side(self.evidence)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Changes of sides over time: each between two runs of days, every one of which is plainly on one side."""
        runs: list[list[Evidence]] = []
        for day in sorted({e.day for e in self.evidence if len(e.day) == _DAY}):
            said = [e for e in self.evidence if e.day == day]
            side = _side(said)
            if side != "±":
                mine = [e for e in said if e.sign == side]
                if runs and runs[-1][0].sign == side:
                    runs[-1] += mine
                else:
                    runs.append(mine)
        plain = [run for run in runs if _held(run) >= _ENOUGH]
        return tuple(Change(a[-1], b[0]) for a, b in pairwise(plain) if a[0].sign != b[0].sign)

    @cached_property
    def confidence(self) -> float:
        """From 0 to 1: that at least one piece of evidence for its side holds."""
        return _held([e for e in self.evidence if self.side in (e.sign, "±")])

    @property
    def enough(self) -> bool:
        """Whether it rests on enough to be called a position rather than a hint."""
        return self.confidence >= _ENOUGH

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The conditions of its side, each once, in the order of the evidence."""
        return tuple(dict.fromkeys(t for e in self.evidence if self.side in (e.sign, "±") for t in e.ties))


@dataclass(frozen=True)
class Matrix:
    """Positions of holders on subjects.

    Parameters
    ----------
    holders : tuple of Holder
        Those with at least one cell, and those that were asked for; the one with the most evidence first.
    subjects : tuple of Subject
        Those with at least one cell; the one on which most holders spoke first.
    cells : mapping of (str, str) to Cell
        By holder's and subject's id; no entry where nothing was said.
    articles, statements : int
        How many were looked at.
    """

    holders: tuple[Holder, ...]
    subjects: tuple[Subject, ...]
    cells: Mapping[tuple[str, str], Cell]
    articles: int = 0
    statements: int = 0

    def cell(self, holder: str, subject: str) -> Cell | None:
        """The cell of a holder and a subject; None where nothing was said."""
        return self.cells.get((holder, subject))

    def row(self, subject: str) -> Iterable[Cell]:
        """The cells of a subject, in the order of the holders."""
        return (c for h in self.holders if (c := self.cells.get((h.id, subject))) is not None)
