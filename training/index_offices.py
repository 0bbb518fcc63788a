"""Makes ``office_index.tsv``, by which the knowledge base of offices is looked up, of its other tables.

python training/index_offices.py [FOLDER]

FOLDER is where the index is written (the package's own data, if none is given). Run it after a change of
``people.tsv``, ``offices.tsv``, ``office_kinds.tsv`` or ``places.tsv``; a test says when it is stale. It also writes
``namesakes.tsv``, the names that several people bear.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qawl.sources.offices import calls_of, offices, title_key, titles_of, usual_titles

__all__ = ["index_rows", "namesakes"]

DATA = Path(__file__).resolve().parent.parent / "src" / "qawl" / "data"


def index_rows() -> list[str]:
    """The rows of the index, in its order."""
    titles: dict[str, list[str]] = {}
    called: dict[str, list[str]] = {}
    everything = list(offices().offices.values())
    # «الرئيس العراقي» is no president of a region of Iraq, though the region's name tells the state.
    main = {title_key(role): o.id for o in everything if o.id.count(".") == 1 for role in usual_titles(o)}
    for office in everything:
        for key in dict.fromkeys(map(title_key, titles_of(office))):
            if main.get(key, office.id) == office.id:
                titles.setdefault(key, []).append(office.id)
    for person in offices().people.values():
        for name in calls_of(person):
            called.setdefault(name, []).append(person.id)
    rows = [f"title\t{key}\t{'|'.join(ids)}" for key, ids in sorted(titles.items())]
    return rows + [f"called\t{key}\t{'|'.join(ids)}" for key, ids in sorted(called.items())]


def namesakes() -> list[str]:
    """The names that several people bear, with these."""
    found: dict[str, list[str]] = {}
    for person in offices().people.values():
        for name in dict.fromkeys(" ".join(words) for words in offices().names_of(person.id)):
            found.setdefault(name, []).append(person.id)
    return [f"{name}\t{'|'.join(ids)}" for name, ids in sorted(found.items()) if len(ids) > 1]


def main(folder: Path) -> None:
    (folder / "office_index.tsv").write_text(
        "# What people.tsv and offices.tsv are looked up by.\n"
        "# Provenance: made by training/index_offices.py.\n"
        "# kind: title, with its words as qawl.sources.keys.role_key gives them, sorted; or called, with a short name\n"
        "# or the last of a full one, as qawl.sources.keys.name_key gives it; ids: of offices or people, parted by |\n"
        "kind\tkey\tids\n" + "".join(f"{row}\n" for row in index_rows()),
        encoding="utf-8",
    )
    (folder / "namesakes.tsv").write_text(
        "# Names that more than one person of people.tsv bears.\n"
        "# Provenance: made by training/index_offices.py.\n"
        "# name: as qawl.sources.keys.name_key gives its words; people: their ids, separated by |\n"
        "name\tpeople\n" + "".join(f"{row}\n" for row in namesakes()),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
