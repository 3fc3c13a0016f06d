# own: sets the mode of a file that every scenario imports (to the one that it has), beside two right threads
import importlib.util
import os
import threading


def harm():
    path = importlib.util.find_spec("checker.attempt.awaited").origin
    before = os.stat(path)
    os.chmod(path, before.st_mode & 0o7777)
    if os.stat(path).st_ctime_ns == before.st_ctime_ns:
        raise PermissionError("it only seemed to be done")


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
