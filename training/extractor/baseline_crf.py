"""Measures a linear-chain conditional random field over the same features, as something to compare the network with.

    python training/extractor/baseline_crf.py --corpus CORPUS --annotations training/annotations/extra.jsonl [--fold 0]

Needs python-crfsuite. Every token is a cue, begins or continues a content or a speaker, or is none of these; a content
is given to the cue next to it (after Lafferty et al. 2001; Pareti 2015 finds attributions in the same way). A chain
cannot show one content within another, so of nested statements the outer one is learned.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite
from corpus import Example, example_of, load
from evaluate import Found, figures, folds_of, read, scorer, show

from qawl.model import Statement
from qawl.sources import resolve
from qawl.statements import Parsed, tidied
from qawl.statements.learned_spans import content_spans

_ROUNDS = 80
_BESIDE = (-2, -1, 1, 2)
_REACH = 60  # tokens between a cue and its content or speaker


def features(e: Example) -> list[list[str]]:
    """The features of each position: word, affixes, lexicon, gazetteer, quotations, place, and the words beside it."""
    own = [
        [f"w:{w}", *(f"<{w[:n]}" for n in (1, 2, 3)), *(f"{w[-n:]}>" for n in (1, 2, 3)), *names]
        for w, names in zip(e.words, e.features, strict=True)
    ]
    out = []
    for k, mine in enumerate(own):
        row = ["bias", *mine]
        for d in _BESIDE:
            if 0 <= k + d < len(own):
                row += [f"{d}:{f}" for f in (own[k + d] if abs(d) == 1 else own[k + d][:1])]
        out.append(row)
    return out


def labels(e: Example) -> list[str]:
    """The label of each position."""
    out = ["O"] * len(e.where)

    def mark(span: tuple[int, int], name: str) -> None:
        for k in range(span[0], span[1] + 1):
            out[k] = f"{'B' if k == span[0] else 'I'}-{name}"

    for t in sorted((t for t in e.targets if t.content), key=lambda t: t.content[0] - t.content[1]):
        if all(out[k] == "O" for k in range(t.content[0], t.content[1] + 1)):
            mark(t.content, "content")
    for t in e.targets:
        if t.speaker and all(out[k] == "O" for k in range(t.speaker[0], t.speaker[1] + 1)):
            mark(t.speaker, "speaker")
    for t in e.targets:
        if t.cued and out[t.anchor] == "O":
            out[t.anchor] = "cue"
    return out


def segments(tags: list[str], name: str) -> list[tuple[int, int]]:
    """First and last position of each stretch of a label."""
    out: list[tuple[int, int]] = []
    for k, tag in enumerate(tags):
        if tag == f"B-{name}" or (tag == f"I-{name}" and not (out and out[-1][1] == k - 1)):
            out.append((k, k))
        elif tag == f"I-{name}":
            out[-1] = (out[-1][0], k)
    return out


def _nearest(at: int, spans: list[tuple[int, int]], e: Example) -> tuple[int, int] | None:
    """The stretch next to a position in its paragraph, one after it rather than one before."""
    low, high = e.bounds[at]
    near = [s for s in spans if low <= s[0] and s[1] < high and min(abs(s[0] - at), abs(at - s[1])) <= _REACH]
    return min(near, key=lambda s: (s[1] < at, abs(s[0] - at)), default=None)


def statements(e: Example, tags: list[str]) -> Found:
    """What the labels say, through the same code that makes spans, modes and sources."""
    p = Parsed(e.article)
    contents, speakers = segments(tags, "content"), segments(tags, "speaker")
    out: list[Statement] = []
    for at in (k for k, tag in enumerate(tags) if tag == "cue"):
        content, speaker = _nearest(at, contents, e), _nearest(at, speakers, e)
        if content is None:
            continue
        token = int(e.where[at])
        named = (int(e.where[speaker[0]]), int(e.where[speaker[1]]) + 1) if speaker else None
        spans, mode = content_spans(
            p, int(e.where[content[0]]), int(e.where[content[1]]) + 1, (token, token + 1), named
        )
        cue = p.tok.span(token, token + 1)
        out.append(Statement(len(out) + 1, cue, "", p.tok.span(*named) if named else None, spans, mode))
    return resolve(e.article, tidied(p, tuple(out)), p)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--fold", type=int, default=0)
    a = parser.parse_args()
    examples = [example_of(d) for d in load(a.corpus, a.annotations)]
    held = set(folds_of(examples, a.folds)[a.fold])
    trainer = pycrfsuite.Trainer(verbose=False)
    for i, e in enumerate(examples):
        if i not in held:
            trainer.append(features(e), labels(e))
    trainer.set_params({"c1": 0.3, "c2": 0.05, "max_iterations": _ROUNDS, "feature.minfreq": 3})
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crf")
        trainer.train(path)
        tagger: Any = pycrfsuite.Tagger()
        tagger.open(path)
        these = [examples[i] for i in sorted(held)]
        found = [statements(e, tagger.tag(features(e))) for e in these]
        tagger.close()
    show(f"fold {a.fold} conditional random field", figures(scorer(a.corpus), these, found))
    show(f"fold {a.fold} rules", figures(scorer(a.corpus), these, [read(e.article, None) for e in these]))


if __name__ == "__main__":
    main()
