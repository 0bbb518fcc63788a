"""The page: exact text, true anchors, nothing hostile, nothing from outside."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from formats_samples import EVERY, HOSTILE, council, harbour, hostile, long, overlapping, silent
from formats_strategies import readings
from hypothesis import given, settings
from lxml import html as parser

from qawl.formats import writer
from qawl.model import About, Article, Moment, Reading, Source, Span, Stance, Statement
from qawl.positions.matters import matters

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def page(*items: Reading, **options: str) -> str:
    out = io.StringIO()
    w = writer("html", out, **options)  # type: ignore[arg-type]
    for r in items:
        w.write(r)
    w.close()
    return out.getvalue()


def tree(*items: Reading, **options: str) -> Any:
    # As bytes: lxml takes a string without its character set for Latin-1 in some releases.
    return parser.document_fromstring(page(*items, **options).encode(), parser.HTMLParser(encoding="utf-8"))


def article_text(article: Any) -> str:
    return "".join(t.text_content() for t in article.xpath('.//div[contains(concat(" ", @class, " "), " t ")]'))


@pytest.mark.parametrize("make", EVERY)
def test_the_text_on_the_page_is_the_article_text_exactly(make: Any) -> None:
    (article,) = tree(make()).xpath("//article")
    assert article_text(article) == FORBIDDEN.sub("\ufffd", make().article.text)


@settings(max_examples=60, deadline=None)
@given(readings())
def test_any_text_is_kept_and_the_page_holds_only_its_own_elements(reading: Reading) -> None:
    root = tree(reading)
    (article,) = root.xpath("//article")
    assert article_text(article) == FORBIDDEN.sub("\ufffd", reading.article.text)
    assert {e.tag for e in article.iter()} <= {
        "article", "header", "p", "i", "bdi", "div", "h2", "h3", "dl", "dt", "dd", "time", "a", "mark", "span",
        "aside", "ol", "ul", "li", "blockquote", "b", "section", "table", "thead", "tbody", "tr", "th", "td", "small",
    }  # fmt: skip


def marked(article: Any, ident: int) -> str:
    """What is marked as the content of a statement."""
    pieces = article.xpath(f'.//mark[@data-ids and contains(concat(" ", @data-ids, " "), " {ident} ")]')
    return "".join(p.text_content() for p in pieces)


@pytest.mark.parametrize("make", [harbour, overlapping, long])
def test_marks_of_a_statement_are_its_content(make: Any) -> None:
    reading = make()
    (article,) = tree(reading).xpath("//article")
    for s in reading.statements:
        assert marked(article, s.id) == "".join(c.of(reading.article.text) for c in s.content)


def test_overlap_is_cut_into_pieces_that_name_both() -> None:
    (article,) = tree(overlapping()).xpath("//article")
    assert [m.get("data-ids") for m in article.xpath(".//mark[@data-ids]") if len(m.get("data-ids")) > 1]
    # A mark may stand inside another only as a layer of the same piece.
    for m in article.xpath(".//mark//mark"):
        assert m.get("data-ids") is None
        assert m.text_content() == m.getparent().text_content()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_links_lead_somewhere_and_both_ways(lang: str) -> None:
    root = tree(*(make() for make in EVERY), lang=lang)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [h[1:] for h in root.xpath("//a/@href") if h.startswith("#")]
    assert set(inner) <= set(ids)
    for number, make in enumerate(EVERY, 1):
        for s in make().statements:
            card, mark = f"a{number}-s{s.id}", f"a{number}-m{s.id}"
            assert card in inner
            assert mark in inner
            assert root.get_element_by_id(mark).tag == "mark"
            assert root.get_element_by_id(card).tag == "li"


def test_cue_and_speaker_are_marked_apart_from_content() -> None:
    (article,) = tree(harbour()).xpath("//div[@class='t body']")
    of = lambda name: {  # noqa: E731
        e.text_content() for e in article.xpath(f'.//span[contains(concat(" ", @class, " "), " {name} ")]')
    }
    assert {"أكدت", "مشددة على", "قوله", "أبلغها"} <= of("cue")
    assert {"اتحاد الغواصين", "المرزباني", "نقيب الصيادين نزار الوادعاني"} <= of("speaker")


def stance_lines(reading: Reading, lang: str) -> list[str]:
    found = tree(reading, lang=lang).xpath('//ul[@class="stances"]/li')
    return [" ".join(x.text_content().split()) for x in found]


def test_a_card_shows_stances_with_degree_matters_and_conditions() -> None:
    assert stance_lines(council(), "ar") == [
        "يرفض بشدة نقل السوق (ضد rabwa-market · لا قبل: إلا بعد إصلاح الطريق)",
        "يريد إصلاح الطريق",
        "يرفض منع البسطات (مع rabwa-stalls · ضد rabwa-market · التوقيت: فورا · بلا شرط: ودون شرط)",
        "يريد بتحفظ تأجيل الموسم",
    ]
    assert stance_lines(council(), "en") == [
        "rejects strongly نقل السوق (against rabwa-market · not before: إلا بعد إصلاح الطريق)",
        "wants إصلاح الطريق",
        "rejects منع البسطات (for rabwa-stalls · against rabwa-market · timing: فورا · unconditional: ودون شرط)",
        "wants tentatively تأجيل الموسم",
    ]


def with_matter(id_: str) -> Reading:
    reading = council()
    target = Span(0, 3)
    stance = Stance(target, "+", about=(About(id_, "-", target, ""),))
    return replace(reading, statements=(replace(reading.statements[0], stances=(stance,)),))


def test_a_known_matter_goes_by_its_label() -> None:
    known = next(iter(matters().values()))
    assert stance_lines(with_matter(known.id), "ar") == [f"يريد خلا (ضد {known.ar})"]
    assert stance_lines(with_matter(known.id), "en") == [f"wants خلا (against {known.en})"]


def test_foreign_words_of_a_stance_stand_in_isolation_and_stay_text() -> None:
    (note,) = tree(with_matter(HOSTILE), lang="en").xpath('//ul[@class="stances"]//small')
    assert [b.text_content() for b in note.xpath(".//bdi")] == [HOSTILE]
    assert [e.tag for e in note.iterdescendants()] == ["span", "bdi"]
    assert len(tree(council(), lang="en").xpath('//ul[@class="stances"]//bdi')) == 4 + 3 + 3


def test_hostile_strings_stay_text() -> None:
    text = page(hostile())
    root = tree(hostile())
    assert not root.xpath("//script | //img | //*[@onerror] | //iframe | //object | //svg")
    assert not [a for a in root.xpath("//a/@href") if not a.startswith("#")]
    assert "javascript:alert(1)" in root.text_content()
    assert "<script" not in text
    assert root.xpath("//article//@lang")[0] == "ar"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("HTTP://news.example/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://news.example/", False),
        ("data:text/html,<b>", False),
        ('https://news.example/"onclick="x', False),
        ("//news.example/", False),
        ("https://[", True),
    ],
)
def test_only_web_addresses_are_links(url: str, linked: bool) -> None:
    root = tree(Reading(Article("عنوان\nنص", url=url), (), {}, "qawl"))
    assert [h for h in root.xpath("//a/@href") if not h.startswith("#")] == ([url] if linked else [])


def test_the_page_asks_for_nothing_from_outside() -> None:
    text = page(harbour(), long())
    root = tree(harbour(), long())
    assert not root.xpath("//link | //script | //img | //iframe | //*[@src] | //*[@style]")
    (style,) = root.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in text
    assert root.xpath("/html/@lang") == ["ar"]
    assert root.xpath("/html/@dir") == ["rtl"]


def test_the_style_keeps_letters_joined_and_the_page_turnable() -> None:
    css = (files("qawl") / "formats" / "page.css").read_text("utf-8")
    (mark,) = re.findall(r"^\.q \{([^}]*)\}", css, re.MULTILINE)
    assert not re.search(r"display|padding|border|margin|letter-spacing|font-weight", mark)
    body = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    sides = "left|right|top|bottom"
    physical = rf"[;{{\s]((margin|padding|border)-({sides})|{sides}|((max|min)-)?(width|height))\s*:"
    assert not re.findall(physical, re.sub(r"@media[^{]*", "", body))
    assert not re.findall(r"text-align:\s*(left|right)|float:", body)


def channel(value: int) -> float:
    c = value / 255
    return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4


def luminance(rgb: tuple[float, ...]) -> float:
    r, g, b = (channel(round(x)) for x in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rgb(colour: str) -> tuple[float, ...]:
    colour = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def over(colour: tuple[float, ...], ground: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(c * share + g * (1 - share) for c, g in zip(colour, ground, strict=True))


@pytest.mark.parametrize("theme", [0, 1, 2])
def test_contrast_is_aa_in_light_dark_and_print(theme: int) -> None:
    css = (files("qawl") / "formats" / "page.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[theme]
    colours = {k: rgb(v) for k, v in re.findall(r"--(\w+): (#[0-9a-f]{3,6})\b", block)}
    shares = {k: int(v) / 100 for k, v in re.findall(r"--(tint|lit): (\d+)%", block)}
    hues = [k for k in colours if re.fullmatch("h[0-7x]", k)]
    assert len(hues) == 9
    for ground in ("paper", "card"):
        for text in [*hues, "ink", "quiet", "link"]:
            assert contrast(colours[text], colours[ground]) >= 4.5, (theme, text, ground)
    for outer, inner in product(hues, repeat=2):
        # A mark inside a mark, both lit; then a cue or a number of either colour on both tints.
        lit = over(colours[inner], over(colours[outer], colours["paper"], shares["lit"]), shares["lit"])
        assert contrast(colours["ink"], lit) >= 4.5, (theme, outer, inner)
        calm = over(colours[inner], over(colours[outer], colours["paper"], shares["tint"]), shares["tint"])
        assert contrast(colours[inner], calm) >= 4.5, (theme, outer, inner)
        once = over(colours[outer], colours["paper"], shares["tint"])
        assert contrast(colours[inner], once) >= 4.5, (theme, outer, inner)
    for hue in hues:
        assert contrast(colours["card"], colours[hue]) >= 4.5  # the number on a card


def test_sources_are_counted_and_look_different() -> None:
    root = tree(harbour(), lang="en")
    rows = {r.xpath("string(th)"): r for r in root.xpath("//tbody/tr")}
    assert rows["هالة المرزباني"].xpath("string(.//b)") == "5"
    assert rows["source not resolved"].get("class") == "hx ux"
    looks = [r.get("class") for r in tree(long()).xpath("//tbody/tr")]
    assert len(set(looks)) == len(looks) == 12


def test_a_statement_without_a_source_is_counted_too() -> None:
    text = "عنوان\nقال إن شيئا حدث"
    s = Statement(1, None, "", None, (Span(6, 9),), "indirect", who="Z")
    root = tree(Reading(Article(text), (s,), {"A": Source("A", "مصدر", "unnamed")}, "qawl"), lang="ar")
    assert root.xpath("string(//tr[@class='hx ux']/th)") == "مصدر غير محدد"


def test_several_articles_have_a_table_of_contents_and_one_has_none() -> None:
    root = tree(harbour(), silent())
    assert root.xpath("//nav//li/a/@href") == ["#a1", "#a2"]
    assert not tree(harbour()).xpath("//nav")
    assert "No articles" in page()


def test_header_shows_what_is_known_and_nothing_else() -> None:
    full = tree(harbour(), lang="ar", numerals="arabic").xpath("//dl[@class='about']")[0].text_content()
    for part in ("١٤ مارس ٢٠٣١", "مرسى الورد", "وكالة السهل", "ليان الصواري", "https://news.example/harbour"):
        assert part in full
    assert not tree(silent()).xpath("//dl")
    assert "بلا عنوان" in page(Reading(Article("\nنص"), (), {}, "qawl"), lang="ar")


def test_numbers_of_the_article_stay_as_they_are() -> None:
    reading = Reading(Article("عنوان\nفي 14 مارس ١٩٩٠", published=Moment("2031", "year")), (), {}, "qawl")
    for numerals in ("latin", "arabic"):
        (article,) = tree(reading, numerals=numerals).xpath("//article")
        assert article_text(article) == reading.article.text


def test_a_mark_that_begins_inside_a_word_draws_nothing_there() -> None:
    # «وبالقرار» marked from its fifth letter: a number there would part the letters.
    text = "عنوان\nرحب وبالقرار"
    s = Statement(
        1, Span(text.index("وبال"), text.index("قرار")), "", None, (Span(text.index("قرار"), len(text)),), "direct"
    )
    (article,) = tree(Reading(Article(text), (s,), {}, "qawl")).xpath("//article")
    body = article.xpath(".//div[@class='t body']")[0]
    assert not body.xpath(".//@data-n")
    assert not body.xpath('.//span[contains(concat(" ", @class, " "), " w ")]')
