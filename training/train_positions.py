"""Trains the networks of acts and stances, and the linear model of acts, and writes the weights that the package reads.

    python training/train_positions.py CORPUS src/qawl/data [--held-out]

`CORPUS` holds ``train.jsonl`` and ``raw.jsonl.xz``. It learns from the articles annotated in full (``extra.jsonl``) and
from those of which acts and stances were labelled (``stances.jsonl``). With ``--held-out`` a part of the articles is
left out and measured on, and what is written has not learned from it. Needs torch; reading needs numpy alone.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from corpus import ANNOTATIONS, load
from learn_acts import bytes_of, scores
from learn_acts import fit as fit_linear
from position_examples import OURS, THEIRS, Example, Read, collect, labelled
from position_model import Batch, Positions, arrays_of, collate, loss_of
from torch import nn

from qawl.model import ACTS
from qawl.positions.network import targets
from qawl.statements.learned_net import Network, network

EPOCHS = 10
BATCH = 64
RATE = 2e-3
DECAY = 0.995  # of the average of the weights over the last steps
WEIGHTS = (2.0, 1.0)  # of a statement annotated as the corpus is, and of one annotated in full by ours
SEEDS = (6,)  # of the networks; several are averaged (two were no better)
BIAS = 0.8  # towards targets
LINEAR = 0.012  # what a point of the linear model's score counts beside the network's


def fit(examples: list[Example], read: list[Read], seed: int, epochs: int = EPOCHS) -> Positions:
    """Trains one network; the weights are averaged over the last steps."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Positions(read[0].alone.shape[1])
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, betas=(0.9, 0.99))
    steps, step, start = epochs * (len(examples) // BATCH), 0, time.time()
    scale = torch.tensor(WEIGHTS)
    for epoch in range(epochs):
        order = list(range(len(examples)))
        rng.shuffle(order)
        chunks = [
            sorted(order[i : i + 16 * BATCH], key=lambda k: examples[k].window.last - examples[k].window.first)
            for i in range(0, len(order), 16 * BATCH)
        ]
        batches = [c[i : i + BATCH] for c in chunks for i in range(0, len(c), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for picks in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / 100) * max(0.03, 1 - step / steps)
            loss = loss_of(model, collate([examples[k] for k in picks], read), scale)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step += 1
            total += loss.item()
            decay = min(DECAY, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    average[k].lerp_(v, 1 - decay)
        print(f"epoch {epoch + 1} loss {total / len(batches):.3f} {time.time() - start:.0f}s", flush=True)
    model.load_state_dict(average)
    return model.eval()


def measure(models: list[Positions], weights: np.ndarray, examples: list[Example], read: list[Read]) -> None:
    """Prints accuracy of acts by the weight of the linear model, and F1 of stances by the bias."""
    acts, tags = [], []
    with torch.no_grad():
        for i in range(0, len(examples), 128):
            some = examples[i : i + 128]
            batch: Batch = collate(some, read)
            batch.style = torch.zeros_like(batch.style)
            found = [model(batch) for model in models]
            acts.append(sum(act.numpy() for _, act in found) / len(models))
            chances = torch.log(sum(torch.softmax(tagged, -1) for tagged, _ in found) / len(models)).numpy()
            sizes = [e.window.last - e.window.first for e in some]
            tags += [x[:n] for x, n in zip(chances, sizes, strict=True)]
    net, gold = np.concatenate(acts), np.asarray([e.act for e in examples])
    linear = scores(examples, weights.astype(np.float32))
    for share in (0.0, 0.005, 0.01, 0.015, 0.02, 0.03):
        print(f"acts with {share} of the linear model: {(np.argmax(net + share * linear, 1) == gold).mean():.4f}")
    for bias in (0.0, 0.4, 0.8, 1.2, 1.6):
        right = found = wanted = 0
        for e, t in zip(examples, tags, strict=True):
            guess = [(a, b, "+" if s > 0 else "-") for a, b, s, _ in targets(t, bias)]
            found, wanted = found + len(guess), wanted + len(e.stances) + e.missing
            for first, last, sign in e.stances:
                for x in guess:
                    shared = min(last, x[1]) - max(first, x[0])
                    if x[2] == sign and shared >= 0.5 * min(last - first, x[1] - x[0]):
                        right += 1
                        guess.remove(x)
                        break
        p, r, f = right / found, right / wanted, 2 * right / (found + wanted)
        print(f"stances at bias {bias}: P {p:.3f} R {r:.3f} F1 {f:.3f}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--extractor", type=Path, help="other weights of the extractor, whose vectors are used")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    extractor = network() if a.extractor is None else Network(dict(np.load(a.extractor)))
    full = ((d, THEIRS if d["doc"].startswith("t") else OURS) for d in load(a.corpus))
    parts = ((d, THEIRS) for d in labelled(ANNOTATIONS / "stances.jsonl", a.corpus))
    examples, read = collect([*full, *parts], extractor)
    print(f"{len(examples)} statements of {len(read)} articles; acts: {len(ACTS)}", flush=True)
    out: set[str] = set()
    if a.held_out:
        keys = sorted({e.key for e in examples})
        out = set(random.Random(1).sample(keys, len(keys) // 5))
    learned = [e for e in examples if e.key not in out]
    weights = bytes_of(fit_linear(learned))
    models = [fit(learned, read, seed) for seed in SEEDS]
    for style, name in ((THEIRS, "as the corpus"), (OURS, "in full by ours")) if out else ():
        print(f"left out, annotated {name}:")
        measure(models, weights, [e for e in examples if e.key in out and e.style == style], read)
    np.savez_compressed(a.out / "acts.npz", weights=weights)
    np.savez_compressed(a.out / "positions.npz", **arrays_of(models, BIAS, LINEAR))


if __name__ == "__main__":
    main()
