# SERIAL: run() calls the function in the caller's thread.
# Says: `start()` lets the new thread call it
from threading import Thread
answers = {}
def keep(name, job):
    answers[name] = job()
def run_both(job_a, job_b):
    a = Thread(target=keep, args=("a", job_a))
    b = Thread(target=keep, args=("b", job_b))
    a.run()
    b.run()
    return answers["a"], answers["b"]
