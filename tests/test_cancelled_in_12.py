"""Exercise 12: what a call that is cancelled from outside shows of the attempt."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import catalog
from checker.model.codes import Code
from checker.session.grader import Grader

EXERCISE = catalog.load(catalog.own_exercises() / "12_gather_failures")
WRONG = Path(__file__).parent / "attempts" / EXERCISE.folder.name / "wrong"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("name", "told"), [("await_in_a_loop", Code.SERIAL), ("not_written_yet", Code.MISSING)])
def test_the_moment_of_the_cancellation_is_no_work_of_the_attempt(name: str, told: Code) -> None:
    """What tells the scenario when to cancel it is neither a second call beside the first, nor a first one."""
    with Grader(width=None) as grader:
        result = grader.grade(EXERCISE, (WRONG / f"{name}.py").read_bytes(), "not timed")
    (check,) = [each for each in result.checks if each.id.endswith("test_cancelled_from_outside")]
    assert check.diagnosis is not None, check.why
    assert check.diagnosis.code is told
