# WRONG_RESULT: tasks stay suspended when the source fails, and their `finally` is not run.
import heapq
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, results, ready, sleepers = iter(tasks), [], deque(), []
    while True:
        for task in source:
            ready.append((len(results), task))
            results.append(None)
            break
        while sleepers and sleepers[0][0] <= time.monotonic():
            ready.append(heapq.heappop(sleepers)[1:])
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
            time.sleep(max(0.0, sleepers[0][0] - time.monotonic()))
        else:
            return results
