"""The judge on recorded evidence: what passes, what fails, what nobody can tell, and which round says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from math import inf

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge import computing, overlap, score
from checker.judge.between import Between
from checker.judge.claim import Claim, Rounds, State
from checker.judge.computing import Computing
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.judge import Judgement, judge
from checker.judge.waiting import Waiting
from checker.model.answer import Diagnosis, Speed, Verdict
from checker.model.codes import Code
from checker.model.evidence import Round, Run, ThreadUse
from tests.evidence import computing as computed
from tests.evidence import pool_work, process, run, serial_work, span, waiting_run

PAGES = Waiting(overlap.independent([0.05] * 20, 4.0), goal=4.0, latencies_s=(0.05,) * 20)
"""Twenty operations of 50 ms that must be four times faster: 237 ms, and wider than 4."""


def judged(claims: Sequence[Claim], runs: Sequence[Run], final: bool, sync: Run | None = None) -> Judgement | None:
    return judge(claims, [Round(attempt=each, sync=sync) for each in runs], final)


def verdict(claims: Sequence[Claim], runs: Sequence[Run], final: bool, sync: Run | None = None) -> Verdict | None:
    found = judged(claims, runs, final, sync)
    return found.verdict if found is not None else None


def told(claims: Sequence[Claim], runs: Sequence[Run], sync: Run | None = None) -> tuple[Code | None, Run]:
    """The diagnosis, and the run that it is shown on."""
    found = judged(claims, runs, final=True, sync=sync)
    assert found is not None
    named = found.answer().diagnosis
    return named.code if named is not None else None, found.round.attempt


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
        ([waiting_run(10, 0.9, stolen_s=0.8)] * 2, False, None),
        ([waiting_run(10, 0.9, wait_s=5.0, outside_s=0.1)] * 2, False, Verdict.FAILED),
        ([waiting_run(10, 0.9, wait_s=0.8)] * 6, True, Verdict.INCONCLUSIVE),
        ([waiting_run(10, 0.9, wait_s=0.8)] * 5 + [waiting_run(10, 0.2)], True, Verdict.PASSED),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 2, False, None),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 5 + [waiting_run(10, 0.9, wait_s=0.8)], True, Verdict.INCONCLUSIVE),
        ([waiting_run(4, 0.25, wait_s=0.1)] * 6, True, Verdict.INCONCLUSIVE),
        ([waiting_run(1, 1.3, wait_s=0.28)] * 2, False, Verdict.FAILED),
        ([waiting_run(20, 0.02)], False, Verdict.FAILED),
    ],
    ids=["right", "wide enough", "one serial", "serial", "too narrow", "wide but slow", "busy machine", "late world",
         "busy host", "own threads in the way", "busy to the end", "once in time", "held up and narrow",
         "but not always", "always", "held up and serial", "too fast"],
)  # fmt: skip
def test_waiting(rounds: list[Run], final: bool, expected: Verdict | None) -> None:
    """A pass needs one round that nothing wrong can produce, a failure two that nothing right produces."""
    assert verdict(PAGES.claims, rounds, final) is expected


def test_without_accounting_slow_is_not_failed() -> None:
    """Where nobody tells how long a run waited for a core, a wide but slow run proves nothing."""
    slow = waiting_run(10, 0.9)
    blind = msgspec.structs.replace(slow, cpu=msgspec.structs.replace(slow.cpu, accounted=False))
    assert verdict(PAGES.claims, [blind] * 6, final=True) is Verdict.INCONCLUSIVE
    assert verdict(PAGES.claims, [waiting_run(1, 1.0)] * 2, final=False) is Verdict.FAILED


def test_operations_before_the_clock_are_too_fast() -> None:
    """Work that began before the call did voids the run, however right it looks."""
    early = msgspec.structs.replace(waiting_run(10, 0.11), early_operations=1)
    assert verdict(PAGES.claims, [early], final=False) is Verdict.FAILED


def test_of_dependent_work_a_round_that_was_held_up_says_nothing() -> None:
    """Steps that wait for others have fewer in flight when the machine holds one of them up."""
    plan = overlap.Bounds(serial_s=1.0, wrong_s=0.6, least_s=0.25)
    narrow = waiting_run(2, 1.2, wait_s=0.5)
    assert verdict(Waiting(plan, 1.7, at_least=4).claims, [narrow] * 2, final=False) is Verdict.FAILED
    held_up = Waiting(msgspec.structs.replace(plan, dependent=True), 1.7, at_least=4)
    assert verdict(held_up.claims, [narrow] * 2, final=False) is None
    assert verdict(held_up.claims, [waiting_run(2, 1.2)] * 2, final=False) is Verdict.FAILED


def test_a_short_hold_up_explains_what_is_narrow_where_operations_are_short() -> None:
    """The deadline of exercise 19: eight begin together, six take 50 ms only; the whole takes 300 ms."""
    bounds = overlap.Bounds(serial_s=1.55, wrong_s=0.6, least_s=0.3)
    quick = Waiting(bounds, 3.0, at_least=5, latencies_s=(0.05,) * 6 + (0.5, 0.75))
    narrow = waiting_run(4, 0.32, wait_s=0.1)
    assert verdict(quick.claims, [narrow] * 2, final=False) is None
    assert verdict(quick.claims, [waiting_run(4, 0.32, wait_s=0.02)] * 2, final=False) is Verdict.FAILED
    assert verdict(dataclasses.replace(quick, latencies_s=()).claims, [narrow] * 2, final=False) is Verdict.FAILED


def test_a_run_that_was_held_up_needs_time_of_its_own() -> None:
    """Ten at once, of 50 ms. The last three began when all others were over, for which others are to blame by 45 ms."""
    spans = *(span(0.001 * n, 0.050 + 0.001 * n) for n in range(7)), *(span(0.057, 0.107),) * 3
    pool = Waiting(PAGES.bounds, 4.0, at_least=8, latencies_s=PAGES.latencies_s)
    for wait_s, expected in ((0.02, Verdict.FAILED), (0.045, None)):
        held_up = msgspec.structs.replace(waiting_run(10, 0.18, wait_s=wait_s), spans=spans)
        assert verdict(pool.claims, [held_up] * 2, final=False) is expected


CORES = Computing(goal=1.5, limit=2.0, cpus=2.0)
RIGHT = pool_work(0.52, [(0.5, 0.01), (0.5, 0.01)])
BUSY = pool_work(1.0, [(0.5, 0.5), (0.5, 0.5)])
SERIAL = serial_work(1.0)
THREADS = computed(1.1, process(1.0, wait_s=1.1, alive_s=1.1, threads=3, busy_threads=2))
DOUBLE = pool_work(1.02, [(1.0, 0.01), (1.0, 0.01)])
LOPSIDED = pool_work(0.92, [(0.9, 0.01), (0.1, 0.0)])
UNEVEN = pool_work(0.82, [(0.8, 0.01), (0.2, 0.0)])
LOPSIDED_BUSY = pool_work(1.8, [(0.9, 0.9), (0.1, 0.7)])
BURST = pool_work(0.82, [(0.8, 0.01), (0.8, 0.01)])
SPIN = computed(1.0, process(1.0), process(0.99))
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
        ([QUICK], False, None),
        ([QUICK] * 2, False, Verdict.FAILED),
        ([SERIAL, SPIN, SERIAL, SPIN], False, Verdict.FAILED),
        ([SPIN, SERIAL], False, None),
    ],
    ids=["pool", "pool on a busy machine", "one serial", "serial", "threads", "lopsided", "uneven twice", "uneven",
         "lopsided and busy", "twice the work twice", "twice the work", "spinning helper", "bursts on the host",
         "nothing but bursts", "after bursts", "skipped once", "skipped", "spinning now and then", "spinning once"],
)  # fmt: skip
def test_cpu(attempts: list[Run], final: bool, expected: Verdict | None) -> None:
    """Cores kept busy and CPU time spent decide, not the wall clock."""
    assert verdict(CORES.claims, attempts, final, SERIAL) is expected


def beside(capacity: float) -> tuple[Run, Run]:
    """Sync twice at once, where two cores do so many times the work of one."""
    dear = serial_work(2.0 / capacity)
    return dear, dear


def paired(attempts: Sequence[Run], capacity: float, sync: Run = SERIAL) -> list[Round]:
    return [Round(attempt=each, sync=sync, together=beside(capacity)) for each in attempts]


def on(machine: Computing, rounds: Rounds, final: bool = False) -> Verdict | None:
    found = judge(machine.claims, rounds, final)
    return found.verdict if found is not None else None


def test_a_share_of_what_the_cores_give() -> None:
    """Where two cores do 1.4 times the work of one, the goal is scaled; a lopsided split still does not pass."""
    dear = pool_work(0.72, [(0.7, 0.01), (0.7, 0.01)])
    assert CORES.scaled_goal(paired([dear], 1.4)) == 1.25
    assert on(CORES, paired([dear], 1.4)) is Verdict.PASSED
    assert on(CORES, paired([LOPSIDED] * 5, 1.4), final=True) is Verdict.FAILED


def test_what_is_shown_is_the_round_that_passed() -> None:
    """A pass in a later round is not shown with the speed-up of those before it."""
    found = judged(CORES.claims, [UNEVEN, UNEVEN, RIGHT], final=False, sync=SERIAL)
    assert found is not None
    assert (found.verdict, found.round.attempt) == (Verdict.PASSED, RIGHT)
    assert CORES.speedup(found.rounds[:2]) < 1.5 <= CORES.speedup(found.rounds)


def test_cores_that_share_what_they_have() -> None:
    """Where two cores at once do 1.2 times the work of one, everything costs more there: that wastes nothing."""
    dear, twice = pool_work(0.95, [(0.93, 0.0), (0.93, 0.0)]), pool_work(1.7, [(1.67, 0.0), (1.67, 0.0)])
    assert on(CORES, paired([dear] * 3, 1.2)) is None
    assert on(CORES, paired([twice] * 3, 1.2)) is Verdict.FAILED


@pytest.mark.parametrize(("cpus", "capacity"), [(1.0, 2.0), (2.0, 1.1)])
def test_a_machine_that_cannot_show_it(cpus: float, capacity: float) -> None:
    """With one usable core, or two that do little more, right is inconclusive, and serial still fails."""
    blind = Computing(goal=1.5, limit=2.0, cpus=cpus)
    assert on(blind, paired([RIGHT] * 5, capacity), final=True) is Verdict.INCONCLUSIVE
    assert on(blind, paired([SERIAL] * 2, capacity)) is Verdict.FAILED


def test_threads_that_seldom_meet_do_not_show_who_holds_the_gil() -> None:
    """With next to nothing of the cores, threads look as if they wanted two; other rounds must tell."""
    gil_free = Computing(goal=1.5, limit=2.0, cpus=2.0, gil_free=True).claims
    starved = computed(5.0, process(0.7, wait_s=9.0, alive_s=5.0, threads=3, busy_threads=2))
    free = computed(0.55, process(1.0, wait_s=0.1, alive_s=0.55, threads=3, busy_threads=2))
    assert verdict(gil_free, [starved], False, SERIAL) is None
    assert verdict(gil_free, [starved] * 5, True, SERIAL) is Verdict.INCONCLUSIVE
    assert verdict(gil_free, [starved, free], False, SERIAL) is Verdict.PASSED


def test_a_burst_that_hit_sync_passes_nobody() -> None:
    """Twice the work, done while the host was quiet, beside a sync that was not: the sync in company tells."""
    quiet = pool_work(0.62, [(0.6, 0.01), (0.6, 0.01)])
    fooled = Round(attempt=quiet, sync=serial_work(1.05))
    assert on(CORES, [fooled]) is Verdict.PASSED
    assert on(CORES, [msgspec.structs.replace(fooled, together=(serial_work(0.6), serial_work(0.7)))]) is None


def unaccounted(run: Run) -> Run:
    """The same run where the platform tells only CPU time."""
    return msgspec.structs.replace(run, cpu=msgspec.structs.replace(run.cpu, accounted=False))


def test_where_only_cpu_time_is_told() -> None:
    """More CPU seconds than seconds prove work side by side; one busy process proves that there was none."""
    busy = pool_work(1.0, [(0.5, 0.5), (0.5, 0.5)])
    assert verdict(CORES.claims, [unaccounted(RIGHT)], False, unaccounted(SERIAL)) is Verdict.PASSED
    assert verdict(CORES.claims, [unaccounted(busy)] * 5, True, unaccounted(SERIAL)) is Verdict.INCONCLUSIVE
    assert verdict(CORES.claims, [unaccounted(SERIAL)] * 2, False, unaccounted(SERIAL)) is Verdict.FAILED


@pytest.mark.parametrize(
    ("own_s", "rounds", "final", "expected"),
    [
        (0.01, 1, False, Verdict.PASSED),
        (0.2, 1, False, None),
        (0.2, 2, False, Verdict.FAILED),
        (0.08, 2, False, None),
        (0.08, 5, True, Verdict.FAILED),
        (0.0002, 2, False, Verdict.FAILED),
    ],
    ids=["fast", "slow once", "slow", "nearly", "nearly, to the end", "no loop"],
)
def test_faster_code(own_s: float, rounds: int, final: bool, expected: Verdict | None) -> None:
    """Fifteen times less CPU time than sync, of seventy that can be had."""
    assert verdict(CODE, [serial_work(own_s)] * rounds, final, SERIAL) is expected


CODE = computing.faster_code(15.0, 70.0)


def test_what_is_told_is_what_was_judged() -> None:
    """The least of all rounds counts. Beside a sync that a burst on the host has hit, slow code looks fast enough."""
    burst = Round(attempt=serial_work(0.08), sync=serial_work(1.75 * SERIAL.cpu.cpu_s))
    quiet = Round(attempt=serial_work(0.08), sync=SERIAL)
    assert said(CODE, [quiet, burst, burst, burst]).startswith(f"It takes {SERIAL.cpu.cpu_s / 0.08:.1f} times less")
    burst = Round(attempt=pool_work(1.5, [(1.4, 0.0), (1.4, 0.0)]), sync=serial_work(1.75 * SERIAL.cpu.cpu_s))
    quiet = msgspec.structs.replace(burst, sync=SERIAL)
    assert f"sync needs {SERIAL.cpu.cpu_s:.1f} s" in said(CORES.claims, [quiet, burst, burst, burst])


def said(claims: Sequence[Claim], rounds: Rounds) -> str:
    """The sentence for an attempt that fails."""
    judgement = judge(claims, rounds, final=False)
    assert judgement is not None
    diagnosed = judgement.answer().diagnosis
    assert diagnosed is not None
    return diagnosed.sentence


def threads(wanted: float) -> Run:
    """Two threads that keep so many cores busy for half a second."""
    return computed(0.5, process(0.5 * wanted, alive_s=0.5, threads=3, busy_threads=2))


@pytest.mark.parametrize(
    ("demands", "final", "expected"),
    [
        ([1.9], False, Verdict.PASSED),
        ([1.0], False, None),
        ([1.0, 1.1], False, Verdict.FAILED),
        ([1.3, 1.0, 1.3], True, Verdict.INCONCLUSIVE),
    ],
)
def test_two_threads(demands: list[float], final: bool, expected: Verdict | None) -> None:
    """One round shows that two cores are kept busy; two show that only one is."""
    assert verdict(computing.two_threads(1.4, 2.0), list(map(threads, demands)), final) is expected


def test_a_process_that_only_burns_time_is_no_second_thread() -> None:
    """Code that holds the GIL, and a child that spins: one process is what is asked about."""
    burning = computed(0.5, process(0.5, alive_s=0.5, threads=3), process(0.5, alive_s=0.5))
    assert verdict(computing.two_threads(1.4, 2.0), [burning] * 2, final=False) is Verdict.FAILED


@pytest.mark.parametrize(
    ("each_s", "expected"),
    [
        ((0.5, 0.49, 0.01), Verdict.PASSED),
        ((0.25, 0.25, 0.4), Verdict.FAILED),
        ((0.4, 0.4, 0.05, 0.05, 0.05, 0.05), Verdict.FAILED),
        ((0.4, 0.4), Verdict.INCONCLUSIVE),
        ((), Verdict.PASSED),
    ],
    ids=["callers", "one that spins", "many that spin", "who lived between two looks", "nobody tells threads apart"],
)
def test_a_thread_that_only_burns_time_is_no_caller(each_s: tuple[float, ...], expected: Verdict) -> None:
    """Code that holds the GIL, and a C thread that spins: whatever is said of the GIL, a third one computed."""
    told = tuple(ThreadUse(cpu_s=cpu_s, wait_s=0.0) for cpu_s in each_s)
    burning = process(0.99, alive_s=0.5, threads=4, busy_threads=3, each_thread=told)
    seen = computed(0.5, burning, gil_wait_s=0.0005)
    assert verdict(computing.two_threads(1.4, 2.0), [seen] * 2, final=True) is expected


# --- the defects that led to one judge ---------------------------------------------------------------

HELD_UP = waiting_run(10, 0.9, wait_s=0.8)


def test_too_fast_is_told_of_the_round_that_was() -> None:
    """Two rounds that were held up say nothing; the third one was too fast, and is shown."""
    fast = waiting_run(20, 0.02)
    assert told(PAGES.claims, [HELD_UP, HELD_UP, fast]) == (Code.TOO_FAST, fast)


def test_too_fast_earns_nothing_for_its_speed() -> None:
    """Who has not waited for the work has not done it side by side. What is only slow has."""
    speed = Speed(speedup=8.0, goal=4.0, limit=10.0, sync_s=1.0, attempt_s=0.1, overlapped=True)
    for runs, earned in (([waiting_run(20, 0.02)], 0.0), ([waiting_run(10, 0.9)] * 2, 2.0)):
        found = judged(PAGES.claims, runs, final=True)
        assert found is not None
        assert score.points(found.verdict, 4.0, found.answer(speed).speed) == earned


def test_serial_is_told_of_the_rounds_that_were() -> None:
    """Serial rounds between rounds that were held up: the serial ones refute, and one of them is shown."""
    serial = waiting_run(1, 1.02)
    assert told(PAGES.claims, [serial, HELD_UP, serial, HELD_UP]) == (Code.SERIAL, serial)


def test_a_right_attempt_on_a_busy_machine_is_open_to_the_end() -> None:
    """Six rounds that were held up, and look narrow for it, are no evidence, however many."""
    assert verdict(PAGES.claims, [waiting_run(4, 0.25, wait_s=0.1)] * 6, final=True) is Verdict.INCONCLUSIVE


def test_one_burst_in_sync_fails_nobody() -> None:
    """Sync took 2.05 times its CPU time in one round; the next one passes, and alone it proves nothing."""
    burst = Round(attempt=pool_work(0.52, [(0.5, 0.0), (0.5, 0.0)]), sync=serial_work(2.05))
    quiet = Round(attempt=RIGHT, sync=SERIAL)
    assert on(CORES, [burst]) is None
    assert on(CORES, [burst, quiet]) is Verdict.PASSED


def test_its_own_lateness_is_not_the_machines() -> None:
    """Naps whose end the attempt itself tells: all have begun, and each waits for the others' turns."""
    naps = [span(0.02 * n, 1.5 + 0.02 * n, 0.06, name="task", key=str(n), self_reported=True) for n in range(5)]
    bounds = overlap.Bounds(serial_s=0.6, wrong_s=0.3, least_s=0.06)
    in_turn = run(1.61, spans=tuple(naps))
    assert told(Waiting(bounds, goal=3.5).claims, [in_turn] * 2)[0] is Code.SERIAL


@pytest.mark.parametrize("together", [False, True])
def test_what_is_never_side_by_side_is_named(together: bool) -> None:
    """Of one name, one after the other, more than there is time for: whatever else is side by side."""
    at_s = [0.0 if together else 0.1 * turn for turn in range(4)]
    opened = [span(begin_s, begin_s + 0.1, 0.1, name="connect") for begin_s in at_s]
    spans = (*opened, *(span(0.4, 0.5, 0.1, name="get") for _ in range(4)))
    bounds = overlap.Bounds(serial_s=0.8, wrong_s=0.4, least_s=0.2, wrong_width=3)
    found = judged(Waiting(bounds, goal=3.0).claims, [run(0.5, spans=spans)] * 2, final=False)
    assert found is not None
    said = found.answer().diagnosis or diagnosis(Code.SERIAL, "")
    assert said.code is Code.LATE
    named = "connect was called 4 times, one after the other: that alone takes 400 ms" in said.sentence
    assert named is not together


def test_one_core_fails_nobody_who_splits_the_work() -> None:
    """On one core of a quiet machine two workers take turns: nobody can tell, and nothing is held against them."""
    taking_turns = pool_work(1.0, [(0.5, 0.5), (0.5, 0.5)], outside_s=0.0)
    one_core = Computing(goal=1.5, limit=2.0, cpus=1.0)
    assert verdict(one_core.claims, [taking_turns] * 5, True, SERIAL) is Verdict.INCONCLUSIVE
    idle_pool = computed(1.0, process(0.98), process(0.01), process(0.01))
    assert told(one_core.claims, [idle_pool] * 2, SERIAL)[0] is Code.SERIAL


@pytest.mark.parametrize("own_s", [0.0001, 0.000001])
def test_a_formula_is_no_faster_loop(own_s: float) -> None:
    """Thousands of times faster, where seventy can be had: less was done."""
    assert told(CODE, [serial_work(own_s)] * 2, SERIAL)[0] is Code.WORK_SKIPPED
    assert told(computing.two_threads(1.4, 2.0), [serial_work(own_s)] * 2)[0] is Code.WORK_SKIPPED


# --- what holds for all claims -----------------------------------------------------------------------

NUMBER = st.integers(0, 10).map(float)
INTERVAL = st.tuples(NUMBER, NUMBER).map(lambda ends: Between(min(ends), max(ends)))


def numbered(attempt: int) -> Round:
    return Round(attempt=run(float(attempt)))


def scripted(seen: Sequence[Between], at_least: float, at_most: float = inf, against: int = 2) -> Claim:
    """A claim of which each round shows what is written here."""

    def tell(rounds: Rounds) -> Diagnosis:
        return diagnosis(Code.LATE, f"{rounds[-1].attempt.wall_s:g}")

    return Claim(lambda rounds: seen[len(rounds) - 1], tell, at_least, at_most, against)


@given(INTERVAL, NUMBER, NUMBER, NUMBER)
def test_a_wider_interval_decides_nothing_that_was_open(seen: Between, wider: float, least: float, most: float) -> None:
    """Knowing less never turns open into proved or refuted."""
    wide = Between(seen.least - wider, seen.most + wider)
    narrow, broad = (scripted([each], least, most).state([numbered(1)]) for each in (seen, wide))
    assert broad in (narrow, State.OPEN)


@given(st.lists(INTERVAL, min_size=1, max_size=6), NUMBER, st.integers(1, 3), st.data())
def test_another_round_never_turns_failed_into_passed(
    seen: list[Between], least: float, against: int, data: st.DataObject
) -> None:
    """What failed stays failed, with the round that failed it or a later one that does, too."""
    claim = scripted(seen, least, against=against)
    rounds = [numbered(number) for number in range(len(seen))]
    shorter = data.draw(st.integers(1, len(rounds)))
    before, after = judge([claim], rounds[:shorter], final=False), judge([claim], rounds, final=False)
    if before is not None and before.verdict is Verdict.FAILED:
        assert after is not None
        assert after.verdict is Verdict.FAILED


@given(st.lists(INTERVAL, min_size=1, max_size=6), NUMBER)
def test_the_round_that_refutes_is_the_one_that_is_shown(seen: list[Between], least: float) -> None:
    """The sentence is made from a round in which the claim was refuted, and from no other."""
    found = judge([scripted(seen, least)], [numbered(number) for number in range(len(seen))])
    assert found is not None
    if found.verdict is Verdict.FAILED:
        shown = int(found.round.attempt.wall_s)
        assert seen[shown].most < least
        assert (found.answer().diagnosis or diagnosis(Code.LATE, "")).sentence == f"{shown}."
