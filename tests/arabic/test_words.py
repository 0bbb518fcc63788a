"""Words, their clitics, and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.words import clitic_splits, strip_article, tokenize, words


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    last = 0
    for word in words(text):
        assert last <= word.span.start < word.span.end <= len(text)
        assert word.span.of(text).strip()
        last = word.span.end


@given(st.text(alphabet="قالوزيرإن،.«»() 12\u064b\u200f\n", max_size=80))
def test_tokens_cover_all_but_white_space_and_lone_marks(text: str) -> None:
    tokens = tokenize(text)
    covered = {i for s, e in zip(tokens.start, tokens.end, strict=True) for i in range(s, e)}
    for i, c in enumerate(text):
        assert i in covered or c.isspace() or c in "\u064b\u200f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالَ الوزيرُ.", ["وقال", "الوزير"]),
        ("بنسبة 3.5% و1,200", ["بنسبه", "3.5%", "و1", "200"]),
        ("يوم 4/11/2023", ["يوم", "4/11/2023"]),
        ("الساعة 14:30", ["الساعه", "14:30"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert [w.form for w in words(text)] == expected


@pytest.mark.parametrize(
    ("form", "proclitics", "stem", "enclitic"),
    [
        ("وبالوزاره", ("و", "ب", "ال"), "وزاره", ""),
        ("للوزير", ("ل", "ال"), "وزير", ""),
        ("فسيقولها", ("ف", "س"), "يقول", "ها"),
        ("كتابهم", (), "كتاب", "هم"),
        ("والقول", ("و", "ال"), "قول", ""),
        ("قال", (), "قال", ""),
    ],
)
def test_clitics(form: str, proclitics: tuple[str, ...], stem: str, enclitic: str) -> None:
    assert (proclitics, stem, enclitic) in [(c.proclitics, c.stem, c.enclitic) for c in clitic_splits(form)]


@given(st.text(alphabet="وفبلكسالهمنايقت", min_size=1, max_size=12))
def test_a_split_puts_the_word_together_again(form: str) -> None:
    for c in clitic_splits(form):
        head = "".join(c.proclitics)
        if c.proclitics[-2:] == ("ل", "ال"):
            head = "".join(c.proclitics[:-2]) + "لل"
        assert head + c.stem + c.enclitic == form


def test_article() -> None:
    assert [strip_article(w) for w in ("الوزير", "للوزير", "وزير", "الام")] == ["وزير", "وزير", "وزير", "الام"]
