"""What stands around an article's text on the page: its header, a card for each statement, its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qawl.formats.labels import day, plain, share
from qawl.formats.markup import Look, bdi, escape, link
from qawl.model import About, Article, Condition, Event, Moment, Participant, Reading, Source, Stance, Statement

__all__ = ["Cards", "about", "kicker"]


def kicker(article: Article) -> str:
    """The line over the headline: who published it, and in what section."""
    facts = [bdi(x) for x in dict.fromkeys((article.outlet, article.section)) if plain(x)]
    return f'<p class="kicker">{" <i>·</i> ".join(facts)}</p>\n' if facts else ""


def about(article: Article, look: Look) -> str:
    """The list under the headline: when, where, by whom, from what agency, at what address."""
    line = article.dateline
    facts: list[tuple[str, str]] = []
    if article.published:
        facts.append(("published", _time(article.published, look)))
    if article.modified:
        facts.append(("modified", _time(article.modified, look)))
    if line and (line.place or line.date):
        parts = [bdi(line.place)] if line.place else []
        parts += [_time(line.date, look)] if line.date else []
        facts.append(("dateline", "، ".join(parts)))
    if article.agency:
        facts.append(("agency", bdi(article.agency)))
    if article.authors:
        facts.append(("authors", "، ".join(map(bdi, article.authors))))
    if article.doc:
        facts.append(("doc", bdi(article.doc)))
    if article.url:
        facts.append(("url", link(article.url)))
    rows = "".join(f'<div class="f-{key}"><dt>{look.label("column", key)}</dt><dd>{v}</dd></div>' for key, v in facts)
    return f'<dl class="about">{rows}</dl>\n' if rows else ""


def _time(moment: Moment, look: Look) -> str:
    return f'<time datetime="{escape(moment.iso)}"><bdi>{escape(day(moment, look.lang, look.numerals))}</bdi></time>'


class Cards:
    """The cards and the table of sources of one article.

    Parameters
    ----------
    reading : Reading
        The article and its statements.
    anchor : str
        Prefix of the page's anchors for this article (``a1``).
    classes : dict of str to str
        CSS classes of each source's key.
    look : Look
        Language and numerals.
    """

    def __init__(self, reading: Reading, anchor: str, classes: dict[str, str], look: Look) -> None:
        self._reading = reading
        self._anchor = anchor
        self._classes = classes
        self._look = look
        self._inner: dict[int, list[int]] = {}
        for s in reading.statements:
            if s.parent is not None:
                self._inner.setdefault(s.parent, []).append(s.id)
        self._ids = {s.id for s in reading.statements}

    def cards(self) -> str:
        """The cards, in the order of the text."""
        return "\n".join(map(self._card, self._reading.statements))

    def _card(self, s: Statement) -> str:
        look = self._look
        source = self._reading.source_of(s)
        classes = self._classes.get(s.who, "hx ux")
        to_text = look.words("page", "to_text")
        known = self._known_as(source)
        role = f'<p class="role">{bdi(source.role)}{known}</p>' if source and (plain(source.role) or known) else ""
        nested = " nested" if s.parent is not None else ""
        return (
            f'<li class="card c{s.id} {classes}{nested}" id="{self._anchor}-s{s.id}">'
            f'<h3><a class="n" href="#{self._anchor}-m{s.id}" title="{to_text}" aria-label="{to_text} {s.id}">'
            f"{look.number(s.id)}</a> {self._who(s)}</h3>{role}"
            f'<blockquote><p dir="auto">{escape(plain(self._reading.content_of(s)))}</p></blockquote>'
            f"{''.join(self._stances(s))}"
            f'<ul class="facts">{"".join(f"<li>{x}</li>" for x in self._facts(s))}</ul></li>'
        )

    def _who(self, s: Statement) -> str:
        source = self._reading.source_of(s)
        if source is not None and plain(source.name):
            return bdi(source.name, ' class="who"')
        mention = plain(s.speaker.of(self._reading.article.text)) if s.speaker else ""
        said = f" {bdi(mention)}" if mention else ""
        return f'<span class="who unknown">{self._look.label("page", "unresolved")}</span>{said}'

    def _known_as(self, source: Source | None) -> str:
        """Who a source is, where the article names the office only: « — that is سلمى الراوي»."""
        if source is None or not plain(source.known_as) or source.kind != "person":
            return ""
        same = set(plain(source.name).split()) & set(plain(source.known_as).split())
        return "" if same else " " + self._look.phrase("column", "known_as", f" {bdi(source.known_as)}")

    def _stances(self, s: Statement) -> Iterator[str]:
        if s.stances:
            yield '<ul class="stances">'
            for x in s.stances:
                kind = "for" if x.sign == "+" else "against"
                yield f'<li class="{kind}">{self._stance(x)}</li>'
            yield "</ul>"

    def _stance(self, x: Stance) -> str:
        """«يرفض بشدة استمرار القتال (مع وقف إطلاق النار · الشرط: …)»: sign, degree, target, matters, conditions."""
        look = self._look
        degree = "" if x.degree == "plain" else " " + look.words("degree", x.degree)
        notes = list(dict.fromkeys((*map(self._side, x.about), *map(self._condition, x.conditions))))
        after = f" <small>({' · '.join(notes)})</small>" if notes else ""
        sign = look.phrase("sign", x.sign, degree)
        return f"<b>{sign}</b> {bdi(x.target.of(self._reading.article.text))}{after}"

    def _side(self, a: About) -> str:
        """On which side of a matter a stance is; a matter that the tables do not know goes by its id."""
        from qawl.positions.matters import matter  # with numpy, which other formats can do without

        try:
            known = matter(a.matter)
        except KeyError:
            name = a.matter
        else:
            name = known.ar if self._look.lang == "ar" else known.en
        return self._look.phrase("side", a.sign, f" {bdi(name)}")

    def _condition(self, c: Condition) -> str:
        return self._look.phrase("condition", c.kind, f": {bdi(c.span.of(self._reading.article.text))}")

    def _facts(self, s: Statement) -> Iterator[str]:
        look, text = self._look, self._reading.article.text
        if s.cue is None:
            yield look.label("page", "uncued")
        else:
            yield "«" + bdi(s.cue.of(text), ' class="cue-word"') + "»"
        yield look.label("mode", s.mode)
        yield f'<span class="act">{look.label("act", s.act)}</span>'
        if s.occasion is not None:
            where = "، ".join(bdi(x) for x in (s.occasion.channel, s.occasion.place) if plain(x))
            yield look.label("occasion", s.occasion.kind) + (f" ({where})" if where else "")
        if s.said is not None and s.said.basis == "statement":
            yield look.phrase("column", "said", " " + _time(s.said.moment, look))
        if s.via is not None:
            yield look.phrase("column", "via", f" {bdi(s.via.of(text))}")
        if s.parent in self._ids:
            yield look.phrase("page", "inside", f" {self._to(s.parent)}")
        if s.id in self._inner:
            yield look.phrase("page", "holds", " " + " ".join(map(self._to, self._inner[s.id])))
        yield look.phrase("column", "confidence", f" {bdi(share(s.confidence, look.numerals))}")

    def _to(self, ident: int) -> str:
        """A link to the card of another statement."""
        return f'<a href="#{self._anchor}-s{ident}"><bdi>{self._look.number(ident)}</bdi></a>'

    def events(self) -> str:
        """The events with those who took part; ``""`` if there are none."""
        items = "".join(f"<li>{self._event(e)}</li>" for e in self._reading.events)
        heading = self._look.label("page", "events")
        return f'<section class="events"><h3>{heading}</h3><ul>{items}</ul></section>\n' if items else ""

    def _event(self, e: Event) -> str:
        look = self._look
        facts = [bdi(e.place)] if plain(e.place) else []
        facts += [_time(e.date.moment, look)] if e.date is not None else []
        people = "".join(f"<li>{self._participant(p)}</li>" for p in e.participants)
        about = f" ({'، '.join(facts)})" if facts else ""
        return f"<b>{bdi(e.name)}</b>{about}<ul>{people}</ul>"

    def _participant(self, p: Participant) -> str:
        known = p.known_as if not plain(p.name) else p.name
        return "، ".join(bdi(x) for x in (known, p.role) if plain(x))

    def sources(self) -> str:
        """The table of sources: name, kind, role, and their statements; ``""`` if there are none."""
        counts = Counter(s.who for s in self._reading.statements)
        rows = [self._source(key, counts[key]) for key in self._classes]
        lost = sum(n for key, n in counts.items() if key not in self._classes)
        if lost:
            rows.append(self._source(None, lost))
        if not rows:
            return ""
        heads = "".join(
            f'<th scope="col" class="s-{k}">{self._look.label("column", k)}</th>'
            for k in ("source", "kind", "role", "count")
        )
        return (
            f'<section class="sources"><h3>{self._look.label("page", "sources")}</h3>'
            f"<table><thead><tr>{heads}</tr></thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
            f"{self._key()}</section>\n"
        )

    def _key(self) -> str:
        """What the marks in the text mean, shown in the look of the first source."""
        look = self._look
        if not self._reading.statements:
            return ""
        first = next(iter(self._classes.values()), "hx ux")
        parts = (
            f'<mark class="q {first}">{look.label("page", "key_content")}</mark>',
            f'<span class="cue w {first}">{look.label("page", "key_cue")}</span>',
            f'<span class="speaker w {first}">{look.label("page", "key_speaker")}</span>',
        )
        return f'<p class="key"><b>{look.phrase("page", "key", ":")}</b> {" ".join(parts)}</p>'

    def _source(self, key: str | None, count: int) -> str:
        look = self._look
        source = None if key is None else self._reading.sources[key]
        known = source is not None and plain(source.name)
        name = (
            bdi(source.name) if source and known else f'<span class="unknown">{look.label("page", "unresolved")}</span>'
        )
        classes = "hx ux" if key is None else self._classes[key]
        said = [s.id for s in self._reading.statements if (s.who if s.who in self._classes else None) == key]
        links = "".join(f" {self._to(i)}" for i in said)
        kind = look.label("kind", source.kind) if source else ""
        role = bdi(source.role) if source and plain(source.role) else ""
        return (
            f'<tr class="{classes}"><th scope="row" class="s-source"><span class="swatch">{name}</span></th>'
            f'<td class="s-kind">{kind}</td><td class="s-role">{role}</td>'
            f'<td class="s-count"><b><bdi>{look.number(count)}</bdi></b><span class="where">{links}</span></td></tr>'
        )
