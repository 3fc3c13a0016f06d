# SWALLOWED: the exception is kept, and comes back as an answer.
# Says: `raise` it again
import threading
def run_both(job_a, job_b):
    answers = {}
    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            answers[name] = error
    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start(); b.start()
    a.join(); b.join()
    return answers["a"], answers["b"]
