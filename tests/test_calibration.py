"""What confidence means: the fit and the measure that training uses, on numbers of which the truth is known."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

SCRIPT = Path(__file__).parents[1] / "training" / "extractor" / "calibrate.py"


@pytest.fixture(scope="module")
def calibrate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibrate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_fit_finds_the_slope_and_shift_that_made_the_data(calibrate: ModuleType) -> None:
    rng = np.random.default_rng(1)
    odds = rng.normal(0, 2, 50_000)
    happened = (rng.random(50_000) < 1 / (1 + np.exp(-0.6 * odds - 0.5))).astype(float)
    slope, shift = calibrate.fitted(odds, happened)
    assert slope == pytest.approx(0.6, abs=0.03)
    assert shift == pytest.approx(0.5, abs=0.05)


def test_honest_confidence_has_no_error_and_boasting_has(calibrate: ModuleType) -> None:
    rng = np.random.default_rng(2)
    sure = rng.random(50_000)
    rows, error = calibrate.reliability(sure, (rng.random(50_000) < sure).astype(float))
    assert error < 0.02
    assert sum(n for _, _, n in rows) == 50_000
    _, error = calibrate.reliability(np.full(1000, 0.95), np.repeat([1.0, 0.0], 500))
    assert error == pytest.approx(0.45)
