"""Readings about invented people and places, made by hand and by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from qawl.identity import Party, Registry
from qawl.model import Article, Moment, Reading, Source, Span, Statement

SALEM, SALMA = "سالم الراوي", "سلمى الحداد"
NUR, ARJ = "نورستان", "أرجانة"


def person(name: str, role: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "person", "role": role, **more}


def body(name: str, kind: str = "organization", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, **more}


def reading(doc: str, *sources: dict[str, Any], day: str = "2024-03-05", text: str = "", said: int = 1) -> Reading:
    """A reading whose sources, with keys A, B, …, have `said` statements each."""
    text = text or f"{doc}\nقال كل منهم إن الجسر الجديد في مدينة الواحة سيفتح غدا أمام الناس كلهم.\n"
    span = Span(text.index("\n") + 1, len(text) - 1)
    keyed = {chr(65 + n): Source(key=chr(65 + n), **s) for n, s in enumerate(sources)}
    statements = tuple(
        Statement(n, None, "قال", None, (span,), "indirect", who=key)
        for n, key in enumerate((key for key in keyed for _ in range(said)), 1)
    )
    article = Article(text, doc=doc, published=Moment(day, "day") if day else None)
    return Reading(article, statements, keyed, "test/1")


def registry(*readings: Reading) -> Registry:
    made = Registry()
    for r in readings:
        made.add(r)
    return made


def parties(*readings: Reading) -> tuple[Party, ...]:
    return registry(*readings).parties()


def together(*readings: Reading) -> set[frozenset[str]]:
    """Which sources are one, each as ``doc:key``."""
    docs = {r.article.sha256: r.article.doc for r in readings}
    return {frozenset(f"{docs[sha]}:{key}" for sha, key in p.sources) for p in parties(*readings)}


_PEOPLE = (
    SALEM, "سالم الراوى", "الراوي", "سليم الراوي", SALMA, "الحداد", "كورتان فالدنوس", "كورتن فلدنوس", "فالدنوس",
    "وزير النقل", "",
)  # fmt: skip
_BODIES = ("وزارة الصحة", "الصحة", "حركة النهر", "الشركة", "الحكومة", "قناة الأفق", "بلدية الواحة")
_ROLES = ("", "وزير النقل", "وزيرة الصحة", "الوزير", "رئيس بلدية الواحة")
_OFFICES = ("", "", "nr.transport_minister", "nr.health_minister")
_OF = ("", "", NUR, ARJ)
_ASKED = ((), (), ("person:salem-alrawi",), ("person:salem-alrawi", "person:salem-the-other"))
_DAYS = ("", "2023", "2023-05", "2023-06-01", "2024-01-02", "2024-01-03", "2024-07-09")

_SOURCES = st.one_of(
    st.builds(
        person,
        st.sampled_from(_PEOPLE), st.sampled_from(_ROLES), office=st.sampled_from(_OFFICES), of=st.sampled_from(_OF),
        identity=st.sampled_from(("", "", "", "person:salem-alrawi", "person:salem-the-other")),
        candidates=st.sampled_from(_ASKED),
    ),
    st.builds(
        body, st.sampled_from(_BODIES), st.sampled_from(("organization", "group", "media", "unnamed", "document")),
        of=st.sampled_from(_OF), identity=st.sampled_from(("", "", "", "body:حركة النهر")),
    ),
)  # fmt: skip


@st.composite
def many_readings(draw: st.DrawFn) -> list[Reading]:
    """Up to ten readings full of namesakes; some are of one text, on different days and with different sources."""
    made = []
    for n in range(draw(st.integers(1, 10))):
        sources = draw(st.lists(_SOURCES, max_size=4))
        made.append(reading(f"d{draw(st.integers(n, n + 1))}", *sources, day=draw(st.sampled_from(_DAYS))))
    return made
