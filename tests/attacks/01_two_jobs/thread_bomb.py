# 42: starts thousands of threads
import threading
import time


def run_both(job_a, job_b):
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
    return job_a(), job_b()
