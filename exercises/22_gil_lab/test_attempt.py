import random
from math import isqrt

import pytest

from checker.checks import Code, Inputs, WarmPool, in_words, of_each_call

BILLION = 10**9
"""So far up, every part of the range takes equally long: the largest divisor to try is always about 31 623."""


PRIMES = [number for number in range(2, 5000) if all(number % divisor for divisor in range(2, isqrt(number) + 1))]
WORKERS = 4
"""Where it is looked who tries the numbers."""
SHARE = 0.5
"""Of them may be tried by the caller: of four workers, it can be one, with a quarter of the range."""
CLOSE_IT = (
    "An exception jumps over the line that closes the pool. Use a `with` block, or close it in a `finally`, and let "
    "that wait: after `shutdown(wait=False)` the processes go on for a while."
)
POOL_SIZE = "Tell the pool how many processes it may have: without a number it takes one for each core."
EVERY_NUMBER = (
    "Every number belongs to one part. What `//` throws away has to go somewhere, too: the last part goes up to `hi`, "
    "whatever the others come to."
)
GIVE_ALL = "A pool that is given does the work: hand it every part of the range, and only add up what comes back."
NOT_BEYOND = (
    "With 5 workers for 2 numbers, some parts have none. No part may reach beyond `hi`: `min(stop, hi)`, in each."
)
NEXT_CALL = of_each_call("count_primes")
OWN_POOL = (
    "Where no pool is given, make one of processes, and give it `workers` parts, as you would a given one, however few "
    "numbers there are."
)
TRY_ALL = (
    "Give every number of the range to `is_prime`, which complains of a negative one: also those that cannot be prime. "
    "And ask every future for its `result()`: an exception stays there until somebody does."
)


def primes(lo, hi):
    """How many there are, counted by the grader."""
    return sum(lo <= prime < hi for prime in PRIMES)


def some_end(least):
    """An end that nobody can know before. The last number is a prime, so that who leaves it out is found out."""
    return 1 + random.choice([prime for prime in PRIMES if least < prime < 1.2 * least])


@pytest.mark.points(1)
def test_the_count_is_right(attempt):
    """The count is right, whether or not the range divides evenly among the workers, and no process is left."""
    hi = some_end(100)  # even, as the number after an odd one
    attempt.count_primes(0, hi, 2).expect_result(primes(0, hi))
    with in_words(Code.WRONG_RESULT, "The range does not divide evenly, and the count is wrong", EVERY_NUMBER):
        hi = some_end(1000)
        lo = (hi - 1) % 3  # one number is left over
        attempt.count_primes(lo, hi, 3).expect_result(primes(lo, hi))
        at = random.randrange(20, 200)
        attempt.count_primes(PRIMES[at], PRIMES[at + 1] + 1, 2).expect_result(2)
    hi = some_end(50)
    run = attempt.count_primes(0, hi, 1)
    run.expect_result(primes(0, hi))
    with in_words(Code.WRONG_TOOL, "With one worker, count_primes made several processes", POOL_SIZE):
        run.expect_processes(at_most=1 + 1)
    with in_words(Code.WRONG_RESULT, "With more workers than numbers, the count is wrong", NOT_BEYOND):
        attempt.count_primes(2, 4, 5).expect_result(2)
    attempt.count_primes(5, 5, 2).expect_result(0)
    attempt.count_primes(0, 100, 2).expect_nothing_left()
    lo = random.randrange(2, 20)
    middle = random.randrange(100, 500)
    run = attempt.scenario.without_a_pool(lo, middle, middle + 4000, WORKERS)
    before, count = primes(lo, middle), primes(middle, middle + 4000)
    if run.told.get("count") == count:  # a wrong count says more
        expect_others(run, 4000, "Without a given pool", OWN_POOL)
        told = "count_primes made a pool that is as large as the machine, whatever `workers` says"
        run.expect(not run.told.get("as large as the machine", 0), Code.WRONG_TOOL, told, POOL_SIZE)
    if run.told.get("before") == before:
        with in_words(Code.WRONG_RESULT, "The count is right in one call, and wrong in the next one", NEXT_CALL):
            run.expect_result(run.told | {"count": count})
    run.expect_result(run.told | {"before": before, "count": count})


def expect_others(run, numbers, when, hint):
    """Most numbers are tried by other processes than the caller's (or threads, where they compute at once)."""
    where = "process" if run.observed.gil else "thread"
    tried = run.told.get(f"by its {where}", 0)
    told = f"{when}, {tried:,} of {numbers:,} numbers were tried by the calling {where}"
    run.expect(tried <= SHARE * numbers, Code.WRONG_TOOL, told, hint)


@pytest.mark.points(1)
def test_an_exception_reaches_the_caller(attempt):
    """An exception reaches the caller, whichever process it comes from, and no process is left then, either."""
    attempt.count_primes(-3, 10, 2).expect_raised("ValueError", TRY_ALL)
    run = attempt.scenario.without_a_pool_and_an_error(-3, 10, 2)
    left = run.told.get("left", 0)
    run.expect(not left, Code.LEAK_PROC, "An exception came out of count_primes, and its processes stayed", CLOSE_IT)
    run.expect_result({"raised": True, "left": 0})
    expect_even_number_tried(attempt.count_primes(-4, -3, 1))


def expect_even_number_tried(run):
    """Nobody leaves out the numbers that cannot be prime: of this one, a ValueError tells that it was tried."""
    if not run.raised("ValueError"):
        _ = run.value  # a crash says more
        told = "-4 is negative, a ValueError, and count_primes(-4, -3, 1) raised none"
        run.expect(False, Code.WRONG_RESULT, told, TRY_ALL)


@pytest.mark.points(1)
def test_it_works_where_processes_start_afresh(attempt):
    """It works on every system, also where a worker imports the file anew (macOS, Windows)."""
    hi = some_end(100)
    run = attempt.starting_processes_by("spawn").count_primes(0, hi, 2)
    run.expect_result(primes(0, hi))
    run.expect_cheap_import()


@pytest.mark.points(2)
def test_a_given_pool_is_used_and_left_open(attempt):
    """A pool that is given gets the work, and is left open: it belongs to the caller."""
    hi = some_end(1000)
    lo = (hi - 1) % WORKERS  # one number is left over
    run, count = attempt.scenario.with_a_pool(lo, hi, WORKERS), primes(lo, hi)
    seen = run.told
    used, left_open, by_threads = (seen.get(name) is True for name in ("used", "left open", "by threads"))
    if seen.get("count") == count:  # a wrong count says more
        run.expect_given_pool("count_primes", used, left_open, by_threads)
        expect_others(run, hi - lo, "With a given pool", GIVE_ALL)
    run.expect_result(seen | {"count": count, "used": used, "left open": True, "by threads": by_threads})
    run = attempt.scenario.with_a_pool_and_an_error(-3, 10, 2)
    told = "-3 is negative, a ValueError, and count_primes(-3, 10, 2, pool) raised none"
    run.expect(run.told.get("raised") is True, Code.SWALLOWED, told, TRY_ALL)
    run.expect_given_pool("count_primes", True, run.told.get("left open") is True)
    run.expect_result({"raised": True, "left open": True})


@pytest.mark.points(5)
def test_two_cores_do_it_faster_than_one(race):
    """Two cores do it at least 1.5 times faster than one."""

    def many_numbers(scale):
        lo = BILLION + random.randrange(BILLION // 100)
        return Inputs((lo, lo + int(18_000 * scale), 2, WarmPool(2)))

    race.run("count_primes", many_numbers)
