"""Phases that all go through together, on recorded evidence."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.diagnosis import phases
from checker.model.codes import Code
from checker.model.evidence import Span
from tests.evidence import run, span

STEPS = [["ada plan", "ben plan"], ["ada build", "ben build"], ["ada test", "ben test"]]


def parts(**changed: dict[str, Any]) -> tuple[Span, ...]:
    """Both workers in all steps, 100 ms each, as they should be; some of them changed."""
    found = []
    for number, step in enumerate(STEPS):
        for key in step:
            times = {"start_s": 0.1 * number, "end_s": 0.1 * number + 0.1}
            found.append(span(key=key, name="work", **{**times, **changed.get(key.replace(" ", "_"), {})}))
    return tuple(found)


def test_all_together() -> None:
    """Everybody begins when everybody has left; a step that nobody came to is no harm."""
    assert phases.apart(run(spans=parts()), STEPS) is None
    assert phases.apart(run(spans=parts()[:4]), STEPS) is None
    assert phases.apart(run(), STEPS) is None


@pytest.mark.parametrize(
    ("changed", "sentence", "hint"),
    [
        ({"ada_build": {"start_s": 0.05}}, "'ada build' began while 'ada plan' was still going on", "Barrier"),
        ({"ben_plan": {"end_s": 0.15}}, "'ada build' began while 'ben plan' was still going on", "Barrier"),
        (
            {"ben_plan": {"start_s": 0.12, "end_s": 0.2}},
            "'ada build' began before 'ben plan' had",
            "Barrier",
        ),
        ({"ben_build": {"outcome": "failed"}}, "'ada test' began although 'ben build' had failed", "abort"),
        ({"ben_build": {"outcome": "dropped"}}, "'ada test' began although 'ben build' had been", "Barrier"),
        ({"ada_test": {"end_s": None}, "ben_build": {"end_s": None}}, "'ada test' began while 'ben build'", "Barrier"),
    ],
)
def test_who_is_too_early(changed: dict[str, dict[str, Any]], sentence: str, hint: str) -> None:
    """The first who did not wait, whom it did not wait for, and a mark for the picture."""
    seen = run(spans=parts(**changed))
    wrong = phases.apart(seen, STEPS)
    assert wrong is not None
    assert wrong.code is Code.ORDER
    assert sentence in wrong.sentence
    assert hint in wrong.hint
    assert [each.mark for each in phases.marked(seen, STEPS).spans if each.mark] == ["too early"]


def test_who_was_never_there() -> None:
    """A part that was left out is one that nobody waited for."""
    found = phases.apart(run(spans=tuple(each for each in parts() if each.key != "ben plan")), STEPS)
    assert found is not None
    assert "'ada build' began although 'ben plan' was never done" in found.sentence
