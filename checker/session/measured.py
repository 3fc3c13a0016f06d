"""Coverage of the attempt, if this session is measured: `pytest --cov`, or `coverage run -m pytest`.

The attempt runs in another process, which reports the lines that it ran; they are added to this session's data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from checker.model.evidence import Round

if TYPE_CHECKING:
    from checker.process.invocation import Source


def coverage() -> Any:
    """The current measurement; None: there is none. The library need not be installed."""
    library = sys.modules.get("coverage")
    return library.Coverage.current() if library is not None else None


def add(source: Source, rounds: Iterable[Round]) -> None:
    """Add the lines of the attempt that were run. With branch coverage nothing is added, as only lines are known."""
    measuring = coverage()
    if source.path is None or source.text is None or measuring is None:
        return
    data = measuring.get_data()
    if not data.has_arcs():
        most = len(source.text.splitlines())  # an attempt's own report is not trusted
        data.add_lines({source.path: {line for each in rounds for line in each.attempt.lines if line <= most}})
