# WRONG_RESULT: the exception is made anew of its type and arguments.
# Says: raise that one
import sys
import threading


class ThreadWithReturn(threading.Thread):
    def __init__(self, target):
        super().__init__()
        self.function = target
        self.value = None
        self.exc_type = None
        self.exc_args = ()

    def run(self):
        try:
            self.value = self.function()
        except Exception:
            self.exc_type, exc, _ = sys.exc_info()
            self.exc_args = exc.args

    def check(self):
        if self.exc_type is not None:
            raise self.exc_type(*self.exc_args)


def run_both(job_a, job_b):
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    a, b = ThreadWithReturn(job_a), ThreadWithReturn(job_b)
    a.start()
    b.start()
    a.join()
    b.join()
    a.check()
    b.check()
    return a.value, b.value
