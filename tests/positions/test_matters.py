"""The curated matters and their wordings: ``matters.tsv``."""

from __future__ import annotations

import importlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from qawl.arabic.tables import parse_table, read_table
from qawl.arabic.words import tokenize
from qawl.model import DataError, Sign
from qawl.positions.matters import find_matters, matter, matters, matters_of
from qawl.positions.stems import word_key

ROWS = read_table("matters")
FIELDS = (
    "war-and-peace diplomacy aid borders security rights governance elections economy energy climate health education "
    "society technology sport"
).split()


def wordings() -> Iterator[tuple[str, Sign, str]]:
    """All patterns with their matter and sign."""
    for row in ROWS:
        for cell, sign in ((row["patterns"], "+"), (row["against"], "-")):
            for part in cell.split(";"):
                if part.strip():
                    yield row["id"], sign, part.strip()  # type: ignore[misc]


WORDINGS = list(wordings())


def written(pattern: str) -> list[str]:
    """A pattern written out: once with the first words only, and once with every other word in its place."""
    slots = [slot.split("/") for slot in pattern.split() if slot != "_"]
    first = [slot[0] for slot in slots]
    out = [" ".join([*first[:n], word, *first[n + 1 :]]) for n, slot in enumerate(slots) for word in slot]
    return list(dict.fromkeys(out))


def found(text: str) -> list[tuple[str, Sign]]:
    return [(m.matter, m.sign) for m in find_matters(tokenize(text).form)]


def ancestors(id_: str) -> list[str]:
    out = [id_]
    while parent := matters()[out[-1]].parent:
        assert parent not in out, f"a cycle: {out}"
        out.append(parent)
    return out[1:]


def test_there_are_enough_over_all_fields() -> None:
    tops = [m.id for m in matters().values() if not m.parent]
    assert tops == FIELDS
    assert len(matters()) >= 150
    per_field = Counter(ancestors(m.id)[-1] for m in matters().values() if m.parent)
    assert set(per_field) == set(FIELDS)
    assert min(per_field.values()) >= 5


def test_ids_are_unique_and_kebab_case() -> None:
    ids = [row["id"] for row in ROWS]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_labels_are_in_both_languages_and_tell_matters_apart() -> None:
    assert [m.id for m in matters().values() if not re.fullmatch(r"[\u0621-\u06520-9 «»()،/-]+", m.ar)] == []
    assert [
        m.id for m in matters().values() if not re.match(r"[A-Z0-9]", m.en) or re.search("[\u0600-\u06ff]", m.en)
    ] == []
    assert [label for label, n in Counter(m.en for m in matters().values()).items() if n > 1] == []


def test_arabic_labels_tell_matters_apart() -> None:
    assert [label for label, n in Counter(m.ar for m in matters().values()).items() if n > 1] == []


def test_parents_exist_and_no_matter_is_its_own_ancestor() -> None:
    for m in matters().values():
        assert len(ancestors(m.id)) <= 4, m.id


def test_only_what_has_a_parent_counts_for_one() -> None:
    assert [m.id for m in matters().values() if m.counts and not m.parent] == []
    assert {m.counts for m in matters().values()} == {"", "+", "-"}


def test_every_matter_below_a_field_has_wordings() -> None:
    assert {m.id for m in matters().values() if m.parent} <= {id_ for id_, sign, _ in WORDINGS if sign == "+"}


def test_wordings_are_in_the_notation() -> None:
    word = r"[\u0621-\u064a\u0671\u06a4\u06af0-9]+"
    bad = [p for _, _, p in WORDINGS if not re.fullmatch(rf"({word}(/{word})*|_)( ({word}(/{word})*|_))*", p)]
    assert bad == []
    assert [p for _, _, p in WORDINGS if p.startswith("_") or p.endswith("_") or "_ _" in p] == []


def test_no_wording_comes_twice_under_a_matter() -> None:
    assert [w for w, n in Counter(WORDINGS).items() if n > 1] == []


def test_every_wording_names_its_matter_or_one_with_as_long_a_wording() -> None:
    """A wording that is found nowhere is one that the stems cannot reach."""
    lost = []
    for id_, sign, pattern in WORDINGS:
        words = sum(slot != "_" for slot in pattern.split())
        for text in written(pattern):
            matches = find_matters(tokenize(text).form)
            longest = max((sum(slot != "_" for slot in m.pattern.split()) for m in matches), default=0)
            if not any((m.matter, m.sign) == (id_, sign) for m in matches) and longest < words:
                lost.append((id_, pattern, text))
    assert lost == []


def test_few_wordings_are_taken_by_another_matter() -> None:
    """Of two matters with the same wording one never gets it; some of that is wanted (a narrower matter's wording)."""
    taken = [(id_, p) for id_, sign, p in WORDINGS if (id_, sign) not in found(written(p)[0])]
    assert len(taken) < 0.03 * len(WORDINGS)


def test_no_wording_names_a_matter_with_both_signs() -> None:
    wrong = []
    for id_, sign, pattern in WORDINGS:
        opposite = "-" if sign == "+" else "+"
        wrong += [(id_, pattern, text) for text in written(pattern) if (id_, opposite) in found(text)]
    assert wrong == []


def shared() -> dict[tuple[str, str], set[bool]]:
    """Of any two matters with a wording in common (as a whole, in some alternative), whether its signs are the same."""
    slots = [(i, s, [frozenset(map(word_key, x.split("/"))) for x in p.split()]) for i, s, p in WORDINGS]
    by_first: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n, (_, _, p) in enumerate(slots):
        for word in sorted(p[0]):
            by_first[len(p), word].append(n)
    out: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for group in by_first.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                (a, a_sign, a_slots), (b, b_sign, b_slots) = slots[one], slots[other]
                if all(x & y for x, y in zip(a_slots, b_slots, strict=True)):
                    out[min(a, b), max(a, b)].add(a_sign == b_sign)
    return out


def test_two_matters_with_wordings_in_common_are_either_alike_or_opposites() -> None:
    """«تقسيم سوريا» is for secession and against integrity, and so must be all that both are named by."""
    pairs = shared()
    assert len(pairs) > 20
    assert [pair for pair, same in pairs.items() if len(same) > 1] == []
    assert [a for (a, b), same in pairs.items() if a == b and False in same] == []


def test_a_matter_shares_wordings_with_a_broader_one_as_it_counts_for_it() -> None:
    wrong = []
    for (a, b), same in shared().items():
        for narrow, broad in ((a, b), (b, a)):
            if matters()[narrow].parent == broad and matters()[narrow].counts:
                wrong += [(narrow, broad)] if same != {matters()[narrow].counts == "+"} else []
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["وقف إطلاق النار", "وقف فوري وشامل لإطلاق النار", "لوقف إطلاق النار", "بوقف القتال", "وبإيقاف القتال فورا"]
)
def test_wordings_of_the_ceasefire_are_one_matter(text: str) -> None:
    assert found(text) == [("ceasefire", "+")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خرق وقف إطلاق النار", [("ceasefire-compliance", "-")]),  # the longer wording
        ("التهجير", [("displacement", "+")]),
        ("رفع الحصار", [("siege", "-")]),
        ("الحصار", [("siege", "+")]),
        ("حماية المدنيين", [("protecting-civilians", "+")]),
        ("قتل المدنيين", [("protecting-civilians", "-")]),
        ("إجراء انتخابات مبكرة", [("early-elections", "+")]),
        ("وقف إطلاق النار ورفع الحصار", [("ceasefire", "+"), ("siege", "-")]),
        ("وقف، إطلاق النار", []),
        ("الجسر مغلق", []),
        ("", []),
    ],
)
def test_plain_wordings(text: str, expected: list[tuple[str, Sign]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استمرار القتال", ("ceasefire", "-")),
        ("استقرار الأسعار", ("price-rises", "-")),
        ("توسيع الإنفاق", ("austerity", "-")),
        ("استثمار رياضي", ("club-privatisation", "+")),
        ("تعاون فضائي", ("space-programmes", "+")),
        ("حقوق مصر المائية", ("water-sharing", "+")),
    ],
)
def test_alternatives_of_two_words(text: str, expected: tuple[str, Sign]) -> None:
    assert found(text) == [expected]


def test_a_match_tells_its_words_and_its_pattern() -> None:
    (m,) = find_matters(tokenize("دعا سالم إلى وقف فوري لإطلاق النار اليوم").form)
    assert (m.first, m.last, m.matter) == (3, 7, "ceasefire")
    assert ("ceasefire", "+", m.pattern) in WORDINGS


def test_scattered_words_count_in_short_phrases_only() -> None:
    phrase = tokenize("للنار وقف إطلاق").form
    assert find_matters(phrase) == []
    assert [(m.matter, m.sign, m.first, m.last) for m in matters_of(phrase)] == [("ceasefire", "+", 0, 3)]
    assert matters_of([*phrase, *["اليوم"] * 10]) == []


def test_a_matter_by_its_id() -> None:
    assert matter("ceasefire").en == "Ceasefire"
    assert matter("ceasefire").parent in matters()
    with pytest.raises(KeyError):
        matter("no-such-matter")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("bread\t\tخبز\tBread\tخبز\t\t\nbread\t\tخبز\tBread\tخبز\t\t\n", "an id comes twice"),
        ("bread\tfood\tخبز\tBread\tخبز\t\t\n", "bread: no such parent: 'food'"),
        ("food\t\tطعام\tFood\tطعام\t\t\nbread\tfood\tخبز\tBread\tخبز\t\tyes\n", "bread: counts is"),
    ],
)
def test_a_bad_row_is_a_data_error(rows: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "id\tparent\tar\ten\tpatterns\tagainst\tcounts\n"
    room = importlib.import_module("qawl.positions.matters")  # the package has a function of that name
    monkeypatch.setattr(room, "read_table", lambda name: parse_table(header + rows, name))
    with pytest.raises(DataError, match=message):
        matters.__wrapped__()
