# WRONG_TOOL: it works, with a thread for each task.
import time
from concurrent.futures import ThreadPoolExecutor


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


def drive(task):
    try:
        while True:
            wish = next(task)
            time.sleep(wish.seconds if wish is not None else 0.0)
    except StopIteration as stop:
        return stop.value
    except Exception as error:
        return error


def run(tasks):
    with ThreadPoolExecutor(200) as pool:
        futures = [pool.submit(drive, task) for task in tasks]
        return [future.result() for future in futures]
