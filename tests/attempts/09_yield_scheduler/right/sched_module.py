# The standard library's own heap of timers: sched.scheduler.
import sched
import time


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    timers, source, results = sched.scheduler(time.monotonic, time.sleep), iter(tasks), []

    def take():
        for task in source:
            timers.enter(0, 0, turn, (len(results), task))
            results.append(None)
            timers.enter(0, 0, take)
            break

    def turn(place, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            results[place] = stop.value
        except Exception as error:
            results[place] = error
        else:
            timers.enter(0 if wish is None else wish.seconds, 0, turn, (place, task))

    take()
    try:
        timers.run()
    finally:
        for event in timers.queue:
            if event.action is turn:
                event.argument[1].close()
    return results
