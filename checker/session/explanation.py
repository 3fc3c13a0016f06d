"""What pytest shows of a check: what happened, instead of the grader's own traceback."""

from __future__ import annotations

from typing import Any

import pytest

from checker.model.answer import CheckResult, Verdict
from checker.report import terminal
from checker.session.session import columns, write


def rewrite(report: pytest.TestReport, result: CheckResult, item: pytest.Item) -> None:
    """Let the report tell the learner what happened, instead of showing the grader's own traceback."""
    if result.verdict is Verdict.PASSED:
        return
    if result.verdict is Verdict.INCONCLUSIVE:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: cannot be judged: {result.why}")
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
        write(out, terminal.check(self._result, columns(out)))

    def __str__(self) -> str:
        return "\n".join(line.text for line in terminal.check(self._result))


class _Crash:
    """The one line of pytest's short summary."""

    def __init__(self, result: CheckResult) -> None:
        diagnosis = result.diagnosis
        self.message = f"{diagnosis.code}: {diagnosis.sentence}" if diagnosis is not None else result.why

    def __str__(self) -> str:
        return self.message
