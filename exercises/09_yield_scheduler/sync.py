"""Run some tasks: each to its end before the next begins."""

import time


class Sleep:
    """A task yields Sleep(seconds) to sleep for that long."""

    def __init__(self, seconds):
        self.seconds = seconds


def run(tasks):
    """Return, in the order of the tasks, what each task returned, or the exception that ended it.

    tasks is an iterable of generators. A generator yields Sleep(seconds), or None to let the others
    have a turn. Tasks are taken one at a time: the iterable may go on until one of them has ended.
    """
    results = []
    for task in tasks:
        try:
            while True:
                wish = next(task)
                if wish is not None:
                    time.sleep(wish.seconds)
        except StopIteration as stop:
            results.append(stop.value)
        except Exception as error:
            results.append(error)
    return results
