"""Reading: the rooms in the order of the data, from an article to all that is found in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from qawl.model import Article, InputError, Moment, Reading, Statement
from qawl.positions import take_positions
from qawl.sources import dated, find_events, resolve, with_occasions
from qawl.statements import Parsed, find_statements, find_statements_learned, tidied
from qawl.version import __version__

__all__ = ["EXTRACTORS", "Extractor", "Reader", "read"]

Extractor = Literal["learned", "grammar"]
EXTRACTORS: tuple[Extractor, ...] = ("learned", "grammar")
"""What finds statements: the network that reads with the lexicon, or lexicon and grammar alone."""


class Reader:
    """Reads articles. It holds no state between articles, opens no connection and may be shared by threads.

    The matrices of the learned extractor are small: NumPy's own threads slow it down. For many articles set
    ``OPENBLAS_NUM_THREADS=1`` (or ``OMP_NUM_THREADS``, ``MKL_NUM_THREADS``) before NumPy is imported, as the ``qawl``
    command does, and give each process articles of its own.

    Parameters
    ----------
    extractor : Extractor
        What finds the statements; ``grammar`` needs no weights and explains itself, ``learned`` is more accurate.
    min_confidence : float
        From 0 to 1: statements less sure than this are left out, with those that stand inside them.

    Raises
    ------
    ValueError
        If there is no such extractor, or the confidence is not from 0 to 1.

    Examples
    --------
    >>> from qawl.pages import from_text
    >>> reading = Reader().read(from_text("قالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا."))
    >>> [reading.content_of(s) for s in reading.statements]
    ['الجسر سيفتح غدا']
    """

    def __init__(self, *, extractor: Extractor = "learned", min_confidence: float = 0.0) -> None:
        if extractor not in EXTRACTORS:
            raise ValueError(f"no such extractor: {extractor!r}; there are {', '.join(EXTRACTORS)}")
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"a confidence is from 0 to 1, not {min_confidence}")
        self.name = f"qawl-{extractor}/{__version__}"
        self._find = find_statements_learned if extractor == "learned" else find_statements
        self._learned = extractor == "learned"
        self._least = min_confidence

    def read(self, article: Article) -> Reading:
        """Reads one article.

        Parameters
        ----------
        article : Article
            As a function of `qawl.pages` gives it.

        Returns
        -------
        Reading
            The article with its statements and sources. The same article always gives the same reading.

        Raises
        ------
        InputError
            If it is no `Article`.
        """
        if not isinstance(article, Article):
            raise InputError(
                f"Reader.read takes an Article, not {type(article).__name__}: make one with qawl.pages.from_text, "
                "from_html or from_record, or give the text to qawl.read"
            )
        parsed = Parsed(article)
        found = tidied(parsed, self._find(article, parsed))
        statements, sources = resolve(article, found, parsed)
        statements = with_occasions(article, parsed, dated(article, parsed, statements))
        statements = take_positions(parsed, _sure(statements, self._least), sources, learned=self._learned)
        spoken = {s.who for s in statements}
        sources = {k: v for k, v in sources.items() if k in spoken}
        return Reading(article, statements, sources, self.name, find_events(article, parsed, sources))


def _sure(statements: tuple[Statement, ...], least: float) -> tuple[Statement, ...]:
    """The statements that are sure enough, and whose parents are."""
    unsure = {s.id for s in statements if s.confidence < least}
    while more := {s.id for s in statements if s.parent in unsure} - unsure:
        unsure |= more
    return tuple(s for s in statements if s.id not in unsure)


def read(
    text: str | bytes,
    *,
    published: Moment | str | None = None,
    url: str = "",
    outlet: str = "",
    html: bool | None = None,
) -> Reading:
    """Reads one article given as text or HTML.

    Parameters
    ----------
    text : str or bytes
        Plain text (the first line is the headline if it looks like one) or a page's HTML. For JSON use
        `qawl.pages.from_record` with `Reader`.
    published : Moment or str, optional
        When it was published, ISO 8601; it counts before what the page itself says.
    url, outlet : str
        Where it comes from; an outlet given here counts before the page's own.
    html : bool, optional
        Whether `text` is HTML; by default this is seen from how it begins.

    Returns
    -------
    Reading
        The article with all that was found in it.

    Raises
    ------
    InputError
        If there is nothing to read: no text, no Arabic in it, a binary file, JSON, or a wrong type.
    """
    from qawl import pages

    _checked(text=(text, str | bytes), published=(published, str | Moment | None), url=(url, str), outlet=(outlet, str))
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")[:_SNIFFED]
    kind = pages.sniff(data, "")
    if kind in ("json", "jsonl"):
        raise InputError("this is JSON; give its object to qawl.pages.from_record, or the file to `qawl read`")
    if html or (html is None and kind == "html"):
        article = pages.from_html(text, url=url, published=published)
        return Reader().read(replace(article, outlet=outlet or article.outlet))
    plain = pages.decode(text) if isinstance(text, bytes) else text
    return Reader().read(pages.from_text(plain, url=url, outlet=outlet, published=published))


_SNIFFED = 4096  # bytes from which the kind of a text is seen


def _checked(**arguments: tuple[object, Any]) -> None:
    for name, (value, kind) in arguments.items():
        if not isinstance(value, kind):
            raise InputError(f"{name} has the wrong type: {type(value).__name__}")
