"""Whether what was opened is closed in time, and what is no longer needed is forgotten. Pure."""

from __future__ import annotations

from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run


def left_open(run: Run, closing: str, what: str) -> Diagnosis | None:
    """`what` (such as "the source") is closed by the operation `closing`, which must have ended before the return."""
    spans = run.named(closing)
    if any(span.outcome == "answered" and (span.end_s or 0.0) <= run.end_s for span in spans):
        return None
    if not spans:
        sentence = f"{what.capitalize()} was left open: nobody closed it before the end"
        return diagnosis(Code.LEAK_SESSION, sentence, hint=_LEFT_WHERE_IT_IS)
    if any(span.outcome == "dropped" for span in spans):
        return diagnosis(Code.LOST, f"{what.capitalize()} was being closed, and that was cut short", hint=_CANCEL_ONCE)
    sentence = f"{what.capitalize()} was still being closed when everything else had ended"
    return diagnosis(Code.LEAK_TASK, sentence, hint=_CANCEL_ONCE)


def remembered(run: Run, number: int, what: str) -> Diagnosis | None:
    """Things that are still referred to, although they are no longer needed. what: one of them, such as "key"."""
    if number == 0:
        return None
    sentence = f"Nobody waits and nothing is to be kept, and still {count(number, what)} stayed in memory"
    return diagnosis(Code.UNBOUNDED, f"{sentence} ({run.function})", hint=_FORGET)


_FORGET = (
    "What is put into a dictionary for each key stays there until somebody takes it out. Take it out when the last one "
    "who needs it has gone: for every key, whatever came of it."
)
_LEFT_WHERE_IT_IS = (
    "A generator that nobody asks any more stays where it is, and its `finally` does not run. "
    "`async with aclosing(...):` around the loop closes it, whatever happens inside."
)
_CANCEL_ONCE = "Closing takes time. Cancel a task once, and then await it, so that its `finally` comes to its end."
