"""Statements and the sources they are attributed to.

The definitions are those of the project's annotation guidelines: a statement is a stretch of text whose
content the article attributes to a source through a cue. The three parts follow Pareti's PARC and PolNeAR
(cue, source, content).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qawl.model.circumstances import Dated, Occasion
from qawl.model.spans import Span
from qawl.model.stance import Stance

__all__ = ["ACTS", "KINDS", "MODES", "Act", "Kind", "Mode", "Source", "Statement"]

Mode = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "inform", "judge", "announce", "commit", "demand", "support", "condemn",
    "accuse", "reject", "deny", "warn", "predict", "express", "ask",
]  # fmt: skip
Kind = Literal["person", "organization", "state", "group", "media", "document", "unnamed"]

MODES: tuple[Mode, ...] = ("direct", "indirect", "mixed")
ACTS: tuple[Act, ...] = (
    "inform", "judge", "announce", "commit", "demand", "support", "condemn",
    "accuse", "reject", "deny", "warn", "predict", "express", "ask",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("person", "organization", "state", "group", "media", "document", "unnamed")


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed statement.

    Parameters
    ----------
    id : int
        Unique in its article, from 1, in the order of the text.
    cue : Span or None
        The words that attribute; None for a quotation without any.
    lemma : str
        The cue's dictionary form (``قال``); ``""`` without a cue.
    speaker : Span or None
        The mention the cue attaches to; None for an unexpressed subject, a participle or a pronoun.
    content : tuple of Span
        At least one; several where a quotation is interrupted. In the order of the text.
    mode : Mode
        ``direct``, ``indirect`` or ``mixed``.
    parent : int or None
        `id` of the innermost statement whose content holds this one.
    act : Act
        What the speaker does.
    stances : tuple of Stance
        What the statement wants or rejects.
    who : str
        Key of its source in `Reading.sources`; ``""`` until the sources are resolved.
    via : Span or None
        The medium that carried the words («نقلت الوكالة عن …»).
    confidence : float
        From 0 to 1: how likely it is that the statement is one (its content overlaps with the true one by half or
        more) and that its source is right.
    named : Span or None
        The part of `speaker` that is a person's name, where the extractor tells; None otherwise.
    said : Dated or None
        When it was said, and what tells so; None if nothing does.
    occasion : Occasion or None
        On what occasion, if the text tells.
    act_confidence : float
        From 0 to 1: how likely `act` is right.
    """

    id: int
    cue: Span | None
    lemma: str
    speaker: Span | None
    content: tuple[Span, ...]
    mode: Mode
    parent: int | None = None
    act: Act = "inform"
    stances: tuple[Stance, ...] = ()
    who: str = ""
    via: Span | None = None
    confidence: float = 0.5
    named: Span | None = None
    said: Dated | None = None
    occasion: Occasion | None = None
    act_confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Source:
    """Whose words a statement reports: one entry per real-world person or body in an article.

    Parameters
    ----------
    key : str
        Unique in its article (``A``, ``B``, …).
    name : str
        The fullest form of the name in the article, without title; for an unnamed source the phrase
        itself; ``""`` if it could not be worked out.
    kind : Kind
        What it is.
    role : str
        Office or description as the article gives it, with its country or body; ``""`` if none.
    mentions : tuple of Span
        Where the article names it, in the order of the text.
    qid : str
        Wikidata identifier; ``""`` if unresolved.
    candidates : tuple of str
        Identities that it may be, the likeliest first, where the knowledge base has more than one or is not sure.
    confidence : float
        From 0 to 1.
    identity : str
        Who or what it is in the knowledge base: ``person:antony-blinken``, ``state:JO``, ``body:…`` or ``media:…``
        with the name in its table; ``""`` if unresolved.
    known_as : str
        The name in the knowledge base; ``""`` if unresolved.
    office : str
        The office in which he speaks, by its id in ``offices.tsv``, where his title names one; else ``""``.
    of : str
        The state or body that he speaks for or that it belongs to, by its name in the knowledge base; ``""`` if
        unknown.
    """

    key: str
    name: str
    kind: Kind
    role: str = ""
    mentions: tuple[Span, ...] = ()
    qid: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 0.5
    identity: str = ""
    known_as: str = ""
    office: str = ""
    of: str = ""
