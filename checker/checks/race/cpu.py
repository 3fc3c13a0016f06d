"""A race of CPU-bound work: scheduler accounting and the corrected clock, because wall clocks lie on shared cores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from statistics import median

from checker.checks.race.runner import Inputs, Result, Runner, why_open
from checker.judge import clock, verdict
from checker.judge.diagnosis import race
from checker.judge.verdict import Pair
from checker.model.answer import Judgement, Verdict
from checker.model.evidence import Run
from checker.observe.cpus import usable_cpus

TOGETHER = 2
"""How many copies of sync run at once to learn what two cores give."""
LEAST_CPU_S = 0.5
"""A stub that takes less gets more work: start-up and sampling must be small beside it."""
MAX_SCALE = 16.0


class _Probe:
    """The yardstick, which learns what the cores give when that is needed: serial work can be told without."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._together: list[list[Run]] = []
        exercise = runner.exercise
        self.yardstick = verdict.Cpu(
            exercise.goal, exercise.limit, usable_cpus(), exercise.limit, gil_free=runner.entry.gil_free
        )

    def consider(self, inputs: Inputs, pairs: list[Pair]) -> None:
        """Run sync in two processes at once. In every round: what the host's other guests leave us changes."""
        if clock.demand(pairs[-1][1], float("inf"), self._runner.entry.gil_free) <= verdict.SERIAL_DEMAND:
            return
        with ThreadPoolExecutor(TOGETHER) as threads:
            self._together.append(list(threads.map(lambda _: self._runner.sync(inputs), range(TOGETHER))))
        alone, beside = [sync for sync, _ in pairs], [run for runs in self._together for run in runs]
        least_s = min(run.cpu.cpu_s for run in (*alone, *beside))
        capacity = min(self._runner.exercise.limit, clock.capacity(least_s, self._together))
        self.yardstick = replace(self.yardstick, capacity=capacity, sync_s=least_s)


def hold(runner: Runner) -> Result:
    """Pairs of sync and attempt on the same fresh inputs, until the verdict is clear."""
    probe = _Probe(runner)
    scale = 1.0
    pairs: list[Pair] = []
    answer = None
    while answer is None:
        inputs = runner.entry.make(scale)
        sync = runner.sync(inputs)
        if not pairs and sync.cpu.cpu_s < LEAST_CPU_S and scale < MAX_SCALE:
            scale = _more(scale, sync)
            continue
        run = runner.attempt(inputs, sync if pairs or runner.sources.untouched else None)
        problem = runner.problem(run, inputs, sync)
        if problem is not None:
            return problem
        pairs.append((sync, run))
        probe.consider(inputs, pairs)
        evidence = [(sync, sync), *pairs] if runner.sources.untouched else pairs
        answer = verdict.cpu(probe.yardstick, evidence, final=len(pairs) >= verdict.CPU_ROUNDS)
    reference = runner.reference(lambda run: probe.yardstick.speedup([(sync, run)]), scale)
    return _result(runner, probe.yardstick, evidence, answer, reference)


def _more(scale: float, sync: Run) -> float:
    """How much the work must be multiplied on a fast machine."""
    return min(MAX_SCALE, scale * max(1.5, 1.2 * LEAST_CPU_S / max(sync.cpu.cpu_s, 0.01)))


def _result(
    runner: Runner, yardstick: verdict.Cpu, pairs: list[Pair], answer: Verdict, reference: float | None
) -> Result:
    run = pairs[-1][1]
    # One good round is enough to pass, so that is the one to show.
    speedup = yardstick.speedup(pairs, max if answer is Verdict.PASSED else median)
    sync_s = min(clock.corrected_s(pair[0], yardstick.cpus) for pair in pairs)
    speed = runner.speed(
        sync_s,
        sync_s / speedup if speedup > 0 else run.wall_s,
        goal=yardstick.scaled_goal,
        rounds=sum(run is not sync for sync, run in pairs),
        reference=reference,
        clock="corrected" if run.cpu.accounted else "raw",
        overlapped=clock.demand(run, yardstick.cpus, yardstick.gil_free) > verdict.SERIAL_DEMAND,
    )
    wrong = race.cpu(yardstick, pairs) if answer is Verdict.FAILED else None
    why = (yardstick.blind or _dear(yardstick, pairs) or why_open(run)) if answer is Verdict.INCONCLUSIVE else ""
    return Result(Judgement(verdict=answer, speed=speed, diagnosis=wrong, why=why), run)


def _dear(yardstick: verdict.Cpu, pairs: list[Pair]) -> str:
    """Why nobody can tell, where the attempt's work cost more than a right one's ever did."""
    if not verdict.accounted(pairs) or yardstick.thrift(pairs) >= verdict.THRIFTY:
        return ""
    times = 1 / yardstick.efficiency(pairs)
    return f"its work took {times:.1f} times sync's CPU time, on this machine; run it again when nothing else runs"
