from collections import Counter
from contextlib import nullcontext

import pytest

from checker.checks import Code, Inputs, in_words, of_each_call


@pytest.mark.points(2)
def test_both_answers_come_back_in_order(attempt, world):
    """Both answers of two jobs that run at the same time come back, job_a's first, however late each of them is."""
    job_a, job_b = world.operation("job_a", 0.20), world.operation("job_b", 0.12)
    run = attempt.run_both(job_a, job_b)
    run.expect_result((job_a.answer, job_b.answer))
    run.expect_in_flight(at_least=2)
    short, long = world.operation("short", 0.05), world.operation("long", LONG_S)
    run = attempt.run_both(short, long)
    run.expect_result((short.answer, long.answer))
    run.expect_in_flight(at_least=2)
    run = attempt.scenario.in_turn(["", "ready"])
    run.expect(run.value == [["", "ready"]], Code.WRONG_RESULT, ONE_FUNCTION, BY_PLACE)


LONG_S = 1.6
"""Longer than anybody would wait who knows the other jobs, and does not ask whether this one is done."""


@pytest.mark.points(2)
def test_an_exception_reaches_the_caller(attempt, world):
    """If a job fails, its exception reaches the caller, and nothing is left running."""
    fine, down, bad = (0.25, None), (0.03, ConnectionError("the line is down")), (0.03, ValueError("no number"))
    late, soon = (0.03, TimeoutError("the job's own")), (0.05, None)  # whoever waits may have a time limit, too
    for first, second, kind in (
        (down, fine, "ConnectionError"),
        (fine, bad, "ValueError"),
        (bad, bad, "ValueError"),
        (late, soon, "TimeoutError"),
    ):
        run = attempt.run_both(world.operation("job_a", *first), world.operation("job_b", *second))
        times = Counter(span.name for span in run.observed.spans)
        # No job raises a RuntimeError: what was done wrong with a thread comes first.
        both = len(times) != 1 or run.raised(kind) or run.raised("RuntimeError")
        run.expect(both, Code.WORK_SKIPPED, f"Of the two jobs only {''.join(times)} was called", EACH_ITS_OWN)
        with in_words(Code.HANG, NEVER_BACK, NOT_THE_LIMIT) if kind == "TimeoutError" else nullcontext():
            run.expect_raised(kind)
        run.expect_nothing_left()
        again = len(times) == 2 and max(times.values()) > 1  # who never calls one of them has another mistake
        run.expect(not again, Code.DUPLICATE, "A job that had failed was called again", NOT_AGAIN)
    for answers, right in ((["a", "b"], ["a", "b"]), ([None, "b"], "IndexError")):
        run = attempt.scenario.in_turn(answers)
        as_raised = right != "IndexError" or run.value != ["another IndexError"]
        run.expect(as_raised, Code.WRONG_RESULT, "The exception that came is not the one that a job had raised", ITSELF)
        run.expect(run.value == [right], Code.WRONG_RESULT, NOT_AS_ONE, BY_PLACE)
    run = attempt.scenario.in_turn([None, "b"], ["a", "b"], [None, "b"])
    run.expect(run.value == ["IndexError", ["a", "b"], "IndexError"], Code.WRONG_RESULT, OF_ANOTHER, OF_EACH_CALL)


ONE_FUNCTION = "Two jobs that are one function, with the answers '' and 'ready', do not give both of them"
NOT_AS_ONE = "Two jobs that are one function do not come to what each of its two calls has come to"
BY_PLACE = (
    "Each answer has a place of its own: what is found by the job, or by its name, is the same for both. And an empty "
    "text is an answer: whether a job has failed, only its exception tells."
)
ITSELF = (
    "Keep the exception that you catch, and raise that one: a new one of its type has lost what else is in it, and not "
    "every type can be called with the same arguments."
)
NEVER_BACK = "A job raised a TimeoutError of its own, and run_both never came back"
NOT_THE_LIMIT = (
    "`result(timeout=...)` raises a TimeoutError when the time is up, and what the job has raised looks just the same: "
    "who asks again then asks for ever. Wait without a limit, or look whether the future is `done()`."
)
EACH_ITS_OWN = "Look at what each thread gets to do: one of them calls job_a, and the other one job_b."
NOT_AGAIN = "Whoever gets the exception decides whether to try again: no job is called twice."
OF_ANOTHER = "Of three calls in one process only the second went well, and one of them told what another had come to"
OF_EACH_CALL = of_each_call("run_both")


@pytest.mark.points(1)
def test_no_thread_is_left(attempt, world):
    """When the answers are there, no thread is left."""
    run = attempt.run_both(world.operation("job_a", 0.02), world.operation("job_b", 0.05))
    run.expect_nothing_left()


@pytest.mark.points(5)
def test_two_jobs_take_little_longer_than_one(race, world):
    """Two jobs take little longer than one: they run at the same time."""

    def two_jobs(_scale):
        job_a, job_b = world.operation("job_a", 0.30), world.operation("job_b", 0.30)
        return Inputs((job_a, job_b), lambda: (job_a.answer, job_b.answer))

    race.run("run_both", two_jobs)
