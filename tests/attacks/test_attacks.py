"""Every attack scores what it earned, is ended, leaves nothing, and changes nothing for the next one.

`pytest tests/attacks --isolation process` forces a level, `--isolation all` tries each that this machine has; without
it, it is the strongest. The table at the end says what became of each: passed, failed with a code, or not judged.
"""

from __future__ import annotations

import ast
import importlib
import multiprocessing
import os
import tempfile
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import psutil
import pytest

from checker import catalog
from checker.model.answer import AttemptResult, Verdict
from checker.model.exercise import Exercise
from checker.model.record import Record
from checker.process.isolation import Isolation, Level
from checker.session.grader import Grader
from tests.attacks import naive
from tests.conftest import TABLE

HERE = Path(__file__).parent
ATTACKS = sorted(path for path in HERE.glob("*/*") if path.suffix in (".py", ".pyx"))
EXERCISES = {exercise.folder.name: exercise for exercise in catalog.load_all(catalog.own_exercises())}
AT_A_TIME, RACES_AT_A_TIME = 10, 2
MARKER = "kata-attack-"
SHARED = Path("/dev/shm")
HARMLESS_TO_TRY = (
    "memory_without_a_name", "shared_memory_of_system_v", "keys_kept", "ring_of_requests", "namespaces_inside",
    "limits_of_the_grader", "priority_of_others", "cores_of_others", "descriptors_of_others", "real_time",
    "spared_by_the_kernel", "traffic_of_others", "modes_of_others", "leases_of_others",
)  # fmt: skip
"""They do the exercise, and pass where nobody keeps them from what they do beside it."""
PROMISED_FROM = {"solution_imported": Level.LANDLOCK} | dict.fromkeys(HARMLESS_TO_TRY, Level.LANDLOCK)
"""What weaker levels do not keep an attempt from (docs/security.md)."""
BEAT_THE_NAIVE_ONE = {
    "01-always_equal", "01-clock_patched", "01-exit_after_failures", "01-exit_at_import", "01-exit_in_the_function",
    "01-expected_in_frames", "01-later", "01-module_skipped", "01-pytest_reports_patched", "01-report_rewritten",
    "01-skips_the_test", "01-sleep_patched", "01-unittest_skip", "11-sleep_replaced", "11-virtual_time",
}  # fmt: skip
"""Attacks on what every naive grader relies on; measured."""
MOST_POINTS = {"22-known_by_heart": 2.0, "31-counted_by_heart": 0.0}
"""What they do without any of the exercise's work, as sync.py does, may count; what they know by heart may not."""
SLOW = {
    "alarm_ignored",
    "memory",
    "timeout_swallowed",
    "takes_shared_memory",
    "returns_huge_text",
    "deep_folders",
    "disk_reserved",
}
"""They take several deadlines: they come first, so that in the end nobody waits for one of them."""
pytestmark = pytest.mark.timeout(600)


class Seen(Record):
    """What one attack got, and what it left."""

    verdict: Verdict
    code: str
    score: float
    max_score: float
    sentence: str
    broken: list[str]
    """Checks that failed for a reason of ours, as they say: each is a failure that was not told."""
    left: list[str]
    next_one: Verdict
    """What an honest attempt got right afterwards, in the same grader."""


def exercise_of(path: Path) -> Exercise:
    return EXERCISES[path.parent.name]


def label(path: Path) -> str:
    return f"{path.parent.name[:2]}-{path.stem}"


def technique(path: Path) -> str:
    """What it tries, as a line of the table."""
    return f"{path.parent.name[:2]} {path.read_text().splitlines()[0].removeprefix('# ')}"


# --- in the graders ----------------------------------------------------------------------------------


def open_grader(level: Level) -> None:
    """In a process of the pool: one grader for all of its attacks."""
    global _grader
    for name in (
        "PYTEST_CURRENT_TEST",
        "PYTEST_VERSION",
    ):  # the grader has its own pytest, which takes these away
        os.environ.pop(name, None)
    _grader = Grader(isolation=Isolation(level=level))


def attack(path: Path) -> Seen:
    """Grade the attack, look around, then grade an honest attempt."""
    environment, folder = dict(os.environ), Path.cwd()
    result = _grader.grade(exercise_of(path), path.read_bytes())
    left = [str(each) for each in _grandchildren()]
    left += ["environment"] * (dict(os.environ) != environment) + ["working directory"] * (Path.cwd() != folder)
    honest = EXERCISES["01_two_jobs"]
    solution = (catalog.own_solutions() / honest.folder.name / honest.attempt).read_bytes()
    after = _grader.grade(honest, solution, "not timed")
    return Seen(
        verdict=result.verdict, code=result.diagnosis.code if result.diagnosis else "", score=result.score,
        max_score=result.max_score, sentence=_words(result), left=left, next_one=after.verdict,
        broken=[f"{check.id}: {check.why}" for check in result.checks if check.verdict is Verdict.ERROR],
    )  # fmt: skip


def _words(result: AttemptResult) -> str:
    details = [check.why for check in result.checks if check.why]
    return result.diagnosis.sentence if result.diagnosis else "; ".join(details)


def _grandchildren() -> list[psutil.Process]:
    """Below the fork server: processes that outlived their call. A keeper on its way out has a second to be gone."""
    processes = [each for child in psutil.Process().children() for each in child.children(recursive=True)]
    return psutil.wait_procs(processes, timeout=1.0)[1]


_grader: Grader


# --- the checks ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen(level: Level, request: pytest.FixtureRequest) -> dict[Path, Future[Seen]]:
    """The attacks that the selected tests need: some at a time, then fewer of those that race for cores."""
    tests = [item for item in request.session.items if isinstance(item, pytest.Function) and hasattr(item, "callspec")]
    wanted = {item.callspec.params.get("path") for item in tests}
    context = multiprocessing.get_context("spawn")
    for path in outside(Path(tempfile.gettempdir()), SHARED):
        path.unlink()
    futures: dict[Path, Future[Seen]] = {}
    for waits, at_a_time in ((True, AT_A_TIME), (False, RACES_AT_A_TIME)):
        with ProcessPoolExecutor(at_a_time, context, initializer=open_grader, initargs=(level,)) as pool:
            chosen = [path for path in ATTACKS if path in wanted and (exercise_of(path).bound_by == "waiting") is waits]
            futures |= {
                path: pool.submit(attack, path) for path in sorted(chosen, key=lambda path: path.stem not in SLOW)
            }
    return futures


@pytest.mark.parametrize("path", ATTACKS, ids=label)
def test_it_gains_nothing(
    seen: dict[Path, Future[Seen]], path: Path, level: Level, request: pytest.FixtureRequest
) -> None:
    """No pass and not all points; it is ended, leaves nothing, and the next attempt is judged as ever."""
    got = seen[path].result()
    promised = PROMISED_FROM.get(path.stem, Level.PROCESS)
    request.config.stash[TABLE].setdefault(technique(path), {})[level] = got.code or str(got.verdict)
    if not level.reaches(promised):
        request.config.stash[TABLE][technique(path)][level] += " (not promised)"
        pytest.skip(f"{promised} keeps it from that; {level} does not")
    assert got.verdict in (Verdict.FAILED, Verdict.INCONCLUSIVE), got
    assert got.score < got.max_score, got
    assert got.score <= MOST_POINTS.get(label(path), got.max_score), got
    assert got.broken == [], got
    assert got.left == [], got
    assert got.next_one is Verdict.PASSED, got


def test_attacks_name_what_is_there() -> None:
    """Who imports a part of the checker that has another name now only crashes, and proves nothing."""
    for path in ATTACKS:
        for node in ast.walk(ast.parse(path.read_text())) if path.suffix == ".py" else ():
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("checker"):
                module = importlib.import_module(node.module or "")
                for name in node.names:
                    if not hasattr(module, name.name):
                        importlib.import_module(f"{node.module}.{name.name}")


def test_nothing_is_left(seen: dict[Path, Future[Seen]], level: Level) -> None:
    """From landlock on, none of them could write outside of its own folder; /dev/shm is everybody's at that level."""
    for future in seen.values():
        future.result()
    assert level is Level.PROCESS or not outside(Path(tempfile.gettempdir()))
    assert level is not Level.NAMESPACES or not outside(SHARED)


def outside(*folders: Path) -> list[Path]:
    """Files of attacks where no attempt should write."""
    return [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.name.startswith(MARKER)]


@pytest.mark.parametrize("path", [path for path in ATTACKS if label(path) in BEAT_THE_NAIVE_ONE], ids=label)
def test_the_naive_grader_loses(path: Path, request: pytest.FixtureRequest) -> None:
    """What wins there keeps the corpus alive."""
    passed = naive.passes(path, path.parent.name)
    request.config.stash[TABLE].setdefault(technique(path), {})["naive"] = "passed" if passed else "failed"
    assert passed
