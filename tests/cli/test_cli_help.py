"""What a newcomer meets: help, version, and misspellings."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import qawl as package
from qawl.cli import app

COMMANDS = sorted(app.commands)

Run = Callable[..., Any]


def test_the_help_names_every_command_and_shows_examples(qawl: Run) -> None:
    result = qawl("--help")
    assert result.status == 0
    assert result.err == ""
    assert "Examples:" in result.out
    assert all(f"\n  {name} " in result.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_explains_every_option_and_shows_examples(qawl: Run, command: str) -> None:
    result = qawl(command, "--help")
    assert result.status == 0
    assert "Examples:" in result.out
    assert f"  qawl {command}" in result.out
    for option in app.commands[command].params:
        if option.param_type_name == "option":
            assert getattr(option, "help", None), f"{command}: {option.name} has no help"


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(qawl: Run, flag: str) -> None:
    result = qawl(flag)
    assert (result.status, result.out) == (0, f"qawl {package.__version__}\n")


def test_python_m_qawl_is_the_same_command(process: Run) -> None:
    result = process("--version")
    assert (result.status, result.out, result.err) == (0, f"qawl {package.__version__}\n", "")


def test_help_does_not_wait_for_what_reads() -> None:
    """The rooms that read load lexicons and parsers; the help needs none of them."""
    code = (
        "import sys\nfrom qawl.cli import main\nmain(['--help'])\n"
        "heavy = {'lxml', 'numpy', 'sqlalchemy', 'qawl.pages', 'qawl.reader', 'qawl.formats', 'qawl.scoring'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["raed", "x.txt"], "did you mean 'read'?"),
        (["xyzzy"], "the commands are"),
        (["read", "x.txt", "--format", "jsno"], "did you mean 'json'?"),
        (["read", "x.txt", "--fromat", "json"], "--format"),
        (["read", "x.txt", "--lang", "fr"], "ar, en"),
        (["read", "x.txt", "--encoding", "win-arabic"], "windows-1256"),
        (["read", "x.txt", "--encoding", "base64"], "windows-1256"),
        (["read", "x.txt", "--published", "3/2/2024"], "YYYY-MM-DD"),
        (["read", "x.txt", "--published", "2024-02-30"], "YYYY-MM-DD"),
        (["read", "x.txt", "--published", "2024-02-03T25:00"], "YYYY-MM-DD"),
        (["read", "x.txt", "--out", "no/such/folder/x.csv"], "give another place"),
        (["read", "x.txt", "--out", "/"], "is a directory"),
        (["read"], "INPUT"),
        (["score", "gold.jsonl"], "PRED"),
    ],
)
def test_what_is_not_understood_says_what_would_be(qawl: Run, args: list[str], hint: str) -> None:
    result = qawl(*args)
    assert result.status == 2
    assert result.out == ""
    assert hint in result.said[-1]
