# WRONG_RESULT: two jobs of one name have one answer.
# Says: a place of its own
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(job):
        try:
            answers[job.__name__] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=(job,)) for job in (job_a, job_b)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if errors:
        raise errors[0]
    return answers[job_a.__name__], answers[job_b.__name__]
