"""Right attempts pass, wrong attempts fail with the diagnosis that their first line names: the product itself.

Attempts are graded many at a time, but for what needs the cores: CPU-bound ones race alone, and what could not be
judged in company is graded alone. How often races err on a busy machine, `tests/benchmarks/verdicts.py` measures.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from pathlib import Path

import pytest

from checker import catalog, grading, jobs
from checker.grade import Grader
from checker.model import AttemptResult, Code, Exercise, Verdict

ATTEMPTS = Path(__file__).parent / "attempts"
EXERCISES = {exercise.folder.name: exercise for exercise in catalog.load_all(catalog.own_exercises())}
LEAST_STYLES = 3
pytestmark = pytest.mark.timeout(900)
"""The first that is graded alone waits until all others are done."""
AT_A_TIME = 16


def attempts(kind: str) -> list[Path]:
    return sorted(path for path in ATTEMPTS.glob(f"*/{kind}/*") if path.suffix in (".py", ".pyx"))


def solutions() -> list[Path]:
    return [catalog.own_solutions() / name / exercise.attempt for name, exercise in EXERCISES.items()]


def stubs() -> list[Path]:
    return [exercise.folder / exercise.attempt for exercise in EXERCISES.values()]


def label(path: Path) -> str:
    return f"{exercise_of(path).number}-{path.stem}"


def exercise_of(path: Path) -> Exercise:
    return next(EXERCISES[parent.name] for parent in path.parents if parent.name in EXERCISES)


class Everything:
    """Grades what the selected tests need: first as much as is allowed at once, the rest when it is asked for."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths
        self.passed: set[Path] = set()
        self._pool = graders(AT_A_TIME)
        self._together = {
            path: self._pool.submit(grade_in_pool, path, "" if waits(path) else "not timed")
            for path in sorted(paths, key=goes_slowly, reverse=True)
        }
        self._grader: Grader | None = None

    def result(self, path: Path) -> AttemptResult:
        first = self._together[path].result()
        if self._told(path, first):
            return first
        wait(self._together.values())
        self._grader = self._grader or Grader()
        if waits(path) or grading.is_open(first):
            return self._grader.grade(exercise_of(path), path)
        return jobs.merged(first, self._grader.grade(exercise_of(path), path, "timed"))

    def _told(self, path: Path, result: AttemptResult) -> bool:
        """Whether company allowed to find out what there is to find out."""
        code = result.diagnosis.code if result.diagnosis is not None else None
        if "wrong" in path.parts:
            return code is must_get(path)
        return waits(path) and not grading.is_open(result) and code is not Code.STUB_UNCHANGED

    def close(self) -> None:
        self._pool.shutdown()
        if self._grader is not None:
            self._grader.close()


def graders(number: int) -> ProcessPoolExecutor:
    """Spawned: this process has threads of its own, and a fork would copy them half."""
    return ProcessPoolExecutor(number, multiprocessing.get_context("spawn"), initializer=open_grader)


def waits(path: Path) -> bool:
    """Its verdict must not mind a busy machine."""
    return exercise_of(path).bound_by == "waiting"


def goes_slowly(path: Path) -> bool:
    """Stubs and wrong attempts: they come first, so that a slow one is not what all wait for in the end."""
    return "wrong" in path.parts or path in stubs()


def said(result: AttemptResult) -> str:
    """Of the checks that were not passed."""
    left = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    return "\n".join(
        f"{check.id}: {check.verdict} {check.diagnosis} {check.detail}\n{check.timeline}" for check in left
    )


def must_get(path: Path) -> Code:
    """The diagnosis that the first line of a wrong attempt names."""
    return Code(path.read_text().splitlines()[0].removeprefix("# ").split(":")[0])


def open_grader() -> None:
    """In a worker of the pool: one grader for all of its jobs."""
    global _grader
    _grader = Grader()


def grade_in_pool(path: Path, only: str) -> AttemptResult:
    return _grader.grade(exercise_of(path), path, only)


_grader: Grader


@pytest.fixture(scope="module")
def everything(request: pytest.FixtureRequest) -> Iterator[Everything]:
    here = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    paths = [item.callspec.params["path"] for item in here if {"everything", "path"} <= set(item.fixturenames)]
    everything = Everything([path for path in paths if isinstance(path, Path)])
    yield everything
    everything.close()


@pytest.mark.parametrize("path", [*solutions(), *attempts("right")], ids=label)
def test_right(everything: Everything, path: Path) -> None:
    """The solution, and every other style of right attempt, gets all points.

    Whether two cores compute at once, a host that lends its cores to others may hide: that is skipped, and counted.
    """
    result = everything.result(path)
    if exercise_of(path).bound_by == "cpu" and result.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(next(check.detail for check in result.checks if check.detail))
    assert (result.verdict, result.diagnosis) == (Verdict.PASSED, None), said(result)
    assert result.score == result.max_score
    everything.passed.add(path)


def test_most_right_attempts_can_be_judged(everything: Everything) -> None:
    """Inconclusive is the exception: two thirds of the right attempts at least are told to be right."""
    right = {path for path in everything.paths if "wrong" not in path.parts and path.parent.parent.name != "exercises"}
    assert 3 * len(everything.passed) >= 2 * len(right)


@pytest.mark.parametrize("path", attempts("wrong"), ids=label)
def test_wrong(everything: Everything, path: Path) -> None:
    """Every wrong attempt fails, and is told the mistake that its first line names."""
    result = everything.result(path)
    assert result.verdict is Verdict.FAILED
    assert result.diagnosis is not None
    assert result.diagnosis.code is must_get(path), result.diagnosis.sentence
    assert result.score < result.max_score


@pytest.mark.parametrize("path", stubs(), ids=label)
def test_the_stub_is_correct_and_only_slow(everything: Everything, path: Path) -> None:
    """The untouched attempt fails exactly its timed checks, as SERIAL; compiled Python as what it is, too."""
    result = everything.result(path)
    failed = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    assert failed
    assert all(check.speed is not None for check in failed), [(check.id, check.detail) for check in failed]
    compiled = {Code.WORK_MULTIPLIED, Code.GIL_BOUND}
    codes = {check.diagnosis.code for check in failed if check.diagnosis}
    assert codes == (compiled if path.suffix == ".pyx" else {Code.SERIAL})


@pytest.mark.parametrize("name", EXERCISES)
def test_there_are_enough_of_them(name: str) -> None:
    """At least three styles of right attempts, and some wrong ones, for every exercise."""
    for kind in ("right", "wrong"):
        assert sum(path.parent.parent.name == name for path in attempts(kind)) >= LEAST_STYLES
