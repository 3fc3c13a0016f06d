"""Coverage of the attempt, where somebody measures this session: `pytest --cov`, or `coverage run -m pytest`.

The attempt runs in another process, which tells its lines; they are added to what is measured here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from checker.model.evidence import Round

if TYPE_CHECKING:
    from checker.process.invocation import Source


def coverage() -> Any:
    """What measures now; None: nothing does. Nobody who does not measure needs the library."""
    library = sys.modules.get("coverage")
    return library.Coverage.current() if library is not None else None


def add(source: Source, rounds: Iterable[Round]) -> None:
    """The lines of the attempt that were run. Where branches are measured nothing is added: only lines are known."""
    measuring = coverage()
    if source.path is None or source.text is None or measuring is None:
        return
    data = measuring.get_data()
    if not data.has_arcs():
        most = len(source.text.splitlines())  # what an attempt tells of itself is not believed
        data.add_lines({source.path: {line for each in rounds for line in each.attempt.lines if line <= most}})
