# UNDER_USED: the eleventh task is taken only when one of ten has ended.
# Says: all of them sleep at the same time
import heapq
import time
from collections import deque

MAX_TASKS = 10


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    results = []
    ready = deque()
    sleepers = []
    source = iter(tasks)
    more = True
    try:
        while more or ready or sleepers:
            if more and len(ready) + len(sleepers) < MAX_TASKS:
                try:
                    task = next(source)
                except StopIteration:
                    more = False
                else:
                    ready.append((len(results), task))
                    results.append(None)
            now = time.monotonic()
            while sleepers and sleepers[0][0] <= now:
                _, place, task = heapq.heappop(sleepers)
                ready.append((place, task))
            if ready:
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
            elif sleepers:
                time.sleep(max(0, sleepers[0][0] - time.monotonic()))
    finally:
        for _, task in ready:
            task.close()
        for _, _, task in sleepers:
            task.close()
    return results
