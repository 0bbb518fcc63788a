"""What a person decides: merge, split, lock, undo."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_readings import ARJ, NUR, SALEM, SALMA, many_readings, parties, person, reading, registry

from qawl.identity import Decision, Decisions, Party, apply, locking
from qawl.model import InputError, Reading

AT = "2024-03-05T10:00:00+00:00"
WHO: dict[str, Any] = {"at": AT, "by": "سمير"}

A = reading("a", person(SALEM), person(SALMA))
B = reading("b", person("سليم الراوي"), person(SALMA))


def decided(*decisions: Decision) -> Decisions:
    return Decisions.parse([d.as_json() for d in decisions])


def named(found: Sequence[Party], name: str) -> Party:
    (p,) = (p for p in found if any(n == name for n, _ in p.names))
    return p


def merge(*found: Party) -> Decision:
    return Decision("merge", tuple(p.id for p in found), **WHO)


def split(p: Party, *sources: tuple[str, str]) -> Decision:
    return Decision("split", (p.id,), sources, **WHO)


# -- merge, split, undo -------------------------------------------------------------------------------------------


def test_without_decisions_nothing_changes() -> None:
    found = parties(A, B)
    assert apply(Decisions(), found) == apply(Decisions.parse([]), found)
    assert apply(Decisions(), found).parties == found


def test_merge() -> None:
    found = parties(A, B)
    one, other = named(found, SALEM), named(found, "سليم الراوي")
    applied = apply(decided(merge(one, other)), found)
    assert applied.problems == ()
    whole = named(applied.parties, SALEM)
    assert (whole.id, whole.articles) == (one.id, 2)
    assert whole.sources == tuple(sorted(one.sources + other.sources))
    assert other.id in whole.aliases
    assert named(applied.parties, SALMA) == named(found, SALMA)


def test_a_merge_keeps_the_identity() -> None:
    known = person("سليم الراوي", identity="person:salem-alrawi", known_as="سليم الراوي")
    found = parties(A, reading("c", known))
    one, other = named(found, SALEM), named(found, "سليم الراوي")
    for pair in ((one, other), (other, one)):
        assert named(apply(decided(merge(*pair)), found).parties, SALEM).id == "person:salem-alrawi"


def test_split() -> None:
    found = parties(A, B)
    salma = named(found, SALMA)
    applied = apply(decided(split(salma, salma.sources[0])), found)
    rest = next(p for p in applied.parties if p.id == salma.id)
    left = next(p for p in applied.parties if p.sources == salma.sources[:1])
    assert rest.sources == salma.sources[1:]
    assert left.id != salma.id
    assert apply(decided(split(salma, salma.sources[0]), merge(rest, left)), found).parties == tuple(
        apply(decided(split(salma, salma.sources[0]), merge(rest, left)), applied.parties).parties
    )


def test_undo_and_undo_of_undo() -> None:
    found = parties(A, B)
    m = merge(named(found, SALEM), named(found, "سليم الراوي"))
    undone = decided(m, Decision("undo", line=1, **WHO))
    again = decided(m, Decision("undo", line=1, **WHO), Decision("undo", line=2, **WHO))
    assert apply(undone, found).parties == found
    assert apply(again, found) == apply(decided(m), found)


def test_later_decisions_stand_on_earlier_ones() -> None:
    found = parties(A, B, reading("c", person("سلوى الراوي")))
    a, b, c = (named(found, n) for n in (SALEM, "سليم الراوي", "سلوى الراوي"))
    applied = apply(decided(merge(a, b), merge(b, c)), found)
    assert named(applied.parties, SALEM).articles == 3
    assert applied.problems == ()


# -- lock ---------------------------------------------------------------------------------------------------------


def test_a_locked_party_keeps_what_it_has_and_rules_join_nothing_to_it() -> None:
    a = reading("a", person(SALEM, "وزير النقل"), person("الراوي", "وزير النقل"))
    (before,) = parties(a)
    lock = decided(locking(before, **WHO))
    assert apply(lock, [before]).parties[0].sources == before.sources
    later = reading("b", person("الراوي", "وزير النقل"), person(SALEM))
    (joined,) = parties(a, later)
    applied = apply(lock, [joined])
    locked = named(applied.parties, SALEM)
    # The full name is its own; the last name was another party, which a rule had joined.
    assert locked.sources == tuple(sorted([*before.sources, (later.article.sha256, "B")]))
    assert (locked.id, locked.locked) == (before.id, True)
    (other,) = (p for p in applied.parties if p.id != locked.id)
    assert not other.locked
    assert locked.id in {c.id for c in other.candidates}


def test_a_locked_party_is_not_taken_into_an_identity() -> None:
    a, b = reading("a", person(SALEM)), reading("b", person(SALEM, identity="person:salem-alrawi", known_as=SALEM))
    (before,) = parties(a)
    lock = decided(locking(before, **WHO))
    applied = apply(lock, parties(a, b))
    assert {p.id: p.locked for p in applied.parties} == {before.id: True, "person:salem-alrawi": False}


def test_a_person_may_merge_a_locked_party() -> None:
    found = parties(A, B)
    one, other = named(found, SALEM), named(found, "سليم الراوي")
    applied = apply(decided(locking(other, **WHO), merge(one, other)), found)
    assert named(applied.parties, SALEM).locked
    assert named(applied.parties, SALEM).articles == 2


# -- what is no longer there --------------------------------------------------------------------------------------


def test_a_party_that_is_not_there_is_reported_and_the_decision_kept() -> None:
    found = parties(A)
    gone = Decision("merge", (named(found, SALEM).id, "p-000000000000"), **WHO)
    decisions = decided(gone)
    applied = apply(decisions, found)
    assert applied.parties == found
    assert [p.number for p in applied.problems] == [1]
    assert "p-000000000000" in applied.problems[0].message
    assert decisions.all[0].parties == gone.parties


def test_a_party_that_became_several_is_reported() -> None:
    bare = reading("a", person(SALEM, "وزير النقل"))
    (before,) = parties(bare)
    found = parties(
        bare, reading("b", person(SALEM, "رئيس بلدية الواحة")),
        reading("c", person(SALEM, "وزير النقل", of=NUR)), reading("d", person(SALEM, "رئيس بلدية الواحة", of=ARJ)),
    )  # fmt: skip
    assert len(found) == 2
    applied = apply(decided(locking(before, **WHO)), found)
    assert applied.parties == found
    assert "several" in applied.problems[0].message
    assert all(p.id in applied.problems[0].message for p in found)


def test_a_decision_finds_a_party_that_has_an_identity_now() -> None:
    a = reading("a", person(SALEM))
    (bare,) = parties(a)
    found = parties(
        a, reading("b", person(SALEM, identity="person:salem-alrawi", known_as=SALEM)), reading("c", person(SALMA))
    )
    applied = apply(decided(merge(bare, named(found, SALMA))), found)
    assert applied.problems == ()
    assert {p.id for p in applied.parties} == {"person:salem-alrawi"}


def test_a_split_of_what_is_not_there_or_of_everything_is_reported() -> None:
    found = parties(A, B)
    salma = named(found, SALMA)
    for decision, words in ((split(salma, ("0" * 64, "A")), "no source"), (split(salma, *salma.sources), "nothing")):
        applied = apply(decided(decision), found)
        assert applied.parties == found
        assert words in applied.problems[0].message


# -- bad lines ----------------------------------------------------------------------------------------------------

GOOD = Decision("merge", ("p-1", "p-2"), **WHO).as_json()


def changed(**fields: Any) -> str:
    return json.dumps({k: v for k, v in (json.loads(GOOD) | fields).items() if v is not ...})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ("[]", "no JSON object"),
        (changed(at=...), "'at' is not a string"),
        (changed(at="yesterday"), "'at' is not a time"),
        (changed(by=...), "'by' is not a string"),
        (changed(by=3), "'by' is not a string"),
        (changed(note=3), "'note' is not a string"),
        (changed(do="marry"), "'do' is not one of merge, split, lock, undo"),
        (changed(parties=["p-1"]), "two ids or more"),
        (changed(parties=["p-1", "p-1"]), "two ids or more"),
        (changed(parties="p-1"), "not a list of ids"),
        (changed(parties=[1, 2]), "not a list of ids"),
        (changed(do="lock"), "one id"),
        (changed(do="split", parties=["p-1"]), "'sources' of a split is empty"),
        (changed(do="split", parties=["p-1"], sources=[["a"]]), "not a list of pairs"),
        (changed(do="split", parties=["p-1"], sources={"a": 1}), "not a list of pairs"),
        (changed(do="undo"), "number of a line"),
        (changed(do="undo", line=True), "number of a line"),
        (changed(do="undo", line=9), "no earlier decision"),
        (changed(do="undo", line=3), "no earlier decision"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str, words: str) -> None:
    with pytest.raises(InputError) as e:
        Decisions.parse([GOOD, "", line, GOOD])
    assert str(e.value).startswith("line 3: ")
    assert words in str(e.value)


def test_decisions_are_written_as_they_are_read() -> None:
    lines = [
        GOOD,
        Decision("split", ("p-1",), (("ab", "A"),), note="ليس هو\u2028", **WHO).as_json(),
        Decision("lock", ("p-1",), **WHO).as_json(),
        Decision("undo", line=2, **WHO).as_json(),
    ]
    assert [d.as_json() for d in Decisions.parse(lines).all] == lines
    assert [d.number for d in Decisions.parse(["", *lines]).all] == [2, 3, 4, 5]
    assert all(len(line.splitlines()) == 1 for line in lines)


# -- properties ---------------------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Reading], Decisions]:
    """Readings, and decisions each of which names parties that are there when it is made, or that never were."""
    readings = draw(many_readings())
    fresh = registry(*readings).parties()
    made: list[Decision] = []
    for _ in range(draw(st.integers(0, 8))):
        now = apply(decided(*made), fresh).parties
        do = draw(st.sampled_from(("merge", "merge", "split", "lock", "undo", "gone")))
        if do == "undo" and made:
            made.append(Decision("undo", line=draw(st.integers(1, len(made))), **WHO))
        elif do == "gone":
            made.append(Decision("merge", ("p-0", "p-1"), **WHO))
        elif do == "merge" and len(now) > 1:
            made.append(merge(*draw(st.lists(st.sampled_from(now), min_size=2, max_size=3, unique_by=lambda p: p.id))))
        elif do in ("split", "lock") and now:
            p = draw(st.sampled_from(now))
            sources = draw(st.lists(st.sampled_from(p.sources), min_size=1, unique=True))
            made.append(split(p, *sources) if do == "split" else locking(p, **WHO))
    return readings, decided(*made)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_replay_is_the_same_each_time_and_on_its_own_outcome(case: tuple[list[Reading], Decisions]) -> None:
    readings, decisions = case
    fresh = registry(*readings).parties()
    once = apply(decisions, fresh)
    assert apply(decisions, registry(*reversed(readings)).parties()) == once
    assert apply(decisions, once.parties) == once
    assert apply(Decisions(), once.parties).parties == fresh
    before = sorted(ref for p in fresh for ref in p.sources)
    assert sorted(ref for p in once.parties for ref in p.sources) == before
    assert len({p.id for p in once.parties}) == len(once.parties)


@given(many_readings(), st.data())
@settings(max_examples=200, deadline=None)
def test_split_after_merge_gives_back_the_parts(readings: list[Reading], data: st.DataObject) -> None:
    fresh = registry(*readings).parties()
    if len(fresh) < 2:
        return
    a, b = data.draw(st.lists(st.sampled_from(fresh), min_size=2, max_size=2, unique_by=lambda p: p.id))
    whole = next(p for p in apply(decided(merge(a, b)), fresh).parties if p.id in (a.id, b.id))
    assert whole.sources == tuple(sorted(a.sources + b.sources))
    for part in (a, b):
        applied = apply(decided(merge(a, b), split(whole, *part.sources)), fresh)
        assert applied.problems == ()
        assert applied.parties == fresh


@given(cases())
@settings(max_examples=100, deadline=None)
def test_what_is_undone_was_never_done(case: tuple[list[Reading], Decisions]) -> None:
    readings, decisions = case
    fresh = registry(*readings).parties()
    undone = decided(*decisions.all, *(Decision("undo", line=d.number, **WHO) for d in reversed(decisions.all)))
    assert apply(undone, fresh).parties == fresh
