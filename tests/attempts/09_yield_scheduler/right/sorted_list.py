# A sorted list of sleepers, and an object for each task.
import bisect
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


class Job:
    def __init__(self, task):
        self.task, self.due, self.result = task, 0.0, None


def run(tasks):
    source = iter(tasks)
    jobs, ready, asleep = [], [], []
    more = True
    try:
        while more or ready or asleep:
            if more:
                try:
                    job = Job(next(source))
                except StopIteration:
                    more = False
                else:
                    jobs.append(job)
                    ready.append(job)
            now = time.monotonic()
            while asleep and asleep[0].due <= now:
                ready.append(asleep.pop(0))
            if ready:
                job = ready.pop(0)
                try:
                    wish = job.task.send(None)
                except StopIteration as stop:
                    job.result = stop.value
                except Exception as error:
                    job.result = error
                else:
                    if wish is None:
                        ready.append(job)
                    else:
                        job.due = time.monotonic() + wish.seconds
                        bisect.insort(asleep, job, key=lambda job: job.due)
            elif asleep and not more:
                time.sleep(max(0, asleep[0].due - time.monotonic()))
        return [job.result for job in jobs]
    finally:
        for job in jobs:
            job.task.close()
