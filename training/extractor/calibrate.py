"""Fits what confidence means, on statements of articles that were held out, and says how well it fits.

    python training/extractor/calibrate.py OUTCOMES.jsonl [--write src/qawl/data/source_confidence.tsv]

OUTCOMES.jsonl comes from ``evaluate.py --outcomes``. The extractor's own confidence is fitted to the share of
statements that were found (slope and shift of its log odds: Platt 1999), the sources' to the share that was right. The
expected calibration error is that of Naeini et al. 2015, over ten bins of equal width.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["CALIBRATION", "fitted", "reliability"]

# Threshold of confidence, then slope and shift of its log odds: fitted on held-out articles.
CALIBRATION = (0.42, 0.8, -0.24)
_STEPS = 100


def fitted(before: np.ndarray, happened: np.ndarray) -> tuple[float, float]:
    """Slope and shift of the log odds that make `happened` likeliest (Newton's method)."""
    x = np.stack([before, np.ones_like(before)], 1)
    w = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-9 * np.eye(2), x.T @ (p - happened))
    return float(w[0]), float(w[1])


def reliability(sure: np.ndarray, happened: np.ndarray, bins: int = 10) -> tuple[list[tuple[float, float, int]], float]:
    """For each bin mean confidence, share that happened and count; and the expected calibration error."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    rows = [(float(sure[at].mean()), float(happened[at].mean()), int(at.sum()))
            for b in range(bins) if (at := place == b).any()]  # fmt: skip
    return rows, sum(abs(a - b) * n for a, b, n in rows) / max(1, len(sure))


def _log_odds(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    odds: np.ndarray = np.log(p / (1 - p))
    return odds


def _show(name: str, rows: list[tuple[float, float, int]], error: float) -> None:
    print(f"{name}: expected calibration error {error:.3f}")
    for sure, share, n in rows:
        print(f"  said {sure:.2f}  was {share:.2f}  of {n}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outcomes", type=Path)
    parser.add_argument("--write", type=Path, help="source_confidence.tsv to write")
    a = parser.parse_args()
    rows: list[dict[str, Any]] = [json.loads(line) for line in a.outcomes.open(encoding="utf-8")]
    extracted = np.array([r["extracted"] for r in rows])
    found = np.array([r["found"] for r in rows], float)
    _, slope, shift = CALIBRATION
    change = fitted(_log_odds(extracted), found)
    _show("found, as it is", *reliability(extracted, found))
    print(f"slope and shift that fit: {slope * change[0]:.3f} {shift * change[0] + change[1]:.3f}")
    seen: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for r in rows:
        if r["found"] and r["kind"]:
            seen[r["mention"], r["kind"]] += 1
            right[r["mention"], r["kind"]] += r["right"]
    if a.write is not None:
        with a.write.open("w", encoding="utf-8") as f:
            f.write(
                "# How often the source of a found statement is right, by how it is mentioned and what it is.\n"
                "# Provenance: counted by training/extractor/calibrate.py over articles held out of the training.\n"
                "mention\tkind\tseen\tright\n"
            )
            f.writelines(f"{m}\t{k}\t{n}\t{right[m, k]}\n" for (m, k), n in sorted(seen.items()))
    sure = np.array([r["confidence"] for r in rows])
    happened = np.array([r["right"] for r in rows], float)
    _show("found and its source right, as it is", *reliability(sure, happened))


if __name__ == "__main__":
    main()
