"""The result, compared with what the world knows it must be: what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from checker.judge.diagnosis import known
from checker.judge.diagnosis.conduct import unfinished
from checker.judge.diagnosis.outcome import raised
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import NOT_ASKED, Run
from checker.model.outcome import ErrorInfo, Raised, Returned
from checker.model.record import Record

MAX_REPR = 60


class AnError(Record):
    """Stands, in an expected result, for any exception of this type."""

    type: str

    def __str__(self) -> str:
        return self.type


class Close(Record):
    """Stands, in an expected result, for any float that differs only by rounding."""

    value: float

    def __str__(self) -> str:
        return repr(self.value)


ROUNDING = 1e-9
"""Relative: adding millions of floats in another order changes less."""


def same(value: object, expected: object) -> bool:
    """Equal in value and in type, all the way down: 1 is not True, and a list is not a tuple."""
    if isinstance(expected, Close):
        return type(value) is float and math.isclose(value, expected.value, rel_tol=ROUNDING)
    if isinstance(expected, AnError):
        return isinstance(value, ErrorInfo) and expected.type in value.bases
    if type(value) is not type(expected):
        return False
    if isinstance(expected, list | tuple):
        assert isinstance(value, list | tuple)
        return len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(expected, dict):
        assert isinstance(value, dict)
        return value.keys() == expected.keys() and all(same(value[key], expected[key]) for key in expected)
    return value == expected


def mismatch(run: Run, expected: object) -> Diagnosis | None:
    """Compare a run that returned with what it must return."""
    assert isinstance(run.outcome, Returned)
    value = run.outcome.value
    if same(value, expected):
        return None
    return (
        _swallowed(run, value, expected)
        or _lost(run, value, expected)
        or _sequence(run, value, expected)
        or _entry(run, value, expected)
        or _wrong(run, value, expected)
    )


def escaped(run: Run, expected: object) -> Diagnosis | None:
    """An exception that reached the caller, although it belongs into the result."""
    if not isinstance(run.outcome, Raised):
        return None
    error = run.outcome.error
    if not any(isinstance(item, AnError) and item.type in error.bases for item in _items(expected)):
        return None
    return diagnosis(Code.CRASHED, f"{run.function} raised {error.type}: {error.message}", error.line, _IN_ITS_PLACE)


_IN_ITS_PLACE = (
    "One failure must not end the others: this exception belongs into the result, in the place of what "
    "failed. Catch it where the work is done, and keep it."
)


def did_raise(run: Run, kind: str) -> bool:
    """The call ended with an exception of this type or a subclass of it."""
    return isinstance(run.outcome, Raised) and kind in run.outcome.error.bases


def not_raised(run: Run, kind: str) -> Diagnosis | None:
    """The call had to end with an exception of this type, and did not."""
    died = run.notice("thread died")
    if isinstance(run.outcome, Raised):
        error = run.outcome.error
        if died is not None and not died.text.startswith(kind):
            return raised(run, error)
        if died is None:
            return diagnosis(
                Code.CRASHED, f"{run.function} raised {error.type}: {error.message}, where {kind} is right", error.line,
                known.hint(run, error.message, error.line),
            )  # fmt: skip
        sentence = (
            f"An exception ended a thread ({died.text}): Python only printed it, and {run.function} raised {error.type}"
        )
        return diagnosis(Code.SWALLOWED, sentence, died.line)
    assert isinstance(run.outcome, Returned)
    early = unfinished(run)
    if early is not None:
        return early
    if not run.spans and run.outcome.value is None:
        return _nothing_done(run)
    returned = f"{run.function} returned {shown(run.outcome.value)} as if nothing had happened"
    if kind == "CancelledError":
        return diagnosis(Code.NO_CANCEL, f"The call was cancelled, but {returned}", hint=_CANCELLED_HINT)
    return diagnosis(Code.SWALLOWED, f"The work failed with {kind}, but {returned}", _thread_death(run))


def unnamed(run: Run, words: Sequence[str]) -> Diagnosis | None:
    """The exception does not tell all that went wrong."""
    told = run.outcome.error.message if isinstance(run.outcome, Raised) else ""
    missing = [word for word in words if word not in told]
    if not missing:
        return None
    sentence = f"The exception says {told!r}, and nothing of {', '.join(missing)}"
    return diagnosis(Code.LOST, sentence, hint=_NAMES_HINT)


def _nothing_done(run: Run) -> Diagnosis:
    sentence = f"{run.function} does nothing yet: no operation was asked for"
    return diagnosis(Code.MISSING, sentence, hint=_NOTHING_YET)


_NOTHING_YET = "Is it still empty? It gets its work as arguments: do that first, and then look at what fails."
_NAMES_HINT = "Whoever reads the exception needs every failure: put all of them into an ExceptionGroup."


_CANCELLED_HINT = (
    "A CancelledError is not a failure of the work: somebody wants you to stop. Tidy up if you have to, and let it "
    "pass (`except Exception` does; a bare `except:` does not)."
)


def _swallowed(run: Run, value: object, expected: object) -> Diagnosis | None:
    """Exceptions that belong into the result, and are not there."""
    wanted = sum(isinstance(item, AnError) for item in _items(expected))
    got = sum(isinstance(item, ErrorInfo) for item in _items(value))
    if got >= wanted:
        return None
    if not value and not run.spans:
        return _nothing_done(run)
    reported = count(got, "failure") if got else "none of it"
    sentence = f"{count(wanted, 'operation')} failed, but {run.function} reports {reported}"
    as_text = _in_place(value, expected, lambda item, want: isinstance(want, AnError) and isinstance(item, str))
    return diagnosis(Code.SWALLOWED, sentence, _thread_death(run), _NOT_ITS_TEXT if as_text else None)


_NOT_ITS_TEXT = "The result needs the exception itself, not its text: keep the object that you caught."


def _in_place(value: object, expected: object, both: Callable[[object, object], bool]) -> bool:
    """Whether some item of the result stands at the place of such an expected one."""
    if isinstance(value, dict) and isinstance(expected, dict):
        return any(both(value.get(key), want) for key, want in expected.items())
    return any(both(item, want) for item, want in zip(_items(value), _items(expected), strict=False))


def _items(value: object) -> Sequence[object]:
    """What a collection holds; of a dictionary, the values."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list | tuple) else ()


def _lost(run: Run, value: object, expected: object) -> Diagnosis | None:
    """Work that was not waited for, or whose results went nowhere."""
    early = unfinished(run)
    if early is not None:
        return early
    unawaited = [notice for notice in run.notices if notice.kind == "never awaited"]
    if unawaited:
        made = f"{run.function} made {count(len(unawaited), 'coroutine')} that nobody awaited"
        return diagnosis(Code.LOST, f"{made}: that work was never done", unawaited[0].line)
    asked = len(run.spans)
    unasked = sum(item is NOT_ASKED for item in _items(expected))
    if unasked:
        sentence = f"{unasked} of {len(_items(expected))} operations were never asked for"
        return diagnosis(
            Code.WORK_SKIPPED, sentence, hint="The result needs the answer of every operation: do them all."
        )
    if not value and type(value) is not bool and expected and (asked or run.cpu.cpu_s > MEANINGFUL_CPU_S):
        done = f"{count(asked, 'operation')} done" if asked else f"{run.cpu.cpu_s:.1f} s of computing done"
        sentence = f"With {done}, {run.function} returned {value!r}: the results went nowhere"
        apart = len(run.cpu.processes) > 1 and not asked
        cancelled = any(span.outcome == "dropped" for span in run.spans)
        return diagnosis(Code.LOST, sentence, hint=_OWN_MEMORY if apart else _GONE_WITH_THEM if cancelled else None)
    return None


_OWN_MEMORY = (
    "Each process has memory of its own: what a worker writes into a global variable, nobody "
    "else sees. Let it return what it found, and put the parts together."
)
_GONE_WITH_THEM = (
    "Who gives up a whole gather (by a timeout around it, or `wait_for`) throws away what had come already, too. Keep "
    "each answer when it comes, or let `asyncio.wait` tell which tasks are done."
)
MEANINGFUL_CPU_S = 0.3
"""More CPU time than a call that only starts a pool of processes."""


def _sequence(run: Run, value: object, expected: object) -> Diagnosis | None:
    """Right items in the wrong order, too few or too many."""
    if (
        not isinstance(value, list | tuple)
        or not isinstance(expected, list | tuple)
        or type(value) is not type(expected)
    ):
        return None
    missing, surplus = _difference(value, expected)
    if not missing and not surplus:
        misplaced = sum(not same(got, wanted) for got, wanted in zip(value, expected, strict=True))
        sentence = f"All {len(expected)} results are there, but {misplaced} of them at another's place"
        return diagnosis(Code.ORDER, sentence)
    if missing and len(value) < len(expected):
        return diagnosis(Code.LOST, f"{len(missing)} of {len(expected)} results are missing")
    if missing and all(item is None for item in surplus):
        return diagnosis(Code.LOST, f"{len(missing)} of {len(expected)} results are None")
    if surplus and not missing:
        return diagnosis(Code.DUPLICATE, f"{run.function} returned {len(value)} results for {len(expected)} inputs")
    return None


def _difference(value: Sequence[object], expected: Sequence[object]) -> tuple[list[object], list[object]]:
    """Items that are missing, and items that are too many."""
    surplus, missing = list(value), []
    for wanted in expected:
        found = next((index for index, got in enumerate(surplus) if same(got, wanted)), None)
        if found is None:
            missing.append(wanted)
        else:
            del surplus[found]
    return missing, surplus


def _entry(run: Run, value: object, expected: object) -> Diagnosis | None:
    """The first entry of a dictionary that is wrong, missing or too much: of a long one only that is worth showing."""
    if not isinstance(value, dict) or not isinstance(expected, dict):
        return None
    different = next((key for key in expected if key not in value or not same(value[key], expected[key])), None)
    if different is None:
        key = next(key for key in value if key not in expected)
        sentence = f"{run.function} returned {shown(value[key])} for {key!r}, which does not belong there"
    else:
        got = shown(value[different]) if different in value else "nothing"
        sentence = f"{run.function} returned {got} for {different!r}, where {shown(expected[different])} is right"
    return diagnosis(Code.WRONG_RESULT, sentence, _thread_death(run))


def _wrong(run: Run, value: object, expected: object) -> Diagnosis:
    kinds: dict[type, str] = {list: "a list", tuple: "a tuple"}
    if type(value) in kinds and type(expected) in kinds and same(list(_items(value)), list(_items(expected))):
        sentence = f"{run.function} returned {kinds[type(value)]}, where {kinds[type(expected)]} is asked for"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_ONLY_BRACKETS)
    sentence = f"{run.function} returned {shown(value)}, where {shown(expected)} is right"
    return diagnosis(Code.WRONG_RESULT, sentence, _thread_death(run))


_ONLY_BRACKETS = "What is in it is right: only the brackets around it differ."


def _thread_death(run: Run) -> int | None:
    """The line where a thread died of an exception that Python only printed."""
    died = run.notice("thread died")
    return died.line if died is not None else None


def shown(value: Any) -> str:
    """A value as a learner would write it, cut short."""
    text = _written(value)
    return text if len(text) <= MAX_REPR else f"{text[: MAX_REPR - 3]}..."


def _written(value: Any) -> str:
    if isinstance(value, ErrorInfo):
        return f"{value.type}({value.message!r})"
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, tuple):
        return f"({', '.join(_written(item) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {_written(item)}' for key, item in value.items())}}}"
    return str(value) if isinstance(value, AnError | Close) else repr(value)
