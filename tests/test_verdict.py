"""Verdicts on recorded evidence: what passes, what fails, and what nobody can tell."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from checker.judge import overlap, verdict
from checker.model.answer import Verdict
from checker.model.evidence import Run
from tests.evidence import computing, pool_work, process, serial_work, waiting_run

PAGES = verdict.Waiting(overlap.independent([0.05] * 20, 4.0), goal=4.0)
"""Twenty operations of 50 ms that must be four times faster: 237 ms, and wider than 4."""


@pytest.mark.parametrize(
    ("rounds", "final", "expected"),
    [
        ([waiting_run(10, 0.11)], False, Verdict.PASSED),
        ([waiting_run(5, 0.21)], False, Verdict.PASSED),
        ([waiting_run(1, 1.02)], False, None),
        ([waiting_run(1, 1.02)] * 2, False, Verdict.FAILED),
        ([waiting_run(4, 0.21)] * 2, False, Verdict.FAILED),
        ([waiting_run(10, 0.9)] * 2, False, Verdict.FAILED),
        ([waiting_run(10, 0.9, wait_s=0.8)] * 2, False, None),
        ([waiting_run(10, 0.9, late_s=0.8)] * 2, False, None),
        ([waiting_run(10, 0.9, wait_s=5.0, outside_s=0.1)] * 2, False, Verdict.FAILED),
        ([waiting_run(10, 0.9, wait_s=0.8)] * 6, True, Verdict.INCONCLUSIVE),
        ([waiting_run(10, 0.9, wait_s=0.8)] * 5 + [waiting_run(10, 0.2)], True, Verdict.PASSED),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 2, False, None),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 5 + [waiting_run(10, 0.9, wait_s=0.8)], True, Verdict.INCONCLUSIVE),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 6, True, Verdict.FAILED),
        ([waiting_run(1, 1.3, wait_s=0.28)] * 2, False, Verdict.FAILED),
        ([waiting_run(20, 0.02)], False, Verdict.FAILED),
    ],
    ids=["right", "wide enough", "one serial", "serial", "too narrow", "wide but slow", "busy machine", "late world",
         "own threads in the way", "busy to the end", "once in time", "held up and narrow", "but not always",
         "always", "held up and serial", "too fast"],
)  # fmt: skip
def test_waiting(rounds: list[Run], final: bool, expected: Verdict | None) -> None:
    """A pass needs one round that nothing wrong can produce, a failure two that nothing right produces."""
    assert verdict.waiting(PAGES, rounds, final) is expected


def test_without_accounting_slow_is_not_failed() -> None:
    """Where nobody tells how long a run waited for a core, a wide but slow run proves nothing."""
    slow = waiting_run(10, 0.9)
    blind = msgspec.structs.replace(slow, cpu=msgspec.structs.replace(slow.cpu, accounted=False))
    assert verdict.waiting(PAGES, [blind] * 6, final=True) is Verdict.INCONCLUSIVE
    assert verdict.waiting(PAGES, [waiting_run(1, 1.0)] * 2, final=False) is Verdict.FAILED


def test_operations_before_the_clock_are_too_fast() -> None:
    """Work that began before the call did voids the run, however right it looks."""
    early = msgspec.structs.replace(waiting_run(10, 0.11), early_operations=1)
    assert verdict.waiting(PAGES, [early], final=False) is Verdict.FAILED


def test_of_dependent_work_a_round_that_was_held_up_says_nothing() -> None:
    """Steps that wait for others have fewer in flight when the machine holds one of them up."""
    plan = overlap.Bounds(serial_s=1.0, wrong_s=0.6, least_s=0.25)
    narrow = waiting_run(2, 1.2, wait_s=0.5)
    assert verdict.waiting(verdict.Waiting(plan, 1.7, at_least=4), [narrow] * 2, final=False) is Verdict.FAILED
    held_up = verdict.Waiting(msgspec.structs.replace(plan, dependent=True), 1.7, at_least=4)
    assert verdict.waiting(held_up, [narrow] * 2, final=False) is None
    assert verdict.waiting(held_up, [waiting_run(2, 1.2)] * 2, final=False) is Verdict.FAILED


def test_a_short_hold_up_explains_what_is_narrow_where_operations_are_short() -> None:
    """The deadline of exercise 19: eight begin together, six take 50 ms only; the whole takes 300 ms."""
    bounds = overlap.Bounds(serial_s=1.55, wrong_s=0.6, least_s=0.3)
    quick = verdict.Waiting(bounds, 3.0, at_least=5, latencies_s=(0.05,) * 6 + (0.5, 0.75))
    narrow = waiting_run(4, 0.32, wait_s=0.1)
    assert verdict.waiting(quick, [narrow] * 2, final=False) is None
    assert verdict.waiting(quick, [waiting_run(4, 0.32, wait_s=0.02)] * 2, final=False) is Verdict.FAILED
    assert verdict.waiting(dataclasses.replace(quick, latencies_s=()), [narrow] * 2, final=False) is Verdict.FAILED


CORES = verdict.Cpu(goal=1.5, limit=2.0, cpus=2.0, capacity=2.0)
RIGHT = pool_work(0.52, [(0.5, 0.01), (0.5, 0.01)])
BUSY = pool_work(1.0, [(0.5, 0.5), (0.5, 0.5)])
SERIAL = serial_work(1.0)
THREADS = computing(1.1, process(1.0, wait_s=1.1, alive_s=1.1, threads=3, busy_threads=2))
DOUBLE = pool_work(1.02, [(1.0, 0.01), (1.0, 0.01)])
LOPSIDED = pool_work(0.92, [(0.9, 0.01), (0.1, 0.0)])
UNEVEN = pool_work(0.82, [(0.8, 0.01), (0.2, 0.0)])
LOPSIDED_BUSY = pool_work(1.8, [(0.9, 0.9), (0.1, 0.7)])
BURST = pool_work(0.82, [(0.8, 0.01), (0.8, 0.01)])
SPIN = computing(1.0, process(1.0), process(0.99))
QUICK = pool_work(0.2, [(0.1, 0.0), (0.1, 0.0)])


@pytest.mark.parametrize(
    ("attempts", "final", "expected"),
    [
        ([RIGHT], False, Verdict.PASSED),
        ([BUSY], False, Verdict.PASSED),
        ([SERIAL], False, None),
        ([SERIAL] * 2, False, Verdict.FAILED),
        ([THREADS] * 2, False, Verdict.FAILED),
        ([LOPSIDED] * 2, False, Verdict.FAILED),
        ([UNEVEN] * 2, False, None),
        ([UNEVEN] * 3, False, Verdict.FAILED),
        ([LOPSIDED_BUSY], False, None),
        ([DOUBLE] * 2, False, None),
        ([DOUBLE] * 3, False, Verdict.FAILED),
        ([SPIN] * 3, False, Verdict.FAILED),
        ([BURST] * 2, False, None),
        ([BURST] * 5, True, Verdict.INCONCLUSIVE),
        ([BURST, BURST, RIGHT], False, Verdict.PASSED),
        ([QUICK], False, Verdict.FAILED),
        ([SERIAL, SPIN, SERIAL, SPIN], False, Verdict.FAILED),
        ([SPIN, SERIAL], False, None),
    ],
    ids=["pool", "pool on a busy machine", "one serial", "serial", "threads", "lopsided", "uneven twice", "uneven",
         "lopsided and busy", "twice the work twice", "twice the work", "spinning helper", "bursts on the host",
         "nothing but bursts", "after bursts", "skipped", "spinning now and then", "spinning once"],
)  # fmt: skip
def test_cpu(attempts: list[Run], final: bool, expected: Verdict | None) -> None:
    """Cores kept busy and CPU time spent decide, not the wall clock."""
    assert verdict.cpu(CORES, [(SERIAL, attempt) for attempt in attempts], final) is expected


def test_a_share_of_what_the_cores_give() -> None:
    """Where two cores do 1.4 times the work of one, the goal is scaled; a lopsided split still does not pass."""
    half = verdict.Cpu(goal=1.5, limit=2.0, cpus=2.0, capacity=1.4)
    dear = pool_work(0.72, [(0.7, 0.01), (0.7, 0.01)])
    assert half.scaled_goal == 1.25
    assert verdict.cpu(half, [(SERIAL, dear)], final=False) is Verdict.PASSED
    assert verdict.cpu(half, [(SERIAL, LOPSIDED)] * 5, final=True) is Verdict.FAILED


def test_what_is_shown_is_the_round_that_passed() -> None:
    """A pass in a later round is not shown with the speed-up of those before it."""
    pairs = [(SERIAL, UNEVEN), (SERIAL, UNEVEN), (SERIAL, RIGHT)]
    assert verdict.cpu(CORES, pairs, final=False) is Verdict.PASSED
    assert CORES.speedup(pairs) < CORES.scaled_goal <= CORES.speedup(pairs, max)


def test_cores_that_share_what_they_have() -> None:
    """Where two cores at once do 1.2 times the work of one, everything costs more there: that wastes nothing."""
    shared = verdict.Cpu(goal=1.5, limit=2.0, cpus=2.0, capacity=1.2, sync_s=1.0)
    dear, twice = pool_work(0.95, [(0.93, 0.0), (0.93, 0.0)]), pool_work(1.7, [(1.67, 0.0), (1.67, 0.0)])
    assert verdict.cpu(shared, [(SERIAL, dear)] * 3, final=False) is None
    assert verdict.cpu(shared, [(SERIAL, twice)] * 3, final=False) is Verdict.FAILED


@pytest.mark.parametrize(("cpus", "capacity"), [(1.0, 2.0), (2.0, 1.1)])
def test_a_machine_that_cannot_show_it(cpus: float, capacity: float) -> None:
    """With one usable core, or two that do little more, right is inconclusive, and serial still fails."""
    blind = verdict.Cpu(goal=1.5, limit=2.0, cpus=cpus, capacity=capacity)
    assert blind.blind
    assert verdict.cpu(blind, [(SERIAL, RIGHT)] * 5, final=True) is Verdict.INCONCLUSIVE
    assert verdict.cpu(blind, [(SERIAL, SERIAL)] * 2, final=False) is Verdict.FAILED


def test_threads_that_seldom_meet_do_not_show_who_holds_the_gil() -> None:
    """With next to nothing of the cores, threads look as if they wanted two; other rounds must tell."""
    gil_free = dataclasses.replace(CORES, gil_free=True)
    starved = computing(5.0, process(0.7, wait_s=9.0, alive_s=5.0, threads=3, busy_threads=2))
    told = computing(0.55, process(1.0, wait_s=0.1, alive_s=0.55, threads=3, busy_threads=2))
    assert verdict.cpu(gil_free, [(SERIAL, starved)], final=False) is None
    assert verdict.cpu(gil_free, [(SERIAL, starved)] * 5, final=True) is Verdict.INCONCLUSIVE
    assert verdict.cpu(gil_free, [(SERIAL, starved), (SERIAL, told)], final=False) is Verdict.PASSED


def test_a_burst_that_hit_sync_passes_nobody() -> None:
    """Twice the work, done while the host was quiet, beside a sync that was not: the sync in company tells."""
    quiet = pool_work(0.62, [(0.6, 0.01), (0.6, 0.01)])
    fooled = [(serial_work(1.05), quiet)]
    assert verdict.cpu(CORES, fooled, final=False) is Verdict.PASSED
    assert verdict.cpu(dataclasses.replace(CORES, sync_s=0.6), fooled, final=False) is None


def unaccounted(run: Run) -> Run:
    """The same run where the platform tells only CPU time."""
    return msgspec.structs.replace(run, cpu=msgspec.structs.replace(run.cpu, accounted=False))


def test_raw_clocks_never_fail_anybody() -> None:
    """Without accounting, good ratios pass after two rounds, and bad ones are inconclusive."""
    right, serial = (unaccounted(SERIAL), unaccounted(RIGHT)), (unaccounted(SERIAL), unaccounted(SERIAL))
    assert verdict.cpu(CORES, [right], final=False) is None
    assert verdict.cpu(CORES, [right] * 2, final=False) is Verdict.PASSED
    assert verdict.cpu(CORES, [serial] * 5, final=True) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("own_s", "rounds", "final", "expected"),
    [
        (0.01, 1, False, Verdict.PASSED),
        (0.2, 1, False, None),
        (0.2, 2, False, Verdict.FAILED),
        (0.08, 2, False, None),
        (0.08, 5, True, Verdict.FAILED),
    ],
    ids=["fast", "slow once", "slow", "nearly", "nearly, to the end"],
)
def test_faster_code(own_s: float, rounds: int, final: bool, expected: Verdict | None) -> None:
    """Fifteen times less CPU time than sync, of seventy that can be had."""
    pairs = [(serial_work(1.0), serial_work(own_s))] * rounds
    assert verdict.code(15.0, pairs, final) is expected


@pytest.mark.parametrize(
    ("demands", "final", "expected"),
    [
        ([1.9], False, Verdict.PASSED),
        ([1.0], False, None),
        ([1.0, 1.1], False, Verdict.FAILED),
        ([1.3, 1.0, 1.3], True, Verdict.INCONCLUSIVE),
        ([], True, Verdict.INCONCLUSIVE),
    ],
)
def test_cores(demands: list[float], final: bool, expected: Verdict | None) -> None:
    """One round shows that two cores are kept busy; two show that only one is."""
    assert verdict.cores(1.4, demands, final) is expected
