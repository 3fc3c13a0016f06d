# SWALLOWED: the caller gets a KeyError instead of the job's own exception.
import threading


def run_both(job_a, job_b):
    answers = {}

    def keep(name, job):
        answers[name] = job()

    threads = [threading.Thread(target=keep, args=pair) for pair in (("a", job_a), ("b", job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers["a"], answers["b"]
