"""Checks whose program must be done by a moment say for how long it may be held up before a complaint means nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from checker.checks.call import Call, CheckFailed
from checker.model.answer import Verdict
from checker.model.evidence import Run
from tests.evidence import run, span
from tests.own_files import checks_of

WORLD = SimpleNamespace(operation=lambda *_, **__: None)


def verdict(check: Any, function: str, seen: Run) -> Verdict:
    """What this check says of the first call, of this function of the scenario."""
    scenario = SimpleNamespace(**{function: lambda *_, **__: Call(seen)})
    with pytest.raises(CheckFailed) as failed:
        check(SimpleNamespace(scenario=scenario), WORLD)
    return failed.value.answer.verdict


@pytest.mark.parametrize(("late_s", "expected"), [(0.10, Verdict.FAILED), (0.20, Verdict.INCONCLUSIVE)])
def test_a_thread_that_had_no_core_in_time_asks_after_the_winner(late_s: float, expected: Verdict) -> None:
    """At 04: a thread for each mirror, of which one came too late. What waits in a queue looks like that, too."""
    asked = span(0.0, 0.06, 0.06, name="fetch"), span(0.0, 0.12, 0.12, name="fetch")
    spans = (*asked, span(0.06, 0.21, 0.15, name="a moment"), span(0.24, 0.36, 0.12, name="fetch"))
    check = checks_of("04").test_nothing_begins_after_the_winner
    assert verdict(check, "fastest", run(0.21, spans=spans, late_s=late_s)) is expected


@pytest.mark.parametrize(
    ("check", "function", "late_s"),
    [
        ("test_accepted_jobs_are_done", "work_off", 2.9),
        ("test_no_job_is_accepted_before_and_after", "refusals", 1.5),
    ],
)
@pytest.mark.parametrize("held_up", [True, False])
def test_a_job_that_was_held_up_is_cut_off_when_the_grace_is_over(
    check: str, function: str, late_s: float, held_up: bool
) -> None:
    """At 21: a whole machine has stood still for seconds."""
    spans = span(0.0, 0.0, 0.0, name="accepted", key="long"), span(0.0, 3.0, name="work", key="long", outcome="dropped")
    seen = run(3.1, value={"unfinished": ["long"]}, spans=spans, late_s=late_s if held_up else 0.1)
    expected = Verdict.INCONCLUSIVE if held_up else Verdict.FAILED
    assert verdict(getattr(checks_of("21"), check), function, seen) is expected


def test_a_race_with_a_grace_has_a_margin() -> None:
    """At 21: ten jobs of 80 ms have a second."""
    margins_s = []
    module = checks_of("21")
    race = SimpleNamespace(run=lambda _, inputs, **__: margins_s.append(inputs(1.0).margin_s))
    module.test_ten_jobs_are_done_at_the_same_time(race, WORLD)
    assert margins_s == [pytest.approx(1.0 - 0.08 - module.MARGIN_S)]
