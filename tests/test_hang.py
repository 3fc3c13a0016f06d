"""Which line is named where a program does not come back: from recorded stacks."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import outcome
from checker.model.codes import Code
from checker.model.evidence import Beat, Notice
from checker.model.outcome import Frame, Hung, Stack
from tests.evidence import computing, process, run

SOURCE = """\
def consume(items):
    item = items.get()
def pipeline(items, threads):
    for thread in threads:
        thread.join()
    items.join()
    return [future.result() for future in futures]
"""
GET, JOIN, QUEUE_JOIN, RESULT = 2, 5, 6, 7


def stack(line: int, inside: str, who: str = "thread MainThread") -> Stack:
    return Stack(who=who, frames=(Frame(line=line, function="pipeline"),), inside=inside)


WORKER = stack(GET, "queue.get", "thread T1")


@pytest.mark.parametrize(
    ("stacks", "line"),
    [
        ((stack(JOIN, "threading._wait_for_tstate_lock"), WORKER), GET),
        ((stack(JOIN, "threading.join"), WORKER), GET),
        ((stack(RESULT, "threading.wait"), WORKER), GET),
        ((stack(QUEUE_JOIN, "threading.wait"), WORKER), QUEUE_JOIN),
        ((stack(JOIN, "threading.join"), Stack(who="thread T1", frames=(), inside="queue.get")), JOIN),
        ((WORKER,), GET),
    ],
    ids=["join, up to 3.12", "join, from 3.13 on", "result", "join of a queue", "nobody else is seen", "alone"],
)
def test_the_line_where_the_work_stands_is_named(stacks: tuple[Stack, ...], line: int) -> None:
    """Who joins a thread waits only for its end: what keeps that from coming is told, where it is seen."""
    found = outcome.failure(run(1.0, outcome=Hung(after_s=1.0, stacks=stacks), source=SOURCE))
    assert found is not None
    assert found.code is Code.HANG
    assert found.sentence == f"work did not come back within 1 s: it still waits (attempt.py:{line})."


def test_nobody_is_seen() -> None:
    """A process that cannot even tell its stacks has no line."""
    found = outcome.failure(run(1.0, outcome=Hung(after_s=1.0, stacks=()), source=SOURCE))
    assert found is not None
    assert found.sentence == "work did not come back within 1 s."


@pytest.mark.parametrize(
    ("notice", "says"),
    [
        (Notice(kind="thread died", text="KeyError: 7", line=GET), "an exception had ended a thread (KeyError: 7)"),
        (
            Notice(kind="never awaited", text="coroutine 'Queue.put' was never awaited", line=GET),
            "'Queue.put' was never",
        ),
    ],
)
def test_what_python_only_printed_comes_first(notice: Notice, says: str) -> None:
    """Others wait for a thread that is dead, or for what a coroutine would have done: its line is told, not theirs."""
    stacks = (stack(QUEUE_JOIN, "threading.wait"),)
    hung = run(1.0, outcome=Hung(after_s=1.0, stacks=stacks), source=SOURCE, notices=(notice,))
    found = outcome.failure(hung)
    assert found is not None
    assert (found.code, found.line, says in found.sentence) == (Code.HANG, GET, True)


@pytest.mark.parametrize(
    ("line", "helps"),
    [
        ("queue.put(1)", "full queue"),
        ("queue.get()", "nothing more comes"),
        ("it.wait()", "Barrier"),
        ("f()", "who would"),
    ],
)
def test_a_line_that_waits_says_what_for(line: str, helps: str) -> None:
    """The hint is about the call in the line that waits."""
    found = outcome.failure(run(1.0, outcome=Hung(after_s=1.0, stacks=(stack(1, "threading.wait"),)), source=line))
    assert found is not None
    assert helps in found.hint


DIED = Notice(kind="task died", text="ConnectionError: fetch failed", line=JOIN)
UNAWAITED = Notice(kind="never awaited", text="coroutine 'Queue.put' was never awaited", line=JOIN)


@pytest.mark.parametrize(
    ("notices", "words"),
    [
        ((DIED,), "an exception had ended a task (ConnectionError: fetch failed), for which others wait"),
        ((UNAWAITED,), "coroutine 'Queue.put' was never awaited"),
        ((DIED, UNAWAITED), "an exception had ended a task"),
    ],
    ids=["a task died", "a coroutine", "both"],
)
def test_what_went_wrong_before_is_told(notices: tuple[Notice, ...], words: str) -> None:
    """It has the line of the cause, not that of who waits for it."""
    found = outcome.failure(run(1.0, outcome=Hung(after_s=1.0, stacks=(WORKER,)), source=SOURCE, notices=notices))
    assert found is not None
    assert (found.code, found.line) == (Code.HANG, JOIN)
    assert words in found.sentence


def test_an_exception_from_elsewhere_is_not_to_blame() -> None:
    """An operation that fails ends its own task, and has no line of the attempt: perhaps it may fail."""
    foreign = Notice(kind="task died", text="ConnectionError: bad", line=None)
    found = outcome.failure(run(1.0, outcome=Hung(after_s=1.0, stacks=(WORKER,)), source=SOURCE, notices=(foreign,)))
    assert found is not None
    assert (found.line, "bad" in found.sentence) == (GET, False)


@pytest.mark.parametrize(
    ("cpu_s", "wait_s", "circles"),
    [(11.0, 0.0, True), (1.6, 10.0, True), (0.1, 0.5, False), (0.3, 8.0, False)],
    ids=["alone", "beside thirty others", "waits", "hardly ever gets a core"],
)
def test_a_program_that_kept_a_core_busy(cpu_s: float, wait_s: float, circles: bool) -> None:
    """It wants a core all the time, and uses what others leave of it: recorded on a machine that was busy."""
    hung = Hung(after_s=4.0, stacks=(stack(GET, "attempt.run"),))
    found = outcome.failure(computing(12.0, process(cpu_s, wait_s, 12.0), outcome=hung, source=SOURCE))
    assert found is not None
    assert ("it kept a core busy all the time" in found.sentence) is circles


def test_a_loop_that_is_blocked_is_told_as_that() -> None:
    """Where there is an event loop, its thread has lines of the attempt only while it runs them."""
    beats = (Beat(asked_s=0.0, came_s=0.1, sure=True),)
    hung = Hung(after_s=1.0, stacks=(stack(GET, "queue.get"), stack(RESULT, "futures.x", "task Task-1")))
    found = outcome.failure(run(1.0, outcome=hung, source=SOURCE, beats=beats))
    assert found is not None
    assert "the event loop, and all tasks with it, waits for this line (attempt.py:2)" in found.sentence
