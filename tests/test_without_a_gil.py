"""Where there is no GIL: all solutions, and the exercises about cores, whose verdicts may be others there.

Needs an interpreter without a GIL (tests/pythons.py says how to name one); skipped with its reason where there is none.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.model.answer import AttemptResult, CheckResult, Verdict
from checker.model.codes import Code
from checker.model.interpreter import Interpreter
from checker.process import trial
from tests import machine, pythons, versions
from tests.test_attempts import attempts, exercise_of, grade_all, label, said, solutions

pytestmark = pytest.mark.timeout(1800)
"""The first test waits until all are graded."""

NUMBERS = ("22", "24", "25", "26")
SHARED = "22-shared_counter"
NOTED = ("22-threads", "22-eight_threads", "26-one_process")
"""Their race is passed by threads. (At 24, nobody can tell them from those that let go of a GIL where there is one.)"""
BUSY = 1.0
"""Load average of a machine on which threads seldom run at once, and so do not slow each other down."""


def cores_exercises(paths: list[Path]) -> list[Path]:
    return [path for path in paths if exercise_of(path).number in NUMBERS]


RIGHT = [*solutions(), *cores_exercises(attempts("right"))]
WRONG = cores_exercises(attempts("wrong"))
WITHOUT = Interpreter(path="", version="3.13", gil=False)
CODES = {path: versions.must_get(path, WITHOUT) for path in WRONG}


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> dict[Path, AttemptResult]:
    """Of all attempts that the selected tests need, without a GIL."""
    interpreter = trial.tried(pythons.without_gil().path)
    here = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    with machine.alone():
        paths = [item.callspec.params["path"] for item in here if "path" in item.fixturenames]
        return grade_all([path for path in paths if isinstance(path, Path)], interpreter)


def races(result: AttemptResult) -> list[CheckResult]:
    return [check for check in result.checks if check.speed is not None]


@pytest.mark.parametrize("path", RIGHT, ids=label)
def test_right(results: dict[Path, AttemptResult], path: Path) -> None:
    """Right with a GIL is right without one; what a busy host hides is skipped, and counted."""
    result = results[path]
    if result.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(next(check.why for check in result.checks if check.why))
    assert (result.verdict, result.diagnosis) == (Verdict.PASSED, None), said(result)


@pytest.mark.parametrize("path", WRONG, ids=label)
def test_wrong(results: dict[Path, AttemptResult], path: Path) -> None:
    """Each gets what is right there: threads pass where they compute at once, and everything else stays wrong."""
    result, code = results[path], CODES[path]
    if label(path) == SHARED and result.verdict is not Verdict.FAILED and os.getloadavg()[0] > BUSY:
        pytest.skip("other programs kept its threads from meeting")
    if code is None:
        assert result.verdict is Verdict.PASSED, said(result)
        notes = [check.note for check in result.checks if check.note]
        assert ("because this Python has no GIL" in " ".join(notes)) == (label(path) in NOTED)
        return
    assert result.verdict is Verdict.FAILED, said(result)
    assert result.diagnosis is not None
    assert result.diagnosis.code is code, said(result)


@pytest.mark.parametrize("path", [path for path in WRONG if exercise_of(path).number in ("22", "24")], ids=label)
def test_nobody_is_told_to_wait_for_a_gil(results: dict[Path, AttemptResult], path: Path) -> None:
    """There is none, whatever went wrong."""
    codes = [check.diagnosis.code for check in results[path].checks if check.diagnosis is not None]
    assert Code.GIL_BOUND not in codes


def test_the_table_has_no_attempt_that_is_not_there() -> None:
    """Each entry belongs to a file."""
    assert versions.WITHOUT_A_GIL.keys() <= {label(path) for path in WRONG}
