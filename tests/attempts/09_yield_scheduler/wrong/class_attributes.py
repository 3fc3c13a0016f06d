# WRONG_RESULT: the queue and the heap belong to the class: what is left of a run that failed is in the next one.
"""Run some tasks, all at the same time, in one thread."""

import contextlib
import heapq
import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


class Scheduler:
    ready = deque()
    sleepers = []

    def __init__(self, tasks):
        self.source = iter(tasks)
        self.more = True
        self.results = []

    def admit(self):
        try:
            task = next(self.source)
        except StopIteration:
            self.more = False
        else:
            self.ready.append((len(self.results), task))
            self.results.append(None)

    def wake(self):
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            _, place, task = heapq.heappop(self.sleepers)
            self.ready.append((place, task))

    def turn(self, place, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self.results[place] = stop.value
        except Exception as error:
            self.results[place] = error
        else:
            if wish is None:
                self.wake()
                self.ready.append((place, task))
            else:
                heapq.heappush(self.sleepers, (time.monotonic() + wish.seconds, place, task))

    def run(self):
        try:
            while self.more or self.ready or self.sleepers:
                if self.more:
                    self.admit()
                self.wake()
                if self.ready:
                    self.turn(*self.ready.popleft())
                elif self.sleepers:
                    time.sleep(max(0, self.sleepers[0][0] - time.monotonic()))
        finally:
            for *_, task in [*self.ready, *self.sleepers]:
                with contextlib.suppress(Exception):
                    task.close()
        return self.results


def run(tasks):
    """Return, in the order of the tasks, what each task returned, or the exception that ended it."""
    return Scheduler(tasks).run()
