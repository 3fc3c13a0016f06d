import pytest

from checker.checks import Inputs


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


LONG_S = 0.8
"""Longer than anybody would wait who knows the other jobs, and does not ask whether this one is done."""


@pytest.mark.points(2)
def test_an_exception_reaches_the_caller(attempt, world):
    """If a job fails, its exception reaches the caller, and nothing is left running."""
    fine, failing = (0.25, None), (0.03, ConnectionError("the line is down"))
    for first, second in ((failing, fine), (fine, failing)):
        run = attempt.run_both(world.operation("job_a", *first), world.operation("job_b", *second))
        run.expect_raised("ConnectionError")
        run.expect_nothing_left()


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
