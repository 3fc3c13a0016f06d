import pytest

from checker.checks import Inputs


def asker(world, latencies_s):
    """ask(name): answers after that machine's own latency. Whose name begins with "absent" is not there."""
    return world.operation(
        "ask",
        lambda name: latencies_s[name],
        error=lambda name: ConnectionError(f"{name} is not there") if name.startswith("absent") else None,
    )


@pytest.mark.points(2)
def test_all_are_asked_at_the_same_time(attempt, world):
    """All machines are asked at the same time, and each answer stands beside its own name."""
    latencies_s = {"ada": 0.25, "ben": 0.10, "cleo": 0.16}
    ask = asker(world, latencies_s)
    run = attempt.roll_call(list(latencies_s), ask)
    run.expect_result({name: ask.answer_to(name) for name in latencies_s})
    run.expect_operations("ask", 3)
    run.expect_in_flight(at_least=3)


@pytest.mark.points(2)
def test_who_is_absent_holds_up_nobody(attempt, world):
    """Who does not answer is None, wherever in the list, and everybody else is there."""
    names = ["ada", "absent-1", "ben", "absent-2"]
    ask = asker(world, dict.fromkeys(names, 0.05))
    run = attempt.roll_call(names, ask)
    run.expect_result({"ada": ask.answer_to("ada"), "absent-1": None, "ben": ask.answer_to("ben"), "absent-2": None})


@pytest.mark.points(1)
def test_nothing_is_left(attempt, world):
    """When the answers are there, nothing is left running."""
    names = ["absent-1", "ada", "ben"]
    attempt.roll_call(names, asker(world, dict.fromkeys(names, 0.02))).expect_nothing_left()


@pytest.mark.points(5)
def test_twelve_machines_are_asked_at_once(race, world):
    """Twelve machines, of which three are not there, are asked at least 4 times faster."""

    def twelve_machines(_scale):
        names = [f"absent-{number}" if number % 4 == 0 else f"machine-{number}" for number in range(12)]
        ask = asker(world, dict.fromkeys(names, 0.08))
        return Inputs(
            (names, ask),
            lambda: {name: None if name.startswith("absent") else ask.answer_to(name) for name in names},
        )

    race.run("roll_call", twelve_machines)
