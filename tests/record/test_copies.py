"""Copies of a story are told from other stories by the fingerprints of its runs of words."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from copy_pairs import figures
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, stories

from qawl.record.copies import SHARED, copy_score, fingerprints, is_copy

WORDS = [f"{a}{b}{c}" for a in "بتجحد" for b in "رزسشص" for c in "عغفقكلمنهو"]
texts = st.lists(st.sampled_from(WORDS), max_size=600).map(" ".join)


def test_held_out_copies_are_found_and_other_stories_are_not() -> None:
    held = figures("held")
    assert held.pairs["story and copy"] + figures("choose").pairs["story and copy"] >= 1500
    assert held.found["story and copy"] >= 0.98 * held.pairs["story and copy"]
    assert held.recall >= 0.98, (held.found, held.pairs)
    assert held.precision >= 0.99, held.mistaken
    # Of many thousand pairs of unlike stories, of one event or not, hardly any is taken for copies.
    assert held.mistaken["other stories"] + held.mistaken["same event"] <= 1e-5 * held.others["other stories"]
    assert held.mistaken["follow-up"] <= 0.1 * held.others["follow-up"]


def test_few_other_stories_share_enough_to_be_compared() -> None:
    held = figures("held")
    assert held.candidates <= 0.01 * held.texts


def test_the_stories_are_many_and_each_says_its_own() -> None:
    base = [s for s in stories() if s.kind == "story"]
    assert len(base) >= 40
    assert sum(s.part == "held" for s in base) >= 15
    assert all(120 <= len(s.body.split()) <= 500 for s in base)
    assert not any(_sentences(a) & _sentences(b) for a, b in combinations(base, 2))


def _sentences(story: Story) -> set[str]:
    return {s.strip() for s in story.body.replace("\n", ".").split(".")} - {""}


@pytest.fixture(scope="module")
def story() -> Story:
    return next(s for s in stories() if s.id == "summit")


def test_a_text_is_a_copy_of_itself_whatever_its_marks_and_spelling(story: Story) -> None:
    careless = story.body.replace("أ", "ا").replace("ي", "ى").replace("ة", "ه").replace("ل", "لَ").replace("ب", "بـ")
    assert fingerprints(careless) == fingerprints(story.body)


def test_moving_paragraphs_hides_no_copy(story: Story) -> None:
    a, b = fingerprints(story.body), fingerprints("\n".join(reversed(story.paragraphs)))
    assert copy_score(a, b) > 0.9
    assert is_copy(a, b)


def test_the_lead_alone_is_a_copy_of_the_whole(story: Story) -> None:
    assert is_copy(fingerprints(story.paragraphs[0]), fingerprints(story.body))


def test_texts_that_share_one_sentence_are_no_copies(story: Story) -> None:
    other = next(s for s in stories() if s.id == "museum")
    assert not is_copy(fingerprints(f"{other.body}\n{story.paragraphs[0]}"), fingerprints(story.body))


def test_texts_of_a_few_words_are_no_copies() -> None:
    a = fingerprints("افتتح الوزير الجسر")
    assert len(a) == 1
    assert not is_copy(a, a)
    assert copy_score(a, a) < 0.5


@pytest.mark.parametrize("body", ["", "   \n ", "كلمتان فقط", "،. «» - …"])
def test_a_text_without_runs_has_no_fingerprints(body: str) -> None:
    assert fingerprints(body) == ()
    assert copy_score((), fingerprints("نص آخر فيه كلمات كثيرة تكفي")) == 0
    assert not is_copy((), ())


def test_a_part_of_a_very_long_text_scores_as_the_bound_had_not_cut_it() -> None:
    words = [f"{a}{b}" for a in WORDS for b in WORDS[:48]]
    whole = fingerprints(" ".join(words))
    assert len(whole) == 400
    assert copy_score(whole, fingerprints(" ".join(words[4000:8000]))) > 0.9
    assert copy_score(whole, fingerprints(" ".join(reversed(words)))) == 0


def test_fingerprints_are_the_same_in_another_process(story: Story) -> None:
    code = f"from qawl.record.copies import fingerprints; print(*fingerprints({story.body!r}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert tuple(map(int, out.stdout.split())) == fingerprints(story.body)


@given(texts)
def test_fingerprints_are_sorted_distinct_and_fit_a_signed_64_bit_column(body: str) -> None:
    found = fingerprints(body)
    assert list(found) == sorted(set(found))
    assert all(0 <= x < 2**63 for x in found)
    assert len(found) <= min(400, 40 + len(body.split()) // 15)


@given(texts, texts)
def test_scores_are_the_same_both_ways_and_copies_share_enough(one: str, other: str) -> None:
    a, b = fingerprints(one), fingerprints(other)
    assert 0 <= copy_score(a, b) == copy_score(b, a) <= 1
    assert is_copy(a, b) == is_copy(list(reversed(b)), frozenset(a))
    assert not is_copy(a, b) or len(set(a) & set(b)) >= SHARED


@given(st.lists(st.sampled_from(WORDS), min_size=60, max_size=400), st.data())
def test_a_stretch_of_a_text_is_wholly_in_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 50))
    end = data.draw(st.integers(start + 50, len(words)))
    a, b = fingerprints(" ".join(words)), fingerprints(" ".join(words[start:end]))
    assert set(b) & set(a) == {x for x in b if x <= max(a)}
