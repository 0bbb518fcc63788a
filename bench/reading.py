"""Speed and memory of whole-article reading, as a ratio to a named reference in the same run.

    python bench/reading.py [--articles N]

The text is generated from the bundled invented articles: sentences drawn with a fixed seed into articles of 300
words. The reference is `spacy.blank("ar")` merely tokenizing the same text. Each figure is the median of five rounds.
What a second process adds is measured on the articles that are read after both have started.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from importlib.resources import files

from qawl import Reader
from qawl.arabic.sentences import sentences
from qawl.cli.workers import readings
from qawl.model import Article
from qawl.pages import from_record, from_text

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does

WORDS = 300
ROUNDS = 5


def articles(count: int) -> list[Article]:
    """`count` articles of 300 words, the same in every run."""
    pool: list[str] = []
    for entry in sorted(files("qawl").joinpath("data", "demo").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            article = from_text(entry.read_text(encoding="utf-8"))
            pool += [s.of(article.text) for s in sentences(article.text) if len(s.of(article.text).split()) > 5]
    draw = random.Random(20231104)
    out = []
    for n in range(count):
        paragraphs: list[str] = ["عنوان المادة المولدة للقياس"]
        words = 5
        while words < WORDS:
            picked = [draw.choice(pool) for _ in range(draw.randint(1, 3))]
            words += sum(len(p.split()) for p in picked)
            paragraphs.append(" ".join(picked))
        out.append(from_record({"text": "\n".join(paragraphs), "doc": f"b{n}"}))
    return out


def rate(work: object, items: list[object]) -> float:
    """Items per second, the median of the rounds."""
    figures = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for item in items:
            work(item)  # type: ignore[operator]
        figures.append(len(items) / (time.perf_counter() - begin))
    return statistics.median(figures)


def together(items: list[Article], workers: int) -> float:
    """Articles per second with some processes, from the first reading on."""
    found = readings(((str(n), a) for n, a in enumerate(items)), Reader, workers)
    for _ in range(len(items) // 4):
        next(found)
    begin = time.perf_counter()
    rest = sum(1 for _ in found)
    return rest / (time.perf_counter() - begin)


def import_seconds() -> float:
    """Seconds that `import qawl` takes in a fresh interpreter, the interpreter's own start taken off."""
    code = "import time; t = time.perf_counter(); import qawl; qawl.read; print(time.perf_counter() - t)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout) for _ in range(5)
    ]
    return statistics.median(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    count = parser.parse_args().articles
    reader = Reader()
    items = articles(count)
    statements = sum(len(reader.read(a).statements) for a in items)
    ours = rate(reader.read, list(items))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    many = items * 8
    one, two = (statistics.median(together(many, n) for _ in range(3)) for n in (1, 2))
    import spacy

    nlp = spacy.blank("ar")
    theirs = rate(nlp.make_doc, [a.text for a in items])
    print(f"machine: {platform.machine()}, Python {platform.python_version()}, spaCy {spacy.__version__}")
    print(f"articles: {count} of {WORDS} words, {statements / count:.1f} statements each")
    print(f"reading, text to resolved statements: {ours:8.1f} articles/s, one process")
    print(f"with two processes, to one:           {two / one:8.2f}")
    print(f"spacy.blank('ar') tokenizing:         {theirs:8.1f} articles/s")
    print(f"ratio:                                {ours / theirs:8.3f}")
    print(f"import qawl:                          {import_seconds():8.3f} s")
    print(f"peak memory before spaCy is loaded:   {peak:8.0f} MB")


if __name__ == "__main__":
    main()
