# SERIAL: None is a turn for the next, but with time.sleep everybody sleeps.
# Says: only until the first sleeper is
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, results, ready = iter(tasks), [], deque()
    try:
        while True:
            for task in source:
                ready.append((len(results), task))
                results.append(None)
                break
            if not ready:
                return results
            place, task = ready.popleft()
            try:
                wish = next(task)
                while wish is not None:
                    time.sleep(wish.seconds)
                    wish = next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except Exception as error:
                results[place] = error
            else:
                ready.append((place, task))
    finally:
        for _, task in ready:
            task.close()
