"""An article's text with its statements marked in place.

Nothing but the article's characters stands in the text: the numbers of statements are drawn by the style
sheet, and what the elements of class ``t`` hold, joined, is the text exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from qawl.formats.markup import Look, escape
from qawl.formats.segments import segments
from qawl.model import Reading

__all__ = ["Marker"]

_WORD = re.compile(r"\s*\S+")
_Part = Literal["content", "speaker", "cue"]


class _Role(NamedTuple):
    """What a stretch is to a statement."""

    statement: int
    part: _Part


class Marker:
    """Marks the text of one article.

    Parameters
    ----------
    reading : Reading
        The article and its statements.
    anchor : str
        Prefix of the page's anchors for this article (``a1``).
    classes : dict of str to str
        CSS classes of each source's key.
    look : Look
        For the numbers.
    """

    def __init__(self, reading: Reading, anchor: str, classes: dict[str, str], look: Look) -> None:
        self._text = reading.article.text
        self._anchor = anchor
        self._look = look
        self._classes = {s.id: classes.get(s.who, "hx ux") for s in reading.statements}
        self._begun: set[_Role] = set()
        spans = [(p.start, p.end, _Role(s.id, "content")) for s in reading.statements for p in s.content]
        spans += [(s.speaker.start, s.speaker.end, _Role(s.id, "speaker")) for s in reading.statements if s.speaker]
        spans += [(s.cue.start, s.cue.end, _Role(s.id, "cue")) for s in reading.statements if s.cue]
        self._pieces = segments(self._text, spans)

    def lines(self) -> list[str]:
        """The markup of each line of the text, the headline first; without the line feeds."""
        lines: list[list[str]] = [[]]
        for start, end, roles in self._pieces:
            at = start
            for n, part in enumerate(self._text[start:end].split("\n")):
                if n:
                    lines.append([])
                if part:
                    lines[-1].append(self._piece(at, at + len(part), roles))
                at += len(part) + 1
        return ["".join(line) for line in lines]

    def _piece(self, start: int, end: int, roles: tuple[_Role, ...]) -> str:
        if not roles:
            return escape(self._text[start:end])
        # Contents are around cues and speakers whatever began first: a mark is the ground that they stand on.
        layers = sorted(roles, key=lambda r: r.part != "content")
        target = layers[-1].statement
        fresh = any(r not in self._begun for r in layers)
        off = "" if fresh else ' tabindex="-1"'
        inside = f'<a href="#{self._anchor}-s{target}"{off}>{self._numbered(start, end, layers)}</a>'
        opened = "".join(self._layers(layers, start, end))
        closed = "".join("</mark>" if r.part == "content" else "</span>" for r in reversed(layers))
        return opened + inside + closed

    def _numbered(self, start: int, end: int, layers: list[_Role]) -> str:
        """The text of a piece; its first word carries the numbers of the statements whose content begins there."""
        text = self._text[start:end]
        begins = [r.statement for r in layers if r.part == "content" and r not in self._begun]
        word = _WORD.match(text)
        if not begins or not word or self._inside_word(start):
            return escape(text)
        numbers = " ".join(self._look.number(n) for n in begins)
        rest = escape(text[word.end() :])
        classes = f"nb n{min(len(numbers), 8)} {self._classes[begins[-1]]}"
        return f'<span class="{classes}" data-n="{numbers}">{escape(word[0])}</span>{rest}'

    def _layers(self, layers: list[_Role], start: int, end: int) -> Iterator[str]:
        depth = 0
        for i, role in enumerate(layers):
            first = role not in self._begun
            self._begun.add(role)
            ident = role.statement
            classes = f"{self._classes[ident]} m{ident}"
            if role.part != "content":
                # A change of weight inside a word would part letters that join.
                whole = "" if self._inside_word(start) or self._inside_word(end) else " w"
                yield f'<span class="{role.part}{whole} {classes}">'
                continue
            ids = "" if i else f' data-ids="{" ".join(str(r.statement) for r in layers if r.part == "content")}"'
            begin = f' id="{self._anchor}-m{ident}"' if first else ""
            yield f'<mark class="q d{min(depth, 2)} {classes}"{ids}{begin}>'
            depth += 1

    def _inside_word(self, at: int) -> bool:
        """Whether a word runs over this offset."""
        return 0 < at < len(self._text) and self._text[at - 1].isalnum() and self._text[at].isalnum()
