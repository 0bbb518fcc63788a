"""Invented stories, and copies of them made as outlets make copies of a wire story.

`stories.jsonl` holds stories, follow-ups that repeat paragraphs of an earlier story (``=id:number``, counted from 1),
briefs, and templates with what fills them. All names, places and events are invented.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

PARTS = ("choose", "held")  # stories for choosing thresholds, and stories held out


@dataclass(frozen=True, slots=True)
class Story:
    """A story, or a copy of one. `taken` are the numbers of the source's paragraphs, None for the outlet's own."""

    id: str
    event: str
    kind: str  # story, follow, brief, template
    part: str
    paragraphs: tuple[str, ...]
    taken: tuple[int | None, ...]

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


@cache
def stories() -> tuple[Story, ...]:
    """All stories, follow-ups and briefs, and each template filled eight times."""
    path = Path(__file__).with_name("stories.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["paragraphs"] for row in rows}
    out = []
    for row in rows:
        fills = _fills(row["slots"], random.Random(row["id"])) if row["kind"] == "template" else [{}]
        for n, fill in enumerate(fills):
            paragraphs = tuple(_resolved(p, texts).format(**fill) for p in row["paragraphs"])
            name = f"{row['id']}.{n}" if fill else row["id"]
            out.append(_story(name, row, paragraphs))
    return tuple(out)


def _story(name: str, row: dict[str, str], paragraphs: tuple[str, ...]) -> Story:
    return Story(name, row["event"], row["kind"], row["part"], paragraphs, tuple(range(len(paragraphs))))


def _resolved(paragraph: str, texts: dict[str, list[str]]) -> str:
    if not paragraph.startswith("="):
        return paragraph
    id_, number = paragraph[1:].split(":")
    return texts[id_][int(number) - 1]


def _fills(slots: dict[str, list[str]], rng: random.Random) -> Iterator[dict[str, str]]:
    """Eight fillings: words as the slots have them, each number with other digits."""
    for _ in range(8):
        yield {name: _other_digits(rng.choice(values), rng) for name, values in slots.items()}


def _other_digits(value: str, rng: random.Random) -> str:
    return "".join(rng.choice("123456789") if c.isdigit() else c for c in value)


# How outlets change what an agency sends. The words are said of no story in particular.
_SYNONYMS = {
    "قال": "ذكر", "وقال": "وصرح", "وقالت": "وذكرت", "قالت": "أفادت", "وأضاف": "وتابع", "وأضافت": "وتابعت",
    "وأوضح": "وبين", "وأعلنت": "وأفادت", "أعلنت": "كشفت", "وذكر": "وأشار", "وأكد": "وشدد", "إن": "أن", "وإن": "وأن",
    "نحو": "قرابة", "بعد": "عقب", "قبل": "قبيل", "منذ": "من", "حين": "عندما", "غير": "إلا", "بينما": "فيما",
    "فيما": "بينما", "خلال": "في", "أكثر": "أزيد", "معظم": "أغلب", "معظمهم": "أغلبهم", "الناس": "المواطنين",
    "الأهالي": "السكان", "سكان": "أهالي", "بدأ": "شرع", "أمام": "قبالة", "مساء": "ليل", "صباح": "فجر", "كل": "جميع",
    "نهاية": "ختام", "العام": "السنة", "السنة": "العام", "سنة": "عام", "سنوات": "أعوام", "عاما": "سنة",
    "أعوام": "سنوات", "المقبل": "القادم", "القادم": "المقبل", "المقبلة": "القادمة", "الماضي": "الفائت",
    "مدير": "المسؤول عن",
    "رئيس": "مسؤول", "كبيرة": "ضخمة", "صغيرة": "محدودة", "بسبب": "جراء", "لكن": "غير أن", "ثم": "وبعدها",
    "ويرى": "ويعتقد", "إلى": "نحو", "وطالبت": "ودعت", "وحذر": "ونبه", "وتوقع": "ورجح", "يوم": "نهار",
    "مدينة": "بلدة", "مئات": "عشرات", "الحكومة": "السلطات", "السلطات": "الجهات المختصة", "بيان": "تصريح",
    "كانت": "ظلت", "كان": "ظل", "تصل": "تبلغ", "ارتفع": "صعد", "ارتفعت": "صعدت", "هبط": "تراجع", "مبنى": "مقر",
    "عملية": "مهمة", "فريق": "طاقم", "الفريق": "الطاقم", "حول": "بشأن", "بشأن": "حول", "دون": "غير", "ألف": "آلاف",
}  # fmt: skip
_FILLERS = ("أيضا", "كذلك", "تقريبا", "في الوقت نفسه", "من جديد", "بحسب ما علم", "كما هو معلوم")
_CLAUSES = (
    "، وفق ما نقلته وسائل إعلام محلية", "، في تصريح نقلته الوكالة", "، بحسب المصدر نفسه", "، حسبما ورد إلينا",
    "، على حد تعبيره", "، وهو ما تابعه مراسلنا",
)  # fmt: skip
_DATELINES = (
    "أرجانة (أ ن ن) -", "العاصمة - مراسلنا:", "الواحة 12 مارس / وكالة الأفق /", "متابعات -", "نورستان – خاص:",
    "وكالات - قسم الأخبار:", "عين الهضبة | الأربعاء",
)  # fmt: skip
_CLOSINGS = (
    "يذكر أن موقعنا كان قد تناول هذا الملف في سلسلة من التقارير يمكن الرجوع إليها في صفحة المحليات.",
    "للمزيد من الأخبار تابعوا قناتنا على منصات التواصل واشتركوا في النشرة البريدية التي تصدر كل مساء.",
    "وكانت صحيفتنا قد طلبت تعليقا من الجهات المعنية قبل النشر ولم تتلق ردا حتى موعد الطبع مساء أمس.",
    "ويعيد هذا الخبر إلى الأذهان نقاشا قديما في البلاد حول جدوى القرارات المتعجلة ومن يدفع ثمنها في آخر الأمر.",
    "ومن المنتظر أن تتضح الصورة في الأيام القليلة القادمة، وسنوافيكم بكل جديد فور وروده من مراسلينا في الأقاليم.",
    "ويتابع القراء هذا الموضوع باهتمام، وقد وصلتنا حوله رسائل كثيرة سننشر أبرزها في عدد الجمعة مع ردود المختصين عليها.",
    "شارك الخبر مع أصدقائك. جميع الحقوق محفوظة، ولا يسمح بإعادة النشر إلا بإذن مكتوب من إدارة التحرير.",
    "ويرى مراقبون تحدثوا إلى الجريدة أن ما جرى حلقة في سلسلة طويلة، وأن الحلول الجزئية لم تعد تقنع أحدا في الشارع.",
)  # fmt: skip
_MARKS = "\u064e\u064f\u0650\u0651\u0652"  # fatha, damma, kasra, shadda, sukun

Change = Callable[[Story, random.Random], Story]


def _kept(story: Story, keep: list[int]) -> Story:
    return replace(
        story, paragraphs=tuple(story.paragraphs[k] for k in keep), taken=tuple(story.taken[k] for k in keep)
    )


def _words(text: str) -> int:
    return len(text.split())


def lead_only(story: Story, rng: random.Random) -> Story:
    """The first paragraphs, to thirty words at least."""
    count = next((n for n in range(1, len(story.paragraphs)) if _words("\n".join(story.paragraphs[:n])) >= 30), 1)
    return _kept(story, list(range(count)))


def first_third(story: Story, rng: random.Random) -> Story:
    return _kept(story, list(range(max(2, len(story.paragraphs) // 3))))


def first_half(story: Story, rng: random.Random) -> Story:
    return _kept(story, list(range(max(2, len(story.paragraphs) // 2))))


def without_middle(story: Story, rng: random.Random) -> Story:
    count = len(story.paragraphs)
    gone = set(rng.sample(range(1, count - 1), k=rng.randint(1, max(1, count // 2)))) if count > 3 else set()
    return _kept(story, [k for k in range(count) if k not in gone])


def reordered(story: Story, rng: random.Random) -> Story:
    """The first paragraph stays, the others are moved."""
    rest = list(range(1, len(story.paragraphs)))
    rng.shuffle(rest)
    return _kept(story, [0, *rest])


def merged(story: Story, rng: random.Random) -> Story:
    """Two neighbouring paragraphs as one."""
    if len(story.paragraphs) < 2:
        return story
    at = rng.randrange(len(story.paragraphs) - 1)
    texts, taken = list(story.paragraphs), list(story.taken)
    texts[at : at + 2] = [f"{texts[at]} {texts[at + 1]}"]
    return replace(story, paragraphs=tuple(texts), taken=(*taken[: at + 1], *taken[at + 2 :]))


def _each(story: Story, change: Callable[[str], str]) -> Story:
    """A change in the words of every paragraph."""
    return replace(story, paragraphs=tuple(map(change, story.paragraphs)))


def reworded(story: Story, rng: random.Random) -> Story:
    """Synonyms for some words, some words added, left out or moved: about one word in ten to fifteen."""
    share = rng.uniform(0.3, 0.7)

    def change(text: str) -> str:
        out: list[str] = []
        for word in text.split(" "):
            dice = rng.random()
            if word in _SYNONYMS and dice < share:
                out.append(_SYNONYMS[word])
            elif dice > 0.99:
                out += [word, rng.choice(_FILLERS)]
            elif dice > 0.98 and len(out) > 3:
                pass
            else:
                out.append(word)
        return " ".join(out)

    return _each(story, change)


def clauses_added(story: Story, rng: random.Random) -> Story:
    def change(text: str) -> str:
        first, dot, rest = text.partition("،")
        return f"{first}{rng.choice(_CLAUSES)}{dot}{rest}" if rng.random() < 0.5 else text

    return _each(story, change)


def clauses_cut(story: Story, rng: random.Random) -> Story:
    """The last clause of some paragraphs is gone."""

    def change(text: str) -> str:
        head, comma, tail = text.rpartition("،")
        return f"{head}." if comma and _words(head) > _words(tail) and rng.random() < 0.5 else text

    return _each(story, change)


def other_dateline(story: Story, rng: random.Random) -> Story:
    first = story.paragraphs[0]
    if " - " in first[:40]:
        first = first.split(" - ", 1)[1]
    return replace(story, paragraphs=(f"{rng.choice(_DATELINES)} {first}", *story.paragraphs[1:]))


def other_spelling(story: Story, rng: random.Random) -> Story:
    """Hamzas, ya and ta marbuta as careless keyboards have them."""
    table = str.maketrans(rng.choice([{"أ": "ا", "إ": "ا", "آ": "ا"}, {"ي": "ى"}, {"ة": "ه", "أ": "ا"}, {"ى": "ي"}]))
    return _each(story, lambda text: text.translate(table))


def marked(story: Story, rng: random.Random) -> Story:
    """Vowel marks on some letters and some tatweel."""

    def letter(c: str) -> str:
        dice = rng.random()
        return (
            c + rng.choice(_MARKS) if c.isalpha() and dice < 0.05 else c + "ـ" if c in "سبتيكل" and dice > 0.99 else c
        )

    return _each(story, lambda text: "".join(map(letter, text)))


def own_closing(story: Story, rng: random.Random) -> Story:
    """A paragraph of the outlet's own at the end, or before the last one; not after a mere lead."""
    if _words(story.body) < 50:
        return story
    at = len(story.paragraphs) - rng.randint(0, 1)
    texts, taken = list(story.paragraphs), list(story.taken)
    texts.insert(at, rng.choice(_CLOSINGS))
    taken.insert(at, None)
    return replace(story, paragraphs=tuple(texts), taken=tuple(taken))


CUTS: tuple[Change, ...] = (lead_only, first_third, first_half, without_middle)
CHANGES: tuple[Change, ...] = (
    reordered, merged, reworded, reworded, clauses_added, clauses_cut, other_dateline, other_spelling, marked,
    own_closing,
)  # fmt: skip


def copies(story: Story, count: int) -> list[Story]:
    """`count` copies of a story, the same in every run: each change alone, then a cut and up to four changes."""
    rng = random.Random(story.id)
    single = [*CUTS, *dict.fromkeys(CHANGES)]
    out = [change(story, rng) for change in single[:count]]
    while len(out) < count:
        copy = rng.choice(CUTS)(story, rng) if rng.random() < 0.5 else story
        for change in rng.sample(CHANGES, k=rng.randint(1, 4)):
            copy = change(copy, rng)
        out.append(copy)
    return out


def common_share(a: Story, b: Story) -> float:
    """Which part of the shorter of two copies of one story comes from paragraphs that both took."""
    shorter, other = sorted((a, b), key=lambda s: _words(s.body))
    both = {t for t in shorter.taken if t is not None} & {t for t in other.taken if t is not None}
    common = sum(_words(p) for p, t in zip(shorter.paragraphs, shorter.taken, strict=True) if t in both)
    return common / _words(shorter.body)
