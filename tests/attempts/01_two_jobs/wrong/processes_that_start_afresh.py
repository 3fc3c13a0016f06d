# PICKLE: what a job waits for is in this process.
# Says: A thread, or a task, of this process can call it
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def run_both(job_a, job_b):
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        first, second = pool.submit(job_a), pool.submit(job_b)
        return first.result(), second.result()
