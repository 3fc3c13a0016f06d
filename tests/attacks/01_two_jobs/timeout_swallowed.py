# 38: catches whatever should end it
import time


def run_both(job_a, job_b):
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass
