"""Writes a trained extractor as plain arrays that the package reads with numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from model import Extractor
from network import DILATIONS
from words import SPECIAL

from qawl.statements.learned_net import FORMAT
from qawl.statements.learned_words import AFFIXES, affix_ids

__all__ = ["arrays_of", "save"]


def _bytes(items: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(items).encode(), np.uint8)


def _small(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8 with a scale each."""
    scale = np.maximum(np.abs(x).max(1), 1e-6) / 127
    return np.round(x / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def arrays_of(
    model: Extractor, vocabulary: list[str], features: list[str], calibration: tuple[float, ...]
) -> dict[str, np.ndarray]:
    """The arrays of `qawl.statements.learned_net.Network`."""
    w = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    affix = w["words.affix.weight"]
    ids = np.asarray([affix_ids(word) for word in vocabulary], np.int64).reshape(-1, AFFIXES)
    word, word_scale = _small(w["words.word.weight"][SPECIAL:] + affix[ids].sum(1))
    small_affix, affix_scale = _small(affix)
    blocks = len(model.encoder.blocks)
    net: dict[str, np.ndarray] = {
        "features": w["features.weight"][1:],
        "unknown": w["words.word.weight"][0],
        "parting": w["words.word.weight"][1],
        "cue_in": w["cue_in.weight"].T, "cue_in_bias": w["cue_in.bias"],
        "cue_out": w["cue_out.weight"].T, "cue_out_bias": w["cue_out.bias"],
        "name": w["name.weight"].T, "name_bias": w["name.bias"],
        "there": w["there.weight"].T,
        "here": w["here.weight"].T, "here_bias": w["here.bias"] + w["there.bias"],
        "distance": w["distance.weight"], "relation": w["relation.weight"].T,
        "edges": w["edges.weight"].T, "edges_bias": w["edges.bias"],
        "silent": w["silent.weight"].T, "silent_bias": w["silent.bias"],
        "held": w["held.weight"].T, "held_here": w["held_here.weight"].T,
        "held_bias": w["held.bias"] + w["held_here.bias"],
    }  # fmt: skip
    for kind, names, count in (("encoder.blocks.{}.conv", "block{}", blocks), ("steps.{}", "step{}", len(model.steps))):
        for n in range(count):
            conv = w[kind.format(n) + ".weight"]
            for k, side in enumerate(("left", "mid", "right")):
                net[f"{names.format(n)}.{side}"] = conv[:, :, k].T
            net[f"{names.format(n)}.bias"] = w[kind.format(n) + ".bias"]
    for n in range(blocks):
        net[f"block{n}.out"] = w[f"encoder.blocks.{n}.out.weight"].T
        net[f"block{n}.out_bias"] = w[f"encoder.blocks.{n}.out.bias"]
    return {
        "format": np.asarray(FORMAT), "vocabulary": _bytes(vocabulary), "features": _bytes(features),
        "word": word, "word_scale": word_scale, "affix": small_affix, "affix_scale": affix_scale,
        "dilations": np.asarray(DILATIONS[:blocks]), "steps": np.asarray([c.dilation[0] for c in model.steps]),
        "calibration": np.asarray(calibration, np.float64),
        **{f"net.{k}": np.ascontiguousarray(v).astype(np.float16) for k, v in net.items()},
    }  # fmt: skip


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Writes the arrays; the same arrays give the same bytes."""
    with path.open("wb") as f:
        np.savez_compressed(f, **arrays)


def load_state(path: Path) -> dict[str, torch.Tensor]:
    """A checkpoint."""
    return torch.load(path, weights_only=True)  # type: ignore[no-any-return]
