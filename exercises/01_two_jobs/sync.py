"""Two jobs, one after the other."""

from collections.abc import Callable


def run_both(job_a: Callable[[], str], job_b: Callable[[], str]) -> tuple[str, str]:
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answer_a = job_a()
    answer_b = job_b()
    return answer_a, answer_b
