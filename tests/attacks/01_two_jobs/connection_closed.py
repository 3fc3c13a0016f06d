# own: closes every descriptor that it has, and hangs.
import os
import time


def run_both(job_a, job_b):
    os.closerange(3, 64)
    time.sleep(8)
    return job_a(), job_b()
