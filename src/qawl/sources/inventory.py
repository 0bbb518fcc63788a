"""People whom an article names, whether or not they speak, and the subject that a clause begins with."""

from __future__ import annotations

from qawl.arabic.gazetteer import gazetteer
from qawl.model import Span
from qawl.sources.mentions import Mention, parse_mention, role_key
from qawl.statements.lexicon import lookup
from qawl.statements.mentions import chain_end, classes, is_ali, is_family, is_given, is_name, is_stop, is_verbal, mention_end, names_follow, phrase_end
from qawl.statements.parsed import Parsed, function_words, has_letters, initials, verbs

__all__ = ["apposition", "name_inventory", "subject_before"]

_PARTICLES = frozenset("بن ابن ابو ال عبد بنت دي فان".split())
_CLAUSE = frozenset("اذا لو لم لا لن ما كما حيث لكن بل ثم قد هو هي".split())
_LONGEST_NAME = 6
_LONGEST_TITLE = 8  # words between the head of a title and the name it goes with
_SUBJECT_WITHIN = 4  # words: a clause's subject stands at its beginning or right after its verb


def name_inventory(p: Parsed) -> list[Mention]:
    """The named people of an article: title + name, runs of given names, and the title that follows a name.

    Returns
    -------
    list of Mention
        In the order of the text; what later, shorter mentions refer to.
    """
    form = p.tok.form
    out: list[Mention] = []
    k = 0
    while k < len(form):
        if not form[k][0].isalpha():
            k += 1
            continue
        titled = _after_title(p, k)
        end = _run(p, k) if titled or is_given(form[k]) or is_ali(p, k) else k
        if end - k < (1 if titled else 2):
            k = max(end, k + 1)
            continue
        start = _title_before(p, k)
        m = parse_mention(p.text, p.tok.span(start, end))
        if m.kind == "person" and m.name and (len(m.name_words) >= 2 or m.role_words):
            _title_after(p, m, end)
            out.append(m)
        k = end
    return out


def _same_line(p: Parsed, k: int) -> bool:
    """Whether tokens `k - 1` and `k` stand on one line."""
    return p.text.find("\n", p.tok.end[k - 1], p.tok.start[k]) < 0


def _run(p: Parsed, k: int) -> int:
    """The end of a run of name words that starts at token `k`."""
    form = p.tok.form
    first = k
    k += 1
    while k < len(form) and k - first < _LONGEST_NAME and _same_line(p, k):
        f = form[k]
        if f in _PARTICLES or is_name(f) or is_ali(p, k) or _surname(p, k):
            k += 1
        elif is_family(f, after_given=is_given(form[k - 1])):
            k += 1
            break
        else:
            break
    while k > first + 1 and form[k - 1] in _PARTICLES:
        k -= 1
    return k


def _surname(p: Parsed, k: int) -> bool:
    """Whether a common noun after a given name is a surname: «سالم نجار، رئيس …», «سالم نجار إن …»."""
    form = p.tok.form
    f = form[k]
    if not is_given(form[k - 1]) or not f.isalpha() or f.startswith(("ال", "لل")) or is_stop(f) or is_verbal(f) or classes(f):
        return False
    if f[0] in "وبلكف" and f not in initials():
        return False
    after = form[k + 1] if k + 1 < len(form) else "."
    return not has_letters(after) or is_stop(after) or "title" in classes(after)


def _after_title(p: Parsed, k: int) -> bool:
    """Whether a name-like word stands right after a title or its nisba: «الرئيس كرامي», «الوزير النوري كرامي»."""
    form = p.tok.form
    if k == 0 or not (is_name(form[k]) or names_follow(form[k - 1], form[k])) or not _same_line(p, k):
        return False
    before = form[k - 1]
    known = classes(before)
    if "title" in known:
        return before.startswith("ال") or "title:honorific" in known
    return "nisba" in known and before.startswith("ال") and any(
        "title" in classes(f) for f in form[max(0, k - 4) : k - 1] if f[0].isalpha()
    )  # fmt: skip


def _title_before(p: Parsed, k: int) -> int:
    """Where the title right before a name begins: some words back, within the phrase."""
    form = p.tok.form
    best = k
    j = k - 1
    while j >= 0 and k - j <= _LONGEST_TITLE and form[j][0].isalpha() and _same_line(p, j + 1):
        known = classes(form[j])
        if "title" in known and not (form[j][0] in "بلك" and "title" not in classes(form[j][1:])):
            best = j
        elif "source:unnamed" in known or form[j] in verbs():
            break
        elif is_stop(form[j]) and form[j] not in ("في", "لدي", "باسم", "الي", "من"):
            break
        if form[j] in _CLAUSE or form[j] in function_words()["comp"] | function_words()["rel"] | function_words()["aux"]:
            break
        if best == j and chain_end(p, j, k) < k:
            best = k if best == j else best
        if best == j and _reports(form[j]):
            best = j + 1  # «طالب الأمين العام»: demanded, not student
            break
        j -= 1
    return best


def _reports(form: str) -> bool:
    return any(r.form in ("past", "present") and r.strength >= 0.5 for r, _ in lookup(form))


def _title_after(p: Parsed, m: Mention, end: int) -> None:
    """Takes up the title that follows a name: «سالم الراوي، وزير النقل النوري»."""
    form = p.tok.form
    at = end + 1 if end < len(form) and form[end] in "،,-–" else end
    if len(m.role_words) > 1 or at >= len(form) or not _same_line(p, at) or "title" not in classes(form[at]):
        return
    stop = phrase_end(p, at, min(len(form), at + _LONGEST_TITLE))
    if stop > at:
        m.role = p.tok.span(at, stop).of(p.text)
        m.role_words = role_key([f for f in form[at:stop] if f[0].isalnum()])


def apposition(p: Parsed, span: Span) -> Mention | None:
    """The name that follows a title after a comma or dash: «وزير الدفاع النوري، اللواء سالم الراوي، إن …»."""
    form = p.tok.form
    comma = p.at(span.end)
    k = comma + 1
    if k >= len(form) or form[comma] not in "،,-–(" or not _same_line(p, k):
        return None
    while k < len(form) - 1 and k - comma < 4 and ("title" in classes(form[k]) or form[k] in ("د", ".")):
        k += 1
    if not is_name(form[k]) and not is_ali(p, k):
        return None
    end = _run(p, k)
    if end - k < 2 and end < len(form) and has_letters(form[end]):
        return None
    named = parse_mention(p.text, p.tok.span(comma + 1, end))
    return named if named.kind == "person" and named.name else None


def subject_before(p: Parsed, first: int, at: int) -> Mention | None:
    """The subject of the clause of tokens ``[first, at)``: the phrase it begins with, or the one after its verb."""
    form = p.tok.form
    for k in range(first, min(at, first + _SUBJECT_WITHIN)):
        f = form[k]
        if not f[0].isalpha() or (f[0] in "بلك" and not is_given(f) and "title" not in classes(f)):
            continue
        if "title" not in classes(f) and not is_given(f) and gazetteer().longest_body(form, k) is None:
            if not any(c.startswith("source:") for c in classes(f)):
                continue
        if k > first and form[k - 1] in ("في", "من", "الي", "علي", "عن", "مع", "بين", "بعد", "قبل", "خلال"):
            return None
        end = mention_end(p, k, at)
        if end > k:
            m = parse_mention(p.text, p.tok.span(k, end))
            return m if m.name or m.definite else None
    return None
