"""From readings to the matrix of positions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from qawl.arabic.tables import read_table
from qawl.arabic.words import tokenize
from qawl.identity import Decisions as _Decisions
from qawl.identity import Party, Registry, apply
from qawl.matrix.cells import Cell, Evidence, Holder, Matrix, Subject, Tie
from qawl.matrix.clusters import gather, key_of
from qawl.model import About, InputError, Reading, Sign, Source, Stance, Statement
from qawl.positions import matter, matters, names_own_side, stem

__all__ = ["BROAD", "By", "Choice", "build", "within"]

BROAD = "/all"
"""What the id of a matter ends with in the row that gathers all that counts for it."""

By = Literal["source", "of"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which positions to show.

    Parameters
    ----------
    by : By
        ``source``: each source by itself; ``of``: rolled up to the state or body that it speaks for.
    matters : frozenset of str
        Ids of matters; those below them are shown too. Empty: all.
    since, until : str
        First and last day, ISO 8601; statements without a day are left out if either is given. ``""``: no bound.
    least : float
        From 0 to 1: evidence less sure than this is left out.
    uncovered : bool
        Whether targets that no curated matter covers are shown, too.
    broad : bool
        Whether a broader matter gets a row where narrower ones meet in it: who calls for open crossings and who calls
        for more relief are both for humanitarian aid.
    """

    by: By = "source"
    matters: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    least: float = 0.2
    uncovered: bool = True
    broad: bool = True


def build(readings: Iterable[Reading], choice: Choice | None = None, *, decisions: _Decisions | None = None) -> Matrix:
    """The positions that readings tell of.

    Parameters
    ----------
    readings : iterable of Reading
        The same text twice counts once.
    choice : Choice, optional
        What to show.
    decisions : Decisions, optional
        What a person decided about who is who (`qawl.identity`).

    Returns
    -------
    Matrix
        The same whatever the order of the readings.

    Raises
    ------
    DataError
        If a data file of the package is missing or malformed.
    InputError
        If a chosen matter is none.
    """
    choice = choice or Choice()
    for id_ in sorted(choice.matters - matters().keys()):
        raise InputError(f"no such matter: {id_!r}")
    registry = Registry()
    kept: dict[str, Reading] = {}
    for reading in readings:
        registry.add(reading)
        known = kept.setdefault(reading.article.sha256, reading)
        if known is not reading and _origin(reading) < _origin(known):
            kept[reading.article.sha256] = reading
    parties = apply(decisions or _Decisions(), registry.parties()).parties
    party_of = {ref: p for p in parties for ref in p.sources}
    found = [
        x
        for sha in sorted(kept)
        for x in _evidence(kept[sha], lambda key, sha=sha: party_of.get((sha, key)), choice)  # type: ignore[misc]
    ]
    names = gather(e.target for _, about, e in found if not about) if choice.uncovered else {}
    cells: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    holders: dict[str, Holder] = {}
    for holder, about, e in found:
        subject, piece = _placed(about, e, names)
        if subject and within(subject, choice.matters):
            if not holders.setdefault(holder.id, holder).of:
                holders[holder.id] = holder
            cells[holder.id, subject].append(piece)
    if choice.broad:
        _broadened(cells, choice.matters)
    return _matrix(cells, holders, len(kept), sum(len(r.statements) for r in kept.values()))


def _origin(reading: Reading) -> tuple[str, ...]:
    """Of several readings of one text the one with the earliest day counts, as in `qawl.identity`."""
    a = reading.article
    return a.published.iso if a.published else "~", a.url, a.doc, a.outlet, reading.extractor, repr(reading.statements)


def within(subject: str, chosen: frozenset[str]) -> bool:
    """Whether a subject is one of the chosen matters or below one of them."""
    while subject and chosen and subject not in chosen:
        subject = matters()[subject].parent if subject in matters() else ""
    return bool(subject)


def _placed(about: About | None, e: Evidence, names: dict[str, str]) -> tuple[str, Evidence]:
    """The id of what a piece of evidence is on, and the evidence with its sign on that."""
    if about is not None:
        return about.matter, e
    if e.target not in names:
        return "", e
    own, named = key_of(e.target)[1], key_of(names[e.target])[1]
    sign: Sign = e.sign if own == named else ("-" if e.sign == "+" else "+")
    return "~" + names[e.target], replace(e, sign=sign, why=names[e.target])


def _broadened(cells: dict[tuple[str, str], list[Evidence]], chosen: frozenset[str]) -> None:
    """Adds rows of broader matters where narrower ones bring holders together: evidence of both, each stance once."""
    own = dict(cells)
    holding: defaultdict[str, set[str]] = defaultdict(set)
    for holder, subject in own:
        holding[subject].add(holder)
    for parent, parts in _below().items():
        together = holding[parent].union(*(holding[child] for child, _ in parts))
        if not within(parent, chosen) or len(together) == max(len(holding[x]) for x in (parent, *dict(parts))):
            continue
        for child, counts in ((parent, "+"), *parts):
            for holder in sorted(holding[child]):
                row = cells.setdefault((holder, parent + BROAD), [])
                known = {(e.sha256, e.statement, e.start, e.end) for e in row}
                for e in own[holder, child]:
                    if (e.sha256, e.statement, e.start, e.end) not in known:
                        sign: Sign = "+" if e.sign == counts else "-"
                        row.append(replace(e, sign=sign, why=f"{child}: {e.why}"))


@cache
def _below() -> dict[str, tuple[tuple[str, Sign], ...]]:
    """The matters that count for each broader one, near and far, with the sign that they count with."""
    out: defaultdict[str, list[tuple[str, Sign]]] = defaultdict(list)
    for m in matters().values():
        above, sign = m, 1
        while above.parent and above.counts:
            sign *= 1 if above.counts == "+" else -1
            above = matter(above.parent)
            out[above.id].append((m.id, "+" if sign > 0 else "-"))
    return {parent: tuple(parts) for parent, parts in out.items()}


def _matrix(
    cells: dict[tuple[str, str], list[Evidence]],
    holders: dict[str, Holder],
    articles: int,
    statements: int,
) -> Matrix:
    made = {
        key: Cell(*key, tuple(sorted(set(found), key=lambda e: (e.day, e.sha256, e.start, e.end, e.sign, e.why))))
        for key, found in sorted(cells.items())
    }
    said = Counter(h for (h, _), c in made.items() for _ in c.evidence)
    spoke = Counter(s for _, s in made)
    weight = Counter(s for (_, s), c in made.items() for _ in c.evidence)
    order = sorted(spoke, key=lambda s: (-spoke[s], s.startswith("~"), -weight[s], s))
    return Matrix(
        holders=tuple(sorted(holders.values(), key=lambda h: (-said[h.id], h.id))),
        subjects=tuple(map(_subject, order)),
        cells=made,
        articles=articles,
        statements=statements,
    )


def _subject(id_: str) -> Subject:
    if id_.startswith("~"):
        return Subject(id_, id_[1:], "")
    m = matter(id_.removesuffix(BROAD))
    return Subject(id_, m.ar, m.en, m.parent, broad=id_.endswith(BROAD))


def _evidence(
    reading: Reading, party_of: Callable[[str], Party | None], choice: Choice
) -> Iterator[tuple[Holder, About | None, Evidence]]:
    """The evidence of an article: whose it is, on what curated matter if on any, and itself."""
    whose = _speakers(reading)
    for s in reading.statements:
        source, party = reading.sources.get(whose[s.id]), party_of(whose[s.id])
        if source is None or party is None:
            continue
        day = _day(reading, s)
        if (choice.since or choice.until) and not (day and _in(day, choice.since, choice.until)):
            continue
        holder = _holder(party, source.of, choice.by)
        for stance in s.stances:
            confidence = round(s.confidence * stance.confidence, 3)
            if holder is not None and confidence >= choice.least:
                for about in stance.about or (None,):
                    yield holder, about, _piece(reading, s, stance, about, day, party.name, confidence)


def _speakers(reading: Reading) -> dict[int, str]:
    """The key of the source whose position each statement tells: «رفض ⟨بلاده⟩» is his who speaks of his country."""
    out: dict[int, str] = {}
    last, end = "", 0
    for s in reading.statements:
        source = reading.source_of(s)
        start = (s.cue or s.content[0]).start
        # «بلاده» after a new paragraph may be another's, who said nothing before.
        outer = out.get(s.parent, "") if s.parent is not None else last
        if s.parent is None and "\n" in reading.article.text[min(start, end) : start]:
            outer = ""
        out[s.id] = outer if source is not None and _is_own_side(source, reading.sources.get(outer), s) else s.who
        last, end = out[s.id], max(end, s.content[-1].end)
    return out


def _is_own_side(source: Source, outer: Source | None, s: Statement) -> bool:
    """Whether a source is only the speaker's side: «رفض ⟨بلاده⟩», or «رفض ⟨الاتحاد⟩» said by its head."""
    if not source.identity and names_own_side(source.name):
        return True
    if outer is None or s.parent is None or source.kind != "organization":
        return False
    named = {stem(f) for f in tokenize(source.name).form}
    return bool(named) and named <= {stem(f) for f in tokenize(f"{outer.role} {outer.of}").form}


def _in(day: str, since: str, until: str) -> bool:
    """Whether a day known to some precision can lie between two others."""
    return (not since or day >= since[: len(day)]) and (not until or day[: len(until)] <= until)


def _day(reading: Reading, s: Statement) -> str:
    moment = s.said.moment if s.said is not None else reading.article.published
    return moment.iso[:10] if moment is not None else ""


def _holder(party: Party, of: str, by: By) -> Holder | None:
    if by == "source":
        return Holder(party.id, party.name, party.kind, of)
    if party.kind == "state" or (party.kind == "organization" and not of):
        return Holder(party.known_as or party.name, party.known_as or party.name, party.kind)
    return Holder(of, of, "organization" if of in _bodies() else "state") if of else None


@cache
def _bodies() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("bodies"))


def _piece(
    reading: Reading, s: Statement, stance: Stance, about: About | None, day: str, speaker: str, confidence: float
) -> Evidence:
    article, text = reading.article, reading.article.text
    turned = " ".join(x.of(text) for x in about.turned_by) if about is not None else ""
    why = "" if about is None else about.pattern + (f" ({turned})" if turned else "")
    return Evidence(
        day=day,
        sha256=article.sha256,
        doc=article.doc,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        statement=s.id,
        speaker=speaker,
        act=s.act,
        sign=stance.sign if about is None else about.sign,
        target=stance.target.of(text),
        start=stance.target.start,
        end=stance.target.end,
        words=reading.content_of(s),
        ties=tuple(Tie(c.kind, c.span.of(text)) for c in stance.conditions),
        degree=stance.degree,
        confidence=confidence,
        why=why,
    )
