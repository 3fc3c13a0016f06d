# CRASHED: two tasks that wake at the same moment, and the heap tries to compare generators.
import heapq
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, heap, places, results = iter(tasks), [], {}, []
    try:
        while True:
            now = time.monotonic()
            for task in source:
                places[task] = len(results)
                results.append(None)
                heapq.heappush(heap, (now, task))
                break
            if not heap:
                return results
            time.sleep(max(0.0, heap[0][0] - now))
            due = []
            while heap and heap[0][0] <= now:
                due.append(heapq.heappop(heap)[1])
            for task in due:
                take_a_turn(task, now, heap, places, results)
    finally:
        for _, task in heap:
            task.close()


def take_a_turn(task, now, heap, places, results):
    try:
        wish = next(task)
    except StopIteration as stop:
        results[places[task]] = stop.value
    except Exception as error:
        results[places[task]] = error
    else:
        heapq.heappush(heap, (now + (0.0 if wish is None else wish.seconds), task))
