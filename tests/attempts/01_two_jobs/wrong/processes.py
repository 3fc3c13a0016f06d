# CRASHED: the dict of answers is each process's own copy.
# Says: has memory of its own
"""Two jobs at the same time."""

from collections.abc import Callable
from multiprocessing import get_context

Process = get_context("fork").Process


def run_both(job_a: Callable[[], str], job_b: Callable[[], str]) -> tuple[str, str]:
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answers = {}
    errors = []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    a = Process(target=keep, args=("a", job_a))
    b = Process(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
