# CRASHED: heapq is not imported.
# Says: `import heapq` is missing
"""Run some tasks, which take turns."""

import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    """Return, in the order of the tasks, what each task returned, or the exception that ended it."""
    source, more = iter(tasks), True
    results = []
    ready = deque()
    sleepers = []
    try:
        while more or ready or sleepers:
            if more:
                try:
                    task = next(source)
                except StopIteration:
                    more = False
                else:
                    ready.append((len(results), task))
                    results.append(None)
            while sleepers and sleepers[0][0] <= time.monotonic():
                _, place, task = heapq.heappop(sleepers)
                ready.append((place, task))
            if not ready:
                if sleepers:
                    time.sleep(max(0, sleepers[0][0] - time.monotonic()))
                continue
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
                    heapq.heappush(sleepers, (time.monotonic() + wish.seconds, place, task))
    finally:
        for _, task in ready:
            task.close()
        for _, _, task in sleepers:
            task.close()
    return results
