# CRASHED: an empty list has no places yet, which ends both threads.
# Says: An exception ended a thread (IndexError: list assignment index out of range)
import threading


def run_both(job_a, job_b):
    answers, failures = [], []

    def keep(place, job):
        try:
            answer = job()
        except Exception as error:
            failures.append(error)
        else:
            answers[place] = answer

    threads = [threading.Thread(target=keep, args=each) for each in enumerate((job_a, job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure
    return answers[0], answers[1]
