"""What only a process of its own shows: signals, pipes, locales, permissions, memory."""

import gzip
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
QAWL = [sys.executable, "-m", "qawl"]
# On Linux what the process itself held: ru_maxrss there counts the process that started it, too.
MEMORY = """
import pathlib, resource, sys
from qawl.cli import main
status = main(sys.argv[1:])
told = pathlib.Path("/proc/self/status")
if told.exists():
    print(next(int(line.split()[1]) for line in told.read_text().splitlines() if line.startswith("VmHWM")) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 // 1024)
sys.exit(status)
"""
AS_ANOTHER_USER = (
    "import os, sys\nfrom qawl.cli import main\nassert main(['read', sys.argv[1]]) == 0\n"
    "if os.geteuid() == 0:\n    os.setuid(65534)\nsys.exit(main(['read', sys.argv[2]]))"
)


def started(*args: object, **options: Any) -> subprocess.Popen[bytes]:
    # A shell may have started the tests with SIGINT ignored, and a child inherits that.
    reset = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731
    command = [*QAWL, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=reset, **options)


def test_arabic_in_and_out_of_a_process_with_an_ascii_locale(process: Run, article: Path) -> None:
    result = process("read", article, "-", "--format", "jsonl", stdin=article.read_bytes())
    assert result.status == 0
    assert [json.loads(line)["doc"] for line in result.out.splitlines()] == ["bridge", "stdin"]
    assert "نادر الصالحي" in result.out


def test_ctrl_c_ends_cleanly(article: Path) -> None:
    line = json.dumps({"text": article.read_text(encoding="utf-8")}).encode() + b"\n"
    run = started("read", "-", "--format", "json", stdin=subprocess.PIPE)
    assert run.stdin is not None
    assert run.stderr is not None
    run.stdin.write(line * 3 + b"{\n")
    run.stdin.flush()
    # Once the broken line is named it waits for more.
    assert run.stderr.readline().startswith(b"-:4: ")
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert len(json.loads(out)) == 3
    assert err.decode().splitlines() == [
        "interrupted: read 3 articles, 9 statements, skipped 1 (1 the line is broken JSON)"
    ]


def test_a_reader_that_leaves_early_is_no_error(article: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    record = {"text": article.read_text(encoding="utf-8")}
    path.write_text((json.dumps(record) + "\n") * 300, encoding="utf-8")
    run = started("read", path, "--format", "json")
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.readline()
    run.stdout.close()
    assert run.wait(timeout=60) == 0
    assert run.stderr.read() == b""
    run.stderr.close()


@pytest.mark.parametrize("args", [["--help"], ["read", "--help"], ["--version"]])
def test_help_into_a_pipe_that_is_closed(args: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*QAWL, *args], stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("args", [["--help"], ["demo"], ["read", "-"], ["score", "-", "GOLD"]])
def test_standard_output_on_a_full_disk_is_one_line(args: list[str], article: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"doc": "a", "text": "قال", "sources": {}, "statements": []}\n', encoding="utf-8")
    command = [*QAWL, *(str(gold) if a == "GOLD" else a for a in args)]
    data = gold.read_bytes() if args[0] == "score" else article.read_bytes()
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, input=data, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert [line for line in done.stderr.decode().splitlines() if not line.startswith("note: ")] == [
        "Error: standard output cannot be written (No space left on device)"
    ]


@pytest.mark.parametrize(
    ("closing", "args", "status", "said"),
    [
        (">&-", "read {0}", 2, "standard output is closed; give --out FILE"),
        ("<&-", "read -", 1, "-: standard input is closed; give a file"),
        ("2>&-", "read {0} none.txt", 1, ""),
    ],
)
def test_standard_streams_that_are_closed(article: Path, closing: str, args: str, status: int, said: str) -> None:
    command = f"{shlex.join(QAWL)} {args.format(shlex.quote(str(article)))} {closing}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.returncode == status
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_file_that_this_user_may_not_read(article: Path) -> None:
    """Permission bits do not stop the superuser, so its process becomes another user's once all is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        secret = Path(folder, "secret.txt")
        secret.write_bytes(article.read_bytes())
        secret.chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER_USER, article, secret], capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"{secret}: no permission to read it; change its permissions or copy it",
        "read 0 articles, 0 statements, skipped 1 (1 no permission to read it)",
    ]


def test_a_named_pipe_can_be_read(article: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    run = started("read", pipe, "--format", "jsonl")
    pipe.write_bytes(article.read_bytes())
    out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, b"")
    assert len(json.loads(out)["statements"]) == 3


def measured(*args: object, stdin: Any = None) -> tuple[int, list[str], int]:
    """Exit status, the lines on standard error, and the most memory held, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, *map(str, args)], stdin=stdin, capture_output=True, timeout=120, check=False
    )
    return done.returncode, done.stderr.decode().splitlines(), int(done.stdout.split()[-1])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.txt", "x.html", "x.json", "x.jsonl", "x", "x.txt.gz", "x.jsonl.gz", "-"])
def test_one_line_of_200_mb_is_refused_quickly_and_in_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    start, chunk = b'{"text": "', "قال الوزير إن ".encode() * 2**16
    with gzip.open(path, "wb", 1) if name.endswith("gz") else path.open("wb") as f:
        f.write(start)
        for _ in range(200 * 2**20 // len(chunk)):
            f.write(chunk)
    if name == "-":
        with path.open("rb") as f:
            status, said, memory = measured("read", "-", stdin=f)
    else:
        status, said, memory = measured("read", path)
    assert status == 1
    assert "over 32 MB" in said[0]
    assert len(said) == 2
    assert memory < 400


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_articles(article: Path, tmp_path: Path) -> None:
    line = json.dumps({"text": article.read_text(encoding="utf-8")}, ensure_ascii=False) + "\n"
    used = []
    for count in (200, 2000):
        path = tmp_path / f"{count}.jsonl"
        path.write_text(line * count, encoding="utf-8")
        status, _, memory = measured("read", path, "--out", tmp_path / "out.jsonl")
        assert status == 0
        used.append(memory)
    assert used[1] < used[0] + 25
