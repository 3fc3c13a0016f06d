"""Diagnoses on recorded evidence: the code, the numbers in the sentence, the line."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge import overlap
from checker.judge.claim import Claim
from checker.judge.computing import Computing
from checker.judge.diagnosis import conduct, flow, known, lines, outcome, raising, result, undone
from checker.judge.diagnosis.values import AnError
from checker.judge.judge import judge
from checker.judge.waiting import Waiting
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import MOST_NOTICES, NOT_ASKED, Beat, Left, Notice, Round, Run
from checker.model.outcome import Died, ErrorInfo, Frame, Hung, Overrun, Raised, Stack
from tests.evidence import beats, computing, in_rounds, pool_work, process, run, serial_work, span


def code(found: Diagnosis | None) -> Code | None:
    return found.code if found is not None else None


LOCKING = (
    "import threading\nlock = threading.Lock()\ndef work():\n    with lock:\n        other()\n    lock.acquire()\n"
)


def stack(line: int, who: str = "thread MainThread", inside: str = "attempt.work") -> Stack:
    return Stack(who=who, frames=(Frame(line=line, function="work"),), inside=inside)


def error(kind: str, message: str = "", *bases: str, line: int | None = None) -> ErrorInfo:
    return ErrorInfo(type=kind, bases=(kind, *bases, "Exception", "BaseException"), message=message, line=line)


def test_every_code_has_a_hint() -> None:
    """No named mistake without a hint, and no hint that ends without a full stop."""
    assert all(each.hint.endswith((".", "?")) for each in Code)


# --- results ---


@pytest.mark.parametrize(
    ("value", "expected", "code", "words"),
    [
        ([2, 1, 3], [1, 2, 3], Code.ORDER, "2 of them"),
        ([1, 2], [1, 2, 3], Code.LOST, "1 of 3"),
        ([1, None, None], [1, 2, 3], Code.LOST, "2 of 3 results are None"),
        ([1, 2, 2], [1, 2], Code.DUPLICATE, "3 results for 2"),
        ([1, 2], (1, 2), Code.WRONG_RESULT, "a list, where a tuple is asked for"),
        ([1, 3], (1, 2), Code.WRONG_RESULT, "[1, 3]"),
        ([True], [1], Code.WRONG_RESULT, "[True]"),
        ([1, 9], [1, 2], Code.WRONG_RESULT, "[1, 9]"),
        ([1, 2], [1, NOT_ASKED], Code.WORK_SKIPPED, "1 of 2 operations"),
        ([1], [1, AnError(type="HTTPError")], Code.SWALLOWED, "1 operation failed"),
        (7, 8, Code.WRONG_RESULT, "7, where 8"),
    ],
)
def test_wrong_results(value: Any, expected: Any, code: Code, words: str) -> None:
    """What is wrong with a result decides its name."""
    found = result.mismatch(run(value=value), expected)
    assert found is not None
    assert found.code is code
    assert words in found.sentence


@pytest.mark.parametrize(
    ("value", "stands"),
    [(["a", b"half"], "stands b'half'"), (["a", b""], "stands b''"), (["a", None], ""), (["a"], "")],
)
def test_what_stands_in_the_place_of_a_failure(value: list[object], stands: str) -> None:
    """The page of an error and half of an answer are not the exception: they are shown."""
    found = result.mismatch(run(value=value, spans=in_rounds(2, 2)), ["a", AnError(type="OSError")])
    assert found is not None
    assert found.code is Code.SWALLOWED
    assert stands in found.hint
    assert ("In the place of a failure" in found.hint) is bool(stands)


@pytest.mark.parametrize("value", [[], None, 0])
def test_results_that_went_nowhere(value: object) -> None:
    """Work was done, and nothing came back: lost. Without work it is only wrong."""
    worked = result.mismatch(run(value=value, spans=in_rounds(4, 4)), ["a"])
    computed = result.mismatch(computing(1.0, process(0.9), outcome=run(value=value).outcome), ["a"])
    idle = result.mismatch(run(value=value), 3)
    assert worked is not None
    assert computed is not None
    assert idle is not None
    assert (worked.code, computed.code, idle.code) == (Code.LOST, Code.LOST, Code.WRONG_RESULT)


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        ([None, None], ["a", "b"], "2 of 2 results are None"),
        ([], ["a", "b"], "the results went nowhere"),
        (["a"], ["a", "b"], "1 of 2 results is missing"),
        (["a", None], ["a", NOT_ASKED], "1 of 2 operations was never asked for"),
        (["a", None], ["a", AnError(type="OSError")], "1 operation failed, but work reports none of it"),
        ({"a": 1}, {"a": 1, "b": 2}, "nothing for 'b'"),
        (7, 8, "7, where 8"),
    ],
)
def test_what_ended_a_thread_comes_before_all_that_is_missing(value: Any, expected: Any, words: str) -> None:
    """Whatever the result lacks, the exception is told that Python only printed, with its line, once."""
    died = Notice(kind="thread died", text="NameError: name 'page' is not defined", line=32)
    found = result.mismatch(run(value=value, spans=in_rounds(2, 2), notices=(died,)), expected)
    assert found is not None
    assert (found.code, found.line) == (Code.SWALLOWED, 32)
    assert found.sentence.count("An exception ended a thread (NameError: name 'page' is not defined)") == 1
    assert words in found.sentence
    assert found.sentence.endswith(" (attempt.py:32).")
    assert "Nothing has that name here" in found.hint


_NOT_KEPT = "for url in urls:\n    pool.submit(fetch, url)\n"
_NOT_JOINED = "threading.Thread(target=fetch).start()\n"


@pytest.mark.parametrize(
    ("value", "expected", "source", "words"),
    [
        ([None, None], [NOT_ASKED] * 2, _NOT_KEPT, "line 2 does not keep it"),
        ([None, None], ["a", "b"], _NOT_KEPT, "line 2 does not keep it"),
        ({"a": None, "b": "y"}, {"a": "x", "b": "y"}, _NOT_JOINED, "`join()` it before"),
        (3, 6, _NOT_KEPT, "line 2 does not keep it"),
        (("east", "west 1"), ("west", "west 1"), _NOT_JOINED, Code.WRONG_RESULT.hint),
        (("east", "west 1"), ("west", "west 1"), _NOT_KEPT, Code.WRONG_RESULT.hint),
        ({"a": "x", "b": 0}, {"a": "y", "b": 0}, _NOT_KEPT, Code.WRONG_RESULT.hint),
    ],
)
def test_who_was_not_waited_for_is_looked_for_where_something_is_missing(
    value: Any, expected: Any, source: str, words: str
) -> None:
    """A wrong value in which nothing is missing has come, and was waited for."""
    found = result.mismatch(run(value=value, source=source), expected)
    assert found is not None
    assert words in found.hint


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        (["a", None], ["a", 0], "results like any other"),
        (["a"], ["a", ""], "results like any other"),
        (["a"], ["a", None], "results like any other"),
        (["a", None], ["a", "b"], "three items on paper"),
        (["a"], ["a", "b"], Code.LOST.hint),
        ([None], [None, None], Code.LOST.hint),
    ],
)
def test_only_what_is_empty_is_missing(value: Any, expected: Any, words: str) -> None:
    """Then somebody took it for nothing; what is lost otherwise has another cause."""
    found = result.mismatch(run(value=value, spans=in_rounds(2, 2)), expected)
    assert found is not None
    assert found.code is Code.LOST
    assert words in found.hint


def test_failures_that_are_alike_are_told_where_one_of_each_kind_is_there() -> None:
    """Of a single kind nobody can tell whether the others were looked at."""
    kinds = ("OSError", "KeyError", "OSError")
    for wanted, got, alike in ((kinds, kinds[:2], True), (kinds, kinds[:1], False), (kinds[::2], kinds[:1], False)):
        seen = run(value=[error(kind) for kind in got], spans=in_rounds(3, 3))
        found = result.mismatch(seen, [AnError(type=kind) for kind in wanted])
        assert found is not None
        assert found.code is Code.SWALLOWED
        assert ("two failures" in found.hint) is alike


def test_a_group_in_the_place_of_its_exception_is_told() -> None:
    """Also inside of an inner list; another exception is none."""
    for kind, words in (("ExceptionGroup", "not a group around it"), ("KeyError", Code.WRONG_RESULT.hint)):
        for value, expected in ((error(kind), AnError(type="OSError")), ([error(kind)], [AnError(type="OSError")])):
            found = result.mismatch(run(value=["a", value]), ["a", expected])
            assert found is not None
            assert words in found.hint


def test_of_a_long_result_the_first_wrong_item_is_shown() -> None:
    """What is cut short shows nothing of an item at its end."""
    value = ["a long text", "another long text", "a third one that is right", "wrong"]
    found = result.mismatch(run(value=value), [*value[:3], "right"])
    assert found is not None
    assert found.sentence == "work returned 'wrong' as item 4 of 4, where 'right' is right."


def test_a_value_at_anothers_key_is_told_as_that() -> None:
    """A mix-up is not a wrong value."""
    found = result.mismatch(run(value={"a": "2f", "b": "3c"}), {"a": "1e", "b": "2f"})
    assert found is not None
    assert found.sentence == "work returned '2f' for 'a', where '1e' is right: that belongs to 'b'."
    for value, expected in (
        ({"a": 200, "b": 200}, {"a": 302, "b": 200}),  # a number may be anybody's
        (dict.fromkeys("abc", "done"), {"a": "lost", "b": "done", "c": "done"}),  # and this one is not b's alone
    ):
        found = result.mismatch(run(value=value), expected)
        assert found is not None
        assert "belongs" not in found.sentence + found.hint
    late = result.mismatch(run(value={"a": error("TimeoutError", "", "OSError")}), {"a": None})
    assert late is not None
    assert "the time is up" in late.hint


def test_right_results_with_errors_in_their_places() -> None:
    """An exception of the right type (or a subclass) in the right place is what was asked for."""
    value = ["page", error("HTTPError", "404", "URLError", "OSError")]
    assert result.mismatch(run(value=value), ["page", AnError(type="URLError")]) is None
    assert result.mismatch(run(value=value), [AnError(type="URLError"), "page"]) is not None


def test_an_exception_at_its_own_key_is_no_mistake() -> None:
    """In whatever order the entries came: another one is wrong."""
    refused = ErrorInfo(type="TypeError", bases=("TypeError", "Exception"), message="no such step", line=3)
    expected = {"a": 1, "b": AnError(type="TypeError")}
    for value, words in (({"b": refused, "a": 2}, "2 for 'a'"), ({"b": refused, "a": refused}, "1 result is an exc")):
        found = result.mismatch(run(value=value), expected)
        assert found is not None
        assert words in found.sentence


def test_results_in_another_order_are_not_misplaced_errors() -> None:
    """An exception stands where a result belongs, either way; only if the others are in their order, it is to blame."""
    gone, expected = error("OSError", "gone"), ["a", AnError(type="OSError"), "b"]
    for value, words in (
        (["b", gone, "a"], "as_completed"),
        ([gone, "b", "a"], "as_completed"),
        ([gone, "a", "b"], "isinstance"),
    ):
        found = result.mismatch(run(value=value), expected)
        assert found is not None
        assert (found.code, words in found.hint) == (Code.ORDER, True)


def test_an_error_of_another_text_is_a_new_one() -> None:
    """Where the text is asked for, the type is not enough."""
    right, expected = error("KeyError", "no a", "LookupError"), ["page", AnError(type="LookupError", message="no a")]
    assert result.mismatch(run(value=["page", right]), expected) is None
    found = result.mismatch(run(value=["page", error("KeyError", "a failed", "LookupError")]), expected)
    assert found is not None
    assert "LookupError('no a')" in found.sentence
    assert "make no new one" in found.hint


def test_an_exception_names_each_failure_as_often_as_it_happened() -> None:
    """Two failures of one text are two."""
    once = run(outcome=Raised(error=error("ExceptionGroup", "none (TimeoutError)", "Exception")))
    twice = run(outcome=Raised(error=error("ExceptionGroup", "none (TimeoutError; TimeoutError)", "Exception")))
    assert raising.unnamed(once, ("TimeoutError",)) is None
    assert raising.unnamed(twice, ("TimeoutError", "TimeoutError")) is None
    found = raising.unnamed(once, ("TimeoutError", "TimeoutError"))
    assert found is not None
    assert "are not in the group" in found.hint
    alone = raising.unnamed(run(outcome=Raised(error=error("TimeoutError", "late"))), ("late", "no line"))
    assert alone is not None
    assert "into an ExceptionGroup" in alone.hint


def test_unfinished_work_comes_before_lost_results() -> None:
    """A result that lacks something because the call did not wait is named for that."""
    tasks = run(value=[], left=Left(tasks=(stack(7, "task Task-2"),)))
    threads = run(value=[], left=Left(operations=2), spans=(span(0, None, line=5),))
    for unfinished, code, line in ((tasks, Code.LEAK_TASK, 7), (threads, Code.LEAK_THREAD, 5)):
        found = result.mismatch(unfinished, ["a"])
        assert found is not None
        assert (found.code, found.line) == (code, line)


def test_exceptions_that_did_not_arrive() -> None:
    """A call that should have raised and returned, or raised something else, swallowed the exception."""
    died = (Notice(kind="thread died", text="ConnectionError: down", line=9),)
    returned = raising.not_raised(run(value=(None, 1), notices=died), "ConnectionError")
    other = raising.not_raised(run(outcome=Raised(error=error("KeyError", "'b'")), notices=died), "ConnectionError")
    crash = raising.not_raised(run(outcome=Raised(error=error("KeyError", "'b'", line=3))), "ConnectionError")
    assert returned is not None
    assert other is not None
    assert crash is not None
    assert (returned.code, returned.line) == (Code.SWALLOWED, 9)
    assert (other.code, other.line) == (Code.SWALLOWED, 9)
    assert (crash.code, crash.line) == (Code.CRASHED, 3)


_PIPELINE = """
def producer():
    try:
        put(produce())
    finally:
        put(None)
def consumer():
    try:
        consume(get())
    except Exception as error:
        failures.append(error)
"""


@pytest.mark.parametrize(
    ("end", "failed", "words"),
    [
        ("pool.submit(producer)\n", (4, 9), "`pool.submit(producer)` gives a future, and line 12 does not keep it"),
        ("pool.submit(producer)\n", (4,), "`pool.submit(producer)` gives a future, and line 12 does not keep it"),
        ("future = pool.submit(producer)\n", (4, 9), "Ask every future for its result"),
        ("pool.submit(consumer)\n", (9,), "The `except` in line 10 keeps it to itself"),
        ("future = pool.submit(consumer)\n", (4,), "The `except` in line 10 keeps it to itself"),
    ],
)
def test_whose_except_it_was_tells_the_line_of_what_failed(end: str, failed: tuple[int, ...], words: str) -> None:
    """A failure in no `try` is in a future; the `except` around another operation has nothing to do with it."""
    spans = tuple(span(0, 0.1, outcome="failed", line=line) for line in failed)
    found = raising.not_raised(run(value=[], source=_PIPELINE + end, spans=spans), "ConnectionError")
    assert found is not None
    assert words in found.hint


def test_a_failing_operation_that_was_never_asked_for() -> None:
    """It has not failed, so that nobody swallowed it. A function may raise a ValueError without any operation."""
    seen = run(value=["page"], spans=(span(0.0, 0.1),))
    found = raising.not_raised(seen, "ConnectionError")
    assert found is not None
    assert (found.code, "the operation that fails was never asked for" in found.sentence) == (Code.WORK_SKIPPED, True)
    kept = raising.not_raised(msgspec.structs.replace(seen, source=CATCHING), "ValueError")
    assert kept is not None
    assert (kept.code, kept.sentence) == (
        Code.SWALLOWED,
        "ValueError is right here, but work returned ['page'] as if nothing had happened.",
    )
    assert "No operation has failed" in kept.hint
    failed = run(value=["page"], spans=(span(0.0, 0.1, outcome="failed"),))
    assert code(raising.not_raised(failed, "ConnectionError")) is Code.SWALLOWED


def test_work_that_was_perhaps_never_done_has_not_failed() -> None:
    """Where nobody sees who kept an exception, a check's own hint helps; an `except` that keeps it says more."""
    found = raising.not_raised(run(value=4), "ValueError", "Try them all.")
    assert found is not None
    assert (found.sentence, found.hint) == (
        "ValueError is right here, but work returned 4 as if nothing had happened.",
        "Try them all.",
    )
    kept = raising.not_raised(
        run(value=4, source="try:\n    f()\nexcept ValueError:\n    pass\n"), "ValueError", "All."
    )
    assert kept is not None
    assert "keeps it to itself" in kept.hint


def test_processes_that_are_left_come_before_their_pools_threads() -> None:
    """Who made a pool of processes has started no thread."""
    left = run(value=4, left=Left(threads=(stack(7, "thread"),), processes=2))
    assert code(conduct.leftovers(left)) is Code.LEAK_PROC


def test_who_gave_up_the_failing_operation_had_asked_for_it() -> None:
    """It was cancelled before it could fail, because another one had answered."""
    found = raising.not_raised(run(value=["a"], spans=(span(0, 0.1), span(0, 0.1, outcome="dropped"))), "Exception")
    assert found is not None
    assert (found.code, "1 operation had begun, and was cancelled before any" in found.sentence) == (Code.LOST, True)


def test_no_operation_fails_with_a_group() -> None:
    """The group is what the attempt itself has to make of the failures."""
    found = raising.not_raised(run(value=None, spans=(span(0, 0.1, outcome="failed"),) * 2), "ExceptionGroup")
    assert found is not None
    assert found.sentence.startswith("2 operations failed, but work returned None as if nothing had happened, where an")


CATCHING = "try:\n    work()\nexcept Exception as error:\n    results.append(error)\n"


def test_what_a_function_must_refuse_has_not_failed() -> None:
    """Nobody is said to keep an exception that nobody has raised; another exception is told as what it is."""
    for spans in ((), (span(0.0, 0.1),)):
        found = raising.not_refused(run(value=[], spans=spans, source=CATCHING), "ValueError", "It is odd", "Look.")
        assert found is not None
        assert (found.code, found.sentence, found.hint) == (
            Code.SWALLOWED, "It is odd, and work returned [] all the same.", "Look."
        )  # fmt: skip
    seen = run(outcome=Raised(error=error("RuntimeError", "odd", line=2)), source="def work():\n    raise odd()\n")
    other = raising.not_refused(seen, "ValueError", "It is odd", "Look.")
    assert other is not None
    assert (other.code, other.sentence, other.hint) == (
        Code.CRASHED, "It is odd: that is a ValueError, and not RuntimeError: odd (attempt.py:2).", "Look."
    )  # fmt: skip
    died = run(value=[], notices=(Notice(kind="thread died", text="KeyError: 'b'", line=9),))
    thread = raising.not_refused(died, "ValueError", "It is odd", "Look.")
    assert thread is not None
    assert "An exception ended a thread (KeyError: 'b')" in thread.sentence


def test_what_a_failure_has_cancelled_has_not_failed() -> None:
    """Of three failures that are expected one came; it is reported, and the others were cancelled because of it."""
    failure = AnError(type="ConnectionError")
    spans = (span(0.0, 0.1, outcome="failed"), *(span(0.0, 0.1, outcome="dropped") for _ in range(3)))
    seen = run(value=[error("ConnectionError")], spans=spans)
    found = result.mismatch(seen, [NOT_ASKED, None, failure, failure, failure])
    assert found is not None
    assert (found.code, found.sentence) == (
        Code.LOST,
        "3 of 5 operations had begun, and were cancelled before they had answered.",
    )
    assert "must not end the waiting for the others" in found.hint


def test_after_an_exception_the_rest_may_be_left_out() -> None:
    """But what has failed is not asked for again."""
    asked, raised = (span(0.0, 0.1, outcome="failed"),), Raised(error=error("ConnectionError"))
    assert flow.done(run(spans=asked, outcome=raised), "say", 2) is None
    assert code(flow.done(run(spans=asked), "say", 2)) is Code.WORK_SKIPPED
    assert code(flow.done(run(spans=asked * 3, outcome=raised), "say", 2)) is Code.DUPLICATE


# --- outcomes ---


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (
            Raised(error=error("AttributeError", "Can't pickle local object 'f.<locals>.g'")),
            Code.PICKLE,
            "f.<locals>.g",
        ),
        (Raised(error=error("InvalidStateError", "Result is not set.")), Code.LOST, "before it was there"),
        (Raised(error=error("InvalidStateError", "Result is not ready.")), Code.LOST, "before it was there"),
        (Raised(error=error("InvalidStateError", "invalid state")), Code.CRASHED, "that had one already"),
        (Raised(error=error("InvalidStateError", "CANCELLED: <Future at 0x1>")), Code.CRASHED, "that had one already"),
        (Raised(error=error("InvalidStateError", "a door")), Code.CRASHED, "raised InvalidStateError: a door"),
        (Raised(error=error("GeneratorExit", "")), Code.LOST, "lost a coroutine before it was done"),
        (Raised(error=error("AttributeError", "module 'attempt' has no attribute 'Ledger'")), Code.MISSING, "`Ledger`"),
        (Raised(error=error("ZeroDivisionError", "division by zero")), Code.CRASHED, "ZeroDivisionError: division"),
        (Died(status=-9), Code.CRASHED, "SIGKILL"),
        (Died(status=3), Code.CRASHED, "code 3"),
        (Overrun(what="more than 256 processes"), Code.CRASHED, "more than 256 processes"),
    ],
)
def test_failures(failure: Any, code: Code, words: str) -> None:
    """Exceptions and deaths have names and words."""
    found = outcome.failure(run(outcome=failure))
    assert found is not None
    assert found.code is code
    assert words in found.sentence


@pytest.mark.parametrize(
    ("line", "words"),
    [("ask('a')", "Nobody awaited the coroutine 'ask'"), ("calls = [ask('a')]", "Which line puts it in")],
)
def test_what_is_missing_may_follow_from_a_forgotten_await(line: str, words: str) -> None:
    """Of a coroutine that is kept for later, the exception may have been quicker than its `await`."""
    source = f"async def work():\n    {line}\n    return found['a']\n"
    unawaited = Notice(kind="never awaited", text="coroutine 'ask' was never awaited", line=2)
    missing = Raised(error=error("KeyError", "'a'", "LookupError", line=3))
    found = outcome.failure(run(outcome=missing, notices=(unawaited,), source=source))
    assert found is not None
    assert words in found.hint


@pytest.mark.parametrize(("kind", "message", "its_own"), [("Exception", "", True), ("Exception", "no", False)])
def test_how_work_fails_is_told_from_a_mistake(kind: str, message: str, its_own: bool) -> None:
    """Nobody raises an exception of no kind and without a word but an operation that fails in whatever way."""
    found = outcome.failure(run(outcome=Raised(error=error(kind, message)), spans=(span(0, 0.1, outcome="failed"),)))
    assert found is not None
    assert ("That is how an operation failed" in found.hint) is its_own


@pytest.mark.parametrize(
    ("fields", "code", "line"),
    [
        ({"outcome": Hung(after_s=5, stacks=(stack(4),))}, Code.DEADLOCK, 4),
        ({"outcome": Hung(after_s=5, stacks=(stack(6),))}, Code.DEADLOCK, 6),
        ({"outcome": Hung(after_s=5, stacks=(stack(5),))}, Code.HANG, 5),
        ({"outcome": Hung(after_s=5, stacks=(stack(4, inside="threading.wait"),))}, Code.DEADLOCK, 4),
        ({"outcome": Hung(after_s=5, stacks=(stack(4, inside="queue.get"),))}, Code.HANG, 4),
        ({"outcome": Hung(after_s=5, stacks=(stack(4),)), "spans": (span(0, None),)}, Code.HANG, 4),
        ({"outcome": Hung(after_s=5, stacks=())}, Code.HANG, None),
    ],
    ids=[
        "with",
        "acquire",
        "body of the with",
        "a semaphore",
        "inside a library",
        "an operation is going on",
        "no stacks",
    ],
)
def test_hangs(fields: dict[str, Any], code: Code, line: int | None) -> None:
    """A deadlock is a hang in which threads stand at a lock and nothing else is going on."""
    found = outcome.failure(run(wall_s=5.0, source=LOCKING, **fields))
    assert found is not None
    assert (found.code, found.line) == (code, line)


def test_of_a_hang_the_line_that_others_wait_for_is_shown() -> None:
    """Not the gather, or the group, that only waits for the end of all others, unless there is nothing else."""
    source = "async with TaskGroup() as group:\nawait gather(*tasks)\nawait line.put(None)\nawait sleep(60)\n"
    seen = {line: stack(line, f"task {line}") for line in range(1, 5)}
    shown = [
        outcome.failure(run(5.0, source=source, outcome=Hung(after_s=5, stacks=tuple(seen[line] for line in lines))))
        for lines in ((1, 3), (2, 3), (1, 4), (1, 2))
    ]
    assert [found and found.line for found in shown] == [3, 3, 4, 1]
    assert ["`put`" in found.hint or "sleeps" in found.hint for found in shown if found] == [True, True, True, False]


def test_tasks_that_wait_for_a_semaphore_for_ever() -> None:
    """A deadlock of tasks, unless one of them only sleeps, or an operation is going on."""
    queue, sleeper = stack(4, "task Task-1", "locks.acquire"), stack(9, "task Task-2", "tasks.sleep")
    stuck = outcome.failure(run(5.0, outcome=Hung(after_s=5, stacks=(queue,))))
    awake = outcome.failure(run(5.0, outcome=Hung(after_s=5, stacks=(queue, sleeper))))
    busy = outcome.failure(run(5.0, outcome=Hung(after_s=5, stacks=(queue,)), spans=(span(0, None),)))
    assert [each.code if each else None for each in (stuck, awake, busy)] == [Code.DEADLOCK, Code.HANG, Code.HANG]


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        ({True: "a"}, {1: "a"}, "a dictionary with the key True, where 1 is right"),
        ({"b": {1.0: "a"}}, {"b": {1: "a"}}, "{1.0: 'a'} for 'b', where {1: 'a'} is right"),
        ({2: "b", True: "a"}, {1: "a"}, "'b' for 2, which does not belong there"),
        ({True}, {1}, "{True}, where {1} is right"),
        (frozenset({(0, "a")}), frozenset({(False, "a")}), "where frozenset({(False, 'a')}) is right"),
    ],
)
def test_keys_and_members_of_sets_have_types_too(value: Any, expected: Any, words: str) -> None:
    """Although Python finds the one where the other is asked for."""
    found = result.mismatch(run(value=value), expected)
    assert found is not None
    assert (found.code, words in found.sentence) == (Code.WRONG_RESULT, True)
    assert result.mismatch(run(value=expected), expected) is None


def test_of_a_dictionary_the_wrong_entry_is_shown() -> None:
    """Different, missing, or too much."""
    sentences = [
        (found := result.mismatch(run(value=value), {"a": 1, "b": 2})) and found.sentence
        for value in ({"a": 1, "b": 3}, {"a": 1}, {"a": 1, "b": 2, "c": 3})
    ]
    assert sentences == [
        "work returned 3 for 'b', where 2 is right.",
        "work returned nothing for 'b', where 2 is right.",
        "work returned 3 for 'c', which does not belong there.",
    ]


def test_a_hang_that_computes_kept_a_core_busy() -> None:
    """A program that hangs with a whole core may be looping, or compute too much, and is told so."""
    busy = computing(5.0, process(4.9, alive_s=5.0), outcome=Hung(after_s=5, stacks=(stack(5),)))
    found = outcome.failure(busy)
    assert found is not None
    assert "kept a core busy" in found.sentence


# --- races ---

PAGES = Waiting(overlap.independent([0.05] * 20, 4.0), goal=4.0, latencies_s=(0.05,) * 20)


def explain(lost: Run) -> tuple[Code, int | None]:
    found = lost_race(PAGES.claims, [Round(attempt=lost)] * 2)
    return found.code, found.line


def lost_race(claims: list[Claim], rounds: list[Round]) -> Diagnosis:
    judgement = judge(claims, rounds)
    assert judgement is not None
    found = judgement.answer().diagnosis
    assert found is not None, judgement
    return found


def test_a_default_pool_is_not_to_blame_for_less_than_it_has() -> None:
    """It has five threads at least: whoever never has more than four in flight has another limit."""
    source = "async def work():\n    await asyncio.to_thread(load)\n"
    four, six = (conduct.narrow(run(spans=in_rounds(12, peak), source=source), peak, 12) for peak in (4, 6))
    assert four.hint == Code.UNDER_USED.hint
    assert "Line 2 uses a pool" in six.hint


def test_lost_waiting_races() -> None:
    """Narrowness, blocking, lateness and haste are told apart, with the line that waits."""
    serial = run(1.0, spans=in_rounds(20, 1), samples=(stack(14, inside="threading.wait"),))
    at_lock = run(1.0, spans=in_rounds(20, 1), samples=(stack(4, "thread 2"),), source=LOCKING)
    narrow = run(0.4, spans=in_rounds(20, 3))
    late = run(0.9, spans=in_rounds(20, 10))
    blocked = run(
        1.0,
        spans=in_rounds(20, 10),
        beats=beats(0.2, 0.8),
        samples=(stack(8, inside="attempt.greet"),),
    )
    starved = msgspec.structs.replace(blocked, cpu=computing(1.0, process(0.1, wait_s=0.6)).cpu, outside_s=0.6)
    hasty = run(0.01, spans=in_rounds(20, 10))
    assert explain(serial) == (Code.SERIAL, 14)
    assert explain(at_lock) == (Code.SERIAL, 4)
    assert explain(narrow) == (Code.UNDER_USED, None)
    assert explain(late) == (Code.LATE, None)
    assert explain(blocked) == (Code.BLOCKS_LOOP, 8)
    assert explain(starved)[0] is Code.LATE
    assert explain(hasty) == (Code.TOO_FAST, None)


CORES = Computing(goal=1.5, limit=2.0, cpus=2.0)
GIL_FREE = Computing(goal=1.5, limit=2.0, cpus=2.0, gil_free=True)


@pytest.mark.parametrize(
    ("attempt", "code", "words"),
    [
        (serial_work(1.0), Code.SERIAL, "on one core"),
        (computing(1.0, process(0.98), process(0.01), process(0.01)), Code.SERIAL, "2 worker processes sat idle"),
        (
            computing(1.0, process(0.9), process(0.09, helper=True), process(0.01)),
            Code.SERIAL,
            "1 worker process sat idle",
        ),
        (computing(1.0, process(1.0, threads=3, busy_threads=2)), Code.GIL_BOUND, "2 threads"),
        (pool_work(1.0, [(1.0, 0.0), (1.0, 0.0)]), Code.WORK_MULTIPLIED, "2.0 s"),
        (pool_work(0.9, [(0.9, 0.0), (0.1, 0.0)]), Code.UNDER_USED, "89%"),
        (pool_work(1.0, [(0.5, 0.0), (0.5, 0.0)]), Code.UNDER_USED, "2 processes shared"),
        (pool_work(0.2, [(0.1, 0.0), (0.1, 0.0)]), Code.WORK_SKIPPED, "0.21 s"),
    ],
)
def test_lost_cpu_races(attempt: Run, code: Code, words: str) -> None:
    """Who used how much CPU time says why two cores were not faster."""
    found = lost_race(CORES.claims, [Round(attempt=attempt, sync=serial_work(1.0))] * 3)
    assert found.code is code
    assert words in found.sentence


def test_who_keeps_the_gil_is_told_so() -> None:
    """Where the exercise is about letting go of it, that says more than what the fight for it costs."""
    fighting = computing(1.4, process(1.7, threads=3, busy_threads=2), gil_wait_s=0.004)
    rounds = [Round(attempt=fighting, sync=serial_work(0.8))] * 3
    found = lost_race(GIL_FREE.claims, rounds)
    assert (found.code, "4 ms" in found.sentence) == (Code.GIL_BOUND, True)
    assert lost_race(CORES.claims, rounds).code is Code.WORK_MULTIPLIED


def test_a_burst_on_the_host_is_not_multiplied_work() -> None:
    """One expensive round of several says nothing about the work."""
    quiet, burst = pool_work(0.9, [(0.9, 0.0), (0.1, 0.0)]), pool_work(1.6, [(1.5, 0.0), (0.2, 0.0)])
    rounds = [Round(attempt=each, sync=serial_work(1.0)) for each in (burst, quiet, quiet)]
    assert lost_race(CORES.claims, rounds).code is Code.UNDER_USED


# --- conduct ---


def test_limits_on_what_is_in_flight() -> None:
    """Too many, enough, too few, one at a time."""
    five = run(0.2, spans=in_rounds(20, 5))
    assert conduct.width(five, 5, 5) is None
    codes = [
        found.code if (found := conduct.width(run(0.2, spans=in_rounds(20, width)), 8, 10)) else None
        for width in (20, 10, 5, 1)
    ]
    assert codes == [Code.OVER_LIMIT, None, Code.UNDER_USED, Code.SERIAL]


def test_a_single_operation_waits_for_none_before_it() -> None:
    """Where nothing else was asked for, nobody says that each waits for the one before."""
    found = conduct.width(run(0.2, spans=in_rounds(1, 1)), 2, 9)
    assert found is not None
    assert (found.code, found.sentence) == (Code.SERIAL, "1 operation was asked for, and no other beside it.")


def test_one_too_many_may_be_the_caller() -> None:
    """Who starts as many threads as are allowed, and works as well; with more than that, it is something else."""
    source = "Thread(target=work).start()\nwork()\n"
    hints = [
        found.hint if (found := conduct.width(run(0.2, spans=in_rounds(20, 5), source=source), 0, most)) else ""
        for most in (4, 3)
    ]
    assert ["`work()` in line 2" in hint for hint in hints] == [True, False]


def test_of_a_name_only_what_has_it_is_counted() -> None:
    """Three calls and another operation beside them are no four calls."""
    calls = [span(0.0, 0.1, name="fetch") for _ in range(3)]
    beside = run(0.2, spans=(*calls, span(0.0, 0.1, name="a moment")))
    assert conduct.width(conduct.only(beside, None), 4, 9) is None
    found = conduct.width(conduct.only(beside, "fetch"), 4, 9)
    assert found is not None
    assert "3 operations, but never more than 3" in found.sentence


def test_leftovers() -> None:
    """Tasks, operations, threads and processes are told apart; a clean call has none."""
    found = [
        conduct.leftovers(run(left=left))
        for left in (Left(tasks=(stack(3),)), Left(operations=1), Left(threads=(stack(4),)), Left(processes=2), Left())
    ]
    codes = [each.code if each else None for each in found]
    assert codes == [Code.LEAK_TASK, Code.LEAK_THREAD, Code.LEAK_THREAD, Code.LEAK_PROC, None]


def test_books() -> None:
    """Lost updates, overdrafts, wrong sums, skipped and repeated operations."""
    booked = run(spans=(span(0, 1, name="read"), span(1, 2, name="write", line=12)))
    lost, overdrawn = conduct.lost_updates(booked, 3), conduct.overdrafts(booked, {"alice": 5, "bob": -20})
    assert lost is not None
    assert overdrawn is not None
    assert (lost.code, lost.line, "3 times" in lost.sentence) == (Code.RACE, 12, True)
    assert (overdrawn.code, "'bob'" in overdrawn.sentence, "-20" in overdrawn.sentence) == (Code.OVERDRAFT, True, True)
    assert conduct.lost_updates(booked, 0) is None
    assert conduct.overdrafts(booked, {"alice": 0}) is None
    wrong = conduct.balances(booked, {"alice": 3}, {"alice": 4})
    assert wrong is not None
    assert conduct.balances(booked, {"alice": 4}, {"alice": 4}) is None
    skipped, repeated = flow.done(booked, "write", 2), flow.done(booked, "read", 0)
    assert skipped is not None
    assert repeated is not None
    assert (skipped.code, repeated.code) == (Code.WORK_SKIPPED, Code.DUPLICATE)
    assert flow.done(booked, "read", 1) is None
    hung_up = run(spans=(span(0, 1, name="audit", outcome="dropped"), span(0, 1, name="audit")))
    assert code(flow.done(hung_up, "audit", 2)) is Code.WORK_SKIPPED
    assert code(flow.done(hung_up, "audit", 1)) is Code.DUPLICATE


def test_a_retry_is_told_from_one_call_too_many() -> None:
    """It is one only of what had failed."""
    failed = span(0, 1, name="get", key="a", outcome="failed")
    for key, again in (("a", True), ("b", False)):
        for became in ("answered", "failed"):
            spans = (failed, span(1, 2, name="get", key="b"), span(2, 3, name="get", key=key, outcome=became))
            found = flow.done(run(3.0, spans=spans), "get", 2)
            assert found is not None
            assert ("asked once more" in found.hint) is again


def test_what_is_asked_for_twice_at_once_was_noted_too_late() -> None:
    """It is so only of the same work, and only while that goes on."""
    first = span(0.0, 1.0, name="get", key="a")
    for start_s, key, meanwhile in ((0.5, "a", True), (0.5, "b", False), (1.5, "a", False)):
        found = flow.done(run(3.0, spans=(first, span(start_s, 2.0, name="get", key=key))), "get", 1)
        assert found is not None
        assert ("note it *before* you wait" in found.hint) is meanwhile


def test_one_operation_before_the_other() -> None:
    """Every write needs an audit of its own account that has been answered before."""
    first, second = span(0, 1, name="audit", key="alice"), span(1, 2, name="audit", key="alice")
    write = span(1.5, 3, name="write", key="alice", line=7)
    assert conduct.too_early(run(spans=(first, second, write)), "audit", "write") is None
    assert conduct.too_early(run(spans=(first,)), "audit", "write") is None
    early = conduct.too_early(run(spans=(first, second, write, write)), "audit", "write")
    assert early is not None
    assert (early.code, early.line, "'alice'" in early.sentence) == (Code.ORDER, 7, True)
    others = span(0, 1, name="audit", key="bob")
    assert code(conduct.too_early(run(spans=(others, write)), "audit", "write")) is Code.ORDER


def test_the_line_that_waits() -> None:
    """On the main thread the line of the called function; in asyncio that of the task that is inside an operation."""
    two_deep = Stack(
        who="thread MainThread",
        frames=(Frame(line=21, function="work"), Frame(line=8, function="download")),
        inside="socket.recv",
    )
    task = stack(6, "task Task-1", lines.ASKING)
    gathering = stack(9, "task Task-2", "attempt.work")
    assert lines.waiting(run(samples=(two_deep,))) == 21
    assert lines.waiting(run(samples=(gathering, task, task))) == 6
    assert lines.waiting(run(spans=(span(0, 1, line=5), span(1, 2, line=5)))) == 5
    assert lines.waiting(run(spans=(span(0, 1, line=5), span(1, 2, line=6)))) is None


def test_what_was_raised_before_any_work_is_told_first() -> None:
    """No work has failed: that the right kind of exception came says nothing. A cancellation comes from outside."""
    too_soon = error("ExceptionGroup", "unhandled errors in a TaskGroup; Result is not set", line=10)
    for raised, told in ((too_soon, Code.CRASHED), (error("CancelledError"), Code.MISSING)):
        call = Call(run(outcome=Raised(error=raised)))
        call.expect_raised(raised.type)
        with pytest.raises(CheckFailed) as failed:
            call.expect_in_flight(at_least=2)
        assert code(failed.value.answer.diagnosis) is told


def test_nothing_asked_is_no_peak() -> None:
    """No operation at all, none that takes time, or only coroutines that nobody awaits: told as what it is."""
    unawaited = Notice(kind="never awaited", text="coroutine 'work' was never awaited", line=None)
    plain, looped = "async def work():\n    pass\n", (Beat(asked_s=0.0, came_s=0.0),)
    cancels = "async def work():\n    await queue.join()\n    task.cancel()\n"
    cases: list[tuple[Run, Code | None, str]] = [
        (run(), Code.MISSING, "no operation was asked for"),
        (run(source=cancels), Code.LOST, "over before any operation was asked for"),
        (run(spans=(span(0, 0.01, 0.0),)), Code.WORK_SKIPPED, "nothing that takes time"),
        (run(notices=(unawaited,), source=plain), Code.LOST, "`work` is an `async def`"),
        (run(notices=(unawaited,), source=plain, beats=looped), Code.LOST, "made 1 coroutine"),
        (run(notices=(unawaited,), source=f"{plain}work()"), Code.LOST, "made 1 coroutine"),
        (run(notices=(unawaited,) * MOST_NOTICES, beats=looped), Code.LOST, "made 20 coroutines or more that nobody"),
        (run(spans=in_rounds(4, 2)), None, ""),
    ]
    for seen, code, says in cases:
        found = undone.nothing_asked(seen)
        assert (found.code if found else None) is code
        assert found is None or says in found.sentence


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ("pool.map(work, urls)", "Line 3 gives `work` to `pool.map`, and whoever calls it there"),
        ("Thread(target=work).start()", "Line 3 gives `work` to `Thread`"),
        ("", "Whoever calls it, the checks or a thread"),
    ],
)
def test_who_calls_an_async_def_is_told_as_it_is_written(used: str, words: str) -> None:
    """Whether the checks know that name, its text does not tell."""
    unawaited = Notice(kind="never awaited", text="coroutine 'work' was never awaited", line=None)
    source = f"async def work():\n    pass\n{used}\n"
    found = undone.made_async(run(notices=(unawaited,), function="scenario.py's work", source=source))
    assert found is not None
    assert words in found.hint
    assert "sync.py" not in found.hint


@pytest.mark.parametrize(("name", "used"), [("work", ""), ("work", "work = logged(work)"), ("__call__", "")])
def test_an_async_def_behind_another_function_need_not_be_a_plain_def(name: str, used: str) -> None:
    """The checks would have awaited it: a decorator, or an object, stands before it."""
    unawaited = Notice(kind="never awaited", text=f"coroutine '{name}' was never awaited", line=None)
    source = f"async def {name}():\n    pass\n{used}\n"
    found = undone.made_async(run(notices=(unawaited,), function="work", source=source))
    assert found is not None
    assert "decorator" in found.hint
    assert "make it a plain `def`" not in found.hint


@pytest.mark.parametrize("kind", ["Future", "str", "async_generator"])
def test_errors_that_newer_pythons_tell_in_other_words(kind: str) -> None:
    """Python 3.14 says of what cannot be awaited what the versions before had said otherwise."""
    before = known.hint(run(1.0), f"object {kind} can't be used in 'await' expression", None)
    assert before is not None
    assert known.hint(run(1.0), f"'{kind}' object can't be awaited", None) == before


def test_none_of_an_entry_is_no_missing_return() -> None:
    """Where others had to be cancelled, what had come was thrown away with them."""
    spans = (span(0.0, 0.1), span(0.0, 0.2, outcome="dropped"))
    found = result.mismatch(run(spans=spans, value={"a": None, "b": None}), {"a": "1", "b": None})
    assert found is not None
    assert found.hint is not None
    assert "throws away what had come" in found.hint


def test_memory_without_a_name_is_refused_and_there_is_another_way() -> None:
    """What the system says of it is what it says of all that it does not allow."""
    seen = msgspec.structs.replace(run(1.0), source="descriptor = os.memfd_create('picture')\nos.kill(1, 9)\n")
    found = known.hint(seen, "[Errno 1] Operation not permitted", 1)
    assert found is not None
    assert "SharedMemory" in found
    assert known.hint(seen, "[Errno 1] Operation not permitted", 2) is None
