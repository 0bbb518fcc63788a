"""Pieces that do not overlap, out of spans that do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qawl.formats import segments

SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30), st.integers(0, 5)), max_size=12)


@given(st.text(max_size=25), SPANS)
def test_pieces_are_the_text_and_each_character_has_its_ids(text: str, spans: list[tuple[int, int, int]]) -> None:
    pieces = segments(text, spans)
    assert "".join(text[s:e] for s, e, _ in pieces) == text
    assert all(s < e for s, e, _ in pieces)
    assert all(a[1] == b[0] and a[2] != b[2] for a, b in pairwise(pieces))
    for start, end, ids in pieces:
        assert len(set(ids)) == len(ids)
        for at in range(start, end):
            assert set(ids) == {i for s, e, i in spans if s <= at < e}


def test_outermost_is_named_first_whatever_the_order_given() -> None:
    assert segments("abcdef", [(2, 4, "in"), (0, 6, "out")]) == [
        (0, 2, ("out",)),
        (2, 4, ("out", "in")),
        (4, 6, ("out",)),
    ]


def test_overlap_without_nesting() -> None:
    assert segments("abcdef", [(0, 4, 1), (2, 6, 2)]) == [(0, 2, (1,)), (2, 4, (1, 2)), (4, 6, (2,))]


def test_no_text_has_no_pieces() -> None:
    assert segments("", [(0, 3, 1)]) == []
    assert segments("abc", []) == [(0, 3, ())]
