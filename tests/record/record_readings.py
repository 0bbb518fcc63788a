"""Small readings for the tests of the record, about invented people; and what a record holds, told without its ids."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from qawl.model import (
    About,
    Act,
    Article,
    Block,
    Dated,
    Kind,
    Mode,
    Moment,
    Reading,
    Sign,
    Source,
    Span,
    Stance,
    Statement,
)
from qawl.record import Record

SALMA = "سلمى الراوي"
SALEM = "سالم الحداد"
BRIDGE = "الجسر الجديد سيفتح أمام الناس غدا"
SCHOOL = "المدارس في أرجانة لن تغلق أبوابها هذا الشتاء"
HARBOUR = "ميناء الورد يستقبل عشرين سفينة كل أسبوع"
PRICES = "أسعار الخبز ارتفعت ارتفاعا لا يحتمل"

FILLER = (
    "وتقع أرجانة على ضفة نهر السهلان وفيها سوق قديمة للنحاس والحرير يقصدها الزوار من كل القرى المجاورة طوال فصل الربيع",
    "وكانت البلدية قد شقت في العام الماضي طريقا ترابية بين الحي الغربي ومحطة القطار ثم أوقفت العمل فيها بعد الأمطار",
    "ويعمل في المصنع الصغير عند مدخل الوادي نحو أربعين نساجا ورثوا الحرفة عن آبائهم ويبيعون بسطهم في موسم التمور",
    "وتنتهي السنة الزراعية في نورستان مع أول قطاف الزيتون حين تخرج العائلات إلى البساتين وتغلق الدكاكين أبوابها باكرا",
)


def made(url: str) -> None:
    """Makes the schema of a record, for the fixture ``database``."""
    Record(url, create=True).close()


@dataclass(frozen=True)
class Said:
    """A statement to be: see `said`."""

    content: str
    source: Source | None
    rest: dict[str, Any]
    on: tuple[tuple[str, Sign], ...]


def said(
    content: str, name: str = SALMA, kind: Kind = "person", *, role: str = "", identity: str = "", of: str = "",
    known_as: str = "", on: Sequence[tuple[str, Sign]] = (), act: Act = "inform", mode: Mode = "indirect",
    confidence: float = 0.9, day: str = "",
) -> Said:  # fmt: skip
    """A statement by somebody (by nobody, if he has neither name nor role), with stances on matters."""
    source = Source("", name, kind, role, identity=identity, known_as=known_as, of=of) if name or role else None
    dated = Dated(Moment(day, "day"), "statement") if day else None
    return Said(content, source, {"act": act, "mode": mode, "confidence": confidence, "said": dated}, tuple(on))


def report(
    *given: Said, outlet: str = "الأفق", url: str = "", day: str = "2024-03-05", title: str = "خبر من أرجانة",
    extractor: str = "test/1", before: str = "", more: str = "",
) -> Reading:  # fmt: skip
    """The reading of an article that says so, a sentence each, between some more text."""
    pieces, end, statements = [f"{title}\n{before}"], len(title) + 1 + len(before), []
    sources: dict[str, Source] = {}
    for number, one in enumerate(given, 1):
        who = _key(one.source, sources)
        name = one.source.name or one.source.role if one.source else "احد"
        start = end + len(f"قال {name} إن ")
        span = Span(start, start + len(one.content))
        stances = tuple(Stance(span, sign, about=(About(m, sign, span, m),)) for m, sign in one.on)
        speaker = Span(end + 4, end + 4 + len(name))
        statements.append(
            Statement(number, Span(end, end + 3), "قال", speaker, (span,), who=who, stances=stances, **one.rest)
        )
        pieces.append(f"قال {name} إن {one.content}. ")
        end = span.end + 2
    whole = "".join([*pieces, more])
    blocks = (Block(Span(0, len(title)), "headline"), Block(Span(len(title) + 1, len(whole)), "body"))
    moment = Moment(day, "minute" if "T" in day else "day") if day else None
    article = Article(whole, blocks, url=url, outlet=outlet, published=moment)
    return Reading(article, tuple(statements), sources, extractor)


def _key(source: Source | None, sources: dict[str, Source]) -> str:
    if source is None:
        return ""
    for key, known in sources.items():
        if (known.name, known.role, known.kind) == (source.name, source.role, source.kind):
            return key
    key = chr(ord("A") + len(sources))
    sources[key] = replace(source, key=key)
    return key


def wire(seed: int = 0) -> list[Reading]:
    """A story in three outlets: whole; under another title; cut, with its words in another order."""
    body = list(FILLER)
    random.Random(seed).shuffle(body)
    first, whole, cut = (said(BRIDGE, mode="direct"), said(SCHOOL, SALEM)), ". ".join(body), ". ".join(body[:3])
    other = said(f"{BRIDGE} بعد الظهر")
    return [
        report(*first, outlet="وكالة السهل", day="2024-03-05", title="الراوي: الجسر جاهز", more=whole),
        report(*first, outlet="الأفق", day="2024-03-06", title="فتح الجسر قريب", more=whole),
        report(other, outlet="المنارة", day="2024-03-07", title="أرجانة تنتظر", more=cut),
    ]


NAMES = (SALMA, SALEM, "هالة المرزباني", "نزار الوادعاني", "الراوي", "وزارة النقل في نورستان", "مصادر في البلدية")
_KINDS: dict[str, Kind] = {NAMES[5]: "organization", NAMES[6]: "unnamed"}
_WORDS = (
    "الجسر المدرسة الميناء الخبز السوق النهر الطريق الغابة المطر القمح الفلاحون الوزارة المعلمون البحارة القرية سيفتح "
    "أغلق ارتفع وصل توقف بدأ انتهى غدا اليوم قريبا كثيرا أمام خلف بعد قبل الجديد القديم الكبير ثلاثة عشرون"
).split()


def many(count: int, seed: int = 0, *, copies: float = 0.4, extractor: str = "test/1") -> list[Reading]:
    """Articles with one to four statements, some of them copies of an earlier one; the same from the same seed."""
    draw, out, stories = random.Random(seed), list[Reading](), list[tuple[tuple[Said, ...], datetime]]()
    for n in range(count):
        if stories and draw.random() < copies:
            its, first = draw.choice(stories)
            its, moment = its[: draw.randint(1, len(its))], first + timedelta(hours=draw.randint(1, 40))
        else:
            its = tuple(_drawn(draw) for _ in range(draw.randint(1, 4)))
            moment = datetime(2024, 1, 1) + timedelta(minutes=draw.randrange(90 * 24 * 60))
            stories.append((its, moment))
        outlet = draw.choice(["الأفق", "المنارة", "وكالة السهل"])
        url = f"https://news.example/{seed}/{n}" if draw.random() < 0.7 else ""
        day = moment.isoformat(timespec="minutes")
        out.append(report(*its, outlet=outlet, url=url, day=day, title=f"خبر {n}", extractor=extractor))
    return out


def _drawn(draw: random.Random) -> Said:
    name = draw.choice(NAMES)
    return said(
        " ".join(draw.choices(_WORDS, k=draw.randint(5, 12))), name, _KINDS.get(name, "person"),
        act=draw.choice(["inform", "demand", "commit"]), mode=draw.choice(["direct", "indirect"]),
        on=draw.choice([(), (), (("ceasefire", "+"),), (("settlements", "-"),)]), confidence=draw.randint(30, 99) / 100,
    )  # fmt: skip


# -- what a record holds ------------------------------------------------------------------------------------------

_FACTS = {
    "articles": "SELECT a.place, a.sha256, a.text, a.day, o.name, r.extractor, r.model, r.current, a.replaced_by IS"
    " NULL FROM article a JOIN outlet o ON o.id = a.outlet_id JOIN reading r ON r.article_id = a.id",
    "statements": "SELECT a.place, a.sha256, r.extractor, x.number, x.content, x.act, x.who, x.digest FROM statement x"
    " JOIN reading r ON r.id = x.reading_id JOIN article a ON a.id = r.article_id",
    "sources": "SELECT a.place, a.sha256, r.extractor, s.key, s.name, s.kind, s.mentions FROM source s"
    " JOIN reading r ON r.id = s.reading_id JOIN article a ON a.id = r.article_id",
    "stances": "SELECT a.sha256, x.number, t.start, t.sign, b.matter, b.sign FROM stance t JOIN about b ON b.stance_id"
    " = t.id JOIN statement x ON x.id = t.statement_id JOIN reading r ON r.id = x.reading_id JOIN article a ON a.id"
    " = r.article_id",
}  # fmt: skip
# A saying is told by the statement that leads it.
_AT = (
    "(SELECT x.id AS id, a.place || ' ' || a.sha256 || ' ' || x.number AS at, a.id AS article_id, a.outlet_id AS"
    " outlet_id FROM statement x JOIN reading r ON r.id = x.reading_id JOIN article a ON a.id = r.article_id)"
)
_SAYING = f"saying s JOIN {_AT} l ON l.id = s.lead"
_VIEWS = {
    "sayings": "SELECT l.at, p.key, f.name, o.name, s.id & 511 AS codes, s.published, s.confidence, s.outlets,"
    f" s.articles, s.id / 2147483648 FROM {_SAYING} LEFT JOIN party p ON p.id = s.party_id"
    " LEFT JOIN affiliation f ON f.id = s.affiliation_id JOIN outlet o ON o.id = s.outlet_id",
    "members": "SELECT l.at, k.at, m.article_id = k.article_id, m.outlet_id = k.outlet_id FROM "
    f" {_SAYING} JOIN member m ON m.saying_id = s.id JOIN {_AT} k ON k.id = m.statement_id",
    "matters": f"SELECT l.at, v.matter, v.sign FROM {_SAYING} JOIN saying_matter v ON v.saying_id = s.id",
    "words": f"SELECT l.at, w.words FROM {_SAYING} JOIN saying_words w ON w.id = s.id",
    "sketches": f"SELECT l.at, k.hash FROM {_SAYING} JOIN sketch k ON k.saying_id = s.id",
    "sighted": "SELECT a.place, a.sha256, s.key, p.key FROM sighted g JOIN party p ON p.id = g.party_id JOIN source s"
    " ON s.id = g.source_id JOIN reading r ON r.id = s.reading_id JOIN article a ON a.id = r.article_id",
    "names": "SELECT n.word, p.key FROM party_name n JOIN party p ON p.id = n.party_id",
    "aliases": "SELECT l.key, p.key FROM party_alias l JOIN party p ON p.id = l.party_id",
    # Which articles share a story, whatever it is called.
    "stories": "SELECT a.sha256, a.place, b.sha256, b.place FROM article_print f JOIN article_print g ON g.story ="
    " f.story JOIN article a ON a.id = f.article_id JOIN article b ON b.id = g.article_id",
}  # fmt: skip

Dump = dict[str, list[tuple[Any, ...]]]


def rows(url: str, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a statement of SQL gives, or does behind the record's back."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.execute(text(statement), values)
        return [tuple(r) for r in result] if result.returns_rows else []


def facts(url: str) -> Dump:
    """What was added, by its content."""
    return _dumped(url, _FACTS)


def views(url: str) -> Dump:
    """What is worked out of it, by its content: the same for the same facts, however they came in."""
    found = _dumped(url, _VIEWS)
    found["words"] = [(lead, sorted(words.split(" ‖ "))) for lead, words in found["words"]]
    found["sayings"] = [(*r[:-1], int(r[-1])) for r in found["sayings"]]
    return found


def _dumped(url: str, statements: dict[str, str]) -> Dump:
    return {name: sorted(rows(url, sql), key=repr) for name, sql in statements.items()}


@contextmanager
def standing(request: pytest.FixtureRequest, folder: Path, prepare: Callable[[str], object]) -> Iterator[Record]:
    """A record that a module's tests only read, in the kind of database that `request.param` names."""
    with ExitStack() as stack:
        url = f"sqlite:///{folder}/record.db"
        if request.param == "postgresql":
            url = stack.enter_context(request.getfixturevalue("postgres_server").database())
        prepare(url)
        yield stack.enter_context(Record(url))


def added(record: Record, readings: Iterable[Reading], model: str = "") -> list[int]:
    """Adds readings; their articles."""
    return [a.article for a in record.add(readings, model=model)]


def contents(record: Record, **asked: Any) -> list[str]:
    """What is found, as said, in order of the letters."""
    return sorted(h.content for h in record.find(limit=1000, **asked).hits)
