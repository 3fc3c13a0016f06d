# 42: starts processes that start processes
import os
import time


def run_both(job_a, job_b):
    end = time.time() + 5
    for _ in range(9):
        os.fork()
    while time.time() < end:
        time.sleep(0.1)
