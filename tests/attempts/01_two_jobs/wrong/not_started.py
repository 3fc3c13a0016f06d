# CRASHED: a thread that was never started.
# Says: Call `start()` before it
import threading
def run_both(job_a, job_b):
    answers = {}
    def keep(name, job):
        answers[name] = job()
    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.join(); b.join()
    return answers["a"], answers["b"]
