import math
import random

import pytest

from checker.checks import Close, Code, Inputs, in_words

CENTER = 1000 * 1000
OFF = 1000
STEPS = 4_000_000
FEW = 10_000
"""So many distances are added up one by one: for fewer, the formula loses too many digits."""


def total(start, num):
    """What do_math must return: of many distances by a formula, so that it costs nothing to know."""
    first, last = start + 1 - CENTER, num - CENTER
    if num - start <= FEW:
        return Close(value=math.fsum(math.hypot(each, OFF) for each in range(first, last + 1)))

    def area(x):
        """Below the curve of the distances, from 0 to x."""
        return (x * math.hypot(x, OFF) + OFF**2 * math.asinh(x / OFF)) / 2

    def slope(x):
        return x / math.hypot(x, OFF)

    # Euler and Maclaurin: an integral, half of both ends, and a twelfth of how the slope differs. The next term, of the
    # third derivative, is less than 1 / (720 * OFF**2).
    ends = (math.hypot(first, OFF) + math.hypot(last, OFF)) / 2
    return Close(value=area(last) - area(first) + ends + (slope(last) - slope(first)) / 12)


@pytest.mark.points(1)
def test_the_sum_is_right(attempt):
    """The sum is right, on both sides of the million, and of nothing it is 0.0."""
    expect_points(attempt.do_math(-10, 11), -10, 11)  # an odd number of steps
    attempt.do_math(CENTER - 700, CENTER + 300).expect_result(total(CENTER - 700, CENTER + 300))
    attempt.do_math(5, 5).expect_result(Close(value=0.0))
    with in_words(
        Code.WRONG_RESULT, "From 2**32 to 5 nothing is to be added up, and a sum came back", NO_ROOM_FOR_STEPS
    ):
        attempt.do_math(2**32, 5).expect_result(Close(value=0.0))
    run = attempt.scenario.many_short_calls()
    told = "Called by two threads at once, do_math gave several sums for the same numbers"
    run.expect(run.value == [1, 1], Code.WRONG_RESULT, told, OWN_TOTAL)


def expect_points(run, start, num):
    """All points are added up, and no others: who is one off has the first digits right, as who has too few digits."""
    for first, last in ((start, num), (start, num - 1), (start + 1, num - 1), (start + 1, num + 1)):
        others = isinstance(run.value, float) and math.isclose(run.value, total(first - 1, last).value, rel_tol=1e-12)
        told = f"For do_math({start}, {num}) the points {first}, ..., {last} were added up, one off at an end"
        run.expect(not others, Code.WRONG_RESULT, told, ONE_OFF)
    run.expect_result(total(start, num))


ONE_OFF = (
    "The first point is `start + 1`, and the last one is `num` itself. (A `range` has its start, and not its end.) Try "
    "it with one point: of which one does do_math(0, 1) give the distance?"
)
NO_ROOM_FOR_STEPS = (
    "How many steps there are is a number as large as the positions, and less than nothing if `num` is before `start`: "
    "a C `int` has no room for it. Make it a `long long`, too."
)
OWN_TOTAL = (
    "A variable at the top level of the file is one for all threads, and they overwrite each other's sums. One in the "
    "function belongs to each call."
)


@pytest.mark.points(0.5)
def test_it_comes_to_an_end_beyond_sixteen_million(attempt):
    """It counts past 16 777 216 (2 to the power of 24), where a C float has no room for plus one."""
    start, num = 2**24 - 10, 2**24 + 10
    with in_words(Code.HANG, "Past 16,777,216, the loop never comes to its end", NO_ROOM):
        attempt.do_math(start, num).expect_result(total(start, num))


@pytest.mark.points(0.5)
def test_large_numbers(attempt):
    """It counts past two thousand million, where a C int has no room, and on, where a square needs a double."""
    start, num = 2**31 - 20, 2**31 + 20
    with in_words(Code.HANG, "Past two thousand million, the loop never comes to its end", NO_ROOM):
        attempt.do_math(start, num).expect_result(total(start, num))
    start, num = 2**33 - 20, 2**33 + 20
    with in_words(Code.BAD_RESULT_TYPE, "Past 2 to the power of 33, the sum is no number any more", SQUARED):
        attempt.do_math(start, num).expect_result(total(start, num))


NO_ROOM = (
    "A C `float` or `int` has no room for the next number: plus one changes nothing, or begins again far below zero. "
    "Count with a `long long`."
)
SQUARED = (
    "A square is far larger than its number: from about three thousand million on, it does not fit into a `long long`. "
    "Make what is squared a `double`."
)


@pytest.mark.points(4)
def test_typed_code_is_fifteen_times_faster(race):
    """Compiled with C types, it needs at least 15 times less CPU time than Python."""

    def four_million_steps(_scale):
        start = random.randrange(1000)
        return Inputs((start, start + STEPS), lambda: total(start, start + STEPS))

    race.run("do_math", four_million_steps, kind="code")


@pytest.mark.points(4)
def test_two_threads_run_at_once(race):
    """Called from two threads, it keeps two cores busy: it lets go of the GIL."""

    def sums_are_right(run):
        steps, _ = run.value
        run.expect_result((steps, [[total(start, steps)] for start in (0, 10)]))

    race.run("in_two_threads", lambda _scale: Inputs((), then=sums_are_right), driver="scenario.py", kind="cores")
