"""The pytest plugin: options, exercise numbers, fixtures, and turning what a check raised into its report.

Inert in a session that collects no exercise, and light to import: it is loaded by every pytest of the environment.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest

from checker import catalog
from checker.catalog import SYNC
from checker.judge import grading
from checker.judge.claim import DEBUGGED
from checker.model.answer import Answer, CheckResult, Verdict
from checker.model.evidence import Run
from checker.model.exercise import Exercise
from checker.session.explanation import rewrite
from checker.session.session import Session, points, title
from checker.session.told import Told

if TYPE_CHECKING:
    from checker.checks import AttemptProxy, Bench, RaceTrack
    from checker.checks.race.spec import Sources
    from checker.model.interpreter import Interpreter
    from checker.process.engine import Source
    from checker.world.world import World

SESSION = pytest.StashKey[Session]()
SHOWN = pytest.StashKey["Shown"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("checker", "Concurrency Kata")
    group.addoption(
        "--attempt",
        metavar="PATH",
        help="check this attempt instead of the attempt.py beside the checks: a file, or a folder laid out like "
        "exercises/ (such as solutions/)",
    )
    group.addoption(
        "--python",
        metavar="NAME",
        help="run attempts on another CPython: a name on PATH, such as python3.14, or a path",
    )
    group.addoption("--reference", metavar="DIR", help="race the reference solutions in this folder too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): how many points this check is worth")
    config.addinivalue_line("markers", "timed: a check that races the attempt (set on all checks that use `race`)")
    session = Session(config)
    config.stash[SESSION] = session
    config.pluginmanager.register(session, "checker-session")
    if config.getoption("python") is not None:
        session.use(config.getoption("python"))
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


class Shown:
    """What one check has shown so far."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.sha256: str | None = None
        self.answer = Answer(verdict=Verdict.PASSED)
        """What it gets if nothing is wrong in the end."""

    def seen(self, run: Run) -> None:
        self.answer = msgspec.structs.replace(self.answer, output=run.output)

    def finished(self, answer: Answer) -> None:
        """A race was held."""
        self.answer = answer


# --- fixtures --------------------------------------------------------------------------------------


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """The exercise in whose folder the check stands."""
    try:
        exercise = catalog.load(request.path.parent)
    except catalog.CatalogError as error:
        raise pytest.UsageError(str(error)) from error
    request.node.stash[SHOWN] = Shown(exercise)
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
    shown = request.node.stash[SHOWN]
    source = session.attempt(exercise)
    _require_means(session.engine.interpreter, exercise, source)
    shown.sha256 = source.sha256
    session.engine.preload(exercise.preload)
    return Bench(session.engine, world, exercise, source, shown.seen)


def _require_means(interpreter: Interpreter, exercise: Exercise, source: Source) -> None:
    """Who lacks what an attempt needs cannot judge it."""
    from checker.checks import CheckFailed
    from checker.process import build, interpreters

    why = interpreters.lacks(interpreter, tuple(exercise.preload))
    why = why or (build.impossible(interpreter) if source.compiled else "")
    if why:
        raise CheckFailed(Answer(verdict=Verdict.INCONCLUSIVE, why=why))


@pytest.fixture
def attempt(bench: Bench) -> AttemptProxy:
    """The attempt; call its functions."""
    from checker.checks import AttemptProxy

    return AttemptProxy(bench)


@pytest.fixture
def race(request: pytest.FixtureRequest, bench: Bench) -> RaceTrack:
    """The race of the attempt against sync.py."""
    from checker.checks import RaceTrack

    session = request.config.stash[SESSION]
    return RaceTrack(bench, _sources(session, bench), session.untimeable, request.node.stash[SHOWN].finished)


def _sources(session: Session, bench: Bench) -> Sources:
    from checker.checks.race.spec import Sources

    sync = session.source(bench.exercise.folder / SYNC)
    return Sources(sync, bench.source, session.reference(bench.exercise))


# --- calling a check --------------------------------------------------------------------------------

TRIES = 3
"""A check that a busy machine left open is called again, so many times in all, before nobody can tell."""


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call an untimed check of an exercise, and again if it is open. A race has rounds of its own."""
    if SHOWN not in pyfuncitem.stash or pyfuncitem.get_closest_marker("timed"):
        return None
    from checker.checks import CheckFailed

    for _ in range(TRIES - 1):
        try:
            _call(pyfuncitem)
        except CheckFailed as failed:
            if failed.answer.verdict is not Verdict.INCONCLUSIVE or failed.answer.why == DEBUGGED:
                raise
            _renew(pyfuncitem)
        else:
            return True
    _call(pyfuncitem)
    return True


def _call(item: pytest.Function) -> None:
    item.obj(**{name: item.funcargs[name] for name in item._fixtureinfo.argnames})  # as pytest's own hook does


def _renew(item: pytest.Function) -> None:
    """A fresh world, and an attempt that lives in it."""
    from checker.checks import AttemptProxy

    session = item.config.stash[SESSION]
    world = session.engine.world()
    item.addfinalizer(world.close)
    bench = dataclasses.replace(cast("Bench", item.funcargs["bench"]), world=world)
    item.funcargs |= {"world": world, "bench": bench, "attempt": AttemptProxy(bench)}


# --- reports ---------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    shown = item.stash.get(SHOWN, None)
    if shown is not None and (call.when == "call" or call.excinfo is not None):
        result = _result(item, call, shown)
        exercise = shown.exercise
        told = Told(exercise=exercise.number, folder=str(exercise.folder), sha256=shown.sha256, result=result)
        report.check = told  # type: ignore[attr-defined]
        rewrite(report, result, item)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """For pytest-xdist."""
    data = yield
    if data is not None and "check" in data:
        data["check"] = msgspec.to_builtins(data["check"])
    return data


@pytest.hookimpl(wrapper=True)
def pytest_report_from_serializable() -> Generator[None, Any, Any]:
    """For pytest-xdist."""
    report = yield
    if getattr(report, "check", None) is not None:
        report.check = msgspec.convert(report.check, Told)
    return report


def _result(item: pytest.Item, call: pytest.CallInfo[None], shown: Shown) -> CheckResult:
    from checker.checks import CheckFailed

    error = call.excinfo.value if call.excinfo is not None else None
    answer = shown.answer
    if isinstance(error, CheckFailed):
        answer = error.answer
    elif error is not None:
        answer = msgspec.structs.replace(answer, verdict=Verdict.ERROR, why=f"{type(error).__name__}: {error}")
    return grading.check(answer, name=item.name, title=title(item), max_score=points(item), seconds=call.duration)


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    told: Told | None = getattr(report, "check", None)
    if told is not None and told.result.verdict is Verdict.INCONCLUSIVE:
        return "inconclusive", "?", ("INCONCLUSIVE", {"yellow": True})
    return None
