"""The marks of the chart: told apart by shape and sign, not by colour alone; and the style of the whole."""

from __future__ import annotations

from qawl.matrix.cells import Cell, Side
from qawl.matrix.words import is_bound

__all__ = ["FONTS", "STYLE", "changed", "condition", "mark", "nothing", "of_cell"]

FONTS = '"Noto Sans Arabic", "Segoe UI", "Geeza Pro", Tahoma, Arial, sans-serif'

# Blue and vermilion are told apart with every kind of colour blindness; signs on them have a contrast above 5 : 1.
STYLE = """\
.page{fill:#fff}.ink{fill:#1a1c1f}.dim{fill:#5a6068}.line{stroke:#d5d9de;stroke-width:1}.band{fill:#eef1f4}
.none{fill:#9aa1a9}.for{fill:#0b5fa5}.against{fill:#b0420a}.sign{stroke:#fff;stroke-width:3;fill:none}
.hint .for,.hint .against{fill:none;stroke-width:2;stroke-dasharray:4 3}
.hint .for{stroke:#0b5fa5}.hint .against{stroke:#b0420a}
.hint .sign.f{stroke:#0b5fa5}.hint .sign.a{stroke:#b0420a}
.tie{fill:#ffd447;stroke:#1a1c1f;stroke-width:1.2}.arrow{stroke:#1a1c1f;stroke-width:1.6;fill:none}
.cell:hover .spot{fill:#5a6068;fill-opacity:.12}.spot{fill:none;pointer-events:all}
@media (prefers-color-scheme:dark){
.page{fill:#16181b}.ink{fill:#eceff2}.dim{fill:#a9b1ba}.line{stroke:#3a4048}.band{fill:#22262b}.none{fill:#6b737c}
.for{fill:#7cbcf5}.against{fill:#ff9d66}.sign{stroke:#16181b}
.hint .for{stroke:#7cbcf5}.hint .against{stroke:#ff9d66}
.hint .sign.f{stroke:#7cbcf5}.hint .sign.a{stroke:#ff9d66}
.tie{fill:#ffd447;stroke:#16181b}.arrow{stroke:#eceff2}
}"""

_R = 14  # half the size of a mark
_SMALL = 7  # of the side before a change
_APART = 30  # from the middle of a mark to that of the side before


def mark(side: Side, x: float, y: float, r: float = _R) -> str:
    """A side: circle with a plus for, square with a minus against, half of each for both."""
    arm = r * 0.5
    if side == "+":
        return f'<circle class="for" cx="{x:g}" cy="{y:g}" r="{r:g}"/>{_plus(x, y, arm)}'
    if side == "-":
        half = r * 0.93
        square = f'x="{x - half:g}" y="{y - half:g}" width="{2 * half:g}" height="{2 * half:g}" rx="2"'
        return f'<rect class="against" {square}/>{_minus(x, y, arm)}'
    apart = 1.5
    right = f"M{x + apart:g} {y - r:g}A{r:g} {r:g} 0 0 1 {x + apart:g} {y + r:g}Z"
    left = f"M{x - apart:g} {y - r:g}H{x - apart - r:g}V{y + r:g}H{x - apart:g}Z"
    return (
        f'<path class="for" d="{right}"/>{_plus(x + apart + r * 0.45, y, arm * 0.65)}'
        f'<path class="against" d="{left}"/>{_minus(x - apart - r * 0.5, y, arm * 0.65)}'
    )


def _plus(x: float, y: float, arm: float) -> str:
    return f'<path class="sign f" d="M{x - arm:g} {y:g}h{2 * arm:g}M{x:g} {y - arm:g}v{2 * arm:g}"/>'


def _minus(x: float, y: float, arm: float) -> str:
    return f'<path class="sign a" d="M{x - arm:g} {y:g}h{2 * arm:g}"/>'


def condition(x: float, y: float) -> str:
    """A lozenge: the position is tied to something."""
    return f'<path class="tie" d="M{x:g} {y - 6:g}l6 6l-6 6l-6 -6Z"/>'


def nothing(x: float, y: float) -> str:
    """A dot: nothing was found."""
    return f'<circle class="none" cx="{x:g}" cy="{y:g}" r="1.8"/>'


def changed(side: Side, x: float, y: float) -> str:
    """The side before a change, small and to the right, as time runs here, with an arrow to the mark at `x`."""
    before = x + _APART
    tip, tail = x + _R + 2.5, before - _SMALL - 1.5
    arrow = f"M{tail:g} {y:g}H{tip:g}M{tip + 3:g} {y - 3:g}L{tip:g} {y:g}l3 3"
    return f'{mark(side, before, y, _SMALL)}<path class="arrow" d="{arrow}"/>'


def of_cell(cell: Cell, x: float, y: float) -> str:
    """All marks of a cell."""
    drawn = mark(cell.side, x, y)
    if cell.changes:
        drawn += changed(cell.changes[-1].before.sign, x, y)
    if is_bound(cell):
        drawn += condition(x - _R - 6, y - _R + 2)
    return drawn if cell.enough else f'<g class="hint">{drawn}</g>'
