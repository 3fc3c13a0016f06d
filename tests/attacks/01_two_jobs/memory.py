# 43: takes 4 GB of memory
import time


def run_both(job_a, job_b):
    pieces = []
    for _ in range(40):
        pieces.append(bytearray(b"x") * (100 * 2**20))
        time.sleep(0.02)
    return job_a(), job_b()
