"""A call was given a pool: did it use it, and leave it open?"""

from __future__ import annotations

from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code


def misused(function: str, used: bool, left_open: bool) -> Diagnosis | None:
    """used: the given pool got work; left_open: it still accepted work when the call was over."""
    if not used:
        return diagnosis(Code.WRONG_TOOL, f"{function} was given a pool, and handed it no work", hint=_USE_IT)
    if not left_open:
        sentence = f"{function} closed the pool that it was given: the next who needs it gets a RuntimeError"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_LEAVE_IT)
    return None


_USE_IT = (
    "Starting processes takes time, so whoever has a pool already hands it on: submit to that one. Make a pool of your "
    "own only where none is given."
)
_LEAVE_IT = (
    "The end of a `with` block closes a pool, and so does `shutdown()`. Close what you have made yourself; a pool that "
    "you were given belongs to somebody else."
)
