# WRONG_RESULT: the queues belong to the module, and after a failure the next call finds old tasks in them.
import heapq
import time
from collections import deque


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


_ready = deque()
_sleepers = []


def run(tasks):
    results = {}
    source = enumerate(tasks)
    more = True
    try:
        while more or _ready or _sleepers:
            if more:
                try:
                    _ready.append(next(source))
                    results[_ready[-1][0]] = None
                except StopIteration:
                    more = False
            while _sleepers and _sleepers[0][0] <= time.monotonic():
                _, place, task = heapq.heappop(_sleepers)
                _ready.append((place, task))
            if _ready:
                place, task = _ready.popleft()
                try:
                    wish = next(task)
                except StopIteration as stop:
                    results[place] = stop.value
                except Exception as error:
                    results[place] = error
                else:
                    if wish is None:
                        _ready.append((place, task))
                    else:
                        heapq.heappush(_sleepers, (time.monotonic() + wish.seconds, place, task))
            elif _sleepers and not more:
                time.sleep(max(0, _sleepers[0][0] - time.monotonic()))
    finally:
        for _, task in _ready:
            task.close()
        for _, _, task in _sleepers:
            task.close()
    return list(results.values())
