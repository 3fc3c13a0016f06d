# DUPLICATE: what fails is tried three times.
# Says: no job is called twice
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        for attempt in range(3):
            try:
                answers[name] = job()
                return
            except Exception as error:
                last = error
        errors.append(last)

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
