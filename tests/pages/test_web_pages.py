"""Web pages of many layouts: what is read from each, and what must not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qawl.model import Article, InputError, NotArabicError, TooLargeError
from qawl.pages import MAX_PAGE, MAX_TEXT, from_html

Effort = Callable[[Callable[[], object]], int]

PAGES = Path(__file__).parent / "pages"
TITLE = "وزير النقل: قطار الساحل ينطلق الشهر المقبل"
PARAGRAPHS = (
    ("أعلن وزير النقل سليم الراوي", "بالمدن الساحلية."),
    ("وقال الراوي خلال مؤتمر صحفي", "ثلاثة دنانير»."),
    ("وأضاف أن الشركة المشغلة", "تتعطل الحركة."),
    ("من جهتها، رحبت رئيسة", "لذوي الإعاقة."),
    ("وأوضحت الكيلاني أن الاتحاد", "على الطرق."),
    ("ومن المقرر أن يفتتح", "التي يمر بها."),
)
NOT_OF_THE_ARTICLE = (
    "الأكثر قراءة", "مهرجان التمور", "جدول إصلاح الطرق", "أسعار الإسمنت", "جميع الحقوق", "من نحن", "فيسبوك", "إعلان",
    "نص مخفي", "تابعونا", "كلمات مفتاحية", "صور ساخنة", "معرض الزهور", "الرئيسية", "مصدر", "2024:03:05", "نشر في",
    "جافاسكربت",
)  # fmt: skip
LAYOUTS = sorted(p.name for p in PAGES.glob("*.html"))


def read(name: str) -> Article:
    return from_html((PAGES / name).read_bytes())


@pytest.mark.parametrize("name", [n for n in LAYOUTS if n not in ("cut.html", "entities.html", "furniture.html")])
def test_every_layout_gives_title_and_exactly_the_paragraphs(name: str) -> None:
    article = read(name)
    body = article.body.split("\n")
    assert article.title == TITLE
    assert [(p.startswith(a), p.endswith(z)) for p, (a, z) in zip(body, PARAGRAPHS, strict=True)] == [(True, True)] * 6


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_layout_leaves_furniture_in_text(name: str) -> None:
    text = read(name).text
    assert [words for words in NOT_OF_THE_ARTICLE if words in text] == []


@pytest.mark.parametrize(
    ("name", "outlet", "section", "authors", "published", "modified"),
    [
        ("jsonld.html", "صحيفة المرفأ", "اقتصاد", ("هدى الخطيب", "سامر عودة"),
         "2024-03-05T09:30:00+03:00", "2024-03-05T11:00:00+03:00"),
        ("graph.html", "صحيفة المرفأ", "اقتصاد", ("هدى الخطيب",), "2024-03-05T09:30:00", None),
        ("opengraph.html", "الضفة الأخرى", "اقتصاد", ("هدى الخطيب",), "2024-03-05T06:30:00Z", "2024-03-05T08:00:00Z"),
        ("microdata.html", "صحيفة المرفأ", "اقتصاد", ("هدى الخطيب",), "2024-03-05", None),
        ("time.html", "", "", (), "2024-03-05T09:30+03:00", None),
        ("wire.html", "", "العالم", (), "2024-03-05T09:30", None),
        ("furniture.html", "", "اقتصاد", (), "2024-03-05T09:30", None),
        ("table.html", "", "", (), None, None),
    ],
)  # fmt: skip
def test_metadata_comes_from_markup_and_then_from_the_page(
    name: str, outlet: str, section: str, authors: tuple[str, ...], published: str | None, modified: str | None
) -> None:
    article = read(name)
    assert (article.outlet, article.section, article.authors) == (outlet, section, authors)
    assert (article.published and article.published.iso, article.modified and article.modified.iso) == (
        published,
        modified,
    )


@pytest.mark.parametrize(
    ("name", "place", "day", "agency"),
    [
        ("jsonld.html", "عمان", None, "رويترز"),
        ("opengraph.html", "القاهرة", None, "أ ف ب"),
        ("microdata.html", "دبي", None, "الأناضول"),
        ("time.html", "القدس المحتلة", "2024-03-04", ""),
        ("cp1256_undeclared.html", "بيروت", None, "رويترز"),
        ("cp1256_declared_utf8.html", "بيروت", None, "رويترز"),
        ("utf8_declared_cp1256.html", "بيروت", None, "رويترز"),
        ("table.html", "الرياض", None, "واس"),
        ("br.html", "واشنطن، باريس", None, "أ ف ب"),
        ("wire.html", "عمان", "2024-03-04", "شينخوا"),
        ("divs.html", "موسكو", None, "المرفأ"),
    ],
)
def test_dateline_of_page_is_a_block_of_its_own(name: str, place: str, day: str | None, agency: str) -> None:
    article = read(name)
    dateline = article.dateline
    assert dateline is not None
    assert dateline.span is not None
    assert (dateline.place, dateline.date and dateline.date.iso, dateline.agency) == (place, day, agency)
    assert [b.span for b in article.blocks if b.kind == "dateline"] == [dateline.span]
    assert dateline.span.of(article.text) not in article.body


def test_captions_are_kept_and_marked() -> None:
    article = read("furniture.html")
    captions = [b.span.of(article.text) for b in article.blocks if b.kind == "caption"]
    assert captions == [
        "قطار تجريبي على الخط الساحلي الشهر الماضي",
        "صورة: محطة القطار الجديدة في المدينة الساحلية (أرشيفية)",
    ]
    assert "قطار تجريبي" not in article.body


def test_line_between_long_paragraphs_is_a_subheading() -> None:
    article = read("furniture.html")
    assert [b.span.of(article.text) for b in article.blocks if b.kind == "subheading"] == ["مواقف الركاب"]


def test_page_cut_in_the_middle_gives_what_is_there() -> None:
    body = read("cut.html").body.split("\n")
    assert body[0].startswith("أعلن وزير النقل")
    assert body[-1].startswith("من جهتها، رحبت")


def test_entities_scripts_and_comments_do_not_reach_the_text() -> None:
    article = read("entities.html")
    assert "إعلان دخيل" not in article.text
    assert "ثلاثة دنانير». & &bogus; &#xZZ; ف" in article.text


def test_no_break_space_of_page_is_kept() -> None:
    assert "الرباط\u00a0- " in read("entities.html").text


def test_caller_knows_better_than_the_page() -> None:
    article = from_html(
        (PAGES / "jsonld.html").read_bytes(), url="https://www.aawsat.com/x", doc="a1", published="2020-01-02"
    )
    assert (article.doc, article.url) == ("a1", "https://www.aawsat.com/x")
    assert article.published is not None
    assert article.published.iso == "2020-01-02"


def test_outlet_and_day_come_from_url_where_page_names_none() -> None:
    article = from_html((PAGES / "br.html").read_bytes(), url="https://www.aawsat.com/news/2024/03/05/train")
    assert article.outlet == "الشرق الأوسط"
    assert article.published is not None
    assert article.published.iso == "2024-03-05"


def test_string_and_bytes_give_the_same_article() -> None:
    data = (PAGES / "jsonld.html").read_bytes()
    assert from_html(data) == from_html(data.decode())


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("", InputError),
        ("   \n", InputError),
        ("<html><body></body></html>", InputError),
        ("<html><body><p>Only English here, and quite a lot of it.</p></body></html>", NotArabicError),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, InputError),
        ("<p>" + "ن" * (MAX_TEXT + 1), TooLargeError),
        ("ن" * (MAX_PAGE + 1), TooLargeError),
    ],
    ids=["empty", "blank", "bare", "english", "picture", "long text", "long page"],
)  # fmt: skip
def test_page_that_cannot_be_read_says_so_in_one_line(page: str | bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as raised:
        from_html(page, doc="page.html")
    assert str(raised.value).startswith("page.html: ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("nested", ["<div>" * 10_000, "<div><b>x</b>" * 10_000, "<table><tr><td>" * 5_000])
def test_deeply_nested_page_is_read_quickly(nested: str) -> None:
    article = from_html(f"<html><body><h1>{TITLE}</h1>{nested}<p>قال الوزير إن القطار سينطلق في الشهر المقبل.</p>")
    assert "قال الوزير" in article.body


@pytest.mark.parametrize(
    "many",
    [
        '<div itemscope itemprop="author name">',
        "<figure><figcaption>خزان</figcaption></figure>",
        "<time>x</time>",
        "<h1>",
    ],
)
def test_thousands_of_one_element_neither_recurse_nor_take_long(many: str) -> None:
    article = from_html(f"<h1>{TITLE}</h1>{many * 3000}<p>قال الوزير إن القطار سينطلق في الشهر المقبل.</p>")
    assert "قال الوزير" in article.body


@pytest.mark.parametrize("tag", ["<time datetime>", "<article><time datetime>", '<div class="crumb"><a>x</a>'])
def test_the_work_of_reading_a_page_grows_with_its_length_alone(tag: str, effort: Effort) -> None:
    """«<time datetime>» some thousand times without end took time in the square of their number."""

    def steps(count: int) -> int:
        page = f"<article><h1>{TITLE}</h1><p>قال الوزير إن القطار سينطلق في الشهر المقبل.</p>{tag * count}"
        return effort(lambda: from_html(page))

    steps(10)
    assert steps(4_000) < 5 * steps(1_000)  # four times where it is linear, sixteen where it is not


def test_time_in_the_article_comes_before_others_of_the_page() -> None:
    times = '<time datetime="2024-03-0{}">'
    page = (
        f"{times.format(1)}</time><article><h1>{TITLE}</h1>{times.format(2)}</time><p>قال الوزير إن القطار سينطلق.</p>"
    )
    published = from_html(page).published
    assert published is not None
    assert published.iso == "2024-03-02"


@pytest.mark.parametrize(
    "script",
    [
        "{", "[]", "null", '"x"', "[" * 100_000, '{"@graph": 3}', '{"@type": {"a": 1}, "headline": 3}',
        '{"@type": "NewsArticle", "headline": ["x"], "author": 5, "publisher": [], "datePublished": "yesterday"}',
        '{"@type": "NewsArticle", "articleBody": {"x": 1}, "datePublished": "2024-13-45T99:99"}',
        '{"@type": "BreadcrumbList", "itemListElement": {"name": 1}}',
    ],
    ids=range(10),
)  # fmt: skip
def test_broken_json_ld_is_passed_over(script: str) -> None:
    ld = f'<script type="application/ld+json">{script}</script>'
    article = from_html(f"{ld}<h1>{TITLE}</h1><p>قال الوزير إن القطار سينطلق قريبا.</p>")
    assert article.title == TITLE
    assert article.published is None
