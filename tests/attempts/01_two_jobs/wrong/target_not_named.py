# CRASHED: the first argument of Thread is a group, not the function.
# Says: `Thread(target=f)`
import threading
def run_both(job_a, job_b):
    a = threading.Thread(job_a)
    b = threading.Thread(job_b)
    a.start(); b.start()
    a.join(); b.join()
    return a, b
