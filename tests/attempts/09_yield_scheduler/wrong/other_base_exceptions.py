# SWALLOWED: of what is no Exception only SystemExit and KeyboardInterrupt get through.
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
    more = True
    results = []
    ready = deque()
    sleepers = []

    def wake():
        while sleepers and sleepers[0][0] <= time.monotonic():
            _, place, task = heapq.heappop(sleepers)
            ready.append((place, task))

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
            wake()
            if not ready:
                if sleepers:
                    time.sleep(max(0, sleepers[0][0] - time.monotonic()))
                continue
            place, task = ready.popleft()
            try:
                wish = next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                results[place] = error
            else:
                if wish is None:
                    wake()
                    ready.append((place, task))
                else:
                    heapq.heappush(sleepers, (time.monotonic() + wish.seconds, place, task))
    finally:
        for *_, task in [*ready, *sleepers]:
            with contextlib.suppress(Exception):
                task.close()
    return results
