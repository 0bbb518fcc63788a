"""What the tests of several rooms share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest


def _effort(work: Callable[[], object]) -> int:
    steps = 0

    def traced(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return traced

    def profiled(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal steps
        steps += event == "c_call"

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(traced)
    sys.setprofile(profiled)
    try:
        work()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return steps


@pytest.fixture
def effort() -> Callable[[Callable[[], object]], int]:
    """How much work a call is: the lines run and the built-in functions called.

    The same on every machine and under every load, as its time is not; what grows with the square of a text's
    length grows so here too.
    """
    return _effort
