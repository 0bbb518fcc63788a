"""Tokens.forms gives what tokenize gives, for any stretch."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.arabic.words import Tokens, as_tokens, tokenize

TEXT = st.text(alphabet="ابتو لاقَُـ12.:/,٣%«»\n a-\u200f", max_size=40)


@settings(max_examples=500)
@given(TEXT, st.integers(0, 42), st.integers(0, 42))
def test_forms_of_a_stretch_are_those_of_its_tokens(text: str, start: int, end: int) -> None:
    assert Tokens(text).forms(start, end) == tokenize(text, start, end).form


def test_tokens_are_taken_as_they_are() -> None:
    tokens = tokenize("قال الراوي")
    assert as_tokens(tokens) is tokens
    assert as_tokens("قال الراوي").form == tokens.form
