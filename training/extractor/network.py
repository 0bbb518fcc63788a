"""The encoder: word and affix embeddings, then residual dilated convolutions over a whole article."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from qawl.statements.learned_words import BUCKETS

__all__ = ["DILATIONS", "KEPT", "WIDTH", "Encoder", "Words", "drop"]

WIDTH = 128
DILATIONS = (1, 2, 4, 8, 16, 1)
KEPT = 4  # blocks that are kept after pretraining: reading must be quick


def drop(x: torch.Tensor, chance: float, training: bool) -> torch.Tensor:
    """Dropout of whole channels, the same in all of a sequence: much cheaper to draw than one of each number."""
    if not training or chance == 0:
        return x
    mask = (torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) >= chance).to(x.dtype) / (1 - chance)
    return x * mask


class Words(nn.Module):
    """A word's vector: its own and those of its affixes, summed."""

    def __init__(self, size: int, *, sparse: bool = False) -> None:
        super().__init__()
        self.word = nn.Embedding(size, WIDTH, sparse=sparse)
        self.affix = nn.EmbeddingBag(BUCKETS, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.word.weight, std=0.05)
        nn.init.normal_(self.affix.weight, std=0.03)
        with torch.no_grad():
            self.affix.weight[0] = 0

    def forward(self, rows: torch.Tensor, affixes: torch.Tensor) -> torch.Tensor:
        shape = rows.shape
        found = self.affix(affixes.reshape(-1, affixes.shape[-1])).reshape(*shape, WIDTH)
        return self.word(rows) + found


class Block(nn.Module):
    """A residual block: normalise, convolve with three taps, rectify, project."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation)
        self.out = nn.Linear(WIDTH, WIDTH)
        nn.init.normal_(self.out.weight, std=0.03)

    def forward(self, x: torch.Tensor, keep: torch.Tensor | None, dropout: float) -> torch.Tensor:
        y = functional.layer_norm(x, (WIDTH,))
        if keep is not None:
            y = y * keep
        y = functional.relu(self.conv(y.transpose(1, 2)).transpose(1, 2))
        y = drop(y, dropout, self.training)
        return x + self.out(y)


class Encoder(nn.Module):
    """Vectors of tokens in context.

    `keep` is 1 for tokens and 0 for padding, so that an article is read the same in any batch.
    """

    def __init__(self, blocks: int = len(DILATIONS)) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(d) for d in DILATIONS[:blocks])

    def forward(self, x: torch.Tensor, keep: torch.Tensor | None = None, dropout: float = 0.0) -> torch.Tensor:
        for block in self.blocks:
            x = block(x, keep, dropout)
        return functional.layer_norm(x, (WIDTH,))
