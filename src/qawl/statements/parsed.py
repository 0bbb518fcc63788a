"""An article made ready for the grammar: its tokens, sentences and quotations, tied together by token index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from qawl.arabic.fold import fold
from qawl.arabic.quotes import quotations
from qawl.arabic.sentences import sentences
from qawl.arabic.tables import read_table
from qawl.arabic.words import Tokens
from qawl.model import Article

__all__ = [
    "Parsed",
    "Sentence",
    "Vectors",
    "function_words",
    "has_letters",
    "initials",
    "nouns",
    "rarely_definite",
    "verbs",
]

_LONGEST = 400  # tokens of a sentence; the longest in ten thousand articles of news has about 300
READ = frozenset({"headline", "subheading", "body", "caption"})


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The closed classes of ``function_words.tsv``, folded, by class."""
    return {row["class"]: frozenset(map(fold, row["words"].split())) for row in read_table("function_words")}


@cache
def nouns() -> dict[str, int]:
    """Common nouns and adjectives: folded words seen with and without the article, with their count without."""
    return {row["word"]: int(row["bare"]) for row in read_table("nouns")}


@cache
def rarely_definite() -> frozenset[str]:
    """Those of the nouns that seldom take the article: words that are often names («نجار»)."""
    rows = read_table("nouns")
    return frozenset(row["word"] for row in rows if int(row["definite"]) < _RARELY * int(row["bare"]))


_RARELY = 0.35


@cache
def initials() -> frozenset[str]:
    """Folded words whose first letter only looks like a clitic («بيان»)."""
    return frozenset(row["word"] for row in read_table("initials"))


@cache
def verbs() -> frozenset[str]:
    """Folded finite verb forms, third person."""
    return frozenset(row["word"] for row in read_table("verbs"))


def has_letters(form: str) -> bool:
    """Whether a token is a word or a number, not punctuation."""
    return form[0].isalnum()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as token indices ``[first, last)``.

    Parameters
    ----------
    first, last : int
        Token indices.
    kind : str
        Kind of the block it stands in.
    opens : bool
        Whether it is the first of its block.
    """

    first: int
    last: int
    kind: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of tokens: out of context and in it.

    Parameters
    ----------
    alone, within : array, shape (tokens, width)
        Zeros for tokens of blocks that are not read.
    """

    alone: NDArray[np.float32]
    within: NDArray[np.float32]


class Parsed:
    """An article's tokens, sentences and quotations.

    Attributes
    ----------
    text : str
        The article's text.
    tok : Tokens
        The tokens of the whole text.
    sentences : list of Sentence
        Those of the blocks that are read.
    starts : list of int
        The first token of each.
    quotes : list of Quotation
        The quotation pairs.
    opens, closes : dict of int to int
        Token index of an opening (closing) mark → index in `quotes`. Closed quotations only.
    inside : list of int
        For each token the index of the innermost closed quotation that it stands in, or -1.
    vectors : Vectors or None
        What the learned extractor made of the tokens, once it has read them.
    """

    __slots__ = ("closes", "inside", "opens", "quotes", "sentences", "starts", "text", "tok", "vectors")

    def __init__(self, article: Article) -> None:
        self.vectors: Vectors | None = None
        self.text = article.text
        self.tok = Tokens(article.text)
        self.quotes = quotations(article.text)
        self.opens: dict[int, int] = {}
        self.closes: dict[int, int] = {}
        self.inside = [-1] * len(self.tok)
        start = self.tok.start
        for n, q in enumerate(self.quotes):
            if not q.closed:
                continue
            first, last = bisect_left(start, q.span.start), bisect_left(start, q.inner.end)
            if first < len(start) and last < len(start):
                self.opens[first] = n
                self.closes[last] = n
                # Quotations come outermost first, so the innermost is written last.
                begin = bisect_left(start, q.inner.start)
                self.inside[begin:last] = [n] * (last - begin)
        self.sentences: list[Sentence] = []
        begins = [q.span.start for q in self.quotes]
        for block in article.blocks:
            if block.kind not in READ:
                continue
            b = block.span
            near = self.quotes[bisect_left(begins, b.start) : bisect_left(begins, b.end)]
            inner = [q for q in near if q.span.end <= b.end]
            for i, s in enumerate(sentences(article.text, b.start, b.end, inner)):
                first, last = bisect_left(start, s.start), bisect_left(start, s.end)
                # A sentence without end (a page without full stops, a hostile one) is read in pieces, so that
                # the time a text takes grows with its length and no faster.
                for piece in range(first, last, _LONGEST):
                    stop = min(last, piece + _LONGEST)
                    self.sentences.append(Sentence(piece, stop, block.kind, i == 0 and piece == first))
        self.starts = [s.first for s in self.sentences]

    def at(self, offset: int) -> int:
        """The first token that starts at `offset` of the text or after it."""
        return bisect_left(self.tok.start, offset)

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence that holds `token`."""
        n = bisect_right(self.starts, token) - 1
        return self.sentences[n].first if n >= 0 else token

    def sentence_of(self, token: int) -> Sentence | None:
        """The sentence that holds a token; None if it stands in no block that is read."""
        n = bisect_right(self.starts, token) - 1
        return self.sentences[n] if n >= 0 and token < self.sentences[n].last else None

    def length(self, quote: int) -> int:
        """Number of tokens in a quotation."""
        q = self.quotes[quote]
        return bisect_left(self.tok.start, q.inner.end) - bisect_left(self.tok.start, q.inner.start)

    def group_end(self, k: int, stop: int, *, quoted: int, bracketed: int) -> int:
        """The token after a quotation or bracket of at most so many tokens that opens at `k`; `k` if there is none."""
        if k in self.opens and self.length(self.opens[k]) <= quoted:
            return self.close_of(self.opens[k]) + 1
        if self.tok.form[k] in "([":
            for m in range(k + 1, min(k + bracketed, stop)):
                if self.tok.form[m] in ")]":
                    return m + 1
        return k

    def close_of(self, quote: int) -> int:
        """Token index of a quotation's closing mark."""
        return bisect_left(self.tok.start, self.quotes[quote].inner.end)
