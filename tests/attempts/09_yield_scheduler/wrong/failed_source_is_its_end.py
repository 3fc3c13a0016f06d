# SWALLOWED: whatever the source raises is taken for its end.
# Says: only `StopIteration`
import heapq
import time
from collections import deque


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, results, ready, sleepers = iter(tasks), [], deque(), []
    try:
        while True:
            try:
                ready.append((len(results), next(source)))
                results.append(None)
            except Exception:
                pass
            while sleepers and sleepers[0][0] <= time.monotonic():
                ready.append(heapq.heappop(sleepers)[1:])
            if ready:
                take_a_turn(*ready.popleft(), ready, sleepers, results)
            elif sleepers:
                time.sleep(max(0.0, sleepers[0][0] - time.monotonic()))
            else:
                return results
    finally:
        for *_, task in [*ready, *sleepers]:
            task.close()


def take_a_turn(place, task, ready, sleepers, results):
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
