"""Turn hand-written annotation files into standoff without text.

    python training/import_annotations.py FOLDER CORPUS OUT.jsonl

FOLDER holds ``*/NAME.json`` (annotations in the guidelines' file format) beside ``NAME.txt`` (the article, its
lines numbered) and ``NAME.raw.json`` (the article's record). CORPUS is the folder of the annotated corpus, whose
`annocheck.py` resolves the anchors. What is written holds no text: key, outlet, sha256 and offsets only; the training
command joins it with the raw articles again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any


def main(folder: str, corpus: str, out: str) -> None:
    spec = importlib.util.spec_from_file_location("annocheck", Path(corpus, "annocheck.py"))
    assert spec is not None
    assert spec.loader is not None
    annocheck = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(annocheck)
    rows, bad = [], 0
    for path in sorted(Path(folder).glob("*/r*.json")):
        if path.name.endswith(".raw.json"):
            continue
        raw = json.loads(path.with_suffix(".raw.json").read_text(encoding="utf-8"))
        if "control" in raw:
            continue  # an article of the corpus, annotated again to see how far annotators agree
        paragraphs = raw["text"].split("\n")
        resolved, errors = annocheck.resolve(paragraphs, json.loads(path.read_text(encoding="utf-8")))
        if errors:
            bad += 1
            print(f"{path}: {errors[:2]}", file=sys.stderr)
            continue
        digest = hashlib.sha256(raw["text"].encode()).hexdigest()
        # Names and roles are the article's own words: kept as offsets where they stand in it, else left out.
        sources = {
            key: {"kind": s["kind"], "name": span_of(raw["text"], s["name"]), "role": span_of(raw["text"], s["role"])}
            for key, s in resolved["sources"].items()
        }
        rows.append(
            {"key": raw["key"], "outlet": raw["outlet"], "sha256": digest, "sources": sources,
             "statements": [{k: v for k, v in s.items() if k != "via"} for s in resolved["statements"]]}
        )  # fmt: skip
    with Path(out).open("w", encoding="utf-8") as f:
        f.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    print(
        f"{len(rows)} articles, {sum(len(r['statements']) for r in rows)} statements, {bad} left out", file=sys.stderr
    )


def span_of(text: str, words: str) -> list[Any]:
    """Where `words` stand in `text`: one pair of offsets; if they were put together by the annotator, one a word.

    A word that does not stand in the text at all («الصحيفة» for «للصحيفة») is kept as it is.
    """
    if not words:
        return []
    at = text.find(words)
    if at >= 0:
        return [[at, at + len(words)]]
    return [[i, i + len(w)] if (i := text.find(w)) >= 0 else w for w in words.split()]


if __name__ == "__main__":
    main(*sys.argv[1:4])
