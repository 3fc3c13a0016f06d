# SERIAL: sleepers have a queue of their own, and are slept for one by one.
# Says: only until the first sleeper is
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, results, ready, sleepers = iter(tasks), [], deque(), deque()
    try:
        while True:
            for task in source:
                ready.append((len(results), task))
                results.append(None)
                break
            if not ready and not sleepers:
                return results
            if sleepers:
                seconds, place, task = sleepers.popleft()
                time.sleep(seconds)
                ready.append((place, task))
            place, task = ready.popleft()
            try:
                wish = next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except Exception as error:
                results[place] = error
            else:
                if wish is None:
                    ready.append((place, task))
                else:
                    sleepers.append((wish.seconds, place, task))
    finally:
        for *_, task in [*ready, *sleepers]:
            task.close()
