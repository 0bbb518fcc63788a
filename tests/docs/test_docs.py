"""What the documents say is so: their commands and programs run, their links lead somewhere, their lists are whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

import pytest

from qawl.cli.find import find
from qawl.cli.record import record
from qawl.cli.streams import MAX_BYTES
from qawl.cli.writers import BINARY, text_formats
from qawl.formats import COLUMNS, FORMATS, SCHEMA, to_dict, to_standoff
from qawl.model import (
    ACTS,
    BASES,
    EVENTS,
    KINDS,
    MODES,
    OCCASIONS,
    Article,
    Block,
    BlockKind,
    Dated,
    Dateline,
    Event,
    Moment,
    Occasion,
    Participant,
    Precision,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)
from qawl.pages import MAX_PAGE, MAX_TEXT, from_record
from qawl.record import FACETS, FIELDS, OUTCOMES, SORTS, Asked
from qawl.record.query import highlights, parse
from qawl.record.schema import metadata
from qawl.record.search import MOST

ROOT = Path(__file__).parents[2]
README, README_AR = ROOT / "README.md", ROOT / "README.ar.md"
FORMATS_MD, RECORD_MD = ROOT / "docs" / "formats.md", ROOT / "docs" / "record.md"
DOCUMENTS = [README, README_AR, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

INSTALLS = {"pip install ."}
"""Commands that are not run here: they would change the environment that the tests run in."""
MAKES = {"make demo", "make test", "make bench", "make floors", "make fmt", "make lint"}
"""Commands that are not run here, either, but whose targets must be there."""

NEWS = "قالت وزيرة النقل سلمى الراوي إن الجسر سيفتح غدا، مؤكدة أن العبور مجاني."
TITLE = "جسر جديد في مدينة الواحة"
GOLD = {
    "doc": "g1",
    "text": f"{TITLE}\n{NEWS}",
    "sources": {"A": {"name": "سلمى الراوي", "kind": "person", "role": "وزيرة النقل"}},
    "statements": [
        {"id": 1, "cue": [25, 29], "speaker": [30, 53], "who": "A", "mode": "indirect", "content": [[57, 72]],
         "act": "inform", "stances": [], "parent": None, "via": None},
    ],
}  # fmt: skip
INPUTS = {
    "article.txt": f"{TITLE}\n{NEWS}\n".encode(),
    "article.html": f"<!DOCTYPE html><html><title>{TITLE}</title><body><article><h1>{TITLE}</h1><p>{NEWS}</p>"
    "</article></body></html>".encode(),
    "news.jsonl": "".join(json.dumps({"doc": f"n{n}", "text": NEWS}) + "\n" for n in (1, 2)).encode(),
    "gold.jsonl": (json.dumps(GOLD, ensure_ascii=False) + "\n").encode(),
}
"""Files that the documents speak of, invented; a block also finds what the blocks before it wrote."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ISOLATES = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True)
class CodeBlock:
    """A fenced block of a document."""

    language: str
    code: str
    line: int


def code_blocks(document: Path) -> list[CodeBlock]:
    text = document.read_text("utf-8")
    assert text.count("```") == 2 * len(_FENCE.findall(text)), "a fence is not closed, or not at the start of its line"
    return [CodeBlock(m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in _FENCE.finditer(text)]


def runnable(document: Path) -> list[CodeBlock]:
    return [b for b in code_blocks(document) if b.language in ("sh", "python")]


def commands(block: CodeBlock) -> list[str]:
    """The lines of a shell block, without comments."""
    return [line for raw in block.code.splitlines() if (line := re.sub(r"(^|\s+)#.*", "", raw).strip())]


def prose(document: Path) -> str:
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", document.read_text("utf-8")))


def slugs(document: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a document."""
    seen: dict[str, int] = {}
    for heading in _HEADING.findall(_FENCE.sub("", document.read_text("utf-8"))):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        again = seen[slug] = seen.get(slug, -1) + 1
        if again:
            seen[f"{slug}-{again}"] = 0
    return set(seen)


def name(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    for file, data in INPUTS.items():
        (tmp_path / file).write_bytes(data)
    return tmp_path


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}
    # Commands without --record keep to the folder, whoever runs the tests.
    env["QAWL_RECORD"] = str(folder / "record.db")
    return subprocess.run(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=120
    )


def failures(document: Path, folder: Path) -> Iterator[str]:
    for block in runnable(document):
        if block.language == "sh":
            code = "\n".join(c for c in commands(block) if c not in INSTALLS | MAKES)
            done = run(["sh", "-e", "-c", code], folder)
        else:
            done = run([sys.executable, "-c", block.code], folder)
        if done.returncode or "Traceback" in done.stderr:
            yield f"{name(document)}:{block.line}: status {done.returncode}\n{block.code}{done.stderr}"


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d != README_AR and runnable(d)], ids=name)
def test_every_block_runs(document: Path, sandbox: Path) -> None:
    # The blocks of the Arabic README are those of the English one, which the next test holds.
    assert list(failures(document, sandbox)) == []


def test_both_readmes_have_the_same_blocks() -> None:
    english, arabic = ([(b.language, b.code) for b in code_blocks(d)] for d in (README, README_AR))
    assert english == arabic


def test_make_targets_that_documents_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        c for d in DOCUMENTS for b in runnable(d) if b.language == "sh" for c in commands(b) if "make" in c.split()
    }
    in_prose = {m for d in DOCUMENTS for m in re.findall(r"`(make [a-z]+)`", d.read_text("utf-8"))}
    assert named <= MAKES
    assert {c.removeprefix("make ") for c in MAKES | in_prose} <= targets


@pytest.mark.parametrize("document", [README, README_AR], ids=name)
def test_the_table_after_the_first_command_is_what_it_prints(document: Path, sandbox: Path) -> None:
    command = next(b for b in runnable(document) if b.code.startswith("echo "))
    printed = [
        re.split(r"\s{2,}", line)
        for line in _ISOLATES.sub("", run(["sh", "-c", command.code], sandbox).stdout).splitlines()
    ]
    rows = re.findall(r"^\| [#\d] \|.*$", document.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 3
    for row in rows:
        assert row.strip("| ").split(" | ") in printed


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(document)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (document.parent / file).resolve() if file else document
        inside = target.is_relative_to(ROOT)
        if not inside or not target.exists() or (anchor and anchor not in slugs(target)):
            broken.append(link)
    assert broken == []


# docs/formats.md is whole


def test_json_examples_are_articles_that_are_read() -> None:
    examples = [b for b in code_blocks(FORMATS_MD) if b.language == "json"]
    assert examples
    for block in examples:
        assert from_record(json.loads(block.code)).text


def full_reading() -> Reading:
    """A reading in which nothing is empty."""
    span, day = Span(0, 3), Moment("2024-03-05", "day")
    article = Article(
        NEWS, blocks=(Block(span, "body"),), authors=("سمير",), published=day, modified=day,
        dateline=Dateline(span, "الواحة", day, "وكالة"),
    )  # fmt: skip
    source = Source("A", "سلمى", "person", mentions=(span,), candidates=("Q1",))
    dated = Dated(day, "statement", span)
    statement = Statement(
        1, span, "قال", span, (span,), "direct", parent=2, stances=(Stance(span, "+"),), who="A", via=span,
        said=dated, occasion=Occasion("speech", span),
    )  # fmt: skip
    event = Event("meeting", "اجتماع", span, date=dated, participants=(Participant("سلمى", "", span),))
    return Reading(article, (statement,), {"A": source}, "qawl-grammar/0", (event,))


def keys(value: Any) -> Iterator[str]:
    """The names of all fields, at any depth; not the keys of sources, which are data."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key == "A" else (key,)
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def in_code(word: str, document: Path = FORMATS_MD) -> bool:
    """Whether a word stands in `backquotes` in a document, alone or among others."""
    spans = re.findall(r"`([^`\n]+)`", _FENCE.sub("", document.read_text("utf-8")))
    return any(word in re.findall(r"[\w./-]+", s) for s in spans)


@pytest.mark.parametrize("shape", [to_dict, to_standoff])
def test_every_field_is_documented(shape: Any) -> None:
    assert [k for k in dict.fromkeys(keys(shape(full_reading()))) if not in_code(k)] == []


def test_every_column_format_and_label_is_documented() -> None:
    words = [
        *COLUMNS,
        *FORMATS,
        *text_formats(),
        BINARY,
        SCHEMA,
        *ACTS,
        *KINDS,
        *MODES,
        *get_args(BlockKind),
        *get_args(Precision),
        *BASES,
        *EVENTS,
        *OCCASIONS,
    ]
    assert [w for w in words if not in_code(w)] == []


def test_the_limits_are_those_of_the_code() -> None:
    text = FORMATS_MD.read_text("utf-8")
    for limit in (f"{MAX_BYTES // 2**20} MiB", f"{MAX_PAGE:,} bytes", f"{MAX_TEXT:,} code", f"{2 * MAX_TEXT:,} code"):
        assert limit in text


# docs/record.md is whole


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the tables below a heading of docs/record.md."""
    section = re.split(rf"^#+ {heading}$", RECORD_MD.read_text("utf-8"), flags=re.MULTILINE)[1]
    rows = re.findall(r"^\| (.*) \|$", re.split(r"^#+ ", section, flags=re.MULTILINE)[0], re.MULTILINE)
    return [re.split(r" \| ", row) for row in rows]


def test_every_option_of_finding_and_every_name_in_the_record_is_documented() -> None:
    options = {option for param in find.params for option in param.opts if option.startswith("--")}
    words = [
        *(options - {"--quiet"}),
        *(f.name for f in fields(Asked)),
        *SORTS,
        *FACETS,
        *FIELDS,
        *OUTCOMES,
        *record.commands,
        *({*text_formats(), BINARY} - set(FORMATS)),
    ]
    assert [w for w in words if not in_code(w, RECORD_MD)] == []
    assert f"1 to {MOST:,}" in RECORD_MD.read_text("utf-8")


def test_every_table_of_the_record_is_documented() -> None:
    listed = {cells[0].strip("`") for cells in table("Tables") if cells[0].startswith("`")}
    assert listed == {*metadata.tables, "saying_index", "alembic_version"}


def test_words_find_what_the_document_says_they_find() -> None:
    kinds = set()
    for _, asked, others in table("What a word finds"):
        if asked == "asked for":
            kinds.add(expected := others)
            continue
        for other in re.findall("«([^»]+)»", others):
            found = highlights(parse(asked.strip("«»")), other)
            assert bool(found) is (expected == "found as well"), (asked, other)
    assert kinds == {"found as well", "not found"}


def test_the_examples_of_the_query_language_are_understood() -> None:
    examples = [cells[2].strip("`") for cells in table("The query language")[1:]]
    assert examples
    for example in examples:
        assert highlights(parse(example), "الجسر الجديد للسيارات"), example
