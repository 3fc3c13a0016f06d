# own: writes half of a frame to every descriptor that it has
import os


def run_both(job_a, job_b):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff garbage {")
        except OSError:
            pass
    return job_a(), job_b()
