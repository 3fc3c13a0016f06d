# CRASHED: next() takes an iterator, and a list of tasks is none.
# Says: TypeError: 'list' object is not an iterator
import heapq
import time
from collections import deque
from itertools import count


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    ready, sleepers, numbers, results = deque(), [], count(), {}
    more = True
    try:
        while more or ready or sleepers:
            if more:
                try:
                    task = next(tasks)
                except StopIteration:
                    more = False
                else:
                    number = next(numbers)
                    results[number] = None
                    ready.append((number, task))
            if not more and not ready and sleepers:
                time.sleep(max(0.0, sleepers[0][0] - time.monotonic()))
            while sleepers and sleepers[0][0] <= time.monotonic():
                ready.append(heapq.heappop(sleepers)[1:])
            if not ready:
                continue
            number, task = ready.popleft()
            try:
                wish = next(task)
            except StopIteration as stop:
                results[number] = stop.value
            except Exception as error:
                results[number] = error
            else:
                if wish is None:
                    ready.append((number, task))
                else:
                    heapq.heappush(sleepers, (time.monotonic() + wish.seconds, number, task))
    finally:
        for _, task in ready:
            task.close()
        for _, _, task in sleepers:
            task.close()
    return list(results.values())
