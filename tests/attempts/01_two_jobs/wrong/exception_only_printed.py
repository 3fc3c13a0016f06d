# SWALLOWED: an exception ends the thread, Python prints it, and the caller gets None.
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
    return answers.get("a"), answers.get("b")
