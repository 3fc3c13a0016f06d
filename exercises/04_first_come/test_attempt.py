import secrets

import pytest

from checker.checks import Bounds, Code, Inputs, in_words, of_each_call


def fetcher(world, latencies_s):
    """fetch(place): answers after that place's own latency.

    A place whose name begins with "down", "late" or "torn" fails instead; the file of one that begins with "empty" is
    that.
    """
    return world.operation(
        "fetch",
        lambda place: latencies_s[place],
        error=failure,
        answer=lambda _caller, place: b"" if place.startswith("empty") else f"{place} {secrets.token_hex(4)}".encode(),
    )


def failure(place):
    """What a place fails with, if it does. Most timeouts have no text."""
    if place.startswith("late"):
        return TimeoutError()
    if place.startswith("torn"):
        return ValueError(f"the file of {place} has no end")
    return ConnectionError(f"{place} does not answer") if place.startswith("down") else None


AHEAD_S = 0.20
"""At least so far is the quickest mirror ahead of the next one: whoever is held up for longer may see that one win."""


@pytest.mark.points(2)
def test_the_first_success_wins(attempt, world):
    """All are asked at once, and the first success wins: not the first of the list, nor a failure that comes sooner."""
    latencies_s = {"north": 0.45, "east": 0.42, "west": 0.20, "down": 0.08}  # no place tells who won
    fetch, moment = fetcher(world, latencies_s), world.operation("a moment", 0.45)  # by then the losers are done, too
    run = attempt.scenario.fastest(list(latencies_s), fetch, moment).within(AHEAD_S)
    gave_up = run.raised("ExceptionGroup") and any(span.outcome == "failed" for span in run.observed.spans)
    run.expect(not gave_up, Code.LOST, "One mirror had failed, and nobody waited for the others' answers", GOES_ON)
    run.expect_result(("west", fetch.answer_to("west")))
    with in_words(Code.LEAK_THREAD, STAYED, LET_GO):
        run.expect_nothing_left()
    run.expect_in_flight(at_least=4, too_few_hint=A_THREAD_EACH, name="fetch")  # the moment is none of them
    asked = sum(span.key == "west" for span in run.observed.named("fetch"))
    run.expect(asked == 1, Code.DUPLICATE, f"The mirror that won was asked {asked} times", ONCE)
    latencies_s = {"down": 0.02, "empty": 0.06}
    run = attempt.fastest(list(latencies_s), fetcher(world, latencies_s))
    run.expect(not run.raised("ExceptionGroup"), Code.LOST, "The answer of a mirror was taken for a failure", EMPTY)
    run.expect_result(("empty", b""))
    run = attempt.scenario.quick(["up", *DOWN])
    run.expect(not run.raised("ExceptionGroup"), Code.LOST, "The answer of a mirror was thrown away", ALL_OF_DONE)
    run.expect_result(("up", b"up"))


MANY = 16
"""Mirrors: more than the threads of a pool for which nobody has said how many, on up to 11 cores."""
DOWN = [f"down {number:02}" for number in range(1, MANY + 1)]
ALL_OF_DONE = (
    "Several may be done at the same moment: `wait` hands out a set, and each future in it is an answer or a failure. "
    "What is not looked at is lost, because it is not in the set of the pending ones any more."
)
STAYED = "All mirrors had answered, and a thread was still there"
LET_GO = (
    "A loser ends by itself when its mirror has answered: what does it still wait for, a place in a queue that nobody "
    "empties? A pool is let go by `shutdown(wait=False)`, on every way out."
)
ONCE = "The future of the winner has its answer: `result()` gives it. Who asks the mirror again waits for it once more."
GOES_ON = (
    "A failure ends nothing while another mirror may still answer. Keep it, and wait for the next one: what catches it "
    "belongs into the loop."
)
EMPTY = "An answer is a success, whatever is in it, and here the file is empty. Ask whether there is an exception."


@pytest.mark.points(2)
def test_if_all_fail_every_failure_is_told(attempt, world):
    """If all mirrors fail, fastest raises an ExceptionGroup with every failure in it, and no thread is left."""
    latencies_s = {"down 1": 0.12, "late 1": 0.10, "torn": 0.02, "late 2": 0.07}
    run = attempt.scenario.fail(list(latencies_s), fetcher(world, latencies_s))
    run.expect_raised("ExceptionGroup")
    run.expect_error_names("down 1", "torn")
    with in_words(Code.LOST, "Two mirrors raised TimeoutError, and they are not both in the group", AS_IT_WAS):
        run.expect_error_names("TimeoutError", "TimeoutError")
    made = attempt.scenario.made_up(["down 1", "down 2"])
    made.expect(made.value == [], Code.WRONG_RESULT, "The group holds exceptions that no mirror has raised", AS_IT_WAS)
    with in_words(Code.LEAK_THREAD, STAYED, LET_GO):
        run.expect_nothing_left()
    down_s = dict.fromkeys(DOWN, 0.20)
    run = attempt.fastest(list(down_s), fetcher(world, down_s))
    run.expect_raised("ExceptionGroup")
    run.expect_in_flight(at_least=MANY, too_few_hint=A_THREAD_EACH)
    run = attempt.scenario.quick(DOWN)
    run.expect_raised("ExceptionGroup")
    with in_words(Code.LOST, f"{MANY} mirrors fail at once, and some of their failures are not told", ALL_OF_DONE):
        run.expect_error_names(*DOWN)
    attempt.fastest(["down"], fetcher(world, {"down": 0.02})).expect_raised("ExceptionGroup")
    run = attempt.scenario.in_turn(["down 1", "north"], ["down 2"], ["south"])
    right = [("north", b"north"), ["down 2 does not answer"], ("south", b"south")]
    kept = run.value[:1] == right[:1] and run.value != right
    run.expect(not kept, Code.WRONG_RESULT, OF_ANOTHER, OF_EACH_CALL)
    run.expect_result(right)


OF_ANOTHER = "Of three calls in one process, one told what came of another"
OF_EACH_CALL = of_each_call("fastest")

A_THREAD_EACH = "All mirrors are asked at once: the pool needs as many threads as there are mirrors, however many."
AS_IT_WAS = (
    "Who gets the group wants to know what has happened: keep every exception itself, no new one of its text. "
    "(`add_note` says more beside it.)"
)


@pytest.mark.points(1)
def test_nothing_begins_after_the_winner(attempt, world):
    """Mirrors are asked side by side, and once there is a winner, whatever still waits for a thread is cancelled."""
    # The queue of a small pool lasts for half a second: whoever is held up for less still shows what begins.
    others = [f"mirror {number}" for number in range(1, 9)] + [f"down {number}" for number in range(1, 17)]
    latencies_s = {"quick": 0.06} | dict.fromkeys(others, 0.12)
    # What runs cannot be stopped. But what begins a moment later was still in a queue when the winner was there.
    fetch, moment = fetcher(world, latencies_s), world.operation("a moment", 0.15)
    run = attempt.scenario.fastest(list(latencies_s), fetch, moment, told=False)
    run.expect_result(None)
    run.expect_in_flight(at_least=2, name="fetch")
    run.expect_no_new_operation()


@pytest.mark.points(1)
def test_it_rests_while_it_waits(attempt, world):
    """Waiting for an answer keeps no core busy."""
    fetch = fetcher(world, {"north": 0.30})
    run = attempt.fastest(["north"], fetch)
    run.expect_result(("north", fetch.answer_to("north")))
    run.expect_rest()


@pytest.mark.points(4)
def test_the_fastest_is_not_held_up(race, world):
    """The fastest of three mirrors is found at least 4 times faster: all are asked at once, and no loser is awaited."""
    # Nobody but the quickest can answer within the time that is allowed, so the time tells who was waited for, be it
    # the first or the last of the list.
    latencies_s = {"north": 0.45, "south": 0.04, "east": 0.31}
    bounds = Bounds(serial_s=sum(latencies_s.values()), wrong_s=0.31, least_s=0.04)

    def three_mirrors(_scale):
        return Inputs((list(latencies_s), fetcher(world, latencies_s)), named={"told": False})

    race.run("fastest", three_mirrors, driver="scenario.py", at_least=3, bounds=bounds)
