"""Plain text and saved pages: what goes, what stays, and what is learnt from what goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.model import InputError, Moment, NotArabicError, TooLargeError
from qawl.pages import MAX_TEXT, decode, from_text

TITLE = "وزيرة المياه: لن نقطع الماء عن أي حي هذا الصيف"
FIRST = "أعلنت وزيرة المياه ليلى الحداد أن خزانات البلاد امتلأت بعد أمطار الشتاء، مؤكدة أن الصيف سيمر بلا انقطاع."
SECOND = "وقالت الحداد في مؤتمر صحفي إن الوزارة أصلحت مئتي كيلومتر من الشبكة القديمة خلال العام الماضي."
SAVED_PAGE = f"""الصفحة الرئيسية >> العالم

{TITLE}

/مصدر: شينخوا/   2024:05:06.09:16

عمان 4 مايو 2024 (شينخوا) {FIRST}

{SECOND}

صور ساخنة"""


def test_saved_wire_page_gives_all_that_a_reader_sees() -> None:
    article = from_text(SAVED_PAGE)
    assert article.title == TITLE
    assert (article.section, article.agency) == ("العالم", "شينخوا")
    assert article.published == Moment("2024-05-06T09:16", "minute")
    assert article.dateline is not None
    assert article.dateline.place == "عمان"
    assert article.dateline.date == Moment("2024-05-04", "day")
    assert article.dateline.agency == "شينخوا"
    assert article.body == f"{FIRST}\n{SECOND}"
    assert article.text == f"{TITLE}\nعمان 4 مايو 2024 (شينخوا) {FIRST}\n{SECOND}"
    assert [b.kind for b in article.blocks] == ["headline", "dateline", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "الرئيسية > اقتصاد > " + TITLE,
        "اقرأ أيضا: البلدية تعلن جدول إصلاح الطرق",
        "إقرأ أيضاً",
        "شاهد أيضاً: جولة في المحطة الجديدة",
        "صور ساخنة",
        "للمزيد تابعونا على تويتر",
        "تابعونا على فيسبوك وتلغرام",
        "شارك الخبر",
        "فيسبوك تويتر واتساب طباعة",
        "كلمات مفتاحية: ماء، صيف، شبكة",
        "// يتبع //",
        "// انتهى //",
        "//انتهى//",
        "16:28 ت م",
        "(يتبع)",
        "...المزيد",
        "جميع الحقوق محفوظة للصحيفة 2024",
        "https://example.org/news/7",
        "writer@example.org",
        "* * *",
    ],
)
def test_line_of_furniture_is_dropped(line: str) -> None:
    assert from_text(f"{TITLE}\n{FIRST}\n{SECOND}\n{line}").text == f"{TITLE}\n{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "شارك في الاجتماع ممثلون عن البلديات ومهندسون من الوزارة.",
        "وتابع المصدر: الخزانات ممتلئة.",
        "المزيد من المطر يعني المزيد من الماء.",
        "صورة الخزان في ذاكرة أهل القرية لا تشبه ما صار إليه اليوم بعد أن أصلحته الوزارة.",
        "واقرأ ما بين السطور تجد خبرا آخر.",
        "شاهد أيضا كثيرون الخزان وهو يمتلئ، ثم عادوا إلى بيوتهم في القرى البعيدة فرحين بما رأوا، وقال أحدهم إنه لم ير "
        "ماء كهذا منذ عشرين عاما، وأضاف أن أباه كان يحكي له عن سنة مثل هذه السنة.",
    ],
)
def test_sentence_that_resembles_furniture_stays(line: str) -> None:
    assert from_text(f"{TITLE}\n{FIRST}\n{line}\n{SECOND}").body == f"{FIRST}\n{line}\n{SECOND}"


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("نشر في: 05/03/2024 09:30", "2024-03-05T09:30"),
        ("تاريخ النشر: 2024-03-05", "2024-03-05"),
        ("05/03/2024 - 09:30 م", "2024-03-05T21:30"),
        ("٠٥/٠٣/٢٠٢٤", "2024-03-05"),
        ("الثلاثاء 5 مارس 2024 - 09:30", "2024-03-05T09:30"),
        ("5 مارس 2024", "2024-03-05"),
        ("2024-03-05T09:30:00+03:00", "2024-03-05T09:30:00+03:00"),
    ],
)
def test_stamp_gives_publication_and_goes(stamp: str, iso: str) -> None:
    article = from_text(f"{TITLE}\n{stamp}\n{FIRST}\n{SECOND}")
    assert article.published is not None
    assert article.published.iso == iso
    assert article.text == f"{TITLE}\n{FIRST}\n{SECOND}"


def test_last_change_is_not_the_publication() -> None:
    article = from_text(f"{TITLE}\nآخر تحديث: 06/03/2024 10:00\n{FIRST}\n{SECOND}")
    assert article.published is None
    assert article.modified == Moment("2024-03-06T10:00", "minute")


def test_tags_run_into_last_paragraph_are_cut_off() -> None:
    assert from_text(f"{TITLE}\n{FIRST}\n{SECOND} سمات مياه صيف خزانات").body == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("caption", ["صورة: خزان الماء في القرية", "(صورة أرشيفية)", "جانب من الاجتماع"])
def test_caption_is_marked_and_not_body(caption: str) -> None:
    article = from_text(f"{TITLE}\n{caption}\n{FIRST}\n{SECOND}")
    assert [b.kind for b in article.blocks] == ["headline", "caption", "body", "body"]


def test_text_without_headline_has_an_empty_first_line() -> None:
    article = from_text(f"{FIRST}\n{SECOND}")
    assert article.title == ""
    assert article.text == f"\n{FIRST}\n{SECOND}"


def test_name_and_content_headline_is_no_dateline() -> None:
    article = from_text(f"الحداد: الصيف سيمر بلا انقطاع\n{FIRST}")
    assert article.title == "الحداد: الصيف سيمر بلا انقطاع"
    assert article.dateline is None


def test_characters_within_paragraph_are_kept() -> None:
    line = "قال\u00a0الوزير:  «نعم»\u200f و\u064eصل."
    assert from_text(f"{TITLE}\n  {line}\t\n").body == line


def test_byline_before_dateline_gives_reporter_and_place() -> None:
    article = from_text(f"{TITLE}\nكتب - سامي العلي:\nبيروت / الأناضول\n{FIRST}")
    assert article.authors == ("سامي العلي",)
    assert article.dateline is not None
    assert (article.dateline.place, article.agency) == ("بيروت", "الأناضول")
    assert article.body == FIRST


@pytest.mark.parametrize(
    ("text", "error"),
    [("", InputError), (" \n\u00a0\n", InputError), ("صور ساخنة\nشارك", InputError),
     ("All in English.", NotArabicError), ("ن" * (MAX_TEXT + 1), TooLargeError), ("ن" * 30_000_000, TooLargeError)],
    ids=["empty", "blank", "furniture", "english", "long", "very long"],
)  # fmt: skip
def test_text_that_is_no_article_says_so_in_one_line(text: str, error: type[InputError]) -> None:
    with pytest.raises(error) as raised:
        from_text(text, doc="a.txt")
    assert str(raised.value).startswith("a.txt: ")
    assert "\n" not in str(raised.value)


def test_text_with_a_nul_is_binary_data_as_for_bytes() -> None:
    """Bytes with one NUL were refused, a string with one was read."""
    text = f"{TITLE}\n{FIRST}\0"
    for read in (lambda: from_text(text), lambda: decode(text.encode())):
        with pytest.raises(InputError, match="not text: it holds NUL"):
            read()


def test_publication_that_is_no_time_is_said() -> None:
    with pytest.raises(InputError, match="published"):
        from_text(f"{TITLE}\n{FIRST}", published="soon")


PIECES = st.sampled_from(
    [*SAVED_PAGE.split("\n"), FIRST, SECOND, "- ", "(", "عمان -", "\r\n", "\ud800", "\x00", "12:30", "x"]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=12).map("\n".join))
def test_any_text_gives_an_article_whose_blocks_tile_it_or_an_input_error(text: str) -> None:
    try:
        article = from_text(text)
    except InputError:
        return
    at = 0
    for block in article.blocks:
        assert article.text[at : block.span.start].strip() == ""
        assert at <= block.span.start < block.span.end
        assert "\n" not in block.span.of(article.text)
        assert block.span.of(article.text).strip() == block.span.of(article.text)
        at = block.span.end
    assert article.text[at:].strip() == ""
    assert from_text(text) == article
