"""What the learned extractor is told of each token besides the word: lexicon, names, quotations, places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from qawl.statements.lexicon import lookup, phrases, phrases_at
from qawl.statements.mentions import classes, is_given
from qawl.statements.parsed import Parsed, function_words, has_letters, initials, nouns, verbs

__all__ = ["Paragraph", "context_features", "form_features", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as token indices ``[first, last)`` and the kind of its block."""

    first: int
    last: int
    kind: str


LONGEST = 4000  # tokens of a paragraph; the longest in eight thousand articles of news has 3,629


def paragraphs(p: Parsed) -> list[Paragraph]:
    """The paragraphs that are read."""
    out: list[Paragraph] = []
    for s in p.sentences:
        # A paragraph without end is read in pieces, so that memory does not grow with it.
        if s.opens or not out or s.last - out[-1].first > LONGEST:
            out.append(Paragraph(s.first, s.last, s.kind))
        else:
            out[-1] = Paragraph(out[-1].first, s.last, s.kind)
    return out


@cache
def _word_classes() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name, forms in function_words().items():
        for form in forms:
            out[form] = (*out.get(form, ()), f"f:{name}")
    return out


@lru_cache(maxsize=1 << 16)
def form_features(form: str) -> tuple[str, ...]:
    """The features that a folded form has wherever it stands.

    Parameters
    ----------
    form : str
        A folded token.

    Returns
    -------
    tuple of str
        Names of features, each once.
    """
    if not has_letters(form):
        return ("mark",)
    out = list(_word_classes().get(form, ()))
    if form[0].isdigit():
        return (*out, "digit")
    readings = lookup(form)
    for reading, clitic in readings:
        kind = reading.form
        out += [f"r:{kind}", f"r:{kind}:{reading.entry.kind}", f"r:{kind}:{int(reading.strength * 5)}"]
        out += [f"cl:{kind}:{clitic}", f"r:{kind}:{reading.gender}{reading.number}"]
        out += [f"c:{c}" for c in reading.entry.complements]
        if reading.accusative:
            out.append("r:accusative")
        if reading.suffix:
            out.append(f"r:{kind}:suffix")
        if reading.person != 3:
            out.append(f"r:person:{reading.person}")
    out += [f"g:{c}" for c in classes(form)]
    if is_given(form):
        out.append("given")
    if form in nouns():
        out.append("noun")
    if form in verbs():
        out.append("verb")
    if form in initials():
        out.append("initial")
    if form.startswith(("ال", "لل", "وال", "بال")):
        out.append("definite")
    return tuple(dict.fromkeys(out))


@cache
def _phrase_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What the cue phrases begin with: words, words before a pronoun suffix, and lemmas of verbs."""
    first = [phrase.slots[0] for phrase in phrases()]
    return (
        frozenset(slot for slot in first if "{" not in slot),
        frozenset(slot[:-3] for slot in first if slot.endswith("{P}")),
        frozenset(slot[3:-1] for slot in first if slot.startswith("{V:")),
    )


@lru_cache(maxsize=1 << 16)
def _opens_phrase(form: str) -> bool:
    """Whether a cue phrase may begin with a word: a quick look before the slow one."""
    words, stems, lemmas = _phrase_words()
    bare = form[1:] if form[0] in "وف" else form
    if form in words or bare in words or any(reading.lemma in lemmas for reading, _ in lookup(form)):
        return True
    return any(w[:n] in stems for w in (form, bare) for n in range(2, len(w)))


def _length(n: int) -> str:
    return "1" if n <= 2 else "3" if n <= 4 else "5" if n <= 12 else "13"


def _note_quotations(p: Parsed, names: defaultdict[int, list[str]]) -> None:
    """Adds where quotations open, close and go on, and how long they are."""
    for k, quote in p.opens.items():
        names[k].append(f"q:open:{_length(p.length(quote))}")
    for k, quote in p.closes.items():
        names[k].append(f"q:close:{_length(p.length(quote))}")
    sizes = {q: f"q:in:{_length(p.length(q))}" for q in {*p.inside} if q >= 0}
    if sizes:
        for k, quote in enumerate(p.inside):
            if quote >= 0:
                names[k].append(sizes[quote])


def context_features(p: Parsed, found: list[Paragraph]) -> list[tuple[str, ...]]:
    """The features of each token of the text that come from where it stands."""
    form = p.tok.form
    names: defaultdict[int, list[str]] = defaultdict(list)
    _note_quotations(p, names)
    for n, paragraph in enumerate(found):
        names[paragraph.first].append("p:first")
        names[paragraph.last - 1].append("p:last")
        kind = paragraph.kind if paragraph.kind != "body" else "lead" if n == 1 else ""
        if kind:
            for k in range(paragraph.first, paragraph.last):
                names[k].append(f"k:{kind}")
        for k in range(paragraph.first, paragraph.last):
            if _opens_phrase(form[k]):
                for phrase, places in phrases_at(form, k):
                    names[k].append(f"ph:{phrase.kind}:{phrase.position}")
                    names[places[-1]].append("ph:end")
                    break
    for s in p.sentences:
        names[s.first].append("s:first")
        names[s.last - 1].append("s:last")
    out: list[tuple[str, ...]] = [()] * len(form)
    for k, own in names.items():
        out[k] = tuple(own)
    return out
