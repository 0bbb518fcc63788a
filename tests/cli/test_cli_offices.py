"""``qawl offices``: who held what, and the refresh from Wikidata, asked over loopback only."""

from __future__ import annotations

import csv
import gzip
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import click
import pytest

from qawl.arabic.tables import parse_table, read_table
from qawl.cli import app

Run = Callable[..., Any]
Reply = tuple[int, dict[str, str], bytes]

SAVED = Path(__file__).parent.parent / "sources" / "wikidata_answer.json"
ANSWER = SAVED.read_bytes()
JSON = {"Content-Type": "application/sparql-results+json"}
MINISTER = "وزير الخارجية الأمريكي"
TABLES = ("people", "offices", "holders")


class Endpoint(ThreadingHTTPServer):
    """A SPARQL endpoint that gives the replies in `replies`, the last one for ever; without a status it hangs up."""

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.replies = list(replies)
        self.asked: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class _Answering(BaseHTTPRequestHandler):
    server: Endpoint

    def do_GET(self) -> None:
        agent = str(self.headers["User-Agent"])
        self.server.asked.append((parse_qs(urlsplit(self.path).query)["query"][0], agent))
        status, headers, body = self.server.replies[0]
        if len(self.server.replies) > 1:
            del self.server.replies[0]
        if not status:
            return
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Endpoint]]:
    started: list[tuple[Endpoint, threading.Thread]] = []
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    def start(*replies: Reply) -> Endpoint:
        server = Endpoint(*replies)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return server

    yield start
    for server, thread in started:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the command would have waited."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return parse_table((folder / f"{name}.tsv").read_text("utf-8"), name)


def commands() -> dict[str, click.Command]:
    group = app.commands["offices"]
    assert isinstance(group, click.Group)
    return dict(group.commands)


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_help_of_each_explains_every_option_and_shows_examples(qawl: Run, name: str) -> None:
    result = qawl("offices", name, "--help")
    assert (result.status, result.err) == (0, "")
    assert f"Examples:\n    qawl offices {name}" in result.out
    assert all(getattr(p, "help", "") for p in commands()[name].params if p.param_type_name == "option")


def test_who_on_a_day(qawl: Run) -> None:
    result = qawl("offices", "who", MINISTER, "--on", "2023-11-04")
    assert (result.status, result.err) == (0, "")
    office, holder = result.out.splitlines()
    assert office.startswith(f"us.foreign_minister | US Secretary of State | {MINISTER} | known up to ")
    assert holder.startswith("  أنتوني بلينكن | Antony Blinken | 2021-01-26 to 2025-01-20 | ")


def test_who_as_json(qawl: Run) -> None:
    (office,) = json.loads(qawl("offices", "who", MINISTER, "--on", "2016", "--format", "json").out)
    assert (office["office"], office["note"]) == ("us.foreign_minister", "")
    (kerry,) = office["holders"]
    assert (kerry["id"], kerry["from"], kerry["to"]) == ("john-kerry", "2013-02-01", "2017-01-20")
    assert kerry["acting"] is False


@pytest.mark.parametrize("phrase", [MINISTER.split(), ["us.foreign_minister"], ["us secretary of State"]])
def test_who_ever_by_phrase_id_or_english_name(qawl: Run, phrase: list[str]) -> None:
    (office,) = json.loads(qawl("offices", "who", *phrase, "--format", "json").out)
    assert {"john-kerry", "antony-blinken"} <= {h["id"] for h in office["holders"]}


def test_who_after_what_is_known_says_so(qawl: Run) -> None:
    note = "the holders of us.foreign_minister are known up to "
    result = qawl("offices", "who", MINISTER, "--on", "2999-01-01")
    assert result.status == 0
    assert result.said[0].startswith(f"note: {note}")
    (office,) = json.loads(qawl("offices", "who", MINISTER, "--on", "2999-01-01", "--format", "json").out)
    assert office["note"].startswith(note)


def test_nobody_known_on_a_day(qawl: Run) -> None:
    result = qawl("offices", "who", MINISTER, "--on", "1900-01-01")
    assert (result.status, len(result.out.splitlines())) == (0, 1)
    assert "no holder of us.foreign_minister is known on 1900-01-01" in result.said[0]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["who", "وزير الخارجية الأمركي"], f"no office is called so; the nearest: {MINISTER}"),
        (["who", "qqqq"], "qqqq: no office is called so; see 'qawl offices list'"),
        (["who", ""], "no office is called so"),
        (["person", "جون كيرري"], "جون كيري"),
        (["person", "Jon Kerry"], "John Kerry"),
        (["person", " "], "no person is called so"),
        (["list", "--of", "zzzz"], "no state or body is called so"),
        (["list", "--of", "us", "--kind", "monarch"], "monarch: no office of this kind is known of us"),
    ],
)
def test_what_is_not_known_says_what_is_near(qawl: Run, args: list[str], said: str) -> None:
    result = qawl("offices", *args)
    assert (result.status, result.out) == (1, "")
    assert len(result.said) == 1
    assert said in result.said[0]


@pytest.mark.parametrize("name", ["بلينكن", "أنتوني بلينكن", "Antony BLINKEN", "blinken", "antony-blinken"])
def test_a_person_by_any_name(qawl: Run, name: str) -> None:
    result = qawl("offices", "person", name)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("antony-blinken | أنتوني بلينكن | Antony Blinken | ")
    assert f"  2021-01-26 to 2025-01-20 | {MINISTER} | us.foreign_minister | " in result.out


def test_all_who_are_called_so_are_shown(qawl: Run) -> None:
    found = json.loads(qawl("offices", "person", "John", "--format", "json").out)
    assert len(found) > 1
    (kerry,) = (p for p in found if p["id"] == "john-kerry")
    assert "us.foreign_minister" in {o["office"] for o in kerry["offices"]}


def test_the_list_of_offices(qawl: Run) -> None:
    every = json.loads(qawl("offices", "list", "--format", "json").out)
    assert {o["office"] for o in every} >= {"us.foreign_minister"}
    some = [
        json.loads(qawl("offices", "list", "--of", of, "--kind", "foreign_minister", "--format", "json").out)
        for of in ("us", "US", "الولايات المتحدة", "أمريكا", "United States")
    ]
    assert all(found == some[0] for found in some)
    assert "us.foreign_minister" in {o["office"] for o in some[0]}
    text = qawl("offices", "list", "--of", "us").out
    assert f"us.foreign_minister | US Secretary of State | {MINISTER} | " in text


def test_the_list_as_csv(qawl: Run) -> None:
    found = list(csv.DictReader(io.StringIO(qawl("offices", "list", "--format", "csv").out, newline="")))
    assert len(found) == len(read_table("offices"))
    (one,) = (r for r in found if r["office"] == "us.foreign_minister")
    assert MINISTER in one["phrases"].split(" | ")


def test_the_query_is_printed_and_nobody_asked(qawl: Run) -> None:
    result = qawl("offices", "update", "--query", "--endpoint", "http://127.0.0.1:1/")
    assert (result.status, result.err) == (0, "")
    assert "wd:Q14213" in result.out


def test_a_saved_answer(qawl: Run, tmp_path: Path) -> None:
    packed, out = tmp_path / "again.json.gz", tmp_path / "a" / "b"
    packed.write_bytes(gzip.compress(ANSWER))
    result = qawl("offices", "update", "--out", out, "--from-file", SAVED, "--from-file", packed)
    assert (result.status, result.out) == (0, "")
    assert result.said == [
        f"wrote {out}: 2 confirmed, 0 of them ended, 0 added, 0 new people, 1 not asked for, "
        f"{len(rows(out, 'differences'))} difference in differences.tsv"
    ]
    page = "https://www.wikidata.org/wiki/Q22316"
    assert {p["id"]: (p["qid"], p["source"]) for p in rows(out, "people")}["john-kerry"] == ("Q22316", page)
    (kerry,) = (h for h in rows(out, "holders") if (h["office"], h["person"]) == ("us.foreign_minister", "john-kerry"))
    assert (kerry["start"], kerry["end"], kerry["source"]) == ("2013-02-01", "2017-01-20", page)
    (difference,) = rows(out, "differences")
    assert (difference["what"], difference["item"]) == ("overlap", "Q999000001")
    assert difference["shipped"] == "john-kerry: 2013-02-01 to 2017-01-20"


def test_nothing_that_ships_is_lost(qawl: Run, tmp_path: Path) -> None:
    qawl("offices", "update", "--out", tmp_path, "--from-file", SAVED)
    for name in TABLES:
        bare = [{k: v for k, v in r.items() if k not in ("source", "qid")} for r in rows(tmp_path, name)]
        assert bare == [{k: v for k, v in r.items() if k not in ("source", "qid")} for r in read_table(name)]
        assert "# Provenance:" in (tmp_path / f"{name}.tsv").read_text("utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"{n}.tsv" for n in (*TABLES, "differences"))


def test_a_busy_endpoint_is_asked_again(qawl: Run, endpoint: Callable[..., Endpoint], tmp_path: Path) -> None:
    server = endpoint((429, {"Retry-After": "0"}, b"slow down"), (200, JSON, ANSWER))
    result = qawl("offices", "update", "--out", tmp_path, "--endpoint", server.url)
    assert (result.status, result.out) == (0, "")
    (first, agent), (second, _), *_ = server.asked
    assert first == second
    assert "wd:Q14213" in "".join(text for text, _ in server.asked)
    assert agent.startswith("qawl/")
    assert rows(tmp_path, "differences")


@pytest.mark.parametrize(
    ("replies", "waited"),
    [
        ([(503, {}, b"")], [2.0]),
        ([(500, {"Retry-After": "7"}, b""), (429, {"Retry-After": "soon"}, b"")], [7.0, 5.0]),
        ([(429, {"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, b"")], [0.0]),
        ([(0, {}, b"")], [2.0]),
    ],
)
def test_how_long_it_waits(
    qawl: Run, endpoint: Callable[..., Endpoint], waits: list[float], tmp_path: Path, replies: list[Reply], waited: Any
) -> None:
    server = endpoint(*replies, (200, JSON, ANSWER))
    assert qawl("offices", "update", "--out", tmp_path, "--endpoint", server.url).status == 0
    assert waits == waited


@pytest.mark.parametrize(
    ("reply", "said", "tries"),
    [
        ((200, {"Content-Type": "text/html"}, b"<html><h1>Maintenance</h1>"), "is a web page or XML", 1),
        ((200, JSON, ANSWER[:-60]), "breaks off", 1),
        ((200, JSON | {"Content-Length": "99999"}, ANSWER[:-60]), "", 1),
        ((200, JSON, b'{"head": {}}'), "no SPARQL 1.1 results", 1),
        ((400, {}, b"MalformedQueryException"), "it answers 400", 1),
        ((429, {"Retry-After": "3600"}, b""), "it answers 429 Too Many Requests; try again later", 1),
        ((502, {}, b""), "it answers 502 Bad Gateway; try again later", 5),
    ],
)
def test_a_bad_answer_is_one_line_and_writes_nothing(
    qawl: Run,
    endpoint: Callable[..., Endpoint],
    waits: list[float],
    tmp_path: Path,
    reply: Reply,
    said: str,
    tries: int,
) -> None:
    server = endpoint(reply)
    result = qawl("offices", "update", "--out", tmp_path / "new", "--endpoint", server.url)
    assert (result.status, result.out) == (2, "")
    assert len(result.said) == 1
    assert result.said[0].startswith(f"Error: {server.url}: ")
    assert said in result.said[0]
    assert len(server.asked) == tries
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/sparql", "file:///etc/hostname", "query.wikidata.org", "http://[::1/", "http://a b/"]
)
def test_an_address_where_nobody_answers(qawl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("no_proxy", "*")
    result = qawl("offices", "update", "--out", tmp_path / "new", "--endpoint", url)
    assert result.status == 2
    assert len(result.said) == 1
    assert not (tmp_path / "new").exists()


def test_what_update_cannot_do(qawl: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_bytes(b"<html>")
    for args, said in (
        ([], "give --out DIR"),
        (["--out", tmp_path / "new", "--from-file", tmp_path / "none.json"], "none.json: no such file"),
        (["--out", tmp_path / "new", "--from-file", page], "page.json: the answer is a web page or XML"),
        (["--out", page, "--from-file", SAVED], "cannot be written"),
        (["--out", page / "below", "--from-file", SAVED], "cannot be written"),
    ):
        result = qawl("offices", "update", *args)
        assert (result.status, result.out) == (2, "")
        assert said in result.said[-1]
