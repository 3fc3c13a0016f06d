"""Items that flow from one operation to another: how many wait in between, and whether each one arrives. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

from checker.judge import overlap
from checker.judge.diagnosis import known, lines, undone, written
from checker.judge.diagnosis.conduct import unfinished
from checker.judge.diagnosis.outcome import NOT_IN_THERE
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.source import bound, calls
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import ANSWERS, Run, Span
from checker.model.outcome import ErrorInfo, Raised


def most_ahead(spans: Iterable[Span], made: str, used: str) -> int:
    """The most items that were begun to be made, and not yet used up, at any moment: started `made` minus ended `used`.

    An operation `made` that failed, or that its caller gave up, has made no item.
    """
    moments: list[tuple[float, int]] = []
    for span in spans:
        if span.name == made:
            moments.append((span.start_s, 1))
            if span.end_s is not None and span.outcome != "answered":
                moments.append((span.end_s, -1))
        elif span.name == used and span.end_s is not None:
            moments.append((span.end_s, -1))
    return overlap.highest(moments)


def out_of_step(run: Run, made: str, used: str, at_least: int, at_most: int) -> Diagnosis | None:
    """Backpressure: a producer waits for its consumer, but no sooner than it must."""
    ahead = most_ahead(run.spans, made, used)
    line = lines.asked(run, made)
    if ahead > at_most:
        sentence = f"{made} was {count(ahead, 'item')} ahead of {used}, where at most {at_most} {be(at_most)} allowed"
        return diagnosis(Code.UNBOUNDED, f"{sentence}: nothing holds it back in time", line)
    if ahead >= at_least:
        return None
    if ahead <= 1:
        return diagnosis(Code.SERIAL, f"{made} and {used} take turns: each waits for the other", line, _TURNS)
    sentence = f"{made} was never more than {ahead} items ahead of {used}, where {at_least} are asked for"
    return diagnosis(Code.UNDER_USED, sentence, line, _AHEAD)


_TURNS = (
    "Let a thread of its own make the items, and put each into a queue: then the next is made while this one is used."
)
_AHEAD = (
    "There is room in the buffer, and the next item is not made: what does its maker wait for? An item that is taken "
    "out of the buffer to be used makes room for the next one at once."
)


def spare_s(run: Run, made: str, used: str, at_least: int) -> float:
    """How long a run may be held up and still get so many items ahead while the slowest one is being used."""
    using_s = max((span.latency_s for span in run.named(used)), default=0.0)
    making_s = max((span.latency_s for span in run.named(made)), default=0.0)
    return overlap.SPARE * max(0.0, using_s - at_least * making_s)


def done(run: Run, name: str, times: int, hint: str | None = None) -> Diagnosis | None:
    """Operations that were left out, or done twice. A call that raised an exception may have left out the rest."""
    asked = run.named(name)
    did = sum(span.outcome in ANSWERS for span in asked)
    if did < times and not isinstance(run.outcome, Raised):
        sentence = f"{name} was called {count(did, 'time')}, and {count(times, 'time')} {be(times)} needed"
        return undone.never_awaited(run) or unfinished(run) or diagnosis(Code.WORK_SKIPPED, sentence, hint=hint)
    if len(asked) > times:
        sentence = f"{name} was called {count(len(asked), 'time')}, where {times} would do"
        return diagnosis(Code.DUPLICATE, sentence, hint=hint or _twice(asked))
    return None


def _twice(spans: Sequence[Span]) -> str | None:
    """A hint, if the same was asked for again after it had failed, or while it was under way."""
    if _asked_again(spans):
        return _AGAIN
    order = sorted((span.key, span.start_s, span.end_s or inf) for span in spans)
    meanwhile = any(one[0] == other[0] and other[1] < one[2] for one, other in pairwise(order))
    return _MEANWHILE if meanwhile else None


def _asked_again(spans: Sequence[Span]) -> bool:
    """One that had failed was asked for once more: the same name, and the same key."""
    failed = [span for span in spans if span.outcome in ("failed", "dropped")]
    failed_s = {span.key: span.end_s or inf for span in reversed(failed)}  # the first time
    return any(failed_s.get(span.key, inf) <= span.start_s for span in spans)


_AGAIN = "It had failed, and was asked once more. Here each is asked once: what its failure was is the result."


_MEANWHILE = (
    "The same was asked for again while it was under way. Make sure that each piece of work is started in one place "
    "only. And who first looks whether it was done, and notes it only when it is, lets others begin with it in "
    "between: note it *before* you wait (keep its task, for instance)."
)


def each_once(run: Run, name: str, keys: Sequence[str], hint: str | None = None) -> Diagnosis | None:
    """Items that did not get through the operation, or more than once. A dropped operation does not count.

    hint: for items that were lost.
    """
    began = Counter(span.key for span in run.named(name))
    kept = {span.key for span in run.named(name) if span.outcome != "dropped"}
    missing = [key for key in keys if key not in kept]
    if missing:
        sentence = f"{len(missing)} of {count(len(keys), 'item')} never got through {name}: {missing[0]!r} is the first"
        died = run.notice("thread died")
        if died is None:
            follow = _FOLLOW if began else _never_called(run.source, name)
            return diagnosis(Code.LOST, sentence, lines.asked(run, name), hint or follow)
        told = known.hint(run, died.text, died.line)
        sentence = f"{sentence}. An exception ended a thread ({died.text})"
        return diagnosis(Code.LOST, sentence, died.line, told or hint or _FOLLOW)
    again = next((key for key in keys if began[key] > 1), None)
    if again is None:
        return None
    if _asked_again([span for span in run.named(name) if span.key == again]):
        told = _AGAIN
    else:
        told = _SHARED_OUT if _everybody_did_all(run.named(name), keys) else _TAKEN
    return diagnosis(Code.DUPLICATE, f"{name} got {again!r} {began[again]} times", lines.asked(run, name), told)


def _everybody_did_all(spans: Sequence[Span], keys: Sequence[str]) -> bool:
    """Several callers, and each of them began each of several items."""
    by_caller = {(span.caller, span.key) for span in spans}
    callers = {caller for caller, _ in by_caller}
    several = len(callers) > 1 and len(set(keys)) > 1
    return several and all((caller, key) in by_caller for caller in callers for key in keys)


def _never_called(source: str, name: str) -> str:
    """A hint for an operation that was never called: hidden by another name, or without anybody who calls it."""
    return _HIDDEN.format(name=name) if bound(source, name) else _NOBODY_THERE


_FOLLOW = (
    "Follow one item from where it is made to where it is used. What is still in the buffer at the end is not done."
)
_HIDDEN = "Nobody has called it. Is there a function of your own with the name `{name}`, which hides that one?"
_NOBODY_THERE = (
    "Nobody has called it. Is whoever should do that still there when the first item comes? An empty buffer does not "
    "say that nothing more comes."
)
_SHARED_OUT = (
    "Everybody does all of them. Each is for one: let whoever is free take the next one from what they all share, a "
    "queue for instance (looking at it and taking it out must be one step), or give each a part of its own."
)
_TAKEN = "Looking at an item and taking it out must be one step, which no second thread can do at the same time."


def foreign_error(run: Run, value: object, kinds: Sequence[str], hint: str | None) -> Diagnosis | None:
    """An exception of none of these kinds among the results: a mistake, caught as if the work had failed."""
    results = value if isinstance(value, list | tuple) else ()
    wrong = next((each for each in results if isinstance(each, ErrorInfo) and not set(kinds) & set(each.bases)), None)
    if wrong is None:
        return None
    sentence = f"{run.function} returned {wrong.type}: {wrong.message} as a result, but no operation failed with that"
    told = known.hint(run, wrong.message, wrong.line) or written.made(run.source, wrong.type, wrong.line)
    return diagnosis(Code.CRASHED, sentence, wrong.line, told or hint or _CAUGHT)


_CAUGHT = "An `except Exception` catches mistakes of your own as well. Read the exception: which line raises it?"


def thread_died(run: Run, hint: str | None = None) -> Diagnosis | None:
    """An exception ended a thread, and Python only printed it."""
    died = run.notice("thread died")
    if died is None:
        return None
    sentence = f"An exception ended a thread ({died.text}): Python only printed it, and the thread's work is lost"
    told = known.hint(run, died.text, died.line) or hint
    return diagnosis(Code.LOST, sentence, died.line, told or _hint_by_kind(run.source, died.text))


def _hint_by_kind(source: str, text: str) -> str:
    """A hint by the kind of the exception alone."""
    if not _LOOKED_UP.match(text):
        return _CATCH_IT
    return _LOOK_AGAIN if any(calls(source, "Condition")) else NOT_IN_THERE


_LOOKED_UP = re.compile(r"(Key|Index|Value)Error\b|Empty\b")
"""What is raised where something is taken, looked up or removed that is not there."""

_LOOK_AGAIN = (
    "After `Condition.wait()` look again, with `while` instead of `if`: when everybody is woken, somebody else may "
    "have been quicker. What can fail otherwise, catch where it fails."
)
_CATCH_IT = "Read the exception and that line. What may fail there, catch there: nobody else will."
