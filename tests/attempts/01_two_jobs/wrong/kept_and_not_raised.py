# CRASHED: the exceptions are kept, and nobody looks at them.
# Says: Look first whether there is a failure
import threading
answers = {}
errors = []
def keep(name, job):
    try:
        answers[name] = job()
    except Exception as error:
        errors.append(error)
def run_both(job_a, job_b):
    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    return answers["a"], answers["b"]
