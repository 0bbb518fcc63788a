"""The matrix of positions on invented meeting reports, against matrices made by hand.

    python bench/meetings.py [tests/gold/meetings.jsonl] [--errors]

A cell is a holder, a curated matter and a side. It is found if a holder of the same name has the same side on the same
matter (`same`), or (`near`) on its parent or child, or on a matter whose evidence covers the words by which the report
names it: some questions have two names in the file. Cells of the reports for which no matter fits are left out of both
counts, and so is what Qawl finds beside curated matters, its broader rows and its hints.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qawl.matrix import Cell, Matrix, build
from qawl.pages import from_record
from qawl.positions import matters
from qawl.reader import Reader
from qawl.scoring.names import same_source

REPORTS = Path(__file__).resolve().parent.parent / "tests" / "gold" / "meetings.jsonl"


def cells_of(matrix: Matrix) -> Iterator[tuple[str, Cell]]:
    """The cells that count, each with its holder's name."""
    names = {h.id: h.name for h in matrix.holders}
    plain = {s.id for s in matrix.subjects if s.curated and not s.broad}
    for cell in matrix.cells.values():
        if cell.subject in plain and cell.enough:
            yield names[cell.holder], cell


def related(a: str, b: str) -> bool:
    """Whether two matters are the same, or one is the other's parent."""
    known = matters()
    return a == b or known[a].parent == b or known[b].parent == a


def agrees(gold: dict[str, Any], name: str, cell: Cell, text: str, *, near: bool) -> bool:
    """Whether a cell is the one that was entered by hand."""
    if not same_source(name, gold["who"]):
        return False
    if cell.side != gold["sign"]:
        return False
    if cell.subject == gold["matter"] or not near:
        return cell.subject == gold["matter"]
    start = text.find(gold["quote"])
    covered = any(e.start < start + len(gold["quote"]) and start < e.end for e in cell.evidence)
    return covered or related(cell.subject, gold["matter"])


def compare(report: dict[str, Any], matrix: Matrix, *, near: bool) -> tuple[Counter[str], list[str]]:
    """Counts of right, found and wanted cells, and what is wrong."""
    wanted = [g for g in report["cells"] if g["matter"] in matters()]
    left = list(cells_of(matrix))
    count = Counter(wanted=len(wanted), found=len(left))
    wrong = []
    for exact in (True, False) if near else (True,):
        for gold in list(wanted):
            for name, cell in left:
                if agrees(gold, name, cell, report["text"], near=not exact):
                    count["right"] += 1
                    left.remove((name, cell))
                    wanted.remove(gold)
                    break
    wrong += [f"missing: {g['who']} {g['sign']}{g['matter']} «{g['quote']}»" for g in wanted]
    wrong += [f"not there: {n} {c.side}{c.subject} «{c.evidence[0].target}» {c.confidence:.2f}" for n, c in left]
    return count, wrong


def figures(path: Path, *, near: bool, errors: bool = False) -> tuple[float, float, float]:
    """Precision, recall and F1 over all reports of a file."""
    reader, total = Reader(), Counter[str]()
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            report = json.loads(line)
            reading = reader.read(from_record({"text": report["text"], "published": report["published"]}))
            count, wrong = compare(report, build([reading]), near=near)
            total += count
            if errors:
                print(report["id"], *wrong, sep="\n  ")
    p, r = total["right"] / max(1, total["found"]), total["right"] / max(1, total["wanted"])
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main(argv: list[str]) -> None:
    paths = [Path(a) for a in argv if not a.startswith("-")] or [REPORTS]
    for path in paths:
        for near in (False, True):
            p, r, f = figures(path, near=near, errors="--errors" in argv and near)
            print(f"{path.name}, cells {'near' if near else 'same'}: P {p:.3f} R {r:.3f} F1 {f:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
