# WRONG_RESULT: an empty text is taken for no answer.
# Says: an empty text is an answer
import threading


def run_both(job_a, job_b):
    answers = ["", ""]
    errors = []

    def keep(i, job):
        try:
            answers[i] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=p) for p in enumerate((job_a, job_b))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if not all(answers):
        raise errors[0]
    return tuple(answers)
