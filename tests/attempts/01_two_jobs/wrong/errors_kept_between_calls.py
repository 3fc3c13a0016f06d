# WRONG_RESULT: a list at the top of the file still has the failure of an earlier call.
# Says: Make it inside `run_both`
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
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
