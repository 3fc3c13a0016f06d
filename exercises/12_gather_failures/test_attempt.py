import pytest

from checker.checks import AnError, Bounds, Code, Inputs, in_words, of_each_call

CALL_S = 0.60
"""Whoever is held up for half of it may be cancelled too late: when the calls have been answered."""
WAITS_FOR_ALL = (
    "Whoever is cancelled waits until all of its calls have ended. `gather` without `return_exceptions=True` waits "
    "only for the first of them, `asyncio.wait` and `await task` leave others alone, and `cancel()` only asks."
)


@pytest.mark.points(1)
def test_without_failures_all_results_are_there(attempt, world):
    """When nothing fails, calls are made at the same time, and all results are there in the order of the calls."""
    late, soon = world.operation("late", 0.25), world.operation("soon", 0.15)
    run = attempt.collect([late, soon])
    run.expect_result(([late.answer, soon.answer], []))
    run.expect_nothing_left()
    run.expect_threads(at_most=1)
    run.expect_in_flight(at_least=2)
    run = attempt.all_or_nothing([late, soon])
    run.expect_result([late.answer, soon.answer])
    run.expect_in_flight(at_least=2)
    run = attempt.collect([late] * MANY)
    run.expect_operations("late", MANY)
    run.expect_in_flight(at_least=MANY)
    attempt.all_or_nothing([late] * MANY).expect_in_flight(at_least=MANY)
    attempt.collect([]).expect_result(([], []))
    attempt.all_or_nothing([]).expect_result([])
    nothing = world.operation("nothing", 0.0, answer=lambda _caller: None)
    attempt.all_or_nothing([nothing, nothing]).expect_result([None, None])
    run = attempt.scenario.all_or_nothing_in_turn()
    fresh = run.value[::2] == ["2 results", "1 results"]  # how the failure between them ends, others ask
    run.expect(fresh, Code.WRONG_RESULT, OF_THE_THREE, OF_EACH_CALL)


OF_THE_THREE = "Of three calls of all_or_nothing, one told what came of another"
OF_EACH_CALL = of_each_call("all_or_nothing")
MANY = 20
"""Calls at once: more than the race has."""


@pytest.mark.points(1)
def test_collect_keeps_every_result_and_every_error(attempt, world):
    """collect keeps every result and every error, each in the order of the calls."""
    late, soon = world.operation("late", 0.15), world.operation("soon", 0.02)
    no_line = world.operation("no line", 0.12, error=ConnectionError("no line"))
    no_paper = world.operation("no paper", 0.02, error=ValueError("no paper"))
    nothing = world.operation("nothing", 0.05, answer=lambda _caller: None)
    one, other = AnError(type="ConnectionError"), AnError(type="ValueError")
    attempt.collect([soon, no_paper]).expect_result(([soon.answer], [other]))
    attempt.collect([no_paper]).expect_result(([], [other]))
    run = attempt.scenario.collect([late, no_line, soon, no_paper, nothing, no_line])
    run.expect_result([late.answer, soon.answer, None, one, other, one])
    run.expect_operations("no line", 2)
    run = attempt.scenario.collect_in_turn()
    run.expect(run.value == [[1, 1], [1, 0]], Code.WRONG_RESULT, OF_ANOTHER, of_each_call("collect"))


OF_ANOTHER = "In a second call of collect one call was made, and it did not return just one result and no error"


@pytest.mark.points(1)
def test_the_group_holds_every_error_that_happened(attempt, world):
    """all_or_nothing makes its calls at the same time, and raises an ExceptionGroup with every error that happened."""
    # The others do not let themselves be stopped: when the printer has failed already, both fail too, in one way.
    printer = world.operation("printer", 0.15, error=ConnectionError("the printer is on fire"))
    mailer = world.operation("mailer", 0.30, error=ValueError("the mailer lost a letter"), stubborn=True)
    copier = world.operation("copier", 0.30, error=ValueError("the copier is out of paper"), stubborn=True)
    run = attempt.all_or_nothing([printer, mailer, copier])
    run.expect_raised("ExceptionGroup")
    failed = [span.name for span in run.observed.spans if span.outcome == "failed"]
    run.expect_error_names(*failed)
    run.expect_in_flight(at_least=2)


@pytest.mark.points(2)
def test_the_others_are_cancelled_and_have_tidied_up(attempt, world):
    """If a call fails, all_or_nothing cancels the others that are under way, and waits until they have tidied up."""
    quick, failing = world.operation("quick", 0.12), world.operation("failing", 0.16, error=ConnectionError("no line"))
    slow = world.operation("slow", 0.60, cleanup_s=0.04)
    run = attempt.all_or_nothing([quick, failing, slow, slow])
    run.expect_raised("Exception")
    run.expect_nothing_left()
    run.expect_not_waiting_for("slow")
    run.expect_tidied_up("slow")
    run.expect_raised("ExceptionGroup")
    run.expect_error_names("no line")
    run.expect_in_flight(at_least=3)


@pytest.mark.points(1)
def test_cancelled_from_outside(attempt, world):
    """Cancelled from outside, both functions cancel their calls, wait for them, and let the cancellation pass."""
    tidy = world.operation("tidy", CALL_S, cleanup_s=0.02)
    untidy = world.operation("untidy", CALL_S, cleanup_s=0.15)
    moment = world.moment("tidy", "untidy")  # not one of the operations that must be side by side
    for cancel in (attempt.scenario.collect_cancelled, attempt.scenario.all_or_nothing_cancelled):
        run = cancel([tidy, untidy], moment).within(CALL_S / 2)
        run.expect_raised("CancelledError")
        with in_words(Code.LEAK_TASK, "It was cancelled, and over while calls still had work to do", WAITS_FOR_ALL):
            run.expect_nothing_left()
        run.expect_tidied_up("tidy")
        run.expect_tidied_up("untidy")
        run.expect_in_flight()
        run.expect_side_by_side()


@pytest.mark.points(2)
def test_collect_is_three_times_faster(race, world):
    """Twelve calls, of which three fail, take little longer than one: at least 3 times faster."""

    def twelve_calls(_scale):
        refused, fails = ConnectionError("refused"), (2, 3, 9)
        # The first failure is early: who cancels everything then has lost the others for certain. And the last call
        # ends before others: who keeps results in the order of their ends has it out of place for certain.
        takes_s = {fails[0]: 0.02, 12: 0.03}
        calls = [
            world.operation(f"call-{n}", takes_s.get(n, 0.05), refused if n in fails else None) for n in range(1, 13)
        ]
        worked = [call for n, call in enumerate(calls, 1) if n not in fails]
        return Inputs((calls,), lambda: [*(call.answer for call in worked), *[AnError(type="ConnectionError")] * 3])

    race.run("collect", twelve_calls, driver="scenario.py", at_least=10)  # two of the twelve are over early


@pytest.mark.points(2)
def test_a_failure_ends_all_or_nothing_at_once(race, world):
    """all_or_nothing ends when the first call fails, wherever in the list it is: at least 3 times faster."""

    def the_last_one_fails(_scale):
        slow, quick = world.operation("slow", 0.50), world.operation("quick", 0.05)
        failing = world.operation("failing", 0.05, error=ConnectionError("refused"))
        return Inputs(([slow, quick, failing],), lambda: [AnError(type="ConnectionError")])

    bounds = Bounds(serial_s=0.60, wrong_s=0.50, least_s=0.05, wrong_width=1)
    race.run("all_or_nothing", the_last_one_fails, driver="scenario.py", bounds=bounds)
