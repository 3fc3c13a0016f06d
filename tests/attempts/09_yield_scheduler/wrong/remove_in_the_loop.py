# LOST: remove() in the loop moves the other tasks, so that results end up in places of others.
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    source, results, running, wakes_s = iter(tasks), {}, [], {}
    try:
        while True:
            for task in source:
                running.append(task)
                wakes_s[task] = 0.0
                break
            if not running:
                return [results[place] for place in sorted(results)]
            for place, task in enumerate(running):
                if wakes_s[task] <= time.monotonic():
                    take_a_turn(place, task, running, wakes_s, results)
            if running:
                time.sleep(max(0.0, min(wakes_s[task] for task in running) - time.monotonic()))
    finally:
        for task in running:
            task.close()


def take_a_turn(place, task, running, wakes_s, results):
    try:
        wish = next(task)
        wakes_s[task] = time.monotonic() + (wish.seconds if wish is not None else 0.0)
    except StopIteration as stop:
        results[place] = stop.value
        running.remove(task)
    except Exception as error:
        results[place] = error
        running.remove(task)
