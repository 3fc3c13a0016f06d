# LOST: a thread has no return value to ask for.
import threading


def run_both(job_a, job_b):
    a, b = threading.Thread(target=job_a), threading.Thread(target=job_b)
    a.start(), b.start()
    return a.join(), b.join()
