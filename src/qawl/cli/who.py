"""``qawl who``: one entry per person or body over many articles, and what a person decides on them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from qawl.cli.console import Console, plural
from qawl.cli.decided import MOST, say_problems
from qawl.cli.kept import ask_record, has_record, record_option
from qawl.cli.output import PACKED, print_text
from qawl.cli.params import Choice
from qawl.cli.parties import listed, one
from qawl.model import DataError, InputError

if TYPE_CHECKING:
    from qawl.cli.places import Place
    from qawl.identity import Decision, Party, Ref

__all__ = ["who"]

_FORMATS = ("text", "json")
_SOURCE = re.compile(r"([0-9a-f]{6,64}):([A-Za-z]+)")


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
  qawl who "سلمى الراوي" --record news.db     over all that 'qawl add' kept
  qawl who --merge ID1 ID2 --by سلمى          a decision that the record keeps

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
@record_option()
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
    address: str,
    by: str | None,
    note: str,
) -> None:
    """Show the people and bodies whose words many articles report, one entry for each.

    NAME is Arabic or English, whole or in part, or an id; without it all are listed. What the rules could not tell
    stays apart, and each is named as a candidate of the other.

    Without --in they are those of the record. With --merge, --split, --lock or --undo a decision is added to the
    record, or to the file of --decisions, which is replayed over the parties of --in each time.
    """
    console = Console()
    wanted = [x for x in ("merge", "split", "lock", "undo") if ctx.params[x]]
    over_record = not inputs and decisions is None and has_record(address)
    _check(wanted, inputs, decisions, sources, by, bool(name), address, over_record)
    try:
        with closing(_place(over_record, address, inputs, decisions, bool(wanted), console)) as place:
            if undo is not None:
                _undo(place, undo, by or "", note)
                return
            if wanted:
                decision = _decided(place.parties().parties, merge, split, sources, lock, by or "", note)
                place.keep(decision)
                shown = _meant(place.parties().parties, decision)
                words = ""
            else:
                words = " ".join(" ".join(name).split())
                shown = _found(ctx, place, words, console) if words else _all(place, everything, console)
            _say(place, console)
            single = bool(words) and len(shown) == 1
            print_text((one if single else listed)(shown, form, place.candidates(shown[0]) if single else ()))
    except InputError as e:
        raise click.UsageError(str(e)) from None
    except DataError as e:
        raise click.ClickException(str(e)) from None
    ctx.exit(1 if place.skipped else 0)


def _place(
    over_record: bool, address: str, inputs: Sequence[str], decisions: str | None, new: bool, console: Console
) -> Place:
    from qawl.cli.places import Files, Kept

    if over_record:
        return Kept(ask_record(address), console)
    return Files(inputs, decisions, new, console)


def _meant(parties: Sequence[Party], decision: Decision) -> Sequence[Party]:
    """Those that a decision is on."""
    return [p for p in parties if {p.id, *p.aliases}.intersection(decision.parties)]


def _check(
    wanted: Sequence[str],
    inputs: Sequence[str],
    decisions: str | None,
    sources: Sequence[str],
    by: str | None,
    name: bool,
    address: str,
    over_record: bool,
) -> None:
    """Raise for options that do not go together."""
    wrong = ""
    if len(wanted) > 1:
        wrong = f"--{wanted[0]} and --{wanted[1]} are two decisions; give one at a time"
    elif wanted and name:
        wrong = f"--{wanted[0]} takes ids and no NAME; leave NAME out"
    elif address and (inputs or decisions is not None):
        wrong = "--record is a place of its own; leave --in and --decisions out"
    elif wanted and decisions is None and not over_record:
        wrong = f"--{wanted[0]} is written down; give --decisions FILE"
    elif wanted and not by:
        wrong = f"--{wanted[0]} is somebody's decision; give --by WHO"
    elif wanted == ["split"] and not sources:
        wrong = "--split takes sources out; give --source SHA:KEY, as 'qawl who ID' shows them"
    elif wanted and (decisions or "").lower().endswith(PACKED):
        wrong = "--decisions is only ever added to, so it cannot be packed; give another name"
    elif sources and wanted != ["split"]:
        wrong = "--source goes with --split ID"
    elif not inputs and wanted != ["undo"] and not over_record:
        wrong = "give --in FILE, readings as 'qawl read --format jsonl' writes them, or --record URL"
    if wrong:
        raise click.UsageError(wrong)


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
    raise InputError(f"no party has the id '{id_}'; 'qawl who NAME' shows the ids")


def _ref(p: Party, text: str) -> Ref:
    match = _SOURCE.fullmatch(text)
    if match is None:
        raise InputError(f"'{text}' is no source; give SHA:KEY, as 'qawl who {p.id}' shows them")
    found = [ref for ref in p.sources if ref[0].startswith(match[1]) and ref[1] == match[2]]
    if len(found) != 1:
        raise InputError(f"'{text}' is {'several sources' if found else 'no source'} of '{p.id}'")
    return found[0]


def _undo(place: Place, number: int, by: str, note: str) -> None:
    from qawl.identity import Decision

    if all(d.number != number for d in place.known.all):
        raise InputError(f"has no decision on line {number}", place.name)
    place.keep(Decision("undo", line=number, at=_now(), by=by, note=note))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# -- out ----------------------------------------------------------------------------------------------------------


def _found(ctx: click.Context, place: Place, words: str, console: Console) -> Sequence[Party]:
    found = place.find(words)
    if not found:
        _say(place, console)
        hint = place.hint(words)
        if any(os.path.exists(word) for word in words.split()):
            hint = "give --in before each file"
        console.problem(words, f"nobody is called so; {hint}")
        ctx.exit(1)
    if len(found) > 1:
        console.note(f"{words}: {len(found):,} may be meant; give one's id")
    return found


def _say(place: Place, console: Console) -> None:
    """Say which decisions could not be carried out, if that is known."""
    if place.applied is not None:
        say_problems(place.applied, place.name, console)


def _all(place: Place, everything: bool, console: Console) -> Sequence[Party]:
    """Those to list: without what is bound to its article, unless all are wanted."""
    parties = place.parties().parties
    shown = [p for p in parties if everything or p.identity or (p.names and p.kind not in ("unnamed", "document"))]
    if len(shown) < len(parties):
        console.note(f"{plural(len(parties) - len(shown), 'unnamed or nameless source')} left out; --all shows them")
    return sorted(shown, key=lambda p: (-p.statements, -p.articles, p.id))
