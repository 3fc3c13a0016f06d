# CRASHED: a round calls the next one, and after some hundred turns Python's stack is full.
"""Run some tasks, all at the same time, in one thread."""

import contextlib
import heapq
import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    """Return, in the order of the tasks, what each task returned, or the exception that ended it."""
    source = iter(tasks)
    results = []
    ready = deque()
    sleepers = []

    def admit():
        for task in source:
            ready.append((len(results), task))
            results.append(None)
            return True
        return False

    def wake():
        while sleepers and sleepers[0][0] <= time.monotonic():
            _, place, task = heapq.heappop(sleepers)
            ready.append((place, task))

    def turn(place, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            results[place] = stop.value
        except Exception as error:
            results[place] = error
        else:
            if wish is None:
                wake()
                ready.append((place, task))
            else:
                heapq.heappush(sleepers, (time.monotonic() + wish.seconds, place, task))

    def rounds(more):
        more = more and admit()
        wake()
        if ready:
            turn(*ready.popleft())
        elif sleepers:
            time.sleep(max(0, sleepers[0][0] - time.monotonic()))
        elif not more:
            return results
        return rounds(more)

    try:
        return rounds(True)
    finally:
        for *_, task in [*ready, *sleepers]:
            with contextlib.suppress(Exception):
                task.close()
