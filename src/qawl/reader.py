"""Reading: the rooms in the order of the data, from an article to all that is found in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qawl import __version__
from qawl.model import Article, InputError, Moment, Reading
from qawl.positions import acts
from qawl.sources import resolve
from qawl.statements import Parsed, find_statements

__all__ = ["EXTRACTOR", "Reader", "read"]

EXTRACTOR = f"qawl-grammar/{__version__}"
"""Name and version of what reads, as `Reading.extractor` keeps it."""


class Reader:
    """Reads articles. It holds no state between articles, opens no connection and may be shared by threads.

    Examples
    --------
    >>> from qawl.pages import from_text
    >>> reading = Reader().read(from_text("قالت الوزيرة سلمى الراوي إن الجسر سيفتح غدا."))
    >>> [reading.content_of(s) for s in reading.statements]
    ['الجسر سيفتح غدا']
    """

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
        """
        parsed = Parsed(article)
        statements, sources = resolve(article, find_statements(article, parsed), parsed)
        return Reading(article, acts(article, statements), sources, EXTRACTOR)


def read(
    text: str | bytes, *, published: Moment | str | None = None, url: str = "", outlet: str = "", html: bool | None = None
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
