"""Futures that were asked for a result too soon, or completed twice. Pure."""

from __future__ import annotations

import re

from checker.judge.diagnosis.quoting import quoted
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import ErrorInfo


def misused(run: Run, error: ErrorInfo) -> Diagnosis | None:
    """What an InvalidStateError means, in the words of asyncio (in C and in Python) and of concurrent.futures."""
    if error.type != "InvalidStateError":
        return None
    if _TOO_SOON.search(error.message):
        sentence = f"{run.function} asked for a result before it was there ({quoted(error)})"
        return diagnosis(Code.LOST, sentence, error.line, _NOT_DONE)
    if _ENDED_BEFORE.match(error.message):
        sentence = f"{run.function} set the end of a future that had one already ({quoted(error)})"
        return diagnosis(Code.CRASHED, sentence, error.line, _ONE_END)
    return None


_TOO_SOON = re.compile(r"is not (set|ready)\.")
_ENDED_BEFORE = re.compile(r"invalid state$|(FINISHED|CANCELLED|CANCELLED_AND_NOTIFIED): ")
_NOT_DONE = (
    "A task that is not done has no result and no exception yet. Was it awaited? `await a, b` awaits only a; and who "
    "waits for some tasks does not wait for those that come later."
)
_ONE_END = (
    "A future has one end: a result, an exception, or that it was cancelled. Who may come second asks `done()` first; "
    "and what happens more than once needs a new future each time, or an event."
)
