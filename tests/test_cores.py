"""Cores and the corrected clock, on recorded accounting: it says what a wall clock cannot."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge import cores
from checker.model.answer import Verdict
from checker.model.evidence import Starts, ThreadUse
from tests.evidence import computing, pool_work, process, run, serial_work


def test_a_serial_run_on_a_busy_machine_is_corrected_to_its_work() -> None:
    """Half of the time on a core, half waiting for one: alone it would have taken half as long."""
    busy = computing(2.0, process(1.0, wait_s=1.0, alive_s=2.0))
    assert cores.demand(busy, cpus=2) == pytest.approx(1.0)
    assert cores.corrected_s(busy, cpus=2) == pytest.approx(1.0)


def test_idle_time_is_not_corrected_away() -> None:
    """A run that waits for something else than a core is as slow as it is."""
    assert cores.corrected_s(computing(2.0, process(1.0, alive_s=2.0)), cpus=2) == pytest.approx(2.0)


def test_threads_that_ask_for_the_gil_count_once() -> None:
    """Within one process the demand is at most 1, unless the exercise is about code that releases the GIL."""
    threads = computing(1.0, process(1.0, wait_s=0.9, alive_s=1.0, threads=8, busy_threads=8))
    assert cores.demand(threads, cpus=8) == pytest.approx(1.0)
    assert cores.demand(threads, cpus=8, gil_free=True) == pytest.approx(1.9)


def test_who_fights_for_the_gil_counts_once() -> None:
    """On a busy machine threads that wait for the GIL look runnable; a thread that had to wait for it tells."""
    fighting = computing(1.0, process(0.3, wait_s=1.7, alive_s=1.0, threads=3, busy_threads=2), gil_wait_s=0.011)
    free = computing(1.0, process(0.3, wait_s=1.7, alive_s=1.0, threads=3, busy_threads=2), gil_wait_s=0.0001)
    assert cores.demand(fighting, cpus=2, gil_free=True) == pytest.approx(1.0)
    assert cores.demand(free, cpus=2, gil_free=True) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("cpu_s", "wait_s", "gil_wait_s", "sleeps", "expected"),
    [
        (1.0, 0.05, 0.0001, 20_000, False),
        (0.9, 0.5, 0.0001, 1_000, True),
        (0.3, 0.9, 0.0001, 30, False),
        (0.2, 0.9, 0.0001, 0, True),
        (0.3, 0.9, 0.0001, 90, True),
        (0.3, 0.9, 0.011, 90, False),
        (0.1, 0.05, 0.0001, 0, False),
    ],
    ids=[
        "free cores",
        "one other program",
        "busy",
        "starved",
        "asleep again and again",
        "told by the GIL itself",
        "idle",
    ],
)
def test_when_nobody_can_tell_who_holds_the_gil(
    cpu_s: float, wait_s: float, gil_wait_s: float, sleeps: int, expected: bool
) -> None:
    """On cores that others want too, threads seldom meet; only there is a round left out."""
    seen = computing(1.0, process(cpu_s, wait_s, threads=3), gil_wait_s=gil_wait_s, sleeps=sleeps)
    assert cores.obscured(seen) is expected


def test_who_waits_for_its_own_does_not_count() -> None:
    """Helpers that wait for the one core that the attempt keeps busy want no second one, while that is idle."""
    pinned = [process(0.5, wait_s=0.5, alive_s=1.0)] * 2
    assert cores.demand(computing(1.0, *pinned, outside_s=0.05), cpus=2) == pytest.approx(1.05)
    assert cores.demand(computing(1.0, *pinned, outside_s=1.0), cpus=2) == pytest.approx(2.0)


def test_what_the_host_took_may_have_been_wanted() -> None:
    """A worker on a core that the host has taken away stands still, and does not wait; one process stays one core."""
    uneven = [process(1.0, alive_s=1.1), process(0.3, alive_s=1.1)]
    assert cores.cores(computing(1.1, *uneven), cpus=2).most == pytest.approx(1.3)  # the balance
    even = [process(0.5, alive_s=1.0)] * 2  # each had a core in half of the time
    assert cores.cores(computing(1.0, *even), cpus=2).most == pytest.approx(1.1)
    assert cores.cores(computing(1.0, *even, stolen_s=0.5), cpus=2).most == pytest.approx(1.6)
    alone = process(0.5, alive_s=1.0)
    assert cores.cores(computing(1.0, alone, stolen_s=0.9), cpus=2).most == pytest.approx(1.0)


def test_a_parent_that_wakes_up_now_and_then_is_no_worker() -> None:
    """On a busy machine it waits long for the little that it does; that is no demand for a core."""
    parent, worker = process(0.01, wait_s=2.5, alive_s=3.3), process(0.65, wait_s=2.6, alive_s=3.3)
    assert cores.demand(computing(3.3, parent, worker), cpus=2) == pytest.approx(1.0, abs=0.02)
    assert cores.demand(computing(3.3, parent, worker, worker), cpus=2) == pytest.approx(2.0, abs=0.04)


def test_a_machine_that_stands_still_does_not_even_out_a_lopsided_split() -> None:
    """While it does, the worker with a tenth of the work waits as long as the other; that is no demand for a core."""
    for still_s in (0.0, 3.0, 60.0):
        waits_s = [2.3 + still_s, 0.6 + still_s]
        lopsided = [process(0.5, waits_s[0], 2.8 + still_s), process(0.06, waits_s[1], 2.8 + still_s)]
        assert cores.demand(computing(2.8 + still_s, *lopsided), cpus=2) == pytest.approx(1.12)


def test_demand_is_at_most_the_usable_cpus() -> None:
    """Eight processes that want two cores have a demand of two."""
    assert cores.demand(pool_work(1.0, [(0.25, 0.75)] * 8), cpus=2) == 2


def test_where_nothing_is_accounted_the_wall_clock_counts() -> None:
    """No processes were seen, or nobody tells how long they waited."""
    assert cores.corrected_s(run(1.5, cpu=run().cpu.__class__(processes=(), accounted=False)), cpus=2) == 1.5


@pytest.mark.parametrize(("beside_s", "expected"), [(1.0, 2.0), (1.25, 1.6), (2.0, 1.0), (0.9, 2.0)])
def test_capacity(beside_s: float, expected: float) -> None:
    """Two copies side by side that together take longer than two alone show what the cores share."""
    dearer = [serial_work(beside_s), serial_work(beside_s * 1.3)]
    cheapest = [serial_work(beside_s * 0.9), serial_work(beside_s * 1.1)]
    assert cores.capacity(1.0, [dearer, cheapest]) == pytest.approx(expected)


def test_without_a_gil_threads_count_each_for_itself() -> None:
    """A process keeps as many cores busy as its threads do; nobody has to ask who holds the GIL.

    That they waited for a core proves nothing: so does, beside other programs, who only wants a lock.
    """
    threads = process(0.3, wait_s=1.6, alive_s=1.0, threads=3, busy_threads=2)
    starved = computing(1.0, threads, gil=False, sleeps=90)
    assert cores.demand(starved, cpus=2) == pytest.approx(0.3)
    assert not cores.obscured(starved)
    assert cores.cores(starved, cpus=2).least == pytest.approx(0.3)
    assert cores.cores(starved, cpus=2).most >= 1.9
    alone = computing(1.0, process(1.8, wait_s=0.1, alive_s=1.0, threads=3, busy_threads=2), gil=False)
    assert cores.cores(alone, cpus=2).least == pytest.approx(1.8)


def test_interpreters_count_each_for_itself() -> None:
    """Each has a GIL of its own. Who only says so cannot prove it by threads that wait: that stays open."""
    computed, waited = (
        computing(1.0, process(cpu_s, wait_s, threads=3, busy_threads=2), starts=Starts(interpreters=True))
        for cpu_s, wait_s in ((1.8, 0.1), (0.9, 0.9))
    )
    assert cores.cores(computed, cpus=2).least == pytest.approx(1.8)
    assert cores.demand(computed, cpus=2) == pytest.approx(1.8)
    least, most = cores.cores(waited, cpus=2)
    assert least < 1.0
    assert most > 1.8
    serial = computing(1.0, process(1.0, threads=2, busy_threads=1), starts=Starts(interpreters=True))
    assert cores.cores(serial, cpus=2).most < 1.2


def test_a_thread_that_only_wakes_up_now_and_then_is_no_second_one() -> None:
    """It waits for a core each time. Measured: beside twenty programs, one thread looked like 1.85 cores."""
    each = (ThreadUse(cpu_s=0.5, wait_s=2.0), ThreadUse(cpu_s=0.005, wait_s=1.5))
    serial = computing(2.5, process(0.505, wait_s=3.5, alive_s=2.5, threads=2, each_thread=each), gil=False)
    assert cores.demand(serial, cpus=2) == pytest.approx(1.01)
    assert cores.cores(serial, cpus=2).most == pytest.approx(1.01)


def test_whoever_waits_to_hand_out_work_may_have_wanted_a_core() -> None:
    """While the main thread waits, the others have not begun: that proves nothing, and refutes nothing."""
    each = (ThreadUse(cpu_s=0.002, wait_s=1.0), *[ThreadUse(cpu_s=0.4, wait_s=1.5)] * 2)
    threads = process(0.802, wait_s=4.0, alive_s=2.9, threads=3, busy_threads=2, each_thread=each)
    right = computing(2.9, threads, gil=False)
    least, most = cores.cores(right, cpus=2)
    assert least < 1.4 < most


def test_cores_that_were_kept_busy_are_a_fact() -> None:
    """Whatever a thread that asked for the GIL says. Measured: on an extension that had switched the GIL on."""
    each = (ThreadUse(cpu_s=0.002, wait_s=0.25), *[ThreadUse(cpu_s=0.49, wait_s=0.0)] * 2)
    threads = process(0.982, wait_s=0.25, alive_s=0.5, threads=4, busy_threads=2, each_thread=each)
    seen = computing(0.5, threads, gil_came_on=True, gil_wait_s=0.0035)
    assert cores.cores(seen, cpus=2, gil_free=True).least == pytest.approx(1.964)


def test_where_the_gil_was_switched_on_a_busy_machine_hides_who_holds_it() -> None:
    """With nothing beside, it is as clear as anywhere."""
    beside, alone = process(0.3, wait_s=0.9, threads=4), process(1.0, wait_s=0.05, threads=4)
    for threads, expected in ((beside, True), (alone, False)):
        assert cores.obscured(computing(1.0, threads, gil_came_on=True, gil_wait_s=0.0035)) is expected
    assert not cores.obscured(computing(1.0, beside, gil_wait_s=0.0035))


def test_threads_that_were_born_and_died_unseen_count_for_what_they_did() -> None:
    """Their CPU time is in the account of the process."""
    seen = (ThreadUse(cpu_s=0.5, wait_s=0.0),)
    short = computing(1.0, process(1.5, alive_s=1.0, threads=9, each_thread=seen), gil=False)
    assert cores.demand(short, cpus=2) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("each_s", "told"),
    [
        ((0.5, 0.5, 0.45, 0.45), "work kept 1.9 cores busy, and 1 is allowed"),
        ((1.0, 0.004, 0.001), ""),
        ((0.1,) * 9, ""),
    ],
    ids=["four at once", "one, and two that look after it", "one after the other"],
)
def test_how_many_threads_computed_at_once(each_s: tuple[float, ...], told: str) -> None:
    """Whoever may have one worker computes on one core, however many threads look after others."""
    each = tuple(ThreadUse(cpu_s=cpu_s, wait_s=0.0) for cpu_s in each_s)
    seen = computing(1.0, process(sum(each_s), threads=5, busy_threads=len(each), each_thread=each))
    if told:
        with pytest.raises(CheckFailed, match=told):
            Call(seen).expect_cores(at_most=1)
    else:
        Call(seen).expect_cores(at_most=1)


def test_a_starved_run_hides_whether_several_threads_computed() -> None:
    """Where only one of them had work, that is seen all the same."""
    waited = process(0.2, wait_s=2.0, alive_s=1.0, threads=5, each_thread=(ThreadUse(cpu_s=0.05, wait_s=0.5),) * 4)
    with pytest.raises(CheckFailed) as open_still:
        Call(computing(1.0, waited)).expect_cores(at_most=1)
    assert open_still.value.answer.verdict is Verdict.INCONCLUSIVE
    alone = process(0.2, wait_s=0.6, alive_s=1.0, threads=5, each_thread=(ThreadUse(cpu_s=0.2, wait_s=0.6),))
    Call(computing(1.0, alone)).expect_cores(at_most=1)
