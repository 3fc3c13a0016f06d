# 43: opens files until there are no more
import os


def run_both(job_a, job_b):
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(100_000)]
    return job_a(), job_b(), len(opened)
