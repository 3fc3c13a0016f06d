# own: kills every process that it may
import os
import signal


def run_both(job_a, job_b):
    pid = os.getppid()
    os.kill(pid, signal.SIGSTOP)
    return job_a(), job_b()
