"""The query language of the record.

A query is words, all of which must be there. Beside plain words it knows

* phrases: ``"…"``, «…», “…”;
* ``مفاوض*``: every word whose key starts so (two letters at least; in a phrase only its last word);
* ``OR``, ``أو``, ``|``: either side; words that stand together bind closer: ``a b OR c`` is ``(a b) OR c``;
* ``NOT a``, ``-a``, ``-"…"``, ``-(…)``: not there; parentheses group, one in another.

Operators in Latin letters are upper case. «أو» is one only between two operands, at either end of a group it is left
out. «بدون» and «ليس» are none, since news says «بدون شروط». Function words («في», «من») are left out where other words
are asked for, except in phrases and after NOT. Unclosed quotes and parentheses are closed, stray ones left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from qawl.model import InputError
from qawl.record.match import And, Node, Or, Phrase, Query, fts5, highlights, tsquery
from qawl.record.terms import is_function_word, prefixes, query_keys, split_words

__all__ = ["Query", "fts5", "highlights", "parse", "tsquery"]

_MAX_LENGTH = 1000  # characters
_MAX_WORDS = 64
_MAX_DEPTH = 20
_MAX_WORDINGS = 32  # of one phrase whose words have several keys

_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00]")
_TOKEN = re.compile(
    r"[«‹](?P<angled>[^»›]*)[»›]?|[\"“”„‟＂](?P<quoted>[^\"“”„‟＂]*)[\"“”„‟＂]?"
    r"|(?P<open>\()|(?P<close>\))|(?P<or>\|+)"
    r"|(?<![^\s(|])(?P<not>[-−])(?=[^\s|)])"
    r"|(?P<chunk>[^\s()|«»‹›\"“”„‟＂]+)"
)

_SERVANT = re.compile("(?<![^ ])([وبلكف]?عبد) ?(ال[^ ]{3,})")

# A token: what it is ("(", ")", "or", "not", "word" or "phrase"), and for the last two the words and whether * follows.
_Token = tuple[str, tuple[str, ...], bool]
# What a part of the query asks for; False where it asks that it not be there.
_Signed = tuple[bool, Node]


def parse(text: str) -> Query:
    """A query from what a user wrote.

    Parameters
    ----------
    text : str
        Anything; see the module for the language.

    Returns
    -------
    Query
        For `fts5`, `tsquery` and `highlights`.

    Raises
    ------
    InputError
        If the query is too long, has too many words or parentheses in one another, no words at all, or only words
        that are not to be there.
    """
    if len(text) > _MAX_LENGTH:
        raise InputError(f"the query is over {_MAX_LENGTH} characters: shorten it")
    tokens = list(_with_names(list(_tokens(_DIRECTION_MARKS.sub("", text)))))
    if sum(len(token[1]) for token in tokens) > _MAX_WORDS:
        raise InputError(f"the query has over {_MAX_WORDS} words: leave some out")
    root = _Parser(_without_function_words(tokens)).parse()
    if root is None:
        raise InputError("the query has no words: write at least one")
    wanted, node = root
    if not wanted:
        raise InputError("the query only says what is not to be found: add a word that is")
    return Query(text, node)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind in ("angled", "quoted"):
            yield from _words("phrase", match[kind])
        elif kind == "chunk":
            yield from _chunk(match[kind])
        else:
            yield {"open": "(", "close": ")"}.get(kind, kind), (), False


def _chunk(chunk: str) -> Iterator[_Token]:
    """An operator in letters, or what stands between spaces: one word, or a phrase of several («نعم/لا»)."""
    if chunk in ("OR", "أو", "او"):
        yield "or", (), False
    elif chunk == "NOT":
        yield "not", (), False
    elif chunk != "AND":
        yield from _words("word", chunk)


def _words(kind: str, text: str) -> Iterator[_Token]:
    words = tuple(split_words(text))
    if words:
        yield (kind if len(words) == 1 else "phrase"), words, text.rstrip().endswith("*")


def _with_names(tokens: list[_Token]) -> Iterator[_Token]:
    """The tokens with «عبد» and the word after it as one phrase."""
    after = False
    for i, (kind, words, star) in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ("", (), False)
        name = kind == following[0] == "word" and not star and _SERVANT.fullmatch(f"{words[0]} {following[1][0]}")
        if name and not after:
            yield "phrase", (*words, *following[1]), following[2]
        elif not after:
            yield kind, words, star
        after = bool(name) and not after


def _without_function_words(tokens: list[_Token]) -> list[_Token]:
    """The tokens without plain function words, if others are wanted."""
    plain = [
        kind == "word" and not star and (i == 0 or tokens[i - 1][0] != "not") and is_function_word(words[0])
        for i, (kind, words, star) in enumerate(tokens)
    ]
    content = any(
        words and not drop and (i == 0 or tokens[i - 1][0] != "not")
        for i, ((_, words, _), drop) in enumerate(zip(tokens, plain, strict=True))
    )
    return [token for token, drop in zip(tokens, plain, strict=True) if not (drop and content)]


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def parse(self) -> _Signed | None:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._either(0))
            self._at += 1  # past a stray closing parenthesis
        return _all(parts)

    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ")"

    def _either(self, depth: int) -> _Signed | None:
        if depth > _MAX_DEPTH:
            raise InputError(f"the query has over {_MAX_DEPTH} parentheses in one another: take some out")
        parts = [self._all(depth)]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._all(depth))
        return _any(parts)

    def _all(self, depth: int) -> _Signed | None:
        parts = []
        while self._kind() not in (")", "or"):
            parts.append(self._one(depth))
        return _all(parts)

    def _one(self, depth: int) -> _Signed | None:
        wanted = True
        while self._kind() == "not":
            wanted = not wanted
            self._at += 1
        kind = self._kind()
        if kind in (")", "or"):
            return None
        _, words, star = self._tokens[self._at]
        self._at += 1
        if kind != "(":
            return wanted, _leaf(words, star)
        inner = self._either(depth + 1)
        self._at += 1  # the closing parenthesis, if it is there
        return inner and (inner[0] == wanted, inner[1])


def _all(parts: list[_Signed | None]) -> _Signed | None:
    """The parts joined by AND. Without a wanted part: not any of them."""
    wanted = [part[1] for part in parts if part and part[0]]
    but = [part[1] for part in parts if part and not part[0]]
    if not wanted:
        return (False, _or(but)) if but else None
    if len(wanted) == 1 and not but:
        return True, wanted[0]
    return True, And(tuple(wanted), tuple(but))


def _any(parts: list[_Signed | None]) -> _Signed | None:
    """The parts joined by OR. With an unwanted part: not (all the unwanted without any of the wanted)."""
    wanted = [part[1] for part in parts if part and part[0]]
    but = [part[1] for part in parts if part and not part[0]]
    if not but:
        return (True, _or(wanted)) if wanted else None
    if len(but) == 1 and not wanted:
        return False, but[0]
    return False, And(tuple(but), tuple(wanted))


def _or(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _leaf(words: tuple[str, ...], star: bool) -> Node:
    """A word or phrase with the keys that its words may have."""
    spellings = [[query_keys(word) for word in spelling] for spelling in (words, *_other_spellings(words))]
    exact = Phrase(tuple(dict.fromkeys(keys for options in spellings for keys in _wordings(options))))
    starts = prefixes(words[-1]) if star else ()
    if not starts:
        return exact
    return Or((Phrase(_wordings([*spellings[0][:-1], starts]), prefix=True), exact))


def _other_spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words with names of the kind «عبد الرحمن» written as two words, and as one."""
    text = " ".join(words)
    for spelling in (_SERVANT.sub(r"\1 \2", text), _SERVANT.sub(r"\1\2", text)):
        if spelling != text:
            yield tuple(spelling.split())


def _wordings(options: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The sequences of keys, at most `_MAX_WORDINGS`: the longest lists of options are cut first."""
    size = max(len(keys) for keys in options)
    while size > 1 and _product([min(len(keys), size) for keys in options]) > _MAX_WORDINGS:
        size -= 1
    return tuple(islice(product(*(keys[:size] for keys in options)), _MAX_WORDINGS))


def _product(sizes: list[int]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total
