"""The package as it is installed: its public names, how quickly it is there, and what ships with it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import pytest

import qawl
from qawl.arabic.tables import read_table
from qawl.model import QawlError

PACKAGE = Path(qawl.__file__).parent
PUBLIC = {
    "Article", "Block", "DataError", "Dateline", "InputError", "Moment", "NotArabicError", "QawlError", "Reader",
    "Reading", "Record", "RecordError", "Source", "Span", "Stance", "Statement", "TooLargeError", "__version__", "read",
}  # fmt: skip
"""The documented interface. A name may be added; one that goes breaks somebody's program."""
HEAVY = ("resiliparse", "lxml", "click", "numpy", "spacy", "sqlalchemy", "alembic", "pyarrow")
MOST_LINES = 400
NOT_TABLES = {"__init__.py", "acts.npz", "extractor.npz", "positions.npz"}
"""Files of the data folder that are no tables; the ``demo`` folder has tests of its own."""


def data_files() -> list[Path]:
    folder = PACKAGE / "data"
    shipped = (p for p in folder.rglob("*") if p.is_file() and not {"demo", "__pycache__"} & set(p.parts))
    return sorted(p for p in shipped if p.name not in NOT_TABLES)


def undocumented() -> Iterator[str]:
    for name in sorted(PUBLIC - {"__version__"}):
        thing = getattr(qawl, name)
        members = inspect.getmembers(thing) if inspect.isclass(thing) else []
        methods = [(f"{name}.{n}", m) for n, m in members if not n.startswith("_") and n in vars(thing)]
        for label, documented in [(name, thing), *methods]:
            # The fields of a class are slots; the class documents them.
            if inspect.ismemberdescriptor(documented) or isinstance(documented, str):
                continue
            text = documented.__doc__ or ""
            # A dataclass without a docstring gets its signature for one.
            if not text.strip() or text.startswith(f"{name}("):
                yield label


def test_the_public_names_are_the_documented_ones() -> None:
    assert sorted(qawl.__all__) == sorted(PUBLIC)
    assert dir(qawl) == sorted(PUBLIC)


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    assert list(undocumented()) == []


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = qawl.no_such_name


def test_every_error_that_is_raised_on_purpose_is_a_qawl_error() -> None:
    assert issubclass(qawl.InputError, QawlError)
    assert issubclass(qawl.DataError, QawlError)


def test_import_loads_nothing_heavy() -> None:
    """What keeps it quick; ``make bench`` says how quick."""
    code = "import json, sys, qawl; print(json.dumps(sorted(sys.modules)))"
    modules = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert {m.partition(".")[0] for m in modules} & set(HEAVY) == set()


def test_the_version_is_that_of_the_installed_package() -> None:
    assert metadata.version("qawl") == qawl.__version__


def test_types_ship() -> None:
    assert (files("qawl") / "py.typed").is_file()


def test_there_are_data_files() -> None:
    assert len(data_files()) > 20


@pytest.mark.parametrize("path", data_files(), ids=lambda p: p.name)
def test_a_data_file_is_a_readable_table_with_its_provenance(path: Path) -> None:
    assert path.suffix == ".tsv"
    lines = path.read_text("utf-8").split("\n")
    head = lines[: next(n for n, line in enumerate(lines) if not line.startswith("#"))]
    assert any(line.startswith("# Provenance: ") for line in head[:5])
    assert read_table(path.relative_to(PACKAGE / "data").as_posix())


def test_no_module_is_too_long() -> None:
    counts = {p.relative_to(PACKAGE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in PACKAGE.rglob("*.py")}
    assert {name: n for name, n in counts.items() if n > MOST_LINES} == {}
