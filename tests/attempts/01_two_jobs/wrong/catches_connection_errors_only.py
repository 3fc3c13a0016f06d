# SWALLOWED: any other exception ends its thread.
# Says: ValueError: no number
import threading
import time


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except ConnectionError as error:
            errors.append(error)

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
