# CRASHED: Python takes the name of an `except` away at its end.
# Says: only until the end of its block
from concurrent.futures import ThreadPoolExecutor


def run_both(job_a, job_b):
    failed = False
    with ThreadPoolExecutor(2) as pool:
        a, b = pool.submit(job_a), pool.submit(job_b)
        try:
            answers = a.result(), b.result()
        except Exception as error:
            failed = True
    if failed:
        raise error
    return answers
