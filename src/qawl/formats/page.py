"""The page: one self-contained HTML file with all articles, their statements marked and a card for each."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from importlib.resources import files
from typing import TextIO

from qawl.formats.cards import Cards, about, kicker
from qawl.formats.labels import Lang, Numerals, day, label, plain
from qawl.formats.marks import Marker
from qawl.formats.markup import Look, bdi, escape, language, looks
from qawl.model import DataError, Reading

__all__ = ["HtmlWriter"]

_IN_MEMORY = 4_000_000
"""Characters of articles that are kept in memory before they go to a temporary file."""
_LIT = 150
"""Statements of an article whose marks and cards light each other up: a few style rules for each."""
# Should an escape ever be missed, the page still loads and runs nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    try:
        return (files("qawl") / "formats" / "page.css").read_text("utf-8")
    except OSError as e:
        raise DataError(f"page.css cannot be read: {e}") from e


def _lights(count: int) -> str:
    """Rules that light the marks of the card that is pointed at, and the other way round."""
    rules = []
    for n in range(1, min(count, _LIT) + 1):
        marks = f".r:has(.c{n}:hover) .m{n},.r:has(.c{n}:target) .m{n},.r:has(.m{n}:target) .m{n}"
        cards = f".r:has(.m{n}:hover) .c{n},.r:has(.m{n}:target) .c{n}"
        rules.append(f"{marks}{{--tint:var(--lit)}}{cards}{{--edge:var(--hue)}}")
    return "\n".join(rules)


class HtmlWriter:
    """One page: a table of contents, then each article with its statements.

    Parameters
    ----------
    out : TextIO
        Where to; all of the page is written on `close`.
    lang : {"en", "ar"}
        Of the labels. The page itself is Arabic and runs from right to left.
    numerals : {"latin", "arabic"}
        Of the numbers that the page adds.

    Notes
    -----
    The page asks for nothing from outside and needs no script. It holds no time and no machine's name: the
    same readings give the same page.
    """

    def __init__(self, out: TextIO, lang: Lang = "en", numerals: Numerals = "latin") -> None:
        self._out = out
        self._look = Look(lang, numerals)
        self._articles = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed in `close`
            max_size=_IN_MEMORY, mode="w+", encoding="utf-8", newline=""
        )
        self._contents: list[str] = []
        self._statements = 0
        self._highest = 0
        self._title = ""

    def write(self, reading: Reading) -> None:
        """Add one article to the page."""
        anchor = f"a{len(self._contents) + 1}"
        self._articles.write(self._article(reading, anchor))
        self._contents.append(self._entry(reading, anchor))
        self._statements += len(reading.statements)
        self._highest = max([self._highest, *(s.id for s in reading.statements)])
        self._title = plain(reading.article.title)

    def close(self) -> None:
        """Write the page."""
        if self._articles.closed:
            return
        with self._articles as articles:
            self._out.write(self._top())
            articles.seek(0)
            shutil.copyfileobj(articles, self._out)
            self._out.write("</main>\n</body>\n</html>\n")

    def _top(self) -> str:
        look = self._look
        name = label("page", "title", look.lang)
        title = self._title if len(self._contents) == 1 and self._title else name
        return (
            '<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="Qawl">\n'
            f"<title>{escape(title)}</title>\n<style>\n{_style()}{_lights(self._highest)}\n</style>\n</head>\n"
            '<body id="top">\n<header class="mast">'
            f'<p class="brand">قول <span lang="en" dir="ltr">Qawl</span></p><h1>{look.label("page", "title")}</h1>'
            f"<p>{look.label('page', 'subtitle')}</p></header>\n{self._toc()}<main>\n"
        )

    def _toc(self) -> str:
        look = self._look
        if not self._contents:
            return f'<p class="none">{look.label("page", "empty")}</p>\n'
        if len(self._contents) == 1:
            return ""
        return (
            f'<nav class="toc" aria-label="{look.words("page", "contents")}"><h2>{look.label("page", "contents")} '
            f"<small>{self._count(len(self._contents), 'articles')} <i>·</i> "
            f"{self._count(self._statements, 'statements')}</small></h2>\n<ol>\n"
            + "\n".join(self._contents)
            + "\n</ol></nav>\n"
        )

    def _count(self, value: int, what: str) -> str:
        return f"<span>{self._look.phrase('page', what, f': <bdi>{self._look.number(value)}</bdi>')}</span>"

    def _headline(self, reading: Reading) -> str:
        name = plain(reading.article.title) or plain(reading.article.doc)
        return bdi(name) if name else self._look.label("page", "untitled")

    def _entry(self, reading: Reading, anchor: str) -> str:
        a = reading.article
        when = escape(day(a.published or a.reference, self._look.lang, self._look.numerals))
        facts = [bdi(a.outlet) if plain(a.outlet) else "", f"<bdi>{when}</bdi>" if when else ""]
        facts.append(self._count(len(reading.statements), "statements"))
        small = " <i>·</i> ".join(f for f in facts if f)
        return f'<li><a href="#{anchor}">{self._headline(reading)}</a> <small>{small}</small></li>'

    def _article(self, reading: Reading, anchor: str) -> str:
        look, a = self._look, reading.article
        classes = looks(reading)
        head, *rest = Marker(reading, anchor, classes, look).lines()
        cards = Cards(reading, anchor, classes, look)
        # The line feeds between paragraphs are the article's own.
        body = "".join(f"\n<p>{line}</p>" for line in rest)
        title = f"<h2>{head}</h2>" if head.strip() else f'<h2 class="no">{head}</h2>'
        heading = "" if head.strip() else f'<p class="none">{self._headline(reading)}</p>'
        aside = f'<p class="none">{look.label("page", "none")}</p>\n'
        if reading.statements:
            aside = (
                f'<aside class="side" aria-label="{look.words("page", "statements")}"><h3>'
                f"{self._count(len(reading.statements), 'statements')}</h3>"
                f'<ol class="cards" tabindex="0">\n{cards.cards()}\n</ol></aside>\n'
            )
        return (
            f'<article class="r" id="{anchor}">\n<header>{kicker(a)}{heading}'
            f'<div class="t" lang="{language(a.language)}">{title}</div>\n{about(a, look)}</header>\n'
            f'<div class="t body" lang="{language(a.language)}">{body}</div>\n{aside}'
            f'{cards.sources()}{cards.events()}<p class="end"><span class="by">{bdi(reading.extractor)}</span> '
            f'<a href="#top">{look.label("page", "top")}</a></p>\n</article>\n'
        )
