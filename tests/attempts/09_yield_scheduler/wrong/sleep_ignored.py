# WRONG_RESULT: whatever a task yields, it is called again at once.
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
                next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except Exception as error:
                results[place] = error
            else:
                ready.append((place, task))
    finally:
        for _, task in ready:
            task.close()
