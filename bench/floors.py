"""Accuracy on the annotated corpus, held to floors. Prints figures; exits 1 if a floor is broken.

The corpus is not part of the project: it is looked for in `../shared/corpus` or in `$QAWL_CORPUS`. Where it
is not, this says so and passes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The articles that the floors hold for: sha256 of dev.jsonl. Other articles, other floors.
CORPUS_SHA256 = "6e58e2e00eebba5331b94b1e14f34cae19af197efa6a0e007b1aafc05f7094dc"
FLOORS = {"attribution F1": 0.65, "found F1": 0.75}


def main() -> int:
    corpus = Path(os.environ.get("QAWL_CORPUS", ROOT.parent / "shared" / "corpus"))
    dev = corpus / "dev.jsonl"
    if not dev.is_file():
        print("floors: no annotated corpus (../shared/corpus or $QAWL_CORPUS): accuracy not measured")
        return 0
    digest = hashlib.sha256(dev.read_bytes()).hexdigest()
    if digest != CORPUS_SHA256:
        print(f"floors: note: these are other articles (sha256 {digest[:12]}…) than the floors were set for")
    qawl = [sys.executable, "-m", "qawl"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "dev.out.jsonl")
        with out.open("w", encoding="utf-8") as f:
            subprocess.run([*qawl, "read", "--format", "standoff", "--quiet", str(dev)], stdout=f, check=True)
        floors = [x for name, value in FLOORS.items() for x in ("--floor", f"{name}={value}")]
        return subprocess.run([*qawl, "score", str(dev), str(out), *floors], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
