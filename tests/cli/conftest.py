"""Running the command, in this process or as one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qawl.cli import main

ARTICLE = (
    "افتتاح جسر جديد في مدينة الواحة\n"
    "قال وزير النقل نادر الصالحي إن الجسر الجديد سيفتتح الأسبوع المقبل.\n"
    "وأضاف أن أعمال البناء انتهت قبل موعدها.\n"
    "ودعت النائبة سلمى الحداد إلى خفض رسوم العبور.\n"
)
"""An invented article, with three statements by two invented people."""


@dataclass(frozen=True)
class Result:
    """What a run of the command gave."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Qawl = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user who has no record yet, whoever runs the tests."""
    monkeypatch.delenv("QAWL_RECORD", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def qawl(monkeypatch: pytest.MonkeyPatch) -> Qawl:
    """Run the command in this process: ``qawl("read", path, stdin=b"…")``."""

    def run(*args: object, stdin: bytes = b"") -> Result:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as m:
            m.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            # A locale that cannot write Arabic must do no harm.
            m.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
            m.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="ascii"))
            status = main([str(a) for a in args])
            sys.stdout.flush()
            sys.stderr.flush()
            result = Result(status, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))
        assert "Traceback" not in result.err
        return result

    return run


@pytest.fixture
def process() -> Qawl:
    """Run the command as a process of its own, in a locale that cannot write Arabic."""

    def run(*args: object, stdin: bytes = b"") -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "qawl", *map(str, args)],
            input=stdin,
            capture_output=True,
            timeout=120,
            env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in result.err
        return result

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The invented article as a file."""
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
