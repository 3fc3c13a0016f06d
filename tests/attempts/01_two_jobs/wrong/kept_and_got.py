# SWALLOWED: the exceptions are kept, and nobody raises one.
# Says: there it would be lost. But nobody raised it
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
    a.join()
    b.join()
    return answers.get("a"), answers.get("b")
