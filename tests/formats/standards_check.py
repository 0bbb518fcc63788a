"""What the tests of the formats of public standards share: schemas, tables, and the documented examples."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from hypothesis import settings
from jsonschema import Draft202012Validator, FormatChecker

from qawl.formats import Writer
from qawl.model import (
    About,
    Article,
    Block,
    Dated,
    Dateline,
    Event,
    Moment,
    Occasion,
    Participant,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)

HERE = Path(__file__).parent / "standards"
DOCUMENT = Path(__file__).parents[2] / "docs" / "standards.md"

# RFC 3986, appendix A, without its rules on what may stand where in a path.
_CHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+\-.]*:(?://(?:{_CHAR}|[\[\]])*)?(?:{_CHAR}|/)*(?:\?(?:{_CHAR}|[/?])*)?(?:#(?:{_CHAR}|[/?])*)?"
)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

few = settings(max_examples=25, deadline=None)
"""For properties of readings, which take long to make up."""

FORMATS = FormatChecker(formats=())


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    """Whether a string is a URI of RFC 3986, with its scheme."""
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    """Whether a string is a date-time of RFC 3339, on a day that there is."""
    if not isinstance(value, str):
        return True
    return _DATE_TIME.fullmatch(value) is not None and datetime.fromisoformat(value) is not None


def validator(name: str) -> Draft202012Validator:
    """Of a schema in this folder, with formats asserted."""
    schema = json.loads((HERE / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FORMATS)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table in this folder."""
    lines = [x for x in (HERE / name).read_text("utf-8").splitlines() if not x.startswith("#")]
    header = lines[0].split("\t")
    rows = [dict(zip(header, x.split("\t"), strict=True)) for x in lines[1:]]
    assert rows
    return rows


def errors(check: Draft202012Validator, obj: Any) -> list[str]:
    """What is wrong with an object, and where."""
    return [f"{e.json_path}: {e.message[:200]}" for e in check.iter_errors(obj)]


def lines(writer: Callable[[TextIO], Writer], *readings: Reading) -> list[Any]:
    """What a writer of JSON Lines writes, through UTF-8 and any splitter of lines."""
    out = io.StringIO(newline="")
    w = writer(out)
    for reading in readings:
        w.write(reading)
    w.close()
    w.close()
    return [json.loads(line) for line in out.getvalue().encode("utf-8").decode("utf-8").splitlines()]


def documented(title: str) -> list[Any]:
    """The JSON examples under a heading of docs/standards.md."""
    text = DOCUMENT.read_text("utf-8")
    start = text.index(f"\n## {title}\n")
    end = text.find("\n## ", start + 1)
    return [json.loads(m) for m in re.findall(r"```json\n(.*?)```", text[start : end if end > 0 else None], re.DOTALL)]


def find(text: str, words: str) -> Span:
    """Where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


TEXT = (
    "مجلس أرجانة يبحث بناء السد\n"
    "أرجانة 3 أبريل 2031 (وكالة السهل) - رفضت وزيرة المياه في نورستان سلمى الراوي، خلال مؤتمر صحفي، وقف بناء السد، "
    'وقالت: "لن نوقفه"، في ختام اجتماع أرجانة.'
)


def example(**about: Any) -> Reading:
    """The reading of the examples of docs/standards.md; `about` changes fields of its article."""
    published = Moment("2031-04-03T18:05:00+03:00", "second")
    source = Source(
        "A", "سلمى الراوي", "person", "وزيرة المياه في نورستان", (find(TEXT, "سلمى الراوي"),), "Q99999999999", (), 0.93,
        "person:salma-al-rawi", "سلمى الراوي", "water-minister", "نورستان",
    )  # fmt: skip
    stopping = find(TEXT, "وقف بناء السد")
    stance = Stance(stopping, "-", about=(About("dam", "+", stopping, "وقف سد"),), confidence=0.88)
    day = Dated(Moment("2031-04-03", "day"), "dateline", find(TEXT, "3 أبريل 2031"))
    occasion = Occasion("press_conference", find(TEXT, "مؤتمر صحفي"))
    statements = (
        Statement(1, find(TEXT, "رفضت"), "رفض", find(TEXT, "وزيرة المياه في نورستان سلمى الراوي"), (stopping,),
                  "indirect", None, "reject", (stance,), "A", None, 0.91, None, day, occasion, 0.97),
        Statement(2, find(TEXT, "وقالت"), "قال", None, (find(TEXT, "لن نوقفه"),), "direct", None, "commit", (), "A",
                  None, 0.95, None, day, None, 0.62),
    )  # fmt: skip
    head = TEXT.split("\n")[0]
    line = find(TEXT, "أرجانة 3 أبريل 2031 (وكالة السهل)")
    blocks = (
        Block(Span(0, len(head)), "headline"),
        Block(line, "dateline"),
        Block(find(TEXT, TEXT[TEXT.index("رفضت") :]), "body"),
    )
    fields: dict[str, Any] = {
        "blocks": blocks, "doc": "n-17", "url": "https://news.example/خبر/17", "outlet": "صحيفة الواحة",
        "section": "محليات", "agency": "وكالة السهل", "authors": ("ليان الصواري",), "published": published,
        "dateline": Dateline(line, "أرجانة", day.moment, "وكالة السهل"), **about,
    }  # fmt: skip
    meeting = Event(
        "meeting", "اجتماع أرجانة", find(TEXT, "اجتماع أرجانة"), "أرجانة", day,
        (Participant("سلمى الراوي", "وزيرة المياه في نورستان", find(TEXT, "سلمى الراوي"), "A"),),
    )  # fmt: skip
    return Reading(Article(TEXT, **fields), statements, {"A": source}, "qawl 0.1.0", (meeting,))
