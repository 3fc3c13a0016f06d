import math
import secrets

import pytest

from checker.checks import AnError, Bounds, Inputs


def fetcher(world, latencies_s):
    """fetch(place): answers after that place's own latency. A place whose name begins with "down" fails instead."""
    return world.operation(
        "fetch",
        lambda place: latencies_s[place],
        error=lambda place: ConnectionError(f"{place} does not answer") if place.startswith("down") else None,
        answer=lambda _caller, place: f"{place} {secrets.token_hex(4)}".encode(),
    )


@pytest.mark.points(1)
def test_the_first_success_wins(attempt, world):
    """The first success wins: not the first mirror of the list, and not a failure that comes sooner."""
    latencies_s = {"north": 0.35, "down": 0.02, "west": 0.12}
    fetch, moment = fetcher(world, latencies_s), world.operation("a moment", 0.45)  # by then the losers are done, too
    run = attempt.scenario.fastest(list(latencies_s), fetch, moment)
    run.expect_result(("west", fetch.answer_to("west")))
    run.expect_nothing_left()


@pytest.mark.points(1)
def test_if_all_fail_every_failure_is_told(attempt, world):
    """If all mirrors fail, fastest raises an ExceptionGroup with every failure in it."""
    latencies_s = {"down 1": 0.12, "down 2": 0.02, "down 3": 0.07}
    run = attempt.fastest(list(latencies_s), fetcher(world, latencies_s))
    run.expect_raised("ExceptionGroup")
    run.expect_error_names(*latencies_s)


@pytest.mark.points(1)
def test_nothing_begins_after_the_winner(attempt, world):
    """When there is a winner, no further mirror is asked: whatever still waits for a thread is cancelled."""
    others = [f"mirror {number}" for number in range(1, 9)] + [f"down {number}" for number in range(1, 6)]
    latencies_s = {"quick": 0.02} | dict.fromkeys(others, 0.12)
    # What runs cannot be stopped. But what begins a moment later was still in a queue when the winner was there.
    fetch, moment = fetcher(world, latencies_s), world.operation("a moment", 0.15)
    run = attempt.scenario.fastest(list(latencies_s), fetch, moment, told=False)
    run.expect_result(None)
    run.expect_no_new_operation()


@pytest.mark.points(1)
def test_it_rests_while_it_waits(attempt, world):
    """Waiting for an answer keeps no core busy."""
    fetch = fetcher(world, {"north": 0.30})
    run = attempt.fastest(["north"], fetch)
    run.expect_result(("north", fetch.answer_to("north")))
    run.expect_rest()


@pytest.mark.points(1)
def test_pages_are_streamed_as_they_come(attempt, world):
    """Pages are streamed in the order in which they arrive, each with its URL; a failed one is its exception."""
    latencies_s = {"slow": 0.40, "down": 0.20, "quick": 0.02}
    fetch = fetcher(world, latencies_s)
    run = attempt.scenario.stream(list(latencies_s), fetch)
    run.expect_operations("fetch", len(latencies_s))
    arrived = [span.key for span in sorted(run.run.spans, key=lambda span: span.end_s or math.inf)]
    pages = {url: fetch.answer_to(url) for url in arrived} | {"down": AnError(type="ConnectionError")}
    run.expect_result([(url, pages[url]) for url in arrived])
    run.expect_rest()


@pytest.mark.points(1)
def test_who_has_seen_enough_may_leave(attempt, world):
    """Who takes one page and leaves waits for no other page, and no other is begun after that."""
    latencies_s = {"quick": 0.02, "slow": 0.70} | {f"page {number}": 0.12 for number in range(1, 21)}
    fetch, moment = fetcher(world, latencies_s), world.operation("a moment", 0.20)
    run = attempt.scenario.stream(list(latencies_s), fetch, leave_after=1, moment=moment)
    run.expect_result(1)
    run.expect_not_waiting_for("slow")
    run.expect_no_new_operation()


@pytest.mark.points(2)
def test_the_fastest_is_not_held_up(race, world):
    """The fastest of three mirrors is found at least 4 times faster: all are asked at once, and no loser is awaited."""
    # Nobody but the quickest can answer within the time that is allowed, so the time tells who was waited for.
    latencies_s = {"north": 0.45, "east": 0.31, "south": 0.04}
    bounds = Bounds(serial_s=sum(latencies_s.values()), wrong_s=0.31, least_s=0.04)

    def three_mirrors(_scale):
        return Inputs((list(latencies_s), fetcher(world, latencies_s)), named={"told": False})

    race.run("fastest", three_mirrors, driver="scenario.py", at_least=3, bounds=bounds)


@pytest.mark.points(2)
def test_the_stream_is_not_held_up(race, world):
    """The first two pages of a stream are there at least 4 times faster, although two others are slow."""
    latencies_s = {"slow 1": 0.32, "slow 2": 0.32, "page 1": 0.032, "page 2": 0.032, "page 3": 0.032}
    bounds = Bounds(serial_s=0.32 + 0.32, wrong_s=0.32, least_s=0.032)

    def five_pages(_scale):
        return Inputs((list(latencies_s), fetcher(world, latencies_s)), lambda: 2, named={"leave_after": 2})

    race.run("stream", five_pages, driver="scenario.py", at_least=3, bounds=bounds)
