"""What an attempt of tests/attempts gets depends on the Python that runs it: how new, and whether it has a GIL."""

from __future__ import annotations

from pathlib import Path

from checker.authoring import attempts
from checker.model.codes import Code
from checker.model.interpreter import Interpreter
from checker.process import interpreters

WITHOUT_A_GIL: dict[str, Code | None] = {
    "22-threads": None,
    "22-threads_of_its_own": None,
    "22-eight_threads": None,
    "22-shared_counter": Code.WORK_MULTIPLIED,
    "24-small_updates": None,  # hashlib lets go of a GIL only for large pieces: here there is none to keep
    "24-large_reads_small_updates": None,
    "26-lambda_to_a_process": Code.WRONG_TOOL,  # it asks first, and sends no lambda where threads are right
}
"""What an attempt gets there, where that is not what its first line names; None: it passes."""


def runs_here(path: Path, interpreter: Interpreter | None = None) -> bool:
    """The interpreter (the grader's own, if none is given) is new enough for an attempt: `# needs 3.13`."""
    return attempts.needed(path) <= (interpreter or interpreters.own()).number


def why_not(path: Path) -> str:
    """Why an attempt is left out there: for whoever reads the list of skipped tests."""
    return "needs Python {}.{}".format(*attempts.needed(path))


def must_get(path: Path, interpreter: Interpreter | None = None) -> Code | None:
    """The diagnosis that is right for a wrong attempt there; None where it passes."""
    named = attempts.must_get(path)
    if (interpreter or interpreters.own()).gil:
        return named
    return WITHOUT_A_GIL.get(f"{path.parent.parent.name.partition('_')[0]}-{path.stem}", named)
