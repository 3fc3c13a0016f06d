# 46: reads the environ of its parents
import os


def run_both(job_a, job_b):
    pid, found = os.getppid(), 0
    for _ in range(4):
        with open(f"/proc/{pid}/environ", "rb") as file:
            found += len(file.read(10))
        with open(f"/proc/{pid}/stat") as file:
            pid = int(file.read().rsplit(")")[-1].split()[1])
    return job_a(), job_b()
