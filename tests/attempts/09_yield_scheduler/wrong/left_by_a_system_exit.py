# WRONG_RESULT: it closes what is suspended after an Exception, and not after a SystemExit.
# Says: had raised SystemExit
"""Run some tasks: all of them at the same time, in one thread."""

import heapq
import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    """Return, in the order of the tasks, what each task returned, or the exception that ended it."""
    source, results = iter(tasks), []
    ready, sleepers = deque(), []  # of (place, task), and of (wakes_s, place, task)
    try:
        while True:
            task = next(source, None)
            if task is not None:
                ready.append((len(results), task))
                results.append(None)
            while sleepers and sleepers[0][0] <= time.monotonic():
                _, place, task = heapq.heappop(sleepers)
                ready.append((place, task))
            if ready:
                take_a_turn(*ready.popleft(), ready, sleepers, results)
            elif sleepers:
                time.sleep(max(0.0, sleepers[0][0] - time.monotonic()))
            else:
                return results
    except Exception:
        for *_, task in [*ready, *sleepers]:
            task.close()
        raise


def take_a_turn(place, task, ready, sleepers, results):
    """Let the task go on to its next yield, and put it where it waits now; or keep how it ended."""
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
