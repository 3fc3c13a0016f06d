"""What is said of a lost race where there is no GIL, on recorded accounting."""

from __future__ import annotations

import msgspec

from checker.judge.diagnosis import computing as diagnoses
from checker.model.codes import Code
from checker.model.evidence import Round
from tests.evidence import computing, process

NO_GIL = computing(1.0, process(1.0, threads=3, busy_threads=2), gil=False)


def test_where_there_is_no_gil_nobody_waits_for_one() -> None:
    """Threads that do not compute at once are held up by something else; in turn, or with parts of unequal size."""
    for told, code in (
        (diagnoses.uneven(Round(attempt=NO_GIL), 1.0), Code.SERIAL),
        (diagnoses.uneven(Round(attempt=NO_GIL), 1.1), Code.UNDER_USED),
        (diagnoses.held_gil(NO_GIL, 1.0), Code.UNDER_USED),
    ):
        assert told.code is code
        assert "no GIL here" in told.hint
    waited = msgspec.structs.replace(NO_GIL, gil_wait_s=0.5)
    assert diagnoses.held_gil_between(Round(attempt=waited), True) is None


def test_who_lets_go_of_the_gil_is_not_told_to_do_so() -> None:
    """One core busy is not enough to say who holds the GIL: a further thread asked for it, and did not have to wait."""
    with_gil = msgspec.structs.replace(NO_GIL, gil=True)
    for wait_s, code, words in (
        (0.0001, Code.SERIAL, "a lock around the loop"),
        (0.4, Code.GIL_BOUND, "`with nogil:`"),
    ):
        told = diagnoses.held_gil(msgspec.structs.replace(with_gil, gil_wait_s=wait_s), 1.0)
        assert told.code is code
        assert words in told.hint
    assert diagnoses.held_gil(with_gil, 1.0).code is Code.GIL_BOUND  # where nobody measures


def test_who_switched_the_gil_on_is_told_so() -> None:
    """The hint for threads that take turns on a Python that began without a GIL."""
    came_on = msgspec.structs.replace(NO_GIL, gil=True, gil_came_on=True)
    told = diagnoses.uneven(Round(attempt=came_on), 1.0)
    assert told.code is Code.GIL_BOUND
    assert "has switched it on" in told.hint


def test_threads_that_share_memory_are_told_so() -> None:
    """Without a GIL, work that costs much more in threads may wait for memory; with one it does not."""
    assert "wait for a lock, but for each other's memory" in diagnoses.multiplied(NO_GIL, 0.3).hint
    with_gil = msgspec.structs.replace(NO_GIL, gil=True)
    assert "memory" not in diagnoses.multiplied(with_gil, 0.3).hint


def test_who_won_by_threads_reads_that_this_is_not_so_everywhere() -> None:
    """Only where threads of one process did it, and there is no GIL."""
    assert "this Python has no GIL" in diagnoses.thanks_to_no_gil(NO_GIL)
    assert diagnoses.thanks_to_no_gil(msgspec.structs.replace(NO_GIL, gil=True)) == ""
    assert diagnoses.thanks_to_no_gil(computing(1.0, process(1.0), gil=False)) == ""
