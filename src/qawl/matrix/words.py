"""What the views of the matrix share: labels in Arabic and English, names of holders, quotes that show a position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qawl.formats.labels import label, plain
from qawl.matrix.cells import Cell, Evidence, Holder, Matrix, Side, Subject, Tie

__all__ = ["SIDES", "excerpt", "is_bound", "labelled", "names", "quoted", "tied", "title", "when", "words"]

Pair = tuple[str, str]

SIDES: dict[Side, Pair] = {"+": ("مع", "for"), "-": ("ضد", "against"), "±": ("مع وضد", "for and against")}
"""What a side is called."""

_WORDS: dict[str, Pair] = {
    "title": ("من يقف أين", "Who stands where"),
    "agree": ("فيم يتفقون", "Where they agree"),
    "agree_on_condition": ("يتفقون، ولكن بشروط مختلفة", "They agree, on different conditions"),
    "differ": ("فيم يختلفون", "Where they differ"),
    "changed": ("مواقف تغيرت", "Changed over time"),
    "alone": ("صوت واحد", "One voice only"),
    "little": ("أدلة أقل من أن تكفي", "Too little evidence"),
    "silent": ("لم يرد لهم قول فيما تكلم فيه غيرهم", "Nothing found of them on what others spoke on"),
    "hint": ("غير مؤكد", "unsure"),
    "hints": ("إشارات غير مؤكدة", "Unsure hints"),
    "condition": ("بشرط أو حد", "with a condition or limit"),
    "change": ("تغير مع الزمن", "changed over time"),
    "nothing": ("لا قول", "nothing found"),
    "broad": ("مسألة وما تحتها", "a matter and what is under it"),
    "no_day": ("بلا تاريخ", "no day"),
    "none": ("لا مواقف فيما قُرئ", "No positions in what was read"),
    "then_now": ("سابقا {0}، ثم {1}", "then {0}, now {1}"),
    "left_out": ("لم يظهر هنا", "Not shown here"),
    "holders": ("أصحاب المواقف", "holders"),
    "subjects": ("المسائل", "subjects"),
    "articles": ("المقالات", "articles"),
    "statements": ("الأقوال", "statements"),
    "more": ("غيرهم", "more"),
}
_BINDING = frozenset(["if", "after", "limited"])
_SHORT = 3  # words from which a quote tells something by itself
_GOOD = 0.75  # share of the surest evidence's confidence from which other evidence may be quoted, if it is shorter
_BEFORE = 25  # characters before the target that a cut quote keeps


def words(key: str) -> Pair:
    """A label in Arabic and English."""
    return _WORDS[key]


def title(subject: Subject) -> Pair:
    """What a subject is called on one line, in Arabic and, if it has such a label, in English."""
    return plain(subject.ar), plain(subject.en)


def is_bound(cell: Cell) -> bool:
    """Whether a position is tied to a condition or has a limit."""
    return any(t.kind in _BINDING for t in cell.ties)


def names(matrix: Matrix) -> dict[str, str]:
    """What to call the holders on one line: the name; of namesakes also what they are of, or the id."""
    plainly = {h.id: plain(h.name) or plain(h.id) for h in matrix.holders}
    further = {h.id: _further(h, plainly[h.id]) for h in matrix.holders}
    bearing, told = Counter(plainly.values()), Counter(further.values())
    return {
        id_: name if bearing[name] == 1 else further[id_] if told[further[id_]] == 1 else f"{name} [{plain(id_)}]"
        for id_, name in plainly.items()
    }


def _further(h: Holder, name: str) -> str:
    return f"{name} ({plain(h.of)})" if h.of else name


def quoted(cell: Cell, sign: str = "") -> Evidence:
    """The evidence that shows a position in the fewest words, of what is about as sure as the surest.

    Parameters
    ----------
    cell : Cell
        The position.
    sign : str
        ``+`` or ``-`` for evidence of that sign; by default that of the cell's side.
    """
    wanted = sign or cell.side
    of_side = [e for e in cell.evidence if wanted in (e.sign, "±")] or list(cell.evidence)
    least = _GOOD * max(e.confidence for e in of_side)
    good = (e for e in of_side if e.confidence >= least)
    return min(good, key=lambda e: (len(e.words.split()) < _SHORT, len(e.words), e.day, e.sha256, e.start))


def excerpt(e: Evidence, length: int = 100) -> str:
    """The words of a piece of evidence on one line, cut to about `length` characters around its target."""
    text, target = plain(e.words) or plain(e.target), plain(e.target)
    if len(text) <= length:
        return text
    at = text.find(target)
    start = 0
    if at >= 0 and at + len(target) >= length:
        start = text.rfind(" ", 0, max(1, min(at - _BEFORE, len(text) - length))) + 1
    end = start + length - 1
    if end >= len(text):
        return f"…{text[start:]}"
    space = text.rfind(" ", start, end)
    return "…" * (start > 0) + text[start : space if space > start else end].rstrip() + "…"


def tied(cell: Cell, sign: str = "") -> Iterable[Pair]:
    """The conditions of a cell's side, or of one sign in it: the Arabic name of each kind and its words."""
    found = cell.ties if not sign else dict.fromkeys(t for e in cell.evidence if e.sign == sign for t in e.ties)
    return labelled(found)


def labelled(ties: Iterable[Tie]) -> Iterable[Pair]:
    """Conditions, each as the Arabic name of its kind and its words."""
    return ((label("condition", t.kind, "ar"), plain(t.words)) for t in ties)


def when(e: Evidence) -> tuple[str, ...]:
    """The day of a piece of evidence and where it stands, outlet or document; what is unknown is left out."""
    where = plain(e.outlet) or plain(e.doc) or plain(e.url)
    return tuple(x for x in (plain(e.day), where) if x)
