# CRASHED: start is named, and not called: no thread does anything.
# Says: only names `a.start`
from threading import Thread


def run_both(job_a, job_b):
    answers = {}

    def run(name, job):
        answers[name] = job()

    a = Thread(target=run, args=("a", job_a))
    b = Thread(target=run, args=("b", job_b))
    a.start
    b.start
    a.join
    b.join
    return answers["a"], answers["b"]
