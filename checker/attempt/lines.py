"""Records which lines of the attempt run. Coverage tools cannot see them, because they run in another process."""

from __future__ import annotations

import sys
import threading
from types import CodeType, FrameType
from typing import Any

from checker.attempt.stacks import Stacks

MAX_LINES = 10_000
"""That are sent to the grader."""


class Lines:
    """The lines of this process, in all its threads, but not of processes that it starts."""

    def __init__(self, stacks: Stacks, watched: bool) -> None:
        """`watched`: record them from now on; otherwise none are recorded."""
        self._seen: set[int] = set()
        self._is_own = stacks.is_own
        if watched:
            self._watch()

    def told(self) -> list[int]:
        """Their numbers, in order."""
        return sorted(self._seen)[:MAX_LINES]

    def _watch(self) -> None:
        """Costs next to nothing from Python 3.12 on. Before, each line of the attempt calls a function."""
        if sys.version_info < (3, 12):
            threading.settrace(self._called)
            sys.settrace(self._called)
            return
        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.COVERAGE_ID, __name__)
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, self._line)
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)

    def _line(self, code: CodeType, line: int) -> Any:
        if self._is_own(code.co_filename):
            self._seen.add(line)
        return sys.monitoring.DISABLE  # type: ignore[attr-defined,unused-ignore]  # once is enough

    def _called(self, frame: FrameType, _: str, __: Any) -> Any:
        return self._traced if self._is_own(frame.f_code.co_filename) else None

    def _traced(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            self._seen.add(frame.f_lineno)
        return self._traced
