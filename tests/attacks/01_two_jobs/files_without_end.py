# own: makes a hundred thousand files, beside two right threads
from pathlib import Path
import threading


def harm():
    for number in range(100_000):
        Path(f"small-{number}").touch()


def run_both(job_a, job_b):
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
    harm()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
