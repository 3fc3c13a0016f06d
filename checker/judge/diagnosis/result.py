"""The result, compared with what the world knows it must be: what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

import msgspec

from checker.judge.diagnosis import nearly, written
from checker.judge.diagnosis.conduct import unfinished
from checker.judge.diagnosis.died import INCOMPLETE, of_a_death
from checker.judge.diagnosis.memory import not_brought_back, not_shared
from checker.judge.diagnosis.mistaken import among
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.undone import never_awaited, nothing_done
from checker.judge.diagnosis.values import AnError, difference, items, lacks, same, shown
from checker.judge.diagnosis.wrong_value import GONE_WITH_THEM, dropped, entry, wrong
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import NOT_ASKED, Run
from checker.model.outcome import ErrorInfo, Returned


def mismatch(run: Run, expected: object) -> Diagnosis | None:
    """Compare a run that returned with what it must return."""
    assert isinstance(run.outcome, Returned)
    value = run.outcome.value
    if same(value, expected):
        return None
    strange = among(run, *_side_by_side(value, expected)) if type(value) is type(expected) else None
    found = (
        strange
        or _swallowed(run, value, expected)
        or nearly.parts(run, value, expected)
        or _lost(run, value, expected)
        or _sequence(run, value, expected)
        or entry(run, value, expected)
        or wrong(run, value, expected)
    )
    died = of_a_death(run, found)
    if died is not None:
        return died
    general = found.hint in (found.code.hint, _DO_ALL)
    hint = _where_it_went(run, found.code, value, expected) if general and found.code in INCOMPLETE else None
    return msgspec.structs.replace(found, hint=hint) if hint is not None else found


def _where_it_went(run: Run, code: Code, value: object, expected: object) -> str | None:
    """A hint where a result, or a part of it, was lost."""
    if code is Code.WRONG_RESULT and not lacks(value, expected):
        return None
    nothing = value == 0 or (bool(items(value)) and all(item == 0 for item in items(value)))
    apart = not_brought_back(run) if nothing else None
    return written.thrown_away(run.source) or written.never_joined(run.source) or apart


def _swallowed(run: Run, value: object, expected: object) -> Diagnosis | None:
    """Exceptions that belong in the result, and are not there."""
    wanted = _failures(run, expected)
    got = sum(isinstance(item, ErrorInfo) for item in items(value))
    if got >= wanted or _has_anothers_result(value, expected):
        return None
    if not value and not run.spans:
        died = run.notice("thread died") is not None
        return diagnosis(Code.LOST, f"{run.function} returned {shown(value)}") if died else nothing_done(run)
    if _in_place(value, expected, lambda item, want: want == _CANCELLED and not isinstance(item, ErrorInfo)):
        sentence = f"A caller was cancelled, and got a result in {run.function} as if nothing had happened"
        return diagnosis(Code.NO_CANCEL, sentence, hint=CANCELLED_HINT)
    reported = count(got, "failure") if got else "none of it"
    sentence = f"{count(wanted, 'operation')} failed, but {run.function} reports {reported}"
    everywhere = len(items(value)) == len(items(expected))
    as_text = everywhere and _in_place(
        value, expected, lambda item, want: isinstance(want, AnError) and _is_unexpected_text(item, expected)
    )
    cut_short = ".map(" in run.source and bool(value) and _ends_with_a_failure(value, expected)
    instead = _instead(value, expected) if everywhere else None
    alike = _ALIKE if _one_of_a_kind(value, expected) else None
    hint = nearly.NO_RETURN if value is None else _NOT_ITS_TEXT if as_text else _MAP_ENDS if cut_short else instead
    return diagnosis(Code.SWALLOWED, sentence, hint=hint or alike)


def _one_of_a_kind(value: object, expected: object) -> bool:
    """Whether there is one failure of each of the kinds that are expected, which are several."""
    kinds = {item.type for item in items(expected) if isinstance(item, AnError)}
    got = [item.type for item in items(value) if isinstance(item, ErrorInfo)]
    return len(kinds) > 1 and sorted(got) == sorted(kinds)


def _has_anothers_result(value: object, expected: object) -> bool:
    """Whether some place has the result that belongs in another: that says more than a failure that is missing."""
    answers = [item for item in items(expected) if item is not None and not isinstance(item, AnError)]
    if len(items(value)) != len(items(expected)):
        return False
    return _in_place(value, expected, lambda item, want: want in answers and item != want and item in answers)


def _failures(run: Run, expected: object) -> int:
    """How many exceptions the result must have. What was never asked for has not failed."""
    wanted = sum(isinstance(item, AnError) for item in items(expected))
    all_asked = all(item is not NOT_ASKED for item in items(expected))
    return wanted if all_asked else min(wanted, sum(span.outcome == "failed" for span in run.spans))


def _ends_with_a_failure(value: object, expected: object) -> bool:
    """Whether the result is the beginning of the expected one, up to the first exception or right behind it."""
    before = list(takewhile(lambda item: not isinstance(item, AnError), items(expected)))
    return same(value, before) or same(value, list(items(expected)[: len(before) + 1]))


def _is_unexpected_text(item: object, expected: object) -> bool:
    """Whether it is a text that is not expected anywhere."""
    return isinstance(item, str) and item not in items(expected)


_CANCELLED = AnError(type="CancelledError")
CANCELLED_HINT = (
    "A CancelledError is not a failure of the work: somebody wants you to stop. Tidy up if you have to, and let it "
    "pass (`except Exception` does; a bare `except:` does not)."
)
_BY_ARRIVAL = re.compile(r"\.append\(|\.put\(|\.values\(\)|as_completed")
"""The order may be that in which things came, and then the `return` is right."""
_OTHER_WAY_ROUND = "They are the other way round: look at the `return`, and at what sync.py returns first."
_MAP_ENDS = (
    "What `map` gives ends with the first exception that it hands out. Let the function that you map catch the "
    "exception, and return it."
)
_ALIKE = (
    "Each kind of failure is there once. Two that fail alike are two failures, and a set, or a dict by type or by "
    "text, has room for one of them: keep each by its place, or in a list."
)
_NOT_ITS_TEXT = "The result needs the exception itself, not its text: keep the object that you caught."


def _instead(value: object, expected: object) -> str | None:
    """A hint, if something stands where an exception belongs."""
    for item, want in _places(value, expected):
        if isinstance(want, AnError) and item is not None and not isinstance(item, ErrorInfo):
            return _NO_ANSWER.format(shown=shown(item))
    return None


_NO_ANSWER = (
    "In the place of a failure stands {shown}. What comes with an error, or has come before it, is no answer: the "
    "exception itself belongs there."
)


def _in_place(value: object, expected: object, both: Callable[[object, object], bool]) -> bool:
    """Whether some item of the result stands at the place of such an expected one."""
    return any(both(item, want) for item, want in _places(value, expected))


def _places(value: object, expected: object) -> list[tuple[object, object]]:
    """What stands in each place, and what is expected there."""
    if isinstance(value, dict) and isinstance(expected, dict):
        return [(value.get(key), want) for key, want in expected.items()]
    return list(zip(items(value), items(expected), strict=False))


def _side_by_side(value: object, expected: object) -> tuple[Sequence[object], Sequence[object]]:
    """All items of both; of dictionaries by their keys, whatever the order of those."""
    if isinstance(value, dict) and isinstance(expected, dict):
        keys = expected | value
        return [value.get(key) for key in keys], [expected.get(key) for key in keys]
    return items(value), items(expected)


def _lost(run: Run, value: object, expected: object) -> Diagnosis | None:
    """Work that was not waited for, or whose results went nowhere."""
    early = unfinished(run)
    if early is not None:
        return early
    unawaited = never_awaited(run)
    if unawaited is not None:
        return unawaited
    asked = len(run.spans)
    unasked = sum(item is NOT_ASKED or isinstance(item, AnError) for item in items(expected))
    unasked -= _failures(run, expected)
    # Where more is missing than was left out, time was up: for what was not asked for, it was only too late.
    too_late = isinstance(value, list | tuple) and value and unasked < len(items(expected)) - len(value)
    if unasked and (dropped(run) or not too_late):
        return _unanswered(run, unasked, len(items(expected)))
    if not value and type(value) is not bool and expected and (asked or run.cpu.cpu_s > MEANINGFUL_CPU_S):
        done = f"{count(asked, 'operation')} done" if asked else f"{run.cpu.cpu_s:.1f} s of computing done"
        sentence = f"With {done}, {run.function} returned {value!r}: the results went nowhere"
        in_general = GONE_WITH_THEM if dropped(run) else nearly.NO_RETURN if value is None else None
        hint = not_brought_back(run) or in_general
        return diagnosis(Code.LOST, sentence, hint=hint)
    return None


def _unanswered(run: Run, number: int, of_all: int) -> Diagnosis:
    """Operations that gave no answer, `number` of `of_all`: they were cancelled, or never asked for."""
    if dropped(run):
        failed = any(span.outcome == "failed" for span in run.spans)
        given_up = min(dropped(run), number)
        sentence = f"{given_up} of {of_all} operations had begun, and {be(given_up, 'were')} cancelled"
        return diagnosis(
            Code.LOST, f"{sentence} before they had answered", hint=_ONE_ENDED_ALL if failed else _CUT_SHORT
        )
    sentence = f"{number} of {of_all} operations {be(number, 'were')} never asked for"
    return diagnosis(Code.WORK_SKIPPED, sentence, hint=_DO_ALL)


_DO_ALL = "The result needs the answer of every operation: do them all."
_ONE_ENDED_ALL = (
    "One failure must not end the waiting for the others: keep it in its place, and wait on until they have answered "
    "or the time is up."
)
_CUT_SHORT = "Their answers belong into the result: wait until they are there, or the time is up, and cancel only then."
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
    missing, surplus = difference(value, expected)
    if not missing and not surplus:
        places = list(zip(value, expected, strict=True))
        misplaced = sum(not same(got, wanted) for got, wanted in places)
        sentence = f"All {len(expected)} results are there, but {misplaced} of them at another's place"
        swapped = type(value) is tuple and same(value[::-1], expected) and not _BY_ARRIVAL.search(run.source)
        mixed_up = _only_failures_misplaced(value, expected)
        hint = _OTHER_WAY_ROUND if swapped else _MIXED_UP if mixed_up else None
        return diagnosis(Code.ORDER, sentence, hint=hint)
    if missing and len(value) < len(expected):
        sentence = f"{len(missing)} of {len(expected)} results {be(len(missing))} missing"
        return diagnosis(Code.LOST, sentence, hint=_EMPTY if _only_empty(missing, expected) else None)
    if missing and all(item is None for item in surplus):
        some = len(missing) < len(expected)
        gone = not_shared(run) or (_GONE_IN_A_THREAD if "Thread(" in run.source else None)
        hint = _EMPTY if _only_empty(missing, expected) else _NOT_DONE if some else gone
        return diagnosis(Code.LOST, f"{len(missing)} of {len(expected)} results {be(len(missing))} None", hint=hint)
    if surplus and not missing:
        once = 0 < len(run.spans) <= len(expected)
        sentence = f"{run.function} returned {count(len(value), 'result')} for {count(len(expected), 'input')}"
        return diagnosis(Code.DUPLICATE, sentence, hint=_DONE_ONCE if once else None)
    return None


def _only_empty(missing: Sequence[object], expected: Sequence[object]) -> bool:
    """Whether only such results are missing as Python takes for false."""
    return not any(missing) and any(expected)


_EMPTY = (
    'None, 0, "" and whatever else is empty are results like any other, and only such are missing. `or` and `if '
    "result` take them for nothing: find out in another way whether there is a result."
)


def _only_failures_misplaced(value: Sequence[object], expected: Sequence[object]) -> bool:
    """Whether the results are in their order, and exceptions stand between them where none belongs."""
    results = [got for got in value if not isinstance(got, ErrorInfo)]
    wanted = [want for want in expected if not isinstance(want, AnError)]
    return len(results) < len(value) and same(results, wanted)


_MIXED_UP = (
    "An exception stands where a result belongs. Which outcome is one, `isinstance(outcome, Exception)` tells, and the "
    "task says where failures belong."
)
_DONE_ONCE = (
    "Each piece of work was done once. So look at what goes into the result: something gets in twice, or does not "
    "belong there."
)
_NOT_DONE = (
    "The others are there: so where the workers end, and where the result is returned, is something left to be done? "
    "Count with three items on paper."
)
_GONE_IN_A_THREAD = (
    "A thread throws away what its function returns, and `join()` gives None. What the function assigns to a name is "
    "its own: let it put the result into a dict or a list that both see."
)
