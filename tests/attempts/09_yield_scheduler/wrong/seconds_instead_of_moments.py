# HANG: the heap holds seconds, not moments: nobody can be seen to be due while others are ready.
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
            if ready:
                take_a_turn(*ready.popleft(), ready, sleepers, results)
            elif sleepers:
                seconds, place, task = heapq.heappop(sleepers)
                time.sleep(seconds)
                ready.append((place, task))
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
            heapq.heappush(sleepers, (wish.seconds, place, task))
