"""What was found in a record, as people and as programs read it."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from qawl.record import Facets, Found, Hit

__all__ = ["COLUMNS", "WRITE", "WRITE_FACETS", "Wordings"]

Wordings = Callable[["Hit"], "list[Hit]"]
"""Gives how each article words what was found; nothing if that is not asked for."""

_WIDTH = 100  # where the output is no terminal
_LINES = 6  # of one statement
_INDENT = "  "
# Characters without a width, that no text needs, hold the place of what makes a terminal show bold.
_ON, _OFF = "\ufff9", "\ufffb"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_FSI, _PDI = "\u2068", "\u2069"

COLUMNS: tuple[str, ...] = (
    "saying", "day", "name", "kind", "role", "identity", "party", "of", "act", "mode", "content", "spans", "wants",
    "rejects", "outlets", "articles", "article", "doc", "url", "outlet", "title", "published", "number", "confidence",
)  # fmt: skip
"""The header row of ``csv``. A column may be added at the end; none changes or goes."""


# -- for programs -------------------------------------------------------------------------------------------------


def _json(out: TextIO, found: Found, wordings: Wordings) -> None:
    from qawl.record.shape import shape

    shown = {"hits": [shape(h, wordings(h)) for h in found.hits], "next": found.next}
    out.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")


def _jsonl(out: TextIO, found: Found, wordings: Wordings) -> None:
    from qawl.formats.linked import json_line
    from qawl.record.shape import shape

    out.writelines(json_line(shape(h, wordings(h))) for h in found.hits)


def _csv(out: TextIO, found: Found, wordings: Wordings) -> None:
    _table(out, COLUMNS, (_cells(w) for h in found.hits for w in wordings(h) or [h]))


def _table(out: TextIO, header: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    from qawl.formats.labels import shown
    from qawl.formats.lines import guarded

    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(header)
    table.writerows([guarded(shown(x)) if isinstance(x, str) else x for x in row] for row in rows)


def _cells(hit: Hit) -> list[object]:
    from qawl.record.shape import shape

    d = shape(hit)
    source = d["source"] or {}
    of = [[x["target"] for x in d["stances"] if x["sign"] == sign] for sign in "+-"]
    a = d["article"]
    return [
        d["saying"], d["day"], *(source.get(k, "") for k in ("name", "kind", "role", "identity", "party", "of")),
        d["act"], d["mode"], d["content"], " ".join(f"{s}:{e}" for s, e in d["spans"]), *map(" | ".join, of),
        d["outlets"], d["articles"], a["id"], a["doc"], a["url"], a["outlet"], a["title"], a["published"] or "",
        d["number"], f"{d['confidence']:.4g}",
    ]  # fmt: skip


# -- for people ---------------------------------------------------------------------------------------------------


def _text(out: TextIO, found: Found, wordings: Wordings) -> None:
    width, bold = _terminal(out)
    for n, hit in enumerate(found.hits):
        out.write("\n" * bool(n))
        out.writelines(line.rstrip() + "\n" for line in _lines(hit, wordings(hit), width, bold))


def _terminal(out: TextIO) -> tuple[int, bool]:
    """The columns, and whether bold can be shown."""
    if not out.isatty():
        return _WIDTH, False
    return max(20, shutil.get_terminal_size((_WIDTH, 24)).columns), os.environ.get("TERM") != "dumb"


def _lines(hit: Hit, wordings: Sequence[Hit], width: int, bold: bool) -> Iterator[str]:
    from qawl.cli.console import plural
    from qawl.formats.labels import plain
    from qawl.formats.table import wrap

    carried = f"carried by {plural(hit.outlets, 'outlet')}" if hit.outlets > 1 else ""
    outlet = plain(hit.reading.article.outlet)
    for line in wrap(_joined(hit.day or "-", _who(hit), hit.statement.act, outlet, carried), width, 3):
        yield line
    yield from _quoted(hit, width, bold)
    yield _INDENT + _where(hit)
    for w in wordings if hit.articles > 1 else ():
        a = w.reading.article
        day = a.published.iso[:10] if a.published else ""
        yield _INDENT * 2 + _joined(day, plain(a.outlet), _where(w))
        for line in wrap(plain(w.content), width - 6, _LINES):
            yield _INDENT * 3 + _isolated(line)


def _who(hit: Hit) -> str:
    from qawl.formats.labels import plain

    s = hit.source
    if s is None:
        said = hit.statement.speaker
        return f"{plain(said.of(hit.reading.article.text))} (?)" if said else "(unresolved)"
    name, role = plain(s.known_as or s.name), plain(s.role)
    return f"{name} ({role})" if name and role else name or role or "(unresolved)"


def _joined(*parts: str) -> str:
    return " · ".join(_isolated(p) for p in parts if p)


def _isolated(text: str) -> str:
    """Text that keeps its direction to itself, whatever stands beside it."""
    return text if text.isascii() else f"{_FSI}{text}{_PDI}"


def _where(hit: Hit) -> str:
    from qawl.formats.labels import plain

    a = hit.reading.article
    return _joined(plain(a.url or a.doc or a.title), f"article {hit.article}, statement {hit.statement.id}")


def _quoted(hit: Hit, width: int, bold: bool) -> Iterator[str]:
    """The words, with what matched in bold."""
    from qawl.formats.table import wrap

    is_on = False
    for line in wrap(_marked(hit), width - 2, _LINES):
        # A match may go on in the next line, or end in what was cut.
        text = (_ON if is_on else "") + line
        is_on = text.rfind(_ON) > text.rfind(_OFF)
        text += _OFF if is_on else ""
        on, off = (_BOLD, _PLAIN) if bold else ("", "")
        yield _INDENT + _isolated(text).replace(_ON, on).replace(_OFF, off)


def _marked(hit: Hit) -> str:
    from qawl.formats.labels import plain

    text = hit.reading.article.text
    parts = []
    for c in hit.statement.content:
        at, pieces = c.start, []
        for m in hit.highlights:
            if c.start <= m.start and m.end <= c.end:
                pieces += [_bare(text[at : m.start]), _ON, _bare(m.of(text)), _OFF]
                at = m.end
        parts.append("".join([*pieces, _bare(text[at : c.end])]))
    return plain(" … ".join(parts))


def _bare(text: str) -> str:
    return text.replace(_ON, "").replace(_OFF, "")


WRITE: dict[str, Callable[[TextIO, Found, Wordings], None]] = {
    "table": _text, "jsonl": _jsonl, "json": _json, "csv": _csv,
}  # fmt: skip
"""By format."""


# -- counts -------------------------------------------------------------------------------------------------------


def _facet_rows(f: Facets) -> list[tuple[str, str, str, int]]:
    return [(name, x.value, x.label, x.count) for name, values in f.by.items() for x in values]


def _facets_text(out: TextIO, f: Facets) -> None:
    from qawl.cli.console import plural
    from qawl.formats.labels import plain

    sampled = "" if f.exact else f"; the counts below are estimated from {f.sampled:,} of them"
    out.write(f"{plural(f.total, 'statement')}{sampled}\n")
    about = "" if f.exact else " (estimated)"
    for name, values in f.by.items():
        if values:
            out.write(f"{name}{about}\n")
        for x in values:
            label = plain(x.label) if x.label != x.value else ""
            out.write(f"{x.count:>9,}  {_joined(label, plain(x.value))}\n")


def _facets_json(out: TextIO, f: Facets) -> None:
    from qawl.record.shape import facets_shape

    out.write(json.dumps(facets_shape(f), ensure_ascii=False, indent=2) + "\n")


def _facets_jsonl(out: TextIO, f: Facets) -> None:
    from qawl.formats.linked import json_line

    keys = ("facet", "value", "label", "count")
    out.writelines(json_line(dict(zip(keys, row, strict=True)) | {"estimated": not f.exact}) for row in _facet_rows(f))


def _facets_csv(out: TextIO, f: Facets) -> None:
    estimated = "yes" if not f.exact else "no"
    _table(out, ("facet", "value", "label", "count", "estimated"), ([*r, estimated] for r in _facet_rows(f)))


WRITE_FACETS: dict[str, Callable[[TextIO, Facets], None]] = {
    "table": _facets_text, "jsonl": _facets_jsonl, "json": _facets_json, "csv": _facets_csv,
}  # fmt: skip
"""By format."""
