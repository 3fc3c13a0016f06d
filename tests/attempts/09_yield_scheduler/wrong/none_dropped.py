# LOST: the result None is taken for no result.
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
            for task in source:
                ready.append((len(results), task))
                results.append(None)
                break
            while sleepers and sleepers[0][0] <= time.monotonic():
                ready.append(heapq.heappop(sleepers)[1:])
            if ready:
                take_a_turn(*ready.popleft(), ready, sleepers, results)
            elif sleepers:
                time.sleep(max(0.0, sleepers[0][0] - time.monotonic()))
            else:
                return [result for result in results if result is not None]
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
