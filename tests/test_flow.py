"""Items between producers and consumers, on recorded evidence: how far ahead, each once, threads that died."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import flow
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.evidence import Notice, Span
from checker.model.outcome import ErrorInfo
from tests.evidence import run, span


def made(start_s: float, end_s: float | None, **fields: object) -> Span:
    return span(start_s, end_s, 0.01, name="make", **fields)


def used(start_s: float, end_s: float | None, key: str = "", **fields: object) -> Span:
    return span(start_s, end_s, 0.3, name="use", key=key, **fields)


AHEAD = (*(made(0.01 * n, 0.01 * n + 0.01) for n in range(5)), used(0.01, 0.31), used(0.31, 0.61))
"""Five items are made while the first is used."""


def test_ahead_is_what_was_begun_and_is_not_used_up() -> None:
    """An item counts from the begin of its making to the end of its use; whoever never ends is never used up."""
    assert flow.most_ahead(AHEAD, "make", "use") == 5
    in_turns = [made(0.0, 0.1), used(0.1, 0.2), made(0.2, 0.3), used(0.3, 0.4)]
    assert flow.most_ahead(in_turns, "make", "use") == 1
    assert flow.most_ahead([made(0.0, 0.1), used(0.1, None), made(0.2, None)], "make", "use") == 2
    assert flow.most_ahead([], "make", "use") == 0


def test_what_failed_or_was_given_up_is_no_item() -> None:
    """A producer that tries again and again is not ahead of anybody."""
    tries = [made(0.1 * n, 0.1 * n + 0.05, outcome=("failed", "dropped")[n % 2]) for n in range(4)]
    assert flow.most_ahead(tries, "make", "use") == 1


@pytest.mark.parametrize(
    ("at_least", "at_most", "code"),
    [(5, 5, None), (0, 4, Code.UNBOUNDED), (6, 9, Code.UNDER_USED)],
)
def test_a_backlog_has_two_bounds(at_least: int, at_most: int, code: Code | None) -> None:
    """Too far ahead is unbounded; not as far as there is room is under-used."""
    found = flow.out_of_step(run(spans=AHEAD), "make", "use", at_least, at_most)
    assert (found and found.code) == code


def test_taking_turns_is_serial() -> None:
    """Never more than one item is on its way."""
    found = flow.out_of_step(run(spans=(made(0.0, 0.1), used(0.1, 0.2))), "make", "use", 3, 4)
    assert found is not None
    assert found.code is Code.SERIAL


@pytest.mark.parametrize(
    ("late_s", "verdict"), [(0.1, Verdict.FAILED), (0.2, Verdict.INCONCLUSIVE), (0.4, Verdict.INCONCLUSIVE)]
)
def test_who_was_held_up_may_be_less_far_ahead(late_s: float, verdict: Verdict) -> None:
    """While the slowest item is used, 300 ms, six are to be made, 10 ms each: half of the rest may be lost."""
    with pytest.raises(CheckFailed) as failed:
        Call(run(spans=AHEAD, late_s=late_s)).expect_backlog("make", "use", at_least=6, at_most=7)
    assert failed.value.answer.verdict is verdict


def test_nothing_makes_a_bounded_producer_look_unbounded() -> None:
    """Too far ahead is too far ahead, on any machine."""
    with pytest.raises(CheckFailed) as failed:
        Call(run(spans=AHEAD, late_s=9.0)).expect_backlog("make", "use", at_least=1, at_most=4)
    assert failed.value.answer.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("keys", "code", "words"),
    [
        (["a", "b"], None, ""),
        (["a", "b", "c"], Code.LOST, "1 of 3 items never got through use: 'c'"),
        (["a", "given-up"], Code.LOST, "'given-up' is the first"),
        (["a", "a-twice"], Code.DUPLICATE, "use got 'a-twice' 2 times"),
    ],
)
def test_each_item_arrives_once(keys: list[str], code: Code | None, words: str) -> None:
    """What never began or was given up is lost, what began twice is a duplicate; what else there is does not matter."""
    spans = (
        *(used(0.0, 0.1, key) for key in ("a", "b", "a-twice", "a-twice")),
        used(0, 1, "given-up", outcome="dropped"),
    )
    found = flow.each_once(run(spans=spans), "use", keys)
    assert (found and found.code) == code
    assert words in (found.sentence if found else "")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def pipeline(make, use):\n    def use():\n        pass\n", "a function of your own with the name `use`"),
        ("use = None\n", "a function of your own with the name `use`"),
        ("def pipeline(make, use):\n    use(buffer.get())\n", "still there when the first item comes"),
    ],
)
def test_a_name_is_hidden_only_where_the_text_makes_it(source: str, words: str) -> None:
    """Who never calls an operation has hidden it, or has nobody who calls it."""
    found = flow.each_once(run(source=source), "use", ["a"])
    assert found is not None
    assert words in found.hint


def test_what_failed_and_was_asked_once_more_is_told_as_that() -> None:
    """Who tries again has another problem than who takes one item twice."""
    spans = (used(0.0, 0.1, "a", outcome="failed"), used(0.2, 0.3, "a"), used(0.0, 0.1, "b"), used(0.0, 0.1, "b"))
    again, twice = (flow.each_once(run(spans=spans), "use", [key]) for key in "ab")
    assert again is not None
    assert twice is not None
    assert "asked once more" in again.hint
    assert "must be one step" in twice.hint


def test_who_does_all_takes_nothing_from_others() -> None:
    """Each of two workers goes through all items: nobody was too quick for the other one."""
    both = [
        used(0.1 * place, 0.1 * place + 0.1, key, caller=who) for who in ("T1", "T2") for place, key in enumerate("abc")
    ]
    for spans, words in ((both, "Everybody does all of them"), (both[:-1], "must be one step")):
        found = flow.each_once(run(spans=tuple(spans)), "use", ["a", "b", "c"])
        assert found is not None
        assert found.sentence == "use got 'a' 2 times."
        assert words in found.hint


def test_a_thread_that_died_is_told() -> None:
    """Python only prints it; its work is lost."""
    assert flow.thread_died(run()) is None
    found = flow.thread_died(run(notices=(Notice(kind="thread died", text="IndexError: empty", line=7),)))
    assert found is not None
    assert (found.code, found.line) == (Code.LOST, 7)
    assert "IndexError: empty" in found.sentence


@pytest.mark.parametrize(
    ("text", "makes", "words"),
    [
        ("IndexError: pop from an empty deque", "ready = threading.Condition()", "look again, with `while`"),
        ("KeyError: 'ada'", "barrier = threading.Barrier(2)", "Which line puts it in"),
        ("OSError: no line", "ready = threading.Condition()", "What may fail there, catch there"),
    ],
)
def test_who_waits_for_a_condition_looks_again(text: str, makes: str, words: str) -> None:
    """An Event and a Barrier are waited for with `wait()`, too; and what fails by itself was not taken by others."""
    source = f"import threading\n{makes}\ndef work():\n    ready.wait()\n"
    found = flow.thread_died(run(source=source, notices=(Notice(kind="thread died", text=text, line=4),)))
    assert found is not None
    assert words in found.hint


@pytest.mark.parametrize(("kind", "told"), [("TypeError", Code.CRASHED), ("ConnectionError", Code.WORK_SKIPPED)])
def test_an_operation_that_was_asked_for_in_a_wrong_way_was_not_left_out(kind: str, told: Code) -> None:
    """Who keeps every exception keeps that of its own mistake, too: it did ask, and the world took it for no asking."""
    error = ErrorInfo(type=kind, bases=(kind, "Exception"), message="an operation was given a step", line=7)
    with pytest.raises(CheckFailed) as failed:
        Call(run(value={"soup": error})).expect_operations("do", 1)
    assert failed.value.answer.diagnosis is not None
    assert failed.value.answer.diagnosis.code is told
