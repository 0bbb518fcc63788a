"""The annotated articles that everything is learnt from.

    python training/corpus.py CORPUS OUT.jsonl

joins `training/annotations/extra*.jsonl` (offsets only) with the raw articles of the corpus and writes them with their
text, after the articles of `train.jsonl`. OUT must stay outside the repository: it holds text.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parent / "annotations"


def load(corpus: Path, annotations: Path = ANNOTATIONS) -> Iterator[dict[str, Any]]:
    """The training articles in standoff with text: those of the corpus, then our own.

    Raises
    ------
    ValueError
        If a raw article is missing or its text is not the one that was annotated.
    """
    with (corpus / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
    ours = [
        json.loads(line) for path in sorted(annotations.glob("extra*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    wanted = {a["key"] for a in ours}
    texts: dict[str, str] = {}
    with lzma.open(corpus / "raw.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            if raw["key"] in wanted:
                texts[raw["key"]] = raw["text"]
    for n, article in enumerate(ours, 1):
        text = texts.get(article["key"], "")
        if hashlib.sha256(text.encode()).hexdigest() != article["sha256"]:
            raise ValueError(f"{article['key']}: the raw article is missing or has another text")
        for source in article["sources"].values():
            for field in ("name", "role"):
                source[field] = " ".join(x if isinstance(x, str) else text[slice(*x)] for x in source[field])
        yield {"doc": f"x{n:03d}", **article, "text": text}


def main(corpus: str, out: str) -> None:
    with Path(out).open("w", encoding="utf-8") as f:
        f.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in load(Path(corpus)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
