# 39: leaves a process behind that has detached itself twice
import os
import time


def run_both(job_a, job_b):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            time.sleep(60)
        os._exit(0)
    return job_a(), job_b()
