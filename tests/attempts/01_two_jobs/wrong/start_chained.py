# CRASHED: start() gives back None, and None cannot be joined.
# Says: `start()` gives back None
from threading import Thread
def run_both(job_a, job_b):
    t1 = Thread(target=job_a).start()
    t2 = Thread(target=job_b).start()
    a = t1.join()
    b = t2.join()
    return a, b
