import random

import pytest

from checker.checks import Inputs, WarmPool

BILLION = 10**9
"""So far up, every part of the range takes equally long: the largest divisor to try is always about 31 623."""


@pytest.mark.points(2)
def test_the_count_is_right(attempt):
    """The count is right, whether or not the range divides evenly among the workers."""
    attempt.count_primes(0, 100, 2).expect_result(25)
    attempt.count_primes(0, 1000, 3).expect_result(168)
    attempt.count_primes(97, 102, 2).expect_result(2)
    attempt.count_primes(0, 50, 1).expect_result(15)


@pytest.mark.points(1)
def test_small_and_empty_ranges(attempt):
    """It works with more workers than numbers, and with no number at all."""
    attempt.count_primes(2, 4, 5).expect_result(2)
    attempt.count_primes(5, 5, 2).expect_result(0)


@pytest.mark.points(1)
def test_an_exception_in_a_worker_reaches_the_caller(attempt):
    """An exception in a worker reaches the caller."""
    attempt.count_primes(-3, 10, 2).expect_raised("ValueError")


@pytest.mark.points(1)
def test_no_process_is_left(attempt):
    """When the count is there, the processes are gone."""
    attempt.count_primes(0, 100, 2).expect_nothing_left()


@pytest.mark.points(1)
def test_it_works_where_processes_start_afresh(attempt):
    """It works on every system, also where each worker imports the file anew (macOS, Windows)."""
    run = attempt.starting_processes_by("spawn").count_primes(0, 100, 2)
    run.expect_result(25)
    run.expect_cheap_import()


@pytest.mark.points(4)
def test_two_cores_do_it_faster_than_one(race):
    """Two cores do it at least 1.5 times faster than one."""

    def many_numbers(scale):
        lo = BILLION + random.randrange(BILLION // 100)
        return Inputs((lo, lo + int(18_000 * scale), 2, WarmPool(2)))

    race.run("count_primes", many_numbers)
