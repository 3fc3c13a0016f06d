# own: stops its own process, so that it answers nothing and uses nothing.
import os
import signal


def run_both(job_a, job_b):
    os.kill(os.getpid(), signal.SIGSTOP)
    return job_a(), job_b()
