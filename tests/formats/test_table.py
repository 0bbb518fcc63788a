"""The table at a terminal."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from formats_samples import EVERY, harbour, hostile, long, silent
from formats_strategies import readings
from hypothesis import given
from hypothesis import strategies as st

from qawl.formats import writer
from qawl.formats.table import columns, cut, wrap
from qawl.model import Reading

OTHER = "[^\u202a-\u202e\u2066-\u2069]*"
ISOLATED = f"{OTHER}(\u2068{OTHER}\u2069{OTHER})*"


def table(*items: Reading, width: int | None = 100, **options: str) -> str:
    out = io.StringIO()
    w = writer("table", out, width=width, **options)  # type: ignore[arg-type]
    for r in items:
        w.write(r)
    w.close()
    return out.getvalue()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in table(*(make() for make in EVERY), width=width).splitlines():
        assert columns(line) <= width, line


@given(readings(), st.integers(20, 120))
def test_any_reading_fits_and_sends_no_control_character(reading: Reading, width: int) -> None:
    out = table(reading, width=width)
    for line in out.split("\n"):
        assert columns(line) <= width
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in line)
        # What isolates a cell is ours, and closed on its line; nothing in the text can close or open one.
        assert re.fullmatch(ISOLATED, line)


def test_rows_name_source_cue_mode_and_act() -> None:
    out = table(harbour(), width=140)
    assert "\u2068وزيرة الموانئ في سهلان: لن نغلق مرسى الورد أمام سفن الصيد\u2069" in out.splitlines()[0]
    assert "14 March 2031" in out.splitlines()[1]
    row = next(x for x in out.splitlines() if x.startswith("3 "))
    for word in ("هالة المرزباني", "مشددة على", "indirect", "demands", "ضرورة وقف التعديات"):
        assert word in row
    assert "↳5" in out
    assert "(source not" in out


def test_labels_and_numerals_are_a_choice() -> None:
    out = table(harbour(), lang="ar", numerals="arabic")
    assert "غير مباشر" in out
    assert "مطالبة" in out
    assert "مارس" in out.splitlines()[1]
    assert "١٠" in out


def test_no_statement_is_said_in_one_line() -> None:
    assert table(silent()).splitlines()[-1] == "No attributed statements were found in this article."


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    out = table(hostile())
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "\u202e" not in out


def test_forty_statements_have_a_row_each() -> None:
    assert sum(bool(re.match(r"\d+ ", x)) for x in table(long()).splitlines()) == 40


def test_width_of_marks_wide_and_invisible_characters() -> None:
    assert columns("قَالَ") == 3
    assert columns("中文") == 4
    assert columns("\u2068ab\u2069\u200f") == 2


@given(st.text(max_size=40), st.integers(1, 20))
def test_cut_fits_and_keeps_what_fits(text: str, width: int) -> None:
    out = cut(text, width)
    assert columns(out) <= width
    assert out == text or out.endswith("…")


@given(st.text("ab قَ中", max_size=60), st.integers(2, 20), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_before_the_cut(text: str, width: int, lines: int) -> None:
    out = wrap(text, width, lines)
    assert 1 <= len(out) <= lines
    assert all(columns(x) <= width for x in out)
    joined = "".join(out).replace(" ", "")
    plain = text.replace(" ", "")
    assert joined == plain or plain.startswith(joined.removesuffix("…"))
