# LEAK_THREAD: join() gives up after 0.1 seconds.
# Says: whether or not the thread has ended
import threading


def run_both(job_a, job_b):
    results, errors = [None, None], []

    def run(i, job):
        try:
            results[i] = job()
        except Exception as e:
            errors.append(e)

    threads = [threading.Thread(target=run, args=(i, j)) for i, j in enumerate((job_a, job_b))]
    for t in threads:
        t.start()
    for t in threads:
        t.join(timeout=0.1)
    if errors:
        raise errors[0]
    return tuple(results)
