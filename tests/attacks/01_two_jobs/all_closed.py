# own: closes every descriptor that it has
import os


def run_both(job_a, job_b):
    os.closerange(3, 100)
    return job_a(), job_b()
