# CRASHED: gather needs the loop that asyncio.run would make.
# Says: `asyncio.run` makes an event loop
"""Two jobs, one after the other."""

import asyncio
from collections.abc import Callable


def run_both(job_a: Callable[[], str], job_b: Callable[[], str]) -> tuple[str, str]:
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answer_a, answer_b = asyncio.run(
        asyncio.gather(asyncio.to_thread(job_a), asyncio.to_thread(job_b))
    )
    return answer_a, answer_b
