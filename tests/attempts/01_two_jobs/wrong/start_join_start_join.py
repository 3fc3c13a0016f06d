# SERIAL: each thread is joined before the next is started.
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []
    for name, job in (("a", job_a), ("b", job_b)):

        def work(name=name, job=job):
            try:
                answers[name] = job()
            except Exception as error:
                errors.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
