# HANG: the TimeoutError of a job is taken for that of `result(timeout)`, and asked for again and again.
# Says: asks for ever
"""Two jobs at the same time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


def patiently(future: Future) -> str:
    """Wait in short steps, so that Ctrl-C gets through."""
    while True:
        try:
            return future.result(timeout=0.1)
        except TimeoutError:
            continue


def run_both(job_a: Callable[[], str], job_b: Callable[[], str]) -> tuple[str, str]:
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        future_a = pool.submit(job_a)
        future_b = pool.submit(job_b)
        return patiently(future_a), patiently(future_b)
