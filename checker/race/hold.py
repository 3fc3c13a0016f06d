"""Hold a race, of whichever kind the exercise is."""

from __future__ import annotations

import msgspec

from checker.diagnosis.hints import diagnosis
from checker.model import Code, Verdict
from checker.race import cpu, waiting
from checker.race.runner import Result, Runner


def hold(runner: Runner) -> Result:
    """Race until the verdict is clear. Raises RaceError when that fails for a reason of ours."""
    result = cpu.hold(runner) if runner.exercise.bound_by == "cpu" else waiting.hold(runner)
    if result.judgement.verdict is Verdict.INCONCLUSIVE and runner.sources.untouched:
        # What is byte for byte the stub is as slow as the stub, on any machine.
        unchanged = diagnosis(Code.STUB_UNCHANGED, "attempt.py is still an exact copy of sync.py")
        judgement = msgspec.structs.replace(result.judgement, verdict=Verdict.FAILED, diagnosis=unchanged, why="")
        return Result(judgement, result.run)
    return result
