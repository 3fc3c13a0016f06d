# WRONG_RESULT: when the source fails, the ready ones are closed, and those that sleep are not.
# Says: left suspended
# Says: and those that sleep
import heapq
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, ready, sleepers, results, more = enumerate(tasks), deque(), [], {}, True
    try:
        while more or ready or sleepers:
            if more:
                new = next(source, None)
                more = new is not None
                if new:
                    ready.append(new)
            if not ready and sleepers:
                time.sleep(max(0, sleepers[0][0] - time.monotonic()))
            while sleepers and sleepers[0][0] <= time.monotonic():
                ready.append(heapq.heappop(sleepers)[1:])
            if ready:
                place, task = ready.popleft()
                try:
                    wish = next(task)
                except StopIteration as stop:
                    results[place] = stop.value
                except Exception as e:
                    results[place] = e
                else:
                    if wish is None:
                        ready.append((place, task))
                    else:
                        heapq.heappush(sleepers, (time.monotonic() + wish.seconds, place, task))
    finally:
        for _, task in ready:
            task.close()
    return [results[p] for p in sorted(results)]
