# WRONG_RESULT: an empty text counts as false, so `or` makes None of it.
# Says: an empty text is an answer
import threading


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=each) for each in (("a", job_a), ("b", job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return answers["a"] or None, answers["b"] or None
