# WRONG_RESULT: two jobs that are one function have one answer.
# Says: a place of its own
import threading


def run_both(job_a, job_b):
    answers, errors = {}, {}

    def keep(job):
        try:
            answers[job] = job()
        except Exception as error:
            errors[job] = error

    threads = [threading.Thread(target=keep, args=(job,)) for job in (job_a, job_b)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for error in errors.values():
        raise error
    return answers[job_a], answers[job_b]
