"""Right attempts pass, wrong attempts fail with the diagnosis that their first line names: the product itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import catalog
from checker.grade import Grader
from checker.model import Code, Exercise, Verdict
from tests.conftest import living_descendants, nothing_more_than

ATTEMPTS = Path(__file__).parent / "attempts"
EXERCISES = {exercise.folder.name: exercise for exercise in catalog.load_all(catalog.own_exercises())}
LEAST_STYLES = 3


def attempts(kind: str) -> list[Path]:
    return sorted(ATTEMPTS.glob(f"*/{kind}/*.py"))


def label(path: Path) -> str:
    return f"{path.parent.parent.name[:2]}-{path.stem}"


def exercise_of(path: Path) -> Exercise:
    return EXERCISES[path.parent.parent.name]


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as grader:
        yield grader


@pytest.mark.parametrize("path", attempts("right"), ids=label)
def test_right(grader: Grader, path: Path) -> None:
    """Every style of right attempt gets all points."""
    result = grader.grade(exercise_of(path), path)
    assert (result.verdict, result.diagnosis) == (Verdict.PASSED, None)
    assert result.score == result.max_score


@pytest.mark.parametrize("path", attempts("wrong"), ids=label)
def test_wrong(grader: Grader, path: Path) -> None:
    """Every wrong attempt fails, and is told the mistake that its first line names."""
    before = living_descendants()
    expected = Code(path.read_text().splitlines()[0].removeprefix("# ").split(":")[0])
    result = grader.grade(exercise_of(path), path)
    assert result.verdict is Verdict.FAILED
    assert result.diagnosis is not None
    assert result.diagnosis.code is expected, result.diagnosis.sentence
    assert result.score < result.max_score
    assert nothing_more_than(before)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_passes_and_the_stub_is_only_slow(grader: Grader, name: str) -> None:
    """The reference gets all points; the untouched attempt fails exactly its timed checks, as SERIAL."""
    exercise = EXERCISES[name]
    solution = grader.grade(exercise, catalog.own_solutions() / name / "attempt.py")
    assert solution.score == solution.max_score
    stub = grader.grade(exercise, exercise.folder / "sync.py")
    failed = [check for check in stub.checks if check.verdict is not Verdict.PASSED]
    assert failed
    assert all(check.speed is not None for check in failed)
    assert {check.diagnosis.code for check in failed if check.diagnosis} == {Code.SERIAL}


@pytest.mark.parametrize("name", EXERCISES)
def test_there_are_enough_of_them(name: str) -> None:
    """At least three styles of right attempts, and some wrong ones, for every exercise."""
    assert len(list((ATTEMPTS / name / "right").glob("*.py"))) >= LEAST_STYLES
    assert len(list((ATTEMPTS / name / "wrong").glob("*.py"))) >= LEAST_STYLES
