"""The way back: from the JSON shape to a reading, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from qawl.formats.shape import SCHEMA
from qawl.model import (
    ACTS,
    BASES,
    CONDITIONS,
    DEGREES,
    EVENTS,
    KINDS,
    MODES,
    OCCASIONS,
    SIGNS,
    About,
    Act,
    Article,
    Basis,
    Block,
    BlockKind,
    Condition,
    ConditionKind,
    Dated,
    Dateline,
    Degree,
    Event,
    EventKind,
    InputError,
    Kind,
    Mode,
    Moment,
    Occasion,
    OccasionKind,
    Participant,
    Precision,
    Reading,
    Sign,
    Source,
    Span,
    Stance,
    Statement,
)

__all__ = ["from_dict"]

_BLOCKS = get_args(BlockKind)
_PRECISIONS = get_args(Precision)


def from_dict(obj: object) -> Reading:
    """The reading that `to_dict` showed: ``from_dict(to_dict(reading)) == reading``.

    Parameters
    ----------
    obj : object
        A dict of the shape that `to_dict` documents. Fields that it does not name are left aside; fields
        that have a default may be missing.

    Returns
    -------
    Reading
        Equal to the one that was shown.

    Raises
    ------
    InputError
        If a field is missing or is not what it should be, the schema is another, an offset lies outside the
        text, an ``exact`` string or the digest is not that of the text (offsets counted in UTF-16, a text
        changed on the way).
    """
    fields = _Fields(obj, "the reading")
    schema = fields.string("schema")
    if schema != SCHEMA:
        raise InputError(f"the schema is {schema!r}; this version reads {SCHEMA!r}")
    text = fields.string("text")
    reading = Reading(
        article=_article(fields, text),
        statements=tuple(_statement(f, text) for f in fields.each("statements")),
        sources={key: _source(key, f, text) for key, f in fields.table("sources").items()},
        extractor=fields.string("extractor"),
        events=tuple(_event(e, text) for e in fields.each("events")),
    )
    digest = fields.string("sha256", reading.article.sha256)
    if digest != reading.article.sha256:
        raise InputError("sha256 is not that of the text: the text was changed after it was read")
    return reading


class _Fields:
    """The fields of one JSON object, and where it stands, for messages."""

    __slots__ = ("_at", "_obj")

    def __init__(self, obj: object, at: str) -> None:
        if not isinstance(obj, Mapping):
            raise InputError(f"{at}: not a JSON object")
        self._obj = cast("Mapping[str, Any]", obj)
        self._at = at

    def fail(self, name: str, what: str) -> InputError:
        return InputError(f"{self._at}: {name!r} is not {what}")

    def get(self, name: str) -> Any:
        return self._obj.get(name)

    def string(self, name: str, default: str | None = None) -> str:
        value = self._obj.get(name, default)
        if not isinstance(value, str):
            raise self.fail(name, "a string")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> Any:
        value = self._obj.get(name, default)
        if not isinstance(value, str) or value not in allowed:
            raise self.fail(name, "one of " + ", ".join(allowed))
        return value

    def integer(self, name: str) -> int:
        value = self.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(name, "a whole number")
        return value

    def share(self, name: str) -> float:
        value = self._obj.get(name, 0.5)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self.fail(name, "a number from 0 to 1")
        return float(value)

    def strings(self, name: str) -> tuple[str, ...]:
        value = self._obj.get(name, [])
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            raise self.fail(name, "a list of strings")
        return tuple(value)

    def each(self, name: str) -> list[_Fields]:
        value = self._obj.get(name, [])
        if not isinstance(value, list | tuple):
            raise self.fail(name, "a list")
        return [_Fields(x, f"{name} {n}") for n, x in enumerate(value, 1)]

    def table(self, name: str) -> dict[str, _Fields]:
        value = self._obj.get(name, {})
        if not isinstance(value, Mapping) or not all(isinstance(k, str) for k in value):
            raise self.fail(name, "a JSON object")
        return {k: _Fields(x, f"{name} {k!r}") for k, x in value.items()}

    def maybe(self, name: str) -> _Fields | None:
        value = self.get(name)
        return None if value is None else _Fields(value, f"{self._at}, {name}")

    def span(self, text: str) -> Span:
        start, end = self.integer("start"), self.integer("end")
        if not 0 <= start <= end <= len(text):
            raise InputError(f"{self._at}: [{start}, {end}) is not a span of the text")
        exact = self.get("exact")
        if exact is not None and exact != text[start:end]:
            raise InputError(
                f"{self._at}: 'exact' is not the text at [{start}, {end}); offsets count Unicode code points"
            )
        return Span(start, end)

    def moment(self, name: str) -> Moment | None:
        iso = self.get(name)
        if iso is None:
            return None
        if not isinstance(iso, str):
            raise self.fail(name, "a string")
        return Moment(iso, cast("Precision", self.one_of(f"{name}_precision", _PRECISIONS)))


def _article(f: _Fields, text: str) -> Article:
    line = f.maybe("dateline")
    return Article(
        text=text,
        blocks=tuple(Block(b.span(text), cast("BlockKind", b.one_of("kind", _BLOCKS))) for b in f.each("blocks")),
        doc=f.string("doc", ""),
        url=f.string("url", ""),
        outlet=f.string("outlet", ""),
        section=f.string("section", ""),
        agency=f.string("agency", ""),
        authors=f.strings("authors"),
        published=f.moment("published"),
        modified=f.moment("modified"),
        dateline=None if line is None else _dateline(line, text),
        language=f.string("language", "ar"),
    )


def _dateline(f: _Fields, text: str) -> Dateline:
    return Dateline(_maybe_span(f, "span", text), f.string("place", ""), f.moment("date"), f.string("agency", ""))


def _maybe_span(f: _Fields, name: str, text: str) -> Span | None:
    inner = f.maybe(name)
    return None if inner is None else inner.span(text)


def _source(key: str, f: _Fields, text: str) -> Source:
    return Source(
        key=key,
        name=f.string("name"),
        kind=cast("Kind", f.one_of("kind", KINDS)),
        role=f.string("role", ""),
        mentions=tuple(m.span(text) for m in f.each("mentions")),
        qid=f.string("qid", ""),
        candidates=f.strings("candidates"),
        confidence=f.share("confidence"),
        identity=f.string("identity", ""),
        known_as=f.string("known_as", ""),
        office=f.string("office", ""),
        of=f.string("of", ""),
    )


def _dated(f: _Fields, name: str, text: str) -> Dated | None:
    inner = f.maybe(name)
    if inner is None:
        return None
    moment = inner.moment("date")
    if moment is None:
        raise inner.fail("date", "a date")
    return Dated(moment, cast("Basis", inner.one_of("basis", BASES)), _maybe_span(inner, "span", text))


def _occasion(f: _Fields, text: str) -> Occasion | None:
    inner = f.maybe("occasion")
    if inner is None:
        return None
    kind = cast("OccasionKind", inner.one_of("kind", OCCASIONS))
    return Occasion(kind, _inner_span(inner, text), inner.string("channel", ""), inner.string("place", ""))


def _event(f: _Fields, text: str) -> Event:
    return Event(
        kind=cast("EventKind", f.one_of("kind", EVENTS)),
        name=f.string("name"),
        span=_inner_span(f, text),
        place=f.string("place", ""),
        date=_dated(f, "date", text),
        participants=tuple(_participant(p, text) for p in f.each("participants")),
    )


def _participant(f: _Fields, text: str) -> Participant:
    return Participant(
        f.string("name", ""), f.string("role", ""), _inner_span(f, text), f.string("who", ""), f.string("identity", ""),
        f.string("known_as", ""), f.string("qid", ""),
    )  # fmt: skip


def _inner_span(f: _Fields, text: str, name: str = "span") -> Span:
    inner = f.maybe(name)
    if inner is None:
        raise f.fail(name, "a span")
    return inner.span(text)


def _stance(f: _Fields, text: str) -> Stance:
    return Stance(
        target=f.span(text),
        sign=cast("Sign", f.one_of("sign", SIGNS)),
        degree=cast("Degree", f.one_of("degree", DEGREES, "plain")),
        conditions=tuple(
            Condition(cast("ConditionKind", c.one_of("kind", CONDITIONS)), _inner_span(c, text))
            for c in f.each("conditions")
        ),
        about=tuple(_about(a, text) for a in f.each("about")),
        confidence=f.share("confidence"),
    )


def _about(f: _Fields, text: str) -> About:
    return About(
        matter=f.string("matter"),
        sign=cast("Sign", f.one_of("sign", SIGNS)),
        words=_inner_span(f, text, "words"),
        pattern=f.string("pattern", ""),
        turned_by=tuple(t.span(text) for t in f.each("turned_by")),
    )


def _statement(f: _Fields, text: str) -> Statement:
    return Statement(
        id=f.integer("id"),
        cue=_maybe_span(f, "cue", text),
        lemma=f.string("lemma", ""),
        speaker=_maybe_span(f, "speaker", text),
        named=_maybe_span(f, "named", text),
        content=tuple(c.span(text) for c in f.each("content")),
        mode=cast("Mode", f.one_of("mode", MODES)),
        parent=None if f.get("parent") is None else f.integer("parent"),
        act=cast("Act", f.one_of("act", ACTS)),
        act_confidence=f.share("act_confidence"),
        stances=tuple(_stance(s, text) for s in f.each("stances")),
        who=f.string("who", ""),
        via=_maybe_span(f, "via", text),
        confidence=f.share("confidence"),
        said=_dated(f, "said", text),
        occasion=_occasion(f, text),
    )
