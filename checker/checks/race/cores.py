"""Not a race against sync: does this code keep two cores busy from two threads, so that it lets go of the GIL?"""

from __future__ import annotations

from checker.checks.race.runner import Result, Runner, why_open
from checker.judge import clock, verdict
from checker.judge.diagnosis import race
from checker.model.answer import Judgement, Verdict
from checker.model.evidence import Run
from checker.observe.cpus import usable_cpus

GOAL = 1.4
"""Measured: threads that let go of the GIL want 1.9 to 2.1 cores, threads that do not 1.0 to 1.2."""
LIMIT = 2.0


def hold(runner: Runner) -> Result:
    """Runs of the attempt alone, until the verdict is clear."""
    runs: list[Run] = []
    answer = None
    cpus = usable_cpus()
    while answer is None:
        inputs = runner.entry.make(1.0)
        run = runner.attempt(inputs)
        problem = runner.problem(run, inputs, run)
        if problem is not None:
            return problem
        runs.append(run)
        demands = [clock.demand(each, cpus, gil_free=True) for each in runs if not clock.obscured(each)]
        final = len(runs) >= verdict.CPU_ROUNDS or cpus < verdict.MIN_CPUS or not run.cpu.accounted
        answer = verdict.cores(GOAL, demands, final)
    best = max(demands, default=1.0)
    speed = runner.speed(run.cpu.cpu_s, run.cpu.cpu_s / best, goal=GOAL, limit=LIMIT, rounds=len(runs))
    wrong = race.held_gil(best) if answer is Verdict.FAILED else None
    why = (_blind(cpus) or why_open(run)) if answer is Verdict.INCONCLUSIVE else ""
    return Result(Judgement(verdict=answer, speed=speed, diagnosis=wrong, why=why), run)


def _blind(cpus: float) -> str:
    return f"this machine lets the checker use {cpus:.1f} CPUs, and two threads need two" if cpus < 1.5 else ""
