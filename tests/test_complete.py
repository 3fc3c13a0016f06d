"""A result for every check that was collected, or an error: a list that was cut short never counts as all there is."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.classroom import attention, classwork
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Submission
from checker.judge import grading
from checker.model.answer import Answer, Verdict
from checker.process.isolation import Level
from tests.test_isolation import needs

SOLUTION = Path(__file__).parent.parent / "solutions/01_two_jobs/attempt.py"
PROGRAM = """
import msgspec, os, signal, sys, threading
from checker.classroom import jobs
from checker.process.attempt_process import AttemptProcess
from checker.process.isolation import Isolation, Level
from checker.session.grader import Grader

go, calls = AttemptProcess.go, []
def interrupted(process, *arguments):
    calls.append(process)
    if len(calls) == int(sys.argv[2]):
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    return go(process, *arguments)
AttemptProcess.go = interrupted

with Grader(isolation=Isolation(level=Level(sys.argv[1]))) as grader:
    result = grader.grade(jobs.exercises()["01"], open(sys.argv[3], "rb").read())
print(msgspec.json.encode(result).decode())
"""


@cache
def graded(level: Level, at_call: int) -> dict[str, Any]:
    """The result of the solution, from a grader that gets SIGINT during its call of that number; 0: never."""
    command = [sys.executable, "-c", PROGRAM, level, str(at_call), str(SOLUTION)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("at_call", [1, 4, 6])
@pytest.mark.parametrize("level", [pytest.param(level, marks=needs(level)) for level in Level])
def test_an_interrupted_grader(level: Level, at_call: int) -> None:
    """In the first check, and in races: as many checks as ever, and who has no result has an error."""
    whole, cut = graded(level, 0), graded(level, at_call)
    assert whole["verdict"] != "error"
    assert cut["verdict"] == "error"
    assert {check["id"] for check in cut["checks"]} == {check["id"] for check in whole["checks"]}
    assert cut["max_score"] == whole["max_score"]
    assert cut["attempt_sha256"] == whole["attempt_sha256"]
    # What a busy machine left open is a result.
    errors = [check for check in cut["checks"] if check["verdict"] == "error"]
    assert errors
    assert all("pytest ended before this check, with exit status 2" in check["why"] for check in errors)


def test_what_failed_may_have_points_to_come() -> None:
    """One check has failed, of another nobody knows: such an attempt is graded again, too, and a person hears of it."""
    verdicts = (Verdict.FAILED, Verdict.ERROR)
    checks = [
        grading.check(Answer(verdict=verdict), name=verdict, title=verdict, max_score=1, seconds=0)
        for verdict in verdicts
    ]
    with Gradebook(None) as book:
        classwork.enter(book, [Submission(name="ada", attempts=[HandIn(exercise="01", text=b"x")])])
        ((_, _, key),) = book.handins()
        book.add(key, grading.attempt("01", checks, None))
        assert [len(classwork.todo(book, regrade)) for regrade in (None, "inconclusive", "error")] == [0, 0, 1]
        told = attention.lines(book, classwork.report(book))
    assert "The checker failed, and not the attempt (--regrade error tries again): ada 01" in told
