# CRASHED: raised if there is one failure, and there are two.
# Says: Look first whether there is a failure
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
    a.join()
    b.join()
    if len(errors) == 1:
        raise errors[0]
    return answers["a"], answers["b"]
