"""One party per real-world person or body: what merges, and what never does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_readings import ARJ, NUR, SALEM, SALMA, body, many_readings, parties, person, reading, registry, together

from qawl.identity import Candidate, Role
from qawl.model import Reading

ONE = {frozenset({"a:A", "b:A"})}
TWO = {frozenset({"a:A"}), frozenset({"b:A"})}


def two(a: dict[str, object], b: dict[str, object]) -> set[frozenset[str]]:
    return together(reading("a", a), reading("b", b))


# -- what merges --------------------------------------------------------------------------------------------------


def test_the_same_identity_is_one_party_whatever_it_is_called() -> None:
    known = {"identity": "person:salem-alrawi", "known_as": SALEM, "qid": "Q1"}
    a = reading("a", person(SALEM, "وزير النقل", **known), day="2024-03-05")
    b = reading("b", person("وزير النقل النورستاني", **known), day="2024-01-01")
    c = reading("c", person("الراوي", **known), day="2024-02-01", said=2)
    (p,) = parties(a, b, c)
    assert (p.id, p.identity, p.name, p.qid, p.kind) == ("person:salem-alrawi",) * 2 + (SALEM, "Q1", "person")
    assert (p.articles, p.statements, p.first, p.last) == (3, 4, "2024-01-01", "2024-03-05")
    assert p.sources == tuple(sorted((r.article.sha256, "A") for r in (a, b, c)))
    assert p.names == ((SALEM, 1), ("الراوي", 1))
    assert p.roles == (
        Role("وزير النقل النورستاني", "", "2024-01-01", "2024-01-01", 1),
        Role("وزير النقل", "", "2024-03-05", "2024-03-05", 1),
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person(SALEM), person(SALEM)),
        (person(SALEM), person("سالم الرّاوى")),
        (person("عبد الله الراوي"), person("عبدالله الراوي")),
        (person(SALEM, of=NUR), person(SALEM)),
        (person(SALEM, "نائب"), person(SALEM, "رئيس بلدية الواحة")),
        (person(SALEM, identity="person:salem-alrawi", known_as=SALEM), person(SALEM)),
        (person("س", identity="person:salem-alrawi", known_as=SALEM), person(SALEM)),
        (person("كورتان فالدنوس", "رئيس بلدية الواحة"), person("كورتن فلدنوس", "رئيس بلدية الواحة")),
        (person("كورتان فالدنوس", "عمدة", office="nr.mayor"), person("كورتن فلدنوس", office="nr.mayor")),
        (person(SALEM, "وزير النقل"), person("الراوي", "وزير النقل")),
        (person("كورتان فالدنوس", "وزير النقل"), person("فلدنوس", "وزير النقل")),
        (body("حركة النهر"), body("حركة النهر", "group")),
        (body("قناة الأفق", "media"), body("قناة الأفق")),
        (body("وزارة الصحة", of=NUR), body("وزارة الصحة", of=NUR)),
        (body("وزارة الخارجية", of=NUR), body("الخارجية", of=NUR)),
        (body("حركة النهر", of=NUR), body("حركة النهر")),
        (body("الحكومة", of=NUR), body("الحكومة", of=NUR)),
        (body("حركة النهر", identity="body:حركة النهر"), body("حركة النهر")),
    ],
)  # fmt: skip
def test_these_are_one(a: dict[str, object], b: dict[str, object]) -> None:
    assert two(a, b) == ONE


# -- what never does ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person("الراوي", "وزير النقل"), person("الراوي", "وزير النقل")),
        (person(SALEM), person("الراوي")),
        (person(SALEM, "الوزير"), person("الراوي", "الوزير")),
        (person(SALEM, "وزير النقل", of=NUR), person("الراوي", "وزير النقل", of=ARJ)),
        (person(SALEM), person("سليم الراوي")),
        (person(SALEM), person("سالم أحمد الراوي")),
        (person(SALEM, of=NUR), person(SALEM, of=ARJ)),
        (person(SALEM, office="nr.mayor"), person(SALEM, office="nr.judge")),
        (person(SALEM, identity="person:salem-a"), person(SALEM, identity="person:salem-b")),
        (person(SALEM, identity="person:salem-a", known_as=SALEM), person(SALEM, candidates=("person:salem-b",))),
        (person("وزير النقل"), person("وزير النقل")),
        (person("", "وزير النقل"), person("", "وزير النقل")),
        (person(""), person("")),
        (person("كورتان فالدنوس"), person("كورتن فلدنوس")),
        (person("كورتان فالدنوس", "رئيس بلدية الواحة"), person("كورتن فلدنوس", "رئيس بلدية النبع")),
        (body("مصدر أمني", "unnamed"), body("مصدر أمني", "unnamed")),
        (body("تقرير المجلس", "document"), body("تقرير المجلس", "document")),
        (body("تقرير المجلس", "document"), body("تقرير المجلس")),
        (body("حركة النهر", of=NUR), body("حركة النهر", of=ARJ)),
        (body("وزارة الصحة"), body("وزارة الصحة")),
        (body("الحكومة"), body("الحكومة", of=NUR)),
        (body("الشركة", of=NUR), body("الشركة", of=NUR)),
        (body("أهالي القرية", "group"), body("أهالي القرية", "group")),
        (person(SALEM), body(SALEM)),
    ],
)
def test_these_stay_apart(a: dict[str, object], b: dict[str, object]) -> None:
    assert two(a, b) == TWO


def test_a_new_office_after_the_old_one_is_the_same_person() -> None:
    old, new = person(SALEM, office="nr.mayor"), person(SALEM, office="nr.judge")
    a, b = reading("a", old, day="2022-01-01"), reading("b", new, day="2023-01-01")
    assert together(a, b) == ONE
    again = reading("c", old, day="2024-01-01")
    assert len(together(a, b, again)) == 2


def test_without_a_day_offices_may_overlap() -> None:
    a = reading("a", person(SALEM, office="nr.mayor"), day="")
    assert together(a, reading("b", person(SALEM, office="nr.judge"))) == TWO


def test_namesakes_are_candidates_of_each_other() -> None:
    p, q = parties(reading("a", person(SALEM, of=NUR)), reading("b", person(SALEM, of=ARJ)))
    assert [c.id for c in p.candidates] == [q.id]
    assert [c.id for c in q.candidates] == [p.id]
    assert 0 < p.candidates[0].confidence < 0.5


def test_a_bare_name_that_two_bear_stays_alone_unless_its_role_tells() -> None:
    a = reading("a", person(SALEM, "وزير النقل", of=NUR))
    b = reading("b", person(SALEM, "رئيس بلدية الواحة", of=ARJ))
    bare, told = reading("c", person(SALEM)), reading("d", person(SALEM, "رئيس بلدية الواحة"))
    assert together(a, b, bare, told) == {frozenset({"a:A"}), frozenset({"b:A", "d:A"}), frozenset({"c:A"})}
    alone = next(p for p in parties(a, b, bare, told) if p.sources == ((bare.article.sha256, "A"),))
    assert len(alone.candidates) == 2


def test_a_last_name_that_two_with_the_same_role_bear_stays_alone() -> None:
    a = reading("a", person(SALEM, "وزير النقل"), person("سلمى الراوي", "وزيرة النقل"))
    b = reading("b", person("الراوي", "وزير النقل"))
    assert together(a, b) == {frozenset({"a:A"}), frozenset({"a:B"}), frozenset({"b:A"})}
    last = next(p for p in parties(a, b) if p.name == "الراوي")
    assert [c.confidence for c in last.candidates] == [0.3, 0.3]


def test_a_last_name_is_no_bridge_between_two_people() -> None:
    a = reading("a", person(SALEM, "وزير النقل"))
    b = reading("b", person("سلمى الراوي", "وزيرة الصحة"))
    c = reading("c", person("الراوي", "وزير النقل"), person("الراوي", "وزيرة الصحة"))
    assert together(a, b, c) == {frozenset({"a:A", "c:A"}), frozenset({"b:A", "c:B"})}


def test_the_knowledge_bases_candidates_are_kept() -> None:
    (p,) = parties(reading("a", person("الراوي", candidates=("person:salem-alrawi", "person:salma-alrawi"))))
    assert p.candidates == (Candidate("person:salem-alrawi", 0.25), Candidate("person:salma-alrawi", 0.25))


# -- parties as a whole -------------------------------------------------------------------------------------------


def test_no_readings_no_parties() -> None:
    assert parties() == ()
    assert parties(reading("a")) == ()


def test_the_same_text_counts_once() -> None:
    r = reading("a", person(SALEM))
    made = registry(r, r, r)
    assert len(made) == 1
    assert [(p.articles, p.statements) for p in made.parties()] == [(1, 1)]


def test_first_words_are_kept_and_no_text() -> None:
    (p,) = parties(reading("a", person(SALEM)))
    assert p.members[0].words == "قال كل منهم إن الجسر الجديد في مدينة …"


def test_ids_stay_when_articles_are_added() -> None:
    a = reading("a", person(SALEM, "وزير النقل", of=NUR), body("حركة النهر"), day="2023-01-01")
    before = {p.name: p.id for p in parties(a)}
    after = parties(
        a,
        reading("b", person(SALEM, "وزير النقل", of=NUR), person("الراوي", "وزير النقل", of=NUR), body("حركة النهر")),
        reading("c", person(SALEM, of=ARJ), person(SALMA)),
    )
    assert set(before.values()) <= {p.id for p in after}
    assert next(p for p in after if p.id == before[SALEM]).articles == 2


def test_a_namesake_who_comes_up_later_does_not_take_the_id() -> None:
    first = reading("a", person(SALEM, office="nr.mayor", of=NUR), day="2023-01-01")
    (before,) = parties(first)
    more = [reading(f"b{n}", person(SALEM, office="nr.judge", of=NUR), day="2023-01-01") for n in range(3)]
    late = [reading(f"c{n}", person(SALEM, office="nr.judge", of=NUR), day="2023-01-02") for n in range(3)]
    again = reading("d", person(SALEM, office="nr.mayor", of=NUR), day="2023-02-02")
    after = parties(first, *late, again)
    assert {p.id: p.articles for p in after}[before.id] == 2
    assert len({p.id for p in parties(first, *more, *late)}) == 2


def test_the_id_of_what_has_joined_another_is_an_alias() -> None:
    (bare,) = parties(reading("a", person(SALEM)))
    (known,) = parties(
        reading("a", person(SALEM)), reading("b", person(SALEM, identity="person:salem-alrawi", known_as=SALEM))
    )
    assert bare.id in known.aliases


@given(many_readings(), st.integers())
@settings(max_examples=300, deadline=None)
def test_order_does_not_matter(readings: list[Reading], seed: int) -> None:
    shuffled = [*readings, *readings[: seed % 3]]
    random.Random(seed).shuffle(shuffled)
    assert registry(*shuffled).parties() == registry(*readings).parties()


@given(many_readings())
@settings(max_examples=300, deadline=None)
def test_every_source_is_in_one_party_and_the_rules_hold(readings: list[Reading]) -> None:
    made = registry(*readings)
    found = made.parties()
    refs = [ref for p in found for ref in p.sources]
    assert len(refs) == len(set(refs))
    assert {sha for sha, _ in refs} <= {r.article.sha256 for r in readings}
    assert len({p.id for p in found}) == len(found)
    assert list(found) == sorted(found, key=lambda p: p.id)
    for p in found:
        identities = {m.identity for m in p.members if m.identity and m.kind not in ("unnamed", "document")}
        assert len(identities) <= 1
        assert identities <= {p.id}
        assert all(c.id != p.id and 0 < c.confidence < 1 for c in p.candidates)
        if len(p.members) > 1:
            assert not {"unnamed", "document"} & {m.kind for m in p.members}
            # Something other than a last name or nothing holds them together.
            assert p.identity or any(len(name.split()) > 1 or p.kind != "person" for name, _ in p.names)
        if not p.identity:
            assert len({m.of for m in p.members if m.of}) <= 1
