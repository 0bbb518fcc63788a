"""Words of names: what a single word says about the personal name that it may be part of."""

from __future__ import annotations

from functools import cache, lru_cache

from qawl.arabic.entries import given_names
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.tables import read_table
from qawl.statements.lexicon import lookup
from qawl.statements.parsed import Parsed, function_words, nouns, rarely_definite, verbs

__all__ = [
    "classes", "given_forms", "is_ali", "is_family", "is_given", "is_name", "is_stop", "is_verbal", "names_follow",
    "plain_words", "stops", "surnames",
]  # fmt: skip


@cache
def stops() -> frozenset[str]:
    words = function_words()
    return words["stop"] | words["adverb"] | words["rel"] | words["comp"] | words["comp_pron"] | words["aux"]


@lru_cache(maxsize=65536)
def classes(form: str) -> frozenset[str]:
    """The gazetteer's classes of a folded word (``title``, ``nisba``, ``given_m``, ``source:organization`` …)."""
    return gazetteer().word_classes(form)


@cache
def given_forms() -> frozenset[str]:
    """Given names as they are written, folded; without those that are a common word first («باسم»)."""
    names = (fold(n) for g in given_names() for n in (g.name, *g.variants))
    return frozenset(n for n in names if " " not in n) - {"باسم"}


@cache
def surnames() -> frozenset[str]:
    """Words that often stand right after a given name («بلينكن»)."""
    return frozenset(row["word"] for row in read_table("surnames"))


@cache
def plain_words() -> frozenset[str]:
    """Forms of common words that no other list holds («تتلقاه»): no names, though nothing else says so."""
    return frozenset(word for row in read_table("common_words") for word in row["words"].split())


@lru_cache(maxsize=65536)
def is_given(form: str) -> bool:
    """Whether a folded word is a listed given name, as it stands, and no nisba («يمني», «يمنى»)."""
    return form in given_forms() and form not in stops() and "nisba" not in classes(form)


@lru_cache(maxsize=65536)
def is_name(form: str) -> bool:
    """Whether a word looks like part of a personal name: it is listed as one, or is no word of any other kind."""
    if not form.isalpha() or form in stops():
        return False
    if form in given_forms() or form in surnames():
        return True
    if len(form) < 3 or form.startswith(("ال", "لل")) or classes(form) - _GIVEN or lookup(form):
        return False
    if (form[0] in "وف" and form[1:] in given_forms()) or (form.startswith("وال") and len(form) > 5):
        return False  # «وسالم»: another name begins; «والمتفائلين»
    return not _common(form)


_GIVEN = frozenset({"given_m", "given_f", "given_u"})
_SUFFIXES = ("ها", "هم", "هما", "نا", "ه", "ا", "ات", "ين", "ون", "ان", "تين")
_JOINED = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وال", "بال")


def _common(form: str) -> bool:
    """Whether a word is a common noun or verb, also with a joined particle or ending («بمناسبة», «لقاءه»)."""
    if form in plain_words():
        return True
    if form[0] == "س" and form[1:] in verbs():
        return True
    stems = [form, *(form[len(j) :] for j in _JOINED if form.startswith(j) and len(form) - len(j) > 2)]
    for stem in stems:
        if stem != form and (classes(stem) - _GIVEN or "ال" + stem in given_forms()):
            return True
        if stem in nouns() or "ال" + stem in nouns() or stem in verbs() or (stem != form and stem in stops()):
            return True
        for suffix in _SUFFIXES:
            rest = stem[: -len(suffix)]
            if stem.endswith(suffix) and len(rest) > 2:
                if suffix != "هما" and rest.endswith("ات") and rest[:-2] in nouns():
                    return True
                if rest in nouns() or rest + "ه" in nouns() or (suffix in ("ه", "ها", "هم") and rest in verbs()):
                    return True
                if suffix in ("ه", "ها", "هم") and rest.endswith("ت") and rest[:-1] + "ه" in nouns():
                    return True
    return form[0] in "يتن" and len(form) > 3 and form.endswith(("ون", "ين", "وا"))


def is_ali(p: Parsed, k: int) -> bool:
    """Whether token `k` is the name «علي», not the preposition «على»: by its ya, and a name beside it.

    In a text that writes the preposition «على», the ya alone tells.
    """
    form = p.tok.form
    if form[k] != "علي" or p.text[p.tok.end[k] - 1] != "ي":
        return False
    if _writes_ala(p.text) or (k > 0 and form[k - 1] == "بن"):
        return True
    if 0 < k < len(form) - 2 and form[k - 1] in "،," and form[k + 1].startswith("ال") and form[k + 2] in "،,":
        return True  # «عضو اللجنة، علي الراوي، أن»
    return (k + 1 < len(form) and is_given(form[k + 1])) or (k > 0 and is_given(form[k - 1]))


@lru_cache(maxsize=4)
def _writes_ala(text: str) -> bool:
    """Whether a text tells the preposition «على» from the name «علي» by its last letter, as careful writing does."""
    return text.count(" على ") > 2 * text.count(" علي ")


def is_stop(form: str) -> bool:
    """Whether no speaker's phrase begins with a word: a particle or adverb, also with و or ف («ومن جانبها»)."""
    return form in stops() or (form[0] in "وف" and form[1:] in stops())


@lru_cache(maxsize=65536)
def is_verbal(form: str) -> bool:
    """Whether a word can only be a verb: «سيقول», or a finite form of a cue that is no common noun."""
    if form in nouns() or form.startswith("ال") or classes(form):
        return False
    if len(form) > 4 and form[:2] in ("سي", "ست", "سن") and lookup(form[1:]):
        return True
    readings = lookup(form)
    for suffix in ("ها", "هم", "ه", "وا", "ون"):
        if form.endswith(suffix) and len(form) - len(suffix) > 2 and form[: -len(suffix)] in verbs():
            return True
    return form in verbs() or (bool(readings) and all(r.form in ("past", "present") and not c for r, c in readings))


@lru_cache(maxsize=65536)
def names_follow(title: str, word: str) -> bool:
    """Whether `word` must be a name since it stands without ال after a definite title («السفير نجار»)."""
    if not title.startswith("ال") or "title" not in classes(title) or word.startswith(("ال", "لل")) or is_stop(word):
        return False
    if is_verbal(word) or (word.endswith("ا") and word[:-1] in nouns()):
        return False
    return is_name(word) or "nisba" in classes(word) or word in rarely_definite()


@lru_cache(maxsize=65536)
def is_family(form: str, *, after_given: bool) -> bool:
    """Whether a word with its article may be the family name that ends a personal name («خالد العطوي»)."""
    if not form.startswith("ال") or len(form) < 5 or form in stops() or "title" in classes(form):
        return False
    if after_given:
        known = classes(form)
        if form in verbs() or known & {"body", "medium"} or any(c.startswith("source:") for c in known):
            return False
        return nouns().get(form[2:], 0) < _COMMON
    return form not in nouns() and form[2:] not in nouns() and not classes(form)


_COMMON = 60  # occurrences without the article from which a word is a common noun even after a given name
