"""What pytest shows of a check: what happened, instead of the grader's own traceback."""

from __future__ import annotations

from typing import Any

import pytest

from checker.model.answer import CheckResult, Verdict
from checker.report import terminal
from checker.session.session import columns, write

TOLD = pytest.StashKey[dict[str, list[CheckResult]]]()
"""Failures that were explained before, by the file of the checks."""


def rewrite(report: pytest.TestReport, result: CheckResult, item: pytest.Item, text: bytes | None) -> None:
    """Let the report tell the learner what happened, instead of showing the grader's own traceback.

    `text`: the attempt's, for the line that a diagnosis names.
    """
    if result.verdict is Verdict.PASSED:
        return
    if result.verdict is Verdict.INCONCLUSIVE:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: cannot be judged: {result.why}")
        return
    author = item.config.getoption("tbstyle", "auto") not in ("auto", "no", "line") or result.verdict is Verdict.ERROR
    told = item.config.stash.setdefault(TOLD, {})
    same = told.setdefault(str(item.path), []) if result.verdict is Verdict.FAILED else []
    is_told = any(each.diagnosis == result.diagnosis and each.speed == result.speed for each in same)
    same.append(result)
    report.longrepr = _Explanation(  # type: ignore[assignment]  # a TerminalRepr in all but name: that is private
        result, report.longrepr if author else None, terminal.source_line(text, result.diagnosis), is_told
    )


class _Explanation:
    """What pytest prints for a check that was not passed; authors see the traceback above it."""

    def __init__(self, result: CheckResult, traceback: Any, source: str, is_told: bool) -> None:
        """`source`: the line that the diagnosis names; `is_told`: a check before it failed in just this way."""
        self._result = result
        self._source = source
        self._is_told = is_told
        self._traceback = traceback
        self.reprcrash = _Crash(result)

    def toterminal(self, out: Any) -> None:
        if self._traceback is not None:
            self._traceback.toterminal(out)
            out.line("")
        if self._is_told:
            write(out, terminal.again(self._result))
        else:
            write(out, terminal.check(self._result, columns(out), self._source))

    def __str__(self) -> str:
        return "\n".join(line.text for line in terminal.check(self._result))


class _Crash:
    """The one line of pytest's short summary."""

    def __init__(self, result: CheckResult) -> None:
        diagnosis = result.diagnosis
        self.message = f"{diagnosis.code}: {diagnosis.sentence}" if diagnosis is not None else result.why

    def __str__(self) -> str:
        return self.message
