import pytest

from checker.checks import Code, Inputs

MOST_THREADS = 32
"""Python's own thread pool for asyncio never has more, however many cores there are."""


@pytest.mark.points(1)
def test_reports_come_back_in_order(attempt, world):
    """Reports come back in the order of the keys, each loaded once, and no thread is left."""
    takes_s = {"january": 0.12, "february": 0.01, "march": 0.08, "april": 0.04}
    load_blocking = world.operation("load_blocking", takes_s.get, blocking=True)
    run = attempt.gather_reports(load_blocking, list(takes_s))
    run.expect_result([load_blocking.answer_to(month) for month in takes_s])
    run.expect_operations("load_blocking", len(takes_s))
    run.expect_nothing_left()
    attempt.gather_reports(load_blocking, []).expect_result([])


@pytest.mark.points(1)
def test_the_event_loop_goes_round(attempt, world):
    """While two long reports load at the same time, the event loop goes round, and uses no core for it."""
    load_blocking = world.operation("load_blocking", 0.20, blocking=True)
    run = attempt.gather_reports(load_blocking, ["january", "february"])
    run.expect_rest()  # before anything about the loop: one that asks all the time is never seen to wait
    run.expect_loop_alive("load_blocking")
    run.expect_operations("load_blocking", 2)
    run.expect_in_flight(at_least=2)
    run = attempt.scenario.gather_undisturbed(load_blocking, ["march"])
    overslept = run.value[1]
    run.within(OVERSLEPT_S / 2)
    run.expect(not overslept, Code.HANG, "A report was loaded, and the event loop, which slept, did not notice", WAKE)
    run.expect_result([[load_blocking.answer_to("march")], False])


OVERSLEPT_S = 1.0
"""So much later than a report is there does scenario.py wake the loop."""
WAKE = (
    "Futures, events and queues of asyncio belong to the thread of their loop. From another thread, "
    "`loop.call_soon_threadsafe(future.set_result, report)` sets a future, and wakes the loop. (`await "
    "asyncio.to_thread(...)` does that for you.)"
)


@pytest.mark.points(2)
def test_a_failure_waits_for_the_other_threads(attempt, world):
    """If a load fails beside others, its exception arrives when no thread works, and the loop goes round till then."""
    refused = ConnectionError("there is no such report")
    load_blocking = world.operation(
        "load_blocking", lambda key: 0.15 if key == "missing" else 0.25,
        lambda key: refused if key == "missing" else None, blocking=True,
    )  # fmt: skip
    load_rest = world.operation("load_rest", 0.20, blocking=True)
    run = attempt.scenario.gather_long_reports(load_blocking, load_rest, ["missing", "may", "june"])
    run.expect_raised("ConnectionError")
    run.expect_nothing_left()
    run.expect_rest()
    run.expect_loop_alive("load_rest")
    run.expect_in_flight(at_least=2)


@pytest.mark.points(1)
def test_loads_see_the_callers_context(attempt, world):
    """A context variable that the caller has set is there in load_blocking too, whichever thread runs it."""
    load_blocking = world.operation(
        "load_blocking", lambda key, _user: 0.15 if key == "may" else 0.05,
        answer=lambda _caller, key, user: f"{key} for {user}", blocking=True,
    )  # fmt: skip
    run = attempt.scenario.gather_reports_as("Ada", load_blocking, ["may", "june"])
    run.expect_result(["may for Ada", "june for Ada"])


@pytest.mark.points(1)
def test_many_reports_do_not_make_many_threads(attempt, world):
    """However many reports there are, never more than 32 are loaded at the same time."""

    most = 0

    def takes_s(_key):
        """Long for a load that makes the crowd larger than ever: nobody leaves before all who come are there."""
        nonlocal most
        crowd = 1 + sum(span.end_s is None for span in world.ledger.spans())
        larger, most = crowd > most, max(crowd, most)
        return 0.40 if larger else 0.005

    load_blocking = world.operation("load_blocking", takes_s, blocking=True)
    days = [f"day {number}" for number in range(1, 37)]
    run = attempt.gather_reports(load_blocking, days)
    run.expect_result([load_blocking.answer_to(day) for day in days])
    run.expect_in_flight(at_most=MOST_THREADS)


@pytest.mark.points(4)
def test_five_reports_take_little_longer_than_one(race, world):
    """Five reports come at least 3 times faster: all of them are loaded at the same time."""

    def five_reports(_scale):
        months = ["may", "june", "july", "august", "september"]
        load_blocking = world.operation("load_blocking", 0.20, blocking=True)
        return Inputs((load_blocking, months), lambda: [load_blocking.answer_to(month) for month in months])

    race.run("gather_reports", five_reports)
