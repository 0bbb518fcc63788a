"""Labels, dates and numerals."""

from __future__ import annotations

from typing import get_args

import pytest

from qawl.formats.labels import day, label, labels, number, plain, share
from qawl.model import ACTS, CONDITIONS, DEGREES, KINDS, MODES, Moment, Sign
from qawl.positions.plover import EVENT_TYPES


def test_everything_that_has_a_name_has_it_in_both_languages() -> None:
    table = labels()
    expected = [
        ("mode", MODES), ("act", ACTS), ("kind", KINDS), ("sign", get_args(Sign)), ("side", get_args(Sign)),
        ("degree", set(DEGREES) - {"plain"}), ("condition", CONDITIONS), ("plover", EVENT_TYPES),
    ]  # fmt: skip
    for group, keys in expected:
        assert {k for g, k in table if g == group} == set(keys)
    assert {k for g, k in table if g == "month"} == {str(n) for n in range(1, 13)}
    for arabic, english in table.values():
        assert arabic == arabic.strip()
        assert english.isascii()
        assert any("\u0600" <= c <= "\u06ff" for c in arabic)


def test_labels_of_a_group_are_told_apart() -> None:
    for lang in (0, 1):
        for group in ("mode", "act", "kind", "month", "sign", "side", "degree", "condition", "plover"):
            names = [v[lang] for (g, _), v in labels().items() if g == group]
            assert len(set(names)) == len(names)


def test_an_unknown_label_is_its_key() -> None:
    assert label("mode", "sung", "ar") == "sung"


@pytest.mark.parametrize(
    ("iso", "precision", "lang", "expected"),
    [
        ("2031", "year", "en", "2031"),
        ("2031-03", "month", "ar", "مارس 2031"),
        ("2031-03-04", "day", "ar", "4 مارس 2031"),
        ("2031-03-04T18:05", "minute", "en", "4 March 2031 18:05"),
        ("2031-03-04T18:05:09Z", "second", "en", "4 March 2031 \u206618:05 UTC\u2069"),
        ("2031-03-04T18:05+03:00", "minute", "en", "4 March 2031 \u206618:05 UTC+03:00\u2069"),
        ("soon", "day", "en", "soon"),
    ],
)
def test_a_day_is_written_as_precisely_as_it_is_known(iso: str, precision: str, lang: str, expected: str) -> None:
    assert day(Moment(iso, precision), lang) == expected  # type: ignore[arg-type]


def test_a_month_that_is_none_is_shown_as_it_stands() -> None:
    assert day(Moment("2031-13-40", "day"), "en") == "40 13 2031"
    assert day(None, "en") == ""


def test_numerals() -> None:
    assert number(120, "arabic") == "١٢٠"
    assert share(0.875, "latin") == "88%"
    assert share(0.5, "arabic") == "٥٠٪"
    assert share(float("nan"), "latin") == "?"


def test_plain_shows_controls_and_drops_what_reorders() -> None:
    assert plain(" a\x1b[31m\u202eb\u2069\n\tc\x9b\x7f\u2028d ") == "a␛[31mb c\ufffd␡ d"
