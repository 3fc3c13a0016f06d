import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from checker.checks import Bounds, Bug, Code, Inputs, in_words

SLOW_S = 0.03
"""What a slow pool takes for each step. Nothing is wrong with that."""
AT_A_TIME = 4
SUITE_S = 0.16 + 2 * 0.07 + 0.06 + 0.07
"""What the tests of sync.py sleep."""
POOLS = 4
"""In a race."""
TURNS = (
    "Have more jobs than places. Count the running jobs whenever one begins, and let none end before all that could "
    "begin have begun: `asyncio.sleep(0)` gives the others a turn, waiting for an event that is set does not."
)
RAISED = (
    "Let a job fail that is not the first, and make sure that the test fails if `run` does not raise. `except "
    "Exception` catches the AssertionError that says so, too; and `except ValueError: pass` asks for nothing."
)
NOTICED = {
    Bug.LOST_UPDATE: (
        Code.RACE,
        "counts only one of two jobs that run at the same time",
        "`pool.done` is right as long as no two jobs run at once. Let two run at the same time, and look at it.",
    ),
    Bug.ORDER: (
        Code.ORDER,
        "returns the results in the order in which the jobs end",
        "While jobs end in their order, all orders are the same. Let the first end last, with more jobs than places.",
    ),
    Bug.UNBOUNDED: (
        Code.UNBOUNDED,
        "runs more jobs at once than its limit",
        TURNS,
    ),
    Bug.SWALLOWED: (
        Code.SWALLOWED,
        "keeps a job's error to itself",
        RAISED,
    ),
    Bug.LEAK: (
        Code.LEAK_SESSION,
        "leaves connections open when a job fails",
        "Hand over a `connect` that keeps what it made: when `run` has raised, every single one must be closed.",
    ),
    Bug.HANG: (
        Code.HANG,
        "sometimes never comes back",
        "What hangs does not fail by itself: put a time limit around every `run`. Try a job that fails, and no job.",
    ),
}
"""How a bug is named, and how to notice it."""
SLOW_TESTS = (
    "Time that passes is no proof. Let the jobs wait for an event that the test controls, or run the test on an event "
    "loop whose clock jumps ahead when nobody has anything to do. Of a bug, too: fail as soon as it shows, and not "
    "when a time limit is over."
)


@pytest.mark.points(1)
def test_quick_pools(attempt, world):
    """A right pool passes all tests, and each of the six bugs makes a test fail."""
    pools = [world.pools(bug) for bug in (None, *NOTICED)]
    for pool, run in zip(pools, run_on_each(attempt, pools), strict=True):
        expect_judged(run, said(run), pool)


@pytest.mark.points(2)
def test_slow_pools_with_subtle_bugs(attempt, world):
    """That also holds for pools that are slow, and for bugs that show in special cases only."""
    pools = [world.pools(bug, subtle=True, pace_s=SLOW_S) for bug in (None, *NOTICED)]
    for pool, run in zip(pools, run_on_each(attempt, pools), strict=True):
        expect_judged(run, said(run), pool, "slow ")


@pytest.mark.points(3)
def test_what_comes_back_is_tested_without_waiting(race, world):
    """Mixed up results and lost updates are noticed at least 4 times faster than with sync.py."""
    race_tests(race, world, [Bug.ORDER, Bug.LOST_UPDATE])


@pytest.mark.points(4)
def test_limits_and_failures_are_tested_without_waiting(race, world):
    """Limits that are not held, lost errors and open connections are noticed at least 4 times faster."""
    race_tests(race, world, [Bug.UNBOUNDED, Bug.SWALLOWED, Bug.LEAK])


def race_tests(race, world, bugs):
    """Each round has a right pool, one with each bug, and others of them, in an order that nobody can know."""

    def some_pools(_scale):
        kinds = [None, *bugs]
        kinds += random.choices(kinds, k=POOLS - len(kinds))
        pools = [world.pools(kind) for kind in kinds]
        random.shuffle(pools)
        report = world.operation("report", 0.0)

        def judged_right(run):
            told = [arguments for arguments, _ in report.calls if len(arguments) == 2 and type(arguments[0]) is int]
            failures = dict(told)
            for number, pool in sorted(enumerate(pools, 1), key=lambda each: kinds.index(each[1].bug)):
                expect_judged(run, failures.get(number), pool)

        return Inputs((world.activity("tests"), report, pools), lambda: None, then=judged_right)

    # Tests that wait for nothing have no least time; a wrong way that is nearer than the sleeps of sync.py has none.
    serial_s = POOLS * SUITE_S
    bounds = Bounds(serial_s=serial_s, wrong_s=serial_s, least_s=0.0)
    with in_words(Code.SERIAL, "The tests wait until time has passed, or notice a bug only then", SLOW_TESTS):
        race.run("run_tests_on_each", some_pools, driver="scenario.py", bounds=bounds)


def expect_judged(run, failures, pool, pace=""):
    """A right pool passes all tests, any other fails one."""
    if pool.bug is None:
        run.expect_tests_passed(failures, f"A {pace}pool that is right")
    else:
        code, what, hint = NOTICED[pool.bug]
        run.expect_tests_failed(failures, code, f"A {pace}pool that {what}", hint)


def said(run):
    """What each test that failed said; None where the tests did not come to an end."""
    return getattr(run.observed.outcome, "value", None)


def run_on_each(attempt, pools):
    """The tests on each of the pools, each time in a process of its own, some at a time, in any order."""
    order = random.sample(range(len(pools)), len(pools))
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        runs = {number: threads.submit(attempt.scenario.run_tests, pools[number]) for number in order}
    return [runs[number].result() for number in range(len(pools))]
