"""Carries out a plan more than once in one process."""

from checker.attempt.awaited import asked_by, awaited


def in_turn(attempt, plan) -> list[object]:
    """What run_plan returns for one plan in two calls, in which the steps answer differently."""

    def carried_out(when):
        own = dict(plan)  # which it may empty; the steps are the same
        return awaited(attempt.run_plan(own, asked_by(attempt.run_plan, lambda step: f"{step} {when}")))

    return [carried_out("today"), carried_out("tomorrow")]
