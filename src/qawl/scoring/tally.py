"""What is counted in one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qawl.scoring.matching import Pair, overlap, pairs
from qawl.scoring.names import same_source

__all__ = ["Miss", "Tally", "count", "same_source"]

Tally = Counter[str]
"""Counts by name; those of several articles add up."""

_Statements = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement between gold and prediction.

    Parameters
    ----------
    kind : {"wrong source", "missed", "spurious"}
        A statement found with another source; one not found; one that no gold statement matches.
    doc : str
        The article.
    cue, content : str
        As the text writes them; ``"—"`` for an uncued quotation; a long content is cut in its middle.
    predicted, gold : str
        The names of the sources; ``""`` where there is none.
    """

    kind: Literal["wrong source", "missed", "spurious"]
    doc: str
    cue: str
    content: str
    predicted: str = ""
    gold: str = ""

    def __str__(self) -> str:
        names = f" | {self.predicted or '—'} | {self.gold or '—'}" if self.kind == "wrong source" else ""
        return f"{self.kind} | {self.doc}{names} | [{self.cue}] «{self.content}»"


def _name(article: Mapping[str, Any], statement: Mapping[str, Any]) -> str:
    """The name of the statement's source; ``""`` if it has none."""
    source = (article.get("sources") or {}).get(statement.get("who")) or {}
    return source.get("name") or ""


def _speaker(statement: Mapping[str, Any]) -> str:
    return "implicit" if statement.get("speaker") is None else "explicit"


def count(gold: Mapping[str, Any], predicted: Mapping[str, Any], misses: list[Miss] | None = None) -> Tally:
    """Compare one article's annotation with its prediction.

    Parameters
    ----------
    gold : mapping
        Standoff dict with its ``text``.
    predicted : mapping
        Standoff dict; an empty one for no prediction.
    misses : list of Miss, optional
        Disagreements are appended to it.

    Returns
    -------
    Tally
        What `qawl.scoring.report` makes figures of.
    """
    wanted: _Statements = gold["statements"]
    given: _Statements = predicted.get("statements") or []
    found, exact = pairs(gold["text"], wanted, given)
    right = {(i, j) for i, j in {*found, *exact} if same_source(_name(predicted, given[j]), _name(gold, wanted[i]))}
    tally = Tally(gold=len(wanted), pred=len(given), found=len(found), exact=len(exact))
    tally["exact right"] = sum(pair in right for pair in exact)
    for s in wanted:
        tally[f"gold {s['mode']}"] += 1
        tally["nested gold"] += s.get("parent") is not None
    for i, j in found:
        _count_pair(tally, wanted[i], given[j], (i, j) in right)
    _count_nesting(tally, wanted, given, found)
    _count_stances(tally, wanted, given, found)
    if misses is not None:
        _list_misses(misses, gold, predicted, found, right)
    return tally


def _count_pair(tally: Tally, a: Mapping[str, Any], b: Mapping[str, Any], right: bool) -> None:
    """Count what a found statement `b` has right of the gold one `a`."""
    cue = a.get("cue")
    tally["right"] += right
    tally[f"right {a['mode']}"] += right
    tally[f"found {_speaker(a)}"] += 1
    tally[f"right {_speaker(a)}"] += right
    tally["mode right"] += a["mode"] == b.get("mode")
    tally["act right"] += a["act"] == b.get("act")
    tally["cue right"] += b.get("cue") is None if cue is None else overlap(cue, b.get("cue"))


def _count_nesting(tally: Tally, wanted: _Statements, given: _Statements, found: Sequence[Pair]) -> None:
    """Count nested statements whose parent was found and is the right one."""
    gold_id = {given[j]["id"]: wanted[i]["id"] for i, j in found}
    for i, j in found:
        parent, guess = wanted[i].get("parent"), given[j].get("parent")
        tally["nested right"] += parent is not None and guess is not None and gold_id.get(guess) == parent


def _count_stances(tally: Tally, wanted: _Statements, given: _Statements, found: Sequence[Pair]) -> None:
    """Count stances of the right statement and sign that share half of the shorter target."""
    tally["stances gold"] = sum(len(s.get("stances") or ()) for s in wanted)
    tally["stances pred"] = sum(len(s.get("stances") or ()) for s in given)
    for i, j in found:
        left = list(given[j].get("stances") or ())
        for start, end, sign in wanted[i].get("stances") or ():
            for guess in left:
                shared = max(0, min(end, guess[1]) - max(start, guess[0]))
                if guess[2] == sign and shared >= 0.5 * min(end - start, guess[1] - guess[0]):
                    tally["stances right"] += 1
                    left.remove(guess)
                    break


def _list_misses(
    misses: list[Miss],
    gold: Mapping[str, Any],
    predicted: Mapping[str, Any],
    found: Sequence[Pair],
    right: set[Pair],
) -> None:
    text, doc = gold["text"], gold["doc"]
    wanted: _Statements = gold["statements"]
    given: _Statements = predicted.get("statements") or []
    for i, j in found:
        if (i, j) not in right:
            words = _words(text, wanted[i])
            misses.append(Miss("wrong source", doc, *words, _name(predicted, given[j]), _name(gold, wanted[i])))
    gold_found = {i for i, _ in found}
    given_found = {j for _, j in found}
    misses += [Miss("missed", doc, *_words(text, s)) for i, s in enumerate(wanted) if i not in gold_found]
    misses += [Miss("spurious", doc, *_words(text, s)) for j, s in enumerate(given) if j not in given_found]


def _words(text: str, statement: Mapping[str, Any]) -> tuple[str, str]:
    """Cue and content of `statement` for a list of errors."""
    cue = statement.get("cue")
    content = statement["content"]
    body = text[content[0][0] : content[-1][1]] if content else ""
    short = body if len(body) < 90 else f"{body[:45]} … {body[-40:]}"
    return (text[cue[0] : cue[1]] if cue else "—"), short.replace("\n", " ")
