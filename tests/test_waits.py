"""Who waited for what: diagnoses from recorded evidence."""

from __future__ import annotations

import msgspec
import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import conduct, waits
from checker.model.answer import Diagnosis, Verdict
from checker.model.codes import Code
from checker.model.evidence import Beat, Connection, Left, Notice
from checker.model.outcome import ErrorInfo, Frame, Hung, Raised, Returned, Stack
from tests.evidence import START_S, beats, computing, process, run, span


def code(found: Diagnosis | None) -> Code | None:
    return found.code if found is not None else None


def test_needs() -> None:
    """A step that begins before its need has ended is named, and marked for the picture."""
    speaker, song = span(0.0, 0.05, name="do", key="speaker"), span(0.04, 0.09, name="do", key="song", line=7)
    needs = {"song": ["speaker"]}
    found = waits.needs_met(run(spans=(speaker, song)), needs)
    assert found is not None
    assert (found.code, found.line) == (Code.ORDER, 7)
    shown = waits.marked(run(spans=(speaker, song)), needs)
    assert [each.mark for each in shown.spans] == ["", "needs speaker"]
    assert waits.needs_met(run(spans=(speaker, span(0.06, 0.09, key="song"))), needs) is None


def test_needs_that_were_never_done() -> None:
    """What had failed, or was left out for that, is not done, however long one waits for it."""
    needs = {"cut": ["ice"], "ice": ["bake"], "bake": []}
    burnt = span(0.0, 0.1, key="bake", outcome="failed")
    for key, why in (("ice", "although 'bake' had failed"), ("cut", "although 'ice' was left out")):
        found = waits.needs_met(run(spans=(burnt, span(0.2, 0.3, key=key))), needs)
        assert found is not None
        assert (found.code, why in found.sentence) == (Code.ORDER, True)
        assert found.hint.startswith("Awaited is not done")
    too_soon = waits.needs_met(run(spans=(burnt, span(0.05, 0.2, key="ice"))), needs)
    assert too_soon is not None
    assert "before 'bake' was done" in too_soon.sentence


def test_what_begins_after_the_return() -> None:
    """Nothing may; what goes on since before is not its business."""
    inside, going_on, late = span(0.1, 0.2), span(0.9, 1.4), span(1.1, 1.2)
    assert code(waits.started_after(run(1.0, spans=(inside, going_on, late)))) is Code.NO_CANCEL
    assert waits.started_after(run(1.0, spans=(inside, going_on))) is None


@pytest.mark.parametrize(("times", "expected"), [(1, None), (2, Code.NO_CANCEL), (0, Code.LOST)])
def test_how_many_were_cancelled(times: int, expected: Code | None) -> None:
    """Too few go on for nothing, too many are missing."""
    spans = (span(0, 0.1, name="ask", outcome="dropped"), span(0, 0.2, name="ask"))
    assert code(waits.cancelled(run(spans=spans), "ask", times)) is expected


def test_what_cancelled_the_others_is_told() -> None:
    """Where a TaskGroup has cancelled them, a shield is of no use: the failure has to be caught inside."""
    error = ErrorInfo(
        type="ExceptionGroup",
        message="unhandled errors in a TaskGroup",
        bases=("ExceptionGroup", "Exception"),
        line=7,
    )
    spans = (span(0, 0.1, name="ask", outcome="dropped"),)
    found = waits.cancelled(run(outcome=Raised(error=error), spans=spans), "ask", 0)
    assert found is not None
    assert "TaskGroup" in found.hint
    assert "shield" not in found.hint


def test_a_group_has_cancelled_the_others_also_where_its_exception_was_caught() -> None:
    """The call returned: what failed, and the text, tell who cancelled the others."""
    spans = (span(0, 0.1, name="ask", outcome="dropped"), span(0, 0.1, name="ask", outcome="failed"))
    group, gather = "async with asyncio.TaskGroup() as group:\n    pass", "await asyncio.gather(*tasks)"
    for source, words in ((group, "inside of its own task"), (gather, "shield")):
        found = waits.cancelled(run(spans=spans, source=source), "ask", 0)
        assert found is not None
        assert words in found.hint


@pytest.mark.parametrize(
    ("again_s", "verdict"),
    [(0.8, Verdict.PASSED), (0.55, Verdict.INCONCLUSIVE), (1.15, Verdict.INCONCLUSIVE), (None, Verdict.INCONCLUSIVE)],
    ids=["in the middle", "in the same moment", "when it is over", "never"],
)
def test_whether_anybody_could_have_cut_it_short(again_s: float | None, verdict: Verdict) -> None:
    """Seen at 21, on a machine that stood still: who cancels twice in one moment is like who cancels once."""
    tidy = span(0.5, 1.1, name="work cleanup")
    again = () if again_s is None else (span(again_s, again_s, name="again"),)
    call = Call(run(1.2, Returned(value=None), spans=(tidy, *again)))
    if verdict is Verdict.PASSED:
        call.expect_tidied_up("work", disturbed_by="again")
    else:
        with pytest.raises(CheckFailed) as failed:
            call.expect_tidied_up("work", disturbed_by="again")
        assert failed.value.answer.verdict is verdict
    call.expect_tidied_up("work")
    Call(run(1.2, Returned(value=None))).expect_tidied_up("work", disturbed_by="again")  # nobody had to


@pytest.mark.parametrize(("late_s", "verdict"), [(0.9, Verdict.FAILED), (1.1, Verdict.INCONCLUSIVE)])
def test_who_was_held_up_may_have_come_too_late_to_cancel(late_s: float, verdict: Verdict) -> None:
    """The operation has ended by itself meanwhile: seen at 21, where all stood still for 2.5 s."""
    stuck = span(0.0, 2.5, name="work", key="stuck", latency_s=2.0, outcome="failed")
    call = Call(run(2.6, Returned(value=None), spans=(stuck,), late_s=late_s))
    with pytest.raises(CheckFailed) as failed:
        call.expect_cancelled("stuck", 1)
    assert failed.value.answer.verdict is verdict


@pytest.mark.parametrize(("late_s", "verdict"), [(0.09, Verdict.FAILED), (0.11, Verdict.INCONCLUSIVE)])
def test_a_thread_that_was_held_up_may_have_begun_too_late(late_s: float, verdict: Verdict) -> None:
    """It was to begin when all others did, and had no core until the call was over."""
    call = Call(run(0.15, Returned(value=None), spans=(span(0.0, 0.1), span(0.2, 0.3)), late_s=late_s))
    with pytest.raises(CheckFailed) as failed:
        call.expect_no_new_operation()
    assert failed.value.answer.verdict is verdict


@pytest.mark.parametrize(
    ("cleanups", "expected"),
    [
        ([("answered", 0.15)], None),
        ([("answered", 1.2)], Code.LEAK_TASK),
        ([("dropped", 0.15)], Code.LOST),
        ([], Code.LOST),
    ],
    ids=["tidied up", "after the return", "cut short", "never begun"],
)
def test_tidying_up(cleanups: list[tuple[str, float]], expected: Code | None) -> None:
    """Each cancelled operation tidies up, to the end, before the return."""
    tidy = [span(0.1, end_s, name="ask cleanup", outcome=outcome) for outcome, end_s in cleanups]
    spans = (span(0, 0.1, name="ask", outcome="dropped"), *tidy)
    assert code(waits.tidied_up(run(1.0, spans=spans), "ask")) is expected


@pytest.mark.parametrize(("asked", "said"), [("dropped", True), ("answered", False)], ids=["all cancelled", "not all"])
def test_tasks_that_were_cancelled_and_not_waited_for(asked: str, said: bool) -> None:
    """Whoever cancelled all of them, and did not wait for all, hears how to; whoever left some at work does not."""
    tidies_up = span(0.8, 1.2, name="ask cleanup")
    other = span(0.0, 0.8 if said else 1.2, name="ask", outcome=asked)
    left = Left(tasks=(Stack(who="task Task-2", frames=()),))
    found = conduct.unfinished(run(1.0, spans=(other, tidies_up), left=left))
    assert found is not None
    assert ("return_exceptions=True" in (found.hint or "")) is said


def test_waiting_for_what_nobody_needs() -> None:
    """By name or by key: the call came back only when it could have ended by itself."""
    slow = span(0.0, None, latency_s=0.6, name="fetch", key="slow")
    assert code(waits.not_waited_for(run(0.7, spans=(slow,)), "slow")) is Code.LATE
    assert code(waits.not_waited_for(run(0.7, spans=(slow,)), "fetch")) is Code.LATE
    assert waits.not_waited_for(run(0.1, spans=(slow,)), "slow") is None


def test_what_was_given_up_was_not_waited_for() -> None:
    """At 18: who has cancelled it in time, and is then held up while it tidies up, comes back later than it would have
    ended. Only who gave it up when its time was over has waited for it."""
    given_up = span(0.0, 0.38, latency_s=0.7, name="parse", key="slow", outcome="dropped")
    Call(run(0.75, spans=(given_up,), late_s=0.2)).expect_not_waiting_for("slow")
    too_late = span(0.0, 0.71, latency_s=0.7, name="parse", key="slow", outcome="dropped")
    assert code(waits.not_waited_for(run(0.75, spans=(too_late,)), "slow")) is Code.LATE


@pytest.mark.parametrize(
    ("held_up_s", "verdict"), [(0.02, Verdict.FAILED), (0.04, Verdict.INCONCLUSIVE), (0.08, Verdict.INCONCLUSIVE)]
)
def test_what_was_held_up_may_look_narrow(held_up_s: float, verdict: Verdict) -> None:
    """Recorded beside twenty others: the second operation began when the first, of 50 ms, was over."""
    spans = span(0.0, 0.05, name="short"), span(0.07, 0.27, latency_s=0.2, name="long")
    call = Call(computing(0.3, process(0.01, wait_s=held_up_s, alive_s=0.3), spans=spans))
    with pytest.raises(CheckFailed) as failed:
        call.expect_in_flight(at_least=2)
    assert failed.value.answer.verdict is verdict


@pytest.mark.parametrize("name", [None, "ask"])
def test_what_takes_no_time_leaves_no_other_without_a_margin(name: str | None) -> None:
    """One that is answered at once, beside two of 50 ms that were not seen together."""
    spans = [
        span(start_s, start_s + takes_s, takes_s, name="ask") for start_s, takes_s in ((0, 0), (0, 0.05), (0.06, 0.05))
    ]
    call = Call(computing(0.3, process(0.01, wait_s=0.2), spans=tuple(spans)))
    with pytest.raises(CheckFailed) as failed:
        call.expect_in_flight(at_least=2, name=name)
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE


def test_too_many_are_too_many_however_long_it_was_held_up() -> None:
    """A limit that was broken is no matter of time."""
    spans = span(0.0, 0.05), span(0.01, 0.06)
    with pytest.raises(CheckFailed) as failed:
        Call(computing(0.3, process(0.01, wait_s=0.2), spans=spans)).expect_in_flight(at_most=1)
    assert failed.value.answer.verdict is Verdict.FAILED


@pytest.mark.parametrize(("held_up_s", "verdict"), [(0.1, Verdict.FAILED), (0.4, Verdict.INCONCLUSIVE)])
def test_what_was_held_up_may_be_late(held_up_s: float, verdict: Verdict) -> None:
    """A call that returned when the slow operation could have ended may only have been kept from returning."""
    slow = span(0.0, None, latency_s=0.6, name="fetch", key="slow")
    with pytest.raises(CheckFailed) as failed:
        Call(computing(0.7, process(0.01, wait_s=held_up_s), spans=(slow,))).expect_not_waiting_for("slow")
    assert failed.value.answer.verdict is verdict


@pytest.mark.parametrize(
    ("held_up_s", "verdict"), [(0.1, Verdict.FAILED), (0.17, Verdict.INCONCLUSIVE), (0.3, Verdict.INCONCLUSIVE)]
)
def test_a_loop_that_was_held_up_did_not_block(held_up_s: float, verdict: Verdict) -> None:
    """A loop that got no core while an operation went on could not come round."""
    load = span(0.1, 0.3, latency_s=0.2, name="load")
    seen = computing(0.5, process(0.01, wait_s=held_up_s), spans=(load,), beats=beats(0.05))
    with pytest.raises(CheckFailed) as failed:
        Call(seen).expect_loop_alive("load")
    assert failed.value.answer.verdict is verdict


def test_a_deadline_missed_on_a_busy_machine() -> None:
    """Whatever a call that was held up for too long did wrong, it may not be its fault; what it did right is right."""
    held_up = computing(1.0, process(0.05, wait_s=0.4), outcome=Returned(value=None))
    for margin_s, verdict in ((0.5, Verdict.FAILED), (0.3, Verdict.INCONCLUSIVE)):
        with pytest.raises(CheckFailed) as failed:
            Call(held_up).within(margin_s).expect_result("in time")
        assert failed.value.answer.verdict is verdict
    Call(held_up).within(0.3).expect_result(None)


def test_who_never_comes_back_has_missed_more_than_a_deadline() -> None:
    """A call that hangs is held up on a busy machine, too, for longer than any deadline; that does not excuse it."""
    hung = computing(12.0, process(0.05, wait_s=2.0), outcome=Hung(after_s=12.0, stacks=()))
    with pytest.raises(CheckFailed) as failed:
        Call(hung).within(0.3).expect_result("in time")
    assert failed.value.answer.verdict is Verdict.FAILED


def beating(*answered: Beat, inside: str = "attempt.f") -> Call:
    main = Stack(who="thread MainThread", frames=(Frame(line=4, function="f"),), inside=inside)
    return Call(run(1.0, spans=(span(0.2, 0.6, 0.4, name="load"),), beats=answered, samples=(main,)))


def test_a_loop_that_stands_still() -> None:
    """No beat while the operation went on: it blocks the loop, at this line. Without a loop there is nothing to say."""
    with pytest.raises(CheckFailed) as failed:
        beating(*beats(0.1, 0.7)).expect_loop_alive("load")
    stuck = failed.value.answer.diagnosis
    assert stuck is not None
    assert (stuck.code, stuck.line, "400 ms" in stuck.sentence) == (Code.BLOCKS_LOOP, 4, True)
    assert "load blocks its thread" in stuck.sentence
    beating(*beats(0.1, 0.4)).expect_loop_alive("load")
    beating().expect_loop_alive("load")


@pytest.mark.parametrize(
    ("caller", "words"),
    [
        ("thread MainThread", "load blocks its thread"),
        ("task Task-1", "load blocks its thread"),
        ("thread 7", "its thread waits for load without an `await`"),
    ],
)
def test_who_asked_tells_what_no_stack_shows(caller: str, words: str) -> None:
    """Stacks are taken late on a busy machine; the world knows in any case which thread asked."""
    asked = msgspec.structs.replace(span(0.2, 0.6, 0.4, name="load"), caller=caller)
    assert words in waits.blocks_loop(run(1.0, spans=(asked,), beats=beats(0.1, 0.7)), "load").sentence


@pytest.mark.parametrize("inside", ["threading.wait", "threading.join"])
def test_a_loop_that_waits_for_another_thread(inside: str) -> None:
    """It is the other thread that load blocks; the loop's own waits for that, without an await."""
    with pytest.raises(CheckFailed) as failed:
        beating(*beats(0.1, 0.7), inside=inside).expect_loop_alive("load")
    stuck = failed.value.answer.diagnosis
    assert stuck is not None
    assert "waits for load without an `await` (attempt.py:4)" in stuck.sentence
    assert "`thread.join()`" in stuck.hint


@pytest.mark.parametrize(
    "answered",
    [
        beats(0.1, 0.4, sure=False),
        (Beat(asked_s=START_S + 0.1, came_s=START_S + 0.4),),
        (*beats(0.1, 0.7), *beats(0.3, 0.5, sure=False)),
    ],
    ids=["perhaps from another thread", "to an older question", "sure only before and after"],
)
def test_a_loop_that_may_stand_still(answered: tuple[Beat, ...]) -> None:
    """An answer that another thread may have given, or that was kept for later, neither proves nor refutes."""
    with pytest.raises(CheckFailed) as failed:
        beating(*answered).expect_loop_alive("load")
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE


def test_connections() -> None:
    """Too many, or some that stayed open: a session for each request, or one that nobody closed."""
    opened = tuple(Connection(opened_s=START_S, closed_s=START_S + 1) for _ in range(3))
    assert code(conduct.connections(run(connections=opened), 2)) is Code.LEAK_SESSION
    assert conduct.connections(run(connections=opened), 3) is None
    assert code(conduct.leftovers(run(left=Left(connections=1)))) is Code.LEAK_SESSION
    forgotten = Notice(kind="never closed", text="Unclosed client session")
    assert code(conduct.leftovers(run(notices=(forgotten,)))) is Code.LEAK_SESSION


def test_memory_and_processes() -> None:
    """More memory, or more processes, than needed; where nobody tells how much, nobody fails."""
    large = run(memory_bytes=64 * 2**20)
    found = conduct.memory(large, 16 * 2**20)
    assert found is not None
    assert (found.code, "64 MiB" in found.sentence) == (Code.UNBOUNDED, True)
    assert conduct.memory(large, 64 * 2**20) is None
    assert conduct.memory(run(), 0) is None
    assert code(conduct.processes(computing(1.0, process(0.5), process(0.5)), 1)) is Code.WRONG_TOOL


def test_what_raised_did_not_return() -> None:
    """The sentence says how the call ended."""
    raised = Raised(error=ErrorInfo(type="ValueError", bases=("ValueError",), message=""))
    found = conduct.leftovers(run(outcome=raised, left=Left(operations=2)))
    assert found is not None
    assert found.sentence.startswith("work raised ValueError while 2 operations had no answer yet")
