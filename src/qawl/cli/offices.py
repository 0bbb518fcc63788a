"""``qawl offices``: who held which public office, and the refresh of that knowledge from Wikidata."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qawl.arabic.fold import fold
from qawl.cli.console import Console, plural
from qawl.cli.output import Output, print_text
from qawl.cli.params import DAY, Choice
from qawl.model import DataError, InputError, Moment

if TYPE_CHECKING:
    from qawl.sources.offices import Holding, Office, OfficeHolder, Offices
    from qawl.sources.wikidata import Claim, Merged

__all__ = ["offices"]

_ENDPOINT = "https://query.wikidata.org/sparql"
_BATCH = 25  # offices that one query asks for: more make the endpoint run out of its time
_TIMEOUT = 90  # seconds; the endpoint gives up after 60
_WAITS = (2.0, 5.0, 15.0, 45.0)  # seconds before each further try
_LONGEST_WAIT = 120.0
_LARGEST = 64 * 2**20  # bytes of one answer
_TABLES = ("people", "offices", "holders")
_COUNTED = {
    "agreed": "confirmed",
    "ended": "of them ended",
    "added": "added",
    "people": "new people",
    "foreign": "not asked for",
}
_SINCE = "2000"
_ABOUT_REFRESHED = "# Rows whose source is a page of wikidata.org: held against Wikidata (CC0), or taken from it."
_ABOUT_DIFFERENCES = "# What Wikidata has otherwise, or has alone and could not be added; the rows that ship stay."


def _loaded() -> Offices:
    from qawl.sources.offices import offices as knowledge

    try:
        return knowledge()
    except DataError as e:
        raise click.ClickException(str(e)) from None


def _kinds() -> tuple[str, ...]:
    return tuple(sorted({o.kind for o in _loaded().offices.values()}))


def _format(*names: str) -> Callable[[Any], Any]:
    return click.option("--format", "form", type=Choice(lambda: names), default="text", help="What to write.")


@click.group(
    short_help="Who held which public office, and when.",
    epilog="""\b
Examples:
  qawl offices who "وزير الخارجية الأمريكي" --on 2023-11-04
  qawl offices person بلينكن
  qawl offices list --of مصر
  qawl offices update --out refreshed

\b
Exit status: 0 done, 1 nothing is called so, 2 not understood or not possible.""",
)
def offices() -> None:
    """Who held which public office and when. Only 'update' opens a network connection."""


@offices.command(
    short_help="Whom an office phrase means on a day.",
    epilog="""\b
Examples:
  qawl offices who "وزير الخارجية الأمريكي" --on 2023-11-04
  qawl offices who رئيس الوزراء البريطاني --format json
  qawl offices who us.foreign_minister""",
)
@click.argument("phrase", metavar="PHRASE", nargs=-1, required=True)
@click.option("--on", type=DAY, metavar="DATE", help="The day (YYYY, YYYY-MM or YYYY-MM-DD); else all since 2000.")
@_format("text", "json")
@click.pass_context
def who(ctx: click.Context, phrase: tuple[str, ...], on: Moment | None, form: str) -> None:
    """Show whom an Arabic office phrase means on a day, or all holders since 2000.

    PHRASE may also be the office's id or English name, as 'qawl offices list' shows them.
    """
    kb = _loaded()
    words = " ".join(" ".join(phrase).split())
    found = _called(kb, words)
    if not found:
        _unknown(ctx, "office", words, (x for o in kb.offices.values() for x in (o.id, o.en, *o.phrases)))
    day = on.iso[:10] if on else ""
    answer = []
    for office in found:
        held = [h for h in kb.holders(office.id, day) if day or not h.end or h.end >= _SINCE]
        note = ""
        if day and not kb.complete(office.id, day):
            note = f"the holders of {office.id} are known up to {office.as_of}"
        elif day and not held:
            note = f"no holder of {office.id} is known on {day}; they are known from {_SINCE} on"
        holders = [_of_person(kb.people[h.person]) | _of_holding(h) for h in held]
        answer.append(_of_office(office) | {"note": note, "holders": holders})
        if note and form == "text":
            Console().note(f"note: {note}")
    print_text(_json(answer) if form == "json" else _holders_as_text(answer))


@offices.command(
    short_help="A person's offices over time.",
    epilog="""\b
Examples:
  qawl offices person بلينكن
  qawl offices person "John Kerry" --format json
  qawl offices person john-kerry""",
)
@click.argument("name", metavar="NAME", nargs=-1, required=True)
@_format("text", "json")
@click.pass_context
def person(ctx: click.Context, name: tuple[str, ...], form: str) -> None:
    """Show which offices the people called NAME held.

    NAME is Arabic, full or as news shortens it, or English, an id or a Wikidata item. All who are called so are shown.
    """
    kb = _loaded()
    words = " ".join(" ".join(name).split())
    found = _named(kb, words)
    if not found:
        _unknown(ctx, "person", words, (x for p in kb.people.values() for x in (p.id, p.en, p.name, *p.short)))
    answer = []
    for someone in found:
        held = sorted(kb.held.get(someone.id, ()), key=lambda h: (h.start, h.office), reverse=True)
        held_offices = [_of_office(kb.offices[h.office]) | _of_holding(h) for h in held]
        answer.append(_of_person(someone) | {"source": someone.source, "offices": held_offices})
    print_text(_json(answer) if form == "json" else _people_as_text(answer))


@offices.command(
    "list",
    short_help="The offices that are known.",
    epilog="""\b
Examples:
  qawl offices list --of مصر
  qawl offices list --of us --kind president
  qawl offices list --format csv > offices.csv""",
)
@click.option("--of", metavar="STATE", help="Only those of a state or body: its Arabic or English name or ISO code.")
@click.option("--kind", type=Choice(_kinds), metavar="KIND", help="Only those of this kind, e.g. president.")
@_format("text", "json", "csv")
@click.pass_context
def list_(ctx: click.Context, of: str | None, kind: str | None, form: str) -> None:
    """List the offices whose holders are known."""
    kb = _loaded()
    found = [o for o in kb.offices.values() if of is None or _is_of(o, of)]
    if not found and of is not None:
        _unknown(ctx, "state or body", of, (o.of for o in kb.offices.values()))
    found = [o for o in found if kind in (None, o.kind)]
    if not found:
        Console().problem(kind or "", "no office of this kind is known" + (f" of {of}" if of else ""))
        ctx.exit(1)
    extra = ({"phrases": list(o.phrases), "one": o.one, "holders": len(kb.holders(o.id))} for o in found)
    answer = [_of_office(o) | more for o, more in zip(found, extra, strict=True)]
    text = (f"{o['office']} | {o['en']} | {o['title']} | {o['holders']:,} up to {o['as_of']}\n" for o in answer)
    print_text(_json(answer) if form == "json" else _csv(answer) if form == "csv" else text)


@offices.command(
    short_help="Refresh the tables from Wikidata.",
    epilog="""\b
Examples:
  qawl offices update --out refreshed
  qawl offices update --out refreshed --from-file answer.json --from-file more.json.gz
  qawl offices update --query""",
)
@click.option("--out", metavar="DIR", help="Write people.tsv, offices.tsv, holders.tsv and differences.tsv here.")
@click.option("--endpoint", metavar="URL", default=_ENDPOINT, show_default=True, help="The SPARQL endpoint to ask.")
@click.option("--from-file", "files", metavar="FILE", multiple=True, help="Read a saved answer instead; repeatable.")
@click.option("--query", "only_query", is_flag=True, help="Print the SPARQL, ask nobody, write nothing.")
def update(out: str | None, endpoint: str, files: tuple[str, ...], only_query: bool) -> None:
    """Merge the tables of people, offices and holders with what Wikidata has, into a folder.

    Nothing that ships is lost: a row that Wikidata confirms gets its page as source, a holding that only Wikidata has
    is added, and what does not agree stays as it is and is listed in differences.tsv. Wikidata is asked about the
    offices that have a Wikidata item.
    """
    from qawl.arabic.tables import read_table
    from qawl.sources.wikidata import Merged, query

    items = sorted({o.qid for o in _loaded().offices.values() if o.qid})
    queries = [query(items[i : i + _BATCH]) for i in range(0, len(items), _BATCH)]
    if only_query:
        print_text(queries)
        return
    if out is None:
        raise click.UsageError("give --out DIR, a folder for the refreshed tables, or --query")
    try:
        claims = list(_claims(files, endpoint, queries))
    except InputError as e:
        raise click.ClickException(str(e)) from None
    merged = Merged(read_table("people"), read_table("offices"), read_table("holders"), claims)
    _write(out, merged)
    counts = ", ".join(f"{merged.counts[k]:,} {what}" for k, what in _COUNTED.items())
    Console().note(f"wrote {out}: {counts}, {plural(len(merged.differences), 'difference')} in differences.tsv")


def _called(kb: Offices, words: str) -> list[Office]:
    """The offices that are called so: by id, by Arabic phrase, by English name."""
    from qawl.sources.keys import role_key

    if words in kb.offices:
        return [kb.offices[words]]
    english = [o for o in kb.offices.values() if o.en.casefold() == words.casefold()]
    return english or list(kb.titled(role_key(fold(words).split())))


def _named(kb: Offices, words: str) -> list[OfficeHolder]:
    """The people who are called so: by id or item, by full name in Arabic or English, by a short or partial one."""
    from qawl.sources.keys import name_key
    from qawl.sources.wikidata import english_key

    people = kb.people.values()
    arabic, english = name_key(fold(words).split()), set(english_key(words).split())
    for found in (
        [p for p in people if words in (p.id, p.qid)],
        [kb.people[x] for x in kb.named(arabic)],
        [p for p in people if english_key(p.en).split() == english_key(words).split()],
        [kb.people[x] for x in kb.called(arabic)],
        [p for p in people if english and english <= set(english_key(p.en).split())],
    ):
        if found and words:
            return found
    return []


def _is_of(office: Office, of: str) -> bool:
    """Whether an office is of a state or body, by its name there, its ISO code, or a name of the state."""
    from qawl.arabic.entries import places

    wanted = fold(of).strip().casefold()
    if wanted in (fold(office.of).casefold(), office.id.split(".")[0]):
        return True
    return any(wanted == fold(x).casefold() for p in places() if p.name == office.of for x in (p.en, *p.variants))


def _unknown(ctx: click.Context, what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Say that there is no such office or person, and what is called nearly so; the command ends with 1."""
    folded = {fold(x).casefold(): x for x in known}
    near = [folded[x] for x in get_close_matches(fold(name).casefold(), folded)]
    hint = f"; the nearest: {', '.join(near)}" if near else "; see 'qawl offices list'"
    Console().problem(name, f"no {what} is called so{hint}")
    ctx.exit(1)


def _of_person(p: OfficeHolder) -> dict[str, Any]:
    return {"id": p.id, "name": p.name, "en": p.en, "qid": p.qid}


def _of_office(o: Office) -> dict[str, Any]:
    shown = {"office": o.id, "kind": o.kind, "of": o.of, "title": o.phrases[0] if o.phrases else "", "en": o.en}
    return shown | {"as_of": o.as_of, "qid": o.qid, "source": o.source}


def _of_holding(h: Holding) -> dict[str, Any]:
    return {"from": h.start, "to": h.end, "acting": h.acting, "source": h.source}


def _json(answer: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _csv(answer: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    from qawl.formats.lines import guarded

    for row in ([*answer[0]], *(list(x.values()) for x in answer)):
        cells = (guarded(" | ".join(x) if isinstance(x, list) else str(x)) for x in row)
        yield ",".join('"' + x.replace('"', '""') + '"' for x in cells) + "\r\n"


def _span(h: Mapping[str, Any], as_of: str) -> str:
    acting = " (acting)" if h["acting"] else ""
    return f"{h['from'] or 'before ' + _SINCE} to {h['to'] or 'at least ' + as_of}{acting}"


def _holders_as_text(answer: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for o in answer:
        yield f"{o['office']} | {o['en']} | {o['title']} | known up to {o['as_of']}\n"
        for h in o["holders"]:
            yield f"  {h['name']} | {h['en']} | {_span(h, o['as_of'])} | {h['qid'] or '-'} | {h['source']}\n"


def _people_as_text(answer: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for p in answer:
        yield f"{p['id']} | {p['name']} | {p['en']} | {p['qid'] or '-'} | {p['source']}\n"
        yield from (f"  {_span(o, o['as_of'])} | {o['title']} | {o['office']} | {o['source']}\n" for o in p["offices"])


def _claims(files: Sequence[str], endpoint: str, queries: Sequence[str]) -> Iterator[Claim]:
    """What the saved answers say, or without any what the endpoint answers."""
    from qawl.cli.streams import opened
    from qawl.sources.wikidata import parse

    for path in files:
        try:
            with opened(path) as stream:
                yield from parse(stream.everything(), path)
        except InputError as e:
            raise InputError(e.message, path) from None
    for n, query in enumerate(queries if not files else (), start=1):
        if sys.stderr.isatty():
            Console().note(f"asking {endpoint}: batch {n} of {len(queries)}")
        yield from parse(_ask(endpoint, query), endpoint)


def _ask(endpoint: str, query: str) -> bytes:
    """What the endpoint answers; asked again, later each time, while it is busy or broken (429, 5xx)."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.parse import urlencode
    from urllib.request import Request, urlopen

    from qawl import __version__

    agent = f"qawl/{__version__} (reads Arabic news, finds who said what; command: qawl offices update) Python-urllib"
    headers = {"Accept": "application/sparql-results+json", "User-Agent": agent}
    if not endpoint.lower().startswith(("http://", "https://")):  # urllib would also open files
        raise InputError("is no web address; give --endpoint https://…", endpoint)
    address = f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode({'query': query})}"
    for pause in (*_WAITS, _LONGEST_WAIT):
        wait = pause
        try:
            with urlopen(Request(address, headers=headers), timeout=_TIMEOUT) as answer:
                data: bytes = answer.read(_LARGEST + 1)
                if len(data) <= _LARGEST:
                    return data
            raise InputError(f"the answer is over {_LARGEST // 2**20} MB; check the address", endpoint)
        except HTTPError as e:
            with e:
                problem, wait = f"it answers {e.code} {e.reason}", _retry_after(e.headers.get("Retry-After"), pause)
            if e.code != 429 and e.code < 500:
                raise InputError(f"{problem}; check the address", endpoint) from None
        except ConnectionError as e:
            problem = f"the connection broke ({type(e).__name__})"
        except (OSError, HTTPException, ValueError) as e:
            raise InputError(
                f"no answer ({getattr(e, 'reason', e)}); check the address and the network", endpoint
            ) from None
        if wait >= _LONGEST_WAIT:
            break
        time.sleep(wait)
    raise InputError(f"{problem}; try again later", endpoint)


def _retry_after(value: str | None, pause: float) -> float:
    """The seconds that a ``Retry-After`` asks to wait, as a number or a date; else `pause`."""
    from email.utils import parsedate_to_datetime

    try:
        if value is None or value.strip().isdecimal():
            return pause if value is None else float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return pause


def _write(folder: str, merged: Merged) -> None:
    """Write the tables, each under the comments of the one that ships, and the differences."""
    from importlib.resources import files

    from qawl.sources.wikidata import DIFFERENCES

    tables = [("differences", [_ABOUT_DIFFERENCES, "\t".join(DIFFERENCES)], merged.differences)]
    for name, rows in zip(_TABLES, (merged.people, merged.offices, merged.holders), strict=True):
        lines = (files("qawl") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
        comments = [line for line in lines if line.startswith("#") and line != _ABOUT_REFRESHED]
        tables.append((name, [*comments, _ABOUT_REFRESHED, "\t".join(rows[0])], rows))
    try:
        os.makedirs(folder, exist_ok=True)
        for name, head, rows in tables:
            with Output(os.path.join(folder, f"{name}.tsv")) as output:
                output.stream.writelines(f"{x}\n" for x in (*head, *("\t".join(r.values()) for r in rows)))
                output.keep()
    except OSError as e:
        raise click.ClickException(f"--out {folder}: cannot be written ({e.strerror or e})") from None
