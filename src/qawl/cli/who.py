"""``qawl who``: one entry per person or body over many articles, and what a person decides on them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import click

from qawl.cli.console import Console, plural
from qawl.cli.decided import MOST, decisions_of, say_problems
from qawl.cli.output import PACKED, print_text
from qawl.cli.params import Choice
from qawl.model import DataError, InputError, Reading

if TYPE_CHECKING:
    from qawl.identity import Applied, Decision, Decisions, Party, Ref

__all__ = ["who"]

_FORMATS = ("text", "json")
_SHOWN = 12  # digits of a SHA-256 that are shown, and enough to be given
_SOURCE = re.compile(r"([0-9a-f]{6,64}):([A-Za-z]+)")
_GIVE = "is no reading; read the articles first: qawl read FILE --format jsonl --out said.jsonl"


@click.command(
    short_help="Who is who across articles.",
    epilog="""\b
Examples:
  qawl read news.jsonl --format jsonl --out said.jsonl
  qawl who --in said.jsonl                    all, with their counts
  qawl who "سلمى الراوي" --in said.jsonl      one: names, offices over time, statements by article
  qawl who blinken --in said.jsonl --in more.jsonl.gz --format json
  qawl who --in said.jsonl --decisions d.jsonl --merge ID1 ID2 --by سلمى --note "same person"
  qawl who --in said.jsonl --decisions d.jsonl --split ID --source 5f1c0a2b9d3e:B --by سلمى
  qawl who --in said.jsonl --decisions d.jsonl --lock ID --by سلمى
  qawl who --decisions d.jsonl --undo 2 --by سلمى

\b
Exit status: 0 done, 1 nobody is called so or some lines were skipped, 2 not understood.""",
)
@click.argument("name", metavar="[NAME]", nargs=-1)
@click.option(
    "--in", "inputs", metavar="FILE", multiple=True,
    help="Readings, as 'qawl read --format jsonl' writes them; packed or not, - for standard input.  Repeatable.",
)  # fmt: skip
@click.option(
    "--format", "form", type=Choice(lambda: _FORMATS), default="text", show_default=True, help="What to write."
)
@click.option("--all", "everything", is_flag=True, help="List also unnamed and nameless sources, and documents.")
@click.option("--decisions", metavar="FILE", help="JSON Lines of what people decided; is only ever added to.")
@click.option("--merge", nargs=2, metavar="ID ID", help="Decide that two are one.")
@click.option("--split", metavar="ID", help="Decide that some sources are not of this one; give them with --source.")
@click.option(
    "--source", "sources", metavar="SHA:KEY", multiple=True, help="A source that --split takes out.  Repeatable."
)
@click.option("--lock", metavar="ID", help="Decide that no rule may join this one with another any more.")
@click.option("--undo", type=click.IntRange(1), metavar="N", help="Take back the decision on line N.")
@click.option("--by", metavar="WHO", help="Who decides; needed for a decision.")
@click.option("--note", default="", metavar="TEXT", help="Why it is decided so.")
@click.pass_context
def who(
    ctx: click.Context,
    name: tuple[str, ...],
    inputs: tuple[str, ...],
    form: str,
    everything: bool,
    decisions: str | None,
    merge: tuple[str, str] | None,
    split: str | None,
    sources: tuple[str, ...],
    lock: str | None,
    undo: int | None,
    by: str | None,
    note: str,
) -> None:
    """Show the people and bodies whose words many articles report, one entry for each.

    NAME is Arabic or English, whole or in part, or an id; without it all are listed. What the rules could not tell
    stays apart, and each is named as a candidate of the other.

    With --merge, --split, --lock or --undo a decision is added to the file of --decisions, which is replayed over the
    parties each time.
    """
    from qawl.identity import apply

    console = Console()
    wanted = [x for x in ("merge", "split", "lock", "undo") if ctx.params[x]]
    _check(wanted, inputs, decisions, sources, by, bool(name))
    try:
        known = decisions_of(decisions, new=bool(wanted))
        if undo is not None:
            _undo(known, undo, decisions or "", by or "", note, console)
            return
        applied, skipped = _parties(inputs, known, console)
        if wanted:
            decision = _decided(applied.parties, merge, split, sources, lock, by or "", note)
            _write(decisions or "", decision, console)
            known = decisions_of(decisions)
            applied = apply(known, applied.parties)
    except InputError as e:
        raise click.UsageError(str(e)) from None
    except DataError as e:
        raise click.ClickException(str(e)) from None
    say_problems(applied, decisions or "", console)
    words = " ".join(" ".join(name).split())
    if wanted:
        shown: Sequence[Party] = [p for p in applied.parties if {p.id, *p.aliases}.intersection(decision.parties)]
    elif words:
        shown = _found(ctx, applied.parties, words, console)
    else:
        shown = _listed(applied.parties, everything, console)
    one = bool(words) and len(shown) == 1
    print_text((_one if one else _list)(shown, form, applied.parties))
    ctx.exit(1 if skipped else 0)


def _check(
    wanted: Sequence[str],
    inputs: Sequence[str],
    decisions: str | None,
    sources: Sequence[str],
    by: str | None,
    name: bool,
) -> None:
    """Raise for options that do not go together."""
    wrong = ""
    if len(wanted) > 1:
        wrong = f"--{wanted[0]} and --{wanted[1]} are two decisions; give one at a time"
    elif wanted and name:
        wrong = f"--{wanted[0]} takes ids and no NAME; leave NAME out"
    elif wanted and decisions is None:
        wrong = f"--{wanted[0]} is written down; give --decisions FILE"
    elif wanted and not by:
        wrong = f"--{wanted[0]} is somebody's decision; give --by WHO"
    elif wanted == ["split"] and not sources:
        wrong = "--split takes sources out; give --source SHA:KEY, as 'qawl who ID' shows them"
    elif wanted and (decisions or "").lower().endswith(PACKED):
        wrong = "--decisions is only ever added to, so it cannot be packed; give another name"
    elif sources and wanted != ["split"]:
        wrong = "--source goes with --split ID"
    elif not inputs and wanted != ["undo"]:
        wrong = "give --in FILE, readings as 'qawl read --format jsonl' writes them"
    if wrong:
        raise click.UsageError(wrong)


# -- in -----------------------------------------------------------------------------------------------------------


def _parties(inputs: Sequence[str], known: Decisions, console: Console) -> tuple[Applied, int]:
    """The parties of all readings, and the number of lines that hold none."""
    from qawl.identity import Registry, apply

    registry = Registry()
    skipped = 0
    for where, reading in _readings(inputs):
        if isinstance(reading, InputError):
            skipped += 1
            console.problem(where, reading.message)
        else:
            registry.add(reading)
    if not len(registry):
        raise InputError("there is no reading in " + ", ".join(inputs))
    return apply(known, registry.parties()), skipped


def _readings(inputs: Sequence[str]) -> Iterator[tuple[str, Reading | InputError]]:
    """Readings one after the other, or what is wrong with a line."""
    from qawl.cli.streams import opened

    for path in inputs:
        try:
            with opened(path) as stream:
                for number, line in stream.lines():
                    where = f"{path}:{number}"
                    if isinstance(line, InputError):
                        yield where, line
                    elif line.strip():
                        yield where, _reading(line)
        except InputError as e:
            raise InputError(e.message, path) from None


def _reading(line: bytes) -> Reading | InputError:
    from qawl.formats import from_dict

    try:
        obj = json.loads(line)
        if not isinstance(obj, dict) or "schema" not in obj:
            return InputError(_GIVE)
        return from_dict(obj)
    except InputError as e:
        return e
    except (ValueError, RecursionError):
        return InputError(_GIVE)


# -- decisions ----------------------------------------------------------------------------------------------------


def _decided(
    parties: Sequence[Party],
    merge: tuple[str, str] | None,
    split: str | None,
    sources: Sequence[str],
    lock: str | None,
    by: str,
    note: str,
) -> Decision:
    """What the options say, with the ids as they are now."""
    from qawl.identity import Decision, locking

    at = _now()
    if merge is not None:
        a, b = (_party(parties, x) for x in merge)
        if a is b:
            raise InputError(f"'{merge[0]}' and '{merge[1]}' are one already")
        return Decision("merge", (a.id, b.id), at=at, by=by, note=note)
    if split is not None:
        p = _party(parties, split)
        out = tuple(dict.fromkeys(_ref(p, x) for x in sources))
        if len(out) == len(p.sources):
            raise InputError(f"these are all sources of '{p.id}'; leave one in it")
        return Decision("split", (p.id,), out, at=at, by=by, note=note)
    return locking(_party(parties, lock or ""), at=at, by=by, note=note)


def _party(parties: Sequence[Party], id_: str) -> Party:
    found = [p for p in parties if p.id == id_] or [p for p in parties if id_ in p.aliases]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"'{id_}' is now several: {', '.join(p.id for p in found[:MOST])}; give one of them")
    raise InputError(f"no party has the id '{id_}'; 'qawl who NAME --in FILE' shows the ids")


def _ref(p: Party, text: str) -> Ref:
    match = _SOURCE.fullmatch(text)
    if match is None:
        raise InputError(f"'{text}' is no source; give SHA:KEY, as 'qawl who {p.id}' shows them")
    found = [ref for ref in p.sources if ref[0].startswith(match[1]) and ref[1] == match[2]]
    if len(found) != 1:
        raise InputError(f"'{text}' is {'several sources' if found else 'no source'} of '{p.id}'")
    return found[0]


def _undo(known: Decisions, number: int, path: str, by: str, note: str, console: Console) -> None:
    from qawl.identity import Decision

    if all(d.number != number for d in known.all):
        raise InputError(f"has no decision on line {number}", path)
    _write(path, Decision("undo", line=number, at=_now(), by=by, note=note), console)


def _write(path: str, decision: Decision, console: Console) -> None:
    """Add a line to the file of decisions."""
    try:
        with open(path, "a+b") as file:
            file.seek(0)
            before = file.read()
            start = b"" if not before or before.endswith(b"\n") else b"\n"
            file.write(start + decision.as_json().encode("ascii") + b"\n")
    except OSError as e:
        raise InputError(f"cannot be written ({e.strerror or e}); give another --decisions", path) from None
    number = before.count(b"\n") + len(start) + 1
    console.note(f"{path}: decision {number} ({decision.do}) was added; --undo {number} takes it back")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# -- out ----------------------------------------------------------------------------------------------------------


def _found(ctx: click.Context, parties: Sequence[Party], words: str, console: Console) -> Sequence[Party]:
    from qawl.identity import find

    found = find(parties, words)
    if not found:
        _unknown(ctx, parties, words, console)
    if len(found) > 1:
        console.note(f"{words}: {len(found):,} may be meant; give one's id")
    return found


def _unknown(ctx: click.Context, parties: Sequence[Party], words: str, console: Console) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(words, sorted({name for p in parties for name, _ in p.names}), 3)
    hint = f"; the nearest: {', '.join(near)}" if near else "; 'qawl who --in FILE' lists all"
    if any(os.path.exists(word) for word in words.split()):
        hint = "; give --in before each file"
    console.problem(words, f"nobody is called so{hint}")
    ctx.exit(1)


def _listed(parties: Sequence[Party], everything: bool, console: Console) -> Sequence[Party]:
    """Those to list: without what is bound to its article, unless all are wanted."""
    shown = [p for p in parties if everything or p.identity or (p.names and p.kind not in ("unnamed", "document"))]
    if len(shown) < len(parties):
        console.note(f"{plural(len(parties) - len(shown), 'unnamed or nameless source')} left out; --all shows them")
    return sorted(shown, key=lambda p: (-p.statements, -p.articles, p.id))


def _list(parties: Sequence[Party], form: str, _: Sequence[Party]) -> Iterator[str]:
    if form == "json":
        from qawl.identity import summary

        yield json.dumps([summary(p) for p in parties], ensure_ascii=False, indent=2) + "\n"
        return
    for p in parties:
        yield _line(p.id, p.name, p.kind, "، ".join(p.of), _counts(p), _days(p.first, p.last), "locked" * p.locked)


def _one(parties: Sequence[Party], form: str, everyone: Sequence[Party]) -> Iterator[str]:
    from qawl.identity import details

    p = parties[0]
    wanted = {c.id for c in p.candidates}
    full = details(p, {x.id: x.name for x in everyone if x.id in wanted})
    if form == "json":
        yield json.dumps([full], ensure_ascii=False, indent=2) + "\n"
        return
    head = (full["en"], p.kind, "، ".join(p.of), p.qid, _counts(p), _days(p.first, p.last), "locked" * p.locked)
    yield _line(p.id, p.name, *head)
    if p.names:
        yield _line("names: " + ", ".join(f"{name} ({n:,})" for name, n in p.names))
    if p.roles:
        yield "offices and roles:\n"
    for r in p.roles:
        yield "  " + _line(_days(r.first, r.last), r.text, r.office, plural(r.articles, "article"))
    yield "statements:\n"
    for s in full["sources"]:
        where = s["doc"] or s["url"]
        yield "  " + _line(
            s["day"] or "-",
            where,
            s["outlet"],
            f"{s['statements']:,}",
            s["words"],
            f"{s['sha256'][:_SHOWN]}:{s['key']}",
        )
    if p.candidates:
        yield "may also be:\n"
    for c in full["candidates"]:
        yield "  " + _line(c["id"], c["name"], f"{c['confidence']:.2f}")


def _line(*cells: str) -> str:
    from qawl.formats.labels import plain

    return " | ".join(plain(c) for c in cells if c) + "\n"


def _counts(p: Party) -> str:
    return f"{plural(p.statements, 'statement')} in {plural(p.articles, 'article')}"


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
