from itertools import cycle

import pytest

from checker.checks import AnError, Bounds, Code, Inputs, in_words, of_each_call

SILENT_S = 0.75
"""So late is the answer of a source that keeps silent: long after the deadline."""
MARGIN_S = 0.15
"""Every answer that must come in time has at least so much of it left."""
TIDYING_S = 0.03, 0.60
"""Not alike: who waits only for the first of two calls to tidy up is seen to leave the other alone. And the other one
takes so long that a third, which is cancelled only when that has tidied up, has answered before."""


def exchange(world, latencies_s, **traits):
    """ask(source): answers after that source's own latency."""
    return world.operation("ask", lambda source: latencies_s[source], **traits)


def tidy_exchange(world, latencies_s):
    """ask(source), too; a call that is cancelled tidies up, and the next one takes another time for it."""
    times_s = cycle(TIDYING_S)
    return exchange(world, latencies_s, cleanup_s=lambda: next(times_s))


def expect_none_late(run, ask, silent, hint=None):
    """A quote that came after the deadline is none. (Another source's quote in its place is another mistake.)"""
    told = run.told
    late = next((source for source in silent if told.get(source) == ask.answer_to(source)), None)
    sentence = f"The quote of {late!r} came when the deadline was over, and is told all the same"
    run.expect(late is None, Code.WRONG_RESULT, sentence, hint or LATE)


LATE = (
    "There is one deadline for all, counted from the beginning. What gives a source its time, and does it cancel the "
    "call when that is over? A timeout must be around the waiting, not only around the starting."
)
ALL_AT_ONCE = (
    "Each source but that one answers in less than half of the time: ask all at once, however many there are, and keep "
    "each answer as soon as it comes."
)


@pytest.mark.points(1)
def test_quotes_that_come_in_time_are_kept(attempt, world):
    """All are asked at the same time, and quotes that come in time are kept; a silent source is None."""
    # So many that who lets ten of them ask at a time has no time left for the last ones.
    latencies_s = {"north": 0.10, "silent": SILENT_S, "south": 0.08} | {f"west {n}": 0.13 for n in range(1, 23)}
    ask = exchange(world, latencies_s)
    run = attempt.quotes(list(latencies_s), ask, 0.35).within(0.35 - 0.13)
    expect_none_late(run, ask, ["silent"])
    run.expect_in_flight(at_least=2)
    told = sum(quote is not None for quote in run.told.values())
    sentence = f"{told} of {len(latencies_s)} quotes are there, where one source keeps silent"
    run.expect(not run.told or told >= len(latencies_s) - 1, Code.WRONG_RESULT, sentence, ALL_AT_ONCE)
    run.expect_result({source: ask.answer_to(source) for source in latencies_s} | {"silent": None})
    # Who gives the others the whole deadline once more, when an answer has come, has that of the late one: long before.
    ask = exchange(world, {"north": 0.70, "late": 1.05})
    run = attempt.quotes(["north", "late"], ask, 0.90).within(MARGIN_S)
    expect_none_late(run, ask, ["late"])
    run.expect_result({"north": ask.answer_to("north"), "late": None})


@pytest.mark.points(1)
def test_a_failure_stays_alone(attempt, world):
    """A source that fails takes no other down, and when all have answered nobody waits for the deadline."""
    latencies_s = {"north": 0.10, "broken": 0.02, "south": 0.06}
    for error in (ConnectionError("the line is dead"), ValueError("no such paper"), Exception("nobody knows")):
        ask = exchange(world, latencies_s, error={"broken": error}.get)
        run = attempt.quotes(list(latencies_s), ask, 60.0)
        answers = {source: ask.answer_to(source) for source in latencies_s}
        run.expect_result(answers | {"broken": AnError(type=type(error).__name__)})


@pytest.mark.points(1)
def test_cancelled_calls_tidy_up(attempt, world):
    """At the deadline all calls that wait are cancelled, and they may tidy up before `quotes` returns."""
    silent = ["silent 1", "silent 2", "silent 3"]
    latencies_s = {"silent 1": SILENT_S, "north": 0.10, "silent 2": SILENT_S, "silent 3": SILENT_S}
    ask = tidy_exchange(world, latencies_s)
    run = attempt.quotes(list(latencies_s), ask, 0.30).within(MARGIN_S)
    run.expect_nothing_left()
    run.expect_tidied_up("ask")
    expect_none_late(run, ask, silent)
    run.expect_result(dict.fromkeys(latencies_s) | {"north": ask.answer_to("north")})
    run.expect_in_flight(at_least=2)
    if all(asked_by_a_task(run, source) for source in silent):  # of a thread, and of what nobody asked, others tell
        with in_words(Code.NO_CANCEL, "Three calls waited at the deadline, and not all were cancelled", ALL_FIRST):
            run.expect_cancelled("ask", len(silent))


def asked_by_a_task(run, source):
    """Whether somebody who can be cancelled waited for it."""
    return any(span.key == source and span.caller.startswith("task ") for span in run.observed.named("ask"))


ALL_FIRST = (
    "First cancel all that are late, and then wait for all of them: who waits for one before it cancels the next one "
    "leaves that at work meanwhile."
)


@pytest.mark.points(1)
def test_a_stubborn_call_is_waited_for(attempt, world):
    """A call beside others that ignores being cancelled is waited for: nothing is left behind, and nothing is lost."""
    # It takes longer than the second that somebody might give it.
    latencies_s = {"north": 0.08, "stubborn": 1.60, "south": 0.10, "empty": 0.09}
    # Its late answer is that it has none: so None is right, whether or not a late answer is taken.
    prices = {"north": "101.50", "stubborn": None, "south": "99.75", "empty": ""}
    ask = exchange(world, latencies_s, answer=lambda _caller, source: prices[source], stubborn=True)
    run = attempt.quotes(list(latencies_s), ask, 0.40).within(2 * MARGIN_S)
    run.expect_nothing_left()
    run.expect_result(prices)
    run.expect_in_flight(at_least=2)
    # One that fails in the end, before another one has ended.
    latencies_s = {"failing": 0.60, "north": 0.08, "stubborn": SILENT_S}
    ask = exchange(world, latencies_s, error={"failing": ConnectionError("too late")}.get, stubborn=True)
    run = attempt.quotes(list(latencies_s), ask, 0.30).within(MARGIN_S)
    alone = not run.raised("ConnectionError")
    run.expect(alone, Code.CRASHED, "A call failed after it had been cancelled, and `quotes` raised that", LATE_ERROR)
    run.expect_nothing_left()
    told = run.told
    failed = None if told.get("failing") is None else AnError(type="ConnectionError")
    came = None if told.get("stubborn") is None else ask.answer_to("stubborn")
    run.expect_result({"failing": failed, "north": ask.answer_to("north"), "stubborn": came})


LATE_ERROR = (
    "A call that was cancelled may still end with another exception, which comes out where it is awaited. Let that "
    "take nothing along: `await asyncio.gather(*tasks, return_exceptions=True)`."
)


@pytest.mark.points(1)
def test_being_cancelled(attempt, world):
    """If `quotes` itself is cancelled, all of its calls are, and tidy up; then it ends with CancelledError."""
    latencies_s = {"silent 1": SILENT_S, "silent 2": SILENT_S}
    ask, moment = tidy_exchange(world, latencies_s), world.operation("moment", 0.10)
    run = attempt.scenario.walk_away(list(latencies_s), ask, 60.0, moment).within(MARGIN_S)
    run.expect_raised("CancelledError")
    run.expect_nothing_left()
    run.expect_tidied_up("ask")
    run.expect_side_by_side("ask")  # not one of them and the moment


@pytest.mark.points(1)
def test_no_time_and_no_source(attempt, world):
    """With no time at all every entry is None, and with no source at all there is none."""
    latencies_s = {"north": 0.05, "south": 0.10}
    ask = exchange(world, latencies_s)
    run = attempt.quotes(list(latencies_s), ask, 0.0)
    expect_none_late(run, ask, latencies_s, NO_TIME)
    run.expect_result({"north": None, "south": None})
    run.expect_nothing_left()
    attempt.quotes([], ask, 0.25).expect_result({})
    run = attempt.scenario.quotes_in_turn(0.30, SILENT_S).within(MARGIN_S)
    run.expect(run.told.get("south") != PRICE, Code.WRONG_RESULT, OF_ANOTHER, of_each_call("quotes"))
    run.expect(run.told.get("east") in (PRICE, None), Code.WRONG_RESULT, OLD_FAILURE, of_each_call("quotes"))
    run.expect_result({"north": PRICE, "south": None, "east": PRICE})


NO_TIME = (
    "With a deadline of 0 the time is up from the beginning. It is a number like any other: `if deadline` and "
    "`deadline or ...` take it for no deadline at all."
)
PRICE = "99.75"
"""What every source answers in scenario.py."""
OF_ANOTHER = "A source answered in one call and kept silent in the next one, where its entry is the quote of the first"
OLD_FAILURE = "A source failed in one call and answered in the next one, where its entry is not that answer"


DEADLINE_S = 0.30
QUICK, QUICK_S = [f"quick {number}" for number in range(1, 7)], 0.05
LATE_S = 0.50
"""Too late for the deadline, but not for who gives each source in turn the whole deadline."""
POSSIBLE = Bounds(
    serial_s=len(QUICK) * QUICK_S + SILENT_S + LATE_S,
    wrong_s=2 * DEADLINE_S,  # all are asked at once, but then two of them get a deadline each
    least_s=DEADLINE_S,  # who gives up before that gives up too early
)


@pytest.mark.points(4)
def test_eight_sources_by_one_deadline(race, world):
    """Eight sources, two of them too slow, take no longer than the deadline: at least 3 times faster."""

    def eight_sources(_scale):
        sources = [*QUICK[:1], "silent", *QUICK[1:4], "late", *QUICK[4:]]
        ask = exchange(world, dict.fromkeys(QUICK, QUICK_S) | {"silent": SILENT_S, "late": LATE_S})

        def in_time():
            return {source: ask.answer_to(source) for source in QUICK} | {"silent": None, "late": None}

        return Inputs((sources, ask, DEADLINE_S), in_time, margin_s=MARGIN_S)

    race.run("quotes", eight_sources, bounds=POSSIBLE, at_least=5)
