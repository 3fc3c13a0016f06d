# No heap and no deque: round after round over a list of all that have begun.
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


class Job:
    def __init__(self, task):
        self.task, self.wakes_s, self.done, self.result = task, 0.0, False, None

    def turn(self):
        try:
            wish = self.task.send(None)
        except StopIteration as stop:
            self.done, self.result = True, stop.value
        except Exception as error:
            self.done, self.result = True, error
        else:
            self.wakes_s = 0.0 if wish is None else time.monotonic() + wish.seconds


def run(tasks):
    source, jobs, alive, more = iter(tasks), [], [], True
    try:
        while more or alive:
            if more:
                try:
                    job = Job(next(source))
                    jobs.append(job)
                    alive.append(job)
                except StopIteration:
                    more = False
            now = time.monotonic()
            for job in alive:
                if job.wakes_s <= now:
                    job.turn()
            alive = [job for job in alive if not job.done]
            if alive and not more:
                time.sleep(max(0.0, min(job.wakes_s for job in alive) - time.monotonic()))
    finally:
        for job in alive:
            job.task.close()
    return [job.result for job in jobs]
