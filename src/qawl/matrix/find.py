"""What a person means by the words for a matter or for a holder of positions."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from qawl.arabic.entries import bodies, places
from qawl.arabic.fold import fold
from qawl.arabic.words import tokenize
from qawl.identity import Party, Sighting, find
from qawl.matrix.build import By
from qawl.matrix.cells import Holder, Matrix
from qawl.model import Kind
from qawl.positions import Matter, find_matters, matter, matters, stem

__all__ = ["find_holders", "find_matter", "near_matters"]

_NEAREST = 3


def find_matter(query: str) -> list[Matter]:
    """The curated matters that a person may mean.

    Parameters
    ----------
    query : str
        An id, or words of a label in Arabic or English.

    Returns
    -------
    list of Matter
        That whose id it is; if there is none, those with this label; if there is none, those whose label has all its
        words, with or without article and joined particles.
    """
    wanted, known = _words(query), matters().values()
    stems = {stem(w) for w in wanted}
    for found in (
        [m for m in known if m.id == query.strip().casefold()],
        [m for m in known if wanted in (_words(m.ar), _words(m.en))],
        [m for m in known if any(stems <= {stem(w) for w in _words(label)} for label in (m.ar, m.en))],
    ):
        if found and wanted:
            return found
    return []


def near_matters(query: str) -> list[Matter]:
    """The matters nearest to words that are no label: those that the words name in the news, then by spelling."""
    wanted = _words(query)
    found = [matter(m.matter) for m in find_matters(wanted)]
    labels = {" ".join(_words(label)): m for m in matters().values() for label in (m.id, m.ar, m.en)}
    found += [labels[x] for x in get_close_matches(" ".join(wanted), labels, _NEAREST)]
    return list(dict.fromkeys(found))[:_NEAREST]


def find_holders(matrix: Matrix, parties: Sequence[Party], query: str, by: By) -> list[Holder]:
    """The holders that a person may mean, those of the matrix if any of them is called so.

    Parameters
    ----------
    matrix : Matrix
        Positions.
    parties : sequence of Party
        Everybody in the readings, whether with a position or without.
    query : str
        An id, or a name in Arabic or English, as `qawl.identity.find` takes it.
    by : By
        Whether holders are sources, or the states and bodies that these speak for.

    Returns
    -------
    list of Holder
        Empty if nobody is called so; one without a position only if none with a position is.
    """
    held = {h.id: h for h in matrix.holders}
    if by == "of":
        spoken_for = {of: Holder(of, of, _kind(of)) for p in parties for of in p.of}
        pairs = [(_as_party(h), h) for h in (spoken_for | held).values()]
    else:
        pairs = [(p, held.get(p.id) or Holder(p.id, p.name, p.kind, next(iter(p.of), ""))) for p in parties]
    holder_of = {p.id: h for p, h in pairs}
    found = [holder_of[p.id] for p in find((p for p, _ in pairs), query)]
    return [h for h in found if h.id in held] or found[:1]


def _as_party(h: Holder) -> Party:
    """A state or body as a party, so that it is found by its English name, too."""
    identity = _identities().get(h.name, "")
    seen = Sighting(("", h.id), "", "", "", "", h.kind, h.name, "", identity=identity, known_as=h.name)
    return Party(identity or h.id, (seen,), aliases=(h.id,))


def _kind(name: str) -> Kind:
    return "organization" if _identities().get(name, "").startswith("body:") else "state"


@cache
def _identities() -> dict[str, str]:
    states = {p.name: f"state:{p.iso2 or p.name}" for p in places() if p.kind in ("state", "territory")}
    return {b.name: f"body:{b.name}" for b in bodies()} | states


def _words(text: str) -> list[str]:
    return [f.casefold() for f in tokenize(fold(text.replace("-", " "))).form if f[0].isalnum()]
