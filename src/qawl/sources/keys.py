"""Names and titles as they are compared: folded, without articles, states for their adjectives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from qawl.arabic.entries import Place, places
from qawl.arabic.fold import fold
from qawl.arabic.gazetteer import gazetteer
from qawl.arabic.words import strip_article
from qawl.statements.mentions import classes
from qawl.statements.parsed import initials, nouns

__all__ = ["HONORIFIC", "body_key", "key_words", "name_key", "offices", "portfolio", "role_key"]

HONORIFIC = frozenset(
    "السيد السيده الدكتور الدكتوره د معالي سعاده سمو صاحب السمو الملكي فخامه جلاله الاستاذ المهندس".split()
)
"""Words before a name that are neither part of it nor tell people apart."""

# Ministries are named by their portfolios alone.
_PORTFOLIOS = frozenset("خارج داخل دفاع خزان صح مال تعليم عدل زراع تجار اوقاف طاق".split())
_LONGEST_PORTFOLIO = 3  # words: «الخارجية النورية»
_JOINTS = frozenset("في من لدي ب ل هذا هذه تلك ذلك هولاء".split())
# Endings of pronoun, adjective and gender, the longest first.
_ENDINGS = ("يتهم", "يتها", "يته", "تهم", "تها", "ته", "يه", "ي", "ه")
_SHORTEST = 3  # letters that a word keeps


@lru_cache(maxsize=65536)
def key_words(form: str) -> str:
    """A folded word as names and titles are compared: without article or joined ل."""
    return strip_article(form)


def name_key(forms: list[str]) -> tuple[str, ...]:
    """The words of a name to compare: «عبد الله» and «عبدالله» are one, as are «أبو زيد» and «أبوزيد»."""
    out: list[str] = []
    open_word = ""
    for f in forms:
        f = "بن" if f == "ابن" else f
        if f in ("عبد", "ابو", "ال") and not open_word:
            open_word = f
            continue
        out.append(key_words(open_word + f if open_word != "ال" else f))
        open_word = ""
    return tuple([*out, open_word] if open_word else out)


@lru_cache(maxsize=16384)
def _role_word(form: str) -> tuple[str, ...]:
    """A word of a title as titles are compared: countries for their nisbas, government for cabinet."""
    if form[0] in "وبل" and len(form) > _SHORTEST and form not in initials():
        rest = form[1:]
        form = rest if rest.startswith("ال") or classes(rest) or gazetteer().longest_body((rest,), 0) else form
    bare = key_words(form)
    nisba = gazetteer().nisba(form)
    if nisba is not None:
        return (f"@{fold(nisba[0].state or nisba[0].name)}",)
    place = gazetteer().longest_body((form,), 0)
    if place is not None and isinstance(place[1], Place):
        return (f"@{fold(place[1].state or place[1].name)}",)
    if bare in ("اممي", "امميه"):
        return ("@امم",)
    if bare in ("امم", "متحده"):
        return ("@امم",) if bare == "امم" else ()
    if bare in ("وزراء", "حكومه"):
        return ("@وزراء",)
    if bare.endswith("ا") and len(bare) > _SHORTEST and bare[:-1] in nouns():
        bare = bare[:-1]  # «أصدرت تقريرا …، وأضاف التقرير»
    if len(bare) > _SHORTEST + 1 and bare.endswith(("ون", "و")):
        bare = bare.removesuffix("ون").removesuffix("و") + "ين"  # «الخبراء المصرفيون» and «المصرفيين», «مصرفيو البنك»
    ending = next((x for x in _ENDINGS if bare.endswith(x) and len(bare) - len(x) >= _SHORTEST), "")
    return (bare.removesuffix(ending),)


def role_key(forms: list[str]) -> frozenset[str]:
    """The words of a title as a set to compare: «الوزير النوري» is part of «وزير الخارجية النوري»."""
    return _role_key(tuple(forms))


@lru_cache(maxsize=8192)
def _role_key(forms: tuple[str, ...]) -> frozenset[str]:
    if not _long_states().isdisjoint(forms):
        return frozenset(_role_words(forms)) | _doubled(forms)
    return frozenset(w for f in forms if f not in HONORIFIC for w in _role_word(f)) | _doubled(forms)


def _doubled(forms: Sequence[str]) -> frozenset[str]:
    """What a word said twice adds: «ولي ولي العهد» is not «ولي العهد»."""
    return frozenset(f"{f}×2" for f, after in pairwise(forms) if f == after)


@cache
def _long_states() -> frozenset[str]:
    """The first words of states whose names have several: «الولايات المتحدة», as they stand and with a joined ل."""
    forms = ((p.name, *p.variants, *p.nisba_m, *p.nisba_f) for p in places() if p.kind in ("state", "territory"))
    names = [fold(n) for group in forms for n in group]
    firsts = {n.split()[0] for n in names if " " in n}
    firsts |= {f"ال{w}" for w in firsts if not w.startswith("ال")}  # «الكوري الجنوبي»
    return frozenset(firsts | {f"لل{w[2:]}" for w in firsts if w.startswith("ال")} | {f"ل{w}" for w in firsts})


def _role_words(forms: Sequence[str]) -> Iterator[str]:
    """The words of a title that may name a state by several words, which count as one."""
    i = 0
    while i < len(forms):
        found = gazetteer().longest_body(forms, i) if forms[i] in _long_states() else None
        if found is not None and found[0] > 1 and isinstance(found[1], Place):
            yield f"@{fold(found[1].state or found[1].name)}"
            i += found[0]
            continue
        nisba = gazetteer().nisba(" ".join(forms[i : i + 2])) if forms[i] in _long_states() else None
        if nisba is not None and i + 1 < len(forms):
            yield f"@{fold(nisba[0].state or nisba[0].name)}"
            i += 2
            continue
        if forms[i] not in HONORIFIC:
            yield from _role_word(forms[i])
        i += 1


def body_key(forms: list[str]) -> tuple[str, ...]:
    """The words of a body's name to compare: «الخارجية النورية» is «وزارة الخارجية في نورية»."""
    out = [w for f in forms if f not in _JOINTS for w in _role_word(f)]
    if len(forms) <= _LONGEST_PORTFOLIO and portfolio(forms[0]):
        out.insert(0, "وزار")
    return tuple(out)


def portfolio(form: str) -> bool:
    """Whether a folded word alone names a ministry: «الخارجية»."""
    return form.startswith("ال") and bool(_PORTFOLIOS.intersection(_role_word(form)))


def offices(form: list[str]) -> frozenset[str]:
    """The offices of a title: titles that no bare title stands before («نائب رئيس المجلس» is no president)."""
    found: list[str] = []
    for i, f in enumerate(form):
        if f == "باسم":
            break  # «المتحدث باسم الرئيس» is no president
        if "title" in classes(f) and f not in HONORIFIC:
            before = form[i - 1] if i else ""
            if not before or before.startswith("ال") or "title" not in classes(before) or before in HONORIFIC:
                found.extend(_role_word(f))
    return frozenset(found)
