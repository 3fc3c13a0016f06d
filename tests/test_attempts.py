"""Right attempts pass, wrong attempts fail with the diagnosis that their first line names: the product itself.

Attempts are graded many at a time; what could not be judged in such company is graded again, in a smaller one, at last
alone. The CPU-bound ones race two at a time. Every other one is a file with a path, as in a learner's own run; the
others are texts, as in `checker grade`. How often races err on a busy machine, `tests/benchmarks/verdicts.py` measures.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from _pytest.mark import ParameterSet

from checker import catalog
from checker.authoring.attempts import must_get, must_say, needed
from checker.authoring.behaviour import MOST_STUB_POINTS, SLOW
from checker.classroom import jobs
from checker.judge import grading
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import FULL_SCORE, Exercise
from checker.model.interpreter import Interpreter
from checker.picture import as_text
from checker.process import build
from checker.session.grader import Grader
from tests import machine, versions

ATTEMPTS = Path(__file__).parent / "attempts"
EXERCISES = {exercise.folder.name: exercise for exercise in catalog.load_all(catalog.own_exercises())}
LEAST_STYLES = 3
pytestmark = pytest.mark.timeout(1800)
"""The first test waits until all are graded."""


def attempts(kind: str) -> list[Path]:
    return sorted(path for path in ATTEMPTS.glob(f"*/{kind}/*") if path.suffix in (".py", ".pyx"))


def for_this_python(paths: list[Path]) -> list[ParameterSet]:
    """Attempts as parameters of a test; those that need a newer Python are skipped, and counted."""
    return [
        pytest.param(path, marks=[] if versions.runs_here(path) else pytest.mark.skip(versions.why_not(path)))
        for path in paths
    ]


def solutions() -> list[Path]:
    return [catalog.own_solutions() / name / exercise.attempt for name, exercise in EXERCISES.items()]


def stubs() -> list[Path]:
    return [exercise.folder / exercise.attempt for exercise in EXERCISES.values()]


def label(path: Path) -> str:
    return f"{exercise_of(path).number}-{path.stem}"


def exercise_of(path: Path) -> Exercise:
    return next(EXERCISES[parent.name] for parent in path.parents if parent.name in EXERCISES)


def turn(path: Path) -> tuple[bool, str]:
    """Those that go slowly come first, stubs and wrong attempts, and those of one exercise, which wait for the same
    things, not together: else the cores are idle and overrun in turns."""
    return "wrong" not in path.parts and path not in stubs(), sha256(label(path).encode()).hexdigest()


def said(result: AttemptResult) -> str:
    """Of the checks that were not passed."""
    left = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    return "\n".join(
        f"{check.id}: {check.verdict} {check.diagnosis} {check.why}\n{as_text.render(check.picture)}" for check in left
    )


# --- grading -----------------------------------------------------------------------------------------


def grade_all(paths: list[Path], interpreter: Interpreter | None = None) -> dict[Path, AttemptResult]:
    """What each gets, once it is known; what is open in the end stays open.

    `interpreter`: of the attempts; the grader's own, if it is not given.
    """
    results: dict[Path, AttemptResult] = {}
    waiting = [path for path in paths if exercise_of(path).bound_by != "cpu"]
    with TemporaryDirectory() as built:
        for at_a_time, some in ((16, paths), (16, waiting), (4, waiting), (2, paths), (1, paths)):
            left = [path for path in some if path not in results or not told(path, results[path])]
            with graders(at_a_time, interpreter, Path(built)) as pool:
                futures = {path: pool.submit(grade, path, results.get(path)) for path in sorted(left, key=turn)}
                results |= {path: future.result() for path, future in futures.items()}
    return results


def graders(number: int, interpreter: Interpreter | None, built: Path) -> ProcessPoolExecutor:
    """From a fork server: this process has threads of its own, and a fresh interpreter imports for half a second.

    `built`: the folder of what they compile.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "checker.world.site"])
    return ProcessPoolExecutor(number, context, initializer=open_grader, initargs=(interpreter, built))


def told(path: Path, result: AttemptResult) -> bool:
    """Whether there is no more to find out. What is told is not asked again, right or wrong."""
    code = result.diagnosis.code if result.diagnosis is not None else None
    if "wrong" in path.parts and code is must_get(path) and not unsaid(path, result):
        return True
    return result.max_score == FULL_SCORE and not grading.is_open(result) and code is not Code.STUB_UNCHANGED


def unsaid(path: Path, result: AttemptResult) -> list[str]:
    """The words that the attempt must be told, and was not: perhaps the check that tells them is still open."""
    told = f"{result.diagnosis.sentence} {result.diagnosis.hint}" if result.diagnosis is not None else ""
    return [words for words in must_say(path) if words not in told]


def open_grader(interpreter: Interpreter | None, built: Path) -> None:
    """In a worker of the pool: one grader for all of its jobs."""
    global _grader
    build.share(built)
    _grader = Grader(interpreter=interpreter)


def grade(path: Path, before: AttemptResult | None) -> AttemptResult:
    """First all that does not need the cores; then what is left of it; then, if that was open, everything again."""
    if before is None:
        return graded(path, "not timed" if is_found_without_races(path) else "")
    if grading.is_open(before) or before.max_score == FULL_SCORE:
        return graded(path, "")
    return jobs.merged(before, graded(path, "timed"))


def graded(path: Path, only: str) -> AttemptResult:
    """In a worker of the pool: what some checks of it say (all, if `only` is empty)."""
    return _grader.grade(exercise_of(path), path.read_bytes(), only, path if is_told_where(path) else None)


def is_found_without_races(path: Path) -> bool:
    """Perhaps. Races for cores would disturb each other; of the wrong ones that wait, half are raced in any case."""
    return exercise_of(path).bound_by == "cpu" or ("wrong" in path.parts and not is_told_where(path))


def is_told_where(path: Path) -> bool:
    """Of every other attempt, whatever its place in the list. A learner's own run knows that."""
    return sha256(label(path).encode()).digest()[0] % 2 == 0


_grader: Grader


# --- what must come out -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> dict[Path, AttemptResult]:
    """Of all attempts that the selected tests need."""
    here = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    paths = [item.callspec.params["path"] for item in here if {"results", "path"} <= set(item.fixturenames)]
    with machine.alone():
        return grade_all([path for path in paths if isinstance(path, Path) and versions.runs_here(path)])


@pytest.mark.parametrize("path", for_this_python([*solutions(), *attempts("right")]), ids=label)
def test_right(results: dict[Path, AttemptResult], path: Path) -> None:
    """The solution, and every other style of right attempt, gets all points.

    Whether two cores compute at once, a host that lends its cores to others may hide: that is skipped, and counted.
    """
    result = results[path]
    if exercise_of(path).bound_by == "cpu" and result.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(next(check.why for check in result.checks if check.why))
    assert (result.verdict, result.diagnosis) == (Verdict.PASSED, None), said(result)
    assert result.score == result.max_score


def test_most_right_attempts_can_be_judged(results: dict[Path, AttemptResult]) -> None:
    """Inconclusive is the exception: two thirds of the right attempts at least are told to be right."""
    right = [results[path] for path in results if "wrong" not in path.parts and path not in stubs()]
    assert 3 * sum(result.verdict is Verdict.PASSED for result in right) >= 2 * len(right)


@pytest.mark.parametrize("path", for_this_python(attempts("wrong")), ids=label)
def test_wrong(results: dict[Path, AttemptResult], path: Path) -> None:
    """Every wrong attempt fails, and is told the mistake that its first line names."""
    result = results[path]
    assert result.verdict is Verdict.FAILED
    assert result.diagnosis is not None
    assert result.diagnosis.code is must_get(path), result.diagnosis.sentence
    assert not unsaid(path, result), f"{result.diagnosis.sentence} {result.diagnosis.hint}"
    assert result.score < result.max_score


@pytest.mark.parametrize("path", stubs(), ids=label)
def test_the_stub_is_correct_and_only_slow(results: dict[Path, AttemptResult], path: Path) -> None:
    """The untouched attempt fails its timed checks, and others only because it is slow; it earns little.

    Whether it is slow, a busy machine may hide from a check that is not timed: that one is open, and earns nothing.
    """
    result = results[path]
    left = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    failed = [check for check in left if check.verdict is Verdict.FAILED]
    assert failed
    assert all(check in failed for check in result.checks if check.speed is not None), said(result)
    assert {check.diagnosis.code for check in failed if check.diagnosis} <= SLOW, said(result)
    assert all(check.diagnosis for check in failed)
    assert result.score <= MOST_STUB_POINTS, [check.id for check in result.checks if check not in left]


@pytest.mark.parametrize("name", EXERCISES)
def test_there_are_enough_of_them(name: str) -> None:
    """At least three styles of right attempts, and some wrong ones, for every exercise."""
    for kind in ("right", "wrong"):
        assert sum(path.parent.parent.name == name for path in attempts(kind)) >= LEAST_STYLES


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("# LOST: too early.\n# needs 3.13\nimport queue\n", (3, 13)),
        ("# needs 3.99\n", (3, 99)),
        ("# Queue.shutdown needs 3.13\n", (0, 0)),
        ("import queue\n\n\n# needs 3.13\n", (0, 0)),
    ],
)
def test_a_marker_says_which_python_an_attempt_needs(tmp_path: Path, text: str, needs: tuple[int, int]) -> None:
    """`# needs 3.13`, alone on one of the first lines: on an older Python the attempt is left out."""
    path = tmp_path / "attempt.py"
    path.write_text(text)
    assert needed(path) == needs
    assert versions.runs_here(path) is (needs <= sys.version_info[:2])
