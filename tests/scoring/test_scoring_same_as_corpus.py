"""The figures are those of the scorer that ships with the annotated corpus, to the last bit."""

import copy
import importlib.util
import json
import random
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qawl.model import ACTS, MODES
from qawl.scoring import FIGURES, score

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not (CORPUS / "score.py").is_file() or not (CORPUS / "train.jsonl").is_file(),
    reason="the annotated corpus is not beside this checkout (../shared/corpus)",
)


@pytest.fixture(scope="module")
def original() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    lines = (CORPUS / "train.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def perturbed(gold: list[dict[str, Any]], seed: int) -> dict[str, dict[str, Any]]:
    """A prediction with every kind of mistake in it, some of everything right, and some articles left out."""
    rnd = random.Random(seed)
    prediction = {}
    for article in gold:
        if rnd.random() < 0.04:
            continue
        guess = {"doc": article["doc"], "sources": copy.deepcopy(article["sources"]), "statements": []}
        names = [s["name"] for s in article["sources"].values()]
        for source in guess["sources"].values():
            if rnd.random() < 0.3:
                source["name"] = rnd.choice([*names, source["name"].split()[0], "السيد " + source["name"], ""])
        kept = [s for s in copy.deepcopy(article["statements"]) if rnd.random() < 0.85]
        guess["statements"] = [_perturb(s, article, rnd) for s in kept]
        if kept and rnd.random() < 0.3:
            guess["statements"].append({**copy.deepcopy(guess["statements"][0]), "id": 1000})
        rnd.shuffle(guess["statements"])
        prediction[article["doc"]] = guess
    return prediction


def _perturb(statement: dict[str, Any], article: dict[str, Any], rnd: random.Random) -> dict[str, Any]:
    length = len(article["text"])
    for span in statement["content"]:
        if rnd.random() < 0.5:
            span[0] = max(0, span[0] + rnd.randint(-25, 25))
            span[1] = min(length, max(span[0] + 1, span[1] + rnd.randint(-60, 60)))
    if rnd.random() < 0.2:
        statement["cue"] = rnd.choice([None, [0, 4], [statement["content"][0][0], statement["content"][0][0] + 3]])
    if rnd.random() < 0.2:
        statement["mode"] = rnd.choice(MODES)
    if rnd.random() < 0.3:
        statement["act"] = rnd.choice(ACTS)
    if rnd.random() < 0.2:
        statement["parent"] = rnd.choice([None, 1, 2, 3])
    if rnd.random() < 0.2:
        statement["who"] = rnd.choice([None, "", "A", "B", "nobody"])
    for stance in statement["stances"]:
        if rnd.random() < 0.4:
            stance[0], stance[1] = max(0, stance[0] - rnd.randint(0, 20)), stance[1] + rnd.randint(0, 20)
            stance[2] = rnd.choice("+-")
    if rnd.random() < 0.1:
        statement["stances"].append([0, 10, "+"])
    if rnd.random() < 0.05:
        del statement["parent"], statement["stances"]
    return statement


@pytest.mark.parametrize("seed", [0, 1])
def test_figures_equal_those_of_the_corpus_scorer_exactly(
    original: ModuleType, gold: list[dict[str, Any]], seed: int
) -> None:
    prediction = perturbed(gold, seed)
    listed: list[tuple[object, ...]] = []
    total = original.Tally()
    for article in gold:
        total.update(original.score_doc(article, prediction.get(article["doc"], {}), listed))
    report = score(gold, prediction, errors=True)

    assert report.figures == original.figures(total)
    assert tuple(original.figures(total)) == FIGURES
    assert (report.gold, report.predicted) == (total["gold"], total["pred"])
    assert [(e.kind, e.doc) for e in report.errors] == [(e[0], e[1]) for e in listed]
    # The prediction must have put every branch to the test.
    assert all(0.05 < value < 0.999 for value in report.figures.values()), report.figures
    assert {e.kind for e in report.errors} == {"wrong source", "missed", "spurious"}


def test_what_the_command_line_prints_as_json_is_the_same(
    original: ModuleType,
    gold: list[dict[str, Any]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The interval included: it comes from the same seeded draws."""
    few = gold[:40]
    prediction = perturbed(few, 7)
    for name, articles in (("gold", few), ("pred", list(prediction.values()))):
        lines = (json.dumps(a, ensure_ascii=False) for a in articles)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["score.py", str(tmp_path / "gold"), str(tmp_path / "pred"), "--json"])
    # It leaves closing its files to the garbage collector, which would otherwise be reported.
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        original.main()
    assert score(few, prediction).as_dict() == json.loads(capsys.readouterr().out)
