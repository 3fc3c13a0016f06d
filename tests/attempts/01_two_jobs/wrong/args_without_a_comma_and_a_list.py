# SWALLOWED: (job_a) is no tuple: no job is ever called.
# Says: ended a thread
# Says: `(job_a,)`
import threading


def run_both(job_a, job_b):
    answers = []

    def keep(job):
        answers.append(job())

    a = threading.Thread(target=keep, args=(job_a))
    b = threading.Thread(target=keep, args=(job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    return tuple(answers)
