"""The words that the record's search knows: nouns with their counts and plurals, adjectives, names, verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from qawl.arabic.tables import read_table
from qawl.record.spelling import spelling
from qawl.record.verb_forms import VERB_MARK, VerbForm, read_verbs

__all__ = ["Vocabulary", "vocabulary"]

# Weights of words of the lists that were not counted, on the scale of the counts, which start at 15.
_LISTED = 8.0
_RARE = 3.0  # of which only is known that they are met
_JOINED = 0.02  # and may well be other words with clitics
_GIVEN_NAME, _PLACE = 50.0, 100.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words, all as `spelling` gives them.

    Parameters
    ----------
    nouns : dict
        Word to how often it is met without the article, about.
    definite : dict
        Word to how often it is met with it.
    singulars : dict
        Irregular plural to its singulars.
    lemmas : frozenset
        Base forms: the singulars of irregular plurals, what is in `adjectives` and `wholes`, and irregular plurals that
        have a sound plural («معارض», of معرض, but also معارضون).
    masdars : frozenset
        Spellings that are an irregular plural in أ and a verbal noun in إ («أعلام», «إعلام»).
    hamza_above : frozenset
        Irregular plurals that start with أ or آ («أياد», not «إياد»).
    adjectives : frozenset
        Words whose feminine in ta marbuta is the same word.
    variants : dict
        Other spelling of a word to the one that keys have.
    in_ya : frozenset
        Words that end in ya, not in alef maqsura, which folding makes one.
    names : frozenset
        Names of people and places.
    wholes : frozenset
        Words that only look inflected or joined.
    functions : dict
        Function word to the letters that it starts with as written («أمام» is one, «إمام» is not).
    verbs, relatives : dict
        As in `Verbs`.
    """

    nouns: dict[str, float]
    definite: dict[str, float]
    singulars: dict[str, tuple[str, ...]]
    lemmas: frozenset[str]
    masdars: frozenset[str]
    hamza_above: frozenset[str]
    adjectives: frozenset[str]
    variants: dict[str, str]
    in_ya: frozenset[str]
    names: frozenset[str]
    wholes: frozenset[str]
    functions: dict[str, str]
    verbs: dict[str, tuple[VerbForm, ...]]
    relatives: dict[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary from the data files, read once."""
    counts = {spelling(row["word"]): (float(row["bare"]), float(row["definite"])) for row in read_table("nouns")}
    plurals = {row["singular"]: row["plurals"].split("|") for row in read_table("broken_plurals")}
    adjectives = frozenset(spelling(word) for row in read_table("adjectives") for word in row["words"].split())
    wholes = frozenset(map(spelling, _search_words("whole")))
    variants = {
        spelling(variant): spelling(row["word"])
        for row in read_table("spelling_variants")
        for variant in row["variants"].split("|")
    }
    singulars = _singulars(plurals)
    above = {spelling(form) for forms in plurals.values() for form in forms if form[0] in "أآ"}
    names = _names()
    verbs = read_verbs(counts)
    functions: dict[str, str] = {}
    for word in _search_words("function"):
        functions[spelling(word)] = functions.get(spelling(word), "") + word[0]
    nouns = _nouns(counts, singulars, names, {*adjectives, *wholes, *variants, *variants.values()}, functions)
    _add_rare(nouns, verbs.forms)
    return Vocabulary(
        nouns=nouns,
        definite={word: definite for word, (_, definite) in counts.items()},
        singulars=singulars,
        lemmas=adjectives | wholes | {spelling(word) for word in plurals} | _with_sound_plural(singulars, counts),
        masdars=frozenset(_masdars(above, verbs.forms)),
        hamza_above=frozenset(above),
        adjectives=adjectives,
        variants=variants,
        in_ya=frozenset(spelling(word) for word in (*plurals, *adjectives) if word.endswith("ي")),
        names=frozenset(names),
        wholes=wholes,
        functions=functions,
        verbs=verbs.forms,
        relatives=verbs.relatives,
    )


def _search_words(kind: str) -> Iterator[str]:
    return (word for row in read_table("search_words") if row["kind"] == kind for word in row["words"].split())


def _singulars(plurals: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for singular, forms in plurals.items():
        one = spelling(singular)
        for plural in map(spelling, forms):
            if plural != one:
                out[plural] = (*out.get(plural, ()), one)
    return out


def _with_sound_plural(words: Iterable[str], counts: Container[str]) -> set[str]:
    return {word for word in words if word + "ين" in counts or word + "ون" in counts}


def _masdars(plurals: Iterable[str], verbs: dict[str, tuple[VerbForm, ...]]) -> Iterator[str]:
    for form in plurals:
        # «أعلام» could be إعلام, since there is a verb أعلم.
        past = form[:3] + form[4:] if len(form) == 5 and form[3] == "ا" else ""
        if any(verb.key == past + VERB_MARK for verb in verbs.get(past, ())):
            yield form


def _nouns(
    counts: dict[str, tuple[float, float]],
    singulars: dict[str, tuple[str, ...]],
    names: dict[str, float],
    listed: Iterable[str],
    functions: Container[str],
) -> dict[str, float]:
    """Words to their weights."""
    # A word like «وفي» is met often, but hardly with the article: that is what is left of the count of a noun.
    out = {word: min(bare, 6 * definite + 15) for word, (bare, definite) in counts.items() if word not in functions}
    for plural, ones in singulars.items():
        # A singular that was not counted, or as a short word could not be («حل»), is about as frequent as its plural.
        for one in ones:
            out[one] = max(out.get(one, _LISTED), out.get(plural, 0.0) / len(ones))
    for word in (*singulars, *listed):
        out.setdefault(word, _LISTED)
    for word, weight in names.items():
        out[word] = max(out.get(word, 0.0), weight)
    return out


def _names() -> dict[str, float]:
    """Single words that are names, without the article, and how often they are met, about."""
    out: dict[str, float] = {}
    for row in read_table("surnames"):
        out[_bare(row["word"])] = float(row["count"])
    for row in read_table("given_names"):
        for name in (row["name"], *row["variants"].split("|")):
            if name and " " not in name:
                out.setdefault(spelling(name), _GIVEN_NAME)
    for row in read_table("places"):
        weak = row["weak"].split("|")
        for name in (row["name"], *row["variants"].split("|")):
            if name and " " not in name and name not in weak:
                out.setdefault(_bare(name), _PLACE)
    return out


def _bare(name: str) -> str:
    """A name without the article («الرياض», but «ألمانيا»)."""
    return spelling(name[2:] if name.startswith("ال") and len(name) > 4 else name)


def _add_rare(nouns: dict[str, float], verbs: dict[str, tuple[VerbForm, ...]]) -> None:
    """Adds the rarer words, of which the lists do not say what they are."""
    rare = {spelling(word) for row in read_table("common_words") for word in row["words"].split()}
    clitics: dict[str, set[str]] = defaultdict(set)
    for word in rare:
        if word[0] in "وبلفك" and len(word) > 4:
            clitics[word[1:]].add(word[0])
    # What is met with two clitics is a word («بإدخال», «وإدخال»).
    rare |= {word for word, seen in clitics.items() if len(seen) > 1}
    known = nouns.keys() | rare | verbs.keys()
    for word in rare - nouns.keys():
        # A form of a verb is a noun, too, if it is met after a preposition («بغسل»).
        if word not in verbs or "ب" + word in rare:
            nouns[word] = _JOINED if known.intersection(_without_clitic(word)) else _RARE


def _without_clitic(word: str) -> Iterator[str]:
    if word[0] in "وبلفكس" and len(word) > 3:
        yield word[1:]
    for suffix in ("هما", "ها", "هم", "نا", "ه", "ك", "ي"):
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            yield word[: -len(suffix)]
            yield word[: -len(suffix)].removesuffix("ت") + "ه"
