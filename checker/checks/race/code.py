"""A race of faster code: the same work for less CPU time, in one thread."""

from __future__ import annotations

from checker.checks.race.runner import Result, Runner, why_open
from checker.judge import verdict
from checker.judge.diagnosis import race
from checker.judge.verdict import Pair
from checker.model.answer import Judgement, Verdict


def hold(runner: Runner) -> Result:
    """Pairs of sync and attempt on the same fresh inputs, until the verdict is clear."""
    pairs: list[Pair] = []
    answer = None
    while answer is None:
        inputs = runner.entry.make(1.0)
        sync = runner.sync(inputs)
        run = runner.attempt(inputs)
        problem = runner.problem(run, inputs, sync)
        if problem is not None:
            return problem
        pairs.append((sync, run))
        answer = verdict.code(runner.exercise.goal, pairs, final=len(pairs) >= verdict.CPU_ROUNDS)
    gain = verdict.gain(pairs)
    sync_s = min(sync.wall_s for sync, _ in pairs)
    speed = runner.speed(
        sync_s,
        sync_s / gain,
        rounds=len(pairs),
        reference=runner.reference(lambda reference: verdict.gain([(sync, reference)])),
        overlapped=True,
    )
    wrong = race.code(runner.exercise.goal, gain) if answer is Verdict.FAILED else None
    why = why_open(run) if answer is Verdict.INCONCLUSIVE else ""
    return Result(Judgement(verdict=answer, speed=speed, diagnosis=wrong, why=why), run)
