"""The matrix of positions on invented meeting reports holds its floors (`bench/meetings.py` measures them)."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def meetings() -> ModuleType:
    path = HERE.parent.parent / "bench" / "meetings.py"
    spec = importlib.util.spec_from_file_location("meetings", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["meetings", "meetings_wire", "meetings_practice"])
def test_quotes_and_conditions_stand_in_their_reports(name: str) -> None:
    for line in (HERE / f"{name}.jsonl").read_text("utf-8").split("\n"):
        report = json.loads(line) if line else {"cells": [], "text": ""}
        for cell in report["cells"]:
            assert cell["quote"] in report["text"]
            assert cell["condition"] is None or cell["condition"] in report["text"]


@pytest.mark.parametrize(("name", "same", "near"), [("meetings_wire", 0.76, 0.83), ("meetings", 0.44, 0.53)])
def test_cells_hold_their_floors(meetings: ModuleType, name: str, same: float, near: float) -> None:
    path = HERE / f"{name}.jsonl"
    assert meetings.figures(path, near=False)[2] >= same
    assert meetings.figures(path, near=True)[2] >= near
