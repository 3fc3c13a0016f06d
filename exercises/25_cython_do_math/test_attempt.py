import random

import pytest

from checker.checks import Close, Inputs

CENTER = 1000 * 1000
STEPS = 4_000_000


def total(start, num):
    """What do_math must return: by a formula, so that it costs nothing to know."""

    def up_to(pos):
        """The sum of the distances from 1 to pos."""
        near, far = min(pos, CENTER), max(pos - CENTER, 0)
        return (2 * CENTER - near - 1) * near // 2 + far * (far + 1) // 2

    return Close(value=float(up_to(num) - up_to(start)))


@pytest.mark.points(1)
def test_the_sum_is_right(attempt):
    """The sum is right, on both sides of the million, and of nothing it is 0.0."""
    attempt.do_math(0, 10).expect_result(total(0, 10))
    attempt.do_math(CENTER - 700, CENTER + 300).expect_result(total(CENTER - 700, CENTER + 300))
    attempt.do_math(5, 5).expect_result(Close(value=0.0))


@pytest.mark.points(2)
def test_it_comes_to_an_end_beyond_sixteen_million(attempt):
    """It counts past 16 777 216 (2 to the power of 24), where a C float has no room for plus one."""
    start, num = 2**24 - 10, 2**24 + 10
    attempt.do_math(start, num).expect_result(total(start, num))


@pytest.mark.points(1)
def test_large_numbers(attempt):
    """It counts past two thousand million, where a C int has no room."""
    start, num = 2**31 - 20, 2**31 + 20
    attempt.do_math(start, num).expect_result(total(start, num))


@pytest.mark.points(3)
def test_typed_code_is_fifteen_times_faster(race):
    """Compiled with C types, it needs at least 15 times less CPU time than Python."""

    def four_million_steps(_scale):
        start = random.randrange(1000)
        return Inputs((start, start + STEPS), lambda: total(start, start + STEPS))

    race.run("do_math", four_million_steps, kind="code")


@pytest.mark.points(3)
def test_two_threads_run_at_once(race):
    """Called from two threads, it keeps two cores busy: it lets go of the GIL."""

    def sums_are_right(run):
        steps = run.value[0]
        run.expect_result((steps, [total(0, steps)]))

    race.run("in_two_threads", lambda _scale: Inputs((), then=sums_are_right), driver="scenario.py", kind="cores")
