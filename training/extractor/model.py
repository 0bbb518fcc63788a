"""The extractor in torch: encoder, cue head, and the head that finds each cue's content and speaker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from corpus import Example
from network import KEPT, WIDTH, Encoder, Words, drop
from torch import nn
from torch.nn import functional
from words import SPECIAL

from qawl.statements.learned_geometry import DISTANCES, RELATIONS, distance_rows, relations, windows

__all__ = ["INNER", "Batch", "Extractor", "Index", "collate", "loss_of"]

INNER = 64
FAST = True  # half precision in training
_STEPS = (1, 2, 4)
_NONE = -1e4
_NAME = 0.3  # weight of the names in the loss
_EXTRA = 10  # words of an article that look like cues but are none, for the second head to learn from


class Index:
    """Rows of words and features."""

    def __init__(self, vocabulary: list[str], features: list[str]) -> None:
        self.word = {w: i + SPECIAL for i, w in enumerate(vocabulary)}
        self.word["\n"] = 1
        self.feature = {f: i + 1 for i, f in enumerate(features)}


@dataclass
class Batch:
    """Articles padded to one length."""

    examples: list[Example]
    rows: torch.Tensor
    affixes: torch.Tensor
    features: torch.Tensor
    keep: torch.Tensor
    labels: torch.Tensor
    names: torch.Tensor


def collate(examples: list[Example], index: Index, rng: np.random.Generator | None) -> Batch:
    """A batch; with `rng`, words and features are dropped at random."""
    n, length = len(examples), max(len(e.where) for e in examples)
    most = max(len(f) for e in examples for f in e.features)
    rows = np.zeros((n, length), np.int64)
    affixes = np.zeros((n, length, 8), np.int64)
    features = np.zeros((n, length, most), np.int64)
    keep = np.zeros((n, length, 1), np.float32)
    labels = np.full((n, length), -100, np.int64)
    names = np.full((n, length), -1, np.float32)
    for b, e in enumerate(examples):
        size = len(e.where)
        rows[b, :size] = [index.word.get(w, 0) for w in e.words]
        affixes[b, :size] = e.affixes
        for k, present in enumerate(e.features):
            ids = [index.feature.get(f, 0) for f in present]
            features[b, k, : len(ids)] = ids
        keep[b, :size] = 1
        labels[b, :size][e.where >= 0] = 0
        for t in e.targets:
            labels[b, t.anchor] = 1 if t.cued else 2
        labels[b, e.doubtful] = -100
        names[b, :size] = e.names
    if rng is not None:
        rows[rng.random(rows.shape) < 0.06] = 0
        features[rng.random(features.shape) < 0.08] = 0
    arrays = (rows, affixes, features, keep, labels, names)
    return Batch(examples, *map(torch.from_numpy, arrays))


class Extractor(nn.Module):
    """Encoder and heads."""

    def __init__(self, words: int, features: int, blocks: int = KEPT) -> None:
        super().__init__()
        self.words = Words(words)
        self.encoder = Encoder(blocks)
        self.features = nn.EmbeddingBag(features + 1, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.03)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.cue_in = nn.Linear(WIDTH, 64)
        self.cue_out = nn.Linear(64, 3)
        self.name = nn.Linear(WIDTH, 1)
        self.there = nn.Linear(WIDTH, INNER)
        self.here = nn.Linear(WIDTH, INNER)
        self.distance = nn.Embedding(DISTANCES, INNER)
        nn.init.normal_(self.distance.weight, std=0.05)
        self.relation = nn.Linear(RELATIONS, INNER, bias=False)
        self.steps = nn.ModuleList(nn.Conv1d(INNER, INNER, 3, padding=d, dilation=d) for d in _STEPS)
        self.edges = nn.Linear(INNER, 6)
        self.silent = nn.Linear(WIDTH, 1)
        self.held = nn.Linear(INNER, 1)
        self.held_here = nn.Linear(WIDTH, 1)

    def encode(self, batch: Batch, dropout: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Vectors of all positions, and their scores.

        The scores are of being no cue, a cue, or the mark before an uncued content; and of being part of a name.
        """
        with torch.no_grad():
            x = self.words(batch.rows, batch.affixes)
        n, length = batch.rows.shape
        x = x + self.features(batch.features.reshape(n * length, -1)).reshape(n, length, WIDTH)
        x = drop(x * batch.keep, dropout, self.training)
        h = self.encoder(x, batch.keep, dropout)
        seen = drop(h, dropout, self.training)
        return h, self.cue_out(functional.relu(self.cue_in(seen))), self.name(seen)[..., 0]

    def govern(
        self, h: torch.Tensor, flat: torch.Tensor, own: torch.Tensor, rows: torch.Tensor, related: torch.Tensor,
        real: torch.Tensor, dropout: float,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
        """Scores of edges in each window, of no speaker being named, and of there being a statement at all."""
        h = h.reshape(-1, WIDTH)
        at = h[own]
        z = self.there(h)[flat] + self.here(at)[:, None] + self.distance(rows) + self.relation(related)
        keep = real[..., None].to(z.dtype)
        z = drop(functional.relu(z) * keep, dropout, self.training)
        for conv in self.steps:
            z = z + functional.relu(conv(z.transpose(1, 2)).transpose(1, 2)) * keep
        z2 = drop(z, dropout, self.training)
        pooled = (z2 + (keep - 1) * 1e4).amax(1)
        return self.edges(z2), self.silent(at)[:, 0], (self.held(pooled) + self.held_here(at))[:, 0]


def segment_loss(
    start: torch.Tensor, end: torch.Tensor, inside: torch.Tensor, allowed: torch.Tensor, gold: torch.Tensor,
    none: torch.Tensor | None,
) -> torch.Tensor:  # fmt: skip
    """Negative log chance of the gold stretch among all stretches of the window (and none at all).

    A stretch scores the sum of its start, its end and all that lies between; all arrays are (n, width), `gold`
    (n, 2) holds columns or -1 where no stretch is gold.
    """
    total = torch.cumsum(inside * allowed, 1)
    before = total - inside * allowed
    a = torch.where(allowed, start - before, torch.full_like(start, _NONE))
    b = torch.where(allowed, end + total, torch.full_like(end, _NONE))
    norm = torch.logsumexp(b + torch.logcumsumexp(a, 1), 1)
    first, last = gold[:, 0].clamp(min=0), gold[:, 1].clamp(min=0)
    score = a.gather(1, first[:, None])[:, 0] + b.gather(1, last[:, None])[:, 0]
    if none is not None:
        norm = torch.logaddexp(norm, none)
        score = torch.where(gold[:, 0] >= 0, score, none)
        return norm - score
    return torch.where(gold[:, 0] >= 0, norm - score, torch.zeros_like(norm))


def loss_of(model: Extractor, batch: Batch, dropout: float) -> tuple[torch.Tensor, dict[str, float]]:
    """The training loss of a batch, and its parts."""
    with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
        h, scores, names = model.encode(batch, dropout)
    scores = scores.float()
    known = batch.names >= 0
    name_loss = functional.binary_cross_entropy_with_logits(names.float()[known], batch.names[known], reduction="sum")
    cue_loss = functional.cross_entropy(
        scores.reshape(-1, 3), batch.labels.reshape(-1), ignore_index=-100, reduction="sum"
    )
    chance = (1 - torch.softmax(scores.detach(), -1)[..., 0]).numpy()
    length = batch.rows.shape[1]
    pieces: list[tuple[np.ndarray, ...]] = []
    for b, e in enumerate(batch.examples):
        size = len(e.where)
        likely = chance[b, :size] * (e.where >= 0)
        gold = {t.anchor: t for t in e.targets}
        extra = [k for k in np.flatnonzero(likely > 0.04).tolist() if k not in gold and k not in e.doubtful]
        if len(extra) > _EXTRA:
            extra = sorted(extra, key=lambda k: -likely[k])[:_EXTRA]
        anchors = np.array(sorted([*gold, *extra]), np.int64)
        if not len(anchors):
            continue
        at, real = windows(anchors, e.bounds)
        related = relations(anchors, at, e.sentence, e.quote, likely)
        marks = np.full((len(anchors), 5), -1, np.int64)
        for row, anchor in enumerate(anchors.tolist()):
            t = gold.get(anchor)
            if t is None:
                continue
            marks[row, 4] = 1
            low, high = at[row, 0], at[row, real[row].sum() - 1]
            if t.content is not None and low <= t.content[0] and t.content[1] <= high:
                marks[row, :2] = t.content[0] - low, t.content[1] - low
            if t.speaker is not None and low <= t.speaker[0] and t.speaker[1] <= high:
                marks[row, 2:4] = t.speaker[0] - low, t.speaker[1] - low
        rows = distance_rows(at - anchors[:, None])
        pieces.append((at + b * length, anchors + b * length, rows, related, real, real & e.letters[at], marks))
    width = max(x[0].shape[1] for x in pieces)

    def pad(k: int, value: float = 0) -> torch.Tensor:
        parts = [x[k] for x in pieces]
        parts = [
            np.pad(x, [(0, 0), (0, width - x.shape[1]), *[(0, 0)] * (x.ndim - 2)], constant_values=value) for x in parts
        ]
        return torch.from_numpy(np.concatenate(parts))

    flat, rows, related, real, allowed = pad(0), pad(2), pad(3), pad(4), pad(5)
    own = torch.from_numpy(np.concatenate([x[1] for x in pieces]))
    marks = torch.from_numpy(np.concatenate([x[6] for x in pieces]))
    with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
        edges, silent, held = model.govern(h, flat, own, rows, related, real, dropout)
    edges, silent, held = edges.float(), silent.float(), held.float()
    true = marks[:, 4] > 0
    content = segment_loss(edges[..., 0], edges[..., 1], edges[..., 2], allowed, marks[:, :2], None)
    speaker = segment_loss(edges[..., 3], edges[..., 4], edges[..., 5], allowed, marks[:, 2:4], silent)
    held_loss = functional.binary_cross_entropy_with_logits(held, true.float(), reduction="sum")
    content_loss = (content * true).sum()
    speaker_loss = (speaker * true).sum()
    scale = 1 / max(int(true.sum()), 1)
    loss = (cue_loss + held_loss + content_loss + 0.5 * speaker_loss + _NAME * name_loss) * scale
    parts = {
        "cue": cue_loss, "held": held_loss, "content": content_loss, "speaker": speaker_loss, "name": name_loss,
    }  # fmt: skip
    return loss, {k: v.item() * scale for k, v in parts.items()}
