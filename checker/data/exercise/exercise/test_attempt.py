import pytest

from checker.checks import Inputs


def fetcher(world, latencies_s):
    """fetch(name): answers after that name's own latency."""
    return world.operation("fetch", lambda name: latencies_s[name])


@pytest.mark.points(3)
def test_answers_come_back_in_order(attempt, world):
    """Answers that are waited for at the same time come back in the order of the names, the slowest first."""
    latencies_s = {"a": 0.25, "b": 0.10, "c": 0.16}
    fetch = fetcher(world, latencies_s)
    run = attempt.fetch_all(list(latencies_s), fetch)
    run.expect_result([fetch.answer_to(name) for name in latencies_s])
    run.expect_in_flight(at_least=2)


@pytest.mark.points(2)
def test_nothing_is_left(attempt, world):
    """When the answers are there, nothing is left running."""
    attempt.fetch_all(["a", "b"], fetcher(world, {"a": 0.02, "b": 0.02})).expect_nothing_left()


@pytest.mark.points(5)
def test_eight_answers_come_three_times_faster(race, world):
    """Eight answers come at least 3 times faster: they are waited for at the same time."""

    def eight_names(_scale):
        latencies_s = {f"name-{number}": 0.08 for number in range(8)}
        fetch = fetcher(world, latencies_s)
        return Inputs((list(latencies_s), fetch), lambda: [fetch.answer_to(name) for name in latencies_s])

    race.run("fetch_all", eight_names)
