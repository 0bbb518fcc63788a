"""Reading: the rooms in the order of the data, from an article to all that is found in it."""

from __future__ import annotations

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
        Plain text (the first line is the headline if it looks like one) or a page's HTML.
    published : Moment or str, optional
        When it was published, ISO 8601; what the page itself says counts first.
    url, outlet : str
        Where it comes from.
    html : bool, optional
        Whether `text` is HTML; by default this is seen from how it begins.

    Returns
    -------
    Reading
        The article with all that was found in it.

    Raises
    ------
    InputError
        If there is nothing to read: no text, no Arabic in it, or a binary file.
    """
    from qawl import pages

    if isinstance(text, bytes):
        kind = pages.sniff(text, "")
        if html or (html is None and kind == "html"):
            return Reader().read(pages.from_html(text, url=url, published=published))
        text = pages.decode(text)
    if not isinstance(text, str):
        raise InputError(f"text or HTML is read, not {type(text).__name__}")
    if html is None:
        html = text.lstrip("\ufeff \t\r\n")[:1] == "<"
    if html:
        return Reader().read(pages.from_html(text, url=url, published=published))
    return Reader().read(pages.from_text(text, url=url, outlet=outlet, published=published))
