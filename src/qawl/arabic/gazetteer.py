"""The gazetteer: what a word or a run of words says about the source it is part of.

It knows titles («وزير»), places with their nisbas («أنقرة», «الأمريكي»), named bodies («منظمة الصحة العالمية»), media
(«رويترز»), given names and the head nouns of sources («متظاهرون», «بيان»). Its rows are data files under
``qawl.data``; this module loads them and looks words up. It decides nothing: a word may be several things, and the
caller, who sees the whole mention, chooses.

All look-ups take words folded with `qawl.arabic.fold.fold`. They see through the article (ال), joined particles
(«وللوزير») and the endings of case, number and possession («نظيره», «متحدثو»), the plain reading first: «والي» is a
governor before it is «و» and something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from qawl.arabic.entries import (
    Body,
    Forms,
    GivenName,
    Medium,
    Place,
    SourceNoun,
    Title,
    bodies,
    given_names,
    media,
    places,
    source_nouns,
    titles,
)
from qawl.arabic.fold import fold
from qawl.arabic.readings import DUAL, Phrases, bare, keys, same_spelling, unended, unjoined

__all__ = [
    "Body", "Gazetteer", "GivenName", "Medium", "Named", "Place", "SourceNoun", "Title",
    "bodies", "gazetteer", "given_names", "media", "places", "source_nouns", "titles",
]  # fmt: skip

Gender = Literal["m", "f", ""]
Named = Body | Medium | Place

# After one of these the name of a medium is meant, however ordinary the word («صحيفة اليوم»).
_MEDIA_HEADS = frozenset(
    fold(w)
    for w in ("صحيفة", "جريدة", "قناة", "شبكة", "محطة", "تلفزيون", "فضائية", "موقع", "بوابة", "منصة", "إذاعة", "راديو",
              "مجلة", "دورية", "أسبوعية", "وكالة", "مجموعة")
)  # fmt: skip
_AGENCY = tuple(fold("وكالة أنباء").split())
# What can follow the name of a medium and belongs to it («وكالة الأناضول للأنباء»).
_MEDIA_TAILS = frozenset(fold(w) for w in ("للأنباء", "الإخبارية", "الإخباري", "الإعلامية", "الفضائية", "الإلكترونية"))
_Entry = tuple[Forms, Named, bool]
_Index = dict[str, dict[str, list[_Entry]]]  # by the first word and the second, which is "" where there is none
_REMEMBERED = 50_000  # words whose readings are kept; past that the memory starts anew


class Gazetteer:
    """All tables, indexed. Take the shared one from `gazetteer`.

    Words and phrases are given folded (`qawl.arabic.fold.fold`), phrases as a sequence of words without punctuation.
    """

    __slots__ = ("_classes", "_firsts", "_genders", "_media", "_names", "_nisbas", "_nouns", "_states",
                 "_titles", "_weak_nisbas")  # fmt: skip

    def __init__(self) -> None:
        self._classes: dict[str, frozenset[str]] = {}
        self._firsts: dict[str, tuple[str, ...]] = {}
        self._titles: Phrases[Title] = Phrases()
        for t in titles():
            self._titles.add((t.title, *t.variants, *t.feminine, *t.plural), t)
        self._nouns: Phrases[SourceNoun] = Phrases()
        for n in source_nouns():
            self._nouns.add((n.noun, *n.plural, *n.feminine), n)
        self._genders: dict[str, str] = {}
        for g in given_names():
            for form in keys((g.name, *g.variants)):
                self._genders.setdefault(form, g.gender)
        self._states = {p.name: p for p in places() if p.kind in ("state", "territory")}
        self._nisbas: dict[str, tuple[Place, Literal["m", "f", "p"]]] = {}
        self._weak_nisbas: set[str] = set()
        for p in places():
            self._add_nisbas(p)
        self._names: _Index = {}
        self._media: _Index = {}
        self._add_names()

    def _add_nisbas(self, place: Place) -> None:
        if place.weak:
            self._weak_nisbas.update(keys(place.weak))
        forms: tuple[tuple[Forms, Literal["m", "f", "p"]], ...] = (
            (place.nisba_m, "m"), (place.nisba_f, "f"), (place.nisba_plural, "p"),
        )  # fmt: skip
        for nisbas, form in forms:
            if nisbas:
                found = (place, form)
                for nisba in keys(nisbas):
                    self._nisbas.setdefault(nisba, found)

    def _add_names(self) -> None:
        # Names before variants, so that «عمان» is the city and only «سلطنة عمان» the sultanate; places before
        # bodies before media where two have the same name.
        variants: list[tuple[str, Named, bool]] = []
        everything: tuple[Named, ...] = (*places(), *bodies(), *media())
        for entry in everything:
            weak = entry.weak
            name, *others = keys((entry.name, *entry.variants))
            self._add_name(name, entry, entry.name in weak)
            variants.extend((key, entry, form in weak) for key, form in zip(others, entry.variants, strict=True))
        for key, entry, is_weak in variants:
            self._add_name(key, entry, is_weak)
        for index in (self._names, self._media):
            for by_second in index.values():
                for known in by_second.values():
                    # The longest first; of the same length those that stand on their own first. The sort is stable.
                    if len(known) > 1:
                        known.sort(key=lambda e: (-len(e[0]), e[2]))

    def _add_name(self, key: str, entry: Named, weak: bool) -> None:
        first, *rest = key.split()
        item = (tuple(rest), entry, weak)
        second = rest[0] if rest else ""
        self._names.setdefault(first, {}).setdefault(second, []).append(item)
        if isinstance(entry, Medium):
            self._media.setdefault(first, {}).setdefault(second, []).append(item)

    def title(self, folded_word: str) -> Title | None:
        """The title that a word (or a whole phrase, its words parted by spaces) is a form of.

        Parameters
        ----------
        folded_word : str
            In any inflection, with or without article and joined particles: «للوزيره», «نظيره», «وزير الخارجيه».

        Returns
        -------
        Title or None
            None if it is no title.
        """
        words = folded_word.split()
        found = self._titles.find(words, 0) if words else None
        return found[1] if found is not None and found[0] == len(words) else None

    def longest_title(self, folded_words: Sequence[str], i: int) -> tuple[int, Title] | None:
        """The longest title that starts at word `i`, with the number of its words; None if there is none."""
        return self._titles.find(folded_words, i)

    def longest_noun(self, folded_words: Sequence[str], i: int) -> tuple[int, SourceNoun] | None:
        """The longest head noun of a source at word `i` («شهود عيان»), with the number of its words; else None."""
        return self._nouns.find(folded_words, i)

    def nisba(self, folded_word: str, *, weak: bool = False) -> tuple[Place, Literal["m", "f", "p"]] | None:
        """The place that an adjective of origin belongs to, and its form.

        Parameters
        ----------
        folded_word : str
            «الامريكي», «امريكيه», «للاردنيين», «كوري جنوبي».
        weak : bool
            Whether to take adjectives, too, that are more often ordinary words («مالي»: of Mali, or financial).

        Returns
        -------
        (Place, form) or None
            The form is m, f, or p for plural and dual.
        """
        word = same_spelling(folded_word)
        if " " in word:
            word = " ".join(bare(w) for w in word.split())
        for whole in (word, *unjoined(word)):
            for reading in (whole, bare(whole)):
                found = self._nisbas.get(reading)
                if found is not None:
                    return found if weak or reading not in self._weak_nisbas else None
                if any(isinstance(e, Place) for _, e, _ in self._alone(reading)):
                    return None  # «سوريا» is the country, no accusative of «سوري».
            for ending, instead in (*DUAL, ("ا", "")):
                stem = bare(whole)
                base = stem[: -len(ending)] + instead if stem.endswith(ending) else ""
                found = self._nisbas.get(base)
                if found is not None and found[1] != "p" and (weak or base not in self._weak_nisbas):
                    return (found[0], "p") if ending != "ا" else found
        return None

    def longest_body(
        self, folded_words: Sequence[str], i: int, *, weak: bool = False
    ) -> tuple[int, Body | Medium | Place] | None:
        """The longest known name of a body, a medium or a place that starts at word `i`.

        Parameters
        ----------
        folded_words : sequence of str
            The words of the sentence, folded.
        i : int
            Where the name starts; joined particles of that word (و ف ب ل) are seen through.
        weak : bool
            Whether to take names, too, that are also ordinary words («فتح», «اليوم»). Say so where a source is
            expected, right after a cue. A medium after its head noun («صحيفة اليوم») is taken in any case.

        Returns
        -------
        (int, Body or Medium or Place) or None
            The number of words and the entry.
        """
        best: tuple[int, Named] | None = None
        for first in self._first_words(folded_words[i]):
            found = self._match(self._names, first, folded_words, i, weak)
            if first in _MEDIA_HEADS:
                found = max(found, self._after_head(first, folded_words, i), key=lambda f: f[0] if f else 0)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is not None and isinstance(best[1], Medium):
            after = i + best[0]
            if after < len(folded_words) and folded_words[after] in _MEDIA_TAILS:
                return best[0] + 1, best[1]
        return best

    def _first_words(self, word: str) -> tuple[str, ...]:
        """The readings of `word` that some name starts with; for most words there is none."""
        known = self._firsts.get(word)
        if known is None:
            if len(self._firsts) > _REMEMBERED:
                self._firsts.clear()
            # «ك» is left on: «كلاوس» is no Laos, and hardly anyone is «like» a ministry.
            readings = (word, *(() if word.startswith("ك") else unjoined(word)))
            known = tuple(r for r in readings if same_spelling(r) in self._names or r in _MEDIA_HEADS)
            self._firsts[word] = known
        return known

    def _after_head(self, head: str, words: Sequence[str], i: int) -> tuple[int, Named] | None:
        skip = 2 if (head, *words[i + 1 : i + 2]) == _AGENCY else 1
        if i + skip >= len(words):
            return None
        found = self._match(self._media, words[i + skip], words, i + skip, True)
        return (found[0] + skip, found[1]) if found is not None else None

    def _alone(self, word: str) -> Sequence[_Entry]:
        """The names that are this one word."""
        return self._names.get(word, {}).get("", ())

    @staticmethod
    def _match(index: _Index, first: str, words: Sequence[str], i: int, weak: bool) -> tuple[int, Named] | None:
        by_second = index.get(same_spelling(first), {})
        second = same_spelling(words[i + 1]) if i + 1 < len(words) else ""
        # Names of several words before those of one: the longest counts.
        for key in (second, "") if second else ("",):
            for rest, entry, is_weak in by_second.get(key, ()):
                if is_weak and not weak:
                    continue
                after = words[i + 1 : i + 1 + len(rest)]
                if len(after) == len(rest) and all(same_spelling(w) == r for w, r in zip(after, rest, strict=True)):
                    return len(rest) + 1, entry
        return None

    def state(self, name: str) -> Place | None:
        """The state or territory of ``places.tsv`` that has this name there."""
        return self._states.get(name)

    def gender_of(self, given_name_folded: str) -> Gender:
        """The gender of those who bear a given name; ``""`` if it is unknown or both bear it."""
        gender = self._genders.get(given_name_folded, "")
        return "m" if gender == "m" else "f" if gender == "f" else ""

    def word_classes(self, folded_word: str) -> frozenset[str]:
        """Everything that a single word can be, by its plainest reading that is known.

        Parameters
        ----------
        folded_word : str
            With or without article, joined particles and endings.

        Returns
        -------
        frozenset of str
            Of ``title`` and ``title:CLASS``, ``nisba``, ``place`` and ``place:KIND``, ``body``, ``medium``,
            ``given_m``, ``given_f``, ``source:KIND``. Names that are also ordinary words are left out. Empty if the
            word is unknown.
        """
        known = self._classes.get(folded_word)
        if known is None:
            if len(self._classes) > _REMEMBERED:
                self._classes.clear()
            known = self._classes[folded_word] = self._classify(same_spelling(folded_word))
        return known

    def _classify(self, word: str) -> frozenset[str]:
        # With and without article are one step: «الكاتب» has the classes of both «الكاتب» and «كاتب».
        whole = (word, *unjoined(word))
        for readings in (*({w, bare(w)} for w in whole), *({e} for w in whole for e in unended(w))):
            found = {c for reading in readings if self._knows(reading) for c in self._classes_of(reading)}
            # A name takes no article of its own: «الرياض» is no «رياض».
            gender = self._genders.get(max(readings, key=len), "")
            found.update(c for c, genders in (("given_m", "mu"), ("given_f", "fu")) if gender and gender in genders)
            if found:
                return frozenset(found)
        return frozenset({"nisba"}) if self.nisba(word) is not None else frozenset()

    def _knows(self, reading: str) -> bool:
        """Whether any list has a word: most have none, and this is quick."""
        return reading in self._titles or reading in self._nouns or reading in self._nisbas or reading in self._names

    def _classes_of(self, reading: str) -> Iterator[str]:
        for title in self._titles.all_of(reading):
            yield "title"
            yield f"title:{title.kind}"
        for noun in self._nouns.all_of(reading):
            yield f"source:{noun.kind}"
        if reading in self._nisbas and reading not in self._weak_nisbas:
            yield "nisba"
        for _, entry, weak in self._alone(reading):
            if weak:
                continue
            yield type(entry).__name__.lower()
            if isinstance(entry, Place):
                yield f"place:{entry.kind}"


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process; built on the first call.

    Raises
    ------
    DataError
        If a data file is missing or malformed.
    """
    return Gazetteer()
