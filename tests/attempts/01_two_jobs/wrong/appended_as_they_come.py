# ORDER: the answers are in the order of coming.
# Says: another order than they were asked for
import threading


def run_both(job_a, job_b):
    answers, errors = [], []

    def keep(job):
        try:
            answers.append(job())
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=(job,)) for job in (job_a, job_b)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if errors:
        raise errors[0]
    return answers[0], answers[1]
