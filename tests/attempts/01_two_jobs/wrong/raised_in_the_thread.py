# SWALLOWED: raised again, but in the thread.
# Says: ends the thread, and nobody else hears of it
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)
            raise

    a = threading.Thread(target=keep, args=("a", job_a))
    b = threading.Thread(target=keep, args=("b", job_b))
    a.start()
    b.start()
    a.join()
    b.join()
    return answers.get("a"), answers.get("b")
