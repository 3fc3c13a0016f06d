"""An exception that ended a thread, and that Python only printed. Pure."""

from __future__ import annotations

from checker.judge.diagnosis import known
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run


def died_of_it(run: Run, sentence: str) -> Diagnosis | None:
    """A wrong result, of a run in which an exception ended a thread."""
    died = run.notice("thread died")
    if died is None:
        return None
    first = f"An exception ended a thread ({died.text}), and Python only printed it"
    return diagnosis(Code.SWALLOWED, f"{first}: {sentence}", died.line, known.hint(run, died.text, died.line))


def of_a_death(run: Run, found: Diagnosis) -> Diagnosis | None:
    """An exception that ended a thread, where something is missing or wrong in the result: the cause comes first."""
    if found.code not in INCOMPLETE:
        return None
    where = f" (attempt.py:{found.line})" if found.line is not None else ""
    return died_of_it(run, found.sentence.removesuffix(f"{where}."))


INCOMPLETE = (Code.LOST, Code.WORK_SKIPPED, Code.WRONG_RESULT, Code.SWALLOWED)
"""What is said of a result in which the work of a thread may be missing."""


def thread_death(run: Run) -> int | None:
    """The line where a thread died of an exception that Python only printed."""
    died = run.notice("thread died")
    return died.line if died is not None else None
