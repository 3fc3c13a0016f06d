"""What pytest shows of a check that was not passed: an explanation instead of the grader's own traceback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from checker.model.answer import CheckResult, Verdict
from checker.report import terminal
from checker.report.terminal import StyledLine
from checker.session.session import columns, write

EXPLAINED = pytest.StashKey[dict[str, list[CheckResult]]]()
"""Failures that were explained already, by the file of the checks."""
STUB = "This is the stub, as it came: here is what it does."


def rewrite(
    report: pytest.TestReport, result: CheckResult, item: pytest.Item, text: bytes | None, is_stub: bool
) -> None:
    """Put an explanation for the learner into the report, in place of the grader's own traceback.

    `text`: the attempt's, for the line that a diagnosis names. `is_stub`: the attempt is unchanged.
    """
    if result.verdict is Verdict.PASSED:
        return
    if result.verdict is Verdict.INCONCLUSIVE:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: cannot be judged: {result.why}")
        return
    wants_traceback = item.config.getoption("tbstyle", "auto") not in ("auto", "no", "line")
    by_file = item.config.stash.setdefault(EXPLAINED, {})
    earlier = by_file.setdefault(str(item.path), []) if result.verdict is Verdict.FAILED else []
    is_repeated = any(each.diagnosis == result.diagnosis and each.speed == result.speed for each in earlier)
    lines = Lines(result, terminal.source_line(text, result.diagnosis), is_repeated, is_stub, is_first=not earlier)
    earlier.append(result)
    traceback = report.longrepr if wants_traceback or result.verdict is Verdict.ERROR else None
    # _Explanation behaves like pytest's TerminalRepr, which is private.
    report.longrepr = _Explanation(lines, traceback)  # type: ignore[assignment]


@dataclass(frozen=True)
class Lines:
    """What to say about a check that was not passed."""

    result: CheckResult
    source: str
    """The source line that the diagnosis names."""
    is_repeated: bool
    """An earlier check failed in the same way."""
    is_stub: bool
    is_first: bool
    """It is the exercise's first failure."""

    def fitting(self, columns: int | None) -> Iterator[StyledLine]:
        """`columns`: as for terminal.check."""
        lines = terminal.again(self.result) if self.is_repeated else terminal.check(self.result, columns, self.source)
        if not self.is_stub:
            yield from lines
            return
        if self.is_first:
            yield StyledLine(STUB, {"bold": True})
        yield from terminal.calm(lines)


class _Explanation:
    """What pytest prints for a check that was not passed, below the traceback if there is one."""

    def __init__(self, lines: Lines, traceback: Any) -> None:
        self._lines = lines
        self._traceback = traceback
        self.reprcrash = _Crash(lines.result)

    def toterminal(self, out: Any) -> None:
        if self._traceback is not None:
            self._traceback.toterminal(out)
            out.line("")
        write(out, self._lines.fitting(columns(out)))

    def __str__(self) -> str:
        return "\n".join(terminal.printable(line.text) for line in terminal.check(self._lines.result))


class _Crash:
    """The line in pytest's short summary."""

    def __init__(self, result: CheckResult) -> None:
        diagnosis = result.diagnosis
        text = f"{diagnosis.code}: {diagnosis.sentence}" if diagnosis is not None else result.why
        self.message = terminal.printable(text)

    def __str__(self) -> str:
        return self.message
