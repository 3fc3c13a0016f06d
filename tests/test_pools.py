"""Pools to be tested: what the world tells a client to do, for a right pool and for each bug."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from checker.judge.diagnosis import suites
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Frame, Hung, Returned, Stack
from checker.world.pools import MAX_RUNS, Bug, Pools
from tests import own_files


class Client:
    """Does what it is told, in a fixed order of ends, and keeps what was started, closed and brought back."""

    def __init__(self, pools: Pools, limit: int, ends: list[tuple[int, bool]]) -> None:
        self.log: list[tuple[str, object]] = []
        self.done = 0
        run, instructions = pools.operation.reply("thread 1", ("run", 7, limit, len(ends)))
        self._do(instructions)
        for job, ok in ends:
            self._tell(pools, run)
            if self.over:
                break
            self._tell(pools, run, [job, ok])
        self._tell(pools, run)

    def _tell(self, pools: Pools, run: int, *ended: list[object]) -> None:
        """What has ended; nothing, as often as the pool rests."""
        while ended or (self.log and self.log[-1][0] == "rest"):
            self.done, instructions = pools.operation.reply("thread 1", ("ended", run, list(ended)))
            self._do(instructions)
            ended = ()

    def _do(self, instructions: list[list[object]]) -> None:
        self.log += [(str(what), which) for what, which in instructions]

    @property
    def over(self) -> bool:
        return any(what in ("return", "raise") for what, _ in self.log)

    def all(self, what: str) -> list[object]:
        return [which for said, which in self.log if said == what]


WELL = [(1, True), (2, True), (0, True)]
BADLY = [(1, False), (0, True), (2, True)]


def test_a_right_pool_keeps_its_promises() -> None:
    """Two places, order of the jobs, each connection closed; after an error, nobody is begun, and all are awaited."""
    client = Client(Pools(), 2, WELL)
    assert client.log == [
        ("start", [0, 1]), ("close", 1), ("start", [2]), ("close", 2), ("close", 0), ("return", [0, 1, 2]),
    ]  # fmt: skip
    assert client.done == 3
    client = Client(Pools(), 2, BADLY)
    assert client.log == [("start", [0, 1]), ("close", 1), ("close", 0), ("raise", 1)]
    assert client.done == 1
    assert Client(Pools(), 2, []).log == [("return", [])]


@pytest.mark.parametrize(
    ("bug", "subtle", "ends", "what", "expected"),
    [
        (Bug.ORDER, False, WELL, "return", [[1, 2, 0]]),
        (Bug.ORDER, True, WELL, "return", [[1, 2, 0]]),
        (Bug.ORDER, True, [(1, True), (0, True)], "return", [[0, 1]]),
        (Bug.UNBOUNDED, False, [*WELL, (3, True)], "start", [[0, 1, 2, 3]]),
        (Bug.UNBOUNDED, True, [*WELL, (3, True)], "start", [[0, 1, 2], [3]]),
        (Bug.LEAK, False, BADLY, "close", []),
        (Bug.LEAK, True, BADLY, "close", [0]),
        (Bug.SWALLOWED, False, BADLY, "return", [[0, 1, 2]]),
        (Bug.SWALLOWED, True, [(0, False), (1, True)], "raise", [0]),
        (Bug.HANG, False, BADLY[:2], "raise", []),
        (Bug.HANG, True, [], "return", []),
    ],
)
def test_each_bug_shows(
    bug: Bug, subtle: bool, ends: list[tuple[int, bool]], what: str, expected: list[object]
) -> None:
    """In its plain form, and in its subtle one only where that says so."""
    assert Client(Pools(bug, subtle), 2, ends).all(what) == expected


def test_an_update_is_lost_only_side_by_side() -> None:
    """Two jobs at once count as one; one after the other, each counts."""
    assert Client(Pools(Bug.LOST_UPDATE), 2, [(0, True), (1, True)]).done == 1
    assert Client(Pools(Bug.LOST_UPDATE), 1, [(0, True), (1, True)]).done == 2


def test_jobs_may_end_in_one_moment() -> None:
    """What follows is done when all of them are known: if the second one fails, nobody is begun for the first."""
    pools = Pools()
    run, _ = pools.operation.reply("thread 1", ("run", 0, 2, 3))
    told = pools.operation.reply("thread 1", ("ended", run, [[1, True], [0, True]]))
    assert told == [2, [["close", 1], ["close", 0], ["start", [2]]]]
    run, _ = pools.operation.reply("thread 1", ("run", 0, 2, 3))
    told = pools.operation.reply("thread 1", ("ended", run, [[1, True], [0, False]]))
    assert told == [3, [["close", 1], ["close", 0], ["raise", 0]]]


def test_a_slow_pool_rests_before_each_step() -> None:
    """As an instruction: the rest is the pool's own, in the attempt's process."""
    assert Client(Pools(pace_s=0.03), 1, [(0, True)]).all("rest") == [0.03, 0.03]


def test_a_slow_pool_that_is_right_begins_nobody_after_a_failure() -> None:
    """What has happened while it rested counts, too."""
    pools = Pools(pace_s=0.03)
    run, told = pools.operation.reply("thread 1", ("run", 0, 2, 3))
    assert told == [["rest", 0.03]]
    assert pools.operation.reply("thread 1", ("ended", run, [])) == [0, [["start", [0]], ["rest", 0.03]]]
    assert pools.operation.reply("thread 1", ("ended", run, [[0, False]])) == [0, [["close", 0], ["raise", 0]]]
    run, _ = pools.operation.reply("thread 1", ("run", 1, 2, 2))  # each has a place from the beginning
    assert pools.operation.reply("thread 1", ("ended", run, [])) == [0, [["start", [0, 1]]]]


def test_a_slow_pool_that_is_right_begins_one_by_one() -> None:
    """Jobs that do not wait for each other need not meet in it. A bug shows all the same: there, all begin at once."""
    rest = ("rest", 0.03)
    assert Client(Pools(pace_s=0.03), 2, WELL).log[:4] == [rest, ("start", [0]), rest, ("start", [1])]
    assert Client(Pools(Bug.UNBOUNDED, pace_s=0.03), 2, WELL).all("start") == [[0, 1, 2]]


def test_nonsense_is_refused() -> None:
    """What no honest client tells is an error of the caller's, and costs no memory."""
    pools = Pools()
    for event in (
        ("run", 0, 0, 1),
        ("run", 0, 1, 10**9),
        ("run", 0, "1", 1),
        ("ended", 5, [[0, True]]),
        ("what",),
        ("run",),
    ):
        with pytest.raises((LookupError, TypeError, ValueError)):
            pools.operation.reply("thread 1", event)
    for _ in range(MAX_RUNS):
        pools.operation.reply("thread 1", ("run", 0, 1, 0))
    with pytest.raises(ValueError, match="at most"):
        pools.operation.reply("thread 1", ("run", 0, 1, 0))


RUN = Run(function="run_tests", outcome=Returned(value=None), started_s=0.0, wall_s=1.0)


def test_what_tests_said_is_judged() -> None:
    """A right subject must not fail any test, a broken one must; what is no dictionary is no answer."""
    assert suites.turned_down(RUN, {}, "A right pool") is None
    told = suites.turned_down(RUN, {"test_a": ["AssertionError: ", 7]}, "A right pool")
    assert told is not None
    assert told.sentence == "A right pool fails test_a: AssertionError (attempt.py:7)."
    assert suites.turned_down(RUN, None, "A right pool") is not None
    assert suites.unnoticed(RUN, {"test_a": ["AssertionError", 7]}, Code.ORDER, "A pool", "") is None
    said_nothing: list[object] = [{}, None, ["test_a"]]
    for nothing in said_nothing:
        missed = suites.unnoticed(RUN, nothing, Code.ORDER, "A pool that mixes up", "Look.")
        assert missed is not None
        assert (missed.code, missed.sentence) == (Code.ORDER, "A pool that mixes up passes all tests.")


def test_tests_that_hang_are_told_of_time_limits() -> None:
    """The hint is about the test, not about what it tests."""
    outcome = Hung(after_s=8.0, stacks=())
    hung = suites.no_answer(Run(function="run_tests", outcome=outcome, started_s=0.0, wall_s=8.0), "A pool that hangs")
    assert hung is not None
    assert (hung.code, hung.sentence) == (Code.HANG, "Tests of a pool that hangs did not end within 8 s.")
    assert "Put a time limit" in hung.hint
    assert suites.no_answer(RUN, "A pool") is None


@pytest.mark.parametrize("limit", ["asyncio.timeout(10)", "asyncio.wait_for(job, 10)", "thread.join(10)"])
def test_tests_with_time_limits_that_hang_are_told_of_their_sum(limit: str) -> None:
    """Who has a time limit everywhere is not told to write one."""
    outcome = Hung(after_s=8.0, stacks=())
    hung = suites.no_answer(
        Run(function="run_tests", outcome=outcome, started_s=0.0, wall_s=8.0, source=limit), "A pool that hangs"
    )
    assert hung is not None
    assert "There is a time limit" in hung.hint


ONE_LIMIT = """
LIMIT = Limit(9)
class Limit:
    def run(self, call):
        thread.join(self.seconds)
@bounded
def test_bounded(make_pool):
    make_pool(2).run([])
def test_limited(make_pool):
    LIMIT.run(make_pool(2))
def helper(pool):
    pool.run([])
def test_bare(make_pool):
    helper(make_pool(2))
def bounded(test):
    return lambda make_pool: wait_for(test(make_pool), 3)
def run(pool):
    timeout(10)
"""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((14, 12), "Put a time limit around every call"),
        ((8,), "There is a time limit"),
        ((10,), "There is a time limit"),
        ((5,), "There is a time limit"),
        ((), "There is a time limit"),
    ],
)
def test_the_time_limit_of_another_test_is_none(lines: tuple[int, ...], words: str) -> None:
    """It is looked for in the test that hangs and in what that uses; in all of them where no line is known."""
    stacks = [Stack(who="thread MainThread", frames=tuple(Frame(line=each, function="f") for each in lines))]
    outcome = Hung(after_s=8.0, stacks=tuple(stacks))
    hung = suites.no_answer(
        Run(function="run_tests", outcome=outcome, started_s=0.0, wall_s=8.0, source=ONE_LIMIT), "A pool"
    )
    assert hung is not None
    assert words in hung.hint


def test_two_runs_of_a_right_pool_in_two_threads_are_counted() -> None:
    """Though the answer to the first report takes longer on its way than that to the second."""
    client = own_files.loaded("30", "scenario.py")
    pools, one_at_a_time, overtaken, order = Pools(), threading.Lock(), threading.Event(), iter(range(2))

    def tell(event: str, *facts: Any) -> Any:
        with one_at_a_time:
            answer, number = pools.operation.reply("thread", (event, *facts)), next(order) if event == "ended" else None
        if number == 0:
            overtaken.wait(OVERTAKES_S)
        elif number == 1:
            overtaken.set()
        return answer

    pool, both = client.Pool(tell, 1, client.Connection), threading.Barrier(2)
    threads = [threading.Thread(target=pool.run, args=([lambda _: both.wait()],)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pool.done == 2


OVERTAKES_S = 0.5
"""So long is waited for a second report, which a right client does not make before it has the first answer."""
