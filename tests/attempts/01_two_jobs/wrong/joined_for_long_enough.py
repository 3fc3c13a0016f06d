# CRASHED: the joins give up after 0.4 seconds each.
import threading


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
    a.join(timeout=0.4)
    b.join(timeout=0.4)
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
