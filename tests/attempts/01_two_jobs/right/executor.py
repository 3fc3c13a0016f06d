# A pool of two: its futures keep answers and exceptions.
from concurrent.futures import ThreadPoolExecutor


def run_both(job_a, job_b):
    with ThreadPoolExecutor(2) as pool:
        future_a, future_b = pool.submit(job_a), pool.submit(job_b)
    return future_a.result(), future_b.result()
