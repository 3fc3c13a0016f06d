# own: asks with a set of integers that all have the same hash, beside two right threads
import threading


def harm(ask):
    ask({k * (2**61 - 1) for k in range(3000)})


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
    harm(job_a)
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
