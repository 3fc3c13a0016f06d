# WRONG_RESULT: a dict at the top of the file still has the answer of an earlier call.
# Says: Make it inside `run_both`
import threading

answers = {}


def run_both(job_a, job_b):
    errors = {}

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors[name] = error

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    if "a" not in answers:
        raise errors["a"]
    if "b" not in answers:
        raise errors["b"]
    return answers["a"], answers["b"]
