"""Hold a race, of whichever kind the exercise is."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from checker.checks.race import code, cores, cpu, waiting
from checker.checks.race.runner import Result, Runner
from checker.judge.diagnosis.hints import diagnosis
from checker.model.answer import Code, Verdict


def hold(runner: Runner) -> Result:
    """Race until the verdict is clear. Raises RaceError when that fails for a reason of ours."""
    result = _holder(runner)(runner)
    if result.judgement.verdict is Verdict.INCONCLUSIVE and runner.sources.untouched:
        # What is byte for byte the stub is as slow as the stub, on any machine.
        unchanged = diagnosis(Code.STUB_UNCHANGED, "attempt.py is still an exact copy of sync.py")
        judgement = msgspec.structs.replace(result.judgement, verdict=Verdict.FAILED, diagnosis=unchanged, why="")
        return Result(judgement, result.run)
    return result


def _holder(runner: Runner) -> Callable[[Runner], Result]:
    if runner.entry.kind == "speed":
        return cpu.hold if runner.exercise.bound_by == "cpu" else waiting.hold
    return {"code": code.hold, "cores": cores.hold}[runner.entry.kind]
