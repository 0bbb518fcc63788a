"""From what a user names to articles."""

import gzip
import io
import json
import lzma
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qawl.cli import inputs, streams
from qawl.cli.inputs import Inputs, Item, Settings
from qawl.model import Article, InputError, Moment, NotArabicError, TooLargeError
from qawl.pages import MAX_TEXT

BODY = "قال الوزير نادر الصالحي إن الجسر الجديد سيفتتح الأسبوع المقبل."
TEXT = f"افتتاح جسر في مدينة الواحة\n{BODY}\n"
RECORD = {"text": TEXT}
PAGE = (
    f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>افتتاح جسر في مدينة الواحة</title></head>'
    f"<body><article><h1>افتتاح جسر في مدينة الواحة</h1><p>{BODY}</p><p>وأضاف أن الأعمال انتهت قبل موعدها.</p>"
    f"</article></body></html>"
)


def read(*paths: Path | str, stdin: bytes = b"", **options: Any) -> list[Item]:
    with pytest.MonkeyPatch.context() as m:
        m.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        return list(Inputs([str(p) for p in paths], Settings(**options)))


def one(*paths: Path | str, **options: Any) -> Article:
    [(_, article)] = read(*paths, **options)
    assert isinstance(article, Article), article
    return article


def wrong(*paths: Path | str, **options: Any) -> InputError:
    [(_, error)] = read(*paths, **options)
    assert isinstance(error, InputError), error
    assert "\n" not in error.message
    return error


def dumped(*records: object) -> str:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def saved(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


KINDS = {
    "a.txt": TEXT,
    "a.html": PAGE,
    "a.htm": PAGE,
    "a.json": json.dumps(RECORD),
    "a.jsonl": dumped(RECORD),
    "a.ndjson": dumped(RECORD),
    "a.TXT": TEXT,
}


@pytest.mark.parametrize("packing", ["", ".gz", ".xz"])
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_packed_or_not(tmp_path: Path, name: str, packing: str) -> None:
    pack = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[packing]
    article = one(saved(tmp_path / (name + packing), pack(KINDS[name].encode())))
    assert BODY in article.text
    assert article.doc in ("a", "a:1")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
@pytest.mark.parametrize("name", KINDS)
def test_standard_input_is_found_out(name: str, pack: Any) -> None:
    article = one("-", stdin=pack(KINDS[name].encode()))
    assert BODY in article.text
    assert article.doc in ("stdin", "stdin:1")


def test_a_name_that_says_nothing_is_found_out(tmp_path: Path) -> None:
    assert BODY in one(saved(tmp_path / "page", PAGE)).text
    assert one(saved(tmp_path / "story.v2", TEXT)).doc == "story.v2"


def test_packing_is_found_out_whatever_the_name_says(tmp_path: Path) -> None:
    assert BODY in one(saved(tmp_path / "a.txt", gzip.compress(TEXT.encode()))).text
    assert BODY in one(saved(tmp_path / "a.txt.gz", TEXT)).text


def test_lines_are_named_and_identified_by_their_number(tmp_path: Path) -> None:
    path = saved(tmp_path / "news.jsonl", "\n" + dumped(RECORD) + "\r\n" + dumped({**RECORD, "doc": "own"}))
    (first, a), (second, b) = read(path)
    assert (first, second) == (f"{path}:2", f"{path}:4")
    assert isinstance(a, Article)
    assert isinstance(b, Article)
    assert (a.doc, b.doc) == ("news:2", "own")


def test_a_broken_line_is_skipped_and_the_others_are_read(tmp_path: Path) -> None:
    good = dumped(RECORD).encode()
    bad = [b'{"text": "', b"[1, 2]", b"7", b'{"title": "x"}', b'{"text": 5}', b'{"text": "\xc7\xe1"}', b"[" * 100_000]
    bad += [b"1" * 10_000, b"\xff\xfe"]
    path = saved(tmp_path / "news.jsonl", good + b"\n".join(bad) + b"\n" + good)
    items = read(path)
    assert [where for where, _ in items] == [f"{path}:{n}" for n in range(1, len(bad) + 3)]
    assert [isinstance(item, Article) for _, item in items] == [True, *[False] * len(bad), True]
    assert all(item.message and "\n" not in item.message for _, item in items if isinstance(item, InputError))


def test_json_may_hold_one_article_a_list_or_lines(tmp_path: Path) -> None:
    laid_out = json.dumps([RECORD, RECORD], ensure_ascii=False, indent=2)
    for name, data, docs in (
        ("one.json", json.dumps(RECORD, indent=2), ["one"]),
        ("line.json", json.dumps(RECORD), ["line"]),
        ("list.json", laid_out, ["list:1", "list:2"]),
        ("list.jsonl", laid_out, ["list:1", "list:2"]),
        ("flat.json", json.dumps([RECORD, RECORD]), ["flat:1", "flat:2"]),
        ("lines.json", dumped(RECORD, RECORD, RECORD), ["lines:1", "lines:2", "lines:3"]),
        ("mark.json", "\ufeff" + dumped(RECORD, RECORD), ["mark:1", "mark:2"]),
        ("mark.jsonl", "\ufeff" + dumped(RECORD), ["mark:1"]),
    ):
        items = read(saved(tmp_path / name, data))
        assert [item.doc for _, item in items if isinstance(item, Article)] == docs, name


def test_a_list_goes_on_past_what_is_no_article(tmp_path: Path) -> None:
    path = saved(tmp_path / "list.json", json.dumps([RECORD, 5, {"text": ""}, RECORD]))
    items = read(path)
    assert [isinstance(item, Article) for _, item in items] == [True, False, False, True]
    assert items[1][0] == f"{path}[2]"


def test_what_the_user_says_holds_where_the_input_says_nothing(tmp_path: Path) -> None:
    day = Moment("2024-03-02", "day")
    said = {"published": "2021-01-05", "outlet": "صدى الواحة"}
    for name, data in KINDS.items():
        article = one(saved(tmp_path / name, data), published=day, outlet="بريد الساحل")
        assert article.published == day, name
        assert article.outlet == "بريد الساحل", name
    article = one(saved(tmp_path / "a.json", json.dumps(RECORD | said)), published=day, outlet="بريد الساحل")
    assert article.published is not None
    assert (article.published.iso, article.outlet) == ("2021-01-05", "صدى الواحة")


def test_another_encoding(tmp_path: Path) -> None:
    for name, data in KINDS.items():
        path = saved(tmp_path / name, data.replace("utf-8", "windows-1256").encode("windows-1256"))
        assert BODY in one(path, encoding="windows-1256").text, name


def test_windows_1256_that_is_said_to_be_utf_8(tmp_path: Path) -> None:
    """A page's claim is checked against its bytes; JSON has no other encoding unless the user says so."""
    assert BODY in one(saved(tmp_path / "a.html", PAGE.encode("windows-1256"))).text
    line = json.dumps(RECORD, ensure_ascii=False).encode("windows-1256")
    assert "--encoding" in wrong(saved(tmp_path / "a.jsonl", line)).message


def test_a_page_cut_in_its_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    notes: list[tuple[str, str]] = []
    path = saved(tmp_path / "cut.html", PAGE[: PAGE.index("انتهت")])
    [(_, article)] = Inputs([str(path)], Settings(), note=lambda where, text: notes.append((where, text)))
    assert isinstance(article, Article)
    assert BODY in article.text
    assert [where for where, _ in notes] == [str(path)]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("empty.html", b"", "is empty"),
        ("empty.json", b"", "is empty"),
        ("empty.jsonl", b"", "is empty"),
        ("blank.jsonl", b"\n\n  \n", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("list.json", b"[]", "empty list"),
        ("none", b"", "is empty"),
        ("empty.txt.gz", gzip.compress(b""), "is empty"),
        ("x.txt", bytes(range(256)) * 20, "binary"),
        ("x.jsonl", bytes(range(256)) * 20, "binary"),
        ("x", b"\x7fELF" + bytes(2000), "binary"),
        ("x.txt", b"\x89PNG\r\n\x1a\n" + bytes(2000), "binary"),
        ("x.pdf", b"%PDF-1.7\n" + b"x" * 2000, "PDF"),
        ("x.docx", b"PK\x03\x04" + b"x" * 2000, "office"),
        ("x.txt.bz2", b"BZh91AY&SY" + b"x" * 2000, "binary"),
        ("x.warc", b"WARC/1.0\r\n" + b"x" * 2000, "web archive"),
        ("cut.txt.gz", gzip.compress(TEXT.encode() * 50)[:-20], "cut off"),
        ("cut.jsonl.xz", lzma.compress(dumped(RECORD).encode())[:40], "cut off"),
        ("bad.txt.gz", b"\x1f\x8b\x08\x00" + b"damaged!" * 100, "damaged"),
        ("bad.txt.gz", b"\x1f\x8b", "; "),
        ("bad.txt.xz", b"\xfd7zXZ\x00" + b"damaged!" * 100, "damaged"),
        ("broken.json", b'{"text": "', "broken JSON"),
        ("broken.json", b'{\n"text": "x",,\n}', "broken JSON (line 2"),
        ("deep.json", b"[" * 200_000, "JSON"),
    ],
)
def test_a_bad_input_is_one_error(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    assert message in wrong(saved(tmp_path / name, data)).message


def test_no_arabic(tmp_path: Path) -> None:
    english = "The minister said on Monday that the new bridge would open next week.\n" * 5
    for name, data in (("a.txt", english), ("a.jsonl", dumped({"text": english})), ("a.html", f"<p>{english}</p>")):
        assert isinstance(wrong(saved(tmp_path / name, data)), NotArabicError), name


def test_what_is_no_file(tmp_path: Path) -> None:
    assert wrong(tmp_path).message == f"is a directory; give files, e.g. {tmp_path}/*.txt"
    assert "no such file" in wrong(tmp_path / "none.txt").message
    assert "no such file" in wrong("a\0b").message
    assert "web address" in wrong("https://example.org/story.html").message


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission bits do not stop a superuser, who may run the tests: the refusal is made here."""

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert "no permission" in wrong("secret.txt").message


def test_standard_input_is_read_once() -> None:
    first, second = read("-", "-", stdin=TEXT.encode())
    assert isinstance(first[1], Article)
    assert isinstance(second[1], InputError)


def test_what_comes_before_damage_is_kept(tmp_path: Path) -> None:
    """A download that broke off: its whole lines are good articles."""
    packed = gzip.compress(dumped(*({**RECORD, "doc": str(n)} for n in range(20_000))).encode(), 1)
    *articles, (where, error) = read(saved(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2]))
    assert len(articles) > 1000
    assert all(isinstance(a, Article) for _, a in articles[:-1])
    assert isinstance(error, InputError)
    assert "cut off" in error.message
    assert where.endswith("a.jsonl.gz")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Limits small enough to go over quickly."""
    monkeypatch.setattr(streams, "MAX_BYTES", 1000)
    monkeypatch.setattr(inputs, "MAX_BYTES", 1000)
    return 1000


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.txt.gz"])
def test_a_file_over_the_limit(tmp_path: Path, small: int, name: str) -> None:
    data = dumped({"text": TEXT * 20}).encode()
    error = wrong(saved(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data))
    assert isinstance(error, TooLargeError)


def test_a_json_document_of_many_lines_over_the_limit(tmp_path: Path, small: int) -> None:
    data = json.dumps([RECORD] * 20, indent=1)
    assert isinstance(wrong(saved(tmp_path / "a.json", data)), TooLargeError)


def test_a_line_over_the_limit_is_skipped_and_the_others_are_read(tmp_path: Path, small: int) -> None:
    long = dumped({"text": TEXT * 100})
    path = saved(tmp_path / "a.jsonl", dumped(RECORD) + long + dumped(RECORD) + long.rstrip())
    items = read(path)
    assert [(where.rpartition(":")[2], type(item)) for where, item in items] == [
        ("1", Article), ("2", TooLargeError), ("3", Article), ("4", TooLargeError),
    ]  # fmt: skip


@pytest.mark.parametrize("length", [999, 1000, 1001])
def test_the_limit_is_of_the_line_without_its_end(tmp_path: Path, small: int, length: int) -> None:
    line = dumped({"text": BODY, "x": ""}).strip()
    line = line[:-2] + "a" * (length - len(line.encode())) + line[-2:]
    [(_, item)] = read(saved(tmp_path / "a.jsonl", line + "\n"))
    assert isinstance(item, Article) is (length <= small)


def test_an_article_of_too_many_characters(tmp_path: Path) -> None:
    """Under the limit of bytes, and still no article."""
    text = BODY * (MAX_TEXT // len(BODY) + 1)
    for name, data in (("a.txt", text), ("a.jsonl", dumped({"text": text}))):
        assert isinstance(wrong(saved(tmp_path / name, data)), TooLargeError), name


def test_the_part_that_is_done_is_known_for_files(tmp_path: Path) -> None:
    paths = [saved(tmp_path / f"{n}.txt", TEXT) for n in range(4)]
    articles = Inputs([str(p) for p in paths], Settings())
    shares = [articles.share for _ in articles]
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert articles.share == 1.0


@pytest.mark.parametrize("paths", [["-"], ["none.txt"], []])
def test_the_part_that_is_done_is_not_invented(paths: Sequence[str]) -> None:
    assert Inputs(paths, Settings()).share is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a", "a.gz"]), st.booleans())
def test_nothing_but_articles_and_errors_comes_of_any_bytes(
    tmp_path: Path, data: bytes, name: str, packed: bool
) -> None:
    for _, item in read(saved(tmp_path / name, gzip.compress(data) if packed else data)):
        assert isinstance(item, Article | InputError)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([dumped(RECORD), "\n", "{\n", "\r\n", '{"text": ""}\n', "x" * 2000 + "\n"]), max_size=12)
)
def test_every_line_that_is_not_blank_is_an_article_or_an_error(tmp_path: Path, lines: list[str]) -> None:
    data = dumped(RECORD) + "".join(lines)
    items = read(saved(tmp_path / "a.jsonl", data))
    wanted = [f"{tmp_path / 'a.jsonl'}:{n}" for n, line in enumerate(data.split("\n"), 1) if line.strip()]
    assert [where for where, _ in items] == wanted


@pytest.mark.parametrize("members", [1, 3])
@pytest.mark.parametrize("after", [b"", b"\0" * 700, b"garbage", b"\0" * 70_000 + b"x", b"\x1f"])
def test_what_follows_gzip_data_and_is_none_is_left_out_and_said(tmp_path: Path, members: int, after: bytes) -> None:
    """It was taken for damage, and the article in front of it was lost."""
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress((dumped(RECORD) + "\n").encode()) * members + after)
    notes: list[str] = []
    found = list(Inputs([str(path)], Settings(), note=lambda where, text: notes.append(f"{where}: {text}")))
    assert [type(item) for _, item in found] == [Article] * members
    assert notes == ([f"{path}: {streams.TRAILING}"] if after.strip(b"\0") else [])


@given(st.lists(st.binary(max_size=200_000), min_size=1, max_size=3), st.integers(1, 9))
@settings(max_examples=15, deadline=None)
def test_gzip_data_is_unpacked_as_the_library_does(parts: list[bytes], level: int) -> None:
    packed = b"".join(gzip.compress(part, level) for part in parts)
    stream = streams.packaged("x.gz", packed)
    assert stream.everything() == gzip.decompress(packed)
    assert not stream.trailing()
