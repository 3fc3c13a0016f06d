# A Thread that stores its result as an attribute, as in many textbooks.
import threading


class Job(threading.Thread):
    def __init__(self, job):
        super().__init__()
        self.job, self.answer, self.error = job, None, None

    def run(self):
        try:
            self.answer = self.job()
        except BaseException as error:
            self.error = error

    def result(self):
        self.join()
        if self.error is not None:
            raise self.error
        return self.answer


def run_both(job_a, job_b):
    a, b = Job(job_a), Job(job_b)
    a.start()
    b.start()
    try:
        answer_a = a.result()
    finally:
        b.join()
    return answer_a, b.result()
