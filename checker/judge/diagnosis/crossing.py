"""What went from process to process, and how much of it. Pure."""

from __future__ import annotations

from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run


def too_much(run: Run, at_most_bytes: int, hint: str | None = None) -> Diagnosis | None:
    """More bytes than that were pickled and sent, where a name and a few numbers would do."""
    if run.transferred_bytes is None or run.transferred_bytes <= at_most_bytes:
        return None
    crossed, enough = _size(run.transferred_bytes), _size(at_most_bytes)
    sentence = f"{crossed} went from process to process, where less than {enough} would do"
    return diagnosis(Code.PICKLE, sentence, hint=hint or _LEAVE_IT_THERE)


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= MB else f"{number / 1e3:.0f} kB"


MB = 10**6
HIDDEN = "one of its processes hides from the system what it reads and writes"
"""Why nobody can tell. Completes "cannot be judged: ..."."""
_LEAVE_IT_THERE = (
    "Arguments and results are pickled, written into a pipe, read and unpickled. Put what is large where both sides "
    "can reach it, and send only where it lies; send back only what was found."
)
