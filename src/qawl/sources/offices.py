"""Who held which public office, and when: the knowledge base of people and their offices.

Its tables are ``people.tsv``, ``offices.tsv``, ``holders.tsv`` and ``office_kinds.tsv`` under ``qawl.data``. It says
whom «وزير الخارجية الأمريكي» means on a given day, which offices a person held, and who bears a name. What is looked up
by title or short name is found through ``office_index.tsv``, which ``training/index_offices.py`` makes of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from qawl.arabic.fold import fold
from qawl.arabic.tables import read_table
from qawl.sources.keys import name_key, role_key
from qawl.sources.office_tables import (
    Holding,
    Office,
    OfficeHolder,
    groups,
    index,
    office_of_row,
    person_of,
    table,
)

__all__ = [
    "Holding",
    "Office",
    "OfficeHolder",
    "Offices",
    "calls_of",
    "covers",
    "offices",
    "title_key",
    "titles_of",
    "usual_titles",
]

Role = frozenset[str]


def covers(start: str, end: str, on: str) -> bool:
    """Whether a day lies between two dates, each as exact as known: ``2014`` covers all its days.

    Parameters
    ----------
    start, end, on : str
        ISO 8601 dates of any precision; `start` and `end` may be ``""`` for open.
    """
    n, m = min(len(start), len(on)), min(len(end), len(on))
    return start[:n] <= on[:n] and (not end or on[:m] <= end[:m])


class Offices:
    """The knowledge base. Take the shared one from `offices`.

    Attributes
    ----------
    people : mapping of str to OfficeHolder
        By id.
    offices : mapping of str to Office
        By id.
    holdings : mapping of str to list of Holding
        By office.
    held : mapping of str to list of Holding
        By person.
    """

    def __init__(self) -> None:
        self.people: Mapping[str, OfficeHolder] = table("people", len(OfficeHolder._fields), person_of)
        self.offices: Mapping[str, Office] = table("offices", len(Office._fields), office_of_row)
        self.holdings: Mapping[str, list[Holding]] = groups(0)
        self.held: Mapping[str, list[Holding]] = groups(1)
        self._kinds: dict[tuple[str, str], Office] = {}
        self._names: dict[str, list[tuple[str, ...]]] = {}

    def titled(self, role: Role) -> list[Office]:
        """The offices that a title names.

        Parameters
        ----------
        role : frozenset of str
            The words of the title, as `qawl.sources.keys.role_key` gives them.
        """
        return [self.offices[x] for x in index()[0].get(title_key(role), ())]

    def holders(self, office: str, on: str = "") -> list[Holding]:
        """Who held an office on a day (ISO 8601, of any precision), the latest to begin first; all, without a day."""
        found = (h for h in self.holdings.get(office, ()) if not on or covers(h.start, h.end, on))
        return sorted(found, key=lambda h: (h.start, h.person), reverse=True)

    def complete(self, office: str, on: str) -> bool:
        """Whether the holders of an office are thought to be known up to a day."""
        as_of = self.offices[office].as_of
        return on[: len(as_of)] <= as_of

    def named(self, words: Sequence[str]) -> list[str]:
        """The ids of the people who bear a full name, its words as `qawl.sources.keys.name_key` gives them."""
        wanted = frozenset(words)
        return [x for x in self.called(words[-1:]) if any(frozenset(n) == wanted for n in self.names_of(x))]

    def called(self, words: Sequence[str]) -> list[str]:
        """The ids of the people whom news calls so («بلينكن»), the words as for `named`."""
        return index()[1].get(" ".join(words), [])

    def names_of(self, person: str) -> list[tuple[str, ...]]:
        """The full names of a person, each as `qawl.sources.keys.name_key` gives its words."""
        names = self._names.get(person)
        if names is None:
            names = self._names[person] = _names(self.people[person])
        return names

    def of_kind(self, kind: str, state: str) -> Office | None:
        """The office of a kind in a state, given as `qawl.sources.keys.role_key` gives it (``@مصر``)."""
        if not self._kinds:
            for office in self.offices.values():
                if office.id.count(".") == 1:
                    self._kinds.setdefault((office.kind, f"@{fold(office.of)}"), office)
        return self._kinds.get((kind, state))


@cache
def offices() -> Offices:
    """The one knowledge base of the process; built on the first call.

    Raises
    ------
    DataError
        If a data file is missing or malformed.
    """
    return Offices()


def title_key(role: Role) -> str:
    """A title as ``office_index.tsv`` has it."""
    return "|".join(sorted(role - _TIES))


_TIES = frozenset({"في", "من", "لدي"})  # «وزير الدفاع في نورستان» is «وزير دفاع نورستان»


def titles_of(office: Office) -> list[Role]:
    """The titles of an office: its phrases, and for the usual offices of states those that need not be listed."""
    roles = [role_key(phrase.split()) for phrase in _folded(office.phrases)]
    kind = _kinds()[office.kind]
    if kind["state"] == "yes" and office.id.count(".") == 1:
        roles += usual_titles(office)
    return list(dict.fromkeys(roles))


def usual_titles(office: Office) -> list[Role]:
    """The titles that an office of this kind has in any state: «وزير الخارجية النوري», «وزير خارجية نورستان»."""
    kind = _kinds()[office.kind]
    state = frozenset({f"@{fold(office.of)}"})
    forms = [form for cell in (kind["head"], kind["construct"]) for form in cell.split("|") if form]
    return [role_key(form.split()) | state for form in _folded(forms)]


def calls_of(person: OfficeHolder) -> list[str]:
    """What news calls a person by a last name or a short one, as `qawl.sources.keys.name_key` gives the words."""
    lasts = (words[-1] for words in _names(person) if words)
    return list(dict.fromkeys([*lasts, *(" ".join(name_key(s.split())) for s in _folded(person.short))]))


def _names(person: OfficeHolder) -> list[tuple[str, ...]]:
    return [name_key(name.split()) for name in _folded((person.name, *person.variants))]


def _folded(forms: Iterable[str]) -> Iterator[str]:
    return (form for form in fold("\n".join(forms)).split("\n") if form)


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {r["kind"]: r for r in read_table("office_kinds")}
