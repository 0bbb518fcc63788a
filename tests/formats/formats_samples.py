"""Readings made by hand from invented articles about invented people and places."""

from __future__ import annotations

from typing import Any

from qawl.model import About, Article, Block, Condition, Dateline, Moment, Reading, Source, Span, Stance, Statement

DAY = Moment("2031-03-14", "day")

HARBOUR = "\n".join(
    (
        "وزيرة الموانئ في سهلان: لن نغلق مرسى الورد أمام سفن الصيد",
        "مرسى الورد 14 مارس 2031 (وكالة السهل) - أكدت وزيرة الموانئ السهلانية هالة المرزباني اليوم "
        "(الجمعة) أن حكومتها ستبقي مرسى الورد مفتوحا أمام سفن الصيد، مشددة على ضرورة وقف التعديات على "
        "الرصيف القديم.",
        'وقالت المرزباني إن نقيب الصيادين نزار الوادعاني أبلغها بأن "البحارة لن يقبلوا رسوما جديدة"، '
        "وأضافت أن الوزارة سترد عليه خلال أسبوع.",
        '"لم نطلب المستحيل"، قال الوادعاني للصحفيين، "طلبنا رصيفا نظيفا وميزانا لا يكذب".',
        "ونقلت صحيفة المنارة عن مسؤول في البلدية قوله إن المشروع تأخر لأسباب مالية، فيما رحب اتحاد الغواصين بالقرار.",
        '"هذا المرسى بيتنا".',
    )
)

HOSTILE = '"><img src=x onerror=alert(1)><script>alert("قول")</script>'


def span(text: str, words: str, nth: int = 1, within: str = "") -> Span:
    """Where `words` stand in `text` for the `nth` time; inside the first `within` if given."""
    base = text.index(within) if within else 0
    at = base - 1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def statement(text: str, ident: int, cue: str | None, content: list[str], who: str = "", **rest: Any) -> Statement:
    """A statement from its words."""
    speaker = rest.pop("speaker", None)
    return Statement(
        id=ident,
        cue=None if cue is None else span(text, cue),
        lemma=rest.pop("lemma", ""),
        speaker=None if speaker is None else span(text, speaker),
        content=tuple(span(text, c) for c in content),
        mode=rest.pop("mode", "indirect"),
        who=who,
        **rest,
    )


def harbour() -> Reading:
    """Nested, overlapping, interrupted and uncued statements, one without a known source, one carried by a paper."""
    t = HARBOUR
    statements = (
        statement(t, 1, None, ["لن نغلق مرسى الورد أمام سفن الصيد"], "A", speaker="وزيرة الموانئ في سهلان",
                  mode="direct", act="commit", confidence=0.83),
        statement(t, 2, "أكدت", ["حكومتها ستبقي مرسى الورد مفتوحا أمام سفن الصيد"], "A", lemma="أكد",
                  speaker="وزيرة الموانئ السهلانية هالة المرزباني", act="commit", confidence=0.94),
        statement(t, 3, "مشددة على", ["ضرورة وقف التعديات على الرصيف القديم"], "A", lemma="شدد", act="demand",
                  stances=(Stance(span(t, "التعديات على الرصيف القديم"), "-"),), confidence=0.9),
        statement(t, 4, "وقالت", ['نقيب الصيادين نزار الوادعاني أبلغها بأن "البحارة لن يقبلوا رسوما جديدة"'], "A",
                  lemma="قال", speaker="المرزباني", mode="mixed", confidence=0.9),
        statement(t, 5, "أبلغها", ["البحارة لن يقبلوا رسوما جديدة"], "B", lemma="أبلغ", mode="direct", act="reject",
                  speaker="نقيب الصيادين نزار الوادعاني", parent=4, confidence=0.71,
                  stances=(Stance(span(t, "رسوما جديدة"), "-"),)),
        statement(t, 6, "وأضافت", ["الوزارة سترد عليه خلال أسبوع"], "A", lemma="أضاف", act="commit"),
        statement(t, 7, "قال", ["لم نطلب المستحيل", "طلبنا رصيفا نظيفا وميزانا لا يكذب"], "B",
                  lemma="قال", mode="direct", act="demand", confidence=0.88,
                  stances=(Stance(span(t, "رصيفا نظيفا"), "+"),)),
        statement(t, 8, "قوله", ["المشروع تأخر لأسباب مالية"], "C", lemma="قول", speaker="مسؤول في البلدية",
                  via=span(t, "صحيفة المنارة"), confidence=0.66),
        statement(t, 9, "رحب", ["بالقرار"], "D", lemma="رحب", speaker="اتحاد الغواصين", act="support",
                  stances=(Stance(span(t, "بالقرار"), "+"),), confidence=0.8),
        statement(t, 10, None, ["هذا المرسى بيتنا"], "E", mode="direct", act="express", confidence=0.2),
    )  # fmt: skip
    # «قال» before the fisherman's name, not the one inside «وقالت».
    seven = statements[6]
    cue = Span(t.index("قال الوادعاني"), t.index("قال الوادعاني") + 3)
    speaker = span(t, "الوادعاني", 2)
    fixed = Statement(7, cue, seven.lemma, speaker, seven.content, seven.mode, None, seven.act, seven.stances, "B",
                      None, seven.confidence)  # fmt: skip
    sources = {
        "A": Source("A", "هالة المرزباني", "person", "وزيرة الموانئ السهلانية", (span(t, "هالة المرزباني"),),
                    confidence=0.9),
        "B": Source("B", "نزار الوادعاني", "person", "نقيب الصيادين", (span(t, "نزار الوادعاني"),), "", ("Q1", "Q2")),
        "C": Source("C", "مسؤول في البلدية", "unnamed", ""),
        "D": Source("D", "اتحاد الغواصين", "organization", ""),
        "E": Source("E", "", "person", ""),
    }  # fmt: skip
    dateline = Dateline(span(t, "مرسى الورد 14 مارس 2031 (وكالة السهل)"), "مرسى الورد", DAY, "وكالة السهل")
    lines, at = [], 0
    for n, line in enumerate(t.split("\n")):
        lines.append(Block(Span(at, at + len(line)), "body" if n else "headline"))
        at += len(line) + 1
    article = Article(
        t, tuple(lines), "harbour", "https://news.example/harbour?id=7&x=1", "صحيفة الميناء", "اقتصاد", "وكالة السهل",
        ("ليان الصواري",), Moment("2031-03-14T18:05+03:00", "minute"), None, dateline,
    )  # fmt: skip
    return Reading(article, (*statements[:6], fixed, *statements[7:]), sources, "qawl 0.1.0, rules 1")


def overlapping() -> Reading:
    """Contents that overlap without nesting, and cues inside them."""
    t = "خلاف في وادي النخيل\nقال ممثل القرية إن السد ضروري كما قال المهندس إن السد ضروري وآمن جدا للزرع."
    first = Span(t.index("السد ضروري كما"), t.index(" وآمن"))
    second = Span(t.index("قال المهندس"), t.index(" للزرع"))
    return Reading(
        Article(t, outlet="بريد الوادي", published=DAY),
        (
            Statement(1, span(t, "قال"), "قال", span(t, "ممثل القرية"), (first,), "indirect", who="A"),
            Statement(2, span(t, "قال", 2), "قال", span(t, "المهندس"), (second,), "indirect", parent=1, who="B"),
        ),
        {"A": Source("A", "ممثل القرية", "unnamed"), "B": Source("B", "المهندس", "unnamed")},
        "qawl",
    )


_NAMES = ("رائد البيدري", "سهى النخلاوي", "مجلس بلدة الربوة", "اتحاد مزارعي السهل", "شهود عيان", "وفاء الخزامي")
_WORDS = (
    "الطريق الساحلي سيفتح قبل نهاية الموسم بعد أن تأخر العمل فيه ثلاثة أشهر بسبب السيول",
    "المدارس الجديدة تكفي جميع أحياء البلدة",
    "على المقاول أن يعيد ردم الحفر وأن يعتذر لأهالي الحي الذين انتظروا طويلا",
    "الحديث عن بيع السوق القديم لا أساس له من الصحة",
)


def long(count: int = 40) -> Reading:
    """`count` statements of twelve sources, some with long names and roles."""
    text = "جلسة طويلة في بلدة الربوة تنتهي باتفاق على الطريق وخلاف على السوق\n"
    names = [*_NAMES, *(f"{n} الابن" for n in _NAMES[:5])]
    names.append(
        "الهيئة الوطنية المستقلة لمتابعة تنفيذ توصيات مؤتمر إعمار القرى الساحلية والجبلية في إقليم سهلان الشرقي"
    )
    acts = ("inform", "judge", "announce", "commit", "demand", "support", "condemn", "accuse", "reject", "deny", "warn",
            "predict", "express", "ask")  # fmt: skip
    statements = []
    for n in range(count):
        name, words = names[n % len(names)], _WORDS[n % len(_WORDS)]
        opening = f"{'' if n % 3 else chr(10) if n else ''}وقال "
        text += opening
        cue = Span(len(text) - 5, len(text) - 1)
        speaker = Span(len(text), len(text) + len(name))
        text += f"{name} إن "
        content = Span(len(text), len(text) + len(words))
        text += f"{words}. "
        statements.append(
            Statement(
                n + 1,
                cue,
                "قال",
                speaker,
                (content,),
                "indirect",
                act=acts[n % 14],
                who=str(n % len(names)),  # type: ignore[arg-type]
                confidence=0.5 + (n % 50) / 100,
            )
        )
    sources = {str(i): Source(str(i), n, "person", "عضو المجلس" * (i % 2)) for i, n in enumerate(names)}
    return Reading(Article(text, doc="long", outlet="بريد الوادي"), tuple(statements), sources, "qawl 0.1.0")


def hostile() -> Reading:
    """Markup, terminal escapes, formulas and reordering characters wherever a page can put them."""
    text = f"{HOSTILE}\nقال \x1b[31m=cmd|' /C calc'!A1\x1b[0m إن \u202eمقلوب\u2069 {HOSTILE}\r\x00\x9b2J نهاية"
    body = Span(text.index("مقلوب"), len(text))
    return Reading(
        Article(text, doc='"><b>', url="javascript:alert(1)", outlet="=1+1", section=HOSTILE, agency="@SUM(A1)",
                authors=(HOSTILE,), published=Moment('"><b>', "day"), language='"><script>',
                dateline=Dateline(None, HOSTILE, None, "")),
        (Statement(1, Span(text.index("قال"), text.index("قال") + 3), "-قال", span(text, "=cmd"), (body,), "direct",
                   who='"><script>'),),
        {'"><script>': Source('"><script>', "+" + HOSTILE, "person", "\t" + HOSTILE)},
        HOSTILE,
    )  # fmt: skip


def council() -> Reading:
    """Stances with their degrees, conditions and matters, one of which no table knows."""
    t = (
        "خلاف في بلدة الربوة على السوق القديم\n"
        "رفض عضو المجلس رائد البيدري رفضا قاطعا نقل السوق إلا بعد إصلاح الطريق، وطالبت سهى النخلاوي بوقف منع البسطات "
        "فورا ودون شرط، وهدد اتحاد مزارعي السهل بإغلاق الطريق، وقال إنه لا يمانع تأجيل الموسم."
    )
    moving = About("rabwa-market", "-", span(t, "نقل السوق"), "نقل سوق")
    stalls = About("rabwa-stalls", "+", span(t, "البسطات"), "بسطة", (span(t, "بوقف"), span(t, "منع")))
    tied = (Condition("now", span(t, "فورا")), Condition("unconditional", span(t, "ودون شرط")))
    statements = (
        statement(t, 1, "رفض", ["نقل السوق إلا بعد إصلاح الطريق"], "A", lemma="رفض", act="reject", act_confidence=0.97,
                  speaker="عضو المجلس رائد البيدري", stances=(
                      Stance(span(t, "نقل السوق"), "-", "strong",
                             (Condition("after", span(t, "إلا بعد إصلاح الطريق")),), (moving,), 0.9),
                      Stance(span(t, "إصلاح الطريق"), "+", confidence=0.3),
                  )),
        statement(t, 2, "وطالبت", ["بوقف منع البسطات فورا ودون شرط"], "B", lemma="طالب", act="demand",
                  speaker="سهى النخلاوي",
                  stances=(Stance(span(t, "منع البسطات"), "-", "plain", tied, (stalls, moving), 0.8),)),
        statement(t, 3, "وهدد", ["بإغلاق الطريق"], "C", lemma="هدد", act="warn", speaker="اتحاد مزارعي السهل"),
        statement(t, 4, "وقال", ["إنه لا يمانع تأجيل الموسم"], "C", lemma="قال", act="support",
                  stances=(Stance(span(t, "تأجيل الموسم"), "+", "weak", confidence=0.6),)),
    )  # fmt: skip
    sources = {
        "A": Source("A", "رائد البيدري", "person", "عضو المجلس"),
        "B": Source("B", "سهى النخلاوي", "person"),
        "C": Source("C", "اتحاد مزارعي السهل", "organization"),
    }
    return Reading(Article(t, doc="council", outlet="بريد الوادي"), statements, sources, "qawl 0.1.0")


def silent() -> Reading:
    """An article in which nobody speaks."""
    return Reading(Article("طقس معتدل في سهلان\nتهب رياح خفيفة على الساحل."), (), {}, "qawl")


EVERY = (harbour, overlapping, long, hostile, council, silent)
