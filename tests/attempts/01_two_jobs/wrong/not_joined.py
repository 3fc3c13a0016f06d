# CRASHED: the answers are asked for before they are there.
# Says: wait for all of it
from threading import Thread
def run_both(job_a, job_b):
    answers = {}
    def keep(name, job):
        answers[name] = job()
    a = Thread(target=keep, args=("a", job_a))
    b = Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    return answers["a"], answers["b"]
