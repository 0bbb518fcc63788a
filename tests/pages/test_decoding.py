"""Encodings and kinds of input: the bytes decide, not the declaration."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.model import Article, InputError
from qawl.pages import decode, from_html, sniff

TEXT = "قال الوزير إن القطار «سينطلق» في الشهر المقبل، وأضاف أن المحطات جاهزة. – 2024"
PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1256", "iso-8859-1", "no-such-encoding", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-8-sig", "utf-16", "utf-32"])
def test_bytes_outweigh_the_declaration(encoding: str, declared: str | None) -> None:
    assert decode(TEXT.encode(encoding), declared=declared) == TEXT


@pytest.mark.parametrize("named", ["utf-8", "windows-1256", "iso-8859-1", "x-mac-arabic", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_bytes_outweigh_what_the_page_declares(encoding: str, named: str) -> None:
    page = PAGE.format(named, TEXT)
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_known_by_its_zeros(encoding: str) -> None:
    page = PAGE.format("utf-16", TEXT)
    assert decode(page.encode(encoding)) == page


def test_iso_8859_6_is_read_where_it_is_declared() -> None:
    text = "قال الوزير إن القطار سينطلق في الشهر المقبل"
    assert decode(text.encode("iso8859_6"), declared="iso-8859-6") == text


def test_utf8_cut_within_a_letter_or_spoilt_in_one_is_still_utf8() -> None:
    data = TEXT.encode() * 20
    assert decode(data[:-8]).startswith(TEXT)
    assert decode(data[:300] + b"\xff" + data[300:]).endswith(TEXT)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7 ...", b"PK\x03\x04....", gzip.compress(b"x"), b"\x7fELF\x00",
     b"abc\x00\x00\x00def"],
    ids=["png", "pdf", "zip", "gzip", "elf", "zeros"],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "a.txt", "empty"),
        (b"\xef\xbb\xbf \n", "-", "empty"),
        (TEXT.encode(), "-", "text"),
        (TEXT.encode("cp1256"), "a.txt", "text"),
        (TEXT.encode("utf-16"), "a.txt", "text"),
        (b"<!DOCTYPE html><html>", "", "html"),
        (b"\n<!-- x -->\n<div>", "page", "html"),
        (b"<p>x<br>y<br>z<br>w<br>v", "", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "a.xml", "html"),
        (b'<?xml version="1.0"?><rss>', "feed", "xml"),
        (b"<rss version='2.0'>", "", "xml"),
        (b'{"text": "x"}', "-", "json"),
        (b'{"text": "x"}\n{"text": "y"}\n', "-", "jsonl"),
        (b'{\n "text": "x"\n}', "", "json"),
        (b'[{"text": "x"}]', "", "json"),
        (b'{"text": "x"}', "a.jsonl", "jsonl"),
        (b"[1] \xd9\x82", "a.txt", "text"),
        (b"{\xd9\x82} ...", "-", "text"),
        (b"WARC/1.0\r\n", "x", "warc"),
        (gzip.compress(b"x"), "x.warc.gz", "gzip"),
        (b"%PDF-1.4", "x", "pdf"),
        (b"PK\x03\x04", "x.docx", "zip"),
        (b"\x00\x01\x02\x03" * 10, "x", "binary"),
    ],
)
def test_kind_of_input_is_known_by_content_and_then_by_name(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


MARKUP = st.sampled_from(
    [b"<p>", b"</p>", b"<div", b">", b"<h1>", TEXT.encode(), TEXT.encode("cp1256"), b"<script>", b"<!--", b"&#x0;",
     b"<table><td>", b"<figure><figcaption>", b'<meta property="og:title" content="', b'"', b"\x00", b"\xff\xfe",
     b'<script type="application/ld+json">{"@type":"NewsArticle","headline":', b"</script>", b"<time datetime=2024>",
     b"&amp"]
)  # fmt: skip


@given(st.lists(MARKUP | st.binary(max_size=20), max_size=15).map(b"".join))
def test_any_bytes_give_an_article_or_an_input_error(data: bytes) -> None:
    try:
        article = from_html(data)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert isinstance(article, Article)
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        at = block.span.end


@given(st.binary(), st.none() | st.text())
def test_decode_gives_a_string_or_an_input_error(data: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(data, declared=declared), str)
    except InputError:
        return


@given(st.binary(), st.text())
def test_sniff_names_a_kind_for_any_bytes(data: bytes, name: str) -> None:
    assert sniff(data, name)
