"""The query language: what a query asks for, in SQLite and in the highlights of a text."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.model import InputError, Span
from qawl.record.match import And, Node, Or, Phrase, Query
from qawl.record.query import fts5, highlights, parse, tsquery
from qawl.record.terms import term_keys

TEXT = "دعا المجلس لوقف إطلاق النار في أرجانة، وقال رئيس الوفد عبد الرحمن الحاتمي إن المفاوضات ستبدأ بعد 1,200 يوم"


@pytest.fixture(scope="module")
def search() -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(keys, tokenize='ascii')")
    yield database
    database.close()


def rows(database: sqlite3.Connection, expression: str, texts: list[str]) -> list[bool]:
    """Which of the texts the expression finds."""
    database.execute("DELETE FROM texts")
    entries = [(i, " ".join(term_keys(text))) for i, text in enumerate(texts)]
    database.executemany("INSERT INTO texts(rowid, keys) VALUES (?, ?)", entries)
    found = {i for (i,) in database.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (expression,))}
    return [i in found for i in range(len(texts))]


@pytest.mark.parametrize(
    "query",
    [
        "وقف اطلاق النار",
        '"وقف إطلاق النار"',
        "«وقف إطلاق النار»",
        "“وقف إطلاق النار”",
        '"وقف اطلاق',
        "(المجلس",
        "المجلس)",
        "مجلس | حكومة",
        "مجلس أو حكومة",
        "مجلس OR حكومة",
        "(حكومة أو مجلس) نار",
        "حكومة أو مجلس نار",
        "مجلس -حكومة",
        "مجلس NOT حكومة",
        'مجلس -"النار إطلاق"',
        "مجلس -(حكومة | برلمان)",
        "-(-مجلس)",
        "-(-مجلس | حكومة)",
        "مفاوض*",
        "المفاوض*",
        "المفاوضات*",
        '"رئيس الوف*"',
        "«إطلاق النا*»",
        "مجلس في",
        "في",
        "أو مجلس",
        "مجلس أو",
        "مجلس AND نار",
        "عبدالرحمن الحاتمي",
        "عبد الرحمن",
        '"الوفد عبدالرحمن الحاتمي"',
        "1200",
        "١٢٠٠ يوما",
        "مجلس * نار",
        "مجلس ، نار!",
        "مجلس - نار",
    ],
)
def test_the_query_finds_the_text(search: sqlite3.Connection, query: str) -> None:
    parsed = parse(query)
    assert rows(search, fts5(parsed), [TEXT]) == [True]
    assert highlights(parsed, TEXT)


@pytest.mark.parametrize(
    "query",
    [
        "مجلس حكومة",
        '"إطلاق وقف"',
        '"وقف النار"',
        "مجلس -نار",
        "مجلس NOT نار",
        'مجلس -"وقف إطلاق النار"',
        "مجلس -(حكومة | نار)",
        "حكومة | برلمان",
        "(حكومة أو برلمان) مجلس",
        "مجلس بدون نارد",
        "مفاوضين*",
        '"المفاوضات* المجلس"',
        "-(-(-نار)) مجلس",
        "«عبد الحاتمي»",
        "200",
    ],
)
def test_the_query_does_not_find_the_text(search: sqlite3.Connection, query: str) -> None:
    assert rows(search, fts5(parse(query)), [TEXT]) == [False]


@pytest.mark.parametrize("query", ["", "  ", "«»", '""', "*", "OR", "أو", "()", "!؟", "NOT", "-", "(((", "\x00"])
def test_a_query_without_words_is_refused(query: str) -> None:
    with pytest.raises(InputError, match="no words"):
        parse(query)


@pytest.mark.parametrize("query", ["-نار", "NOT نار", "-(نار مجلس)", "نار OR -مجلس", "-نار -مجلس", "-في"])
def test_a_query_for_what_is_not_there_is_refused(query: str) -> None:
    with pytest.raises(InputError, match="not to be found"):
        parse(query)


def test_long_and_deep_queries_are_refused() -> None:
    with pytest.raises(InputError, match="1000 characters"):
        parse("ن" * 1001)
    with pytest.raises(InputError, match="64 words"):
        parse("نار " * 65)
    with pytest.raises(InputError, match="20 parentheses"):
        parse("(" * 21 + "نار")
    assert parse("نار " * 64)
    assert parse("(" * 20 + "نار")


def test_and_binds_closer_than_or() -> None:
    root = parse("نار مجلس | حكومة").root
    assert isinstance(root, Or)
    assert isinstance(root.parts[0], And)


def test_function_words_count_in_phrases_only(search: sqlite3.Connection) -> None:
    texts = ["اجتماع في المجلس", "اجتماع المجلس", "اجتماع وفي المجلس"]
    assert rows(search, fts5(parse("اجتماع في المجلس")), texts) == [True, True, True]
    assert rows(search, fts5(parse('"اجتماع في المجلس"')), texts) == [True, False, True]


def test_hostile_marks_never_reach_the_databases() -> None:
    query = parse("usa'); DROP TABLE x;-- \\\"eu' un\\\" col:un ^un NEAR(un) {un}")
    keys = {key for wording in _wordings(query.root) for key in wording}
    assert keys == {"usa", "drop", "table", "x", "eu", "un", "col", "near"}
    assert "\\" not in tsquery(query)
    assert ";" not in fts5(query)


def test_a_tsquery_is_written_with_its_own_operators() -> None:
    assert tsquery(parse("usa")) == "'usa'"
    assert tsquery(parse('"usa eu" -un')) == "(('usa' <-> 'eu') & !'un')"
    assert tsquery(parse("usa | eu")) == "('usa' | 'eu')"
    assert tsquery(parse("us*")) == "('us':* | 'us')"


def test_highlights_are_words_as_written_and_phrases_as_one() -> None:
    def shown(query: str) -> list[str]:
        return [span.of(TEXT) for span in highlights(parse(query), TEXT)]

    assert shown("وقف نار") == ["لوقف", "النار"]
    assert shown('"وقف اطلاق" نار') == ["لوقف إطلاق", "النار"]
    assert shown('"وقف إطلاق" "إطلاق النار"') == ["لوقف إطلاق النار"]
    assert shown('نار "إطلاق النار"') == ["إطلاق النار"]
    assert shown("نار -مجلس") == ["النار"]
    assert shown("نار -(-مجلس)") == ["المجلس", "النار"]
    assert shown("مفاوض* بدأ") == ["المفاوضات", "ستبدأ"]
    assert shown("عبدالرحمن") == ["عبد الرحمن"]
    assert shown("برلمان | 1200") == ["1,200"]
    assert highlights(parse("برلمان"), TEXT) == []


def test_highlights_keep_vowel_marks_with_their_word() -> None:
    text = "قَالَ الوَزِيرُ: نعمْ"
    assert highlights(parse("وزير"), text) == [Span(6, 15)]


WORDS = ["مجلس", "الوزراء", "usa", "وقف", "إطلاق", "كتب", "يقول", "في", "3.5", "عبد", "الرحمن", "مفاوض*", "دروغينا"]
SIGNS = ["(", ")", '"', "«", "»", "|", " OR ", " أو ", " NOT ", " -", "*", "-(", ' -"', " "]


@settings(deadline=None)  # the first word reads the vocabulary
@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_is_a_query_or_is_refused(search: sqlite3.Connection, text: str) -> None:
    try:
        query = parse(text)
    except InputError:
        return
    rows(search, fts5(query), [TEXT])
    assert tsquery(query)
    last = 0
    for span in highlights(query, TEXT):
        assert last <= span.start < span.end <= len(TEXT)
        last = span.end


NODES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["usa", "eu", '"usa eu"', "un", "u*", "كتب", "كتاب"]),
    lambda inner: st.tuples(inner, st.sampled_from([" ", " | ", " -", " OR -"]), inner).map(
        lambda t: f"({''.join(t)})"
    ),
    max_leaves=20,
)


@settings(deadline=None)  # the first word reads the vocabulary
@given(NODES, st.lists(st.lists(st.sampled_from(["usa", "eu", "un", "كتب", "الكتاب", "x"]), max_size=5), max_size=6))
def test_sqlite_finds_what_the_query_means(search: sqlite3.Connection, text: str, contents: list[list[str]]) -> None:
    texts = [" ".join(words) for words in contents]
    try:
        query = parse(text)
    except InputError:
        return
    assert rows(search, fts5(query), texts) == [_means(query.root, term_keys(words)) for words in texts]


@pytest.mark.parametrize("level", ["usa (eu | ", "(usa | eu (", "usa -(eu ", "usa -(eu | un "])
def test_regular_deep_queries_fit_the_parser_of_sqlite(search: sqlite3.Connection, level: str) -> None:
    query = parse(level * (20 // level.count("(")) + "usa")
    assert rows(search, fts5(query), ["usa", "eu un"]) == [_means(query.root, text) for text in (["usa"], ["eu", "un"])]


@pytest.mark.parametrize("seed", range(40))
def test_deep_queries_fit_the_parser_of_sqlite(search: sqlite3.Connection, seed: int) -> None:
    chance = random.Random(seed)
    text = "usa"
    for _ in range(20):
        other = chance.choice(["كتب", "usa", '"كتب usa"', "un | كتب", "-eu"])
        group = chance.choice([f"({text})", f"({text})", f"-({text})"])
        text = chance.choice([f"{other} {group}", f"{group} {other}", f"{other} | {group}", f"un {other} {group}"])
    try:
        query = parse(text)
    except InputError:
        return
    assert rows(search, fts5(query), ["usa كتب"]) == [_means(query.root, term_keys("usa كتب"))]


def _means(node: Node, keys: list[str]) -> bool:
    """Whether a text with these keys is what the node asks for, by the meaning of its parts."""
    if isinstance(node, Or):
        return any(_means(part, keys) for part in node.parts)
    if isinstance(node, And):
        return all(_means(part, keys) for part in node.parts) and not any(_means(part, keys) for part in node.but)
    return any(_stands(wording, node.prefix, keys, i) for wording in node.wordings for i in range(len(keys)))


def _stands(wording: tuple[str, ...], prefix: bool, keys: list[str], at: int) -> bool:
    here = keys[at : at + len(wording)]
    last = prefix and len(here) == len(wording) and here[-1].startswith(wording[-1])
    return tuple(here) == wording or (last and tuple(here[:-1]) == wording[:-1])


def _wordings(node: Node) -> Iterator[tuple[str, ...]]:
    if isinstance(node, Phrase):
        yield from node.wordings
    else:
        for part in node.parts:
            yield from _wordings(part)


def test_a_query_keeps_its_text() -> None:
    assert parse(" وقف ") == Query(" وقف ", parse("وقف").root)
