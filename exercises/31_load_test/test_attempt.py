import random

import pytest

from checker.checks import Code, Inputs, in_words, of_each_call
from checker.world.script import Stall, Turn

LATENCY_S = 0.05
TIMEOUT_S = 0.5
"""Of sync.py: whose answer is held up for what is left of it has a timeout more, and a connection more."""

OWN_S = 0.05
"""A right load test needs so much for what it does itself (measured: at most 18 ms until its first request came)."""
SPARE_S = TIMEOUT_S - OWN_S
"""Others may hold up an answer that takes no time by so much, and it is in time all the same."""

FIRST_S = 0.3
"""Later than this comes the first of two requests a second only from somebody who lets it wait for its turn."""
COUNTED = (
    "An answer that is not whole in time, its body too, is a timeout; waiting for a free connection is none. A status "
    "from 400 on is an error only if you ask for that: `raise_for_status=True`."
)
AT_ONCE_S = 0.1
"""By then two requests are answered, of 20 ms each, one after the other."""
GOOD = (
    "rps is the number of good answers, divided by the seconds from the start to the last answer, and only they have "
    "latencies. Errors and timeouts are in neither, and of no answers all figures are 0, as in sync.py."
)
AT_ONCE = "Request i, from 0, is due i / rate seconds after the start: so the first is due when the load test begins."


def steady(_number):
    """An answer is there when its body is: who does not read it ends its watch too early."""
    return Turn(LATENCY_S, headers_first=True)


REQUESTS, TIMEOUTS = 12, 2
LEAST_S = TIMEOUTS * TIMEOUT_S + 0.15
"""Before the last good answer there are both timeouts, and nine answers of 20 ms."""


def some_failures(world):
    """A page whose answers fail in several ways, and how many are good: some before the timeouts, one fewer after.

    How many, nobody knows before.
    """
    good = random.choice((3, 5))
    one_more = Turn(0.02, status=200 if good == 5 else 500)
    turns = [
        *(Turn(0.02), Turn(0.02, status=201), one_more, Turn(0.02, status=500), Turn(0.02, status=503), Turn(3.0)),
        *(Turn(0.02, torn=True), Turn(0.02, status=404), Turn(3.0, headers_first=True), one_more, Turn(0.02)),
    ]
    # Where an old connection breaks, a client may ask once more: then that one breaks as well.
    broken = Turn(0.02, drop=True)
    return world.script("page", lambda number: turns[number] if number < len(turns) else broken), good


def expect_asked(run, times):
    """At least so many requests came. What is counted was not made up."""
    came = len(run.observed.named("page"))
    run.expect(came >= times, Code.WORK_SKIPPED, f"{came} requests came, and {times} are needed", ALL_SENT)


ALL_SENT = "Each request is sent, also if those before it failed: rate * duration of them, rounded."


@pytest.mark.points(1)
def test_errors_and_timeouts_are_counted_apart(attempt, world):
    """Failures and broken connections are counted as errors, and apart from them answers that do not come."""
    page, good = some_failures(world)
    errors = REQUESTS - TIMEOUTS - good
    # All wait for the one connection, and some of them longer than they may for an answer.
    run = attempt.scenario.load_all(page.url, 1, 100, REQUESTS / 100).within(SPARE_S - 0.02)
    told = "{errors} errors and {timeouts} timeouts were counted".format(**run.value)
    with in_words(Code.WRONG_RESULT, f"{told}, where {errors} and {TIMEOUTS} are right", COUNTED):
        run.expect_result({**run.value, "errors": errors, "timeouts": TIMEOUTS})
    expect_asked(run, REQUESTS)
    answers = f"{good} of {REQUESTS} answers were good"
    told = f"rps is {run.value['rps']:.1f}, where {answers}, and two timeouts took a second"
    run.expect(run.value["rps"] <= good / LEAST_S, Code.WRONG_RESULT, told, GOOD)
    told = f"p50_ms is {run.value['p50_ms']:.0f}, where {answers}, and more than half of these came at once"
    run.within(TIMEOUT_S - AT_ONCE_S)
    run.expect(run.value["p50_ms"] < TIMEOUT_S * 1000, Code.WRONG_RESULT, told, GOOD)
    broken = world.script("page", lambda _: Turn(0.0, status=500))
    run = attempt.scenario.load_all(broken.url, 1, 100, 0.03)
    with in_words(Code.WRONG_RESULT, f"Of 3 answers none was good, and {run.value} came back", GOOD):
        run.expect_result({"rps": 0.0, "p50_ms": 0.0, "p99_ms": 0.0, "errors": 3, "timeouts": 0})
    expect_asked(run, 3)
    run = attempt.scenario.load_all(broken.url, 1, 2, 0.2)
    with in_words(Code.WRONG_RESULT, f"Where no request is due at all, {run.value} came back", GOOD):
        run.expect_result({"rps": 0.0, "p50_ms": 0.0, "p99_ms": 0.0, "errors": 0, "timeouts": 0})
    # Held up for half of its timeout, the slow answer is a timeout, and in no figures that the second test could keep.
    quick, first = Turn(0.02), [Turn(0.02, status=500), Turn(TIMEOUT_S / 2), Turn(0.02)]
    page = world.script("page", lambda number: first[number] if number < len(first) else quick)
    run = attempt.scenario.load_again(page.url, len(first), 100, 0.03).within(KEPT_S - 0.02 - OWN_S)
    again = run.value["errors"] == 0 and run.value["p99_ms"] < KEPT_S * 1000
    run.expect(again, Code.WRONG_RESULT, "The figures of a second load test are those of the first, too", OF_EACH_CALL)


KEPT_S = TIMEOUT_S / 2 - 0.05
"""A request of 20 ms takes longer only by the figures of an earlier one, which took half of a timeout."""
OF_EACH_CALL = of_each_call("load")


@pytest.mark.points(2)
def test_the_rate_is_held(attempt, world):
    """The rate is held: the first request comes at once, none before it is due, and slow answers hold up nobody."""
    seldom = attempt.scenario.load_figures(world.script("page", steady).url, 1, 2, 0.5).within(FIRST_S - OWN_S)
    seldom.expect_requests("page", 1)
    late_s = seldom.observed.spans[0].start_s - seldom.observed.started_s
    told = f"At 2 requests a second, the first came after {late_s:.2f} s"
    seldom.expect(late_s < FIRST_S, Code.LATE, told, AT_ONCE)

    # The slow answers are not the last to come: who does not sort finds no slow one there. The others are quick, and
    # 1 / 99.5 is a little more than 10 ms: an event loop sleeps for whole ones, so that 49 naps come late by 30 ms and
    # more, which is also on a busy machine more than the way of an answer. Half of those that are slow are errors: with
    # them, the middle one of all would be slow as well. 99.5 * 0.492 is 48.95, which makes 49 requests.
    def turn(number):
        if number < 16 and number % 2 == 0:
            return Turn(0.30, status=500)
        return Turn(0.20 if number < 16 else 0.02, headers_first=True)

    page = world.script("page", turn)
    run = attempt.scenario.load_figures(page.url, 20, 99.5, 0.492).within(SPARE_S - 0.30)
    run.expect_requests("page", 49)
    run.expect_rate("page", 99.5)
    run.expect_load_figures("page", 99.5, skewed=True)


@pytest.mark.points(2)
def test_a_stall_shows(attempt, world):
    """A server that stands still for 300 ms shows in the percentiles: requests wait from the moment they are due."""
    page = world.script("page", steady, Stall(at=5, seconds=0.3))
    run = attempt.scenario.load_figures(page.url, 4, 70, 0.5).within(SPARE_S - 0.3 - LATENCY_S)
    run.expect_requests("page", 35)
    run.expect_long_ones_together(0.2, at_least=3)
    run.expect_load_figures("page", 70)
    # One slow answer of a few: the 99th percentile is that one, and none is beyond it.
    page = world.script("page", lambda number: Turn(0.3 if number == 2 else 0.02))
    run = attempt.scenario.load_figures(page.url, 5, 100, 0.05).within(SPARE_S - 0.3)
    run.expect_requests("page", 5)
    run.expect_load_figures("page", 100)


@pytest.mark.points(1)
def test_never_more_than_the_connections(attempt, world):
    """Never more requests under way than `connections`, which are used again and closed; one thread, nothing left."""
    page = world.script("page", steady)
    # Some have waited for two others when they get a connection: who lets the last to come go first keeps them longer.
    run = attempt.scenario.load_figures(page.url, 3, 100, 0.15).within(SPARE_S - LATENCY_S)
    run.expect_requests("page", 15)
    run.expect_in_flight(at_least=3, at_most=3)
    run.expect_connections(at_most=3)
    run.expect_nothing_left()
    run.expect_threads(at_most=1)
    run.expect_load_figures("page", 100)  # the server gives 60 answers a second, whatever was asked for
    page = world.script("page", lambda _: Turn(TIMEOUT_S - 0.05))
    run = attempt.scenario.load_figures(page.url, MANY, MANY / 0.05, 0.05).within(0.2)
    run.expect_in_flight(at_least=MANY - 4, at_most=MANY, too_few_hint=LIMIT_OF_ITS_OWN)


MANY = 108
"""Requests that are due within 50 ms, and connections: more than a session of aiohttp has where nobody says how many.
A few of them may come too late to be under way with all others."""
LIMIT_OF_ITS_OWN = (
    "A session of aiohttp has a limit of its own, 100 connections. Give it this one: "
    "`connector=aiohttp.TCPConnector(limit=connections)`. Whoever waits for that limit waits for you, not the server."
)


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
            margin_s=SPARE_S - LATENCY_S,
        )

    race.run("load_failures", a_crowd, driver="scenario.py", at_most=8)
