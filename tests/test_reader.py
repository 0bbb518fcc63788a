"""Reading whole: from text to statements with their sources."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qawl
from qawl.formats import to_dict
from qawl.pages import from_text
from qawl.reader import EXTRACTORS, Extractor

Effort = Callable[[Callable[[], object]], int]

TEXT = """نورية تفتتح جسر النهر غدا
قالت وزيرة النقل سلمى الراوي، اليوم (السبت)، إن جسر النهر سيفتح غدا، مؤكدة أن العبور مجاني.
وأضافت الراوي: «عملنا ثلاث سنوات، ولن نطلب رسوما من أحد».
ودعا رئيس النقابة عادل الحبقي إلى توظيف أبناء القرى القريبة.
"""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_an_article_is_read(extractor: Extractor) -> None:
    reading = qawl.Reader(extractor=extractor).read(from_text(TEXT))
    said = [(reading.sources[s.who].name, reading.content_of(s), s.mode) for s in reading.statements]
    assert said == [
        ("سلمى الراوي", "جسر النهر سيفتح غدا", "indirect"),
        ("سلمى الراوي", "العبور مجاني", "indirect"),
        ("سلمى الراوي", "عملنا ثلاث سنوات، ولن نطلب رسوما من أحد", "direct"),
        ("عادل الحبقي", "توظيف أبناء القرى القريبة", "indirect"),
    ]
    assert reading.extractor == f"qawl-{extractor}/{qawl.__version__}"
    assert [s.act for s in reading.statements][-1] == "demand"


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_source_is_spoken_for_and_every_statement_has_one(extractor: Extractor) -> None:
    reading = qawl.Reader(extractor=extractor).read(from_text(TEXT))
    assert {s.who for s in reading.statements} == set(reading.sources)


def test_reading_is_deterministic_across_processes() -> None:
    code = (
        "import json, sys, qawl; from qawl.formats import to_dict;"
        "print(json.dumps(to_dict(qawl.read(sys.stdin.read())), ensure_ascii=False))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code], input=TEXT, capture_output=True, check=True, text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


def test_the_order_of_articles_changes_nothing() -> None:
    reader = qawl.Reader()
    first, second = from_text(TEXT), from_text("عنوان\nقال سالم الراوي إن الطريق مغلق.")
    alone = [to_dict(reader.read(a)) for a in (first, second)]
    assert [to_dict(reader.read(a)) for a in (second, first)][::-1] == alone


def test_a_least_confidence_leaves_out_the_unsure() -> None:
    article = from_text(TEXT)
    everything = qawl.Reader().read(article).statements
    bar = sorted(s.confidence for s in everything)[1]
    kept = qawl.Reader(min_confidence=bar).read(article).statements
    assert [s.id for s in kept] == [s.id for s in everything if s.confidence >= bar]
    with pytest.raises(ValueError, match="from 0 to 1"):
        qawl.Reader(min_confidence=1.5)
    with pytest.raises(ValueError, match="no such extractor"):
        qawl.Reader(extractor="oracle")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "message"),
    [("", "no text"), ("   ", "no text"), (b"\x00\x01\x02", "binary"), ("All in English", "no Arabic"),
     ('{"text": "نص"}', "JSON"), (12, "wrong type"), (None, "wrong type")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(given: object, message: str) -> None:
    with pytest.raises(qawl.InputError):
        qawl.read(given)  # type: ignore[arg-type]


def test_a_reader_says_what_it_takes() -> None:
    with pytest.raises(qawl.InputError, match="takes an Article, not str"):
        qawl.Reader().read(TEXT)  # type: ignore[arg-type]


def test_bytes_and_html_are_read() -> None:
    page = f"<html><head><title>خبر</title></head><body><article><p>{TEXT.splitlines()[1]}</p></article></body></html>"
    for data in (page, page.encode(), page.encode("windows-1256")):
        assert qawl.read(data).statements
    assert qawl.read(page, outlet="صحيفة المنارة").article.outlet == "صحيفة المنارة"


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["قال ", "الوزير سالم قال إن ", "مؤكدا أن ", '«كلمة "ثم ', "وقال بحسب "])
def test_the_work_of_reading_grows_with_length_and_no_faster(unit: str, effort: Effort) -> None:
    """A hostile paragraph once took hours."""
    reader = qawl.Reader()

    def steps(count: int) -> int:
        article = from_text("عنوان\n" + unit * count)
        return effort(lambda: reader.read(article))

    steps(10)
    assert steps(2000) < 6 * steps(500)  # four times where it is linear, sixteen where it is not


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='قالوزيرةإنأكد محمدسلمى«»"،.:()\n١2abـ\u064b\u200f\u00a0', max_size=250))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = qawl.read(text, html=False)
    except qawl.InputError:
        return
    body = reading.article.text
    for s in reading.statements:
        assert all(0 <= c.start < c.end <= len(body) for c in s.content)
        assert s.who in reading.sources


WORDS = (
    "شارع مدينة جامعة الملك الأمير بان ال آن أبو بن عبد الوزير قال إن باسم وزير متحدث رئيس من على عن أن ما الذي هذا "
    'سالم الراوي الأردن مؤكدا بحسب وقالت نقلا وكالة ، . : « » " ( ) - ... 12 ؟'
).split()


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("text", ["وقع الحادث قرب جامعة الملك", "« قال متحدث إن »", "» « قال الوزير إن »"])
def test_a_text_that_ends_in_the_middle_is_read(extractor: Extractor, text: str) -> None:
    """Regressions: each was a fault."""
    assert len(qawl.Reader(extractor=extractor).read(from_text(f"عنوان الخبر\n{text}")).statements) < 2


@pytest.mark.parametrize("extractor", EXTRACTORS)
@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=16))
def test_any_words_of_the_news_are_read(extractor: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    reading = qawl.Reader(extractor=extractor).read(from_text(f"عنوان الخبر\n{text}"))
    assert all(s.who in reading.sources for s in reading.statements)
