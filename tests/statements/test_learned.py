"""The learned extractor on invented sentences: what reports, what is reported, and that it never breaks."""

from __future__ import annotations

import sys
from importlib.resources import files
from subprocess import run

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.model import Article, DataError, InputError, Span, Statement
from qawl.pages import from_record
from qawl.statements import Parsed, tidied
from qawl.statements.learned import find_statements_learned
from qawl.statements.learned_decode import best_segments, likeliest_or_none
from qawl.statements.learned_geometry import DISTANCES, distance_rows, windows
from qawl.statements.learned_net import Network, network
from qawl.statements.learned_words import AFFIXES, BUCKETS, affix_ids, word_key


def found(body: str, headline: str = "") -> tuple[Article, tuple[Statement, ...]]:
    article = from_record({"text": f"{headline}\n{body}"})
    return article, find_statements_learned(article)


def parts(body: str, headline: str = "") -> list[tuple[str | None, str, str]]:
    """(cue, content, mode) of each statement."""
    article, statements = found(body, headline)
    return [
        (s.cue.of(article.text) if s.cue else None, " … ".join(c.of(article.text) for c in s.content), s.mode)
        for s in statements
    ]


INDIRECT = "وقال وزير الصحة سالم الراوي إن الحملة ستبدأ الأسبوع المقبل في جميع المحافظات."
QUOTED = "وأضاف الراوي «لن نترك قرية واحدة من دون طبيب خلال هذا العام»."
CHAIN = "وأكد الوزير أن المستشفى جاهز لاستقبال المرضى، مشيرا إلى أن العمل فيه استمر عامين."


def test_a_clause_after_inna() -> None:
    assert parts(INDIRECT) == [("وقال", "الحملة ستبدأ الأسبوع المقبل في جميع المحافظات", "indirect")]


def test_a_quotation_is_direct_and_loses_its_marks() -> None:
    assert parts(QUOTED) == [("وأضاف", "لن نترك قرية واحدة من دون طبيب خلال هذا العام", "direct")]


def test_one_statement_a_cue() -> None:
    assert [cue for cue, _, _ in parts(CHAIN)] == ["وأكد", "مشيرا"]
    assert parts(CHAIN)[0][1] == "المستشفى جاهز لاستقبال المرضى"


def test_speaker_lemma_and_confidence() -> None:
    article, statements = found(INDIRECT)
    (s,) = statements
    assert s.speaker is not None
    assert s.speaker.of(article.text) == "وزير الصحة سالم الراوي"
    assert s.lemma == "قال"
    assert 0.5 < s.confidence <= 1


def test_a_name_is_told_from_its_title() -> None:
    article, (s,) = found("وأعلنت رئيسة بلدية الواحة الدكتورة سلمى الراوي أن الطريق سيفتح غدا أمام السيارات.")
    assert s.named is not None
    assert s.named.of(article.text) == "سلمى الراوي"
    _, (s,) = found("وأعلنت الوزارة أن الطريق سيفتح غدا أمام السيارات.")
    assert s.named is None


def test_those_spoken_to_are_no_speakers() -> None:
    article, statements = found("وقال الراوي للصحفيين إن الطريق سيفتح غدا.\nوقال لصحفيين إن العمل انتهى.")
    speakers = [s.speaker and s.speaker.of(article.text) for s in tidied(Parsed(article), statements)]
    assert speakers == ["الراوي", None]


@pytest.mark.parametrize("between", ["", ", أمس, ", " أمس "])
def test_a_content_does_not_hold_its_speaker(between: str) -> None:
    """A regression: «دعا ⟨سالم الراوي الأطراف إلى العودة⟩»."""
    said = "الأطراف إلى العودة إلى الحوار"
    text = f"خبر\nدعا سالم الراوي{between.replace(',', '،') or ' '}{said}."
    article = from_record({"text": text})
    start = article.text.index("سالم")
    speaker, content = Span(start, start + len("سالم الراوي")), Span(start, article.text.index(said) + len(said))
    given_statement = Statement(1, Span(start - 4, start - 1), "دعا", speaker, (content,), "indirect")
    (s,) = tidied(Parsed(article), (given_statement,))
    assert s.content[0].of(article.text) == said
    assert s.speaker == speaker


def test_a_report_within_a_report_is_nested() -> None:
    _, statements = found("وقال الراوي إن مدير المستشفى أبلغه بأن الأجهزة الجديدة ستصل نهاية الشهر الجاري.")
    assert [s.parent for s in statements] in ([None, 1], [None])  # the inner report may be missed, never turned round


def test_plain_reporting_has_no_statement() -> None:
    assert parts("وتقع القرية على بعد عشرين كيلومترا من العاصمة، ويسكنها نحو ألفي شخص.") == []


def test_the_same_alone_and_beside_others_and_again() -> None:
    bodies = [INDIRECT, QUOTED, CHAIN, "\n".join([INDIRECT, QUOTED, CHAIN])]
    alone = [found(b)[1] for b in bodies]
    assert [found(b)[1] for b in reversed(bodies)] == alone[::-1]
    assert [found(b)[1] for b in bodies] == alone


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet='قال وأكد إن أن «»"“”:،. \n()الوزير', max_size=200))
def test_spans_hold_on_any_text(text: str) -> None:
    try:
        article = from_record({"text": text})
    except InputError:
        return
    statements = find_statements_learned(article)
    ids = {s.id for s in statements}
    assert [s.id for s in statements] == list(range(1, len(statements) + 1))
    for s in statements:
        assert s.content
        for span in (*s.content, *filter(None, (s.cue, s.speaker))):
            assert 0 <= span.start < span.end <= len(article.text)
            assert "\n" not in span.of(article.text).strip() or span in s.content
        assert s.parent is None or (s.parent in ids and s.parent != s.id)
        assert 0 <= s.confidence <= 1


def test_nothing_in_nothing() -> None:
    assert find_statements_learned(Article(text="")) == ()
    assert find_statements_learned(Article(text="قال الوزير إن")) == ()  # no blocks: nothing is read


def test_word_keys_and_affixes() -> None:
    assert word_key("2015") == word_key("1948") == "0000"
    ids = affix_ids("واكدت")
    assert len(ids) == AFFIXES
    assert all(0 <= i < BUCKETS for i in ids)
    assert affix_ids("اب")[4:] == [0, 0, 0, 0]
    assert set(affix_ids("واكدت")) & set(affix_ids("واكدوا"))


def test_distances_share_rows_far_away_only() -> None:
    rows = distance_rows(np.arange(-200, 200))
    assert rows.max() < DISTANCES
    assert len(set(distance_rows(np.arange(-10, 11)).tolist())) == 21


def test_windows_stay_in_their_paragraph() -> None:
    bounds = np.array([[0, 0], [1, 4], [1, 4], [1, 4], [0, 0], [5, 7], [5, 7]], np.int32)
    at, real = windows(np.array([2, 5]), bounds)
    assert [row[keep].tolist() for row, keep in zip(at, real, strict=True)] == [[1, 2, 3], [5, 6]]


def test_whole_segments() -> None:
    scores = np.zeros((1, 5, 3), np.float32)
    scores[0, 1, 0] = scores[0, 3, 1] = 9
    allowed = np.ones((1, 5), bool)
    best = best_segments(scores, allowed, np.full((1, 5), 4))
    assert (best.first[0], best.last[0]) == (1, 3)
    assert best.exact[0] == pytest.approx(1, abs=0.01)
    first, last = likeliest_or_none(scores, allowed, np.array([0.0], np.float32))
    assert (first[0], last[0]) == (1, 3)
    _, last = likeliest_or_none(scores, allowed, np.array([30.0], np.float32))
    assert last[0] == -1
    nothing = best_segments(scores, np.zeros((1, 5), bool), np.full((1, 5), 4))
    assert nothing.last[0] == -1


def test_weights_of_another_format_are_refused() -> None:
    with pytest.raises(DataError, match="format"):
        Network({"format": np.asarray(999)})
    with pytest.raises(DataError, match="no "):
        Network({})


def test_reading_needs_no_training_framework() -> None:
    code = "import sys, qawl.statements.learned; assert 'torch' not in sys.modules"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_weights_are_small() -> None:
    assert files("qawl").joinpath("data", "extractor.npz").stat().st_size < 12_000_000  # type: ignore[attr-defined]
    assert 0 < network().calibration[0] < 1
