# LOST: the list of answers is each process's own copy.
# Says: has memory of its own
from multiprocessing import get_context

Process = get_context("fork").Process


def run_both(job_a, job_b):
    answers = [None, None]

    def keep(place, job):
        answers[place] = job()

    processes = [Process(target=keep, args=pair) for pair in enumerate((job_a, job_b))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return tuple(answers)
