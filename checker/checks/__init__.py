"""What a check is written with: call the attempt, then say what must be true of that call.

    def test_answers_come_back_in_order(attempt, world):
        \"\"\"Both answers come back, in the order (a, b).\"\"\"
        job_a, job_b = world.operation("a", 0.1), world.operation("b", 0.05)
        run = attempt.run_both(job_a, job_b)
        run.expect_result((job_a.answer, job_b.answer))

Every `expect_...` raises CheckFailed, with the diagnosis, when the evidence says otherwise.
"""

from checker.checks.bench import AttemptProxy, Bench, RaceTrack
from checker.checks.call import Call, CheckFailed
from checker.checks.race.spec import Inputs
from checker.checks.words import in_words, of_each_call
from checker.judge.diagnosis.values import AnError, Close
from checker.judge.overlap import Bounds
from checker.model.codes import Code
from checker.process.invocation import Namespace, WarmPool
from checker.world.pools import Bug

__all__ = [
    "AnError", "AttemptProxy", "Bench", "Bounds", "Bug", "Call", "CheckFailed", "Close", "Code", "Inputs", "Namespace",
    "RaceTrack", "WarmPool", "in_words", "of_each_call",
]  # fmt: skip
