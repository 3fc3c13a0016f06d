# One heap for all, with tickets: who is ready is due at once. An ExitStack closes the tasks.
import heapq
import itertools
import time
from contextlib import ExitStack, closing


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    """One heap for all: who is ready wakes now. New ones queue up behind those who are due."""
    with ExitStack() as stack:
        results, heap, tickets = {}, [], itertools.count()
        for number, task in enumerate(tasks):
            stack.enter_context(closing(task))
            heapq.heappush(heap, (time.monotonic(), next(tickets), number, task))
            if heap[0][0] <= time.monotonic():
                step(heap, tickets, results)
        while heap:
            time.sleep(max(0.0, heap[0][0] - time.monotonic()))
            step(heap, tickets, results)
        return [results[number] for number in sorted(results)]


def step(heap, tickets, results):
    _, _, number, task = heapq.heappop(heap)
    try:
        wish = next(task)
    except StopIteration as stop:
        results[number] = stop.value
    except Exception as error:
        results[number] = error
    else:
        heapq.heappush(heap, (time.monotonic() + (wish.seconds if wish else 0.0), next(tickets), number, task))
