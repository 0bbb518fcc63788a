"""Words inside titles: what may follow in the title of an office, and what ends it."""

from __future__ import annotations

from functools import lru_cache

from qawl.statements.lexicon import lookup
from qawl.statements.name_words import classes, is_stop, is_verbal
from qawl.statements.parsed import Parsed, function_words, initials, nouns, verbs

__all__ = ["ends_title", "speaks_for"]

_GIVEN = frozenset({"given_m", "given_f", "given_u"})
# Kinds of places that a title may be tied to with ب.
_LOCALES = frozenset("منطقه مدينه بلده قريه مملكه دوله جمهوريه مكتب فرع اقليم ولايه".split())


def ends_title(p: Parsed, j: int) -> bool:
    """Whether the word at token `j` cannot stand inside a title."""
    f, before = p.tok.form[j], p.tok.form[j - 1]
    words = function_words()
    if _no_part_of_title(f):
        return True
    # «الوزير في مؤتمر صحفي», not «المشرف على برنامج الطوارئ».
    if before in ("في", "عن") and (f in words["occasion"] or f.removeprefix("ال") in words["occasion"]):
        return True
    if "nisba" in classes(before) and f.startswith("ال") and not f.endswith(("ي", "يه")):
        # «الرئيس النوري ⟨التعازي …⟩»: after the adjective of a state only adjectives and titles go on.
        return f[2:] in nouns() and f not in words["rank"] and not classes(f) & {"title", "nisba"}
    return False


@lru_cache(maxsize=65536)
def _no_part_of_title(form: str) -> bool:
    """Whether a word stands inside no title: particles, verbs, participles, «نظيره», «بانتخاب»."""
    words = function_words()
    if is_stop(form) or form in words["comp"] | words["rel"] | words["adverb"]:
        return True
    if is_verbal(form) or (form in verbs() and form not in nouns() and not form.startswith("ال")):
        return True
    if form[0] == "ب" and form not in initials() and not form.startswith("بال") and not classes(form) - _GIVEN:
        return form[1:] not in _LOCALES  # «بانتخاب …», not «بوزارة الصحة», nor «بمنطقة الواحة»
    if form.endswith(("ا", "ين")) and any(r.form == "participle" for r, _ in lookup(form)):
        return True  # «الوزير النوري مشيرا إلى الراوي»
    return form.startswith("نظي") and form.endswith(("ه", "ها"))


@lru_cache(maxsize=8192)
def speaks_for(form: str) -> bool:
    """Whether a word names what somebody may speak for: a body, a place, people."""
    known = classes(form)
    return bool(known & {"place", "body"}) or any(c.startswith("source:") for c in known - {"source:document"})
