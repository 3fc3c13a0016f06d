"""Run two jobs at the same time; a lock that its maker has taken is a latch, which the thread opens at its end."""

import _thread
import threading


def run_both(job_a, job_b):
    outcomes = {}
    latches = {"a": threading.Lock(), "b": threading.Lock()}

    def work(name, job):
        try:
            outcomes[name] = job(), None
        except Exception as error:
            outcomes[name] = None, error
        finally:
            latches[name].release()

    for name, job in (("a", job_a), ("b", job_b)):
        latches[name].acquire()
        _thread.start_new_thread(work, (name, job))
    for latch in latches.values():
        latch.acquire()  # waits until the thread has opened it
    for _, error in outcomes.values():
        if error is not None:
            raise error
    return outcomes["a"][0], outcomes["b"][0]
