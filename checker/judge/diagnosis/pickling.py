"""Something could not be sent to another process."""

from __future__ import annotations

import re

from checker.judge.diagnosis.quoting import ADDRESS, NAMED
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.outcome import ErrorInfo

ERRORS = ("PicklingError", "NotShareableError")
NOT_PICKLED = re.compile(r"[Pp]ickle|Can't get local object")
"""The second is what Python 3.13 says of inner functions and lambdas."""
HANDED_IN = re.compile(r"not found as checker\.attempt\.\w+\.(\w+)|attribute lookup (\w+) on checker\.attempt\.")
"""A function that the checks hand in, in the words of Python 3.14, and of earlier ones."""
NO_DATA = re.compile(r"cannot pickle ('[\w.]+'|memoryview) object")


def not_sent(error: ErrorInfo) -> Diagnosis | None:
    """What could not be sent; None if the exception says nothing of that."""
    if error.type not in ERRORS and not NOT_PICKLED.search(error.message):
        return None
    given = HANDED_IN.search(error.message)
    if given is not None:
        sentence = f"`{given[1] or given[2]}`, which your function was given, cannot be sent to another process"
        return diagnosis(Code.PICKLE, sentence, error.line, _BELONGS_HERE)
    sentence = f"Python could not send this to another process: {ADDRESS.sub(NAMED, error.message)}"
    return diagnosis(Code.PICKLE, sentence, error.line, _hint(error.message))


def _hint(message: str) -> str | None:
    if "not the same object" in message:
        return _DECORATED
    return _ONLY_DATA if NO_DATA.match(message) else None


_BELONGS_HERE = (
    "It belongs to the process that your function is called in, where it waits for something, and needs no core of its "
    "own. A thread, or a task, of this process can call it."
)
_DECORATED = (
    "Under its name, the other process finds something else than this function: the decorated one. Send the name, and "
    "let a function of yours look behind the decorator over there: `functools.wraps` leaves it as `__wrapped__`."
)
_ONLY_DATA = (
    "Only data can be pickled: numbers, text, bytes, and collections of them. A lock, a file, a generator or a view of "
    "memory belongs to its process: send what the other one needs to open or to make its own."
)
