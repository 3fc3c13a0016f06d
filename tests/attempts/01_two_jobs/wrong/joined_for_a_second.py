# CRASHED: join() gives up after a second.
# Says: had no answer yet
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
    a.join(timeout=1)
    b.join(timeout=1)
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
