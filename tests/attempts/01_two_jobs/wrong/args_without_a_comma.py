# CRASHED: (job) is no tuple: a comma makes one.
# Says: ended a thread
# Says: `(job_a,)`
from threading import Thread


def run_both(job_a, job_b):
    answers = {}

    def keep_a(job):
        answers["a"] = job()

    def keep_b(job):
        answers["b"] = job()

    threads = [Thread(target=keep_a, args=(job_a)), Thread(target=keep_b, args=(job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers["a"], answers["b"]
