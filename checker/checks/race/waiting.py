"""A race of waiting-bound work: the wall clock on the grader's side, and the world's ledger."""

from __future__ import annotations

from checker.checks.race.runner import Result, Runner, why_open
from checker.judge import overlap, verdict
from checker.judge.diagnosis import race
from checker.model.answer import Judgement, Verdict
from checker.model.evidence import Run


def hold(runner: Runner) -> Result:
    """Rounds of the attempt against one run of sync: the yardstick is physical, so sync need not be run again."""
    sync = runner.sync(runner.entry.make(1.0))
    goal = runner.exercise.goal
    latencies_s = [span.latency_s for span in overlap.counted(sync.spans)]
    bounds = runner.entry.bounds or overlap.independent(latencies_s, goal)
    yardstick = verdict.Waiting(bounds, goal, runner.entry.at_least, tuple(latencies_s))
    rounds: list[Run] = []
    answer, void = None, 0
    while answer is None:
        inputs = runner.entry.make(1.0)
        run = runner.attempt(inputs, sync if rounds or runner.sources.untouched else None)
        problem = runner.problem(run, inputs, sync)
        if problem is not None:
            void += 1
            if run.debugged or problem.judgement.verdict is Verdict.FAILED or void == verdict.WAITING_ROUNDS:
                return problem
            continue
        rounds.append(run)
        evidence = [sync, *rounds] if runner.sources.untouched else rounds
        answer = verdict.waiting(yardstick, evidence, final=len(rounds) >= verdict.WAITING_ROUNDS)
    return _result(runner, yardstick, sync, rounds, answer)


def _result(runner: Runner, yardstick: verdict.Waiting, sync: Run, rounds: list[Run], answer: Verdict) -> Result:
    best = min(rounds, key=lambda run: run.wall_s)
    speed = runner.speed(
        sync.wall_s,
        best.wall_s,
        rounds=len(rounds),
        reference=runner.reference(lambda run: sync.wall_s / run.wall_s),
        overlapped=not yardstick.too_fast(best) and _peak(best) > 1,
    )
    if answer is Verdict.FAILED:
        shown = max(reversed(rounds[1:] or rounds), key=_peak)  # a narrower one may be the machine's fault
        return Result(Judgement(verdict=answer, speed=speed, diagnosis=race.waiting(yardstick, shown)), shown)
    why = why_open(best) if answer is Verdict.INCONCLUSIVE else ""
    return Result(Judgement(verdict=answer, speed=speed, why=why), best)


def _peak(run: Run) -> int:
    return overlap.peak(overlap.counted(run.spans), run.end_s)
