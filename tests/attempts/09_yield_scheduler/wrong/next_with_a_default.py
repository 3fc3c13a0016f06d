# HANG: a task that has ended is taken for one that yields None, for ever.
# Says: kept a core busy
import heapq
import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    results, ready, sleepers = [], deque(), []
    source, more = iter(tasks), True
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
            if ready:
                place, task = ready.popleft()
                try:
                    wish = next(task, None)
                except StopIteration as stop:
                    results[place] = stop.value
                except Exception as error:
                    results[place] = error
                else:
                    if wish is None:
                        ready.append((place, task))
                    else:
                        heapq.heappush(sleepers, (time.monotonic() + wish.seconds, place, task))
            elif sleepers and not more:
                time.sleep(max(0, sleepers[0][0] - time.monotonic()))
    finally:
        for _, task in ready:
            task.close()
        for _, _, task in sleepers:
            task.close()
    return results
