"""Deadlines of an exercise's checks: what others may take of them leaves time for what a right attempt does itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from checker.checks.call import Call, CheckFailed
from checker.model.answer import Verdict
from checker.model.evidence import Run
from tests import evidence
from tests.own_files import checks_of

OWN_S = 0.02
"""What a right attempt does itself."""


def one_by_one(*runs: Run) -> Any:
    """An attempt whose calls, whichever function is called, were these."""
    calls = iter(runs)

    def call(*_: object) -> Call:
        return Call(next(calls))

    return SimpleNamespace(scenario=SimpleNamespace(load_figures=call, out_of_time=call))


def a_script(*_: object) -> Any:
    return SimpleNamespace(url="")


def page(start_s: float, latency_s: float) -> Any:
    return evidence.span(start_s, start_s + latency_s, latency_s, name="page")


def stalled() -> Run:
    """A load test of 35 requests beside a server that stood still for 300 ms, as it has to be."""
    due_s = [number / 70 for number in range(35)]
    took_s = [0.05 if number < 5 else max(0.0, due_s[5] + 0.3 - due_s[number]) + 0.05 for number in range(35)]
    spans = tuple(page(*each) for each in zip(due_s, took_s, strict=True))
    return evidence.run(value={"rps": 62.0, "p50_ms": 100.0, "p99_ms": 350.0}, spans=spans)


def test_a_slow_answer_that_came_too_late_for_the_load_test() -> None:
    """300 ms, 190 by others, and 20 of its own: a timeout, and its figures are those of the four quick answers."""
    quick = {"rps": 12.0, "p50_ms": 21.0, "p99_ms": 23.0}
    spans = tuple(page(number / 100, 0.3 if number == 2 else 0.02) for number in range(5))
    late_s = 0.2 - OWN_S / 2
    held_up = evidence.run(value=quick, spans=spans, late_s=late_s)
    with pytest.raises(CheckFailed) as failed:
        checks_of("31").test_a_stall_shows(one_by_one(stalled(), held_up), SimpleNamespace(script=a_script))
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE


def test_a_first_request_that_others_held_up() -> None:
    """290 ms by others, and 20 of its own: it came after 310 ms, and was not kept waiting for its turn."""
    spans = (page(0.29 + OWN_S, 0.05),)
    held_up = evidence.run(value={"rps": 3.0, "p50_ms": 360.0, "p99_ms": 360.0}, spans=spans, late_s=0.29)
    with pytest.raises(CheckFailed) as failed:
        checks_of("31").test_the_rate_is_held(one_by_one(held_up), SimpleNamespace(script=a_script))
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE


def test_a_timeout_that_was_over_when_all_was_done() -> None:
    """Three timeouts of 100 ms, 490 ms by others, and 20 of its own: what takes 800 ms was done when it looked."""
    late_s = 0.8 - 3 * 0.1 - OWN_S / 2
    held_up = evidence.run(value={"result(timeout), async": ([], [], [])}, late_s=late_s)
    with pytest.raises(CheckFailed) as failed:
        checks_of("27").test_waiting_ends_in_time(one_by_one(held_up))
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE


def test_an_innocent_function_that_others_held_up() -> None:
    """It keeps the loop for 20 ms, others for 28, and the heart comes 2 ms late: that is 50, and it is accused."""
    made: list[Any] = []
    race = SimpleNamespace(run=lambda _function, make, **_: made.append(make(1.0)))
    plant = SimpleNamespace(calls=[()], answer=("goal_1", 6))
    checks_of("29").test_a_block_is_named_at_once(race, SimpleNamespace(operation=lambda *_, **__: plant))
    held_up = Call(evidence.run(value=[("blocks", "mail_2:7")], late_s=0.028)).within(made[0].margin_s)
    with pytest.raises(CheckFailed) as failed:
        made[0].first(held_up)
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE
