# SWALLOWED: a `return` in a `finally` throws the exception away.
# Says: The `return` in line 25 stands in a `finally`
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    try:
        a.join()
        b.join()
        if errors:
            raise errors[0]
    finally:
        return answers.get("a"), answers.get("b")
