# CRASHED: a sleep in place of the joins: a job that takes longer is not waited for.
import threading
import time


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    time.sleep(0.35)
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
