"""The columns of the parquet formats. Needs pyarrow."""

from __future__ import annotations

import pyarrow as pa  # type: ignore[import-untyped]

__all__ = ["READINGS", "STATEMENTS", "repeated"]

_TEXT, _OFFSET, _SHARE = pa.string(), pa.int32(), pa.float64()


def _struct(**fields: pa.DataType) -> pa.StructType:
    return pa.struct(list(fields.items()))


def _list(of: pa.DataType) -> pa.ListType:
    """A list whose items are called as Parquet calls them, so that the schema reads back as it was."""
    return pa.list_(pa.field("element", of))


_SPAN = _struct(start=_OFFSET, end=_OFFSET, exact=_TEXT)
_SPANS = _list(_SPAN)
_SAID = _struct(date=_TEXT, date_precision=_TEXT, day=pa.date32(), basis=_TEXT, span=_SPAN)
_ABOUT = _struct(matter=_TEXT, sign=_TEXT, words=_SPAN, pattern=_TEXT, turned_by=_SPANS)
_STANCE = _struct(
    start=_OFFSET, end=_OFFSET, exact=_TEXT, sign=_TEXT, degree=_TEXT, confidence=_SHARE,
    conditions=_list(_struct(kind=_TEXT, span=_SPAN)), about=_list(_ABOUT),
)  # fmt: skip
_SOURCE = _struct(
    key=_TEXT, name=_TEXT, kind=_TEXT, role=_TEXT, qid=_TEXT, candidates=_list(_TEXT), confidence=_SHARE,
    mentions=_SPANS, identity=_TEXT, known_as=_TEXT, office=_TEXT, of=_TEXT,
)  # fmt: skip
_STATEMENT = _struct(
    id=_OFFSET, cue=_SPAN, lemma=_TEXT, speaker=_SPAN, named=_SPAN, content=_SPANS, mode=_TEXT, parent=_OFFSET,
    act=_TEXT, act_confidence=_SHARE, event=_TEXT, stances=_list(_STANCE), who=_TEXT, via=_SPAN, confidence=_SHARE,
    said=_SAID, occasion=_struct(kind=_TEXT, span=_SPAN, channel=_TEXT, place=_TEXT),
)  # fmt: skip
_PARTICIPANT = _struct(
    name=_TEXT, role=_TEXT, span=_SPAN, who=_TEXT, identity=_TEXT, known_as=_TEXT, qid=_TEXT,
)  # fmt: skip
_EVENT = _struct(
    kind=_TEXT, name=_TEXT, span=_SPAN, place=_TEXT, date=_SAID, participants=_list(_PARTICIPANT),
)  # fmt: skip
_DATELINE = _struct(
    span=_SPAN, place=_TEXT, date=_TEXT, date_precision=_TEXT, day=pa.date32(), agency=_TEXT,
)  # fmt: skip
_ARTICLE = _struct(
    doc=_TEXT, url=_TEXT, outlet=_TEXT, agency=_TEXT, section=_TEXT, title=_TEXT, authors=_list(_TEXT),
    language=_TEXT, published=_TEXT, published_precision=_TEXT, published_day=pa.date32(), modified=_TEXT,
    modified_precision=_TEXT, modified_day=pa.date32(), dateline=_DATELINE, sha256=_TEXT, extractor=_TEXT,
)  # fmt: skip
_BLOCK = _struct(start=_OFFSET, end=_OFFSET, kind=_TEXT)

STATEMENTS: pa.Schema = pa.schema([*_ARTICLE, *_STATEMENT, pa.field("source", _SOURCE)]).with_metadata(
    {"qawl.schema": "qawl-statements-parquet/1"}
)
"""One row a statement. A column may be added at the end under the same version; none changes or goes."""

READINGS: pa.Schema = pa.schema(
    [
        *_ARTICLE,
        pa.field("text", _TEXT),
        pa.field("blocks", _list(_BLOCK)),
        pa.field("sources", _list(_SOURCE)),
        pa.field("statements", _list(_STATEMENT)),
        pa.field("events", _list(_EVENT)),
    ]
).with_metadata({"qawl.schema": "qawl-readings-parquet/1"})
"""One row a reading, with all that it holds."""

_OWN = frozenset({"text", "exact", "sha256"})


def repeated(schema: pa.Schema) -> list[str]:
    """The paths of the columns of strings whose values come again and again, which are stored as a dictionary.

    Parameters
    ----------
    schema : pyarrow.Schema
        `STATEMENTS` or `READINGS`.

    Returns
    -------
    list of str
        As Parquet names its leaves (``stances.list.element.sign``).
    """
    own = _OWN if "text" in schema.names else _OWN - {"sha256"}
    found = [leaf for field in schema for leaf in _leaves(field.name, field.type)]
    return [path for path, type_ in found if pa.types.is_string(type_) and path.rpartition(".")[2] not in own]


def _leaves(path: str, type_: pa.DataType) -> list[tuple[str, pa.DataType]]:
    if pa.types.is_list(type_):
        return _leaves(f"{path}.list.element", type_.value_type)
    if pa.types.is_struct(type_):
        return [leaf for field in type_ for leaf in _leaves(f"{path}.{field.name}", field.type)]
    return [(path, type_)]
