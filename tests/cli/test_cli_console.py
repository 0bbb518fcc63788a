"""What is said to a person."""

import io

import pytest

from qawl.cli.console import Console


class Terminal(io.StringIO):
    """A terminal that keeps what it was sent."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_quick_run_shows_no_progress(clock: Clock) -> None:
    terminal = Terminal()
    console = Console(stream=terminal, clock=clock)
    for n in range(100):
        clock.now += 0.001
        console.progress(n, 0.5)
    assert terminal.getvalue() == ""


def test_progress_gives_number_rate_and_time_left(clock: Clock) -> None:
    terminal = Terminal()
    console = Console(stream=terminal, clock=clock)
    clock.now += 10
    console.progress(1000, 0.25)
    assert "1,000 articles, 100/s, 25%, about 30 s left" in terminal.getvalue()


def test_time_left_is_not_invented_where_the_end_is_unknown(clock: Clock) -> None:
    terminal = Terminal()
    console = Console(stream=terminal, clock=clock)
    clock.now += 10
    console.progress(1000, None)
    assert terminal.getvalue().endswith("1,000 articles, 100/s")


@pytest.mark.parametrize(("seconds", "left"), [(60, "3 min left"), (3600, "3.0 h left")])
def test_long_times_are_in_minutes_and_hours(clock: Clock, seconds: float, left: str) -> None:
    terminal = Terminal()
    console = Console(stream=terminal, clock=clock)
    clock.now += seconds
    console.progress(1000, 0.25)
    assert left in terminal.getvalue()


def test_a_problem_does_not_stand_in_the_progress_line(clock: Clock) -> None:
    terminal = Terminal()
    console = Console(stream=terminal, clock=clock)
    clock.now += 10
    console.progress(1000, None)
    console.problem("x.txt", "is empty")
    assert terminal.getvalue().endswith("\r\x1b[Kx.txt: is empty\n")


def test_progress_is_for_terminals_unless_asked_for(clock: Clock) -> None:
    silent, asked = io.StringIO(), io.StringIO()
    consoles = [Console(stream=silent, clock=clock), Console(stream=asked, clock=clock, progress=True)]
    clock.now += 20
    for console in consoles:
        console.progress(2000, None)
    assert silent.getvalue() == ""
    assert asked.getvalue() == "2,000 articles, 100/s\n"


def test_quiet_leaves_problems_only() -> None:
    stream = io.StringIO()
    console = Console(stream=stream, quiet=True, progress=True)
    console.note("by the way")
    console.summary(2, 3, {"is empty": 1})
    console.problem("x.txt", "is empty")
    assert stream.getvalue() == "x.txt: is empty\n"


def test_a_file_name_neither_breaks_the_line_nor_steers_the_terminal() -> None:
    stream = io.StringIO()
    Console(stream=stream).problem("a\nb\x1b[2J\udcff.txt", "is empty")
    written = stream.getvalue()
    assert written.count("\n") == 1
    assert "\x1b" not in written
    assert "\udcff" not in written


def test_the_summary_gives_the_commonest_reason_first() -> None:
    stream = io.StringIO()
    Console(stream=stream).summary(1, 1200, {"is empty": 2, "not Arabic": 30})
    assert stream.getvalue() == "read 1 article, 1,200 statements, skipped 32 (30 not Arabic, 2 is empty)\n"


def test_nobody_listening_is_no_trouble() -> None:
    stream = io.StringIO()
    console = Console(stream=stream)
    stream.close()
    console.note("hello")
