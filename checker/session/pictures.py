"""Write pictures of a run to files: --trace-file and --html-file.

(--trace is an option of pytest itself, --html one of pytest-html.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker.catalog import SYNC
from checker.model.evidence import Round
from checker.model.picture import Scene

if TYPE_CHECKING:
    from checker.process.invocation import Source
    from checker.report.model import Report
    from checker.session.session import Session
    from checker.session.told import Told

OPTIONS = ("trace_file", "html_file")


def add_options(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--trace-file", metavar="FILE",
        help="write what happened as a trace (JSON), to be opened in Perfetto, chrome://tracing or Speedscope",
    )  # fmt: skip
    group.addoption(
        "--html-file", metavar="FILE",
        help="write one web page that needs no other file: sync's picture above yours, diagnosis and hint",
    )  # fmt: skip


def configure(config: pytest.Config, session: Session) -> None:
    """Have the files written that were asked for. Raises UsageError at once if a file cannot be written."""
    asked = {option: config.invocation_params.dir / given for option in OPTIONS if (given := config.getoption(option))}
    for option, file in asked.items():
        if file.is_dir() or not file.parent.is_dir():
            name = f"--{option.replace('_', '-')}"
            why = "that is a folder" if file.is_dir() else f"there is no folder {file.parent}"
            raise pytest.UsageError(f"{name} {file}: {why}; name a file in a folder that is there")
    if asked and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Pictures(session, asked), "checker-pictures")


def scenes(rounds: Sequence[Round], config: pytest.Config) -> tuple[Scene, ...]:
    """The scenes of a check, sync first; none if the session was not asked for pictures."""
    if not any(config.getoption(option) for option in OPTIONS):
        return ()
    from checker.picture import scene

    runs = [(each.sync, "sync") for each in rounds if each.sync is not None]
    runs += [(each.attempt, "attempt") for each in rounds]
    return tuple(scene.of(run, who) for run, who in runs)


class Pictures:
    """A pytest plugin object that collects scenes, and writes them at the end of the session."""

    def __init__(self, session: Session, files: dict[str, Path]) -> None:
        self._session = session
        self._files = files
        self._results: list[Told] = []
        self._lines: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = getattr(report, "check", None)
        if told is not None:
            self._results.append(told)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        from checker.report import trace, write
        from checker.report.html import single

        for option, file in self._files.items():
            if option == "trace_file":
                text = trace.render([(told.result.title, told.scenes) for told in self._results if told.scenes])
                how = "open it in https://ui.perfetto.dev"
            else:
                found: dict[str, dict[str, tuple[Scene, ...]]] = defaultdict(dict)
                for told in self._results:
                    found[told.exercise][told.result.id] = told.scenes
                text, how = single.render(_report(self._session), found), "open it in a browser"
            try:
                write.write([(file.name, text)], file)
                self._lines.append(f"Written: {file} ({how})")
            except OSError as error:
                self._lines.append(f"{file} could not be written: {error.strerror or error}")

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.write_line("")
        for line in self._lines:
            terminalreporter.write_line(line)


def _report(session: Session) -> Report:
    """All results of this session, as a report with one submission."""
    from checker.report.model import ExerciseInfo, Machine, Report, SubmissionResult

    results = session.results()
    return Report(
        machine=Machine.here(session.interpreter),
        submissions=[SubmissionResult(submission="", exercises=[result for _, result in results])],
        exercises=[
            ExerciseInfo.of(exercise, result.max_score, _text(session.source(exercise.folder / SYNC)))
            for exercise, result in results
        ],
        attempts={
            result.attempt_sha256: _text(session.attempt(exercise))
            for exercise, result in results
            if result.attempt_sha256
        },
    )


def _text(source: Source) -> str:
    return (source.text or b"").decode("utf-8", "replace")
