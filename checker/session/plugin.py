"""The pytest plugin: options, exercise numbers, fixtures, and reports of checks.

Every pytest in the environment loads it, so it is light to import, and does nothing in a session without exercises.
"""

from __future__ import annotations

import inspect
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from checker import catalog, process
from checker.judge import grading
from checker.model.answer import CheckResult, Verdict
from checker.model.exercise import Exercise
from checker.session import invocation, measured, pictures
from checker.session.ahead import CHECK
from checker.session.check import Check
from checker.session.explanation import rewrite
from checker.session.session import SKIPPED, Session, points, skipped, title
from checker.session.told import Told

if TYPE_CHECKING:
    from checker.checks import AttemptProxy, Bench, RaceTrack
    from checker.world.world import World

SESSION = pytest.StashKey[Session]()


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
    pictures.add_options(group)


def _session(config: pytest.Config) -> Session:
    if SESSION not in config.stash:
        config.stash[SESSION] = Session(config)
    return config.stash[SESSION]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Resolve exercise numbers, and start the engine early if exercises are to be checked, while pytest collects.

    For a path that does not exist, such as exercises/03, pytest would fall back to tests/conftest.py, which imports
    packages that only developers have installed.
    """
    given, here = early_config.known_args_namespace, early_config.invocation_params.dir
    given.file_or_dir[:] = [invocation.resolved(argument, here) for argument in given.file_or_dir]
    if given.collectonly or given.help or given.python is not None or getattr(given, "numprocesses", None):
        return
    paths = _paths(given.file_or_dir, here)
    if process.AVAILABLE and _checks_exercises(paths):
        _ = _session(early_config).engine


def _paths(arguments: list[str], here: Path) -> list[Path]:
    """The files and folders of these arguments, without names of checks."""
    return [here / argument.partition("::")[0] for argument in arguments]


def _checks_exercises(paths: list[Path]) -> bool:
    return any(invocation.is_exercise(path) or catalog.folders(path) for path in paths)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | pytest.ExitCode | None:
    """Start again with `--attempt=PATH` if the attempt has moved pytest's rootdir."""
    given = config.invocation_params
    arguments = invocation.joined(given.args)
    moved = arguments is not None and not (given.dir / config.getoption("attempt")).resolve().is_relative_to(given.dir)
    return pytest.main(arguments, given.plugins) if moved and not hasattr(config, "workerinput") else None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): how many points this check is worth")
    config.addinivalue_line("markers", "timed: a check that races the attempt (set on all checks that use `race`)")
    session = _session(config)
    config.pluginmanager.register(session, "checker-session")
    session.record()
    if config.getoption("python") is not None:
        session.use(config.getoption("python"))
    pictures.configure(config, session)
    here = config.invocation_params.dir
    attempt = config.getoption("attempt")
    if attempt is not None and not (here / attempt).exists():
        raise pytest.UsageError(f"--attempt {attempt}: there is no such file or folder")
    config.args[:] = [invocation.resolved(argument, here) for argument in config.args]
    paths = _paths(config.args, here)
    if not process.AVAILABLE and _checks_exercises(paths):
        raise pytest.UsageError(process.UNAVAILABLE)
    if config.inipath is None and any(map(invocation.is_exercise, paths)):
        config.option.importmode = "importlib"  # the files of checks all have the same name


def pytest_itemcollected(item: pytest.Item) -> None:
    if "race" in getattr(item, "fixturenames", ()):
        item.add_marker("timed")


# --- fixtures --------------------------------------------------------------------------------------


def _check(request: pytest.FixtureRequest) -> Check:
    """The check that requests a fixture; it may have been made already."""
    stash = request.node.stash
    if CHECK not in stash:
        try:
            session = request.config.stash[SESSION]
            stash[CHECK] = Check(session, session.ahead, request.path)
        except catalog.CatalogError as error:
            raise pytest.UsageError(str(error)) from error
    check: Check = stash[CHECK]
    return check


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """The exercise in whose folder the check stands."""
    return _check(request).exercise


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The outside of this check: operations to call, pages to fetch, accounts to keep."""
    check = _check(request)
    yield check.world
    check.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest, exercise: Exercise, world: World) -> Bench:  # noqa: ARG001  (set up before)
    """The attempt's text, and what it takes to run it."""
    return _check(request).bench


@pytest.fixture
def attempt(request: pytest.FixtureRequest, bench: Bench) -> AttemptProxy:  # noqa: ARG001
    """The attempt; call its functions."""
    return _check(request).attempt


@pytest.fixture
def race(request: pytest.FixtureRequest, bench: Bench) -> RaceTrack:  # noqa: ARG001
    """The race of the attempt against sync.py."""
    return _check(request).race


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a check of an exercise, or wait for its result if it was started early."""
    check = pyfuncitem.stash.get(CHECK, None)
    if check is None or inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    pyfuncitem.config.stash[SESSION].ahead.call(pyfuncitem, check)
    return True


# --- reports ---------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    check = item.stash.get(CHECK, None)
    if check is not None and (call.when == "call" or call.excinfo is not None):
        result = _result(item, call, check)
        exercise = check.exercise
        told = Told(
            exercise=exercise.number, folder=str(exercise.folder), sha256=check.sha256, result=result,
            scenes=pictures.scenes(check.rounds, item.config),
        )  # fmt: skip
        report.check = told  # type: ignore[attr-defined]
        report.duration = result.seconds
        session = _session(item.config)
        measured.add(session.attempt(exercise), check.rounds)
        if call.excinfo is not None and result.verdict is not Verdict.ERROR:
            _end_in(item.path, call.excinfo.tb)
        rewrite(report, result, item, session.attempt(exercise).text, session.is_stub(exercise))
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


def _end_in(file: Path, traceback: TracebackType) -> None:
    """Cut the traceback off in the file of the checks, so that `--pdb` stops there and not in the checker."""
    last: TracebackType | None = None
    each: TracebackType | None = traceback
    while each is not None:
        last = each if each.tb_frame.f_code.co_filename == str(file) else last
        each = each.tb_next
    if last is not None:
        last.tb_next = None


def _result(item: pytest.Item, call: pytest.CallInfo[None], check: Check) -> CheckResult:
    from checker.checks import CheckFailed

    error = call.excinfo.value if call.excinfo is not None else None
    answer = check.answer
    if isinstance(error, CheckFailed):
        answer = error.answer
    elif error is not None:
        verdict, why = _unforeseen(error)
        answer = msgspec.structs.replace(answer, verdict=verdict, why=why)
    seconds = call.duration if check.seconds is None else check.seconds
    return grading.check(answer, name=item.name, title=title(item), max_score=points(item), seconds=seconds)


def _unforeseen(error: BaseException) -> tuple[Verdict, str]:
    """What ended a check before it had an answer: the verdict, and why."""
    if isinstance(error, pytest.skip.Exception):
        return Verdict.INCONCLUSIVE, skipped(str(error))
    if isinstance(error, KeyboardInterrupt):  # with --pdb, pytest goes on
        return Verdict.INCONCLUSIVE, "it was interrupted"
    return Verdict.ERROR, f"{type(error).__name__}: {error}"


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    told: Told | None = getattr(report, "check", None)
    if told is not None and told.result.verdict is Verdict.INCONCLUSIVE and not told.result.why.startswith(SKIPPED):
        return "inconclusive", "?", ("INCONCLUSIVE", {"yellow": True})
    return None
