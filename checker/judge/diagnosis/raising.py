"""Exceptions that must reach the caller, and those that must not: what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judge.diagnosis import known, written
from checker.judge.diagnosis.conduct import unfinished
from checker.judge.diagnosis.died import died_of_it, thread_death
from checker.judge.diagnosis.mistaken import MISTAKES
from checker.judge.diagnosis.outcome import raised, works_own
from checker.judge.diagnosis.quoting import quoted, shortened
from checker.judge.diagnosis.result import CANCELLED_HINT
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.source import in_a_try
from checker.judge.diagnosis.undone import nothing_done
from checker.judge.diagnosis.values import GROUP, AnError, items, shown
from checker.judge.diagnosis.wrong_value import dropped
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import ErrorInfo, Raised, Returned


def escaped(run: Run, expected: object) -> Diagnosis | None:
    """An exception that reached the caller, although it belongs in the result."""
    if not isinstance(run.outcome, Raised):
        return None
    error = run.outcome.error
    inside = [*items(expected), *(item for part in items(expected) for item in items(part))]
    wanted = {item.type for item in inside if isinstance(item, AnError)} & set(error.bases)
    if not wanted:
        return None
    # Any failure will do, but one of these is not the work's.
    if wanted == {"Exception"} and not {"LookupError", *MISTAKES}.isdisjoint(error.bases):
        return raised(run, error)
    hint = known.hint(run, error.message, error.line) or _IN_ITS_PLACE
    return diagnosis(Code.CRASHED, f"{run.function} raised {quoted(error)}", error.line, hint)


_IN_ITS_PLACE = (
    "One failure must not end the others: this exception belongs into the result, in the place of what "
    "failed. Catch it where the work is done, and keep it."
)


def did_raise(run: Run, kind: str) -> bool:
    """The call ended with an exception of this type or a subclass of it."""
    return isinstance(run.outcome, Raised) and kind in run.outcome.error.bases


def not_raised(run: Run, kind: str, hint: str | None = None) -> Diagnosis | None:
    """The call had to end with an exception of this type, and did not. hint: where it is not seen what became of it."""
    died = run.notice("thread died")
    if isinstance(run.outcome, Raised):
        error = run.outcome.error
        told = known.hint(run, error.message, error.line)
        if died is None:
            sentence = f"{run.function} raised {quoted(error)}, where {kind} is right"
            return diagnosis(Code.CRASHED, sentence, error.line, told or _another(run, error, kind))
        if told is not None or not died.text.startswith(kind) or run.left.operations:
            return raised(run, error)
        sentence = (
            f"An exception ended a thread ({died.text}): Python only printed it, and {run.function} raised {error.type}"
        )
        return diagnosis(Code.SWALLOWED, sentence, died.line)
    assert isinstance(run.outcome, Returned)
    early = unfinished(run)
    if early is not None and not _told(run.outcome):  # who has told a failure has waited for it, and not raised it
        return early
    returned = f"{run.function} returned {shown(run.outcome.value)} as if nothing had happened"
    if not run.spans and (died is not None or run.outcome.value is None):
        return died_of_it(run, returned) or nothing_done(run)
    if kind == "CancelledError":
        return diagnosis(Code.NO_CANCEL, f"The call was cancelled, but {returned}", hint=CANCELLED_HINT)
    return _kept_back(run, kind, returned, hint)


def _told(outcome: Returned) -> list[ErrorInfo]:
    """The exceptions that came back as part of the result."""
    return [item for item in items(outcome.value) if isinstance(item, ErrorInfo)]


def _kept_back(run: Run, kind: str, returned: str, in_general: str | None) -> Diagnosis:
    """What became of the failure; `returned` is what the call gave back instead."""
    assert isinstance(run.outcome, Returned)
    failed = sum(span.outcome == "failed" for span in run.spans)
    if run.spans and not failed:
        if kind in _OWN:
            return diagnosis(Code.SWALLOWED, f"{kind} is right here, but {returned}", thread_death(run), _REFUSE)
        if dropped(run):
            sentence = (
                f"{returned}: {count(dropped(run), 'operation')} had begun, and {be(dropped(run), 'were')} cancelled"
            )
            return diagnosis(Code.LOST, f"{sentence} before any had failed", hint=_UNTIL_IT_FAILS)
        sentence = f"{returned}: the operation that fails was never asked for"
        return diagnosis(Code.WORK_SKIPPED, sentence, hint=_ASK_ALL)
    kept = any(kind in error.bases for error in _told(run.outcome))
    hint = _IN_A_GROUP if kind == GROUP else _RAISE_IT if kept else _where_it_went(run, kind)
    how = "" if kind == "Exception" else f" with {kind}"
    sentence = f"The work failed{how}, but {returned}"
    if hint is None and in_general is not None:  # perhaps the work was never done
        sentence, hint = f"{kind} is right here, but {returned}", in_general
    if kind == GROUP and failed:
        sentence = f"{count(failed, 'operation')} failed, but {returned}, where an {GROUP} of the failures is right"
    return diagnosis(Code.SWALLOWED, sentence, thread_death(run), hint)


def not_refused(run: Run, kind: str, why: str, hint: str) -> Diagnosis | None:
    """The function had to refuse its arguments by itself, with an exception of this type, and did not.

    No work has failed, so no failure can have been kept back. why: what is wrong with the arguments.
    """
    died = run.notice("thread died")
    if isinstance(run.outcome, Raised):
        error = run.outcome.error
        told = known.hint(run, error.message, error.line)
        if died is not None or told is not None:
            return not_raised(run, kind)
        return diagnosis(Code.CRASHED, f"{why}: that is a {kind}, and not {quoted(error)}", error.line, hint)
    assert isinstance(run.outcome, Returned)
    sentence = f"{why}, and {run.function} returned {shown(run.outcome.value)} all the same"
    return unfinished(run) or died_of_it(run, sentence) or diagnosis(Code.SWALLOWED, sentence, hint=hint)


_OWN = ("ValueError", "TypeError")
"""What a function raises by itself to refuse its arguments: then no operation has failed."""
_REFUSE = (
    "No operation has failed. Was each of them asked for, also the one that would fail? Or has the function to look by "
    "itself at what it is given, and to refuse it?"
)
_UNTIL_IT_FAILS = (
    "One that would fail may be among them. That another one has answered is no reason to give up the rest: wait until "
    "one fails, or all have answered."
)
_ASK_ALL = "Ask for every operation, each with its own arguments, and only once."


def _another(run: Run, error: ErrorInfo, kind: str) -> str | None:
    """A hint, if the exception is not of this kind."""
    if error.type == "BaseExceptionGroup":
        return _NO_CANCELLED
    if kind == GROUP:
        return _IN_A_GROUP
    own = written.raised_in(run.source, error.line)
    if own and kind in (*_OWN, "CancelledError"):
        return _ITSELF
    if not any(span.outcome == "failed" for span in run.spans) or works_own(run, error):
        return None
    return _ITSELF if own else _LOOK_AT_FAILURES


def _where_it_went(run: Run, kind: str) -> str | None:
    if run.notice("thread died") is not None:
        return _ENDED_A_THREAD
    thrown_away = written.thrown_away(run.source)
    asked = {span.line for span in run.spans if span.outcome == "failed" and span.line is not None}
    caught = in_a_try(run.source, asked)
    if caught < asked and (thrown_away is not None or caught):
        return thrown_away  # what is caught somewhere is another failure
    return written.kept(run.source, kind) or thrown_away


_ENDED_A_THREAD = (
    "An exception that leaves a thread's function ends the thread, and nobody else hears of it. Catch it there, keep "
    "it where you find it after the joins, and `raise` it then."
)
_LOOK_AT_FAILURES = (
    "Some of the work had failed before that line, and so its result is not there. Look first whether there is a "
    "failure, and raise it; only then take the results."
)
_ITSELF = "Whoever waits needs the exception that came: let it pass, or raise that one, and not another in its place."
_IN_A_GROUP = "Keep every exception, and raise all of them in one: `raise ExceptionGroup(text, exceptions)`."
_NO_CANCELLED = (
    "An ExceptionGroup holds only failures. A CancelledError is none (it is no Exception), and makes it a "
    "BaseExceptionGroup: leave out the calls that you have cancelled yourself."
)
_RAISE_IT = "The exception came back as if it were a result. Who keeps one must `raise` it again, for the caller."


def unnamed(run: Run, words: Sequence[str]) -> Diagnosis | None:
    """The exception does not tell all that went wrong."""
    error = run.outcome.error if isinstance(run.outcome, Raised) else None
    told = error.message if error is not None else ""
    missing = [word for word in dict.fromkeys(words) if told.count(word) < words.count(word)]
    if not missing:
        return None
    if error is not None and known.hint(run, told, None) is not None:
        return raised(run, error)
    sentence = f"The exception says {shortened(told)!r}, and nothing of {', '.join(map(repr, missing))}"
    in_a_group = error is not None and error.type == GROUP
    return diagnosis(Code.LOST, sentence, hint=_NOT_IN_IT if in_a_group else _NAMES_HINT)


_NOT_IN_IT = (
    "Some failures are not in the group. What goes on after the first one may fail, too, also while it is being "
    "cancelled: look at every task when all of them have ended, and keep each exception."
)
_NAMES_HINT = "Whoever reads the exception needs every failure: put all of them into an ExceptionGroup."
