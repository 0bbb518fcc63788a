"""Measures the extractor by cross-validation, through the same code that reads articles.

python training/extractor/evaluate.py --corpus CORPUS --annotations … --pretrained PRETRAINED.pt
    [--folds 5] [--only 0] [--by outlet] [--share 0.5] [--epochs 14]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from calibrate import CALIBRATION
from corpus import Example, example_of, load
from export import arrays_of, load_state
from train import Settings, feature_names, train

from qawl.model import Article, Source, Statement
from qawl.sources import resolve
from qawl.sources.resolve import Resolver
from qawl.statements import Parsed, tidied
from qawl.statements.engine import find_statements
from qawl.statements.learned import find_statements_learned
from qawl.statements.learned_net import Network

__all__ = ["figures", "folds_of", "standoff"]

_SHOWN = ("cue accuracy", "mode accuracy", "nesting recall")


def scorer(corpus: Path) -> ModuleType:
    """The corpus's own scorer."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Found = tuple[tuple[Statement, ...], dict[str, Source]]


def read(article: Article, net: Network | None) -> Found:
    """The statements and sources of an article; by the grammar engine, if there is no `net`."""
    p = Parsed(article)
    found = find_statements_learned(article, p, net=net) if net is not None else find_statements(article, p)
    return resolve(article, tidied(p, found), p)


def outcomes(score: ModuleType, e: Example, net: Network) -> list[dict[str, Any]]:
    """What became of each statement read: how sure it was, and whether it was found and its source right."""
    p = Parsed(e.article)
    found = tidied(p, find_statements_learned(e.article, p, net=net))
    resolver = Resolver(p)
    statements, sources = resolver.run(found)
    predicted = standoff(e.gold["doc"], (statements, sources))["statements"]
    matched = {j: i for i, j in score.match(e.gold["text"], e.gold["statements"], predicted, 0.5)}
    out = []
    for j, s in enumerate(statements):
        source = sources[s.who]
        gold = e.gold["statements"][matched[j]] if j in matched else None
        right = gold is not None and score.same_source(source.name, e.gold["sources"][gold["who"]]["name"])
        out.append(
            {"extracted": found[j].confidence, "confidence": s.confidence, "mention": resolver.mention(s),
             "kind": source.kind if source.name else "", "found": gold is not None, "right": right,
             "outlet": e.gold["outlet"], "mode": s.mode}
        )  # fmt: skip
    return out


def standoff(doc: str, found: Found) -> dict[str, Any]:
    """Statements and sources in the corpus's format."""

    def pair(span: Any) -> list[int] | None:
        return [span.start, span.end] if span is not None else None

    return {
        "doc": doc,
        "sources": {k: {"name": x.name, "kind": x.kind, "role": x.role} for k, x in found[1].items()},
        "statements": [
            {"id": s.id, "cue": pair(s.cue), "speaker": pair(s.speaker), "who": s.who, "mode": s.mode,
             "content": [pair(c) for c in s.content], "act": s.act, "stances": [], "parent": s.parent}
            for s in found[0]
        ],
    }  # fmt: skip


def figures(score: ModuleType, examples: list[Example], found: list[Found]) -> dict[str, float]:
    """The scorer's figures, found recall by mode, and F1 of exact speaker spans among found statements."""
    total = score.Tally()
    right = guessed = named = 0
    for e, these in zip(examples, found, strict=True):
        predicted = standoff(e.gold["doc"], these)
        total.update(score.score_doc(e.gold, predicted))
        for i, j in score.match(e.gold["text"], e.gold["statements"], predicted["statements"], 0.5):
            a, b = e.gold["statements"][i]["speaker"], predicted["statements"][j]["speaker"]
            named += a is not None
            guessed += b is not None
            right += a is not None and b is not None and a[1] == b[1] and abs(a[0] - b[0]) <= 2
    out = {
        k: v
        for k, v in score.figures(total).items()
        if k.startswith(("found", "attribution F1", "source")) or k in _SHOWN
    }
    for mode in ("direct", "indirect", "mixed"):
        out[f"found recall, {mode}"] = total["found:" + mode] / max(1, total["gold:" + mode])
    out["speaker F1"] = 2 * right / max(1, named + guessed)
    return out


def folds_of(examples: list[Example], n: int, by: str = "") -> list[list[int]]:
    """Indices of the articles of each fold; with `by`, no value of that key is in two folds."""
    if by:
        groups = sorted({e.gold[by] for e in examples})
        random.Random(5).shuffle(groups)
        return [[i for i, e in enumerate(examples) if groups.index(e.gold[by]) % n == f] for f in range(n)]
    order = list(range(len(examples)))
    random.Random(5).shuffle(order)
    return [sorted(order[f::n]) for f in range(n)]


def show(name: str, f: dict[str, float]) -> None:
    """Prints figures on one line."""
    print(name + ": " + ", ".join(f"{k} {v:.3f}" for k, v in f.items()), flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--by", default="")
    parser.add_argument("--share", type=float, default=1.0, help="part of the training articles to use")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to write each fold's weights to")
    parser.add_argument("--outcomes", type=Path, help="file to add what became of each statement to, for calibrate.py")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    score = scorer(a.corpus)
    pretrained = load_state(a.pretrained)
    examples = [example_of(d) for d in load(a.corpus, a.annotations)]
    settings = Settings()
    settings.epochs = a.epochs
    held: list[Example] = []
    found: list[Found] = []
    for n, fold in enumerate(folds_of(examples, a.folds, a.by)):
        if a.only and n not in a.only:
            continue
        outside = set(fold)
        rest = [e for i, e in enumerate(examples) if i not in outside]
        random.Random(3).shuffle(rest)
        rest = rest[: int(len(rest) * a.share)]
        features = feature_names(rest)
        model = train(rest, pretrained, features, settings)
        arrays = arrays_of(model, pretrained["vocabulary"], features, CALIBRATION)
        if a.keep is not None:
            from export import save

            save(a.keep / f"fold{n}.npz", arrays)
        net = Network(arrays)
        these = [examples[i] for i in fold]
        mine = [read(e.article, net) for e in these]
        if a.outcomes is not None:
            with a.outcomes.open("a", encoding="utf-8") as f:
                f.writelines(json.dumps({"fold": n, **row}) + "\n" for e in these for row in outcomes(score, e, net))
        show(f"fold {n} learned", figures(score, these, mine))
        show(f"fold {n} rules", figures(score, these, [read(e.article, None) for e in these]))
        held += these
        found += mine
    show("all learned", figures(score, held, found))


if __name__ == "__main__":
    main()
