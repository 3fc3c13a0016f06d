# WORK_SKIPPED: the second thread is a copy of the first, and gets job_a as well.
"""Two jobs, one after the other."""

import threading
from collections.abc import Callable


def run_both(job_a: Callable[[], str], job_b: Callable[[], str]) -> tuple[str, str]:
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answers = {}
    errors = []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_a))
    a.start()
    b.start()
    a.join()
    b.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
