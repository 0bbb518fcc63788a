"""Trains the extractor on the annotated articles and writes the weights that the package reads.

    python training/extractor/train.py --corpus CORPUS --annotations training/annotations/extra.jsonl \
        --out src/qawl/data/extractor.npz

`CORPUS` holds ``train.jsonl`` and ``raw.jsonl.xz``. Needs torch; reading needs numpy alone.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from calibrate import CALIBRATION
from corpus import Example, example_of, load
from export import arrays_of, load_state, save
from model import Extractor, Index, collate, loss_of
from network import KEPT
from pretrain import pretrain
from torch import nn
from words import SPECIAL

__all__ = ["Settings", "feature_names", "train"]

_PRETRAINING = 7.0  # epochs over the unannotated articles
_LONGEST = 7200.0  # seconds that they may take; if they take longer, the weights depend on the machine


class Settings:
    """How to train; the defaults are those of the weights that ship."""

    epochs: int = 16
    batch: int = 8
    rate: float = 2e-3
    encoder_rate: float = 8e-4
    dropout: float = 0.15
    decay: float = 0.995
    weight_decay: float = 0.01
    seed: int = 11
    blocks: int = KEPT


def feature_names(examples: list[Example], least: int = 5) -> list[str]:
    """Names of features seen `least` times or more."""
    counts = Counter(f for e in examples for names in e.features for f in names)
    return sorted(f for f, n in counts.items() if n >= least)


def train(
    examples: list[Example],
    pretrained: dict[str, Any],
    features: list[str],
    settings: Settings,
    log: bool = True,
) -> Extractor:
    """Trains an extractor; the weights are averaged over the last steps."""
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    vocabulary: list[str] = pretrained["vocabulary"]
    index = Index(vocabulary, features)
    model = Extractor(len(vocabulary) + SPECIAL, len(features), settings.blocks)
    model.words.load_state_dict(pretrained["words"])
    kept = set(model.encoder.state_dict())
    model.encoder.load_state_dict({k: v for k, v in pretrained["encoder"].items() if k in kept})
    for parameter in model.words.parameters():
        parameter.requires_grad_(False)
    slow = list(model.encoder.parameters())
    known = {id(x) for x in slow}
    fast = [x for x in model.parameters() if x.requires_grad and id(x) not in known]
    groups = [(fast, settings.rate), (slow, settings.encoder_rate)]
    optimizer = torch.optim.AdamW(
        [{"params": params, "lr": rate, "top": rate} for params, rate in groups],
        weight_decay=settings.weight_decay,
        betas=(0.9, 0.99),
    )
    average = {k: v.detach().clone() for k, v in model.state_dict().items() if not k.startswith("words.")}
    steps = settings.epochs * (len(examples) // settings.batch)
    step, start = 0, time.time()
    model.train()
    for epoch in range(settings.epochs):
        order = rng.permutation(len(examples)).tolist()
        # Articles of like length share a batch: less padding.
        chunks = [
            sorted(order[i : i + 8 * settings.batch], key=lambda k: len(examples[k].where))
            for i in range(0, len(order), 8 * settings.batch)
        ]
        batches = [c[i : i + settings.batch] for c in chunks for i in range(0, len(c), settings.batch)]
        rng.shuffle(batches)
        sums: Counter[str] = Counter()
        for picks in batches:
            share = min(1.0, step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, (step + 1) / 100) * max(0.03, 1 - share)
            batch = collate([examples[k] for k in picks], index, rng)
            loss, parts = loss_of(model, batch, settings.dropout)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step += 1
            decay = min(settings.decay, (1 + step) / (10 + step))
            with torch.no_grad():
                state = model.state_dict()
                for k, v in average.items():
                    v.lerp_(state[k], 1 - decay)
            sums.update(parts)
        if log:
            print(
                f"epoch {epoch + 1} "
                + " ".join(f"{k} {v / len(batches):.3f}" for k, v in sums.items())
                + f" {time.time() - start:.0f}s",
                flush=True,
            )
    trained = copy.deepcopy(model)
    trained.load_state_dict({**model.state_dict(), **average})
    return trained.eval()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, help="checkpoint of pretrain.py; made first if left out")
    parser.add_argument("--threads", type=int, default=2, help="of the training; others give slightly other weights")
    a = parser.parse_args()
    with TemporaryDirectory() as folder:
        checkpoint = a.pretrained
        if checkpoint is None:
            checkpoint = Path(folder) / "pretrained.pt"
            pretrain(a.corpus / "raw.jsonl.xz", checkpoint, seconds=_LONGEST, epochs=_PRETRAINING, threads=1)
        pretrained = load_state(checkpoint)
    torch.set_num_threads(a.threads)
    examples = [example_of(d) for d in load(a.corpus, a.annotations)]
    features = feature_names(examples)
    model = train(examples, pretrained, features, Settings())
    save(a.out, arrays_of(model, pretrained["vocabulary"], features, CALIBRATION))


if __name__ == "__main__":
    main()
