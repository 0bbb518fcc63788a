"""JSON, JSON Lines and the standoff format: one object is one article, and its text is kept as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qawl.arabic.fold import fold
from qawl.model import Article, InputError, Moment
from qawl.pages.blocks import MAX_TEXT, Given, block_article, check_length, check_text
from qawl.pages.names import key, outlet_of
from qawl.pages.plain import clean
from qawl.pages.stamps import moment_in_url, to_moment

__all__ = ["from_record"]

_BODIES = ("body", "content", "articleBody", "article_body", "maintext")
_TITLES = ("title", "headline")
_LONGEST_HEADLINE = 300
_KINDS: dict[type, str] = {
    dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number",
    type(None): "null",
}  # fmt: skip


def from_record(obj: Mapping[str, object], *, where: str = "") -> Article:
    """The article of a JSON object.

    ``text`` is kept verbatim, for offsets that others hold must stay true: furniture, captions and the dateline
    are marked as blocks and nothing is dropped. (The one exception: an unpaired surrogate, which is no character,
    becomes U+FFFD; offsets stay true.) So control characters stay, too, even a NUL, which in a text of its own
    means that it is no text (`plain.from_text`). Its first line is the headline, as in the standoff format, with two
    exceptions: the text is a single line, or ``title`` is given and the first line is a long paragraph that does
    not resemble it. Then no block is the headline.

    An object without ``text`` may have ``title`` and ``body`` (or ``content``, ``articleBody``): the text is
    then the title, a line feed, and the body. One that has only ``html`` is read as a page.

    Parameters
    ----------
    obj : mapping
        May have ``doc``, ``url``, ``title``, ``published``, ``modified``, ``outlet``, ``section``, ``agency``
        and ``authors`` (a string, or a list of strings or of ``{"name": …}``); null counts as absent, and other
        keys are ignored.
    where : str
        The input's name, for messages (``file.jsonl:12``).

    Returns
    -------
    Article
        What the object leaves out is filled from the text's own furniture and dateline, and the outlet from
        the URL.

    Raises
    ------
    InputError
        If there is no text, a field has the wrong type, or ``published`` is no time; `TooLargeError` and
        `NotArabicError` as `blocks.check_text` says.
    """
    if not isinstance(obj, Mapping):
        raise InputError(f'a JSON object was expected, with the article under "text"; this is {_kind(obj)}', where)
    given = _given(obj, where)
    if obj.get("text") is None and not _first(obj, _BODIES, where) and obj.get("html") is not None:
        return _from_html(obj, given, where)
    text, headline = _text(obj, where)
    check_length(text, MAX_TEXT, where)
    text = clean(text)
    if not text.strip():
        raise InputError('"text" is empty: give the article\'s text there', where)
    check_text(text, where)
    return block_article(text, given, headline=headline)


def _kind(value: object) -> str:
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _string(obj: Mapping[str, object], name: str, where: str) -> str:
    value = obj.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InputError(f'"{name}" must be a string; it is {_kind(value)}', where)
    return clean(str(value))


def _first(obj: Mapping[str, object], names: Iterable[str], where: str) -> str:
    return next((s for name in names if (s := _string(obj, name, where))), "")


def _text(obj: Mapping[str, object], where: str) -> tuple[str, bool]:
    """The text, and whether its first line is the headline."""
    title = " ".join(_first(obj, _TITLES, where).split())
    if obj.get("text") is not None and not (obj["text"] == "" and _first(obj, _BODIES, where)):
        text = obj["text"]
        if not isinstance(text, str):
            raise InputError(f'"text" must be a string; it is {_kind(text)}', where)
        return text, _opens_with_headline(text, title)
    body = _first(obj, _BODIES, where)
    if not body.strip():
        raise InputError(
            'the object has no "text": give the article\'s text there, its headline as the first line', where
        )
    return f"{title}\n{body}", True


def _opens_with_headline(text: str, title: str) -> bool:
    first, line_feed, rest = text.partition("\n")
    if not line_feed or not rest.strip():
        return False
    if not title or (len(first) <= _LONGEST_HEADLINE and not first.rstrip().endswith(".")):
        return True
    ours, theirs = set(key(first).split()), set(key(title).split())
    return len(ours & theirs) * 2 >= len(ours | theirs) or fold(first).strip() == fold(title)


def _given(obj: Mapping[str, object], where: str) -> Given:
    url = _string(obj, "url", where)
    return Given(
        doc=_string(obj, "doc", where),
        url=url,
        outlet=_string(obj, "outlet", where) or outlet_of(url),
        section=_string(obj, "section", where),
        agency=_string(obj, "agency", where),
        authors=_authors(obj.get("authors") if obj.get("authors") is not None else obj.get("author")),
        published=_moment(obj, "published", where) or moment_in_url(url),
        modified=_moment(obj, "modified", where),
    )


def _moment(obj: Mapping[str, object], name: str, where: str) -> Moment | None:
    value = _string(obj, name, where)
    if not value.strip():
        return None
    moment = to_moment(value)
    if moment is None:
        raise InputError(
            f'"{name}" is not a time: {value[:40]!r}; write it as 2024-03-05 or 2024-03-05T09:30+03:00', where
        )
    return moment


def _authors(value: object) -> tuple[str, ...]:
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, Mapping) else item
        if isinstance(name, str) and name.strip():
            found.append(" ".join(clean(name).split()))
    return tuple(dict.fromkeys(found))


def _from_html(obj: Mapping[str, object], given: Given, where: str) -> Article:
    from qawl.pages.html import read_page

    html = obj["html"]
    if not isinstance(html, str):
        raise InputError(f'"html" must be a string; it is {_kind(html)}', where)
    title = _first(obj, _TITLES, where)
    return read_page(html, replace(given), title=title, where=where)
