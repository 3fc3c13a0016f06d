# A class with a ready queue and timers, as event loops have; a new task only when nobody is ready.
import time
from collections import deque
from heapq import heappop, heappush


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


class Scheduler:
    def __init__(self, tasks):
        self.source = iter(tasks)
        self.ready, self.timers, self.results = deque(), [], []

    def run(self):
        try:
            while self.take() or self.timers:
                self.wait()
                for _ in range(len(self.ready)):
                    self.step(*self.ready.popleft())
        finally:
            self.close()
        return self.results

    def take(self):
        if not self.ready:
            for task in self.source:
                self.ready.append((len(self.results), task))
                self.results.append(None)
                break
        return self.ready

    def wait(self):
        if not self.ready:
            time.sleep(max(0.0, self.timers[0][0] - time.monotonic()))
        now = time.monotonic()
        while self.timers and self.timers[0][0] <= now:
            self.ready.append(heappop(self.timers)[1:])

    def step(self, place, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self.results[place] = stop.value
        except Exception as error:
            self.results[place] = error
        else:
            if isinstance(wish, Sleep):
                heappush(self.timers, (time.monotonic() + wish.seconds, place, task))
            else:
                self.ready.append((place, task))

    def close(self):
        for *_, task in [*self.ready, *self.timers]:
            task.close()


def run(tasks):
    return Scheduler(tasks).run()
