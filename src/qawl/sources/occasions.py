"""On what occasion something was said, to which medium or on which platform, and where.

«وقال الوزير خلال ⟨مؤتمر صحفي⟩ في ⟨القاهرة⟩», «في ⟨مقابلة⟩ مع ⟨قناة الأفق⟩», «كتب على ⟨تويتر⟩», «قال ل⟨صحيفة الأفق⟩».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from qawl.arabic.entries import Medium, Place
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.readings import Phrases
from qawl.arabic.tables import read_table
from qawl.model import OCCASIONS, Article, DataError, Occasion, OccasionKind, Span, Statement
from qawl.statements.mentions import phrase_end
from qawl.statements.parsed import Parsed, Sentence, initials

__all__ = ["place_after", "with_occasions"]

_BEFORE = frozenset("في خلال عقب بعد اثناء ضمن عبر قبيل بعيد علي من هامش وفق حسب اثر ختام مستهل".split())
_AFTER = frozenset("عقب بعد قبل قبيل بعيد اثر غداه عشيه".split())
_TO = frozenset("مع الي عبر علي ل لدي".split())
_FAR = 8  # words after the occasion within which its channel and its place stand
_LONGEST = 60  # tokens of a sentence that are looked through on either side of the cue
_MEDIA = frozenset("قناه صحيفه جريده وكاله موقع اذاعه راديو تلفزيون شبكه مجله فضاييه محطه".split())


@dataclass(frozen=True, slots=True)
class _Row:
    kind: OccasionKind
    platform: bool


@cache
def _phrases() -> Phrases[_Row]:
    out: Phrases[_Row] = Phrases()
    for r in read_table("occasions"):
        if r["kind"] not in OCCASIONS:
            raise DataError(f"occasions.tsv: no such kind: {r['kind']!r}")
        row = _Row(r["kind"], r["platform"] == "yes")
        out.add((r["words"], *(v for v in r["variants"].split("|") if v)), row)
    return out


def with_occasions(article: Article, p: Parsed, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The same statements, each with its occasion if the text tells it.

    What stands in the sentence of the cue, outside all that is said in it, counts; a statement whose source goes on
    speaking without a new mention («وأضاف …») has the occasion of the one before.

    Parameters
    ----------
    article : Article
        The article.
    p : Parsed
        The same parsed.
    statements : tuple of Statement
        With their sources, in the order of the text.
    """
    said = sorted((c for s in statements for c in s.content), key=lambda c: c.start)
    last: tuple[str, Occasion | None] = ("", None)
    out = []
    opening: dict[int, list[_Opening]] = {}
    for s in statements:
        found = _beside(p, s, said, opening)
        if s.parent is None:
            if found is None and s.speaker is None and last[0] == s.who:
                found = last[1]
            last = s.who, found
        out.append(replace(s, occasion=found) if found is not None else s)
    return tuple(out)


_Opening = tuple[int, int, _Row]


def _beside(p: Parsed, s: Statement, said: Sequence[Span], opening: dict[int, list[_Opening]]) -> Occasion | None:
    """The occasion that the words around a statement's cue tell, the nearest to the cue.

    `opening` keeps the phrases of a sentence from one statement to the next, by its first token.
    """
    if s.cue is None or s.parent is not None:
        return None
    cue = p.at(s.cue.start)
    sentence = p.sentence_of(cue)
    if sentence is None:
        return None
    best: tuple[int, Occasion] | None = None
    if sentence.first not in opening:
        opening[sentence.first] = _opening(p, sentence)
    for k, size, row in opening[sentence.first]:
        if not cue - _LONGEST <= k < cue + _LONGEST or any(c.start <= p.tok.start[k] < c.end for c in said):
            continue
        found = _occasion(p, k, size, row, sentence.last, s)
        if found is not None and (best is None or abs(k - cue) < best[0]):
            best = abs(k - cue), found
    return best[1] if best is not None else None


def _opening(p: Parsed, sentence: Sentence) -> list[_Opening]:
    """The phrases of occasions in a sentence: token, number of words, row."""
    found = ((k, _opens(p.tok.form, k)) for k in range(sentence.first, sentence.last))
    return [(k, *row) for k, row in found if row is not None]


def _opens(form: Sequence[str], k: int) -> tuple[int, _Row] | None:
    """The phrase of an occasion at token `k`, after what ties it to the saying, with the number of its words."""
    f = form[k]
    if not ((k > 0 and form[k - 1] in _BEFORE) or f[0] == "ب") or not f[0].isalpha():
        return None
    found = _phrases().find(form, k)
    if found is None or (f in initials() and form[k - 1] not in _BEFORE):
        return None
    if k > 0 and form[k - 1] in _AFTER and found[1].kind in ("meeting", "session"):
        return None  # «قال عقب اجتماع …»: not in it
    return found


def _occasion(p: Parsed, k: int, size: int, row: _Row, stop: int, s: Statement) -> Occasion | None:
    form = p.tok.form
    stop = min(stop, k + size + _FAR)
    speaker = s.speaker
    if speaker is not None and speaker.start <= p.tok.start[k] < speaker.end:
        return None  # «الوزير في بيان الحكومة»: part of his title
    start = p.tok.start[k] + (form[k][0] == "ب" and form[k] not in initials() and p.text[p.tok.start[k]] == "ب")
    span = Span(start, p.tok.end[k + size - 1])
    if row.platform:
        return Occasion("post", span, span.of(p.text), "")
    channel = ""
    for j in range(k + size, stop):
        if form[j] in '.؟!:«"“':
            break
        medium = _medium(p, j, stop)
        if medium is not None:
            channel = medium.of(p.text)
            break
    return Occasion(row.kind, span, channel, place_after(p, k + size, stop))


def _medium(p: Parsed, j: int, stop: int) -> Span | None:
    """The medium or platform an occasion is tied to at token `j`: «مع ⟨قناة الأفق⟩», «ل⟨رويترز⟩», «على ⟨تويتر⟩»."""
    form = p.tok.form
    f = form[j]
    if f in _TO and j + 1 < stop:
        return _outlet(p, j + 1, stop, 0)
    joined = f[0] == "ل" and len(f) > 3 and f not in initials()
    return _outlet(p, j, stop, 1) if joined else None


def _outlet(p: Parsed, j: int, stop: int, off: int) -> Span | None:
    form = p.tok.form
    while j + 1 < stop and form[j] in '«"“(':
        j += 1
    row = _phrases().find(form, j)
    if row is not None and row[1].platform:
        return Span(p.tok.start[j] + off, p.tok.end[j + row[0] - 1])
    found = gazetteer().longest_body(form, j, weak=True)
    head = form[j][off:].removeprefix("ل").removeprefix("ال")
    if found is not None and isinstance(found[1], Medium):
        return Span(p.tok.start[j] + off, p.tok.end[j + found[0] - 1])
    if head in _MEDIA:
        end = phrase_end(p, j, min(stop, j + 6))
        return Span(p.tok.start[j] + off, p.tok.end[max(end, j + 1) - 1])
    return None


def place_after(p: Parsed, j: int, stop: int) -> str:
    """The place that stands after a preposition from token `j` on: «في ⟨القاهرة⟩», «ب⟨عمان⟩»; ``""`` if none does."""
    form = p.tok.form
    for k in range(j, stop):
        f = form[k]
        if f in '.؟!:«"“':
            break
        if f == "في" and k + 1 < stop:
            place, off = k + 1, 0
        elif f[0] == "ب" and len(f) > 3 and f not in initials():
            place, off = k, 1
        else:
            continue
        if form[place][off:] in ("العاصمه", "مدينه", "عاصمه") and place + 1 < stop:
            place, off = place + 1, 0
        found = gazetteer().longest_body(form, place)
        if found is not None and isinstance(found[1], Place) and found[1].kind != "continent":
            return p.text[p.tok.start[place] + off : p.tok.end[place + found[0] - 1]]
    return ""
