"""The record: articles with what was read in them, kept in a database, found again, and cared for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import func, select

from qawl.identity import Applied, Decision, Decisions, Party
from qawl.model import Article, InputError, Reading
from qawl.record import adding, care, facets, identities, revising, search, versions
from qawl.record import schema as t
from qawl.record.asked import Asked, Sort, day_asked, named, parties_called
from qawl.record.corrections import Correction
from qawl.record.database import Database
from qawl.record.load import Loaded, by_id, load, pages_of

__all__ = ["Record"]

_AT_ONCE = 200  # articles in memory while all are gone through


class Record:
    """A record of who said what.

    Several may read while one writes; a writer waits for another. What `add` gave back is kept even if the program is
    killed in the next moment.

    Parameters
    ----------
    address : str
        ``sqlite:///PATH``, ``postgresql://…`` or the path of a SQLite file; ``""`` for the environment's
        ``QAWL_RECORD``, else ``record.db`` in the user's data folder.
    create : bool
        Whether to make it where there is none.

    Raises
    ------
    RecordError
        If there is none, it cannot be reached, is no record, or was made by a newer Qawl.

    Examples
    --------
    >>> import qawl, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with qawl.Record(f"{folder.name}/record.db", create=True) as record:
    ...     reading = qawl.read("قالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا.", published="2024-03-05", outlet="الأفق")
    ...     [added.outcome for added in record.add([reading])]
    ...     [(hit.source.name, hit.content) for hit in record.find(words="جسور").hits]
    ['new']
    [('سلمى الراوي', 'الجسر سيفتح غدا')]
    """

    def __init__(self, address: str = "", *, create: bool = False) -> None:
        self._database = Database(address, create=create)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes its connections."""
        self._database.close()

    @property
    def name(self) -> str:
        """Where it is, without a password."""
        return self._database.name

    @property
    def stale(self) -> bool:
        """Whether this version compares words or statements otherwise than the record does: `reindex` is due."""
        return self._database.stale

    # -- adding -----------------------------------------------------------------------------------------------

    def add(self, readings: Iterable[Reading], *, model: str = "") -> Iterator[adding.Added]:
        """Keeps readings, in batches; each is kept wholly or not at all.

        Parameters
        ----------
        readings : iterable of Reading
            Any number.
        model : str
            Version of the data that they were read with (`model_version`); ``""`` if unknown.

        Yields
        ------
        Added
            For each reading, in order, once it is kept.

        Raises
        ------
        RecordError
            If the database cannot be written to.
        """
        return adding.add(self._database, readings, model)

    def known(self, articles: Sequence[Article], extractor: str, model: str) -> list[int]:
        """The rows of articles that this version has read, so that they need not be read again; 0 for each other.

        Parameters
        ----------
        articles : sequence of Article
            Any.
        extractor, model : str
            Of the version.
        """
        with self._database.reading() as connection:
            return adding.known(connection, articles, extractor, model)

    def outdated(self, extractor: str, model: str) -> Iterator[Loaded]:
        """The articles that this version has not read.

        Parameters
        ----------
        extractor, model : str
            Of the version.
        """
        with self._database.reading() as connection:
            ids = versions.outdated(connection, extractor, model)
        return self._loaded(ids)

    def return_to(self, extractor: str, model: str) -> Iterator[int]:
        """Makes what a version has read current again where another version's reading is; nothing is read anew.

        Parameters
        ----------
        extractor, model : str
            Of the version.

        Yields
        ------
        int
            The row of each such article, once this is kept.
        """
        return versions.return_to(self._database, extractor, model)

    # -- finding ----------------------------------------------------------------------------------------------

    def find(
        self, asked: Asked | None = None, *, sort: Sort = "best", limit: int = 20, after: str = "", **given: Any
    ) -> search.Found:
        """A page of what was said, each statement once however many outlets carry it.

        Parameters
        ----------
        asked : Asked, optional
            Words and filters; or give its fields by name.
        sort : Sort
            ``best`` (where several plain words are asked for, those side by side first; then the newest), ``newest``,
            ``oldest`` or ``carried`` (by most outlets).
        limit : int
            Hits, from 1 to 1,000.
        after : str
            ``next`` of the page before.

        Raises
        ------
        InputError
            If something of it is not understood, with what would be.
        """
        with self._database.reading() as connection:
            return search.find(connection, _asked(asked, given), sort, limit, after)

    def facets(self, asked: Asked | None = None, *, most: int = 12, **given: Any) -> facets.Facets:
        """What is found, counted by who said it, where, when and what it does.

        Parameters
        ----------
        asked : Asked, optional
            As for `find`; or give its fields by name.
        most : int
            Values of each facet.
        """
        with self._database.reading() as connection:
            return facets.count(connection, _asked(asked, given), most)

    def wordings(self, saying: int) -> list[search.Hit]:
        """How each article words a saying, in the order of their days.

        Parameters
        ----------
        saying : int
            As `Hit.saying`.
        """
        with self._database.reading() as connection:
            return search.wordings(connection, saying)

    def article(self, id_: int) -> Loaded:
        """An article with what the last version read in it.

        Parameters
        ----------
        id_ : int
            Of its row, as `Hit.article`.

        Raises
        ------
        InputError
            If there is none.
        """
        with self._database.reading() as connection:
            its = by_id(connection, t.reading, "article_id", [id_])
            if not its:
                raise InputError(f"the record has no article {id_}")
            # An article that a newer text at its URL replaced has no current one.
            return load(connection, [next((r["id"] for r in its if r["current"]), its[-1]["id"])])[0]

    def versions(self, id_: int) -> list[Loaded]:
        """All readings of an article, the oldest first."""
        with self._database.reading() as connection:
            return load(connection, [r["id"] for r in by_id(connection, t.reading, "article_id", [id_])])

    def copies(self, id_: int) -> list[int]:
        """The articles that tell the story of an article in the same words, itself among them, by their days."""
        with self._database.reading() as connection:
            rows = by_id(connection, t.article_print, "article_id", [id_])
            same = by_id(connection, t.article_print, "story", (r["story"] for r in rows))
            found = by_id(connection, t.article, "id", (r["article_id"] for r in same))
        return [a["id"] for a in sorted(found, key=lambda a: (a["day"] or 1 << 30, a["id"]))]

    def readings(
        self, *, outlet: str = "", since: str = "", until: str = "", asked: Asked | None = None, most: int = 0
    ) -> Iterator[Loaded]:
        """All articles, or some, with what the last version read in them, in the order in which they came.

        Parameters
        ----------
        outlet : str
            Only of this outlet, or of those with all its words in their names.
        since, until : str
            First and last day of publication, ISO 8601.
        asked : Asked, optional
            Only articles that carry a statement that is found so.
        most : int
            Articles at most; 0 for any number.

        Yields
        ------
        Loaded
            `Loaded.corrected` gives the reading with people's corrections.

        Raises
        ------
        InputError
            If a filter is not understood, or there are more articles than `most`.
        """
        a, r = t.article.c, t.reading.c
        wanted = select(r.id, a.id).join_from(t.reading, t.article, r.article_id == a.id)
        wanted = wanted.where(r.current, a.replaced_by.is_(None)).order_by(r.id)
        if since:
            wanted = wanted.where(a.day >= day_asked(since, "since"))
        if until:
            wanted = wanted.where(a.day.between(1, day_asked(until, "until")))
        with self._database.reading() as connection:
            if outlet:
                wanted = wanted.where(a.outlet_id.in_(named(connection, t.outlet, (outlet,), "outlet")))
            carrying = None if asked is None else set(search.articles(connection, asked))
            ids = [id_ for id_, its in connection.execute(wanted) if carrying is None or its in carrying]
        if most and len(ids) > most:
            raise InputError(f"{len(ids):,} articles are more than the {most:,} that can be taken; ask for fewer")
        return self._loaded(ids)

    def _loaded(self, ids: Any) -> Iterator[Loaded]:
        for page in pages_of(ids, _AT_ONCE):
            with self._database.reading() as connection:
                found = load(connection, page)
            yield from found

    # -- people's corrections ---------------------------------------------------------------------------------

    def correct(self, article: int, number: int, field: str, value: Any, *, by: str, note: str = "") -> Correction:
        """Corrects a statement. It stays corrected when the article is read again.

        Parameters
        ----------
        article : int
            Of its row.
        number : int
            Of the statement in the article's current reading.
        field, value
            See `Correction`.
        by, note : str
            Who corrects it, and why.

        Raises
        ------
        InputError
            If there is no such statement, or the value is none for the field.
        """
        given = {"field": field, "value": value, "by": by, "note": note}
        loaded = self.article(article)
        with self._database.writing() as connection:
            return revising.correct(connection, loaded, number, given)

    def undo(self, correction: int, *, by: str, note: str = "") -> None:
        """Takes a correction back; both stay in the record.

        Raises
        ------
        InputError
            If there is none, or it was taken back before.
        """
        with self._database.writing() as connection:
            revising.undo(connection, correction, by, note)

    def corrections(self, article: int | None = None) -> list[tuple[int, Correction]]:
        """The corrections in force, each with its article's row; of one article, or all."""
        with self._database.reading() as connection:
            return revising.in_force(connection, article)

    # -- who is who -------------------------------------------------------------------------------------------

    def who(self, name: str) -> list[Party]:
        """The parties that a name or an id may mean, those with the most statements first.

        Raises
        ------
        InputError
            If nobody is called so, with the nearest names.
        """
        with self._database.reading() as connection:
            found = [identities.party_of(connection, id_) for id_ in parties_called(connection, name)]
        return sorted(found, key=lambda p: (-p.statements, -p.articles, p.id))

    def parties(self) -> Applied:
        """All parties, worked out by all rules and decisions; every source is held in memory."""
        with self._database.reading() as connection:
            return identities.parties(connection)[0]

    def decisions(self) -> Decisions:
        """What people decided on who is who."""
        with self._database.reading() as connection:
            return identities.decisions(connection)

    def decide(self, decision: Decision) -> Applied:
        """Keeps a decision on who is who, and settles all parties by it."""
        with self._database.writing() as connection:
            identities.decide(connection, decision)
            return identities.settle(connection)

    def sources(self) -> int:
        """How many sources `settle` has to go through."""
        with self._database.reading() as connection:
            # Sources are only ever added, with ids from 1 on: the last one tells at once how many there are.
            return int(connection.execute(select(func.coalesce(func.max(t.source.c.id), 0))).scalar_one())

    def settle(self) -> Applied:
        """Works out anew which party each source is, by all rules and decisions."""
        with self._database.writing() as connection:
            return identities.settle(connection)

    # -- care -------------------------------------------------------------------------------------------------

    def check(self, told: care.Told = lambda done, of: None) -> Iterator[care.Problem]:
        """What is wrong with the record; see `qawl.record.care.check`."""
        return care.check(self._database, told)

    def backup(self, path: str | Path) -> None:
        """Copies it into a SQLite file that is not there yet, while others may use it."""
        care.backup(self._database, Path(path))

    def sizes(self) -> care.Sizes:
        """How much is in it, and how much room it takes."""
        return care.sizes(self._database)

    def vacuum(self) -> None:
        """Gives unused room back."""
        care.vacuum(self._database)

    def reindex(self, told: care.Told = lambda done, of: None) -> None:
        """Makes anew all that is worked out of facts, corrections and decisions."""
        care.reindex(self._database, told)


def _asked(asked: Asked | None, given: dict[str, Any]) -> Asked:
    return replace(asked or Asked(), **given) if given else asked or Asked()
