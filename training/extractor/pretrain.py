"""Pretrains the embeddings and the encoder on the unannotated articles by filling in masked words."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from network import WIDTH, Encoder, Words
from torch import nn
from torch.nn import functional
from words import SPECIAL, affix_table, count_words, stream

__all__ = ["pretrain"]

_LEAST = 10  # occurrences of a word of the vocabulary
_CHUNK = 256
_BATCH = 32
_RATE = 2e-3
_MASKED = 0.25
_NEGATIVES = 2000


def pretrain(raw: Path, out: Path, seconds: float, epochs: float, threads: int, seed: int = 7) -> None:
    """Writes vocabulary and pretrained weights to `out`; stops after `epochs` or, at the latest, `seconds`."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    rng = np.random.default_rng(seed)
    vocabulary, articles = count_words(raw, _LEAST)
    rows, forms, every = stream(articles, vocabulary)
    table = torch.from_numpy(affix_table(every))
    del articles
    print(f"{len(vocabulary)} words, {len(rows)} tokens, unknown {np.mean(rows == 0):.4f}", flush=True)
    words, encoder = Words(len(vocabulary) + SPECIAL, sparse=True), Encoder()
    bias = nn.Parameter(torch.zeros(len(vocabulary) + SPECIAL))
    head = nn.Linear(WIDTH, WIDTH)
    parameters = [*words.affix.parameters(), *encoder.parameters(), *head.parameters(), bias]
    optimizers = [
        torch.optim.Adam(parameters, lr=_RATE, betas=(0.9, 0.98)),
        torch.optim.SparseAdam(list(words.word.parameters()), lr=_RATE, betas=(0.9, 0.98)),
    ]
    chunks = len(rows) // _CHUNK
    steps = int(chunks * epochs) // _BATCH
    # Log-uniform sampling of negatives over the words in the order of their counts (as for sampled softmax).
    size = len(vocabulary)
    log_p = np.log(np.log((np.arange(size) + 2) / (np.arange(size) + 1)) / np.log(size + 1))
    chance = np.exp(log_p) / np.exp(log_p).sum()
    correction = torch.from_numpy(np.concatenate([np.zeros(SPECIAL), np.log(chance)]).astype(np.float32))
    order = np.concatenate([rng.permutation(chunks) for _ in range(int(np.ceil(epochs)) + 1)])
    start = time.time()
    total = 0.0
    for step in range(steps):
        share = max(step / steps, (time.time() - start) / seconds)
        if share >= 1:
            break
        for group in [g for o in optimizers for g in o.param_groups]:
            group["lr"] = _RATE * min(1, (step + 1) / 200) * max(0.02, 1 - share)
        picks = order[step * _BATCH : (step + 1) * _BATCH]
        at = picks[:, None] * _CHUNK + np.arange(_CHUNK)[None]
        gold = torch.from_numpy(rows[at]).long()
        affixes = table[torch.from_numpy(forms[at]).long()]
        masked = torch.from_numpy(rng.random(at.shape) < _MASKED) & (gold >= SPECIAL)
        shown = torch.from_numpy(rng.random(at.shape) < 0.1)  # masked for the loss, but left to be seen
        hide = masked & ~shown
        with torch.autocast("cpu", torch.bfloat16):
            x = words(gold.masked_fill(hide, 2), affixes.masked_fill(hide[..., None], 0))
            y = head(encoder(x)[masked])
            target = gold[masked]
            negatives = torch.from_numpy(np.unique(rng.choice(size, _NEGATIVES, p=chance))).long() + SPECIAL
            known = (y * words.word(target)).sum(1) + bias[target] - correction[target]
            others = y @ words.word(negatives).T + bias[negatives] - correction[negatives]
            others = others.masked_fill(negatives[None] == target[:, None], -1e4)
        loss = functional.cross_entropy(torch.cat([known[:, None], others], 1).float(), torch.zeros_like(target))
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        total += loss.item()
        if step % 50 == 49:
            print(f"step {step + 1}/{steps} loss {total / 50:.3f} {time.time() - start:.0f}s", flush=True)
            total = 0.0
        if step % 400 == 399:
            torch.save({"words": words.state_dict(), "encoder": encoder.state_dict(), "vocabulary": vocabulary}, out)
    torch.save({"words": words.state_dict(), "encoder": encoder.state_dict(), "vocabulary": vocabulary}, out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=7200, help="when to stop at the latest")
    parser.add_argument("--epochs", type=float, default=7)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    pretrain(a.raw, a.out, a.seconds, a.epochs, a.threads)
