# HANG: right for a list of tasks; it takes all of a source before it begins.
# Says: Take one task, give a turn
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    jobs = []
    results = []
    for i, task in enumerate(tasks):
        jobs.append([i, task, 0])
        results.append(None)
    while jobs:
        for job in list(jobs):
            i, task, wake = job
            if time.monotonic() < wake:
                continue
            try:
                wish = next(task)
            except StopIteration as stop:
                results[i] = stop.value
                jobs.remove(job)
            except Exception as error:
                results[i] = error
                jobs.remove(job)
            else:
                if wish is not None:
                    job[2] = time.monotonic() + wish.seconds
        time.sleep(0.001)
    return results
