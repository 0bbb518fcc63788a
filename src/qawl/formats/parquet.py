"""Readings as Parquet, by batches of bounded size. Needs pyarrow, which ``pip install 'qawl[parquet]'`` adds.

Source: Apache Parquet, https://parquet.apache.org/docs/file-format/.
"""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO, Literal

from qawl.formats.labels import shown
from qawl.formats.shape import to_dict
from qawl.model import InputError, Reading

__all__ = ["BATCH_BYTES", "BATCH_ROWS", "ParquetWriter", "Rows"]

Rows = Literal["statements", "readings"]

BATCH_ROWS = 20_000
"""Rows of a row group at most."""
BATCH_BYTES = 32 * 2**20
"""Bytes of Arrow columns from which a row group is written, however few its rows."""

_PENDING_ROWS, _PENDING_CHARS = 256, 2**18  # rows as Python objects, and characters of articles, held before columns
_NOT_OF_STATEMENTS = frozenset({"schema", "text", "blocks", "sources", "statements", "events"})
_DATED = {"date": "day", "published": "published_day", "modified": "modified_day"}


class ParquetWriter:
    """A Parquet file with one row a statement, or one row a reading.

    Rows are written as a row group once there are `batch_rows` of them or they take `batch_bytes`, so memory does not
    grow with the number of readings, but for the file's footer (some kilobytes a row group). The same readings, with
    the same pyarrow, give the same bytes.

    Parameters
    ----------
    out : BinaryIO
        Where to; opened for bytes. It need not seek, and is not closed.
    rows : {"statements", "readings"}
        What a row is. ``statements`` has no text; an article without statements has no row.
    batch_rows, batch_bytes : int
        The bounds of a row group.

    Raises
    ------
    InputError
        If pyarrow is not installed.
    ValueError
        If a bound is less than 1.
    """

    def __init__(
        self,
        out: BinaryIO,
        *,
        rows: Rows = "statements",
        batch_rows: int = BATCH_ROWS,
        batch_bytes: int = BATCH_BYTES,
    ) -> None:
        try:
            import pyarrow as pa  # type: ignore[import-untyped]
            import pyarrow.parquet as pq  # type: ignore[import-untyped]

            from qawl.formats.parquet_schema import READINGS, STATEMENTS, repeated
        except ImportError:
            raise InputError("Parquet needs pyarrow: install it with pip install 'qawl[parquet]'") from None
        if batch_rows < 1 or batch_bytes < 1:
            raise ValueError("batch_rows and batch_bytes must be 1 or more")
        self._pa = pa
        self._schema = STATEMENTS if rows == "statements" else READINGS
        self._rows = _statement_rows if rows == "statements" else _reading_rows
        self._batch_rows, self._batch_bytes = batch_rows, batch_bytes
        self._pending: list[dict[str, Any]] = []
        self._chars = 0
        self._batch = self._schema.empty_table()
        self._open = True
        self._parquet = pq.ParquetWriter(out, self._schema, compression="zstd", use_dictionary=repeated(self._schema))

    def write(self, reading: Reading) -> None:
        """Add the rows of one reading, and write the row groups that are full."""
        self._pending += self._rows(reading)
        self._chars += len(reading.article.text)
        if len(self._pending) >= min(_PENDING_ROWS, self._batch_rows) or self._chars >= _PENDING_CHARS:
            self._gather()
            while self._batch.num_rows >= self._batch_rows:
                self._put(self._batch_rows)
            if self._batch.nbytes >= self._batch_bytes:
                self._put(self._batch.num_rows)

    def close(self) -> None:
        """Write the last row group and the footer."""
        if self._open:
            self._open = False
            self._gather()
            while self._batch.num_rows:
                self._put(self._batch_rows)
            self._parquet.close()

    def _gather(self) -> None:
        """Turn what is pending into columns, which take a fraction of the memory."""
        table = self._pa.Table.from_pylist(self._pending, schema=self._schema)
        self._batch = self._pa.concat_tables([self._batch, table])
        self._pending, self._chars = [], 0

    def _put(self, rows: int) -> None:
        """Write a row group of the first `rows` rows."""
        self._parquet.write_table(self._batch.slice(0, rows), row_group_size=rows)
        rest = self._batch.slice(rows)
        # An empty slice would keep the columns that it is of.
        self._batch = rest if rest.num_rows else self._schema.empty_table()


def _statement_rows(reading: Reading) -> list[dict[str, Any]]:
    whole = _plain(to_dict(reading))
    sources = {key: {"key": key, **source} for key, source in whole["sources"].items()}
    about = {key: value for key, value in whole.items() if key not in _NOT_OF_STATEMENTS}
    return [{**about, **s, "source": sources.get(s["who"])} for s in whole["statements"]]


def _reading_rows(reading: Reading) -> list[dict[str, Any]]:
    whole = _plain(to_dict(reading))
    return [{**whole, "sources": [{"key": key, **source} for key, source in whole["sources"].items()]}]


def _plain(value: Any) -> Any:
    """`value` without lone surrogates, and with a day beside each date that is known to the day."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        days = {day: _day(value[name]) for name, day in _DATED.items() if isinstance(value.get(name), str)}
        return {shown(k): _plain(v) for k, v in value.items()} | days
    return value


def _day(iso: str) -> date | None:
    """The day of a date in ISO 8601; None if less is known, or it is no date."""
    try:
        return date.fromisoformat(iso[:10]) if len(iso) >= 10 else None
    except ValueError:
        return None
