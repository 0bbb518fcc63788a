"""The network of acts and stances in torch (`qawl.positions.network` is its numpy)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from position_examples import Example, Read
from torch import nn
from torch.nn import functional

from qawl.model import ACTS, MODES
from qawl.positions.network import FORMAT, TAGS
from qawl.positions.windows import DISTANCES, ROLES

__all__ = ["Batch", "Positions", "arrays_of", "collate", "loss_of"]

WIDTH = 96
LOOKS = 4  # ways to attend to the words
STEPS = (1, 2, 4, 1)
_TAGGING = 0.15  # weight of the tags in the loss
_SMOOTHING = 0.05  # of the acts: annotators agree on nine in ten


@dataclass
class Batch:
    """Statements padded to one length."""

    alone: torch.Tensor
    within: torch.Tensor
    role: torch.Tensor
    distance: torch.Tensor
    keep: torch.Tensor
    tags: torch.Tensor
    act: torch.Tensor
    known: torch.Tensor
    mode: torch.Tensor
    style: torch.Tensor


def collate(examples: list[Example], read: list[Read]) -> Batch:
    """A batch."""
    n, length = len(examples), max(e.window.last - e.window.first for e in examples)
    width = read[0].alone.shape[1]
    alone, within = np.zeros((n, length, width), np.float32), np.zeros((n, length, width), np.float32)
    role, distance = np.zeros((n, length), np.int64), np.zeros((n, length), np.int64)
    keep, tags = np.zeros((n, length, 1), np.float32), np.full((n, length), -100, np.int64)
    for k, e in enumerate(examples):
        size = e.window.last - e.window.first
        words = slice(e.window.first, e.window.last)
        alone[k, :size], within[k, :size] = read[e.article].alone[words], read[e.article].within[words]
        role[k, :size], distance[k, :size] = e.window.role, e.window.distance
        keep[k, :size], tags[k, :size] = 1, e.tags
    numbers = ([e.act for e in examples], [e.known for e in examples], [e.window.mode for e in examples])
    arrays = (alone, within, role, distance, keep, tags, *map(np.asarray, numbers))
    return Batch(*map(torch.from_numpy, arrays), style=torch.tensor([e.style for e in examples]))


class Positions(nn.Module):
    """Convolutions over a statement's words, and the heads that tag its targets and tell its act."""

    def __init__(self, vectors: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = dropout
        self.alone = nn.Linear(vectors, WIDTH)
        self.within = nn.Linear(vectors, WIDTH)
        self.role, self.distance = nn.Embedding(ROLES, WIDTH), nn.Embedding(DISTANCES, WIDTH)
        self.style, self.mode = nn.Embedding(2, WIDTH), nn.Embedding(len(MODES), WIDTH)
        self.known = nn.Embedding(len(ACTS), WIDTH)
        for table in (self.role, self.distance, self.style, self.mode, self.known):
            nn.init.normal_(table.weight, std=0.1)
        self.steps = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in STEPS)
        self.tag = nn.Linear(WIDTH, TAGS)
        self.look = nn.Linear(WIDTH, LOOKS)
        self.hidden = nn.Linear((LOOKS + 2) * WIDTH, WIDTH)
        self.act = nn.Linear(WIDTH, len(ACTS))

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return functional.dropout(x, self.dropout, self.training)

    def forward(self, b: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of tags and of acts."""
        whole = self.style(b.style) + self.mode(b.mode) + self.known(b.known)
        z = self.alone(self.drop(b.alone)) + self.within(self.drop(b.within))
        z = functional.relu(z + self.role(b.role) + self.distance(b.distance) + whole[:, None]) * b.keep
        for conv in self.steps:
            y = functional.layer_norm(z, (WIDTH,)) * b.keep
            z = z + functional.relu(conv(y.transpose(1, 2)).transpose(1, 2)) * b.keep
        z = self.drop(z)
        away = ~((b.role == 1) | (b.role == 2))[..., None]
        seen = torch.softmax(self.look(z).masked_fill(away, -1e4), 1)
        pooled = torch.einsum("nth,ntw->nhw", seen, z).reshape(len(z), -1)
        most = z.masked_fill(away, -1e4).amax(1)
        hidden = functional.relu(self.hidden(torch.cat([pooled, most, whole], 1)))
        return self.tag(z), self.act(self.drop(hidden))


def loss_of(model: Positions, b: Batch, weights: torch.Tensor) -> torch.Tensor:
    """The training loss; `weights` has a number for each style."""
    tags, acts = model(b)
    tagging = functional.cross_entropy(tags.reshape(-1, TAGS), b.tags.reshape(-1), ignore_index=-100, reduction="none")
    tagging = tagging.reshape(b.tags.shape).sum(1)
    acting = functional.cross_entropy(acts, b.act, reduction="none", label_smoothing=_SMOOTHING)
    scale = weights[b.style]
    return ((_TAGGING * tagging + acting) * scale / scale.mean()).mean()


def arrays_of(models: list[Positions], bias: float, linear: float) -> dict[str, np.ndarray]:
    """The arrays of `qawl.positions.network.Network`."""
    out = {
        "format": np.asarray(FORMAT), "bias": np.asarray(bias), "linear": np.asarray(linear),
        "members": np.asarray(len(models)),
    }  # fmt: skip
    for n, model in enumerate(models):
        out |= {f"{n}.{k}": np.ascontiguousarray(v).astype(np.float16) for k, v in _member(model).items()}
    return out


def _member(model: Positions) -> dict[str, np.ndarray]:
    """One network's arrays; it reads as the corpus is annotated, so that style is part of the mode."""
    w = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    net = {
        "alone": w["alone.weight"].T, "within": w["within.weight"].T,
        "role": w["role.weight"] + w["alone.bias"] + w["within.bias"], "distance": w["distance.weight"],
        "mode": w["mode.weight"] + w["style.weight"][0], "known": w["known.weight"],
        "tag": w["tag.weight"].T, "tag_bias": w["tag.bias"], "look": w["look.weight"].T, "look_bias": w["look.bias"],
        "hidden": w["hidden.weight"].T, "hidden_bias": w["hidden.bias"],
        "act": w["act.weight"].T, "act_bias": w["act.bias"],
    }  # fmt: skip
    for n in range(len(STEPS)):
        conv = w[f"steps.{n}.weight"]
        net[f"step{n}"] = np.concatenate([conv[:, :, k].T for k in range(3)])
        net[f"step{n}_bias"] = w[f"steps.{n}.bias"]
    return net
