# own: nobody sleeps: the clock that the tasks look at goes on by itself, and one task at a time goes to its end
import time

now = time.monotonic()
time.monotonic = lambda: now


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    global now
    source, results, waiting = iter(tasks), [], []
    try:
        while True:
            task = next(source, None)
            if task is not None:
                waiting.append((now, len(results), task))
                results.append(None)
            if not waiting:
                return results
            due, place, task = waiting.pop(min(range(len(waiting)), key=lambda index: waiting[index][0]))
            now = max(now + 0.001, due)
            try:
                wish = next(task)
            except StopIteration as stop:
                results[place] = stop.value
            except Exception as error:
                results[place] = error
            else:
                waiting.append((now + (wish.seconds if wish else 0.0), place, task))
    finally:
        for _, _, task in waiting:
            task.close()
