# WRONG_RESULT: a list, where a tuple is asked for.
# Says: a list, where a tuple is asked for
from concurrent.futures import ThreadPoolExecutor


def run_both(job_a, job_b):
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(job) for job in (job_a, job_b)]
    return [future.result() for future in futures]
