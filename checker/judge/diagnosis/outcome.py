"""The attempt did not come back with a result: why."""

from __future__ import annotations

import re
import signal

from checker.judge.diagnosis import futures, handed_over, known, known_objects, pickling, undone, written
from checker.judge.diagnosis.hangs import hung
from checker.judge.diagnosis.known_asyncio import NOT_KEPT
from checker.judge.diagnosis.memory import not_shared
from checker.judge.diagnosis.quoting import quoted
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Notice, Run
from checker.model.outcome import FORGED, Died, ErrorInfo, Hung, NotPlainResult, Overrun, Raised, Returned, Unusable


def failure(run: Run) -> Diagnosis | None:
    """What happened instead of a result."""
    outcome = run.outcome
    if isinstance(outcome, Unusable):
        return _unusable(run, outcome)
    if isinstance(outcome, Raised):
        outside = outcome.error.line is None and "'coroutine' object is not" in outcome.error.message
        return (undone.made_async(run) if outside else None) or raised(run, outcome.error)
    if isinstance(outcome, NotPlainResult):
        unawaited, hint = run.notice("never awaited"), known.hint_for_result(run.file, outcome.what)
        line = unawaited.line if unawaited is not None else None
        sentence = f"{run.function} returned {outcome.what}"
        return undone.made_async(run) or diagnosis(Code.BAD_RESULT_TYPE, sentence, line, hint)
    if isinstance(outcome, Died):
        return diagnosis(Code.CRASHED, f"The program ended before {run.function} returned: {_exit(outcome.status)}")
    if isinstance(outcome, Overrun):
        hint = _FORGED_HINT if outcome == FORGED else _OVERRUN_HINT
        return diagnosis(Code.CRASHED, f"The checker stopped the program: {outcome.what}", hint=hint)
    if isinstance(outcome, Hung):
        return hung(run, outcome)
    assert isinstance(outcome, Returned)
    return None


_OVERRUN_HINT = (
    "A program that takes so much at once would take the whole machine down: use a pool with a fixed size, and keep in "
    "memory only what you need."
)
_FORGED_HINT = (
    "What your functions return is all that the checker wants to know. Leave alone whatever files and sockets your "
    "program has not opened itself."
)


def _unusable(run: Run, outcome: Unusable) -> Diagnosis:
    error = outcome.error
    if outcome.reason == "missing file":
        return diagnosis(Code.MISSING, "There is no attempt.py", hint="Copy sync.py to attempt.py, and begin there.")
    if outcome.reason == "missing function":
        return _missing(run, error.message)
    if outcome.reason == "syntax":
        message = error.message.split(" (attempt.py")[0]
        sentence = f"Python cannot read attempt.py: {message}"
        return diagnosis(Code.SYNTAX_ERROR, sentence, error.line, known.hint(run, message, error.line))
    if outcome.reason == "build":
        return _not_compiled(run, error)
    if outcome.reason == "starts processes":
        return diagnosis(Code.NO_GUARD, "attempt.py starts a process while it is being imported", error.line)
    return diagnosis(
        Code.CRASHED, f"attempt.py cannot be imported: {quoted(error)}", error.line,
        known.hint(run, error.message, error.line),
    )  # fmt: skip


def _not_compiled(run: Run, error: ErrorInfo) -> Diagnosis:
    where = f" (attempt.pyx:{error.line})" if error.line is not None else ""
    return Diagnosis(
        code=Code.SYNTAX_ERROR, sentence=f"Cython cannot compile attempt.pyx: {error.message}{where}.",
        hint=known.compiler_hint(run.source, error.message), line=error.line,
    )  # fmt: skip


def raised(run: Run, error: ErrorInfo) -> Diagnosis:
    """An exception reached the caller that should not have."""
    missing = NO_ATTRIBUTE.match(error.message) if error.type == "AttributeError" else None
    if missing is not None:
        return _missing(run, missing[1])
    told = pickling.not_sent(error) or futures.misused(run, error)
    if told is not None:
        return told
    if error.type == "GeneratorExit":
        sentence = f"{run.function} lost a coroutine before it was done ({quoted(error)})"
        return diagnosis(Code.LOST, sentence, error.line, NOT_KEPT)
    died = run.notice("thread died")
    apart = died is None or _is_same_exception(died, error) or run.left.operations or _is_another_mistake(run, error)
    if died is not None and not apart:
        sentence = f"An exception ended a thread ({died.text}), and then {run.function} raised {quoted(error)}"
        return diagnosis(Code.CRASHED, sentence, died.line, known.hint(run, died.text, died.line) or _FIRST_HINT)
    hint = known.hint(run, error.message, error.line) or _observed_hint(run, error)
    lacking = known_objects.lacking(run.source, error.message, error.line)
    if lacking is not None:
        return diagnosis(Code.MISSING, f"{run.file} has a `{lacking[0]}` without `{lacking[1]}`", error.line, hint)
    return diagnosis(Code.CRASHED, f"{run.function} raised {quoted(error)}", error.line, hint)


def _is_another_mistake(run: Run, error: ErrorInfo) -> bool:
    """Whether a thread may have ended with failed work, and a library was used wrongly, which does not follow."""
    failed = any(span.outcome == "failed" for span in run.spans)
    return failed and "RuntimeError" in error.bases and known.hint(run, error.message, error.line) is not None


def _is_same_exception(died: Notice, error: ErrorInfo) -> bool:
    """Whether thread and call ended with the same exception: of one kind and from one line, or in the same words."""
    if died.line is None or error.line is None:
        return died.text == f"{error.type}: {error.message}"[: len(died.text)]
    return died.text.startswith(f"{error.type}:") and died.line == error.line


def _observed_hint(run: Run, error: ErrorInfo) -> str | None:
    """A hint from what was observed, where the error's words say no more."""
    if not error.message and error.type in _CANCELLED_OR_LATE:
        return _CANCELLED_OR_LATE[error.type]
    if works_own(run, error):
        return handed_over.called(run.source) or _MAY_FAIL
    if "LookupError" not in error.bases:
        return None
    beside = run.left.operations and re.search("Thread|Executor|asyncio", run.source)
    return known.forgotten(run) or (TOO_EARLY if beside else not_shared(run) or NOT_IN_THERE)


_CANCELLED_OR_LATE = {
    "CancelledError": (
        "Who awaits a task that was cancelled, or asks it for its result or its exception, gets a CancelledError: ask "
        "`task.cancelled()` first. `gather` keeps it among the results with `return_exceptions=True`."
    ),
    "TimeoutError": (
        "When the time is up, a TimeoutError comes out of the block of `asyncio.timeout`, or of `wait_for(...)` or "
        "`result(seconds)`. Catch it there, and go on with what has come."
    ),
}
TOO_EARLY = (
    "When this happened, some of the work had no answer yet: wait for all of it before you take its results (`join` a "
    "thread, ask a future for its `result()`, `await` a task)."
)


NOT_IN_THERE = (
    "What is looked up is not in there, or not yet. Which line puts it in, and has that happened when this one looks?"
)


def works_own(run: Run, error: ErrorInfo) -> bool:
    """Whether an operation had failed, and this is how operations fail: the attempt did not make the exception."""
    from_outside = not {"OSError", "ClientError"}.isdisjoint(error.bases)
    from_outside |= error.type == "Exception" and not error.message
    return from_outside and any(span.outcome == "failed" for span in run.spans)


_MAY_FAIL = (
    "That is how an operation failed, and here it may. Catch the exception at that line, keep it, and go on with the "
    "others: the task says what becomes of failures."
)


_FIRST_HINT = (
    "The thread's own exception came first: begin with that line. What the caller raised only follows from it."
)


def _missing(run: Run, name: str) -> Diagnosis:
    """A function that the checks call is not there, or cannot be called from outside."""
    if name.endswith("_"):
        return diagnosis(Code.MISSING, f"{run.file} has no function whose name begins with `{name}`", hint=_AT_THE_TOP)
    in_c = re.search(rf"^[ \t]*cdef\b.*\b{re.escape(name)}\s*\(", run.source, re.MULTILINE)
    hint = known.ONLY_IN_C if in_c else written.not_at_the_top(run.source, name)
    return diagnosis(Code.MISSING, f"{run.file} has no `{name}`", hint=hint)


_AT_THE_TOP = "Only functions at the top level of the file are found: not methods of a class, and not inner functions."
NO_ATTRIBUTE = re.compile(r"module 'attempt' has no attribute '(\w+)'")


def _exit(status: int) -> str:
    if status >= 0:
        return f"its process exited with code {status} (os._exit?)"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    return f"its process was ended by signal {name}"
