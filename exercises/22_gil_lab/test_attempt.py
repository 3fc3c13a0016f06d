import random

import pytest

from checker.checks import Code, Inputs, WarmPool, in_words

BILLION = 10**9
"""So far up, every part of the range takes equally long: the largest divisor to try is always about 31 623."""


MOST = 2000
"""Numbers of 4000 may be tried by the caller: of four workers, it can be one, with a quarter of the range."""
CLOSE_IT = "An exception jumps over the line that closes the pool. Use a `with` block, or close it in a `finally`."
POOL_SIZE = "Tell the pool how many processes it may have: without a number it takes one for each core."
EVERY_NUMBER = (
    "Every number belongs to one part. What `//` throws away has to go somewhere, too: the last part goes up to `hi`, "
    "whatever the others come to."
)
OWN_POOL = "Where no pool is given, make one of processes, and give it `workers` parts, as you would a given one."


@pytest.mark.points(1)
def test_the_count_is_right(attempt):
    """The count is right, whether or not the range divides evenly among the workers, and no process is left."""
    attempt.count_primes(0, 100, 2).expect_result(25)
    with in_words(Code.WRONG_RESULT, "The range does not divide evenly, and the count is wrong", EVERY_NUMBER):
        attempt.count_primes(0, 1000, 3).expect_result(168)
        attempt.count_primes(97, 102, 2).expect_result(2)
    run = attempt.count_primes(0, 50, 1)
    run.expect_result(15)
    with in_words(Code.WRONG_TOOL, "With one worker, count_primes made several processes", POOL_SIZE):
        run.expect_processes(at_most=1 + 1)
    attempt.count_primes(2, 4, 5).expect_result(2)
    attempt.count_primes(5, 5, 2).expect_result(0)
    attempt.count_primes(0, 100, 2).expect_nothing_left()
    expect_other_processes(attempt.scenario.without_a_pool(1, 4001, 4))


def expect_other_processes(run):
    """Without a given pool, most numbers are tried by its own processes (or threads, where they compute at once)."""
    where = "process" if run.observed.gil else "thread"
    tried = run.told.get(f"by its {where}", 0)
    told = f"Without a given pool, {tried:,} of 4,000 numbers were tried by the calling {where}"
    if run.told.get("count") == 550:  # a wrong count says more
        run.expect(tried <= MOST, Code.WRONG_TOOL, told, OWN_POOL)
    run.expect_result(run.told | {"count": 550})


@pytest.mark.points(1)
def test_an_exception_reaches_the_caller(attempt):
    """An exception reaches the caller, whichever process it comes from, and no process is left then, either."""
    run = attempt.count_primes(-3, 10, 2)
    run.expect_raised("ValueError")
    run = attempt.scenario.without_a_pool_and_an_error(-3, 10, 2)
    left = run.told.get("left", 0)
    run.expect(not left, Code.LEAK_PROC, "An exception came out of count_primes, and its processes stayed", CLOSE_IT)
    run.expect_result({"raised": True, "left": 0})


@pytest.mark.points(1)
def test_it_works_where_processes_start_afresh(attempt):
    """It works on every system, also where a worker imports the file anew (macOS, Windows)."""
    run = attempt.starting_processes_by("spawn").count_primes(0, 100, 2)
    run.expect_result(25)
    run.expect_cheap_import()


@pytest.mark.points(2)
def test_a_given_pool_is_used_and_left_open(attempt):
    """A pool that is given gets the work, and is left open: it belongs to the caller."""
    run = attempt.scenario.with_a_pool(1, 998, 2)
    seen = run.told
    used, left_open, by_threads = (seen.get(name) is True for name in ("used", "left open", "by threads"))
    if seen.get("count") == 168:  # a wrong count says more
        run.expect_given_pool("count_primes", used, left_open, by_threads)
    run.expect_result({"count": 168, "used": used, "left open": True, "by threads": by_threads})
    run = attempt.scenario.with_a_pool_and_an_error(-3, 10, 2)
    if run.told.get("raised") is True:
        run.expect_given_pool("count_primes", True, run.told.get("left open") is True)
    run.expect_result({"raised": True, "left open": True})


@pytest.mark.points(5)
def test_two_cores_do_it_faster_than_one(race):
    """Two cores do it at least 1.5 times faster than one."""

    def many_numbers(scale):
        lo = BILLION + random.randrange(BILLION // 100)
        return Inputs((lo, lo + int(18_000 * scale), 2, WarmPool(2)))

    race.run("count_primes", many_numbers)
