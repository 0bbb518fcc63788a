"""Folding and its map back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.fold import Folded, fold

# Letters, marks and spaces of Arabic pages mixed with anything else that Unicode holds.
ARABIC = st.text(alphabet="أإآٱاؤئىيیکكةهءًٌٍَُِّْٰـ٠١٢۳۴\u200f\u200e\u200d\ufeff\u00a0 ﷲﻻﺳ.،«»\nabé", max_size=60)
ANY = st.one_of(ARABIC, st.text(max_size=60))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أإآٱا", "ااااا"),
        ("مسؤول شئون", "مسوول شيون"),
        ("مستشفى علی", "مستشفي علي"),
        ("وزارة", "وزاره"),
        ("قــــال", "قال"),
        ("قَالَ الوَزِيرُ", "قال الوزير"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("قال\u00a0الوزير", "قال الوزير"),
        ("\u200fقال\u200e", "قال"),
        ("ﻗﺎﻝ", "قال"),
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("کتاب", "كتاب"),
        ("جزء", "جزء"),
        ("سطر\nسطر", "سطر\nسطر"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_every_folded_character_maps_to_its_origin(text: str) -> None:
    folded = Folded(text)
    assert folded.text == fold(text)
    origins = [folded.origin(i) for i in range(len(folded.text))]
    assert origins == sorted(origins)
    for i, o in enumerate(origins):
        assert folded.text[i] in fold(text[o])
    assert folded.origin(len(folded.text)) == len(text)


@given(ANY, st.data())
def test_a_span_of_the_folding_maps_to_text_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert folded.text[start:end] in fold(span.of(text))


@given(ANY)
def test_position_is_the_inverse_of_origin(text: str) -> None:
    folded = Folded(text)
    for offset in range(len(text) + 1):
        i = folded.position(offset)
        assert i == len(folded.text) or folded.origin(i) >= offset
        assert i == 0 or folded.origin(i - 1) < offset


def test_vowel_marks_after_a_word_belong_to_it() -> None:
    text = "قالَ نعم"
    assert Folded(text).span(0, 3).of(text) == "قالَ"
