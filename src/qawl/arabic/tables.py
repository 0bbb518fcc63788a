"""The tab-separated tables under ``qawl.data``: lexicons and lists as data files.

A table is UTF-8 text: lines that start with ``#`` are comments (provenance, meaning of the columns), the first
other line is the header, every line after it is a row with as many columns as the header. Empty lines are skipped.
"""

from __future__ import annotations

from importlib import resources

from qawl.model import DataError

__all__ = ["parse_table", "read_table"]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a data file of the package.

    Parameters
    ----------
    name : str
        The file's name under ``qawl.data``; ``.tsv`` is added if it has no suffix (``titles``, ``titles.tsv``).

    Returns
    -------
    list of dict
        One a row, in the order of the file: column name to value, without the spaces around it.

    Raises
    ------
    DataError
        If the file is missing, is not UTF-8, has no header, or a row has the wrong number of columns. The message
        names the file and the line.
    """
    file = name if "." in name else f"{name}.tsv"
    try:
        text = resources.files("qawl.data").joinpath(file).read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise DataError(f"{file}: the data file is missing: reinstall qawl") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: not UTF-8 at byte {error.start}") from error
    return parse_table(text, file)


def parse_table(text: str, file: str) -> list[dict[str, str]]:
    """The rows of a table given as text.

    Parameters
    ----------
    text : str
        The table, as described in the module.
    file : str
        Its name, for messages.

    Returns
    -------
    list of dict
        As `read_table`.

    Raises
    ------
    DataError
        If there is no header, the header repeats a column, or a row has the wrong number of columns.
    """
    header: list[str] = []
    rows: list[dict[str, str]] = []
    # Not `str.splitlines`: it also breaks at U+2028 and the like, which would shift the line numbers.
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if line.startswith("#") or not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
            if len(set(header)) != len(header) or "" in header:
                raise DataError(f"{file}:{number}: the header has an empty or repeated column: {', '.join(cells)}")
        elif len(cells) != len(header):
            raise DataError(f"{file}:{number}: {len(cells)} columns where the header has {len(header)}")
        else:
            rows.append(dict(zip(header, cells, strict=True)))
    if not header:
        raise DataError(f"{file}: no header")
    return rows
