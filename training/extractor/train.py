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
from corpus import Example, example_of, load
from export import arrays_of, load_state, save
from model import Extractor, Index, collate, loss_of
from network import KEPT
from pretrain import pretrain
from silver import annotate, pick
from torch import nn
from words import SPECIAL

__all__ = ["CALIBRATION", "Settings", "feature_names", "fit", "train"]

# Threshold of confidence, then slope and shift of its log odds: fitted on held-out articles (evaluate.py).
CALIBRATION = (0.42, 0.8, -0.18)


class Settings:
    """How to train; the defaults are those of the weights that ship."""

    epochs: int = 10
    batch: int = 8
    rate: float = 2e-3
    encoder_rate: float = 8e-4
    dropout: float = 0.15
    decay: float = 0.995
    weight_decay: float = 0.01
    seed: int = 11
    blocks: int = KEPT
    teacher_blocks: int = 6  # the teacher need not be quick
    silver: int = 0  # articles that the teacher annotates for the student; 0: no student


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
    silver: list[Example] | None = None,
) -> Extractor:
    """Trains an extractor; the weights are averaged over the last steps.

    With `silver` (articles that another extractor annotated), every epoch also takes as many of them as there are
    `examples`, others each time.
    """
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
    gold = len(examples)
    if silver:
        steps *= 2
        examples = [*examples, *silver]
        turn = rng.permutation(len(silver)) + gold
    step, start = 0, time.time()
    model.train()
    for epoch in range(settings.epochs):
        order = np.arange(gold)
        if silver:
            order = np.concatenate([order, np.take(turn, np.arange(epoch * gold, (epoch + 1) * gold), mode="wrap")])
        order = rng.permutation(order).tolist()
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


def fit(
    examples: list[Example],
    pretrained: dict[str, Any],
    features: list[str],
    raw: Path,
    settings: Settings | None = None,
) -> dict[str, np.ndarray]:
    """Trained weights as arrays.

    With `Settings.silver`, a teacher learns from the annotated articles first and annotates others, and what is
    returned learns from both.
    """
    settings = settings or Settings()
    vocabulary = pretrained["vocabulary"]
    if not settings.silver:
        return arrays_of(train(examples, pretrained, features, settings), vocabulary, features, CALIBRATION)
    teacher = copy.copy(settings)
    teacher.blocks = settings.teacher_blocks
    taught = arrays_of(train(examples, pretrained, features, teacher), vocabulary, features, CALIBRATION)
    silver = annotate(pick(raw, {e.gold["key"] for e in examples}, settings.silver), taught, CALIBRATION[0])
    model = train(examples, pretrained, features, settings, silver=silver)
    return arrays_of(model, vocabulary, features, CALIBRATION)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, help="checkpoint of pretrain.py; made first if left out")
    parser.add_argument("--silver", type=int, default=0, help="articles that a teacher annotates for the training")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    with TemporaryDirectory() as folder:
        checkpoint = a.pretrained
        if checkpoint is None:
            checkpoint = Path(folder) / "pretrained.pt"
            pretrain(a.corpus / "raw.jsonl.xz", checkpoint, seconds=3600, epochs=1.3, threads=a.threads)
        pretrained = load_state(checkpoint)
    examples = [example_of(d) for d in load(a.corpus, a.annotations)]
    features = feature_names(examples)
    settings = Settings()
    settings.silver = a.silver
    save(a.out, fit(examples, pretrained, features, a.corpus / "raw.jsonl.xz", settings))


if __name__ == "__main__":
    main()
