"""The one loop that holds a race, of whichever kind: rounds until the judge has a verdict."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from checker.checks.race import kinds
from checker.checks.race.runner import Runner
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.judge import Judgement, judge
from checker.model.answer import Answer, Verdict
from checker.model.codes import Code
from checker.model.evidence import Round


def hold(runner: Runner, seen: Callable[[Round], None]) -> Answer:
    """Race until the verdict is clear. Raises RaceError when that fails for a reason of ours.

    `seen` is told of the round that shows the verdict.
    """
    race = kinds.of(runner)
    rounds: list[Round] = []
    open_answer: Answer | None = None
    judgement: Judgement | None = None
    for number in range(1, race.most_rounds + 1):
        evidence, inputs = race.round(watched=number > 1 or runner.sources.untouched)
        problem = runner.problem(evidence.attempt, inputs, evidence.sync or evidence.attempt)
        if problem is None:
            rounds.append(evidence)
        elif problem.verdict is Verdict.FAILED or evidence.attempt.debugged:
            seen(evidence)
            return problem
        else:
            open_answer = problem  # its time means nothing, and it is no evidence against the attempt
        judged = [*(race.stub() if runner.sources.untouched else ()), *rounds]
        judgement = judge(race.claims, judged, final=number == race.most_rounds) if rounds else None
        if judgement is not None:
            break
    if judgement is None:
        assert open_answer is not None
        return open_answer
    seen(judgement.round)
    speed = race.speed(judgement.rounds)
    if not runner.sources.untouched:
        note = race.note(judgement.round) if judgement.verdict is Verdict.PASSED else ""
        return msgspec.structs.replace(judgement.answer(speed), note=note)
    unchanged = msgspec.structs.replace(speed, overlapped=False)
    return _unchanged(judgement.answer(unchanged), runner.exercise.attempt)


def _unchanged(answer: Answer, file: str) -> Answer:
    """An exact copy of the stub is as slow as the stub, on any machine, and earns nothing for its speed."""
    if answer.verdict is not Verdict.INCONCLUSIVE:
        return answer
    unchanged = diagnosis(Code.STUB_UNCHANGED, f"{file} is still an exact copy of sync.py")
    return msgspec.structs.replace(answer, verdict=Verdict.FAILED, diagnosis=unchanged, why="")
