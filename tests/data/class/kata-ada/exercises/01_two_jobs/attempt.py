"""Two jobs, each in a thread of its own."""

import threading


def run_both(job_a, job_b):
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=pair) for pair in (("a", job_a), ("b", job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
