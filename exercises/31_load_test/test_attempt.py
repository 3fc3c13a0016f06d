import pytest

from checker.checks import Inputs
from checker.world.script import Stall, Turn

LATENCY_S = 0.05
TIMEOUT_S = 0.5
"""Of sync.py: whose answer is held up for what is left of it has a timeout more, and a connection more."""


def steady(_number):
    """An answer is there when its body is: who does not read it ends its watch too early."""
    return Turn(LATENCY_S, headers_first=True)


@pytest.mark.points(1)
def test_errors_and_timeouts_are_counted_apart(attempt, world):
    """Failures and broken connections are counted as errors, and apart from them answers that do not come."""

    def turn(number):
        # Where an old connection breaks, a client may ask once more: then that one breaks as well.
        if number >= 8:
            return Turn(0.02, drop=True)
        return {1: Turn(0.02, status=500), 4: Turn(3.0), 6: Turn(0.02, status=404), 7: Turn(3.0)}.get(
            number, Turn(0.02)
        )

    # All wait for the one connection, and some of them longer than they may for an answer.
    run = attempt.scenario.load_failures(world.script("page", turn).url, 1, 100, 0.09).within(TIMEOUT_S - 0.02)
    run.expect_result({"errors": 3, "timeouts": 2})


@pytest.mark.points(2)
def test_the_rate_is_held(attempt, world):
    """The rate is held: no request comes before it is due, and slow answers do not hold up the next request."""
    # The slow answers are not the last to come: who does not sort finds no slow one there. The others are quick, and
    # 1 / 62 is a little more than 16 ms: an event loop sleeps for whole ones, so naps are late by far more than that.
    page = world.script("page", lambda number: Turn(0.20 if number < 10 else 0.02, headers_first=True))
    run = attempt.scenario.load_figures(page.url, 12, 62, 0.5).within(TIMEOUT_S - 0.20)
    run.expect_requests("page", 31)
    run.expect_rate("page", 62)
    run.expect_load_figures("page", 62, skewed=True)


@pytest.mark.points(2)
def test_a_stall_shows(attempt, world):
    """A server that stands still for 300 ms shows in the percentiles: requests wait from the moment they are due."""
    page = world.script("page", steady, Stall(at=5, seconds=0.3))
    run = attempt.scenario.load_figures(page.url, 4, 70, 0.5).within(TIMEOUT_S - 0.3 - LATENCY_S)
    run.expect_requests("page", 35)
    run.expect_long_ones_together(0.2, at_least=3)
    run.expect_load_figures("page", 70)


@pytest.mark.points(1)
def test_never_more_than_the_connections(attempt, world):
    """Never more requests under way than `connections`, which are used again and closed; one thread, nothing left."""
    page = world.script("page", steady)
    run = attempt.scenario.load_figures(page.url, 3, 500, 0.03).within(TIMEOUT_S - LATENCY_S)
    run.expect_requests("page", 15)
    run.expect_in_flight(at_least=3, at_most=3)
    run.expect_connections(at_most=3)
    run.expect_nothing_left()
    run.expect_threads(at_most=1)
    run.expect_load_figures("page", 500)  # the server gives 60 answers a second, whatever was asked for


@pytest.mark.points(4)
def test_eight_connections_are_four_times_faster(race, world):
    """16 requests over eight connections are over at least 4 times faster."""

    def a_crowd(_scale):
        page = world.script("page", steady)

        def all_came(run):
            run.expect_requests("page", 16)
            run.expect_in_flight(at_most=8)

        return Inputs(
            (page.url, 8, 400, 0.04),
            lambda: {"errors": 0, "timeouts": 0},
            then=all_came,
            margin_s=TIMEOUT_S - LATENCY_S,
        )

    race.run("load_failures", a_crowd, driver="scenario.py", at_most=8)
