# One heap for all: who yields None wakes now, behind all who are due already.
import heapq
import itertools
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, counter, heap, results = iter(tasks), itertools.count(), [], {}
    places = itertools.count()
    try:
        while True:
            for task in itertools.islice(source, 1):
                heapq.heappush(heap, (time.monotonic(), next(counter), next(places), task))
            if not heap:
                return [results[place] for place in sorted(results)]
            wakes_s = heap[0][0]
            if wakes_s > time.monotonic():
                time.sleep(max(0.0, wakes_s - time.monotonic()))
                continue
            _, _, place, task = heapq.heappop(heap)
            try:
                wish = next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except Exception as error:
                results[place] = error
            else:
                seconds = 0 if wish is None else wish.seconds
                heapq.heappush(heap, (time.monotonic() + seconds, next(counter), place, task))
    finally:
        for *_, task in heap:
            task.close()
