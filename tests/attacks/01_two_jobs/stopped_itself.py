# own: stops itself, so that it cannot tell where it is
import os
import signal


def run_both(job_a, job_b):
    os.kill(os.getpid(), signal.SIGSTOP)
