# 40: leaves a detached process behind that burns a core
import os
import time


def run_both(job_a, job_b):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            end = time.time() + 30
            while time.time() < end:
                pass
        os._exit(0)
    return job_a(), job_b()
