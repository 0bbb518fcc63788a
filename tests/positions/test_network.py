"""The network of acts and stances: its weights, how its tags are read, and what it sees. All examples are invented."""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays as any_array
from numpy.typing import NDArray

from qawl.model import ACTS, MODES, DataError, Span, Statement
from qawl.pages import from_text
from qawl.positions import network as room
from qawl.positions.network import FORMAT, TAGS, Network, network, targets
from qawl.positions.windows import DISTANCES, LONGEST, ROLES, Window, token_range, window
from qawl.statements import Parsed
from qawl.statements.parsed import Vectors

OUT, WANT, WANTED, REJECT, REJECTED = range(TAGS)


def weights() -> dict[str, NDArray[Any]]:
    """The arrays that ship with the package."""
    with files("qawl").joinpath("data", "positions.npz").open("rb") as f, np.load(f, allow_pickle=False) as stored:
        return {k: stored[k] for k in stored.files}


ARRAYS = weights()


def chances(*rows: dict[int, float]) -> NDArray[np.float32]:
    """Log chances of tags: what is named, the rest shared by the other tags."""
    out = np.zeros((len(rows), TAGS))
    for n, row in enumerate(rows):
        out[n] = (1 - sum(row.values())) / (TAGS - len(row))
        out[n, list(row)] = list(row.values())
    return np.log(out).astype(np.float32)


def found(tags: NDArray[np.float32], bias: float = 0.0) -> list[tuple[int, int, int]]:
    return [(first, last, sign) for first, last, sign, _ in targets(tags, bias)]


# Decoding


def test_first_and_further_words_are_a_target() -> None:
    tags = chances({OUT: 0.9}, {WANT: 0.8}, {WANTED: 0.7}, {REJECT: 0.9}, {OUT: 0.9}, {REJECT: 0.6}, {REJECTED: 0.6})
    assert found(tags) == [(1, 3, 1), (3, 4, -1), (5, 7, -1)]


def test_how_likely_a_target_is() -> None:
    """Of each word the chance that it is of this sign, first or further; the mean of the words."""
    tags = chances({WANT: 0.8, WANTED: 0.1}, {WANT: 0.2, WANTED: 0.5}, {OUT: 0.9})
    ((first, last, sign, chance),) = targets(tags, 0.0)
    assert (first, last, sign) == (0, 2, 1)
    assert chance == pytest.approx((0.9 + 0.7) / 2)


def test_nothing_but_outside() -> None:
    assert targets(chances({OUT: 0.9}, {OUT: 0.9}), 0.0) == []


def test_two_first_words_are_two_targets() -> None:
    assert found(chances({WANT: 0.9}, {WANT: 0.9})) == [(0, 1, 1), (1, 2, 1)]


def test_a_further_word_follows_its_own_sign_only() -> None:
    assert found(chances({WANTED: 0.9, OUT: 0.06})) == []
    assert found(chances({OUT: 0.9}, {REJECTED: 0.6, OUT: 0.3})) == []
    # The likeliest lawful way: a first word, though a further one of the other sign is likelier by itself.
    assert found(chances({WANT: 0.9}, {REJECTED: 0.5, OUT: 0.45})) == [(0, 1, 1)]
    assert found(chances({WANT: 0.4, REJECT: 0.35}, {REJECTED: 0.9})) == [(0, 2, -1)]


def test_a_greater_bias_finds_more() -> None:
    tags = chances({OUT: 0.6, WANT: 0.3}, {OUT: 0.9})
    assert found(tags, 0.0) == []
    assert found(tags, 1.0) == [(0, 1, 1)]


@given(any_array(np.float32, st.tuples(st.integers(1, 12), st.just(TAGS)), elements=st.floats(-8, 8, width=32)))
def test_any_chances_give_targets_apart_from_each_other(scores: NDArray[np.float32]) -> None:
    tags = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    before = 0
    for first, last, sign, chance in targets(tags, 0.3):
        assert before <= first < last <= len(tags)
        assert sign in (1, -1)
        assert 0 <= chance <= 1.0001
        before = last


# Weights


def test_the_shipped_weights_are_read() -> None:
    assert network() is network()
    assert int(ARRAYS["format"]) == FORMAT
    for n in range(int(ARRAYS["members"])):
        assert ARRAYS[f"{n}.tag"].shape[1] == TAGS
        assert ARRAYS[f"{n}.role"].shape[0] == ROLES
        assert ARRAYS[f"{n}.mode"].shape[0] == len(MODES)
        assert ARRAYS[f"{n}.known"].shape[0] == len(ACTS)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"format": np.array(FORMAT + 1)}, rf"positions\.npz: format {FORMAT + 1}, but {FORMAT} is read"),
        ({"format": None}, r"positions\.npz: .*format"),
        ({"linear": None}, r"positions\.npz: .*linear"),
        ({"bias": None}, r"positions\.npz: .*bias"),
        ({"bias": np.zeros(2)}, r"positions\.npz: "),
        ({"members": None}, r"positions\.npz: .*members"),
        ({"members": np.array(0)}, r"positions\.npz: it holds no network"),
        ({"members": ARRAYS["members"] + 1}, r"positions\.npz: "),
        ({"0.distance": None}, r"positions\.npz: .*distance"),
        ({"0.act": None}, r"positions\.npz: .*act"),
        ({"0.distance": ARRAYS["0.distance"][:-1]}, r"positions\.npz: made for another version"),
        ({"0.act": ARRAYS["0.act"][:, :-1]}, r"positions\.npz: made for another version"),
    ],
)
def test_other_weights_are_refused(changed: dict[str, NDArray[Any] | None], message: str) -> None:
    arrays = {k: v for k, v in {**ARRAYS, **changed}.items() if v is not None}
    with pytest.raises(DataError, match=message):
        Network(arrays)


NETS = sorted(k for k in ARRAYS if k.startswith("0."))


@pytest.mark.parametrize("name", [k for k in NETS if k not in ("0.distance", "0.act")])
def test_a_missing_array_is_told(name: str) -> None:
    with pytest.raises(DataError, match=name.removeprefix("0.")):
        Network({k: v for k, v in ARRAYS.items() if k != name})


@pytest.mark.parametrize("name", [k for k in NETS if k != "0.distance"])
def test_an_array_cut_short_is_told(name: str) -> None:
    with pytest.raises(DataError, match=r"positions\.npz"):
        Network({**ARRAYS, name: ARRAYS[name][:-1]})


def stored(monkeypatch: pytest.MonkeyPatch, root: Path, data: bytes | None) -> None:
    """Puts a file of weights in the place of the package's."""
    (root / "data").mkdir()
    if data is not None:
        (root / "data" / "positions.npz").write_bytes(data)
    monkeypatch.setattr(room, "files", lambda package: root)


def packed() -> bytes:
    out = io.BytesIO()
    np.savez(out, **ARRAYS)
    return out.getvalue()


def test_a_file_of_weights_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stored(monkeypatch, tmp_path, packed())
    assert network.__wrapped__().bias == network().bias


@pytest.mark.parametrize("data", [None, b"no weights at all"])
def test_a_file_that_is_not_there_or_something_else(
    data: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stored(monkeypatch, tmp_path, data)
    with pytest.raises(DataError, match=r"positions\.npz: cannot be read: reinstall qawl"):
        network.__wrapped__()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_cut_short(share: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = packed()
    stored(monkeypatch, tmp_path, data[: int(share * len(data))])
    with pytest.raises(DataError, match=r"positions\.npz: cannot be read: reinstall qawl"):
        network.__wrapped__()


# Reading


def some_window(first: int, size: int, mode: int = 0) -> Window:
    role = np.ones(size, np.int64)
    role[0] = 2
    return Window(first, first + size, role, np.clip(np.arange(size), 0, DISTANCES - 1), mode)


def some_vectors(words: int) -> Vectors:
    random = np.random.default_rng(7)
    width = len(ARRAYS["0.alone"])
    return Vectors(*(random.normal(size=(words, width)).astype(np.float32) for _ in range(2)))


def test_chances_of_tags_and_scores_of_acts() -> None:
    windows = [some_window(0, 5), some_window(3, 1, mode=2), some_window(2, 9, mode=1)]
    tags, acts = network().read(windows, [0, 3, 5], some_vectors(12))
    assert [t.shape for t in tags] == [(5, TAGS), (1, TAGS), (9, TAGS)]
    assert acts.shape == (3, len(ACTS))
    for t in tags:
        assert np.exp(t).sum(1) == pytest.approx(np.ones(len(t)), abs=1e-4)
    assert np.isfinite(acts).all()


def test_statements_read_together_do_not_see_each_other() -> None:
    windows, vectors = [some_window(0, 5), some_window(3, 2, mode=2), some_window(2, 9, mode=1)], some_vectors(12)
    together_tags, together_acts = network().read(windows, [0, 3, 5], vectors)
    for n, (w, known) in enumerate(zip(windows, [0, 3, 5], strict=True)):
        (tags,), acts = network().read([w], [known], vectors)
        assert tags == pytest.approx(together_tags[n], abs=1e-3)
        assert acts[0] == pytest.approx(together_acts[n], abs=1e-3)


# Windows

BEFORE = "فتح السوق القديم أبوابه في بلدة العرين."
SAID = "قال سالم الراوي إن الجسر مغلق أمام السيارات."
AFTER = "وبقيت الأسعار على حالها في السوق."


def part(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def statement(text: str, content: str, cue: str = "", speaker: str = "", mode: str = "indirect") -> Statement:
    return Statement(
        1,
        part(text, cue) if cue else None,
        "",
        part(text, speaker) if speaker else None,
        (part(text, content),),
        mode,  # type: ignore[arg-type]
    )


def parsed(*paragraphs: str) -> Parsed:
    return Parsed(from_text("\n\n".join(["عنوان الخبر عن الجسر", *paragraphs])))


def words_of(p: Parsed, w: Window, role: int) -> list[str]:
    return [p.tok.form[w.first + n] for n in np.flatnonzero(w.role == role)]


def test_a_window_tells_what_each_word_is() -> None:
    p = parsed(BEFORE, SAID, AFTER)
    w = window(p, statement(p.text, "الجسر مغلق أمام السيارات", "قال", "سالم الراوي"))
    assert w is not None
    assert p.tok.form[w.first : w.last] == list("قال سالم الراوي ان الجسر مغلق امام السيارات .".split())
    assert w.role.tolist() == [2, 3, 3, 0, 1, 1, 1, 1, 0]
    assert w.distance.tolist() == list(range(16, 25))  # twenty is the content's first word
    assert w.mode == MODES.index("indirect")


def test_a_window_stays_within_its_paragraph() -> None:
    p = parsed(BEFORE, SAID + " " + AFTER, BEFORE)
    w = window(p, statement(p.text, "الجسر مغلق أمام السيارات", "قال", "سالم الراوي"))
    assert w is not None
    forms = list(p.tok.form[w.first : w.last])
    assert forms[:2] == ["قال", "سالم"]
    assert forms[-5:] == ["السيارات", ".", "وبقيت", "الاسعار", "علي"]  # four tokens after the statement


def test_words_before_the_statement_are_seen() -> None:
    p = parsed(BEFORE + " " + SAID)
    w = window(p, statement(p.text, "الجسر مغلق أمام السيارات", "قال", "سالم الراوي"))
    assert w is not None
    assert p.tok.form[w.first] == "فتح"
    assert words_of(p, w, 2) == ["قال"]
    assert words_of(p, w, 3) == ["سالم", "الراوي"]
    assert words_of(p, w, 1) == ["الجسر", "مغلق", "امام", "السيارات"]


@pytest.mark.parametrize("length", [50, 100, 150, 500])
def test_a_window_is_not_endless(length: int) -> None:
    content = " ".join(["الجسر"] * length)
    p = parsed(f"{BEFORE} قال سالم الراوي إن {content}.")
    w = window(p, statement(p.text, content, "قال"))
    assert w is not None
    assert w.last - w.first == len(w.role) == len(w.distance) <= LONGEST
    assert words_of(p, w, 2) == ["قال"]
    assert len(words_of(p, w, 1)) == min(length, LONGEST - list(w.role).index(1))
    assert w.distance.max() == DISTANCES - 1


def test_a_cue_far_before_its_content_is_cut_off() -> None:
    between = " ".join(["اليوم"] * 120)
    p = parsed(f"قال سالم الراوي {between} إن الجسر مغلق.")
    w = window(p, statement(p.text, "الجسر مغلق", "قال", "سالم الراوي"))
    assert w is not None
    assert w.last - w.first <= LONGEST
    assert words_of(p, w, 1) == ["الجسر", "مغلق"]
    assert words_of(p, w, 2) == words_of(p, w, 3) == []


def test_a_content_without_words_has_no_window() -> None:
    p = parsed("قال سالم الراوي: «...».")
    assert window(p, statement(p.text, "...", "قال")) is None


def test_words_of_a_stretch_without_the_marks_at_its_ends() -> None:
    p = parsed(SAID)
    assert token_range(p, part(p.text, "مغلق أمام السيارات.")) == token_range(p, part(p.text, "مغلق أمام السيارات"))
    assert token_range(p, Span(0, 0)) is None
    first, last = token_range(p, part(p.text, "سالم الراوي")) or (0, 0)
    assert p.tok.form[first:last] == ["سالم", "الراوي"]


@given(st.text(alphabet="قال الجسر.،«»:\n ", min_size=1, max_size=80), st.data())
def test_any_statement_has_a_window_or_none(body: str, data: st.DataObject) -> None:
    p = parsed(f"قال {body} نهاية.")
    edges = sorted(data.draw(st.lists(st.integers(0, len(p.text)), min_size=6, max_size=6)))
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    cue, speaker, content = data.draw(st.permutations(spans))
    w = window(p, Statement(1, cue, "", speaker, (content,), "mixed"))
    if w is None:
        return
    assert 0 <= w.first < w.last <= len(p.tok)
    assert w.last - w.first == len(w.role) == len(w.distance) <= LONGEST
    assert 0 <= w.role.min() <= w.role.max() < ROLES
    assert 0 <= w.distance.min() <= w.distance.max() < DISTANCES
