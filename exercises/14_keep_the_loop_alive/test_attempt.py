import pytest

from checker.checks import Code, Inputs, in_words, of_each_call

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
    said = {"may": "much", "june": ""}
    load_blocking = world.operation("load_blocking", 0.0, blocking=True, answer=lambda _caller, month: said[month])
    run = attempt.gather_reports(load_blocking, ["may", "june", "may"])
    run.expect(run.value == ["much", "", "much"], Code.LOST, TWICE, EACH_ITS_PLACE)
    run = attempt.scenario.gather_in_turn(["may", "june"])
    fresh = run.value == ["may, old", "june, old", "may, new", "june, new"]
    run.expect(fresh, Code.WRONG_RESULT, "A second call did not return just the reports that it loaded", OF_EACH_CALL)


OF_EACH_CALL = of_each_call("gather_reports")
TWICE = "One key occurs twice in the list, one report is empty, and not every place in the list has its report"
EACH_ITS_PLACE = (
    "Each time that a key occurs, it has a place and a report of its own. A dict by key has one for both: keep a task "
    "for each place. And an empty report is a report."
)


@pytest.mark.points(1)
def test_the_event_loop_goes_round(attempt, world):
    """While two long reports load at the same time, the event loop goes round, and uses no core for it."""
    load_blocking = world.operation("load_blocking", 0.20, blocking=True)
    run = attempt.gather_reports(load_blocking, ["january", "february"])
    run.expect_rest()  # before anything about the loop: one that asks all the time is never seen to wait
    run.expect_loop_alive("load_blocking")
    run.expect_operations("load_blocking", 2)
    run.expect_in_flight(at_least=2)
    run = attempt.gather_reports(load_blocking, ["march"])  # one report blocks as well as two
    run.expect_loop_alive("load_blocking")
    load_blocking = world.operation("load_blocking", LONG_S, blocking=True)
    run = attempt.scenario.gather_undisturbed(load_blocking, ["march"])
    _, overslept, timers = run.value
    run.within(OVERSLEPT_S / 2)
    run.expect(not overslept, Code.HANG, "A report was loaded, and the event loop, which slept, did not notice", WAKE)
    asking = f"The event loop set {timers} timers while one report loaded, as if to ask again and again"
    run.expect(timers <= MOST_TIMERS, Code.BUSY_WAIT, asking, WOKEN)
    run.expect_result(([load_blocking.answer_to("march")], False, timers))


LONG_S = 1.0
MOST_TIMERS = 3
"""A timeout of the load, one of all loads: more are not needed. Who asks every 0.2 s sets five."""
WOKEN = (
    'Nobody has to ask "done yet?", however seldom: that costs time, and always comes too late. `await` a thread\'s '
    "task or future (all of them: `asyncio.gather`), and the loop goes on in the moment in which it is done."
)
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
    run.expect_operations("load_blocking", 3)
    with in_words(Code.LEAK_TASK, "The exception arrived while other loads were still going on", WAIT_FOR_ALL):
        run.expect_nothing_left()
    run.expect_rest()
    run.expect_loop_alive("load_rest")
    run.expect_in_flight(at_least=2)
    bad = ValueError("there is no such month")
    load_blocking = world.operation(
        "load_blocking", 0.01, lambda key: bad if key == "smarch" else None, blocking=True
    )  # fmt: skip
    attempt.gather_reports(load_blocking, ["may", "smarch"]).expect_raised("ValueError")
    run = attempt.gather_reports(load_blocking, ["smarch"] * MANY)
    with in_words(Code.HANG, NEVER_CAME, GIVE_BACK), in_words(Code.DEADLOCK, NEVER_CAME, GIVE_BACK):
        run.expect_raised("ValueError")


MANY = 40
"""More than may be loaded at the same time."""
NEVER_CAME = f"All of {MANY} loads failed, and the exception never reached the caller"
GIVE_BACK = (
    "A load that fails has to give back its slot as well, or the next one waits for it for ever: `async with slots:` "
    "does that on every way out."
)
WAIT_FOR_ALL = (
    "Nobody can stop a thread, so wait for all of them, also when one fails: `gather(..., return_exceptions=True)`, or "
    "`asyncio.wait`. Then look for an exception, and raise it."
)


@pytest.mark.points(1)
def test_loads_see_the_callers_context(attempt, world):
    """A context variable that the caller has set is there in load_blocking too, whichever thread runs it."""
    load_blocking = world.operation(
        "load_blocking", lambda key, _user: 0.15 if key == "may" else 0.05,
        answer=lambda _caller, key, user: f"{key} for {user}", blocking=True,
    )  # fmt: skip
    run = attempt.scenario.gather_reports_as("Ada", load_blocking, ["may", "june"])
    run.expect("nobody" not in str(run.value), Code.WRONG_RESULT, NOT_SEEN, COPY)
    run.expect_result(["may for Ada", "june for Ada"])


NOT_SEEN = "load_blocking did not see the context variable that the caller has set"
COPY = (
    "`asyncio.to_thread` takes a copy of the caller's context along. `run_in_executor`, `submit` and threads of your "
    "own do not: have them call `contextvars.copy_context().run`, with a new copy for each load."
)


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
