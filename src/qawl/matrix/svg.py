"""The chart of positions: one SVG that stands alone, from right to left, to be read in Arabic and in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qawl.formats.labels import label, plain
from qawl.formats.markup import escape
from qawl.formats.table import columns, cut, wrap
from qawl.matrix.cells import Cell, Matrix, Subject
from qawl.matrix.narrow import capped
from qawl.matrix.svg_marks import FONTS, STYLE, changed, condition, mark, nothing, of_cell
from qawl.matrix.words import SIDES, excerpt, names, quoted, tied, title, when, words

__all__ = ["chart"]

_MARGIN = 28
_TOP = 96  # above the names of the columns
_LABEL = (170, 330)  # width of the labels: at least, at most
_AR_LETTER, _EN_LETTER = 7.8, 6.3  # width of a letter of a label, about
_COLUMN = 100
_ROW = 54
_LINE = 19  # from one line of a label to the next
_WIDTH = 700  # at least: room for the legend
_KEY, _KEY_HEIGHT = 205, 36  # an entry of the legend
_KEY_TEXT = -42  # from its mark to its words
_NAME = (13, 4)  # letters of a line of a column's name, and its lines
_AR, _EN = 38, 48  # letters of a line of a label
_QUOTE = 160


def chart(matrix: Matrix, *, rows: int = 40, holders: int = 16) -> str:
    """The matrix as an SVG document.

    Parameters
    ----------
    matrix : Matrix
        Positions: subjects become rows, holders columns, the first at the right.
    rows, holders : int
        The most of them that are drawn; 0 for all. What is left out is counted at the foot.

    Returns
    -------
    str
        The same for the same matrix. It asks for nothing from outside and holds no script; whatever text the articles
        hold is escaped.
    """
    shown = capped(matrix, rows, holders)
    return "\n".join(_Chart(matrix, shown, names(matrix)).document()) + "\n"


def _text(text: str, x: float, y: float, classes: str, *, size: int, anchor: str = "start", more: str = "") -> str:
    """Arabic text that begins at `x` and runs to the left, or stands around it."""
    anchors = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{classes}" x="{x:g}" y="{y:g}" font-size="{size}"{anchors}{more}>{escape(text)}</text>'


def _english(text: str, x: float, y: float, *, size: int, anchor: str = "end") -> str:
    """English text that ends at `x`."""
    more = ' lang="en" direction="ltr" unicode-bidi="embed"'
    return _text(text, x, y, "dim", size=size, anchor=anchor, more=more)


@dataclass(frozen=True)
class _Chart:
    whole: Matrix
    shown: Matrix
    names: dict[str, str]

    @property
    def width(self) -> int:
        return max(_WIDTH, 2 * _MARGIN + self.labels + _COLUMN * len(self.shown.holders))

    @cached_property
    def labels(self) -> int:
        """The width of the labels' column."""
        least, most = _LABEL
        arabic = (_AR_LETTER * columns(line) for s in self.shown.subjects for line in self._label(s))
        english = (_EN_LETTER * min(_EN, columns(title(s)[1])) for s in self.shown.subjects)
        return min(most, max(least, 24 + round(max([0, *arabic, *english]))))

    @property
    def right(self) -> int:
        return self.width - _MARGIN

    def middle(self, n: int) -> float:
        """The middle of a column."""
        return self.right - self.labels - _COLUMN * (n + 0.5)

    def document(self) -> Iterator[str]:
        body = list(self._head())
        y: float = _TOP
        if self.shown.cells:
            y += 17 * max(len(lines) for lines in self._heads()) + 14
            body += self._columns(y)
            for subject in self.shown.subjects:
                height = self._height(subject)
                body += self._row(subject, y, height)
                y += height
        else:
            ar, en = words("none")
            body += [_text(ar, self.right, y + 20, "ink", size=16), _english(en, self.right, y + 42, size=13)]
            y += 60
        foot, y = self._foot(y + 26)
        yield from self._opening(y)
        yield from body
        yield from foot
        yield "</svg>"

    def _opening(self, height: float) -> Iterator[str]:
        ar, en = words("title")
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="figure" aria-labelledby="title" aria-describedby="about" '
            f'lang="ar" direction="rtl" unicode-bidi="embed" width="{self.width}" height="{height:g}" '
            f'viewBox="0 0 {self.width} {height:g}" font-family="{escape(FONTS)}">'
        )
        yield f'<title id="title">{ar} — {en}</title>'
        about = (label("page", "subtitle", "ar"), label("page", "subtitle", "en"))
        yield f'<desc id="about">{escape(" — ".join(about))}</desc>'
        yield f"<style>\n{STYLE}\n</style>"
        yield f'<rect class="page" width="{self.width}" height="{height:g}"/>'

    def _head(self) -> Iterator[str]:
        m = self.whole
        ar, en = words("title")
        yield _text(ar, self.right, 46, "ink", size=24, more=' font-weight="700"')
        yield _english(en, self.right, 68, size=14)
        counts = (("articles", m.articles), ("statements", m.statements))
        for n, lang in enumerate(("ar", "en")):
            told = " · ".join(f"{words(key)[n]}: {count}" for key, count in counts)
            if lang == "ar":
                yield _text(told, _MARGIN, 46, "dim", size=14, anchor="end")
            else:
                yield _english(told, _MARGIN, 68, size=12, anchor="start")

    def _heads(self) -> list[list[str]]:
        each, lines = _NAME
        return [wrap(self.names[h.id], each, lines) for h in self.shown.holders]

    def _columns(self, y: float) -> Iterator[str]:
        """The names of the holders, standing on the line above the rows."""
        for n, (h, lines) in enumerate(zip(self.shown.holders, self._heads(), strict=True)):
            kind = label("kind", h.kind, "ar")
            told = f"{self.names[h.id]}\n{kind}" + (f" · {plain(h.of)}" if h.of else "")
            yield f"<g><title>{escape(told)}</title>"
            for i, line in enumerate(lines):
                at = y - 12 - 17 * (len(lines) - 1 - i)
                yield _text(line, self.middle(n), at, "ink", size=14, anchor="middle", more=' font-weight="600"')
            yield "</g>"

    def _height(self, subject: Subject) -> int:
        return _ROW + _LINE * (len(self._label(subject)) - 1)

    def _label(self, subject: Subject) -> list[str]:
        return wrap(title(subject)[0], _AR, 2)

    def _row(self, subject: Subject, y: float, height: float) -> Iterator[str]:
        ar, en = title(subject)
        if subject.broad:
            yield f'<rect class="band" x="{_MARGIN}" y="{y:g}" width="{self.width - 2 * _MARGIN}" height="{height:g}"/>'
        yield f'<path class="line" d="M{_MARGIN} {y:g}H{self.right}"/>'
        yield f"<g><title>{escape(' — '.join(x for x in (ar, en) if x))}</title>"
        lines = self._label(subject)
        first = y + (23 if en else 33)
        weight = ' font-weight="700"' if subject.broad else ""
        for i, line in enumerate(lines):
            yield _text(line, self.right - 6, first + _LINE * i, "ink", size=16, more=weight)
        if en:
            yield _english(cut(en, _EN), self.right - 6, first + _LINE * (len(lines) - 1) + 19, size=12)
        yield "</g>"
        for n, h in enumerate(self.shown.holders):
            cell = self.shown.cell(h.id, subject.id)
            x, middle = self.middle(n), y + height / 2
            yield nothing(x, middle) if cell is None else self._cell(cell, subject, x, middle, height)

    def _cell(self, cell: Cell, subject: Subject, x: float, y: float, height: float) -> str:
        ar, en = SIDES[cell.side]
        unsure = "" if cell.enough else f" ({' — '.join(words('hint'))})"
        head = f"{self.names[cell.holder]} — {title(subject)[0]}: {ar} — {en}{unsure}"
        signs = ("+", "-") if cell.side == "±" else ("",)
        quotes = [quoted(cell, sign) for sign in signs]
        told = [head, *(f"{label('act', e.act, 'ar')}: «{excerpt(e, _QUOTE)}»" for e in quotes)]
        further = [" · ".join(when(e)) for e in quotes if when(e)]
        further += [f"[{kind}] {what}" for kind, what in tied(cell)]
        for change in cell.changes:
            then_now = words("then_now")[0].format(SIDES[change.before.sign][0], SIDES[change.after.sign][0])
            further.append(f"{then_now} ({plain(change.before.day)}، {plain(change.after.day)})")
        spot = f'x="{x - _COLUMN / 2 + 2:g}" y="{y - height / 2 + 2:g}" width="{_COLUMN - 4}" height="{height - 4:g}"'
        return (
            f'<g class="cell" role="img"><title>{escape(chr(10).join(told))}</title>'
            f'<desc>{escape(chr(10).join(further))}</desc><rect class="spot" {spot} rx="4"/>{of_cell(cell, x, y)}</g>'
        )

    def _foot(self, y: float) -> tuple[list[str], float]:
        """The legend and what was left out, and where they end."""
        out = [f'<path class="line" d="M{_MARGIN} {y - 26:g}H{self.right}"/>']
        keys = self._keys() if self.shown.cells else []
        at_once = max(1, (self.width - 2 * _MARGIN) // _KEY)
        for n, (drawn, (ar, en)) in enumerate(keys):
            x, top = self.right - _KEY * (n % at_once) - 18, y + 8 + _KEY_HEIGHT * (n // at_once)
            out.append(f'<g transform="translate({x:g} {top:g})">{drawn}')
            out.append(_text(ar, _KEY_TEXT, 1, "ink", size=13))
            out.append(_english(en, _KEY_TEXT, 15, size=11) + "</g>")
        y += 8 + _KEY_HEIGHT * -(-len(keys) // at_once) + 8
        for line_ar, line_en in self._notes():
            out.append(_text(line_ar, self.right, y, "dim", size=12))
            out.append(_english(line_en, self.right, y + 15, size=11))
            y += 36
        return out, y + 4

    def _keys(self) -> list[tuple[str, tuple[str, str]]]:
        hint = f'<g class="hint">{mark("+", 0, 0)}</g>'
        band = '<rect class="band" x="-17" y="-13" width="34" height="26"/>'
        broad = [(band, words("broad"))] * any(s.broad for s in self.shown.subjects)
        return [
            (mark("+", 0, 0), SIDES["+"]),
            (mark("-", 0, 0), SIDES["-"]),
            (mark("±", 0, 0), SIDES["±"]),
            (nothing(0, 0), words("nothing")),
            (hint, words("hint")),
            (condition(0, 0), words("condition")),
            (f'<g transform="translate(-18 0)">{mark("+", 0, 0)}{changed("-", 0, 0)}</g>', words("change")),
            *broad,
        ]

    def _notes(self) -> Iterator[tuple[str, str]]:
        gone = {
            "holders": len(self.whole.holders) - len(self.shown.holders),
            "subjects": len(self.whole.subjects) - len(self.shown.subjects),
        }
        if any(gone.values()):
            ar, en = (" · ".join(f"{words(k)[i]}: {n}" for k, n in gone.items() if n) for i in (0, 1))
            yield f"{words('left_out')[0]}: {ar}", f"{words('left_out')[1]}: {en}"
        yield label("page", "subtitle", "ar"), label("page", "subtitle", "en")
