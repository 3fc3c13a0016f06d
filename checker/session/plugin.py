"""The pytest plugin: options, exercise numbers, fixtures, and turning what a check raised into its report.

Inert in a session that collects no exercise, and light to import: it is loaded by every pytest of the environment.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from checker import catalog
from checker.judge import grading
from checker.model.answer import CheckResult, Speed, Verdict
from checker.model.evidence import Run
from checker.model.exercise import Exercise
from checker.report import terminal
from checker.session.session import SYNC, Session, write

if TYPE_CHECKING:
    from checker.checks import Attempt, Bench, RaceTrack
    from checker.checks.race.runner import Sources
    from checker.process.engine import Source
    from checker.world.world import World

SESSION = pytest.StashKey[Session]()
RECORD = pytest.StashKey["Record"]()
DEFAULT_POINTS = 1.0


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("checker", "Concurrency Kata")
    group.addoption(
        "--attempt",
        metavar="PATH",
        help="check this attempt instead of the attempt.py beside the checks: a file, or a folder laid out like "
        "exercises/ (such as solutions/)",
    )
    group.addoption("--reference", metavar="DIR", help="race the reference solutions in this folder too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): how many points this check is worth")
    config.addinivalue_line("markers", "timed: a check that races the attempt (set on all checks that use `race`)")
    session = Session(config)
    config.stash[SESSION] = session
    config.pluginmanager.register(session, "checker-session")
    here = config.invocation_params.dir
    attempt = config.getoption("attempt")
    if attempt is not None and not (here / attempt).exists():
        raise pytest.UsageError(f"--attempt {attempt}: there is no such file or folder")
    config.args[:] = [_resolved(argument, here) for argument in config.args]
    if config.inipath is None and any(_is_exercise(here / argument.partition("::")[0]) for argument in config.args):
        config.option.importmode = "importlib"  # all checks are in files of the same name


def _is_exercise(path: Path) -> bool:
    return any((folder / "exercise.toml").is_file() for folder in (path, path.parent))


def _resolved(argument: str, here: Path) -> str:
    """`exercises/03` and `exercises/03/test_attempt.py::test_x` mean the exercise of that number."""
    path, separator, test = argument.partition("::")
    parts = Path(path).parts
    if (here / path).exists():
        return argument
    for index, part in enumerate(parts):
        root = here.joinpath(*parts[:index])
        if catalog.NUMBER.fullmatch(part) and catalog.folders(root):
            try:
                folder = catalog.resolve(root, part)
            except catalog.CatalogError as error:
                raise pytest.UsageError(str(error)) from error
            return str(folder.joinpath(*parts[index + 1 :])) + separator + test
    return argument


def pytest_itemcollected(item: pytest.Item) -> None:
    if "race" in getattr(item, "fixturenames", ()):
        item.add_marker("timed")


class Record:
    """What one check has shown so far."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.sha256: str | None = None
        self.run: Run | None = None
        self.speed: Speed | None = None
        self.raced: Run | None = None

    def seen(self, run: Run) -> None:
        self.run = run

    def finished(self, speed: Speed | None, run: Run) -> None:
        self.speed, self.run = speed, run
        self.raced = run


# --- fixtures --------------------------------------------------------------------------------------


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """The exercise in whose folder the check stands."""
    try:
        exercise = catalog.load(request.path.parent)
    except catalog.CatalogError as error:
        raise pytest.UsageError(str(error)) from error
    request.node.stash[RECORD] = Record(exercise)
    return exercise


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The outside of this check: operations to call, pages to fetch, accounts to keep."""
    world = request.config.stash[SESSION].engine.world()
    yield world
    world.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest, exercise: Exercise, world: World) -> Bench:
    """The attempt's text, and what it takes to run it."""
    from checker.checks import Bench

    session = request.config.stash[SESSION]
    record = request.node.stash[RECORD]
    source = session.source(session.attempt_file(exercise))
    _require_compiler(source)
    record.sha256 = source.sha256
    session.engine.preload(exercise.preload)
    return Bench(session.engine, world, exercise, source, record.seen)


def _require_compiler(source: Source) -> None:
    from checker.checks import CheckFailed
    from checker.checks.bench import EMPTY_RUN
    from checker.process.build import impossible

    why = impossible() if source.compiled else ""
    if why:
        raise CheckFailed(Verdict.INCONCLUSIVE, EMPTY_RUN, None, why)


@pytest.fixture
def attempt(bench: Bench) -> Attempt:
    """The attempt; call its functions."""
    from checker.checks import Attempt

    return Attempt(bench)


@pytest.fixture
def race(request: pytest.FixtureRequest, bench: Bench) -> RaceTrack:
    """The race of the attempt against sync.py."""
    from checker.checks import RaceTrack

    session = request.config.stash[SESSION]
    return RaceTrack(bench, _sources(session, bench), session.untimeable, request.node.stash[RECORD].finished)


def _sources(session: Session, bench: Bench) -> Sources:
    from checker.checks.race.runner import Sources

    reference = session.reference_file(bench.exercise)
    known = session.source(reference) if reference is not None and reference.is_file() else None
    return Sources(session.source(bench.exercise.folder / SYNC), bench.source, known)


# --- reports ---------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    record = item.stash.get(RECORD, None)
    if record is not None and (call.when == "call" or call.excinfo is not None):
        result = _result(item, call, record)
        report.check = {  # type: ignore[attr-defined]
            "exercise": record.exercise.number,
            "folder": str(record.exercise.folder),
            "sha256": record.sha256,
            "result": msgspec.to_builtins(result),
        }
        _rewrite(report, result, item)
    return report


def _result(item: pytest.Item, call: pytest.CallInfo[None], record: Record) -> CheckResult:
    from checker.checks import CheckFailed

    marker = item.get_closest_marker("points")
    error = call.excinfo.value if call.excinfo is not None else None
    verdict, diagnosis, detail, run = Verdict.PASSED, None, "", record.run
    if isinstance(error, CheckFailed):
        verdict, diagnosis, detail, run = error.verdict, error.diagnosis, error.why, error.run
    elif error is not None:
        verdict, detail = Verdict.ERROR, f"{type(error).__name__}: {error}"
    # What fails after a race that was won has failed for another reason, and speed earns it nothing.
    speed = record.speed if verdict is Verdict.PASSED or run is record.raced else None
    return grading.check(
        name=item.name, title=_title(item), max_score=float(marker.args[0]) if marker else DEFAULT_POINTS,
        seconds=call.duration, verdict=verdict, diagnosis=diagnosis, detail=detail, run=run, speed=speed,
    )  # fmt: skip


def _title(item: pytest.Item) -> str:
    """The first line of the check's docstring: what learner and instructor read."""
    text = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
    return text.strip().splitlines()[0].rstrip(".")


def _rewrite(report: pytest.TestReport, result: CheckResult, item: pytest.Item) -> None:
    """Let the report tell the learner what happened, instead of showing the grader's own traceback."""
    if result.verdict is Verdict.PASSED:
        return
    if result.verdict is Verdict.INCONCLUSIVE:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: cannot be judged: {result.detail}")
        return
    author = item.config.getoption("tbstyle", "auto") not in ("auto", "no", "line") or result.verdict is Verdict.ERROR
    report.longrepr = _Explanation(  # type: ignore[assignment]  # a TerminalRepr in all but name: that is private
        result, report.longrepr if author else None
    )


class _Explanation:
    """What pytest prints for a check that was not passed; authors see the traceback above it."""

    def __init__(self, result: CheckResult, traceback: Any) -> None:
        self._result = result
        self._traceback = traceback
        self.reprcrash = _Crash(result)

    def toterminal(self, out: Any) -> None:
        if self._traceback is not None:
            self._traceback.toterminal(out)
            out.line("")
        write(out, terminal.check(self._result))

    def __str__(self) -> str:
        return "\n".join(line.text for line in terminal.check(self._result))


class _Crash:
    """The one line of pytest's short summary."""

    def __init__(self, result: CheckResult) -> None:
        diagnosis = result.diagnosis
        self.message = f"{diagnosis.code}: {diagnosis.sentence}" if diagnosis is not None else result.detail

    def __str__(self) -> str:
        return self.message


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    shown: dict[str, Any] | None = getattr(report, "check", None)
    if shown is not None and shown["result"]["verdict"] == Verdict.INCONCLUSIVE:
        return "inconclusive", "?", ("INCONCLUSIVE", {"yellow": True})
    return None
