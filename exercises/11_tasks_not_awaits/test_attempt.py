import pytest

from checker.checks import Code, Inputs, in_words, of_each_call

TWINS = (
    "Two people may have the same delay, and a dict or a set has room for it only once. Keep each greeting by its "
    "place in the list."
)
EMPTY = "An empty greeting is a greeting like any other: do not ask for it again, and keep it in its place."
OF_EACH_CALL = of_each_call("greet_all")


def greeter(world, error=None):
    """say(delay): answers after that delay."""
    return world.operation("say", lambda delay: delay, error)


@pytest.mark.points(2)
def test_greetings_come_back_in_order(attempt, world):
    """Greetings that are waited for at the same time come back in the order of the delays, whichever is ready first."""
    say, delays = greeter(world), [0.15, 0.35, 0.20, 0.25]
    run = attempt.greet_all(delays, say)
    run.expect_result([say.answer_to(delay) for delay in delays])
    run.expect_operations("say", len(delays))
    run.expect_in_flight(at_least=2)
    twins = greeter(world)
    run = attempt.greet_all([0.05, 0.05], twins)
    run.expect_operations("say", 2, TWINS)
    greetings = [greeting for _, greeting in twins.calls]
    in_other_order = run.value == greetings[::-1]
    one_for_both = "Two people with the same delay, and not each of them has a greeting of their own"
    with in_words(Code.WRONG_RESULT, one_for_both, TWINS), in_words(Code.LOST, one_for_both, TWINS):
        run.expect_result(greetings[::-1] if in_other_order else greetings)
    quiet = world.operation("say", 0.0, answer=lambda _caller, _delay: "")
    run = attempt.greet_all([0.01, 0.01], quiet)
    run.expect_operations("say", 2, EMPTY)
    with in_words(Code.LOST, "Two people said an empty text, and not both of their greetings came back", EMPTY):
        run.expect_result(["", ""])
    run = attempt.scenario.in_turn([0.01, 0.02], [0.01, 0.02])
    fresh = run.value == [[f"{call}: hello after {delay}" for delay in (0.01, 0.02)] for call in (1, 2)]
    run.expect(fresh, Code.WRONG_RESULT, "A second call did not return just the greetings of its own", OF_EACH_CALL)


@pytest.mark.points(1)
def test_an_exception_reaches_the_caller(attempt, world):
    """If a greeting fails, the exception reaches the caller: by itself, or in the ExceptionGroup of a TaskGroup."""
    delays, refused = [0.25, 0.02, 0.30], ConnectionError("nobody at home")  # who fails is not the first, and is soon
    run = attempt.greet_all(delays, greeter(world, lambda delay: refused if delay == min(delays) else None))
    run.expect_raised("ExceptionGroup" if run.raised("ExceptionGroup") else "ConnectionError")
    run.expect_error_names("nobody at home")
    run.expect_operations("say", len(delays))


@pytest.mark.points(1)
def test_nobody_to_greet(attempt, world):
    """With nobody to greet, the list is empty."""
    attempt.greet_all([], greeter(world)).expect_result([])


@pytest.mark.points(2)
def test_one_thread_and_nothing_left(attempt, world):
    """One thread waits for all of them at the same time, uses no core for it, and nothing is left running."""
    delays = [0.15] * 12  # more than the race has: all of them, however many
    run = attempt.greet_all(delays, greeter(world))
    run.expect_nothing_left()
    run.expect_threads(at_most=1)
    run.expect_in_flight(at_least=len(delays))
    run = attempt.greet_all([0.3], greeter(world))
    run.expect_rest()


@pytest.mark.points(4)
def test_ten_greetings_take_little_longer_than_one(race, world):
    """Ten greetings come at least 3.5 times faster: they are waited for at the same time."""

    def ten_greetings(_scale):
        # The first is ready long before the others: who awaits only that one does not get the others by luck.
        say, delays = greeter(world), [0.030, *(0.060 + 0.0005 * number for number in (9, 1, 7, 0, 5, 8, 2, 6, 4))]
        return Inputs((delays, say), lambda: [say.answer_to(delay) for delay in delays])

    race.run("greet_all", ten_greetings, at_least=9)
