"""The state of one pytest session: the engine, sources and results."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker import catalog
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, CheckResult, Verdict
from checker.model.exercise import DEFAULT_POINTS, Exercise
from checker.report import terminal
from checker.session import measured
from checker.session.ahead import Ahead
from checker.session.recording import Recorder
from checker.session.told import Told

if TYPE_CHECKING:
    from checker.model.interpreter import Interpreter
    from checker.process.engine import Engine
    from checker.process.invocation import Source

UNJUDGED = 6
"""Exit code if nothing failed but something could not be judged; pytest itself uses 0 to 5."""
RECORDER = "checker-recorder"
ONE_AT_A_TIME = ("usepdb", "trace", "setuponly", "setupshow")
"""Options of pytest with which checks run one at a time; `-p no:debugging` takes some of them away."""


class Host:
    """Register one as a plugin to run pytest with a given engine and attempt."""

    def __init__(self, engine: Engine, attempt: Source, references: Path | None, width: int | None) -> None:
        """`references`: the folder of reference solutions to race beside the attempt; None: do not.

        `width`: how many checks run at the same time; None for as many as suit the cores.
        """
        self.width = width
        self.engine = engine
        self.attempt = attempt
        self.references = references
        self.checks: list[CheckResult] = []
        """After the session, a result for each collected check, which may be an error."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make no tracebacks: nobody reads them, and they took 40 of the 345 ms of CPU time for 12's stub."""
        config.option.tbstyle = "no"


class Session:
    """A pytest plugin object that gives the engine and sources to fixtures, and collects the results."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self._items: list[pytest.Item] = []
        self._checks: dict[Path, dict[str, CheckResult]] = {}
        """By the exercise's folder (a learner's copy of it has the same number) and the check's name."""
        self._skipped: dict[str, Answer] = {}
        """By the node id of a check that a mark skips."""
        self._sha256: dict[Path, str | None] = {}
        self._sources: dict[Path, Source] = {}
        self._engine: Engine | None = None
        self._folder = ExitStack()
        """The folder for temporary files. If this session is killed, the next one removes it."""
        self.interpreter: Interpreter | None = None
        """For the attempts; None: the grader's own."""
        self._host = next((plugin for plugin in config.pluginmanager.get_plugins() if isinstance(plugin, Host)), None)
        self.ahead = Ahead(self)
        config.add_cleanup(self._close)

    def record(self) -> None:
        """Record the learner's progress, unless the attempt is from elsewhere or this is a worker of pytest-xdist."""
        elsewhere = self._host is not None or self.config.getoption("attempt") is not None
        if not elsewhere and not hasattr(self.config, "workerinput"):
            self.config.pluginmanager.register(Recorder(self.config, self.attempt), RECORDER)

    def use(self, python: str) -> None:
        """Run attempts on the interpreter of this name or path. Raises UsageError."""
        from checker.process import interpreters, trial

        try:
            self.interpreter = trial.tried(python)
        except interpreters.InterpreterError as error:
            raise pytest.UsageError(f"--python {error}") from error

    @property
    def engine(self) -> Engine:
        """The host's engine; without a host, our own, started on first use."""
        if self._host is not None:
            return self._host.engine
        if self._engine is None:
            from checker.process import scratch
            from checker.process.engine import Engine

            self._folder.enter_context(scratch.own())
            self._engine = Engine(self._shares_terminal, interpreter=self.interpreter)
        self._engine.measures_lines = measured.coverage() is not None  # it may start later than the engine
        return self._engine

    @property
    def _shares_terminal(self) -> bool:
        """Nothing is captured: `-s`, or `-p no:capture`."""
        return getattr(self.config.known_args_namespace, "capture", "no") == "no"

    def source(self, file: Path) -> Source:
        """The source in a file. It is read once, so that all checks of a session see the same text."""
        from checker.process.invocation import Source

        if file not in self._sources:
            self._sources[file] = Source.read(file)
        return self._sources[file]

    def attempt(self, exercise: Exercise) -> Source:
        """The attempt's source; its file need not exist."""
        return self._host.attempt if self._host is not None else self.source(self._attempt_file(exercise))

    def is_stub(self, exercise: Exercise) -> bool:
        """Whether the attempt is the unchanged stub."""
        return self.attempt(exercise).text == self.source(exercise.folder / catalog.SYNC).text

    def _attempt_file(self, exercise: Exercise) -> Path:
        option = self.config.getoption("attempt")
        if option is None:
            return exercise.folder / exercise.attempt
        path: Path = self.config.invocation_params.dir / option
        if not path.is_dir():
            return path
        beside = path / exercise.attempt
        return beside if beside.is_file() else path / exercise.folder.name / exercise.attempt

    def reference(self, exercise: Exercise) -> Source | None:
        """The reference solution's source, if it is to be raced too."""
        option = self._host.references if self._host is not None else self.config.getoption("reference")
        file = Path(option) / exercise.folder.name / exercise.attempt if option is not None else None
        return self.source(file) if file is not None and file.is_file() else None

    @property
    def width(self) -> int | None:
        """How many checks may run at a time; None for as many as suit the cores.

        One, if somebody debugs or the attempt shares the terminal, and in a worker of pytest-xdist.
        """
        one = self._shares_terminal or any(getattr(self.config.option, name, False) for name in ONE_AT_A_TIME)
        if one or hasattr(self.config, "workerinput"):
            return 1
        return self._host.width if self._host is not None else None

    @property
    def untimeable(self) -> str:
        """Why timed checks cannot be judged in this session; "" if they can."""
        if os.environ.get("PYTEST_XDIST_WORKER"):
            return "timed checks disturb each other under pytest-xdist; run pytest without -n"
        return ""

    def results(self) -> list[tuple[Exercise, AttemptResult]]:
        """One result per exercise, ordered by number."""
        exercises = [catalog.load(folder) for folder in sorted(self._checks, key=lambda folder: folder.name)]
        return [
            (each, grading.attempt(each.number, list(self._checks[each.folder].values()), self._sha256[each.folder]))
            for each in exercises
        ]

    def _unjudged(self, exitstatus: int) -> list[CheckResult]:
        """An answer for each collected check without a result: a mark skips it, or the session ended before it."""
        known = {name for checks in self._checks.values() for name in checks}
        broken = Answer(verdict=Verdict.ERROR, why=f"pytest ended before this check, with exit status {exitstatus:d}")
        return [
            grading.check(
                self._skipped.get(item.nodeid, broken),
                name=item.name, title=title(item), max_score=points(item), seconds=0.0,
            )
            for item in self._items
            if item.name not in known
        ]  # fmt: skip

    # --- hooks ---

    def pytest_report_header(self) -> str | None:
        """Name the attempts' interpreter, unless it is the grader's own, which pytest names."""
        return f"attempts: {self.interpreter.name} ({self.interpreter.path})" if self.interpreter else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Start checks early while pytest goes through them."""
        option = self.config.option
        none = option.collectonly or (session.testsfailed and not option.continue_on_collection_errors)
        with self.ahead.begun([] if none else session.items, self.width):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told: Told | None = getattr(report, "check", None)
        if told is not None:
            folder = Path(told.folder)
            self._sha256[folder] = told.sha256
            self._checks.setdefault(folder, {})[told.result.id] = told.result
        elif report.skipped and isinstance(report.longrepr, tuple):
            why = skipped(report.longrepr[2].removeprefix("Skipped: "))
            self._skipped[report.nodeid] = Answer(verdict=Verdict.INCONCLUSIVE, why=why)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._items = list(session.items)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        unjudged = self._unjudged(exitstatus)
        self._close()
        results = self.results()
        if self._host is not None:
            self._host.checks = [*(check for _, result in results for check in result.checks), *unjudged]
        verdicts = [result.verdict for _, result in results]
        if session.exitstatus == pytest.ExitCode.OK and Verdict.INCONCLUSIVE in verdicts:
            session.exitstatus = UNJUDGED

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None
            # At its end pytest collects garbage five times, to find exceptions that were never handled. With all
            # imported modules that takes 30 ms, and what an attempt may have left is in another process.
            gc.freeze()
        self._folder.close()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for exercise, result in self.results():
            for check in result.checks:
                if check.verdict is Verdict.INCONCLUSIVE:  # pytest shows only failures by itself
                    terminalreporter.write_line("")
                    write(terminalreporter, terminal.check(check, columns(terminalreporter)))
            terminalreporter.write_line("")
            lines = terminal.exercise(exercise, result, columns(terminalreporter))
            write(terminalreporter, terminal.calm(lines) if self.is_stub(exercise) else lines)
            self._close_with(terminalreporter, exercise, result)

    def _close_with(self, out: pytest.TerminalReporter, exercise: Exercise, result: AttemptResult) -> None:
        """Say what comes next, to a learner who checks a single exercise of their own."""
        from checker.session.closing import Closing

        recorder: Recorder | None = self.config.pluginmanager.get_plugin(RECORDER)
        if recorder is not None and len(self._checks) == 1:
            here, text = self.config.invocation_params.dir, self.attempt(exercise).text
            closing = Closing(exercise, text, recorder.before.get(exercise.number), recorder.passed, here)
            write(out, closing.lines(result))


def title(item: pytest.Item) -> str:
    """The first line of the check's docstring, which learners and instructors read."""
    text = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
    return text.strip().splitlines()[0].rstrip(".")


SKIPPED = "this check was skipped: "


def skipped(reason: str) -> str:
    """Why a check was not judged that its author skips, such as one for a later Python."""
    return SKIPPED + reason


def points(item: pytest.Item) -> float:
    """How many points a check is worth."""
    marker = item.get_closest_marker("points")
    return float(marker.args[0]) if marker else DEFAULT_POINTS


def columns(out: Any) -> int | None:
    """The terminal's width; None if the output goes elsewhere and COLUMNS is not set."""
    writer = getattr(out, "_tw", out)
    is_terminal = writer._file.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return int(writer.fullwidth) if is_terminal else None


def write(out: Any, lines: Iterable[terminal.StyledLine]) -> None:
    """Write lines with their colours to a pytest terminal reporter or writer, fitted to its terminal."""
    put = getattr(out, "write_line", None) or out.line
    encoding = getattr(getattr(out, "_tw", out)._file, "encoding", None) or "utf-8"
    for line in terminal.fitted(lines, columns(out), encoding):
        put(line.text, **line.markup)
