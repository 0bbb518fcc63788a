"""The matrix for a terminal: a table, then what is agreed, what is not, what changed, each with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from qawl.formats.labels import label, plain
from qawl.formats.table import columns, cut, wrap
from qawl.matrix.agreement import Verdict, VerdictKind
from qawl.matrix.cells import Cell, Evidence, Matrix, Side
from qawl.matrix.narrow import capped
from qawl.matrix.words import SIDES, excerpt, is_bound, labelled, names, quoted, tied, title, when, words

__all__ = ["render"]

_T = TypeVar("_T")
_FSI, _PDI = "\u2068", "\u2069"
_MARKS: dict[str, str] = {"+": "✓", "-": "✗", "±": "±"}
_NOTHING = "·"
_QUOTE = 100  # characters of a quote
_HOLDER = (11, 16)  # columns of the narrowest and of the widest name above the table
_NAME_LINES = 3
_LABEL = 3  # the part of the line that the labels may take: one in so many
_VOICES = 5  # holders of each side that a subject shows with their quotes
_TIES = 3  # conditions that a quote is shown with
_SILENT = 8  # names of those of whom nothing was found
_SECTIONS: tuple[VerdictKind, ...] = ("agree", "agree_on_condition", "differ")
_LATER: tuple[VerdictKind, ...] = ("alone", "little")
_SIGNS: tuple[Side, ...] = ("+", "-")


def render(
    matrix: Matrix, verdicts: Sequence[Verdict], *, width: int = 100, rows: int = 20, holders: int = 12
) -> Iterator[str]:
    """Lines for a person at a terminal.

    Parameters
    ----------
    matrix : Matrix
        Positions.
    verdicts : sequence of Verdict
        Of this matrix.
    width : int
        Columns of the terminal; narrow ones are taken for 40.
    rows, holders : int
        The most rows and columns of the table, and subjects of a section; 0 for all.

    Yields
    ------
    str
        A line with its end. Right-to-left text stands between U+2068 and U+2069, as in `qawl.formats.table`.
    """
    view = _View(matrix, names(matrix), max(40, width), rows)
    found = list(verdicts)
    lines: list[Iterable[str]] = [view.top(), view.table(holders), view.left_out(holders)]
    if found:
        lines += [view.section(kind, found) for kind in _SECTIONS]
        lines += [view.changed(), *(view.section(kind, found) for kind in _LATER), view.silent(found)]
    for part in lines:
        yield from (line.rstrip() + "\n" for line in part)


def _cell(text: str, width: int = 0) -> str:
    """Text in an isolate, padded: the row keeps its order whatever direction the text has."""
    pad = " " * (width - columns(text))
    return f"{_FSI}{text}{_PDI}{pad}" if text else pad


def _pair(pair: tuple[str, str]) -> str:
    """Arabic and English beside each other, each in its own direction."""
    return " | ".join(_cell(text) for text in pair if text)


def _mark(cell: Cell | None) -> str:
    if cell is None:
        return _NOTHING
    sign = _MARKS[cell.side]
    if cell.changes:
        sign = f"{_MARKS[cell.changes[-1].before.sign]}→{sign}"
    sign += "*" if is_bound(cell) else ""
    return sign if cell.enough else f"({sign})"


@dataclass(frozen=True, slots=True)
class _View:
    matrix: Matrix
    names: dict[str, str]
    width: int
    most: int

    def top(self) -> Iterator[str]:
        m = self.matrix
        if not m.cells:
            ar, en = words("none")
            told = [f"{words(k)[i]}: {n}" for i in (0, 1) for k, n in _counts(m)]
            yield _pair((f"{ar} ({'، '.join(told[:2])})", f"{en} ({', '.join(told[2:])})"))
            return
        yield _pair(words("title"))
        yield " · ".join(f"{_pair(words(k))}: {n}" for k, n in _counts(m))
        legend = [(_MARKS[side], SIDES[side]) for side in ("+", "-", "±")]
        more = [(_NOTHING, "nothing"), ("(✓)", "hint"), ("✓*", "condition"), ("✗→✓", "change")]
        more += [("▸", "broad")] * any(s.broad for s in m.subjects)
        legend += [(mark, words(key)) for mark, key in more]
        yield from self._flowing([f"{mark} {_pair(pair)}" for mark, pair in legend])

    def _flowing(self, parts: Iterable[str]) -> Iterator[str]:
        """As many parts on a line as fit."""
        line = ""
        for part in parts:
            if line and columns(f"{line}   {part}") > self.width:
                yield line
                line = ""
            line += f"{'   ' * bool(line)}{part}"
        yield line

    def table(self, holders: int) -> Iterator[str]:
        """Blocks of as many columns as fit beside each other."""
        m = capped(self.matrix, self.most, holders)
        if not m.cells:
            return
        longest = max(columns(x) for s in m.subjects for x in title(s))
        label = min(longest + 2, self.width // _LABEL)
        least, most = _HOLDER
        at_once = max(1, (self.width - label) // (least + 2))
        blocks = -(-len(m.holders) // at_once)
        size = -(-len(m.holders) // blocks)
        each = min(most, max(least, (self.width - label) // size - 2))
        for first in range(0, len(m.holders), size):
            yield from self._block(m, [h.id for h in m.holders[first : first + size]], label, each)

    def _block(self, m: Matrix, ids: Sequence[str], label: int, each: int) -> Iterator[str]:
        heads = [wrap(self.names[id_], each, _NAME_LINES) for id_ in ids]
        yield ""
        for n in range(max(map(len, heads))):
            yield " " * label + "".join("  " + _cell(h[n] if n < len(h) else "", each) for h in heads)
        yield "─" * label + f"──{'─' * each}" * len(ids)
        for s in m.subjects:
            ar, en = title(s)
            marks = [_mark(m.cell(id_, s.id)) for id_ in ids]
            ar = "▸ " * s.broad + ar
            yield _cell(cut(ar, label), label) + "".join("  " + mark.ljust(each) for mark in marks)
            if en:
                yield cut(en, label)

    def left_out(self, holders: int) -> Iterator[str]:
        m = capped(self.matrix, self.most, holders)
        whole = self.matrix
        gone = {
            "holders": len(whole.holders) - len(m.holders),
            "subjects": len(whole.subjects) - len(m.subjects),
        }
        if any(gone.values()):
            yield ""
            told = " · ".join(f"{_pair(words(k))}: {n}" for k, n in gone.items() if n)
            yield f"{_pair(words('left_out'))}: {told}"

    def section(self, kind: VerdictKind, verdicts: Iterable[Verdict]) -> Iterator[str]:
        """The subjects with one verdict, each with the voices on it."""
        found = [v for v in verdicts if v.kind == kind and (kind in _SECTIONS or not v.subject.broad)]
        found.sort(key=lambda v: v.subject.broad)
        yield from self._heading(kind, found)
        for v in self._first(found):
            ar, en = title(v.subject)
            yield f"{'▸' if v.subject.broad else '•'} {_pair((ar, en))}"
            for side in (v.for_, v.against, v.both, v.hints):
                for id_ in side[:_VOICES]:
                    cell = self.matrix.cell(id_, v.subject.id)
                    if cell is not None:
                        yield from self._voice(cell)
                yield from self._more(len(side) - _VOICES)
        yield from self._more(len(found) - self.most if self.most else 0)

    def changed(self) -> Iterator[str]:
        """Who changed sides, with what was said before and after."""
        m = self.matrix
        subjects = [s for s in m.subjects if not s.broad]
        found = [(s, cell) for s in subjects for cell in m.row(s.id) if cell.changes]
        yield from self._heading("changed", found)
        for s, cell in self._first(found):
            yield f"• {_pair(title(s))}"
            for change in cell.changes:
                before, after = SIDES[change.before.sign], SIDES[change.after.sign]
                ar, en = (t.format(before[i], after[i]) for i, t in enumerate(words("then_now")))
                name = _cell(self.names[cell.holder])
                yield f"  {name}: {_pair((ar, en))}" + ("" if cell.enough else f" ({_pair(words('hint'))})")
                for e in (change.before, change.after):
                    yield f"    {_MARKS[e.sign]} {self._source(cell, e)}"
                    yield from self._said(e, labelled(e.ties))
        yield from self._more(len(found) - self.most if self.most else 0)

    def silent(self, verdicts: Iterable[Verdict]) -> Iterator[str]:
        """Of whom nothing was found on that on which two others or more spoke."""
        spoke = {v.subject.id: sum(1 for _ in self.matrix.row(v.subject.id)) for v in verdicts}
        found = [v for v in verdicts if v.silent and spoke[v.subject.id] > 1 and not v.subject.broad]
        yield from self._heading("silent", found)
        for v in self._first(found):
            yield f"• {_pair(title(v.subject))}"
            for line in wrap("، ".join(self.names[x] for x in v.silent[:_SILENT]), self.width - 4, 4):
                yield f"    {_cell(line)}"
            yield from self._more(len(v.silent) - _SILENT)
        yield from self._more(len(found) - self.most if self.most else 0)

    def _heading(self, key: str, found: Sequence[object]) -> Iterator[str]:
        if found:
            yield ""
            yield f"── {_pair(words(key))} ──"

    def _first(self, found: Sequence[_T]) -> Sequence[_T]:
        return found[: self.most] if self.most else found

    def _more(self, count: int) -> Iterator[str]:
        if count > 0:
            yield f"    … {_pair(words('more'))}: {count}"

    def _voice(self, cell: Cell) -> Iterator[str]:
        """A holder's mark, and the quote that shows his position; of both sides, where he took both."""
        name = f"  {_mark(cell)} {_cell(self.names[cell.holder])}"
        if cell.side == "±":
            yield name
            for sign in _SIGNS:
                e = quoted(cell, sign)
                yield f"    {_MARKS[sign]} {self._source(cell, e)}"
                yield from self._said(e, tied(cell, sign))
            return
        e = quoted(cell)
        yield f"{name}  {self._source(cell, e)}"
        yield from self._said(e, tied(cell))

    def _source(self, cell: Cell, e: Evidence) -> str:
        """Who said it, if not the holder himself, when, and where it stands."""
        own = {self.names[cell.holder], *(h.name for h in self.matrix.holders if h.id == cell.holder)}
        by = f"({_cell(plain(e.speaker))})" if e.speaker and e.speaker not in own else ""
        return "  ".join(x for x in (by, " · ".join(map(_cell, when(e)))) if x)

    def _said(self, e: Evidence, ties: Iterable[tuple[str, str]]) -> Iterator[str]:
        """What the statement does, its words, and what they are tied to."""
        for line in wrap(f"{label('act', e.act, 'ar')}: «{excerpt(e, _QUOTE)}»", self.width - 6, 4):
            yield f"      {_cell(line)}"
        for kind, what in islice(ties, _TIES):
            yield f"      {_cell(cut(f'[{kind}] {what}', self.width - 6))}"


def _counts(m: Matrix) -> tuple[tuple[str, int], ...]:
    return ("articles", m.articles), ("statements", m.statements)
