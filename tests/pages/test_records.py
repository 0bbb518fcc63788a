"""JSON objects: their text is kept as it is, whatever is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.model import InputError, Moment, NotArabicError, TooLargeError
from qawl.pages import MAX_TEXT, from_record

TITLE = "وزيرة المياه: لن نقطع الماء عن أي حي هذا الصيف"
FIRST = "أعلنت وزيرة المياه ليلى الحداد أن خزانات البلاد امتلأت بعد أمطار الشتاء، مؤكدة أن الصيف سيمر بلا انقطاع."
SECOND = "وقالت الحداد في مؤتمر صحفي إن الوزارة أصلحت مئتي كيلومتر من الشبكة القديمة خلال العام الماضي."


def test_text_is_verbatim_and_furniture_is_marked() -> None:
    text = f"{TITLE}\r\n  عمان - رويترز: {FIRST}\n\n{SECOND} سمات مياه صيف\nاقرأ أيضا: خزان آخر\n"
    article = from_record({"text": text})
    assert article.text == text
    assert [(b.kind, b.span.of(text)) for b in article.blocks] == [
        ("headline", TITLE),
        ("dateline", "عمان - رويترز:"),
        ("body", FIRST),
        ("body", SECOND),
        ("furniture", "سمات مياه صيف"),
        ("furniture", "اقرأ أيضا: خزان آخر"),
    ]
    assert article.body == f"{FIRST}\n{SECOND}"


def test_given_fields_are_kept() -> None:
    article = from_record(
        {
            "doc": "d7", "url": "https://example.org/7", "text": f"{TITLE}\n{FIRST}", "outlet": "المرفأ",
            "section": "محليات", "agency": "رويترز", "authors": ["هدى الخطيب", {"name": "سامي العلي"}, None],
            "published": "2024-03-05T09:30Z", "unknown": [1],
        }
    )  # fmt: skip
    assert (article.doc, article.url, article.outlet) == ("d7", "https://example.org/7", "المرفأ")
    assert (article.section, article.agency, article.authors) == ("محليات", "رويترز", ("هدى الخطيب", "سامي العلي"))
    assert article.published == Moment("2024-03-05T09:30Z", "minute")


@pytest.mark.parametrize("name", ["body", "content", "articleBody"])
def test_title_and_body_make_the_text(name: str) -> None:
    article = from_record({"title": TITLE, name: f"{FIRST}\n{SECOND}"})
    assert article.text == f"{TITLE}\n{FIRST}\n{SECOND}"
    assert article.title == TITLE


def test_first_line_is_headline_as_in_standoff() -> None:
    assert from_record({"text": f"{TITLE}\n{FIRST}"}).blocks[0].kind == "headline"
    assert from_record({"text": f"\n{FIRST}"}).blocks[0].kind == "body"


def test_single_line_is_a_paragraph_and_not_a_headline() -> None:
    assert [b.kind for b in from_record({"text": FIRST}).blocks] == ["body"]


def test_long_first_line_unlike_the_title_is_a_paragraph() -> None:
    article = from_record({"title": TITLE, "text": f"{FIRST}\n{SECOND}"})
    assert [b.kind for b in article.blocks] == ["body", "body"]


def test_html_alone_is_read_as_a_page() -> None:
    article = from_record({"doc": "p1", "html": f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>"})
    assert (article.doc, article.text) == ("p1", f"{TITLE}\n{FIRST}\n{SECOND}")


def test_items_of_a_digest_have_their_datelines_marked() -> None:
    text = f"موجز\n{FIRST}\n* جنيف - رويترز: {SECOND}\n* طوكيو - أ.ف.ب: {FIRST}"
    article = from_record({"text": text})
    assert [b.span.of(text) for b in article.blocks if b.kind == "dateline"] == ["* جنيف - رويترز:", "* طوكيو - أ.ف.ب:"]
    assert article.dateline is None


def test_date_line_in_the_middle_of_text_is_text() -> None:
    text = "\n".join([TITLE, FIRST, SECOND, FIRST, "5 مارس 2024", SECOND, FIRST, SECOND])
    assert "5 مارس 2024" in from_record({"text": text}).body


@pytest.mark.parametrize(
    ("record", "error", "words"),
    [
        ({}, InputError, '"text"'),
        ({"title": TITLE}, InputError, '"text"'),
        ({"text": None}, InputError, '"text"'),
        ({"text": 3}, InputError, "a number"),
        ({"text": [TITLE]}, InputError, "a list"),
        ({"text": " \n"}, InputError, "empty"),
        ({"text": "English\nonly"}, NotArabicError, "Arabic"),
        ({"text": "ن" * (MAX_TEXT + 1)}, TooLargeError, "2,000,000"),
        ({"text": FIRST, "url": ["x"]}, InputError, '"url"'),
        ({"text": FIRST, "published": "soon"}, InputError, '"published"'),
        ({"html": 3}, InputError, '"html"'),
        ([FIRST], InputError, "a list"),
        (None, InputError, "null"),
        ({"text": FIRST, "url": {"a": 1}}, InputError, '"url" must be a string; it is an object'),
        ({"text": 2.5}, InputError, "it is a number"),
    ],
    ids=range(15),
)  # fmt: skip
def test_object_that_is_no_article_says_what_is_wrong(record: object, error: type[InputError], words: str) -> None:
    with pytest.raises(error, match=words) as raised:
        from_record(record, where="in.jsonl:4")  # type: ignore[arg-type]
    assert str(raised.value).startswith("in.jsonl:4: ")
    assert "\n" not in str(raised.value)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.lists(st.text(max_size=5))
KEYS = st.sampled_from(["text", "title", "body", "html", "url", "doc", "published", "authors", "outlet", "section"])


@given(st.dictionaries(KEYS, VALUES | st.just(f"{TITLE}\n{FIRST}")))
def test_any_object_gives_an_article_or_an_input_error(record: dict[str, object]) -> None:
    try:
        article = from_record(record)
    except InputError:
        return
    if isinstance(record.get("text"), str):
        assert article.text == record["text"]


LINES = st.sampled_from(
    [
        TITLE,
        FIRST,
        SECOND,
        f"عمان - رويترز: {FIRST}",
        "صور ساخنة",
        f"{SECOND} سمات ماء",
        "Next Previous عمان – واس",
        "(",
        "-",
        "",
    ]
)


@given(st.lists(LINES | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1).map("\n".join))
def test_any_text_is_verbatim_and_its_blocks_tile_it(text: str) -> None:
    try:
        article = from_record({"text": text})
    except InputError:
        return
    assert article.text == text
    at = 0
    for block in article.blocks:
        assert text[at : block.span.start].strip() == ""
        assert at <= block.span.start < block.span.end
        assert "\n" not in block.span.of(text)
        at = block.span.end
    assert text[at:].strip() == ""
