"""Lint: do the stub and the solution of an exercise behave as they should?"""

from __future__ import annotations

from collections.abc import Iterator

from checker import catalog
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import Exercise
from checker.report.remarks import for_authors

MOST_STUB_POINTS = 3
"""Points of 10 that an unchanged stub may get at most."""
SLOW = {
    Code.SERIAL, Code.UNDER_USED, Code.GIL_BOUND, Code.BLOCKS_LOOP, Code.LATE, Code.WORK_MULTIPLIED, Code.WRONG_TOOL,
    Code.ORDER, Code.LEAK_SESSION,
    Code.STUB_UNCHANGED,
}  # fmt: skip
"""Diagnoses that a program may get which is correct and only slow.

STUB_UNCHANGED is the only one that an unchanged stub gets on a machine that is too busy to measure it."""


def problems(exercise: Exercise) -> Iterator[str]:
    """Grade the stub and the solution: one line per problem."""
    from checker.session.grader import Grader

    with Grader(width=None, further=[exercise.folder.parent.parent]) as grader:
        yield from of_stub(grader.grade(exercise, (exercise.folder / exercise.attempt).read_bytes()))
        reference = catalog.solution(exercise.folder) / exercise.attempt
        solution = grader.grade(exercise, reference.read_bytes())
        for check in solution.checks:
            if check.verdict is not Verdict.PASSED:
                yield f"the solution is {check.verdict} at {check.id!r}: {for_authors(check)}"


def of_stub(stub: AttemptResult) -> Iterator[str]:
    """One line per problem: an unchanged stub must be correct, fail for its slowness only, and earn few points."""
    for check in stub.checks:
        if check.verdict is Verdict.PASSED and check.speed is not None:
            yield f"the stub is passed at the timed check {check.id!r}; it must fail it"
        elif not check.verdict.is_judged:
            yield f"the stub is {check.verdict} at {check.id!r}: {check.why}"
        elif check.verdict is Verdict.FAILED and (check.diagnosis is None or check.diagnosis.code not in SLOW):
            yield f"the stub is failed at {check.id!r}: {for_authors(check)} (it must be correct, and only slow)"
    if stub.score > MOST_STUB_POINTS:
        yield (
            f"the stub gets {stub.score:g} of {stub.max_score:g} points; ask more of its checks, "
            f"until those that it meets are worth {MOST_STUB_POINTS} at most"
        )
