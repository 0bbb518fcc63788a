"""People and bodies that an article names, whether or not they speak."""

from __future__ import annotations

import re

from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import Tokens
from qawl.model import Article, Span
from qawl.sources.mentions import Mention, parse_mention
from qawl.statements.mentions import classes, is_name

__all__ = ["apposition", "name_inventory", "subject_before"]

_APPOSITION = re.compile(r"\s*[،,\-–]\s*")


def name_inventory(article: Article) -> list[Mention]:
    """The named people of an article, from «title + name» and from runs of known given names.

    Returns
    -------
    list of Mention
        In the order of the text. Only mentions with a personal name of at least two words, or with a title
        right before a name: these are what later, shorter mentions refer to.
    """
    text = article.text
    tok = Tokens(text)
    form = tok.form
    out: list[Mention] = []
    k = 0
    while k < len(form):
        known = classes(form[k]) if form[k][0].isalpha() else frozenset()
        if not known & {"given_m", "given_f"}:
            k += 1
            continue
        end = _run(tok, k)
        if end - k < 2:
            k += 1
            continue
        start = _title_before(tok, k)
        m = parse_mention(text, Span(tok.start[start], tok.end[end - 1]))
        if m.kind == "person" and len(m.name_words) >= 2:
            m.order = len(out)
            out.append(m)
        k = end
    return out


def _run(tok: Tokens, k: int) -> int:
    """The end of a run of name words that starts at `k`, within one line."""
    form = tok.form
    first = k
    k += 1
    while k < len(form) and k - first < 6 and tok.text.find("\n", tok.end[k - 1], tok.start[k]) < 0:
        f = form[k]
        if f in ("بن", "ابن", "ابو", "ال", "عبد", "بنت", "دي", "فان") or is_name(f):
            k += 1
        elif f.startswith("ال") and len(f) > 4 and not classes(f) and _rare(f):
            k += 1
        else:
            break
    return k


def _rare(form: str) -> bool:
    from qawl.statements.parsed import nouns

    return form not in nouns() and form[2:] not in nouns()


def _title_before(tok: Tokens, k: int) -> int:
    """Where the title right before a name begins: up to eight words back, within the phrase."""
    best = k
    j = k - 1
    while j >= 0 and k - j <= 8:
        f = tok.form[j]
        if not f[0].isalpha() or "\n" in tok.text[tok.end[j] : tok.start[j + 1]]:
            break
        known = classes(f)
        if "title" in known and not f.startswith(("ب", "ل", "ك")):
            best = j
        elif "source:unnamed" in known:
            break
        j -= 1
    return best


def apposition(text: str, span: Span) -> Mention | None:
    """The name that follows a title after a comma or dash: «وزير الدفاع النوري، سالم الراوي، إن …»."""
    m = _APPOSITION.match(text, span.end)
    if m is None or m.end() >= len(text):
        return None
    tok = Tokens(text, m.end(), min(len(text), m.end() + 80))
    if not len(tok) or not is_name(tok.form[0]):
        return None
    end = _run(tok, 0)
    if end < len(tok) and tok.form[end] not in "،,-–()" and end < 2:
        return None
    named = parse_mention(text, tok.span(0, end))
    return named if named.kind == "person" and named.name else None


def subject_before(text: str, start: int, at: int) -> Mention | None:
    """The likely subject of the clause that leads to offset `at`: the first person or body named in it."""
    tok = Tokens(text, max(0, start), at)
    form = tok.form
    for k in range(min(len(form), 25)):
        f = form[k]
        if not f[0].isalpha():
            continue
        known = classes(f)
        if not (known & {"title", "given_m", "given_f"}) and gazetteer().longest_body(form, k) is None:
            continue
        if f.startswith(("ب", "ل", "ك")) and "given_m" not in known:
            continue
        end = k + 1
        while end < len(form) and form[end][0].isalnum() and end - k < 8 and not _breaks(form[end]):
            end += 1
        m = parse_mention(text, tok.span(k, end))
        if m.name or m.definite:
            return m
    return None


def _breaks(form: str) -> bool:
    from qawl.statements.parsed import function_words

    words = function_words()
    return form in words["stop"] or form in words["adverb"] or form in words["rel"] or form in words["comp"]
