"""A timed check may go on after its race: what fails then has failed for another reason than speed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker import catalog
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.session.grader import Grader

ROOT = Path(__file__).parent.parent
CHECKS = '''
import pytest

from checker.checks import Code, Inputs


@pytest.mark.points(10)
def test_race_and_more(attempt, race, world):
    """Both jobs at once, and something that nothing has."""

    def two_jobs(_scale):
        job_a, job_b = world.operation("job_a", 0.20), world.operation("job_b", 0.20)
        return Inputs((job_a, job_b), lambda: (job_a.answer, job_b.answer))

    race.run("run_both", two_jobs)
    run = attempt.run_both(world.operation("job_a", 0.01), world.operation("job_b", 0.01))
    run.expect({is_so}, Code.LATE, "It was not there", "Look for it")
'''


def graded(folder: Path, is_so: bool) -> AttemptResult:
    """What the solution of exercise 01 gets for a race that it wins, and a fact that `is_so`."""
    copy = folder / f"01_two_jobs_{is_so}".lower()  # another name: pytest keeps modules by theirs
    shutil.copytree(ROOT / "exercises" / "01_two_jobs", copy)
    (copy / "test_attempt.py").write_text(CHECKS.replace("{is_so}", str(is_so)))
    with Grader() as grader:
        return grader.grade(catalog.load(copy), (ROOT / "solutions" / "01_two_jobs" / "attempt.py").read_bytes())


@pytest.mark.timeout(60)
def test_what_fails_after_the_race_earns_nothing(tmp_path: Path) -> None:
    """Partial credit is for speed that was missed: here it was reached."""
    result = graded(tmp_path, is_so=False)
    assert (result.verdict, result.score) == (Verdict.FAILED, 0.0)
    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.diagnosis.sentence) == (Code.LATE, "It was not there.")
    assert result.diagnosis.hint == "Look for it"


@pytest.mark.timeout(60)
def test_what_passes_after_the_race_keeps_its_speed(tmp_path: Path) -> None:
    """The speed-up is shown, although the last call was not the race's."""
    result = graded(tmp_path, is_so=True)
    assert (result.verdict, result.score) == (Verdict.PASSED, 10.0)
    assert result.speed is not None
