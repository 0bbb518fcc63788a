"""Words, numbers and punctuation with exact offsets; words with their clitics.

The split into proclitics, stem and enclitic follows the segmentation of the Penn Arabic Treebank
(Maamouri et al. 2004): conjunctions و ف, prepositions ب ل ك, future س and pronoun suffixes are clitics;
the article ال is split off, too, since names and gazetteers are compared without it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qawl.arabic.fold import fold
from qawl.model import Span

__all__ = ["Clitics", "Tokens", "Word", "as_tokens", "clitic_splits", "strip_article", "tokenize", "words"]

# Letters, digits and what is written inside words: marks, tatweel, zero-width and direction characters.
_IN_WORD = (
    r"\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_TOKEN = re.compile(
    rf"\d+(?:[.,٫٬/:]\d+)+%?"  # 3.5  1,200  4/11/2023  14:30: one token
    rf"|[{_IN_WORD}]+"
    r"|\.{2,}|[^\w\s]"
)


class Tokens:
    """The tokens of a stretch of text as parallel lists, which is what makes reading quick.

    Attributes
    ----------
    text : str
        The whole text.
    start, end : list of int
        Offsets of each token in `text`.
    form : list of str
        Each token folded; a token of marks alone has an empty form and is left out.
    """

    __slots__ = ("end", "form", "start", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        found = _TOKEN.findall(text, start, len(text) if end is None else end)
        begin: list[int] = []
        at = start
        for token in found:
            # Between tokens stands white space alone, so the next place of a token's characters is its own.
            at = text.find(token, at)
            begin.append(at)
            at += len(token)
        self.text = text
        self.start = begin
        self.end = [s + len(token) for s, token in zip(begin, found, strict=True)]
        self.form = list(map(_fold_token, found))
        if "" in self.form:
            self._drop_empty()

    def _drop_empty(self) -> None:
        """Leaves out the tokens of marks alone."""
        kept = [k for k, form in enumerate(self.form) if form]
        self.start = [self.start[k] for k in kept]
        self.end = [self.end[k] for k in kept]
        self.form = [self.form[k] for k in kept]

    def __len__(self) -> int:
        return len(self.form)

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` up to, not including, token `last`."""
        return Span(self.start[first], self.end[last - 1])

    def forms(self, start: int, end: int) -> list[str]:
        """The folded tokens of ``text[start:end]``, as `tokenize` gives them, from those that are known already."""
        if start >= end:
            return []
        first, last = bisect_left(self.start, start), bisect_right(self.end, end)
        if first and self.end[first - 1] > start:
            return Tokens(self.text, start, end).form  # what is left of a token may be read otherwise
        found = self.form[first:last]
        if last < len(self.start) and self.start[last] < end:
            found += Tokens(self.text, self.start[last], end).form
        return found


_fold_token = lru_cache(maxsize=65536)(fold)


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[start:end]``; offsets are those of `text`."""
    return Tokens(text, start, end)


def as_tokens(text: str | Tokens) -> Tokens:
    """The tokens of a text; tokens as they are."""
    return text if isinstance(text, Tokens) else Tokens(text)


@dataclass(frozen=True, slots=True)
class Clitics:
    """One way to split a word.

    Parameters
    ----------
    proclitics : tuple of str
        From the outside in: conjunction, preposition or future particle, article.
    stem : str
        What is left; at least two letters.
    enclitic : str
        Pronoun suffix; ``""`` if none.
    """

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text.

    Parameters
    ----------
    span : Span
        Where it stands.
    form : str
        Its folded form.
    """

    span: Span
    form: str

    @property
    def splits(self) -> tuple[Clitics, ...]:
        """All ways to split it into clitics and stem, the least split first."""
        return clitic_splits(self.form)


def words(text: str) -> Iterator[Word]:
    """The words and numbers of `text`, in order, without punctuation."""
    tokens = Tokens(text)
    for s, e, form in zip(tokens.start, tokens.end, tokens.form, strict=True):
        if form[0].isalnum():
            yield Word(Span(s, e), form)


_PROCLITICS: tuple[tuple[str, ...], ...] = tuple(
    tuple(p for p in (conj, prep, art) if p)
    for conj in ("", "و", "ف")
    for prep in ("", "ب", "ل", "ك", "س")
    for art in ("", "ال")
    if not (prep == "س" and art)
)
_ENCLITICS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "ي", "ني", "نا")


@lru_cache(maxsize=65536)
def clitic_splits(form: str) -> tuple[Clitics, ...]:
    """All ways to split a folded word into proclitics, stem and enclitic.

    Which one is right is for a lexicon to say: «وصل» may be و+صل or one word. «للوزير» is ل+ال+وزير.

    Parameters
    ----------
    form : str
        A folded word.

    Returns
    -------
    tuple of Clitics
        The least split first; the first is always the whole word.
    """
    out: list[Clitics] = []
    for pro in _PROCLITICS:
        head = "".join(pro)
        # The article loses its alef after the preposition ل: «للوزير».
        if len(pro) >= 2 and pro[-2:] == ("ل", "ال"):
            head = "".join(pro[:-2]) + "لل"
        if not form.startswith(head):
            continue
        rest = form[len(head) :]
        if len(rest) < 2:
            continue
        out.append(Clitics(pro, rest, ""))
        if pro and pro[-1] == "ال":
            continue  # the article and a pronoun suffix exclude each other
        ends = (e for e in _ENCLITICS if rest.endswith(e) and len(rest) - len(e) >= 2)
        out.extend(Clitics(pro, rest[: -len(e)], e) for e in ends)
    if not out:
        out.append(Clitics((), form, ""))
    out.sort(key=lambda c: (len(c.proclitics) + bool(c.enclitic), len(c.enclitic)))
    return tuple(out)


def strip_article(form: str) -> str:
    """A folded word without its article: «الوزير» → «وزير», «للوزير» → «وزير»; short words are kept whole."""
    if len(form) > 4 and form.startswith("ال"):
        return form[2:]
    if len(form) > 4 and form.startswith("لل"):
        return form[2:]
    return form
